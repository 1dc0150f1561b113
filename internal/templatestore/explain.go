package templatestore

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// checkIdentity compares the store that is there ("": none) and its account with the known ones. The account counts even
// where the configured one has an object of that name: it is another object.
func (s *Store) checkIdentity(known Revision, id string) error {
	switch {
	case known.StoreID == "":
		return nil
	case id == "":
		return &Error{
			Reason: StoreMissing, Where: s.backend.Location(""),
			What: fmt.Sprintf("there is no template store here (%s is missing), but one is known, with the id %s",
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
		What: fmt.Sprintf("this is another template store: its id is %s, and the known one's is %s", id, known.StoreID),
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

func (s *Store) absent(o object) error {
	return &Error{
		Reason: NotFound, Where: s.backend.Location(o.key), What: fmt.Sprintf("there is no %s %q", o.kind.noun(), o.name),
		Next: "Compare name, account and the store's place with what you expect to be there.",
	}
}

func (s *Store) changed(o object, what string, args ...any) error {
	return &Error{
		Reason: Changed, Where: s.backend.Location(o.key), What: fmt.Sprintf(what, args...),
		Next: "Nothing was changed. Read it again first.",
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
	if _, present := s.etagOf(listed, o.key); present {
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
	return &Error{
		Reason: Damaged, Where: files[0], What: fmt.Sprintf("this file is not where %s belongs", o),
		Next: fmt.Sprintf("Nothing was changed. Rename it to %s, or correct the name in it.", place),
	}
}

func (s *Store) damaged(key string, err error) error {
	where := s.backend.Location(key)
	var found *flaw
	if errors.As(err, &found) {
		where = fmt.Sprintf("%s:%d:%d", where, found.line, found.column)
	}
	return &Error{
		Reason: Damaged, Where: where, What: err.Error(),
		Next: "Nothing was changed. Correct the file, or restore it from git or a backup.",
	}
}

// unavailable says so of a key, "" being the store. What follows the place is a clause without a full stop.
func (s *Store) unavailable(key, what string, err error) error {
	return &Error{
		Reason: Unavailable, Where: s.backend.Location(key), What: what, Err: err,
		Next: "Try again when that is put right.",
	}
}
