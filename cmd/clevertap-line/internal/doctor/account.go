package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/profileproperty"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/servedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// The variables that credentials are read from, as a person is told.
const (
	envLine      = cli.LineCredentials
	envCleverTap = cli.EnvCleverTapAccountID + ", " + cli.EnvCleverTapPasscode + " and " + cli.EnvCleverTapRegion
)

// timeout is for one answer: the message report takes its time.
const timeout = time.Minute

// account is what is looked at, by the command line and the environment.
type account struct {
	flags
	now func() time.Time

	// token is "" where one is issued for the channel.
	token, lineURL string
	channel        line.Channel
	line           *line.Client

	// cleverTapOf are the account, its passcode and the address, for traces.
	cleverTapOf []string
	region      string // "" where an address of the environment is used
	cleverTap   *clevertap.Client

	store        templatestore.Backend
	storeAccount string
	header       struct{ name, value string }

	// yes says that nobody sees what is asked before it is.
	yes bool
	// published are the messages in the publish store, and servedUnit is their unit name or that of what is served, once they were
	// looked at.
	published  *templatestore.LineLinkedMessages
	servedUnit string
	// unsent says that LINE was asked for the unit name, had it not, and that nobody says the message was sent.
	unsent bool
}

// flags are those that say what to look at.
type flags struct {
	property, profile, servedAt, publishStore, messages, unit string
	catalog                                                   int64
}

func (f *flags) add(command *cobra.Command) {
	flags := command.Flags()
	flags.StringVar(&f.property, "property", profileproperty.DefaultName, "profile `property` that holds LINE IDs")
	flags.StringVar(&f.profile, "profile", "", "`identity` of a profile to read, such as your own")
	flags.Int64Var(&f.catalog, "catalog", 0, "`ID` of a catalog in CleverTap, if messages are to be published in one")
	flags.StringVar(&f.servedAt, "served-at", "", "`URL` where CleverTap finds published messages")
	flags.StringVar(&f.publishStore, "publish-store", "",
		"publish `store` whose messages say where they are served, as for clevertap-line store")
	flags.StringVar(&f.messages, "messages", "", "`name` of the messages in the publish store, if there are several")
	flags.StringVar(&f.unit, "unit", "", "unit `name` of the test message (default that of what is served)")
	stores.AccountFlag(command)
}

// connect checks what was given, and asks nobody.
func connect(command *cobra.Command, f flags) (*account, error) {
	a := &account{flags: f, now: time.Now}
	if err := a.check(); err != nil {
		return nil, err
	}
	var err error
	if a.storeAccount, err = stores.Account(command); err != nil {
		return nil, err
	}
	return a, errors.Join(a.connectLine(), a.connectCleverTap(), a.connectServed(command.Context()))
}

func (a *account) check() error {
	if err := profileproperty.CheckName(a.property); err != nil {
		return fmt.Errorf("--property: %w", err)
	}
	if a.profile != "" {
		if err := clevertap.CheckIdentity(a.profile); err != nil {
			return fmt.Errorf("--profile: %w", err)
		}
	}
	if a.unit != "" {
		if err := line.CheckUnitName(a.unit); err != nil {
			return fmt.Errorf("--unit: %w", err)
		}
	}
	switch {
	case a.catalog < 0:
		return errors.New("--catalog is the ID of a catalog: a number above 0")
	case a.messages != "" && a.publishStore == "":
		return errors.New("--messages names messages in a store: give it with --publish-store")
	}
	return nil
}

func (a *account) connectLine() (err error) {
	config := cli.LineConfig(cli.HTTPConfig(0, timeout))
	a.token, a.channel, a.lineURL = config.ChannelAccessToken, config.Channel, cmp.Or(config.BaseURL, line.DefaultBaseURL)
	if cli.WithoutLine() != "" {
		return nil
	}
	a.line, err = line.New(config)
	return err
}

func (a *account) connectCleverTap() (err error) {
	config := cli.CleverTapConfig(cli.HTTPConfig(0, timeout))
	if cli.WithoutCleverTap() != "" {
		return nil
	}
	a.cleverTapOf = []string{config.AccountID, config.Passcode, cmp.Or(config.APIURL, config.Region)}
	if config.APIURL == "" && slices.Contains(clevertap.Regions(), config.Region) {
		a.region = config.Region
	}
	a.cleverTap, err = clevertap.New(config)
	return err
}

func (a *account) connectServed(ctx context.Context) (err error) {
	if a.header.name, a.header.value, err = cli.ReadBackHeader(); err != nil {
		return err
	}
	if a.servedAt != "" {
		if err := servedcontent.CheckURL(a.servedAt); err != nil {
			return fmt.Errorf("--served-at: %w", err)
		}
	}
	if a.publishStore != "" {
		if a.store, err = stores.Open(ctx, a.publishStore, os.Getenv(cli.EnvPublishStoreToken)); err != nil {
			return fmt.Errorf("--publish-store: %w", err)
		}
	}
	return nil
}

// What groups look at; nil where it is not given.

func (a *account) lineInputs() []string {
	if a.line == nil {
		return nil
	}
	return []string{cmp.Or(a.token, a.channel.ID+" "+a.channel.Secret), a.lineURL}
}

func (a *account) cleverTapInputs(more ...string) []string {
	if a.cleverTap == nil {
		return nil
	}
	return slices.Concat(a.cleverTapOf, more)
}

// stepInputs are of the account alone: a new passcode changes nothing of what a person did.
func (a *account) stepInputs() []string {
	if a.cleverTap == nil {
		return nil
	}
	return []string{a.cleverTapOf[0], a.cleverTapOf[2]}
}

func (a *account) catalogInputs() []string {
	if a.catalog == 0 {
		return nil
	}
	return a.cleverTapInputs(strconv.FormatInt(a.catalog, 10))
}

func (a *account) servedInputs() []string {
	if a.servedAt == "" && a.publishStore == "" {
		return nil
	}
	return []string{a.servedAt, a.publishStore, a.storeAccount, a.messages}
}

// unitName is that of the test message, as far as it is known.
func (a *account) unitName() string { return cmp.Or(a.unit, a.servedUnit) }

func (a *account) unitInputs() []string {
	if a.line == nil || a.unit == "" && a.servedInputs() == nil {
		return nil
	}
	return append(a.lineInputs(), a.servedAt, a.publishStore, a.storeAccount, a.messages, a.unit)
}
