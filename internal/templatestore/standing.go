package templatestore

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"path"
	"slices"

	"golang.org/x/sync/errgroup"
)

// State is how an object's receipt, if it can have one, stands to what is declared.
type State string

// The states there are. Where document or receipt cannot be read, it is "".
const (
	// StateEntered: the receipt is of the declared content.
	StateEntered State = "entered"
	// StateStale: the receipt is of another content than the declared one.
	StateStale State = "stale"
	// StateNotEntered: there is no receipt.
	StateNotEntered State = "not entered"
	// StateUndeclared: there is a receipt and no document, so that the object is still in the dashboard.
	StateUndeclared State = "no longer declared"
	// StatePublished: it is live, so that there is nothing to enter.
	StatePublished State = "published"
)

// Standing is one object: its document, its receipt, or both.
type Standing struct {
	Account string
	Kind    Kind
	// Name is "" if neither document nor receipt can be read.
	Name  string
	State State
	// ContentSHA256 is what the document says, "" if there is none.
	ContentSHA256 string
	// Content is what the document declares, as JSON without white space between its tokens, nil if there is none: of what is
	// live the whole document.
	Content json.RawMessage
	// Receipt is nil if there is none.
	Receipt *Receipt
	// Err is an *Error if a document or receipt of the object is damaged or not in its place.
	Err error

	declared bool
}

// readsAtATime is how many documents are read at a time for [Standings].
const readsAtATime = 8

// Standings gives all objects of all accounts and how far each is entered, sorted by account, kind and name. It reads
// every document and receipt. What is damaged is an error of that object alone. Its own errors are *Error, too.
func Standings(ctx context.Context, backend Backend) (storeID string, standings []Standing, err error) {
	found, err := Contents(ctx, backend)
	if err != nil {
		return "", nil, err
	}
	items := found.all()
	parts := make([]*Standing, len(items))
	s := New(backend, "")
	group, working := errgroup.WithContext(ctx)
	group.SetLimit(readsAtATime)
	for i, item := range items {
		group.Go(func() error {
			part, err := standingOf(working, s, item, i >= len(found.Documents))
			parts[i] = part
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return "", nil, err
	}
	return found.StoreID, join(parts), nil
}

// standingOf is what one document or receipt says of its object; nil if it is gone meanwhile.
func standingOf(ctx context.Context, s *Store, item Item, isReceipt bool) (*Standing, error) {
	part := &Standing{Account: item.Account, Kind: item.Kind, Name: item.Name}
	o := object{kind: item.Kind, name: item.Name, key: item.Key}
	if isReceipt {
		o.kind = item.Kind.Receipts()
	}
	part.declared = !isReceipt
	data, _, err := s.look(ctx, o)
	switch failure, known := errors.AsType[*Error](err); {
	case errors.Is(err, ErrAbsent):
		return nil, nil
	case known && failure.Reason == Damaged:
		part.Err = err
		return part, nil
	case err != nil:
		return nil, err
	}
	if proper := path.Join(path.Dir(item.Key), fileName(item.Name)+extension); item.Name != "" && proper != item.Key {
		o.key = proper
		part.Err = s.misplaced(item.Key, o)
		return part, nil
	}
	if isReceipt {
		var receipt Receipt
		receipt, err = decodeDocument[Receipt](data, o.kind, o.name)
		part.Receipt = &receipt
	} else {
		part.ContentSHA256, part.Content, err = declaredIn(data, o)
	}
	if err != nil {
		part.Receipt, part.Content, part.Err = nil, nil, s.damaged(o.key, err)
	}
	return part, nil
}

// join puts what documents and receipts say of the same object together.
func join(parts []*Standing) []Standing {
	type identity struct {
		account string
		kind    Kind
		name    string
	}
	standings := map[identity]*Standing{}
	var unnamed []Standing
	for _, part := range parts {
		if part == nil {
			continue
		}
		if part.Name == "" {
			unnamed = append(unnamed, *part)
			continue
		}
		id := identity{part.Account, part.Kind, part.Name}
		whole := standings[id]
		if whole == nil {
			standings[id] = part
			continue
		}
		whole.declared = whole.declared || part.declared
		whole.ContentSHA256 = cmp.Or(whole.ContentSHA256, part.ContentSHA256)
		if whole.Content == nil {
			whole.Content = part.Content
		}
		whole.Receipt = cmp.Or(whole.Receipt, part.Receipt)
		if whole.Err == nil {
			whole.Err = part.Err
		}
	}
	joined := unnamed
	for _, whole := range standings {
		whole.State = whole.state()
		joined = append(joined, *whole)
	}
	slices.SortFunc(joined, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Name, b.Name))
	})
	return joined
}

func (s *Standing) state() State {
	switch {
	case s.Err != nil:
		return ""
	case s.Kind.Live():
		return StatePublished
	case !s.declared:
		return StateUndeclared
	case s.Receipt == nil:
		return StateNotEntered
	case s.Receipt.ContentSHA256 == s.ContentSHA256:
		return StateEntered
	}
	return StateStale
}
