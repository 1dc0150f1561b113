// Command run passes its arguments to the Terraform or OpenTofu that package terraformcli finds, for the makefile.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/terraformcli"
)

func main() {
	err := run(context.Background(), os.Args[1:])
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		os.Exit(exit.ExitCode())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	cli, err := terraformcli.Find(ctx)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, cli.Path, args...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}
