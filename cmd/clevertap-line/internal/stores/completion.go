package stores

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// patience is how long a shell waits for the names in a folder.
const patience = time.Second

// CompleteStores offers folders for the first arguments, and nothing after them.
func CompleteStores(stores int) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) < stores {
			return nil, cobra.ShellCompDirectiveFilterDirs
		}
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
}

// CompleteDocuments offers folders for STORE, and KIND/NAME of the kinds for what follows. Names are those in a folder: nobody
// who presses a key expects that a request is sent.
func CompleteDocuments(kinds []templatestore.Kind) cobra.CompletionFunc {
	return func(command *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) == 0 {
			return nil, cobra.ShellCompDirectiveFilterDirs
		}
		var offers []cobra.Completion
		kind, _, named := strings.Cut(begun, "/")
		switch {
		case !named:
			for _, kind := range kinds {
				offers = append(offers, string(kind)+"/")
			}
			return offers, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
		case isLocal(args[0]) && slices.Contains(kinds, templatestore.Kind(kind)):
			if account, err := Account(command); err == nil {
				offers = documentsIn(folder(args[0], runtime.GOOS), account, begun)
			}
		}
		return offers, cobra.ShellCompDirectiveNoFileComp
	}
}

// documentsIn are the documents of an account in a folder whose names are begun so, as far as they can be read in time
// and a shell can show them.
func documentsIn(folder, account, begun string) (names []cobra.Completion) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var found templatestore.Inventory
	err := cli.Interruptibly(ctx, func() (err error) {
		found, err = templatestore.Contents(ctx, templatestore.NewLocal(folder))
		return err
	})
	if err != nil {
		return nil
	}
	for _, item := range found.Documents {
		name := Document{item.Kind, item.Name}.String()
		if item.Account == account && item.Name != "" && cli.Printable(name) == name && strings.HasPrefix(name, begun) {
			names = append(names, name)
		}
	}
	return names
}
