// Package clitest runs a subcommand in the process of its test. It knows what subcommands share, and none of them.
package clitest

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// Result is what a command left.
type Result struct {
	Code           int
	Stdout, Stderr string
}

// Run carries out a command with a text on its standard input.
func Run(t testing.TB, command *cobra.Command, stdin string, args ...string) Result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	command.SetArgs(slices.Concat([]string{}, args)) // nil would be the arguments of the test
	command.SetIn(strings.NewReader(stdin))
	command.SetOut(&stdout)
	command.SetErr(&stderr)
	code := cli.Execute(t.Context(), command)
	return Result{Code: code, Stdout: stdout.String(), Stderr: stderr.String()}
}
