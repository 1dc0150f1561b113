package line

import (
	"crypto/sha256"
	"fmt"
)

// mostEmptyPages is how many pages in a row may hold nothing.
const mostEmptyPages = 100

// paging ends a listing, whatever continuation tokens a server makes up.
type paging struct {
	operation, things string // "list follower IDs", "IDs"
	mostPages, most   int    // pages, and things in them

	pages, read, emptyPages int
	starts                  map[[sha256.Size]byte]struct{}
}

// turned notes a page of so many things.
func (p *paging) turned(count int) {
	p.pages++
	p.read += count
	if p.emptyPages++; count > 0 {
		p.emptyPages = 0
	}
}

// follow is an error if the continuation token of the last page is not to be followed.
func (p *paging) follow(next, requestID string) error {
	token := sha256.Sum256([]byte(next)) // a token may be long
	_, seen := p.starts[token]
	switch {
	case seen:
		return p.endless("the same continuation token came a second time", requestID)
	case p.emptyPages == mostEmptyPages:
		return p.endless(fmt.Sprintf("the last %d pages held none", p.emptyPages), requestID)
	case p.pages >= p.mostPages || p.read > p.most:
		return p.endless("which is more than there can be", requestID)
	}
	if p.starts == nil {
		p.starts = map[[sha256.Size]byte]struct{}{}
	}
	p.starts[token] = struct{}{}
	return nil
}

// endless is the error of pages that do not end.
func (p *paging) endless(what, requestID string) error {
	return fmt.Errorf("%s: after %d pages with %d %s, %s, and LINE says that there are more: its pages do not end%s",
		p.operation, p.pages, p.read, p.things, what, vendor.RequestIDNote(requestID))
}
