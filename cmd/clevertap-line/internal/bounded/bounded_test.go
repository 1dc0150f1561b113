package bounded_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/bounded"
)

// fit writes entries, one of each length at depth 2, with a name of two bytes at depth 1.
func fit(limit int, lengths ...int) (depths []int, text string, err error) {
	var entries []bounded.Entry
	for i, length := range lengths {
		entries = append(entries, bounded.Entry{
			Opening: fmt.Sprintf("<%d>", i/2), Opens: 2, Texts: []string{"", "n ", strings.Repeat("x", length)},
		})
	}
	text, err = bounded.Fit(limit, entries, func(chosen []int) string {
		depths = append([]int{}, chosen...)
		text, opened := "head", ""
		for i, e := range entries {
			if chosen[i] == 2 && opened != e.Opening {
				opened = e.Opening
				text += opened
			}
			text += e.Texts[chosen[i]]
		}
		if !bounded.Whole(entries, chosen) {
			text += "cut"
		}
		return text
	})
	return depths, text, err
}

func TestFit(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		limit   int
		lengths []int
		depths  string
	}{
		{30, []int{10, 10, 0}, "[2 2 2]"},     // whole, to the byte
		{29, []int{10, 10, 0}, "[2 1 2]"},     // the first goes first, and one that is too large leaves its room
		{24, []int{20, 10, 2}, "[1 2 1]"},     // an opening costs, too
		{18, []int{90, 90, 90}, "[1 1 1]"},    // all are named before one is told
		{10, []int{90, 90, 90}, "[1 0 0]"},    // or as many as there is room for
		{7, []int{90, 90, 90}, "[0 0 0]"},     // or none
		{20, []int{1, 1, 90, 1}, "[2 2 1 2]"}, // one opening for two
	} {
		depths, text, err := fit(test.limit, test.lengths...)
		if err != nil || len(text) > test.limit || fmt.Sprint(depths) != test.depths {
			t.Errorf("%+v: %v, %q of %d bytes, %v", test, depths, text, len(text), err)
		}
	}
	for _, lengths := range [][]int{{90}, {}} {
		limit := 6
		if len(lengths) == 0 {
			limit = 3
		}
		if _, text, err := fit(limit, lengths...); err == nil || text != "" || !strings.HasPrefix(err.Error(), fmt.Sprintf("does not fit into %d bytes", limit)) {
			t.Errorf("%v: %q, %v", lengths, text, err)
		}
	}
	for limit := 7; limit < 200; limit++ {
		if _, text, err := fit(limit, 5, 40, 3, 17, 0, 60); err != nil || len(text) > limit {
			t.Errorf("%d: %d bytes, %v", limit, len(text), err)
		}
	}
}
