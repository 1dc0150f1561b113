package templatestore

import (
	"errors"
	"fmt"
	"strings"
)

// Reason is what a caller can act on.
type Reason string

// The reasons there are.
const (
	// NotFound: there is no such document, nor ever was a store that should have had it.
	NotFound Reason = "not found"
	// NameTaken: a create found a document of that name.
	NameTaken Reason = "name taken"
	// Changed: a replace or delete found another revision than the known one, or none.
	Changed Reason = "changed meanwhile"
	// StoreMissing: a store is known, and there is none.
	StoreMissing Reason = "store missing"
	// OtherStore: the store, or the account in it, is not the known one.
	OtherStore Reason = "other store"
	// Damaged: a file is not a document this version can read, or is not where its name says.
	Damaged Reason = "damaged"
	// DuplicateName: several files are documents of one name.
	DuplicateName Reason = "duplicate name"
	// Invalid: the name or content given cannot be stored.
	Invalid Reason = "invalid"
	// Unavailable: the store did not answer, or refused access. The context's end is among the causes.
	Unavailable Reason = "unavailable"
)

// Error is every error of a Store. Error() is a whole explanation: where, what happened, what to do next.
type Error struct {
	Reason Reason
	// Where is the file or key, with ":line:column" (from 1, in characters) when the place inside is known.
	Where string
	// What happened and Next what to do about it, in sentences.
	What, Next string
	// Err is the cause, if another error was.
	Err error
}

func (e *Error) Error() string {
	text := e.Where + ": " + e.What
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return strings.TrimSuffix(strings.TrimSuffix(text, "\n"), ".") + ". " + e.Next
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

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

// unreadable says so of a key whose document a backend does not give.
func (s *Store) unreadable(key string, err error) error {
	if errors.Is(err, errIrregular) {
		return s.damaged(key, err)
	}
	return s.unavailable(key, "cannot be read", err)
}
