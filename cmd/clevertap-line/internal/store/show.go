package store

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

func newShowCommand() *cobra.Command {
	account := ""
	command := &cobra.Command{
		Use:   "show STORE KIND NAME",
		Short: "Write one document as it is in a store",
		Long: fmt.Sprintf("Write one document as it is in a store. KIND is %s or %s.", templatestore.WebhookTemplates,
			templatestore.LineCampaignBodies),
		Example: `  clevertap-line store show ./clevertap webhook-templates "LINE push"`,
		Args:    cobra.ExactArgs(3),
		RunE: func(command *cobra.Command, args []string) error {
			backend, err := open(command.Context(), args[0], os.Getenv(cli.EnvStoreToken))
			if err != nil {
				return err
			}
			store := templatestore.New(backend, account)
			data, err := templatestore.ReadRaw(command.Context(), store, templatestore.Kind(args[1]), args[2])
			if err == nil {
				_, err = command.OutOrStdout().Write(data)
			}
			return cli.Failure(err)
		},
	}
	command.Flags().StringVar(&account, "account", templatestore.DefaultAccount, "`account` the document is in")
	return command
}
