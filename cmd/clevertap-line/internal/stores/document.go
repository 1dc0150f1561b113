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

// Account is what --account says, else the environment.
func Account(command *cobra.Command) string {
	return cmp.Or(command.Flag("account").Value.String(), os.Getenv(cli.EnvCleverTapAccountID), templatestore.DefaultAccount)
}
