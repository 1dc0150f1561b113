// Package store is the subcommand that looks at, copies and verifies template stores and publish stores. It knows
// templatestore, and tests servers by sending them requests of its own making.
package store

import (
	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// New makes the subcommand.
func New() *cobra.Command {
	return cli.Group(&cobra.Command{
		Use:   "store",
		Short: "Look at, copy and verify template stores and publish stores",
		Long: `Look at, copy and verify template stores and publish stores, which are alike.

A store is given as
  ./clevertap or file:///srv/clevertap        a folder
  s3://bucket/prefix?region=eu-west-1         a bucket; also endpoint=https://… and use_path_style=true
  https://store.example.com/clevertap         an http store

Credentials for s3 come from where all AWS tools have them. The token of an http store is read from
` + cli.EnvStoreToken + `.`,
	}, newListCommand(), newShowCommand(), newCopyCommand(), newVerifyCommand())
}
