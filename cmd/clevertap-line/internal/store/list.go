package store

import (
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

func newListCommand() *cobra.Command {
	format := ""
	command := &cobra.Command{
		Use:   "list STORE",
		Short: "List the documents of a store",
		Long: `List the documents of a store, of all accounts. As JSON, each has its content_sha256 and, unless it is live, what was
entered of it in CleverTap's dashboard, for which every document is read.`,
		Example:           "  clevertap-line store list ./clevertap\n  clevertap-line store list --format json ./clevertap",
		Args:              cli.Arguments,
		ValidArgsFunction: stores.CompleteStores(1),
		RunE: func(command *cobra.Command, args []string) error {
			if err := stores.CheckFormat(format); err != nil {
				return err
			}
			backend, err := stores.Open(command.Context(), args[0], os.Getenv(cli.EnvStoreToken))
			if err != nil {
				return err
			}
			if format == stores.JSON {
				return cli.Failure(writeJSON(command, backend))
			}
			found, err := templatestore.Contents(command.Context(), backend)
			if err != nil {
				return cli.Failure(err)
			}
			if found.StoreID == "" {
				return cli.Failure(stores.None(backend))
			}
			return cli.Failure(writeList(command.OutOrStdout(), found.StoreID, found.Documents))
		},
	}
	command.Flags().StringVar(&format, "format", stores.Text, "`form` of the list: text or json")
	cli.Complete(command, "format", stores.Text, stores.JSON)
	return command
}

// writeJSON shows all that is there. What cannot be read is among it, as in the text.
func writeJSON(command *cobra.Command, backend templatestore.Backend) error {
	inventory, err := stores.Take(command.Context(), backend)
	if err != nil {
		return err
	}
	return stores.WriteJSON(command.OutOrStdout(), inventory)
}

func writeList(stdout io.Writer, id string, items []templatestore.Item) error {
	fmt.Fprintf(stdout, "Store %s, %d documents\n", id, len(items))
	table := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	if len(items) > 0 {
		fmt.Fprintf(table, "ACCOUNT\tKIND\tNAME\n")
	}
	for _, item := range items {
		name := cli.Printable(item.Name)
		if item.Name == "" {
			name = fmt.Sprintf("(cannot be read: %s)", cli.Printable(item.Key))
		}
		fmt.Fprintf(table, "%s\t%s\t%s\n", cli.Printable(item.Account), item.Kind, name)
	}
	return table.Flush()
}
