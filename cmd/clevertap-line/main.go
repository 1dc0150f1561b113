// Command clevertap-line is the companion of the CleverTap provider for Terraform: what is bulk, or for editors and
// pipelines, in subcommands.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/spf13/cobra"
)

// What the process ends with.
const (
	exitFailure     = 1
	exitUsage       = 2
	exitInterrupted = 130 // 128 and the number of SIGINT, as shells have it; for SIGTERM, too
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the process whatever it is doing
	if code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr); code != 0 {
		os.Exit(code)
	}
}

// run carries out a command line and returns what the process ends with.
func run(ctx context.Context, args []string, stdin io.Reader, stdout io.Writer, stderr *os.File) int {
	root := &cobra.Command{
		Use:           "clevertap-line",
		Short:         "Work with LINE through CleverTap",
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.AddCommand(newFollowersCommand(stdout, stderr), newCheckCommand(stdin, stdout, stderr))
	root.AddCommand(newStoreCommand(stdout), newProfilesCommand(stdout, stderr))
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)

	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return 0
	}
	if ctx.Err() != nil {
		fmt.Fprintln(stderr, "Interrupted.")
		return exitInterrupted
	}
	if errors.Is(err, errProblems) {
		return exitFailure
	}
	fmt.Fprintf(stderr, "Error: %v\n", err)
	if _, failed := errors.AsType[*failure](err); failed {
		return exitFailure
	}
	fmt.Fprintf(stderr, "See '%s --help'.\n", command.CommandPath())
	return exitUsage
}

// failure marks what went wrong once a command was under way. Every other error is one of usage: cobra's own have no
// type.
type failure struct{ error }

func (f *failure) Unwrap() error { return f.error }

// interruptibly does what may wait for somebody who never reads or writes, without keeping the command from being
// interrupted.
func interruptibly(ctx context.Context, do func() error) error {
	done := make(chan error, 1)
	go func() { done <- do() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// version is the module's, as the go command stamped it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "dev"
	}
	return info.Main.Version
}
