package cli_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// execute carries out a command whose one subcommand, do, ends with an error.
func execute(ctx context.Context, err error, args ...string) (code int, stderr string) {
	var output bytes.Buffer
	root := &cobra.Command{Use: "program"}
	root.AddCommand(&cobra.Command{Use: "do", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error { return err }})
	root.SetArgs(args)
	root.SetOut(io.Discard)
	root.SetErr(&output)
	code = cli.Execute(ctx, root)
	return code, output.String()
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	const help = "See 'program do --help'.\n"
	for name, test := range map[string]struct {
		err    error
		args   []string
		code   int
		stderr string
	}{
		"success":           {nil, []string{"do"}, 0, ""},
		"nothing failed":    {cli.Failure(nil), []string{"do"}, 0, ""},
		"failure":           {cli.Failure(broken), []string{"do"}, cli.ExitFailure, "Error: broken\n"},
		"failure inside":    {fmt.Errorf("so: %w", cli.Failure(broken)), []string{"do"}, cli.ExitFailure, "Error: so: broken\n"},
		"said":              {cli.ErrSaid, []string{"do"}, cli.ExitFailure, ""},
		"off":               {cli.ErrOff, []string{"do"}, cli.ExitOff, ""},
		"usage":             {broken, []string{"do"}, cli.ExitUsage, "Error: broken\n" + help},
		"unknown flag":      {nil, []string{"do", "--x"}, cli.ExitUsage, "Error: unknown flag: --x\n" + help},
		"unknown command":   {nil, []string{"no"}, cli.ExitUsage, "Error: unknown command \"no\" for \"program\"\n\nDid you mean this?\n\tdo\n\nSee 'program --help'.\n"},
		"too many":          {nil, []string{"do", "x"}, cli.ExitUsage, "Error: unknown command \"x\" for \"program do\"\n" + help},
		"another's context": {context.Canceled, []string{"do"}, cli.ExitUsage, "Error: context canceled\n" + help},
	} {
		if code, stderr := execute(t.Context(), test.err, test.args...); code != test.code || stderr != test.stderr {
			t.Errorf("%s: exit %d, %q, want %d, %q", name, code, stderr, test.code, test.stderr)
		}
	}
	if err := cli.Failure(broken); !errors.Is(err, broken) {
		t.Errorf("what failed is lost in %v", err)
	}
	if cli.ExitFailure != 1 || cli.ExitUsage != 2 || cli.ExitOff != 2 || cli.ExitInterrupted != 130 {
		t.Error("scripts know the exit codes")
	}
}

func TestExitCodeOfAnInterrupt(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, err := range []error{ctx.Err(), cli.Failure(ctx.Err()), cli.ErrSaid, cli.ErrOff, errors.New("broken by it")} {
		if code, stderr := execute(ctx, err, "do"); code != cli.ExitInterrupted || stderr != "Interrupted.\n" {
			t.Errorf("%v: exit %d, %q", err, code, stderr)
		}
	}
	if code, stderr := execute(ctx, nil, "do"); code != 0 || stderr != "" {
		t.Errorf("done all the same: exit %d, %q", code, stderr)
	}
}

func TestInterruptibly(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	if err := cli.Interruptibly(t.Context(), func() error { return broken }); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	never := make(chan struct{})
	defer close(never)
	if err := cli.Interruptibly(ctx, func() error { <-never; return nil }); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}
