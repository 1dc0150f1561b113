package doctor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/servedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// flaws are the answers for what is wrong with what is served.
var flaws = map[servedcontent.Flaw]string{
	servedcontent.NoFlaw: "well", servedcontent.NoAnswer: "no-answer", servedcontent.TooLarge: "no-document",
	servedcontent.Redirects: "redirect", servedcontent.Forbidden: "forbidden", servedcontent.Missing: "missing",
	servedcontent.OtherStatus: "other-status", servedcontent.HTMLPage: "page", servedcontent.NoDocument: "no-document",
	servedcontent.OtherType: "other-type", servedcontent.NoCharset: "no-charset", servedcontent.NotSendable: "not-sendable",
}

// keptByCleverTap is how long CleverTap itself keeps an answer at most.
const keptByCleverTap = 5 * time.Minute

// sendsHeader says whether the header is sent to what is served: to a URL that the person gave, or saw and agreed to.
func (a *account) sendsHeader() bool { return a.header.name != "" && (a.servedAt != "" || !a.yes) }

func askServed(a *account) []request {
	r := request{method: "GET", url: cmp.Or(a.url(), "the served_at of these messages"), credential: "no credential", most: 1}
	switch {
	case a.sendsHeader():
		r.credential = cli.EnvReadBackHeaderName + " and " + cli.EnvReadBackHeaderValue
	case a.header.name != "":
		r.note = "with --yes, the header is sent to the URL of --served-at alone"
	}
	return []request{r}
}

// url is that of what is served, as far as it is known.
func (a *account) url() string {
	switch {
	case a.isUnread():
		return ""
	case a.servedAt == "" && a.published != nil && a.published.ServedAt != nil:
		return *a.published.ServedAt
	}
	return a.servedAt
}

func (a *account) knowsURL() bool { return a.url() != "" }

// isUnread says whether there is a publish store that nothing was found in yet.
func (a *account) isUnread() bool { return a.publishStore != "" && a.published == nil }

// inspect looks at what is served.
func (l *looking) inspect(ctx context.Context) servedcontent.Inspection {
	config := servedcontent.Config{UserAgent: cli.UserAgent()}
	if l.sendsHeader() {
		config.HeaderName, config.HeaderValue = l.header.name, l.header.value
	}
	found := servedcontent.New(config).Inspect(ctx, l.url())
	l.servedUnit = cmp.Or(l.servedUnit, found.Unit)
	return found
}

// The requests for messages of a known name: the list of messages, the store's identity, and the document. To find the name, all is
// listed before, with the identity again.
const (
	readsByName = 3
	readsToFind = 5
)

func askPublished(a *account) []request {
	if a.publishStore == "" {
		return nil
	}
	most := readsToFind
	if a.messages != "" {
		most = readsByName
	}
	return []request{{
		method: "GET", url: a.store.Location(""), credential: "those of the store", most: most,
		note: "the messages in the publish store; more if its list is long, or has long names",
	}}
}

// lookPublished finds the messages in the publish store, and with them where they are served.
func lookPublished(ctx context.Context, l *looking) error {
	if err := l.readPublished(ctx); err != nil {
		l.refuse(served, failed.id, err)
	}
	return ctx.Err()
}

func (a *account) readPublished(ctx context.Context) error {
	name := a.messages
	if name == "" {
		var err error
		if name, err = a.onlyMessages(ctx); err != nil {
			return err
		}
	}
	store := templatestore.New(a.store, a.storeAccount)
	document, _, err := templatestore.Read[templatestore.LineLinkedMessages](ctx, store, name, templatestore.Revision{})
	if err != nil {
		return err
	}
	if a.servedAt == "" {
		if document.ServedAt == nil {
			return errors.New("the messages in the publish store do not say where they are served (served_at): give the URL with --served-at")
		}
		if err := servedcontent.CheckURL(*document.ServedAt); err != nil {
			return fmt.Errorf("served_at: %w", err)
		}
	}
	a.published, a.servedUnit = document, document.Unit
	return nil
}

// onlyMessages is the name of the messages in the publish store, if there are no others.
func (a *account) onlyMessages(ctx context.Context) (string, error) {
	inventory, err := templatestore.Contents(ctx, a.store)
	if err != nil {
		return "", err
	}
	var names []string
	for _, item := range inventory.Documents {
		if item.Kind == templatestore.LinkedMessages && item.Account == a.storeAccount {
			names = append(names, item.Name)
		}
	}
	switch len(names) {
	case 0:
		return "", errors.New("the publish store has no messages of the account: give the account with --account, or --served-at alone")
	case 1:
		return names[0], nil
	}
	return "", fmt.Errorf("the publish store has several messages, %d of the account: name one with --messages", len(names))
}

func lookServed(ctx context.Context, l *looking) error {
	found := l.inspect(ctx)
	l.note(served, flaws[found.Flaw])
	switch {
	case found.Flaw != servedcontent.NoFlaw:
		l.tell("%s", found.Fault)
		return ctx.Err()
	case l.published != nil && found.ContentSHA256 != l.published.ContentSHA256:
		l.note(served, "older")
	}
	switch {
	case found.MaxAge < 0:
		l.note(caching, "unsaid")
	case found.MaxAge > keptByCleverTap:
		l.note(caching, "long")
		l.tell("It may be kept for %s.", found.MaxAge)
	default:
		l.note(caching, "short")
	}
	return ctx.Err()
}
