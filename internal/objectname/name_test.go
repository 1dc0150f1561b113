package objectname

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"":               "is empty",
		"a\xff":          "is not valid UTF-8",
		"a\nb":           "has a control character (such as a line break or tab)",
		"\x00":           "has a control character",
		"a\u0085":        "has a control character",
		"世a\u200b":       "has the character U+200B in place 3, which cannot be seen",
		"\u202eb":        "U+202E in place 1", // right to left override
		"a\u202a":        "U+202A",
		"a\u2066b\u2069": "U+2066", // isolates
		"a\u200fb":       "U+200F",
		"a\u061c":        "U+061C",
		"a\u00adb":       "U+00AD",  // soft hyphen
		"\ufeffa":        "U+FEFF",  // byte order mark
		"a\u2060b":       "U+2060",  // word joiner
		"a\u200db":       "U+200D",  // zero width joiner
		"a\U000e0041":    "U+E0041", // tag
		"a\u3164b":       "U+3164",  // Hangul filler
		"a\u034fb":       "U+034F",  // combining grapheme joiner
		"a\u2028b":       "U+2028",
		"a\u2029b":       "U+2029",
		"a\u00a0":        "begins or ends with the space U+00A0",
		"\u3000a":        "begins or ends with the space U+3000",
		"\u2003":         "begins or ends with the space U+2003",
	} {
		if err := Check(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q", name, err, want)
		}
	}
	for _, name := range []string{
		"welcome", "Two Words", " leading", "trailing ", " ", ".", "..", "a/b", "ようこそ 世界", "春の　セール", "é", "e\u0301", "😀", "☎\ufe0f",
		"مرحبا", "a\u00a0b", "\ufffd",
	} {
		if err := Check(name); err != nil {
			t.Errorf("%q %v", name, err)
		}
	}
}

// TestWhatIsUsedCanBeSeen: a name of letters and marks can be used, and with a format character in it cannot.
func TestWhatIsUsedCanBeSeen(t *testing.T) {
	t.Parallel()
	visible := rapid.StringOfN(rapid.RuneFrom(nil, unicode.L, unicode.N, unicode.P, unicode.S), 1, 20, -1)
	hidden := rapid.RuneFrom(nil, unicode.Cf, unicode.Zl, unicode.Zp)
	rapid.Check(t, func(t *rapid.T) {
		name := visible.Draw(t, "name")
		if strings.ContainsFunc(name, func(char rune) bool { return unicode.In(char, invisible...) }) {
			return // fillers of Hangul are letters
		}
		if err := Check(name); err != nil {
			t.Fatalf("%q %v", name, err)
		}
		char := hidden.Draw(t, "hidden")
		at := rapid.IntRange(0, len([]rune(name))).Draw(t, "at")
		with := string([]rune(name)[:at]) + string(char) + string([]rune(name)[at:])
		if err := Check(with); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%U", char)) {
			t.Fatalf("%q: got %v", with, err)
		}
	})
}
