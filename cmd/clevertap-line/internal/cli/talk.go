package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
)

// ErrStopped ends a [Talk] whose input has ended.
var ErrStopped = errors.New("the input has ended")

// Talk is a conversation with a person, apart from what a command writes.
type Talk struct {
	in  *bufio.Reader
	out io.Writer
}

// NewTalk asks on standard error, and reads the answers from standard input.
func NewTalk(command *cobra.Command) Talk {
	return Talk{bufio.NewReader(command.InOrStdin()), command.ErrOrStderr()}
}

// Say writes a line.
func (t Talk) Say(format string, args ...any) { fmt.Fprintf(t.out, format+"\n", args...) }

// Ask reads one line.
func (t Talk) Ask(ctx context.Context, prompt string) (string, error) {
	fmt.Fprint(t.out, prompt)
	var line string // no result: after an interrupt, the read goes on
	err := Interruptibly(ctx, func() (err error) {
		line, err = t.in.ReadString('\n')
		return err
	})
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case errors.Is(err, io.EOF):
		t.Say("")
		return "", ErrStopped
	}
	return strings.TrimSpace(line), err
}

// Agrees asks for a yes or a no until there is one.
func (t Talk) Agrees(ctx context.Context, question string) (bool, error) {
	for {
		answer, err := t.Ask(ctx, question+" [y/n] ")
		if err != nil {
			return false, err
		}
		switch strings.ToLower(answer) {
		case "y", "yes":
			return true, nil
		case "n", "no":
			return false, nil
		}
	}
}
