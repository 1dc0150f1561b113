package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// MaxMessages is how many bytes a file with messages may have: the largest body that LINE may take is 2 MB.
const MaxMessages = 2 << 20

// ReadMessages reads a file with messages, or standard input.
func ReadMessages(command *cobra.Command, name string) ([]byte, error) {
	input, err := OpenInput(command, name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = input.Close() }() // it was only read
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

// Samples reads values for Liquid, each name=value such as Profile.Name=Aya, that a flag gives. Of a name that repeats the last
// one counts.
func Samples(flag string, given []string) (map[string]string, error) {
	samples := map[string]string{}
	for _, sample := range given {
		name, value, found := strings.Cut(sample, "=")
		if name = strings.TrimSpace(name); !found || name == "" {
			return nil, fmt.Errorf("--%s is name=value, such as Profile.Name=Aya, but this is %q", flag, sample)
		}
		samples[name] = value
	}
	return samples, nil
}
