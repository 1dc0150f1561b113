package linemessages

import (
	"strings"
	"testing"
)

// The paths in a vendor's answer are data: none of them leads outside the messages.
func TestMessageAt(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"messages[0]":                    "0 ",
		"messages[1].contents.hero":      "1 contents hero",
		"messages[1].a[2].b":             "1 a 2 b",
		"messages[2]":                    "none",
		"messages[-1]":                   "none",
		"messages[-1].text":              "none",
		"messages[99999999999999999999]": "none",
		"messages[0x1].text":             "none",
		"messages[]":                     "none",
		"messages":                       "none",
		"to[0]":                          "none",
		"":                               "none",
		"]][[..":                         "none",
	} {
		index, steps, ok := messageAt(path, 2)
		got := "none"
		if ok {
			got = string(rune('0'+index)) + " " + strings.Join(steps, " ")
		}
		if got != want {
			t.Errorf("%s: %s, not %s", path, got, want)
		}
	}
}
