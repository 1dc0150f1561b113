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

	"github.com/spf13/cobra"
)

// What the process ends with.
const (
	exitFailure     = 1
	exitUsage       = 2
	exitInterrupted = 130 // 128 and the number of SIGINT, as shells have it
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // a second interrupt ends the process whatever it is doing
	if code := run(ctx, os.Args[1:], os.Stdout, os.Stderr); code != 0 {
		os.Exit(code)
	}
}

// run carries out a command line and returns what the process ends with.
func run(ctx context.Context, args []string, stdout io.Writer, stderr *os.File) int {
	root := &cobra.Command{
		Use:           "clevertap-line",
		Short:         "Work with LINE through CleverTap",
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.AddCommand(newFollowersCommand(stdout, stderr))
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

// version is the module's, as the go command stamped it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "dev"
	}
	return info.Main.Version
}
