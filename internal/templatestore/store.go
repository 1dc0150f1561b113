// Package templatestore is the system of record for what CleverTap keeps in its dashboard alone, webhook templates, Linked
// Content APIs and the custom bodies of campaigns, and for the receipts of what was entered there; and the place where
// CleverTap reads live messages: a template store and a publish store are alike, and differ in what is kept in them. It keeps
// one JSON document per object and receipt, writes each as a whole and only if nobody else did meanwhile, and never mistakes
// a missing or another store, or a listing that omits something, for deleted objects. It knows how JSON is read (exactjson)
// and how objects may be named (objectname), and asks servers through httpclient; of Terraform and of what LINE makes of a
// message it knows nothing.
package templatestore

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/objectname"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/sharedcall"
)

// DefaultAccount is the account of a store when none is configured.
const DefaultAccount = "default"

// Revision is what a caller keeps about a document between two runs (it encodes to JSON): which store and account it
// was seen in, and as what. The zero value is that nothing is known, as in an import.
type Revision struct {
	StoreID, Account, ETag string
}

// Store reads and writes the documents of one account. It is safe for concurrent use, and made to live as long as one
// plan or apply: the first Read of a kind takes one listing, which serves all later ones. That listing may grow stale or
// be incomplete and does no harm: every write is conditional on what is really there, and what a listing omits is looked
// for before it is called absent. All errors are *Error.
type Store struct {
	backend Backend
	account string
	flight  sharedcall.Group[*listing]

	mu       sync.Mutex
	listings map[Kind]*listing
	// newer has ETags by key, "" of what is not there, that are newer than any listing: those of this Store's own writes and
	// deletes, and of what it looked at because a listing was in doubt.
	newer map[string]string
	// unlisted has the keys that a listing omits though something is there.
	unlisted map[string]bool
	// initialised is the id of the store if this Store found or created it after a listing may have missed it.
	initialised string
}

// New makes the store of an account, "" being DefaultAccount. It asks the backend nothing.
func New(backend Backend, account string) *Store {
	if account == "" {
		account = DefaultAccount
	}
	return &Store{
		backend: backend, account: account,
		listings: map[Kind]*listing{}, newer: map[string]string{}, unlisted: map[string]bool{},
	}
}

// Account is the account whose documents the store reads and writes.
func (s *Store) Account() string { return s.account }

// Location says where the store is: a path or a URL.
func (s *Store) Location() string { return s.backend.Location("") }

// object is one document as the store's errors and requests name it.
type object struct {
	kind      Kind
	name, key string
}

func (o object) String() string { return fmt.Sprintf("the %s %q", o.kind.noun(), o.name) }

func (s *Store) object(kind Kind, name string) (object, error) {
	if err := objectname.Check(name); err != nil {
		return object{}, &Error{
			Reason: Invalid, Where: s.backend.Location(""), What: fmt.Sprintf("the name %q of a %s %s", name, kind.noun(), err),
			Next: "Choose another name.",
		}
	}
	return object{kind: kind, name: name, key: documentKey(s.account, kind, name)}, nil
}

// Create writes a new document, and with the first one the store's identity. A name that is in use is NameTaken.
func Create[T Content](ctx context.Context, s *Store, name string, content T) (Revision, error) {
	o, err := s.object(KindOf[T](), name)
	if err != nil {
		return Revision{}, err
	}
	w, err := s.newWrite(o, content)
	if err != nil {
		return Revision{}, err
	}
	listed, err := s.listing(ctx, o.kind)
	if err != nil {
		return Revision{}, err
	}
	if err := s.checkPlace(listed, o); err != nil {
		return Revision{}, err
	}
	id, err := s.initialise(ctx)
	if err != nil {
		return Revision{}, err
	}
	return s.put(ctx, w, Revision{StoreID: id})
}

// Replace writes a document over the known revision. If that is not what is there, it is Changed and nothing is written.
func Replace[T Content](ctx context.Context, s *Store, name string, content T, known Revision) (Revision, error) {
	o, err := s.object(KindOf[T](), name)
	if err != nil {
		return Revision{}, err
	}
	w, err := s.newWrite(o, content)
	if err != nil {
		return Revision{}, err
	}
	id, err := s.identity(ctx)
	if err != nil {
		return Revision{}, err
	}
	if err := s.checkIdentity(known, id); err != nil {
		return Revision{}, err
	}
	if known.ETag == "" {
		return Revision{}, s.changed(o, "it is not known which revision of %s was last seen", o)
	}
	known.StoreID = id
	return s.put(ctx, w, known)
}

// Delete removes the known revision of a document. What is gone already is done; another revision is Changed and stays.
func Delete[T Content](ctx context.Context, s *Store, name string, known Revision) error {
	o, err := s.object(KindOf[T](), name)
	if err != nil {
		return err
	}
	id, err := s.identity(ctx)
	if err != nil {
		return err
	}
	if err := s.checkIdentity(known, id); err != nil {
		return err
	}
	_, etag, err := s.backend.Get(ctx, o.key)
	switch {
	case errors.Is(err, ErrAbsent):
		return nil
	case err != nil:
		return s.unavailable(o.key, "cannot be read, so it was not deleted", err)
	case etag != known.ETag:
		return s.changed(o, "%s is not the revision that was last seen", o)
	}
	return s.remove(ctx, o, etag)
}

// remove deletes the present revision of what is under an object's key.
func (s *Store) remove(ctx context.Context, o object, etag string) error {
	if err := s.backend.Delete(ctx, o.key, etag); err != nil {
		// The answer may have been lost after the deed.
		if _, _, again := s.backend.Get(ctx, o.key); !errors.Is(again, ErrAbsent) {
			if errors.Is(err, ErrCondition) {
				return s.changed(o, "%s is not the revision that was last seen", o)
			}
			return s.unavailable(o.key, "cannot be deleted", err)
		}
	}
	s.noteWrite(o.key, "")
	return nil
}
