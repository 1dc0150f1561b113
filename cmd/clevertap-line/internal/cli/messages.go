package cli

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
)

// MaxMessages is how many bytes a file with messages may have: the largest body that LINE may take is 2 MB.
const MaxMessages = 2 << 20

// ReadMessages reads a file with messages, or standard input.
func ReadMessages(command *cobra.Command, name string) ([]byte, error) {
	input := command.InOrStdin()
	if name == StandardStream {
		AnnounceInput(command)
	} else {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer func() { _ = file.Close() }() // it was only read
		input = file
	}
	text, err := io.ReadAll(io.LimitReader(input, MaxMessages+1))
	if err != nil {
		return nil, err
	}
	if len(text) > MaxMessages {
		return nil, fmt.Errorf("read %s: it has more than %d bytes (2 MB), which LINE does not take", name, MaxMessages)
	}
	return text, nil
}

// ShownName is how a file is called in what a command says.
func ShownName(name string) string {
	if name == StandardStream {
		return "<stdin>"
	}
	return name
}
