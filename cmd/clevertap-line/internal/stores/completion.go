package stores

import (
	"context"
	"runtime"
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

// CompleteDocuments offers folders for STORE, and KIND/NAME for what follows. Names are those in a folder: nobody who presses
// a key expects that a request is sent.
func CompleteDocuments(command *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	var offers []cobra.Completion
	if !strings.Contains(begun, "/") {
		for _, kind := range templatestore.Kinds() {
			offers = append(offers, string(kind)+"/")
		}
		return offers, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
	if isLocal(args[0]) {
		offers = documentsIn(folder(args[0], runtime.GOOS), Account(command), begun)
	}
	return offers, cobra.ShellCompDirectiveNoFileComp
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
