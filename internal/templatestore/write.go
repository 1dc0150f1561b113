package templatestore

import (
	"context"
	"errors"
	"fmt"
)

// write is a document on its way into the store.
type write struct {
	object
	data []byte
	id   string
}

func (s *Store) newWrite(o object, content any) (write, error) {
	data, id, err := encodeDocument(o.kind, o.name, content)
	if err != nil {
		return write{}, &Error{
			Reason: Invalid, Where: s.backend.Location(o.key), What: fmt.Sprintf("%s cannot be stored as it is", o), Err: err,
			Next: "Nothing was written. Correct the content.",
		}
	}
	return write{object: o, data: data, id: id}, nil
}

// put writes over the known ETag ("": where nothing is) and finds out what became of a write that was not answered.
func (s *Store) put(ctx context.Context, w write, known Revision) (Revision, error) {
	etag, err := s.backend.Put(ctx, w.key, w.data, known.ETag)
	if err != nil {
		if etag, err = s.settle(ctx, w, known, err); err != nil {
			return Revision{}, err
		}
	}
	s.noteWrite(w.key, etag)
	return Revision{StoreID: known.StoreID, Account: s.account, ETag: etag}, nil
}

// settle tells a write that failed from one whose answer was lost: the document there then bears its write id. A refusal
// is looked into, too, for it may be the answer to a repetition of what the backend had done the first time.
func (s *Store) settle(ctx context.Context, w write, known Revision, failure error) (etag string, err error) {
	data, etag, err := s.backend.Get(ctx, w.key)
	absent := errors.Is(err, ErrAbsent)
	name, writeID := peek(data)
	switch {
	case err == nil && writeID == w.id:
		return etag, nil
	case err != nil && !absent:
		return "", s.unavailable(w.key, "the write failed, and whether it arrived is not known", failure)
	case !errors.Is(failure, ErrCondition):
		return "", s.unavailable(w.key, "cannot be written", failure)
	case absent:
		return "", s.changed(w.object, "%s was deleted meanwhile", w.object)
	case known.ETag != "":
		return "", s.changed(w.object, "%s is not the revision that was last seen", w.object)
	case name != "" && name != w.name:
		return "", s.damaged(w.key, errors.New(misnamed(name, w.name)))
	}
	return "", &Error{
		Reason: NameTaken, Where: s.backend.Location(w.key), What: fmt.Sprintf("%s exists already", w.object),
		Next: "Nothing was written.",
	}
}
