// Package handoff is the subcommand that makes a page for the person at CleverTap's dashboard: what is to be entered, changed
// and removed there, step by step. It knows templatestore, what is declared, and how messages are drawn. It asks the store,
// and writes nothing into it.
package handoff

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linepreview"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// handoff is the subcommand with its flags.
type handoff struct {
	output, plan, enteredURL string
	showSensitive            bool
	pictures                 cli.PictureFlags
}

// New makes the subcommand.
func New() *cobra.Command {
	h := &handoff{}
	command := &cobra.Command{
		Use:   "handoff STORE",
		Short: "Make a page that leads a person through CleverTap's dashboard",
		Long: `Make one page of HTML for the person at CleverTap's dashboard: the webhook templates, Linked Content APIs and campaign
bodies of an account that are to be entered, changed or removed, in the order in which that works, and row by row as the
dialogs have them. Each value has a button that copies it exactly; for a change, what was entered last is beside it. The
page says what the messages look like, keeps which steps are done in the browser, and ends with the command that writes
the receipts. It is one file that loads nothing, unless --images allows it, and works without a server.

With --plan, the page is of what will hold after the plan is applied. What the plan marks as sensitive, and what follows from
that, is left out unless --show-sensitive is given. The store has no such marks: without --plan, and of objects that the
plan does not have, everything is shown. Values of secret headers are never known.

What cannot be read is said on the page, and the exit code is 1 then.

A store is given as for clevertap-line store.`,
		Example: `  clevertap-line handoff ./clevertap -o handoff.html
  terraform show -json plan.out > plan.json && clevertap-line handoff ./clevertap --plan plan.json -o handoff.html
  clevertap-line handoff ./clevertap --language ja --entered-url https://ci.example.com/jobs/entered -o handoff.html`,
		Args:              cli.Arguments,
		ValidArgsFunction: stores.CompleteStores(1),
		RunE:              func(command *cobra.Command, args []string) error { return h.run(command, args[0]) },
	}
	flags := command.Flags()
	flags.StringVarP(&h.output, "output", "o", cli.StandardStream, "`file` to write, replaced whole; - is standard output")
	flags.StringVar(&h.plan, "plan", "", "`PLAN.json`: a plan that is not applied yet, as terraform show -json says it; - is standard input")
	flags.BoolVar(&h.showSensitive, "show-sensitive", false, "show what the plan marks as sensitive; the file is for its owner to read only")
	flags.StringVar(&h.enteredURL, "entered-url", "", "https `URL` of the pipeline's job that writes the receipts, for the page to link to")
	h.pictures.Add(command)
	stores.AccountFlag(command)
	return command
}

func (h *handoff) run(command *cobra.Command, address string) error {
	options, err := h.pictures.Options()
	if err != nil {
		return err
	}
	if err := checkURL(h.enteredURL); err != nil {
		return err
	}
	if err := cli.KeepInputs(command, h.output, h.plan); err != nil {
		return err
	}
	account, err := stores.Account(command)
	if err != nil {
		return err
	}
	plan, err := h.readPlan(command, account)
	if err != nil {
		return err
	}
	backend, err := stores.Open(command.Context(), address, os.Getenv(cli.EnvStoreToken))
	if err != nil {
		return err
	}
	return cli.Failure(h.make(command, backend, address, account, plan, options))
}

func (h *handoff) make(
	command *cobra.Command, backend templatestore.Backend, address, account string, plan *declared.Plan, options linepreview.Options,
) error {
	storeID, standings, err := look(command.Context(), backend, account, plan)
	if err != nil {
		return err
	}
	work := gather(standings, plan)
	if !h.showSensitive {
		work.hide()
	}
	page, err := render(work, settings{
		storeID: storeID, store: address, account: account, enteredURL: h.enteredURL, plan: plan, options: options,
		showSensitive: h.showSensitive,
	})
	if err != nil {
		return err
	}
	mode := os.FileMode(0o644)
	if h.showSensitive {
		mode = 0o600
	}
	if err := cli.WritePage(command, h.output, page, mode); err != nil {
		return err
	}
	return work.unreadable()
}

// checkURL wants an address that a page can link to.
func checkURL(text string) error {
	if text == "" {
		return nil
	}
	if parsed, err := url.Parse(text); err != nil || parsed.Scheme != "https" || parsed.Host == "" || parsed.User != nil {
		return errors.New("--entered-url is an https address, such as https://ci.example.com/jobs/entered, without user and password")
	}
	return nil
}

// readPlan reads the plan, which must be one for the account; nil is none.
func (h *handoff) readPlan(command *cobra.Command, account string) (*declared.Plan, error) {
	if h.plan == "" {
		return nil, nil
	}
	input, err := cli.OpenInput(command, h.plan)
	if err != nil {
		return nil, err
	}
	plan, err := declared.TakePlan(command.Context(), input)
	if err != nil {
		return nil, cli.Failure(fmt.Errorf("read %s: %w", cli.ShownName(h.plan), err))
	}
	return plan, cli.Failure(plan.CheckAccount(account))
}

// look gives what a store has of an account. Before a first apply there may be no store, or nothing of the account in it;
// else that is a mistake.
func look(
	ctx context.Context, backend templatestore.Backend, account string, plan *declared.Plan,
) (storeID string, standings []templatestore.Standing, err error) {
	storeID, all, err := templatestore.Standings(ctx, backend)
	if err != nil {
		return "", nil, err
	}
	accounts := stores.Accounts(all)
	standings = slices.DeleteFunc(all, func(s templatestore.Standing) bool { return s.Account != account })
	switch first := plan != nil && !slices.ContainsFunc(plan.Changes, keptInStore); {
	case first:
	case storeID == "":
		return "", nil, stores.None(backend)
	case len(standings) == 0 && len(accounts) > 0:
		return "", nil, fmt.Errorf("the store at %s has nothing of account %s, but of %s: give --account", backend.Location(""),
			cli.Printable(account), stores.ListAccounts(accounts))
	}
	return storeID, standings, nil
}

// keptInStore says that the template store had an object before.
func keptInStore(change declared.Change) bool { return change.Before != nil && !change.Kind.Live() }
