// Command clevertap-line is the companion of the CleverTap provider for Terraform: what is bulk, or for editors and
// pipelines, in subcommands. Each has a package of its own; here they are put together.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/check"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/doctor"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/drift"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/entered"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/followers"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/handoff"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/man"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/preview"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/profiles"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/report"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/schema"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/send"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/store"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/version"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the process whatever it is doing
	if code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr); code != 0 {
		os.Exit(code)
	}
}

// run carries out a command line and returns what the process ends with.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := &cobra.Command{
		Use:     cli.Program,
		Short:   "Work with LINE through CleverTap",
		Version: version.Text(),
	}
	root.SetVersionTemplate("{{.Version}}")
	root.AddCommand(
		check.New(),
		doctor.New(),
		drift.New(),
		entered.New(),
		followers.New(),
		handoff.New(),
		man.New(),
		preview.New(),
		profiles.New(),
		report.New(),
		schema.New(),
		send.New(),
		store.New(),
		version.New(),
	)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return cli.Execute(ctx, root)
}
