// Package entered is the subcommand that notes in a template store what was entered in CleverTap's dashboard, and shows
// what is left to enter. It knows templatestore.
package entered

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/objectname"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// entered is the subcommand with its flags.
type entered struct {
	list, removed      bool
	format, sha256, by string
}

// New makes the subcommand.
func New() *cobra.Command {
	e := &entered{}
	command := &cobra.Command{
		Use:   "entered STORE [KIND/NAME…]",
		Short: "Note what was entered in CleverTap's dashboard, and show what is left to enter",
		Long: fmt.Sprintf(`Note in a template store that webhook templates, Linked Content APIs and campaign bodies were entered in CleverTap's
dashboard, as their documents say now. Each gets a receipt: of what content, by whom and when. Terraform reads it in the
next refresh. KIND is %s.

Linked messages are live: an apply publishes them, and nothing of them is entered.

Nothing is written unless all that is named can be. A receipt replaces the one before. Of a document that somebody edited by
hand, nothing is noted: apply first.

Who entered it is the person that the CI system names as having started the job, else the mail address in git's
configuration.

With --list, nothing is written. Each object of the account is
  entered               in the dashboard as it is declared
  stale                 in the dashboard with another content than the declared one
  not entered           declared, and not in the dashboard
  no longer declared    in the dashboard, and not declared: remove it there, then note it with --removed

A store is given as for clevertap-line store.`, templatestore.ListKinds(templatestore.DashboardKinds(), "or")),
		Example: `  clevertap-line entered ./clevertap line-campaign-bodies/welcome "webhook-templates/LINE push"
  clevertap-line entered --removed ./clevertap line-campaign-bodies/welcome
  clevertap-line entered --list ./clevertap`,
		Args:              cli.Arguments,
		ValidArgsFunction: stores.CompleteDocuments(templatestore.DashboardKinds()),
		RunE:              func(command *cobra.Command, args []string) error { return e.run(command, args[0], args[1:]) },
	}
	flags := command.Flags()
	flags.BoolVar(&e.list, "list", false, "show what is entered and what is left to enter, and write nothing")
	flags.StringVar(&e.format, "format", stores.Text, "`form` of the list: text or json")
	flags.BoolVar(&e.removed, "removed", false, "take the receipts away: the objects are no longer in the dashboard")
	flags.StringVar(&e.sha256, "sha256", "", "`content_sha256` of what was entered: what is declared now, or what the receipt is of")
	flags.StringVar(&e.by, "by", "", "`who` entered it (default the CI system's or git's user)")
	cli.Complete(command, "format", stores.Text, stores.JSON)
	for _, flag := range []string{"removed", "sha256", "by"} {
		command.MarkFlagsMutuallyExclusive("list", flag)
	}
	command.MarkFlagsMutuallyExclusive("removed", "sha256")
	command.MarkFlagsMutuallyExclusive("removed", "by")
	stores.AccountFlag(command)
	return command
}

func (e *entered) run(command *cobra.Command, address string, names []string) error {
	documents, err := e.check(command, names)
	if err != nil {
		return err
	}
	account, err := stores.Account(command)
	if err != nil {
		return err
	}
	backend, err := stores.Open(command.Context(), address, os.Getenv(cli.EnvStoreToken))
	if err != nil {
		return err
	}
	if e.list {
		return cli.Failure(e.show(command, backend, account))
	}
	store := templatestore.New(backend, account)
	if e.removed {
		return cli.Failure(remove(command, store, documents))
	}
	if e.by, err = e.who(command); err != nil {
		return err
	}
	return cli.Failure(e.enter(command, store, documents))
}

// check finds what was asked for that cannot be, and reads the names, each once.
func (e *entered) check(command *cobra.Command, names []string) (documents []stores.Document, err error) {
	if err := stores.CheckFormat(e.format); err != nil {
		return nil, err
	}
	switch {
	case e.list && len(names) > 0:
		return nil, fmt.Errorf("--list is of all objects, and takes no name such as %s", names[0])
	case !e.list && command.Flag("format").Changed:
		return nil, errors.New("--format is for --list")
	case !e.list && len(names) == 0:
		return nil, cli.Missing(command, "KIND/NAME")
	case command.Flag("sha256").Changed && !stores.IsSHA256(e.sha256):
		return nil, errors.New("--sha256 is a content_sha256: 64 hexadecimal digits, in lower case")
	case command.Flag("sha256").Changed && len(names) > 1:
		return nil, errors.New("--sha256 is of one object: name one")
	}
	var wrong []error
	for _, name := range names {
		document, err := stores.ParseDocument(name, templatestore.DashboardKinds())
		if err != nil {
			wrong = append(wrong, err)
		} else if !slices.Contains(documents, document) {
			documents = append(documents, document)
		}
	}
	return documents, errors.Join(wrong...)
}

// who is the person that the receipts name.
func (e *entered) who(command *cobra.Command) (string, error) {
	who := strings.TrimSpace(e.by)
	if !command.Flag("by").Changed {
		if who = cmp.Or(ciUser(), gitUser(command.Context())); who == "" {
			return "", errors.New("--by: say who entered it, since neither a CI system nor git's user.email does")
		}
	}
	if err := objectname.Check(who); err != nil {
		return "", fmt.Errorf("--by: the text %q %w", who, err)
	}
	return who, nil
}

// each does something for all documents, whatever becomes of the others.
func each(documents []stores.Document, do func(stores.Document) error) error {
	var failed []error
	for _, document := range documents {
		if err := do(document); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", cli.Printable(document.String()), err))
		}
	}
	return errors.Join(failed...)
}

func (e *entered) enter(command *cobra.Command, store *templatestore.Store, documents []stores.Document) error {
	ctx := command.Context()
	now := map[stores.Document]string{}
	if err := each(documents, func(d stores.Document) (err error) { now[d], err = e.canEnter(ctx, store, d); return err }); err != nil {
		return nothingWritten(err)
	}
	return each(documents, func(d stores.Document) error {
		receipt, err := templatestore.Enter(ctx, store, d.Kind, d.Name, templatestore.Entering{
			ContentSHA256: e.sha256, By: e.by, At: time.Now(),
		})
		if err == nil {
			older := ""
			if receipt.ContentSHA256 != now[d] {
				older = ", which is not what is declared now (" + stores.ShortSHA256(now[d]) + ")"
			}
			fmt.Fprintf(command.OutOrStdout(), "%s: entered by %s, content_sha256 %s%s\n", d, receipt.By, receipt.ContentSHA256, older)
		}
		return err
	})
}

func remove(command *cobra.Command, store *templatestore.Store, documents []stores.Document) error {
	ctx := command.Context()
	err := each(documents, func(d stores.Document) error {
		_, err := templatestore.ReadRaw(ctx, store, d.Kind.Receipts(), d.Name)
		return err
	})
	if err != nil {
		return nothingWritten(err)
	}
	return each(documents, func(d stores.Document) error {
		err := templatestore.RemoveReceipt(ctx, store, d.Kind, d.Name)
		if err == nil {
			fmt.Fprintf(command.OutOrStdout(), "%s: no longer in the dashboard\n", d)
		}
		return err
	})
}

// canEnter looks at the document and at the receipt that is to be replaced: what is entered is what one of them is of. It gives
// the content_sha256 of what is declared now.
func (e *entered) canEnter(ctx context.Context, store *templatestore.Store, d stores.Document) (sha256 string, err error) {
	now, err := read(ctx, store, d)
	if err != nil {
		return "", err
	}
	receipt, _, err := templatestore.ReadReceipt(ctx, store, d.Kind, d.Name, "")
	switch {
	case err != nil:
		return "", err
	case e.sha256 == "" || e.sha256 == now.ContentSHA256:
		if now.Edited {
			return "", declared.ErrEdited
		}
	case receipt == nil || receipt.ContentSHA256 != e.sha256:
		return "", fmt.Errorf("--sha256 %s is neither what is declared now (%s) nor what its receipt is of. Make the page anew with "+
			"clevertap-line handoff, enter what it says, and note that", stores.ShortSHA256(e.sha256), stores.ShortSHA256(now.ContentSHA256))
	}
	return now.ContentSHA256, nil
}

// read reads a document.
func read(ctx context.Context, store *templatestore.Store, d stores.Document) (declared.Object, error) {
	switch d.Kind {
	case templatestore.WebhookTemplates:
		return readAs[templatestore.WebhookTemplate](ctx, store, d)
	case templatestore.LineCampaignBodies:
		return readAs[templatestore.LineCampaignBody](ctx, store, d)
	}
	return readAs[templatestore.LinkedContent](ctx, store, d)
}

func readAs[T templatestore.Content](ctx context.Context, store *templatestore.Store, d stores.Document) (declared.Object, error) {
	content, _, err := templatestore.Read[T](ctx, store, d.Name, templatestore.Revision{})
	if err != nil {
		return declared.Object{}, err
	}
	text, err := json.Marshal(content)
	if err != nil {
		return declared.Object{}, err
	}
	return declared.OfContent(d.Kind, d.Name, text)
}

func nothingWritten(err error) error { return fmt.Errorf("nothing was written:\n%w", err) }
