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

func askServed(a *account) (requests []request) {
	url := a.servedAt
	if a.publishStore != "" {
		requests = append(requests, request{
			method: "GET", url: a.store.Location(""), credential: "those of the store", most: 3, note: "the messages in the publish store",
		})
		url = cmp.Or(url, "the served_at of these messages")
	}
	credential := "no credential"
	if a.header.name != "" {
		credential = cli.EnvReadBackHeaderName + " and " + cli.EnvReadBackHeaderValue
	}
	return append(requests, request{method: "GET", url: url, credential: credential, most: 1})
}

// inspect finds the URL in the publish store, if there is one, and looks at it. The error is of the store.
func (l *looking) inspect(ctx context.Context) (found servedcontent.Inspection, published string, err error) {
	address := l.servedAt
	if l.publishStore != "" {
		document, err := l.readPublished(ctx)
		if err != nil {
			return found, "", err
		}
		published = document.ContentSHA256
		l.servedUnit = document.Unit
		if address == "" && document.ServedAt != nil {
			address = *document.ServedAt
		}
	}
	if err := servedcontent.CheckURL(address); err != nil {
		return found, "", fmt.Errorf("served_at: %w", err)
	}
	reader := servedcontent.New(servedcontent.Config{
		UserAgent: cli.UserAgent(), HeaderName: l.header.name, HeaderValue: l.header.value,
	})
	found = reader.Inspect(ctx, address)
	l.servedUnit = cmp.Or(l.servedUnit, found.Unit)
	return found, published, nil
}

// readPublished reads the messages that --messages names, else the only ones that say where they are served.
func (l *looking) readPublished(ctx context.Context) (*templatestore.LineLinkedMessages, error) {
	inventory, err := templatestore.Contents(ctx, l.store)
	if err != nil {
		return nil, err
	}
	store := templatestore.New(l.store, l.storeAccount)
	var found *templatestore.LineLinkedMessages
	for _, item := range inventory.Documents {
		if item.Kind != templatestore.LinkedMessages || item.Account != l.storeAccount || l.messages != "" && item.Name != l.messages {
			continue
		}
		document, _, err := templatestore.Read[templatestore.LineLinkedMessages](ctx, store, item.Name, templatestore.Revision{})
		switch {
		case err != nil:
			return nil, err
		case document.ServedAt == nil && l.servedAt == "":
		case found != nil:
			return nil, errors.New("several messages in the publish store say where they are served: name one with --messages")
		default:
			found = document
		}
	}
	if found == nil {
		return nil, errors.New("no messages of the account in the publish store say where they are served (served_at): " +
			"give the URL with --served-at, or the account with --account")
	}
	return found, nil
}

func lookServed(ctx context.Context, l *looking) error {
	found, published, err := l.inspect(ctx)
	if err != nil {
		l.refuse(served, failed.id, err)
		return ctx.Err()
	}
	l.note(served, flaws[found.Flaw])
	switch {
	case found.Flaw != servedcontent.NoFlaw:
		l.tell("%s", found.Fault)
		return ctx.Err()
	case published != "" && found.ContentSHA256 != published:
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
