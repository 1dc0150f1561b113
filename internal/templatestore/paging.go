package templatestore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// What no listing of a store comes near to. A server that goes on beyond it would keep a run waiting for ever.
const (
	maxPages   = 10_000
	maxEntries = 500_000
	maxListing = 10 * time.Minute
)

// paging gathers a listing that comes in pages, and sees to it that it ends, whatever the server says.
type paging struct {
	begun   time.Time
	pages   int
	entries []Entry
	// places are those of the entries, by key.
	places map[string]int
}

func newPaging() *paging { return &paging{begun: time.Now(), places: map[string]int{}} }

// add takes a page, and whether the server names a next one. A key that is there already is no new entry; if its ETag is
// another now, it has none, for only a look tells which is true.
func (p *paging) add(page []Entry, more bool) error {
	before := len(p.entries)
	for _, entry := range page {
		place, again := p.places[entry.Key]
		switch {
		case !again:
			p.places[entry.Key] = len(p.entries)
			p.entries = append(p.entries, entry)
		case p.entries[place].ETag != entry.ETag:
			p.entries[place].ETag = ""
		}
	}
	p.pages++
	switch {
	case !more:
		return nil
	case len(p.entries) == before:
		return fmt.Errorf("the server's listing has no end: page %d brings nothing new and names a next one", p.pages)
	case len(p.entries) > maxEntries:
		return fmt.Errorf("the server's listing has no end: it names a next page after %d entries; if they are all real, give "+
			"the store a place of its own", len(p.entries))
	case p.pages >= maxPages:
		return fmt.Errorf("the server's listing has no end: it names a next page after %d pages with %d entries", p.pages,
			len(p.entries))
	case time.Since(p.begun) > maxListing:
		return fmt.Errorf("the server's listing did not end in %s: it names a next page after %d pages with %d entries", maxListing,
			p.pages, len(p.entries))
	}
	return nil
}

// foreignPage says what an answer is that should be a listing and cannot be read as one. The error is why: among others
// io.ErrUnexpectedEOF, if it ends too early.
func foreignPage(body []byte, err error) string {
	beginning := bytes.ToLower(bytes.TrimSpace(body))
	switch {
	case len(beginning) == 0:
		return "nothing in place of a listing"
	case bytes.HasPrefix(beginning, []byte("<!doctype html")), bytes.HasPrefix(beginning, []byte("<html")):
		return "an HTML page in place of a listing"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "a listing that breaks off"
	}
	return "something else than a listing"
}

// proveDeleted is for the answer to a DELETE that may be somebody else's than the server's: it stands, as an error, unless
// nothing is there any more.
func proveDeleted(ctx context.Context, backend Backend, key string, answer error) error {
	if _, _, err := backend.Get(ctx, key); errors.Is(err, ErrAbsent) {
		return nil
	}
	return answer
}
