package store

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/storeargs"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

func newShowCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "show STORE KIND/NAME",
		Short: "Write one document as it is in a store",
		Long: fmt.Sprintf("Write one document as it is in a store. KIND is %s or %s.", templatestore.WebhookTemplates,
			templatestore.LineCampaignBodies),
		Example:           `  clevertap-line store show ./clevertap "webhook-templates/LINE push"`,
		Args:              cli.Arguments,
		ValidArgsFunction: storeargs.CompleteDocuments,
		RunE: func(command *cobra.Command, args []string) error {
			document, err := storeargs.ParseDocument(args[1])
			if err != nil {
				return err
			}
			backend, err := storeargs.Open(command.Context(), args[0], os.Getenv(cli.EnvStoreToken))
			if err != nil {
				return err
			}
			store := templatestore.New(backend, storeargs.Account(command))
			data, err := templatestore.ReadRaw(command.Context(), store, document.Kind, document.Name)
			if err == nil {
				_, err = command.OutOrStdout().Write(data)
			}
			return cli.Failure(err)
		},
	}
	storeargs.AccountFlag(command)
	return command
}
