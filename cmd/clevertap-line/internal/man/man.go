// Package man is the subcommand that writes the command's manual pages, for those who package it. It knows the tree of
// commands that it is part of.
package man

import (
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// New makes the subcommand.
func New() *cobra.Command {
	return &cobra.Command{
		Use:    "man DIR",
		Short:  "Write manual pages, one for each command, into a folder",
		Hidden: true, // from users: it is for packages
		Args:   cli.Arguments,
		RunE: func(command *cobra.Command, args []string) error {
			return cli.Failure(write(command.Root(), args[0]))
		},
	}
}

func write(root *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root.DisableAutoGenTag = true // or the pages differ from day to day
	return doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: cli.Program + " " + cli.Version(), Manual: cli.Program}, dir)
}
