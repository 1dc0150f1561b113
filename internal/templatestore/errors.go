package templatestore

import "strings"

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
