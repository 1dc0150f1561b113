package store

import (
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/storeargs"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

func newListCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "list STORE",
		Short:             "List the documents of a store",
		Example:           "  clevertap-line store list ./clevertap",
		Args:              cli.Arguments,
		ValidArgsFunction: storeargs.CompleteStores(1),
		RunE: func(command *cobra.Command, args []string) error {
			backend, err := storeargs.Open(command.Context(), args[0], os.Getenv(cli.EnvStoreToken))
			if err != nil {
				return err
			}
			found, err := templatestore.Contents(command.Context(), backend)
			if err != nil {
				return cli.Failure(err)
			}
			if found.StoreID == "" {
				return cli.Failure(fmt.Errorf("there is no template store at %s", backend.Location("")))
			}
			return writeList(command.OutOrStdout(), found.StoreID, found.Documents)
		},
	}
}

func writeList(stdout io.Writer, id string, items []templatestore.Item) error {
	fmt.Fprintf(stdout, "Template store %s, %d documents\n", id, len(items))
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
	return cli.Failure(table.Flush())
}
