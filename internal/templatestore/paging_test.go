package templatestore

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// pageOf are entries that were not there before.
func pageOf(page, size int) []Entry {
	entries := make([]Entry, size)
	for i := range entries {
		entries[i] = Entry{Key: fmt.Sprintf("%d/%d", page, i), ETag: "1"}
	}
	return entries
}

func TestEveryListingEnds(t *testing.T) {
	t.Parallel()
	for what, test := range map[string]struct {
		size, ends int
		want       string
	}{
		"many entries": {maxEntries / 10, 11, fmt.Sprintf("after %d entries; if they are all real", maxEntries+maxEntries/10)},
		"many pages":   {1, maxPages, fmt.Sprintf("after %d pages with %[1]d entries", maxPages)},
		"empty pages":  {0, 1, "page 1 brings nothing new and names a next one"},
	} {
		listing, page := newPaging(), 0
		var err error
		for err == nil && page <= maxPages {
			page++
			err = listing.add(pageOf(page, test.size), true)
		}
		if page != test.ends || err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v after %d pages, want %q after %d", what, err, page, test.want, test.ends)
		}
	}
	slow := newPaging()
	slow.begun = slow.begun.Add(-maxListing - time.Second)
	if err := slow.add(pageOf(1, 1), true); err == nil || !strings.Contains(err.Error(), "did not end in 10m0s") {
		t.Errorf("slow: %v", err)
	}
	if err := slow.add(nil, false); err != nil {
		t.Errorf("the last page: %v", err)
	}
}

func TestRepeatedEntries(t *testing.T) {
	t.Parallel()
	listing := newPaging()
	for _, page := range [][]Entry{{{Key: "a", ETag: "1"}, {Key: "a", ETag: "1"}, {Key: "b", ETag: "2"}}, {{Key: "b", ETag: "3"}, {Key: "c", ETag: "4"}}} {
		if err := listing.add(page, true); err != nil {
			t.Fatal(err)
		}
	}
	if got := fmt.Sprint(listing.entries); got != "[{a 1 []} {b  []} {c 4 []}]" {
		t.Errorf("got %s", got)
	}
	if err := listing.add([]Entry{{Key: "a", ETag: "1"}}, true); err == nil {
		t.Error("a page that repeats an entry brings something new")
	}
}
