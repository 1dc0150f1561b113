package store

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

func newCopyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "copy FROM TO",
		Short: "Move house: copy a store, with its id, to an empty place",
		Long: `Copy a store to an empty place. The copy has the id of the original, so that Terraform states which know the one
know the other: after the provider's configuration names the new place, the plan is empty.

Nothing is ever overwritten. A copy that was interrupted is finished by the same command. Let nobody apply meanwhile, and
remove the original when the new place is in use: two stores with one id would drift apart.

If both are http stores, the token for TO is read from ` + cli.EnvStoreTokenTo + `.`,
		Example:           "  clevertap-line store copy ./clevertap 's3://acme-marketing/clevertap?region=eu-west-1'",
		Args:              cli.Arguments,
		ValidArgsFunction: stores.CompleteStores(2),
		RunE: func(command *cobra.Command, args []string) error {
			tokenFrom, tokenTo := os.Getenv(cli.EnvStoreToken), os.Getenv(cli.EnvStoreToken)
			if stores.IsHTTP(args[0]) && stores.IsHTTP(args[1]) {
				tokenTo = os.Getenv(cli.EnvStoreTokenTo)
			}
			from, err := stores.Open(command.Context(), args[0], tokenFrom)
			if err != nil {
				return err
			}
			to, err := stores.Open(command.Context(), args[1], tokenTo)
			if err != nil {
				return err
			}
			documents, receipts, err := templatestore.Copy(command.Context(), from, to)
			if err != nil {
				return cli.Failure(err)
			}
			fmt.Fprintf(command.OutOrStdout(), "%d documents, %d receipts and the identity of the store are at %s\n", documents, receipts,
				to.Location(""))
			return nil
		},
	}
}
