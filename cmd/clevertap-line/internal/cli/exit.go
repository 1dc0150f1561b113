// Package cli is what the subcommands of clevertap-line share: how a command ends, the environment variables and the
// flags of those that speak HTTP, progress on a terminal, and texts that are safe to show. It knows no subcommand.
package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

// What the process ends with.
const (
	ExitFailure     = 1
	ExitUsage       = 2
	ExitOff         = 2   // of a command that compares, whose own failures and errors of usage are an [ExitFailure]
	ExitInterrupted = 130 // 128 and the number of SIGINT, as shells have it; for SIGTERM, too
)

// ErrSaid makes a command fail without another word, as all is said on standard output.
var ErrSaid = errors.New("what is wrong is said on standard output")

// ErrOff makes a command end with [ExitOff] without another word, as all is said on standard output.
var ErrOff = errors.New("what is off is said on standard output")

// Execute carries out a command line, says on standard error why it failed, and returns what the process ends with.
func Execute(ctx context.Context, root *cobra.Command) int {
	root.SilenceErrors, root.SilenceUsage = true, true
	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return 0
	}
	stderr := root.ErrOrStderr()
	if ctx.Err() != nil {
		fmt.Fprintln(stderr, "Interrupted.")
		return ExitInterrupted
	}
	if errors.Is(err, ErrSaid) {
		return ExitFailure
	}
	if errors.Is(err, ErrOff) {
		return ExitOff
	}
	fmt.Fprintf(stderr, "Error: %v\n", err)
	if _, failed := errors.AsType[*failure](err); failed {
		return ExitFailure
	}
	fmt.Fprintf(stderr, "See '%s --help'.\n", command.CommandPath())
	return ExitUsage
}

// failure is an error of a command that was under way. Every other is one of usage: cobra's own have no type.
type failure struct{ error }

func (f *failure) Unwrap() error { return f.error }

// Failure marks what went wrong once a command was under way, so that it is not taken for an error of usage. Nil stays
// nil.
func Failure(err error) error {
	if err == nil {
		return nil
	}
	return &failure{err}
}

// Interruptibly does what may wait for somebody who never reads or writes, without keeping the command from being
// interrupted.
func Interruptibly(ctx context.Context, do func() error) error {
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
