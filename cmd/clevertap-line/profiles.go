package main

import (
	"io"
	"os"

	"github.com/spf13/cobra"
)

func newProfilesCommand(stdout io.Writer, stderr *os.File) *cobra.Command {
	command := &cobra.Command{
		Use:   "profiles",
		Short: "Bring LINE IDs onto CleverTap profiles, in bulk",
		Long: `Bring LINE IDs onto CleverTap profiles, in bulk.

The LINE IDs come from a CSV file with two columns and a header: identity and the profile property that holds the
LINE ID. The Terraform function provider::clevertap::line_profiles_csv writes such a file.

  identity,LineID
  user-1,U4af4980629f1d3b7e3d5f9c2a8b4c6d0`,
		Args: cobra.NoArgs,
		RunE: func(command *cobra.Command, _ []string) error { return command.Help() },
	}
	command.AddCommand(newProfilesUploadCommand(stdout, stderr), newProfilesCompareCommand(stdout, stderr))
	return command
}
