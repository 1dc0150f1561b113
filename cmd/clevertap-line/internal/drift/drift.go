// Package drift is the subcommand that compares what Terraform declares with all that can be known of the world: receipts, what is
// published and served, LINE, CleverTap's message report, and its audit log. It reads only. It knows the stores and the clients.
package drift

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
)

// drift is the subcommand with its flags.
type drift struct {
	publishStore, plan, auditLog, format string

	tokenLife time.Duration
	days      int
	bounds    cli.MarkdownFlags
	http      cli.HTTPFlags
	now       func() time.Time
}

const (
	defaultLife = 7 * 24 * time.Hour
	defaultDays = 90
	mostDays    = clevertap.LongestReport - daysAhead - 1
)

// New makes the subcommand.
func New() *cobra.Command {
	d := &drift{now: time.Now}
	command := &cobra.Command{
		Use:   "drift STORE",
		Short: "Say what is off between the declaration and what can be known of the world",
		Long: `Compare what Terraform declares with all that can be known, and say of each object what is off and what to do:
  template store    what is declared, and the receipts of what was entered in CleverTap's dashboard
  plan              what --plan declares, against the stores
  publish store     with --publish-store: the messages that are published, and the bodies that read them
  served            each served_at, read once as CleverTap would
  LINE              with ` + cli.EnvLineToken + `: the token and its life, the quota against the followers, and which
                    versions LINE took, which is told and never drift; with ` + cli.EnvLineChannelID + ` and
                    ` + cli.EnvLineChannelSecret + ` the same without a token's life
  CleverTap         with ` + cli.EnvCleverTapAccountID + `, ` + cli.EnvCleverTapPasscode + ` and ` + cli.EnvCleverTapRegion + `: the
                    profile properties, and the campaigns in the message report that have a body's name
  audit log         with --audit-log: who saved a campaign after its receipt was written

Nothing is written anywhere. No message's text is shown. Of LINE's statistics, of which it answers 60 requests an hour, at most
30 are asked for.

The exit code is 2 if something is off, 1 if something could not be looked at or the command was not understood, and 0 if
neither. 2 wins over 1. A part without its credentials or its flag is not looked at, which is no failure.

In Markdown, what is off stands before a comment, and is the same text as long as the same is off. As JSON, id is. Markdown has at
most --limit bytes: what there is no room for is named, then counted.

STORE and --publish-store are given as for clevertap-line store; the token of an http publish store is read from
` + cli.EnvPublishStoreToken + `. The header that the server of the messages wants is read from
` + cli.EnvReadBackHeaderName + ` and ` + cli.EnvReadBackHeaderValue + `.`,
		Example: `  clevertap-line drift ./clevertap
  clevertap-line drift --publish-store 's3://acme-line-public/messages?region=ap-northeast-1' --format markdown ./clevertap > drift.md
  terraform show -json tfplan | clevertap-line drift --plan - ./clevertap`,
		Args:              func(command *cobra.Command, args []string) error { return cli.Failure(cli.Arguments(command, args)) },
		ValidArgsFunction: stores.CompleteStores(1),
		RunE:              func(command *cobra.Command, args []string) error { return d.run(command, args[0]) },
	}
	// An error of usage must not look like drift.
	command.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return cli.Failure(err) })
	flags := command.Flags()
	flags.StringVar(&d.publishStore, "publish-store", "", "`store` of the linked messages")
	flags.StringVar(&d.plan, "plan", "", "`file` with a plan as terraform show -json writes it; - is standard input")
	flags.StringVar(&d.auditLog, "audit-log", "", "`place` of CleverTap's audit log exports: s3://bucket/prefix?region=…, or a folder")
	flags.DurationVar(&d.tokenLife, "token-life", defaultLife, "how long LINE's token must still live; 0 does not ask")
	flags.IntVar(&d.days, "days", defaultDays, fmt.Sprintf("how many days ago a campaign may have started, 0 to %d", mostDays))
	flags.StringVar(&d.format, "format", formatText, "`form` of the output: text, markdown or json")
	d.bounds.Add(command, "an issue", "all that was found", "drift.txt")
	cli.Complete(command, "format", formats...)
	stores.AccountFlag(command)
	d.http.Add(command, 4, 30*time.Second)
	return command
}

func (d *drift) run(command *cobra.Command, address string) error {
	ctx := command.Context()
	for _, name := range []string{"publish-store", "plan", "audit-log"} {
		if flag := command.Flag(name); flag.Changed && flag.Value.String() == "" {
			return cli.Failure(fmt.Errorf("--%s is empty: leave it out where there is none", name))
		}
	}
	if err := d.check(command); err != nil {
		return cli.Failure(err)
	}
	r, err := d.reading(ctx, command, address)
	if err != nil {
		return cli.Failure(err)
	}
	found := r.look(ctx)
	if err := ctx.Err(); err != nil {
		return err
	}
	err = cli.Interruptibly(ctx, func() error { return d.write(command.OutOrStdout(), found) })
	switch {
	case err != nil:
		return cli.Failure(fmt.Errorf("write what was found: %w", err))
	case len(found.sorted(true)) > 0:
		return cli.ErrOff
	case len(found.in(couldNot)) > 0:
		return cli.ErrSaid
	}
	return nil
}

// check finds what was asked for that cannot be.
func (d *drift) check(command *cobra.Command) error {
	switch {
	case !slices.Contains(formats, d.format):
		return errors.New("--format is text, markdown or json")
	case d.tokenLife < 0:
		return errors.New("--token-life is 0 or more")
	case d.days < 0 || d.days > mostDays:
		return fmt.Errorf("--days is 0 to %d", mostDays)
	}
	if err := d.bounds.Check(command, d.format == formatMarkdown); err != nil {
		return err
	}
	return d.http.Check()
}
