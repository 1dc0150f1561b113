package stores

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// Document names one document of an account, as KIND/NAME.
type Document struct {
	Kind templatestore.Kind
	Name string
}

func (d Document) String() string { return string(d.Kind) + "/" + d.Name }

// ParseDocument reads KIND/NAME of one of the kinds. The name may have a slash, too.
func ParseDocument(text string, kinds []templatestore.Kind) (Document, error) {
	kind, name, _ := strings.Cut(text, "/")
	document := Document{templatestore.Kind(kind), name}
	switch {
	case !slices.Contains(kinds, document.Kind) && document.Kind.Live():
		return document, fmt.Errorf("%q is live: an apply publishes it, and CleverTap reads it from there; nothing is to be entered", text)
	case !slices.Contains(kinds, document.Kind):
		return document, fmt.Errorf("%q is no KIND/NAME: KIND is %s", text, templatestore.ListKinds(kinds, "or"))
	case name == "":
		return document, fmt.Errorf("%q is no KIND/NAME: the name is missing", text)
	}
	return document, nil
}

// AccountFlag adds --account. [Account] gives its value.
func AccountFlag(command *cobra.Command) {
	command.Flags().String("account", "",
		"`account` of the store (default $"+cli.EnvCleverTapAccountID+", else "+templatestore.DefaultAccount+"), as the provider's account_id")
}

// Account is what --account says, else the environment. What no account is called is a mistake, such as a variable without a value.
func Account(command *cobra.Command) (string, error) {
	account, from := cmp.Or(os.Getenv(cli.EnvCleverTapAccountID), templatestore.DefaultAccount), cli.EnvCleverTapAccountID
	if flag := command.Flag("account"); flag.Changed {
		account, from = flag.Value.String(), "--account"
	}
	if err := templatestore.CheckAccount(account); err != nil {
		return "", fmt.Errorf("%s %q %w", from, account, err)
	}
	return account, nil
}

// Accounts are those that a store has something of, sorted, each once.
func Accounts(standings []templatestore.Standing) []string {
	accounts := make([]string, len(standings))
	for i, standing := range standings {
		accounts[i] = standing.Account
	}
	slices.Sort(accounts)
	return slices.Compact(accounts)
}

// ListAccounts writes accounts in a row.
func ListAccounts(accounts []string) string {
	shown := make([]string, len(accounts))
	for i, account := range accounts {
		shown[i] = cli.Printable(account)
	}
	return strings.Join(shown, ", ")
}
