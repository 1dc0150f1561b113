package store

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

func newShowCommand() *cobra.Command {
	command := &cobra.Command{
		Use:   "show STORE KIND/NAME",
		Short: "Write one document as it is in a store",
		Long: fmt.Sprintf("Write one document as it is in a store. KIND is %s.\nreceipts/KIND/NAME is its receipt.",
			templatestore.ListKinds(templatestore.Kinds(), "or")),
		Example:           `  clevertap-line store show ./clevertap "webhook-templates/LINE push"`,
		Args:              cli.Arguments,
		ValidArgsFunction: stores.CompleteDocuments(templatestore.Kinds()),
		RunE: func(command *cobra.Command, args []string) error {
			name, isReceipt := strings.CutPrefix(args[1], "receipts/")
			document, err := stores.ParseDocument(name, templatestore.Kinds())
			if err != nil {
				return err
			}
			if isReceipt {
				document.Kind = document.Kind.Receipts()
			}
			account, err := stores.Account(command)
			if err != nil {
				return err
			}
			backend, err := stores.Open(command.Context(), args[0], os.Getenv(cli.EnvStoreToken))
			if err != nil {
				return err
			}
			store := templatestore.New(backend, account)
			data, err := templatestore.ReadRaw(command.Context(), store, document.Kind, document.Name)
			if err == nil {
				_, err = command.OutOrStdout().Write(data)
			}
			return cli.Failure(err)
		},
	}
	stores.AccountFlag(command)
	return command
}
