package templatestore

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
)

// identity is what the store's own file says.
type identity struct {
	SchemaVersion int    `json:"schema_version"`
	ID            string `json:"id"`
}

func decodeIdentity(data []byte) (string, error) {
	var stored identity
	d, err := parseStrictly(data, storeIdentity)
	if err == nil {
		err = decode(d, &stored)
	}
	return stored.ID, err
}

// identity reads the id of the store, "" if there is none.
func (s *Store) identity(ctx context.Context) (string, error) {
	data, _, err := s.backend.Get(ctx, IdentityKey)
	if errors.Is(err, ErrAbsent) {
		return "", nil
	}
	if err != nil {
		return "", s.unreadable(IdentityKey, err)
	}
	id, err := decodeIdentity(data)
	if err != nil {
		return "", s.damaged(IdentityKey, err)
	}
	return id, nil
}

// checkIdentity compares the store that is there ("": none) and its account with the known ones. The account counts even
// where the configured one has an object of that name: it is another object.
func (s *Store) checkIdentity(known Revision, id string) error {
	switch {
	case known.StoreID == "":
		return nil
	case id == "":
		return &Error{
			Reason: StoreMissing, Where: s.backend.Location(""),
			What: fmt.Sprintf("there is no store here (%s is missing), but one is known, with the id %s",
				IdentityKey, known.StoreID),
			Next: "Nothing was changed, and nothing is taken for deleted. Likely causes: a fresh checkout without the folder, " +
				"a relative path seen from another working directory, a wrong path or bucket, prefix or address. Bring the store " +
				"back, or correct its place in the configuration.",
		}
	case id == known.StoreID && (known.Account == "" || known.Account == s.account):
		return nil
	case id == known.StoreID:
		return &Error{
			Reason: OtherStore, Where: s.backend.Location(""),
			What: fmt.Sprintf("the account %q is configured, but this object is known from the account %q", s.account, known.Account),
			Next: "Nothing was changed, and nothing is taken for deleted. Configure the account it is in. To move on purpose, " +
				"remove the object from state and import or create it in the other account.",
		}
	}
	return &Error{
		Reason: OtherStore, Where: s.backend.Location(IdentityKey),
		What: fmt.Sprintf("this is another store: its id is %s, and the known one's is %s", id, known.StoreID),
		Next: "Nothing was changed, and nothing is taken for deleted. Correct the store's place in the configuration; if " +
			"this is the right one, import its objects.",
	}
}

func (s *Store) identityLost() error {
	return &Error{
		Reason: Damaged, Where: s.backend.Location(IdentityKey), What: "this file is missing, though there are documents beside it",
		Next: "Nothing was changed. If a copy was interrupted, repeat it; else restore this file from git or a backup: a new " +
			"one would make it another store.",
	}
}

// initialise gives the id of the store, and one to a store that has none.
func (s *Store) initialise(ctx context.Context) (string, error) {
	id, err := s.identity(ctx)
	if err != nil {
		return "", err
	}
	if id == "" {
		if id, err = s.giveIdentity(ctx); err != nil {
			return "", err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.initialised = id
	return id, nil
}

func (s *Store) giveIdentity(ctx context.Context) (string, error) {
	entries, err := s.backend.List(ctx, "")
	if err != nil {
		return "", s.unavailable("", "cannot be listed", err)
	}
	if slices.ContainsFunc(entries, func(e Entry) bool { return isDocument(e.Key) }) {
		// Somebody else may have begun the store since it was looked for.
		id, err := s.identity(ctx)
		if err == nil && id == "" {
			err = s.identityLost()
		}
		return id, err
	}
	data, err := encode(identity{SchemaVersion: schemaVersion, ID: uuid.NewString()})
	if err != nil {
		return "", err
	}
	// Whoever wins, and whatever the answer was: the id that is there counts.
	_, failure := s.backend.Put(ctx, IdentityKey, data, "")
	id, err := s.identity(ctx)
	if err == nil && id == "" {
		err = s.unavailable(IdentityKey, "cannot be written", failure)
	}
	return id, err
}

func (s *Store) idOf(listed *listing) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if listed.storeID == "" {
		return s.initialised
	}
	return listed.storeID
}
