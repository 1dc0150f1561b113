package templatestore

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Item is one document as [Contents] lists it.
type Item struct {
	Account string
	Kind    Kind
	// Name is "" if the document cannot be read.
	Name      string
	Key, ETag string
}

// Contents lists all documents of all accounts, sorted, with the id of the store, "" if there is none. Its errors are
// *Error.
func Contents(ctx context.Context, backend Backend) (storeID string, items []Item, err error) {
	s := New(backend, "")
	entries, err := backend.List(ctx, "")
	if err != nil {
		return "", nil, s.unavailable("", "cannot be listed", err)
	}
	for _, entry := range entries {
		if !isDocument(entry.Key) {
			continue
		}
		account, rest, _ := strings.Cut(entry.Key, "/")
		kind, file, _ := strings.Cut(rest, "/")
		if decoded, err := url.PathUnescape(account); err == nil {
			account = decoded
		}
		name, err := url.PathUnescape(strings.TrimSuffix(file, extension))
		if err != nil || strings.Contains(file, "~") || !isFileName(entry.Key) {
			name = s.nameInside(ctx, entry)
		}
		items = append(items, Item{Account: account, Kind: Kind(kind), Name: name, Key: entry.Key, ETag: entry.ETag})
	}
	slices.SortFunc(items, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name),
			cmp.Compare(a.Key, b.Key))
	})
	storeID, err = s.identity(ctx)
	return storeID, items, err
}

// ReadRaw gives the bytes of a document as they are in the store, also of one that is damaged.
func ReadRaw(ctx context.Context, s *Store, kind Kind, name string) ([]byte, error) {
	if !slices.Contains(kinds(), kind) {
		return nil, &Error{
			Reason: Invalid, Where: s.backend.Location(""), What: fmt.Sprintf("there is no kind %q", kind),
			Next: fmt.Sprintf("The kinds are %s and %s.", WebhookTemplates, LineCampaignBodies),
		}
	}
	o := object{kind: kind, name: name, key: documentKey(s.account, kind, name)}
	data, _, err := s.backend.Get(ctx, o.key)
	if errors.Is(err, ErrAbsent) {
		return nil, s.absent(o)
	}
	if err != nil {
		return nil, s.unavailable(o.key, "cannot be read", err)
	}
	return data, nil
}
