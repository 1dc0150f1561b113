package entered

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// show writes what is entered of one account. What cannot be read is an error, after all the rest was shown.
func (e *entered) show(command *cobra.Command, backend templatestore.Backend, account string) error {
	inventory, err := stores.Take(command.Context(), backend)
	if err != nil {
		return err
	}
	inventory.Objects = slices.DeleteFunc(inventory.Objects, func(o stores.Object) bool {
		return o.Account != account || o.Kind.Live()
	})
	if e.format == stores.JSON {
		err = stores.WriteJSON(command.OutOrStdout(), inventory)
	} else {
		err = writeText(command.OutOrStdout(), account, inventory.Objects)
	}
	for _, object := range inventory.Objects {
		if object.Error != "" {
			err = errors.Join(err, errors.New(object.Error))
		}
	}
	return err
}

func writeText(stdout io.Writer, account string, objects []stores.Object) error {
	done := 0
	for _, object := range objects {
		if *object.Entered {
			done++
		}
	}
	fmt.Fprintf(stdout, "Account %s: %d of %d objects are entered\n", cli.Printable(account), done, len(objects))
	table := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	if len(objects) > 0 {
		fmt.Fprint(table, "STATE\tKIND/NAME\tDECLARED\tENTERED\tAT\tBY\n")
	}
	for _, object := range objects {
		state, name := strings.ReplaceAll(object.State, "_", " "), object.Name
		if object.Error != "" {
			state = "cannot be read"
		}
		if name == "" {
			name = "?"
		}
		fmt.Fprintf(table, "%s\t%s/%s\t%s\t%s\t%s\t%s\n", state, object.Kind, cli.Printable(name), short(object.ContentSHA256),
			short(object.EnteredSHA256), orDash(object.EnteredAt), orDash(object.EnteredBy))
	}
	return table.Flush()
}

func short(sha256 string) string { return cmp.Or(stores.ShortSHA256(sha256), "-") }

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return cli.Printable(text)
}
