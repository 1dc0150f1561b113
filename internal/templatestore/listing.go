package templatestore

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// listing is what a Store knows of one kind.
type listing struct {
	// storeID is "" if the store does not exist, and in a listing of receipts.
	storeID string
	// etags are those of all documents, by key.
	etags map[string]string
	// elsewhere has, by name, the keys of documents that are not where their name says.
	elsewhere map[string][]string
	// failure is why there is nothing to know. It is kept as well: a store that does not answer is not asked again, with all
	// repetitions, for every document.
	failure error
}

// listing takes the one listing of a kind, or waits for the caller that does.
func (s *Store) listing(ctx context.Context, kind Kind) (*listing, error) {
	listed, err := s.flight.Do(ctx, string(kind), func() (*listing, error) {
		s.mu.Lock()
		listed := s.listings[kind]
		s.mu.Unlock()
		if listed != nil {
			return listed, listed.failure
		}
		listed, err := s.list(ctx, kind)
		if err != nil && ctx.Err() != nil {
			return nil, err // which says nothing of the store
		}
		if err != nil {
			listed = &listing{failure: err}
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.listings[kind] = listed
		return listed, listed.failure
	})
	switch {
	case err != nil && ctx.Err() != nil:
		return nil, s.unavailable("", "was not listed in time", ctx.Err())
	case err != nil:
		return nil, err
	}
	return listed, nil
}

func (s *Store) list(ctx context.Context, kind Kind) (*listing, error) {
	entries, err := s.backend.List(ctx, folder(s.account, kind))
	if err != nil {
		return nil, s.unavailable("", "cannot be listed", err)
	}
	listed := &listing{etags: map[string]string{}, elsewhere: map[string][]string{}}
	for _, entry := range entries {
		if _, found, _, ok := parseKey(entry.Key); !ok || found != kind {
			continue
		}
		listed.etags[entry.Key] = entry.ETag
		name := s.nameIn(ctx, entry)
		if name != "" && documentKey(s.account, kind, name) != entry.Key {
			listed.elsewhere[name] = append(listed.elsewhere[name], entry.Key)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if _, receipts := kind.ofObjects(); receipts {
		return listed, nil // which store this is, the objects' listing knows
	}
	// After the documents, since they are written after it: documents without an identity are never a store in the making.
	listed.storeID, err = s.identity(ctx)
	return listed, err
}

// nameIn gives the name of a document, or "" if it cannot be known, which must not stop the others, or need not be: what
// bears a document's file name is taken for that document until it is read.
func (s *Store) nameIn(ctx context.Context, entry Entry) string {
	if entry.Data == nil && isFileName(entry.Key) {
		return ""
	}
	return s.nameInside(ctx, entry)
}

// nameInside reads a document's name, "" if that cannot be done.
func (s *Store) nameInside(ctx context.Context, entry Entry) string {
	data := entry.Data
	if data == nil {
		data, _, _ = s.backend.Get(ctx, entry.Key)
	}
	name, _ := peek(data)
	return name
}

// etagOf gives the ETag of what is under a key, and says whether that is certain: a listing may be incomplete.
func (s *Store) etagOf(listed *listing, key string) (etag string, present, certain bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if etag, newer := s.newer[key]; newer {
		return etag, etag != "", true
	}
	etag, present = listed.etags[key]
	return etag, present, false
}

// noteWrite keeps the ETag of what this Store wrote under a key, "" of what it deleted.
func (s *Store) noteWrite(key, etag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.newer[key] = etag
}

// noteLook keeps the ETag that a look found, "" where nothing is. A write may have come in between, and counts.
func (s *Store) noteLook(key, etag string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, known := s.newer[key]; !known {
		s.newer[key] = etag
	}
}

// checkPlace wants an object to be in its own file, if in any, and in no other.
func (s *Store) checkPlace(listed *listing, o object) error {
	var files []string
	for _, key := range listed.elsewhere[o.name] {
		files = append(files, s.backend.Location(key))
	}
	if len(files) == 0 {
		return nil
	}
	place := s.backend.Location(o.key)
	if _, present, _ := s.etagOf(listed, o.key); present {
		files = append(files, place)
	}
	if len(files) > 1 {
		slices.Sort(files)
		return &Error{
			Reason: DuplicateName, Where: s.backend.Location(""),
			What: fmt.Sprintf("there is more than one file for %s: %s", o, strings.Join(files, " and ")),
			Next: fmt.Sprintf("Nothing was changed. Keep one, as %s, and remove the rest.", place),
		}
	}
	return s.misplaced(listed.elsewhere[o.name][0], o)
}

func (s *Store) misplaced(key string, o object) error {
	return &Error{
		Reason: Damaged, Where: s.backend.Location(key), What: fmt.Sprintf("this file is not where %s belongs", o),
		Next: fmt.Sprintf("Nothing was changed. Rename it to %s, or correct the name in it.", s.backend.Location(o.key)),
	}
}
