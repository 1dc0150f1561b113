// Package send is the subcommand that sends one test message to one LINE user. It knows package linesend, LINE's client and
// the stores.
package send

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linesend"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const (
	retries = 4
	timeout = 30 * time.Second
)

// kinds are those of documents that have messages.
var kinds = []templatestore.Kind{templatestore.LineCampaignBodies, templatestore.LinkedMessages}

// send is the subcommand with its flags.
type send struct {
	to, store   string
	values      []string
	yes, dryRun bool
	// atTerminal says whether a person types what is read.
	atTerminal func(stream any) bool
}

// New makes the subcommand.
func New() *cobra.Command { return newCommand(cli.IsTerminal) }

func newCommand(atTerminal func(any) bool) *cobra.Command {
	s := &send{atTerminal: atTerminal}
	command := &cobra.Command{
		Use:   "send NAME|FILE",
		Short: "Send one real test message to one LINE user",
		Long: fmt.Sprintf(`Send the messages of a file or of a document in a store to one LINE user, for real: it counts as one message of
the month's quota, which is looked at first. What is sent is shown, and a person at a terminal is asked; elsewhere nothing is
sent without --yes.

A FILE holds what clevertap-line check reads: a push body, its messages, one message, or the contents of a Flex Message; -
is standard input. With --store it is the NAME of a document, as KIND/NAME; KIND is %s.

Placeholders are filled with the values given, or with their defaults. The user lacks all other properties: a condition on
one goes accordingly, but where an output has neither a value nor a default, nothing is sent. Nor is anything sent that LINE
would refuse, by the rules of clevertap-line check.

A test message has another recipient than the campaign, and no unit name: in LINE's lists that would look as if a campaign
had sent this version. Where an answer of LINE is lost, the request is repeated with the same retry key, so that the message
is sent once. That LINE took a message does not say that it arrived: LINE takes messages to those, too, who blocked the
account or never added it as a friend.

The channel access token is read from %s, or one is issued with %s and
%s. A store is given as for clevertap-line store.`,
			templatestore.ListKinds(kinds, "or"), cli.EnvLineToken, cli.EnvLineChannelID, cli.EnvLineChannelSecret),
		Example: `  clevertap-line send --to U0123456789abcdef0123456789abcdef --value Profile.Name=Aya welcome.line.json
  clevertap-line send --to U0123456789abcdef0123456789abcdef --store ./published line-linked-messages/welcome
  terraform output -raw body | clevertap-line send --to U0123456789abcdef0123456789abcdef --yes -`,
		Args:              cli.Arguments,
		ValidArgsFunction: s.complete,
		RunE:              func(command *cobra.Command, args []string) error { return s.run(command, args[0]) },
	}
	flags := command.Flags()
	flags.StringVar(&s.to, "to", "", "`ID` of the one user who gets the message: U and 32 hexadecimal digits")
	flags.StringArrayVar(&s.values, "value", nil, "`name=value` for Liquid, such as Profile.Name=Aya; may be repeated")
	flags.StringVar(&s.store, "store", "", "`store` that has the document")
	flags.BoolVar(&s.yes, "yes", false, "send without asking")
	flags.BoolVar(&s.dryRun, "dry-run", false, "show what would be sent, and send nothing")
	command.MarkFlagsMutuallyExclusive("yes", "dry-run")
	stores.AccountFlag(command)
	return command
}

// complete offers documents where there is a store, else files.
func (s *send) complete(command *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if s.store == "" || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveDefault
	}
	return stores.CompleteDocuments(kinds)(command, []string{s.store}, begun)
}

func (s *send) run(command *cobra.Command, name string) error {
	to, err := line.ParseUserID(s.to)
	if err != nil {
		return fmt.Errorf("--to: %w; a test message is sent to one user, and never to a group or room", err)
	}
	values, err := cli.Samples("value", s.values)
	if err != nil {
		return err
	}
	reads := s.store == "" && name == cli.StandardStream
	if !s.yes && !s.dryRun && (reads || !s.atTerminal(command.InOrStdin())) {
		return errors.New("nobody can be asked here: give --yes to send without asking, or --dry-run to see what would be sent")
	}
	var client *line.Client
	if !s.dryRun {
		if client, err = newClient(); err != nil {
			return err
		}
	}
	draft, err := s.draft(command, name)
	if err != nil {
		return err
	}
	message, err := draft.Fill(to, values, linebody.Options{})
	if _, incomplete := errors.AsType[*linesend.IncompleteError](err); incomplete {
		err = fmt.Errorf("%w; give one with --value name=value", err)
	}
	if err != nil {
		return cli.Failure(fmt.Errorf("%s: %w", cli.ShownName(name), err))
	}
	return cli.Failure(s.send(command, client, to, message))
}

func newClient() (*line.Client, error) {
	if err := cli.NeedLine(); err != nil {
		return nil, err
	}
	return line.New(cli.LineConfig(cli.HTTPConfig(retries, timeout)))
}

// draft reads the messages.
func (s *send) draft(command *cobra.Command, name string) (draft linesend.Draft, err error) {
	if s.store == "" {
		var text []byte
		err := cli.Interruptibly(command.Context(), func() (err error) {
			text, err = cli.ReadMessages(command, name)
			return err
		})
		if err != nil {
			return draft, err
		}
		draft, err = linesend.Read(string(text))
		return draft, named(name, err)
	}
	document, err := stores.ParseDocument(name, kinds)
	if err != nil {
		return draft, err
	}
	backend, err := stores.Open(command.Context(), s.store, os.Getenv(cli.EnvStoreToken))
	if err != nil {
		return draft, err
	}
	account, err := stores.Account(command)
	if err != nil {
		return draft, err
	}
	draft, err = fromStore(command.Context(), templatestore.New(backend, account), document)
	return draft, named(name, err)
}

// named is a failure with the name of what it is about.
func named(name string, err error) error {
	if err == nil {
		return nil
	}
	return cli.Failure(fmt.Errorf("%s: %w", cli.ShownName(name), err))
}

func fromStore(ctx context.Context, store *templatestore.Store, document stores.Document) (draft linesend.Draft, err error) {
	if document.Kind == templatestore.LinkedMessages {
		content, _, err := templatestore.Read[templatestore.LineLinkedMessages](ctx, store, document.Name, templatestore.Revision{})
		if err != nil {
			return draft, err
		}
		return linesend.ReadLinked(content.Parts, content.Tags)
	}
	content, _, err := templatestore.Read[templatestore.LineCampaignBody](ctx, store, document.Name, templatestore.Revision{})
	if err != nil {
		return draft, err
	}
	return linesend.Read(content.Body)
}

// send shows the message, asks, and sends it.
func (s *send) send(command *cobra.Command, client *line.Client, to line.UserID, message linesend.Message) error {
	ctx, stdout, talk := command.Context(), command.OutOrStdout(), cli.NewTalk(command)
	fmt.Fprintf(stdout, "To %s:\n", to)
	for _, shown := range message.Summary() {
		fmt.Fprintf(stdout, "  %s\n", shown)
	}
	for _, warning := range message.Warnings {
		fmt.Fprintf(stdout, "Warning: %s\n", warning)
	}
	if s.dryRun {
		fmt.Fprintln(stdout, "Nothing was sent.")
		return nil
	}
	quota, err := linesend.Quota(ctx, client)
	if err != nil {
		return err
	}
	fmt.Fprintln(stdout, quota)
	if !s.yes {
		agreed, err := talk.Agrees(ctx, "Send it?")
		if err != nil || !agreed {
			return errors.Join(errors.New("nothing was sent"), err)
		}
	}
	took, err := message.Send(ctx, client)
	if err != nil && ctx.Err() != nil {
		talk.Say("%v", err) // for an interrupt, nothing else would be said
	}
	if err == nil {
		fmt.Fprintln(stdout, took)
	}
	return err
}
