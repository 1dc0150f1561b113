// Package profiles is the subcommand that brings LINE IDs onto CleverTap profiles, in bulk: upload and compare read the same
// CSV files. It knows the client of CleverTap's API, and of LINE what a user ID is.
package profiles

import (
	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// New makes the subcommand.
func New() *cobra.Command {
	return cli.Group(&cobra.Command{
		Use:   "profiles",
		Short: "Bring LINE IDs onto CleverTap profiles, in bulk",
		Long: `Bring LINE IDs onto CleverTap profiles, in bulk.

The LINE IDs come from a CSV file with two columns and a header: identity and the profile property that holds the
LINE ID. The Terraform function provider::clevertap::line_profiles_csv writes such a file.

  identity,LineID
  user-1,U4af4980629f1d3b7e3d5f9c2a8b4c6d0`,
	}, newUploadCommand(), newCompareCommand())
}
