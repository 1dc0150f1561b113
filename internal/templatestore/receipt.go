package templatestore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/objectname"
)

// Receipt is a fact about the world: what was last entered in CleverTap's dashboard for an object. It is a document beside
// the object's own, has its name, and outlives it: then the object is still in the dashboard, though no longer declared.
type Receipt struct {
	// ContentSHA256 is that of the content that was entered.
	ContentSHA256 string `json:"content_sha256"`
	// By is who entered it, and At when that was noted: RFC 3339, UTC, whole seconds.
	By string `json:"by"`
	At string `json:"at"`
	// Content is the content as the object's document had it: a JSON object, without white space between its tokens. It is
	// nil where it was not known any more.
	Content json.RawMessage `json:"entered_content,omitempty"`
}

// Entering is what a person or a pipeline reports to [Enter].
type Entering struct {
	// ContentSHA256 is that of the content that was entered; "" is what the document holds now.
	ContentSHA256 string
	By            string
	At            time.Time
}

// ReadReceipt gives the receipt of an object and the ETag to keep: nil and "" if there is none, and nil and the known ETag
// if it is unchanged since. The first call for a kind takes one listing of its receipts, which serves all later ones; what
// it omits though an ETag is known is looked for.
func ReadReceipt(ctx context.Context, s *Store, of Kind, name, known string) (receipt *Receipt, etag string, err error) {
	o, err := s.receiptOf(of, name)
	if err != nil {
		return nil, "", err
	}
	listed, err := s.listing(ctx, o.kind)
	if err != nil {
		return nil, "", err
	}
	if err := s.checkPlace(listed, o); err != nil {
		return nil, "", err
	}
	if _, present, _ := s.etagOf(listed, o.key); !present && known == "" {
		return nil, "", nil // most objects of a new store have none, and a look for each would be a request for each
	}
	data, etag, err := s.fetch(ctx, listed, o, known)
	switch {
	case errors.Is(err, ErrAbsent):
		return nil, "", nil
	case err != nil:
		return nil, "", err
	case etag == known:
		return nil, etag, nil
	}
	found, err := decodeDocument[Receipt](data, o.kind, name)
	if err != nil {
		return nil, "", s.damaged(o.key, err)
	}
	return &found, etag, nil
}

// Enter writes the receipt of an object, in place of the one that is there, and gives it. Of a content that is neither
// what the document holds now nor what the present receipt is of, only the SHA-256 is known.
func Enter(ctx context.Context, s *Store, of Kind, name string, entering Entering) (Receipt, error) {
	o, err := s.receiptOf(of, name)
	if err != nil {
		return Receipt{}, err
	}
	if err := objectname.Check(entering.By); err != nil {
		return Receipt{}, &Error{
			Reason: Invalid, Where: s.backend.Location(o.key), What: fmt.Sprintf("the text %q for who entered it %s", entering.By, err),
			Next: "Nothing was written. Say who it was on one line.",
		}
	}
	receipt := Receipt{ContentSHA256: entering.ContentSHA256, By: entering.By, At: entering.At.UTC().Format(time.RFC3339)}
	present, content, err := s.declared(ctx, of, name)
	if err != nil {
		return Receipt{}, err
	}
	if receipt.ContentSHA256 == "" {
		receipt.ContentSHA256 = present
	}
	before, etag, err := s.readReceipt(ctx, o)
	if err != nil && !errors.Is(err, ErrAbsent) {
		return Receipt{}, err
	}
	switch receipt.ContentSHA256 {
	case present:
		receipt.Content = content
	case before.ContentSHA256:
		receipt.Content = before.Content
	}
	w, err := s.newWrite(o, receipt)
	if err != nil {
		return Receipt{}, err
	}
	_, err = s.put(ctx, w, Revision{ETag: etag})
	return receipt, err
}

// RemoveReceipt takes the receipt of an object away: the object is not in the dashboard any more. That there is none is
// NotFound.
func RemoveReceipt(ctx context.Context, s *Store, of Kind, name string) error {
	o, err := s.receiptOf(of, name)
	if err != nil {
		return err
	}
	_, etag, err := s.backend.Get(ctx, o.key)
	switch {
	case errors.Is(err, ErrAbsent):
		return s.absent(o)
	case err != nil:
		return s.unavailable(o.key, "cannot be read, so it was not deleted", err)
	}
	return s.remove(ctx, o, etag)
}

func (s *Store) receiptOf(of Kind, name string) (object, error) {
	if !slices.Contains(Kinds(), of) {
		return object{}, s.noSuchKind(of)
	}
	if of.Live() {
		return object{}, &Error{
			Reason: Invalid, Where: s.backend.Location(documentKey(s.account, of, name)),
			What: fmt.Sprintf("a %s has no receipt: an apply publishes it, and CleverTap reads it from there", of.noun()),
			Next: "There is nothing to enter.",
		}
	}
	return s.object(of.Receipts(), name)
}

// readReceipt reads a receipt as it is now, or fails with ErrAbsent.
func (s *Store) readReceipt(ctx context.Context, o object) (receipt Receipt, etag string, err error) {
	data, etag, err := s.look(ctx, o)
	if err != nil {
		return Receipt{}, "", err
	}
	if receipt, err = decodeDocument[Receipt](data, o.kind, o.name); err != nil {
		return Receipt{}, "", s.damaged(o.key, err)
	}
	return receipt, etag, nil
}

// declared gives the content of an object's document and its SHA-256, as it is now.
func (s *Store) declared(ctx context.Context, of Kind, name string) (contentSHA256 string, content json.RawMessage, err error) {
	o, err := s.object(of, name)
	if err != nil {
		return "", nil, err
	}
	data, _, err := s.look(ctx, o)
	if errors.Is(err, ErrAbsent) {
		return "", nil, s.absent(o)
	}
	if err != nil {
		return "", nil, err
	}
	if contentSHA256, content, err = declaredIn(data, o); err != nil {
		return "", nil, s.damaged(o.key, err)
	}
	return contentSHA256, content, nil
}

// declaredIn reads strictly; what it refuses is a *flaw.
func declaredIn(data []byte, o object) (contentSHA256 string, content json.RawMessage, err error) {
	d, err := parseNamed(data, o.kind, o.name)
	if err != nil {
		return "", nil, err
	}
	at := exactjson.Root
	if !o.kind.Live() {
		at, _ = d.Member(at, "content")
	}
	sum, _ := d.Member(at, "content_sha256")
	return d.Text(sum), d.AppendSpelled(nil, at), nil
}
