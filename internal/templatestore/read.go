package templatestore

import (
	"context"
	"errors"
)

// Read gives the document of a name and the revision to keep. The content is nil if it is unchanged since known.ETag.
// A document edited by hand is simply other content; only one that cannot be read is Damaged. What the listing omits is
// NotFound only if a look confirms it; see [Store.Unlisted].
func Read[T Content](ctx context.Context, s *Store, name string, known Revision) (*T, Revision, error) {
	o, err := s.object(KindOf[T](), name)
	if err != nil {
		return nil, Revision{}, err
	}
	listed, err := s.listing(ctx, o.kind)
	if err != nil {
		return nil, Revision{}, err
	}
	storeID := s.idOf(listed)
	if err := s.checkIdentity(known, storeID); err != nil {
		return nil, Revision{}, err
	}
	if err := s.checkListed(listed, o); err != nil {
		return nil, Revision{}, err
	}
	data, etag, err := s.fetch(ctx, listed, o, known.ETag)
	if errors.Is(err, ErrAbsent) {
		return nil, Revision{}, s.absent(o)
	}
	if err != nil {
		return nil, Revision{}, err
	}
	seen := Revision{StoreID: storeID, Account: s.account, ETag: etag}
	if etag == known.ETag {
		return nil, seen, nil
	}
	content, err := decodeDocument[T](data, o.kind, name)
	if err != nil {
		return nil, Revision{}, s.damaged(o.key, err)
	}
	return &content, seen, nil
}

// Taken says whether there is an object of a name already. It asks the one listing, and looks before it believes that a
// name is taken. What is free may be taken by the time it is created, which [Create] finds out.
func Taken[T Content](ctx context.Context, s *Store, name string) (bool, error) {
	o, err := s.object(KindOf[T](), name)
	if err != nil {
		return false, err
	}
	listed, err := s.listing(ctx, o.kind)
	if err != nil {
		return false, err
	}
	if err := s.checkListed(listed, o); err != nil {
		return false, err
	}
	if _, present, _ := s.etagOf(listed, o.key); !present {
		return false, nil
	}
	data, _, err := s.look(ctx, o)
	if errors.Is(err, ErrAbsent) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if found, _ := peek(data); found != "" && found != name {
		return false, s.damaged(o.key, errors.New(misnamed(found, name)))
	}
	return true, nil
}

// Unlisted says whether the store's listing omits an object, or its receipt, that is there: it is incomplete, and who
// lists the store, as [Contents] does, misses something.
func (s *Store) Unlisted(kind Kind, name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.unlisted[documentKey(s.account, kind, name)] || s.unlisted[documentKey(s.account, kind.Receipts(), name)]
}

// checkListed wants the listing to be that of a store with an identity, and the object to be in its own file.
func (s *Store) checkListed(listed *listing, o object) error {
	if s.idOf(listed) == "" && len(listed.etags) > 0 {
		return s.identityLost()
	}
	return s.checkPlace(listed, o)
}

// fetch reads what is under an object's key, but not if the listing says that it still has the known ETag. What the
// listing omits is absent only after a look.
func (s *Store) fetch(ctx context.Context, listed *listing, o object, known string) (data []byte, etag string, err error) {
	etag, present, certain := s.etagOf(listed, o.key)
	if !present && certain {
		return nil, "", ErrAbsent
	}
	if present && etag != "" && etag == known {
		return nil, etag, nil
	}
	data, etag, err = s.look(ctx, o)
	if err == nil && !present {
		s.mu.Lock()
		s.unlisted[o.key] = true
		s.mu.Unlock()
	}
	return data, etag, err
}

// look reads what is under an object's key now, or fails with ErrAbsent.
func (s *Store) look(ctx context.Context, o object) (data []byte, etag string, err error) {
	data, etag, err = s.backend.Get(ctx, o.key)
	switch {
	case errors.Is(err, ErrAbsent):
		s.noteLook(o.key, "")
		return nil, "", ErrAbsent
	case err != nil:
		return nil, "", s.unreadable(o.key, err)
	}
	s.noteLook(o.key, etag)
	return data, etag, nil
}
