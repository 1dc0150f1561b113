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

// Inventory is what [Contents] finds in a store.
type Inventory struct {
	// StoreID is "" if there is no store.
	StoreID string
	// Documents are those of the objects, and Receipts what was entered of them. Both are sorted.
	Documents, Receipts []Item
}

// Item is one document or receipt.
type Item struct {
	Account string
	// Kind is that of the object, also of a receipt.
	Kind Kind
	// Name is "" if the document cannot be read.
	Name      string
	Key, ETag string
}

// Contents lists all documents and receipts of all accounts. Its errors are *Error.
func Contents(ctx context.Context, backend Backend) (Inventory, error) {
	s := New(backend, "")
	entries, err := backend.List(ctx, "")
	if err != nil {
		return Inventory{}, s.unavailable("", "cannot be listed", err)
	}
	var found Inventory
	for _, entry := range entries {
		account, kind, file, ok := parseKey(entry.Key)
		if !ok {
			continue
		}
		if decoded, err := url.PathUnescape(account); err == nil {
			account = decoded
		}
		name, err := url.PathUnescape(strings.TrimSuffix(file, extension))
		if err != nil || strings.Contains(file, "~") || !isFileName(entry.Key) {
			name = s.nameInside(ctx, entry)
		}
		of, receipt := kind.ofObjects()
		item := Item{Account: account, Kind: of, Name: name, Key: entry.Key, ETag: entry.ETag}
		if receipt {
			found.Receipts = append(found.Receipts, item)
		} else {
			found.Documents = append(found.Documents, item)
		}
	}
	sortItems(found.Documents)
	sortItems(found.Receipts)
	found.StoreID, err = s.identity(ctx)
	return found, err
}

// all are the documents, then the receipts.
func (i Inventory) all() []Item { return slices.Concat(i.Documents, i.Receipts) }

func sortItems(items []Item) {
	slices.SortFunc(items, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name),
			cmp.Compare(a.Key, b.Key))
	})
}

// ReadRaw gives the bytes of a document or receipt as they are in the store, also of one that is damaged.
func ReadRaw(ctx context.Context, s *Store, kind Kind, name string) ([]byte, error) {
	if !kind.isKind() {
		return nil, s.noSuchKind(kind)
	}
	o := object{kind: kind, name: name, key: documentKey(s.account, kind, name)}
	data, _, err := s.backend.Get(ctx, o.key)
	if errors.Is(err, ErrAbsent) {
		return nil, s.absent(o)
	}
	if err != nil {
		return nil, s.unreadable(o.key, err)
	}
	return data, nil
}

func (s *Store) noSuchKind(kind Kind) error {
	return &Error{
		Reason: Invalid, Where: s.backend.Location(""), What: fmt.Sprintf("there is no kind %q", kind),
		Next: "The kinds are " + ListKinds(Kinds(), "and") + ".",
	}
}
