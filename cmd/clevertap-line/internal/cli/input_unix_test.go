//go:build unix

package cli_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// A pipe may be an input, as a shell makes one, and is waited for until an interrupt; a file that is kept is none.
func TestInputsThatArePipes(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	command := &cobra.Command{}
	command.SetContext(ctx)
	if input, err := cli.OpenInput(command, pipe); !errors.Is(err, context.Canceled) || input != nil {
		t.Errorf("interrupted: %v, %v", input, err)
	}
	if file, err := cli.OpenFile(pipe); err == nil || file != nil || err.Error() != pipe+" is no regular file, and has to be one" {
		t.Errorf("got %v, %v", file, err)
	}
	if _, err := cli.OpenFile(pipe + "2"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	go func() { _ = os.WriteFile(pipe, []byte("hello"), 0o600) }()
	command.SetContext(t.Context())
	input, err := cli.OpenInput(command, pipe)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = input.Close() }()
	if text, err := io.ReadAll(input); err != nil || !strings.Contains(string(text), "hello") {
		t.Errorf("got %q, %v", text, err)
	}
}
