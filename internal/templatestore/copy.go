package templatestore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"

	"golang.org/x/sync/errgroup"
)

// copiesAtATime is how many documents are under way in a [Copy].
const copiesAtATime = 8

// Copy copies all documents and receipts of a store and its identity, so that the target is the same store at another
// place: states that know the one know the other. It gives their numbers. Nothing is ever overwritten: a target with another
// store, or with a document that differs, is refused. The identity comes last, so that a copy that was cut short is no
// store yet; the next one takes it up where it ended. Nobody should write to the source meanwhile: if somebody did, the
// target gets no identity. Errors are *Error.
func Copy(ctx context.Context, from, to Backend) (documents, receipts int, err error) {
	source, target := New(from, ""), New(to, "")
	wanted, err := Contents(ctx, from)
	if err != nil {
		return 0, 0, err
	}
	if wanted.StoreID == "" {
		return 0, 0, &Error{
			Reason: StoreMissing, Where: from.Location(""), What: "there is no store here to be copied",
			Next: "Correct the place to copy from.",
		}
	}
	present, err := Contents(ctx, to)
	if err != nil {
		return 0, 0, err
	}
	if present.StoreID != "" && present.StoreID != wanted.StoreID {
		return 0, 0, &Error{
			Reason: OtherStore, Where: to.Location(IdentityKey),
			What: fmt.Sprintf("there is another store, with the id %s, and the one to be copied is %s", present.StoreID,
				wanted.StoreID),
			Next: "Nothing was copied. Choose an empty place.",
		}
	}
	etags := wanted.etags()
	for _, item := range present.all() {
		if _, ok := etags[item.Key]; !ok {
			return 0, 0, differs(to, item.Key, "is not in the store to be copied")
		}
	}
	group, working := errgroup.WithContext(ctx)
	group.SetLimit(copiesAtATime)
	for _, item := range wanted.all() {
		group.Go(func() error { return copyOne(working, source, target, item.Key) })
	}
	if err := group.Wait(); err != nil {
		return 0, 0, err
	}
	if now, err := Contents(ctx, from); err != nil {
		return 0, 0, err
	} else if !maps.Equal(etags, now.etags()) {
		return 0, 0, &Error{
			Reason: Changed, Where: from.Location(""), What: "somebody wrote to the store while it was copied",
			Next: "The copy is not finished and has no identity. Remove it, and copy again when nobody writes.",
		}
	}
	return len(wanted.Documents), len(wanted.Receipts), copyOne(ctx, source, target, IdentityKey)
}

// etags are those of all documents and receipts, by key.
func (i Inventory) etags() map[string]string {
	etags := map[string]string{}
	for _, item := range i.all() {
		etags[item.Key] = item.ETag
	}
	return etags
}

// copyOne copies bytes, and looks at what is there whenever they cannot be written.
func copyOne(ctx context.Context, source, target *Store, key string) error {
	data, _, err := source.backend.Get(ctx, key)
	if err != nil {
		return source.unreadable(key, err)
	}
	_, failure := target.backend.Put(ctx, key, data, "")
	if failure == nil {
		return nil
	}
	found, _, err := target.backend.Get(ctx, key)
	switch {
	case err == nil && bytes.Equal(found, data):
		return nil
	case err == nil:
		return differs(target.backend, key, "differs from the one to be copied")
	case errors.Is(err, ErrAbsent):
		return target.unavailable(key, "cannot be written", failure)
	}
	return target.unavailable(key, "the write failed, and whether it arrived is not known", failure)
}

func differs(to Backend, key, what string) error {
	return &Error{
		Reason: Changed, Where: to.Location(key), What: "this document is there already and " + what,
		Next: "It was not touched. Find out which is right; a copy is made into an empty place.",
	}
}
