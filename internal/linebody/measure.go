package linebody

import (
	"unicode/utf16"

	"github.com/rivo/uniseg"
)

// unit is what LINE counts a length in (LINE Messaging API documentation, "Character counting in a text",
// https://developers.line.biz/en/docs/messaging-api/text-character-count/).
type unit int

const (
	codeUnits unit = iota // UTF-16 code units: LINE's default
	graphemes             // extended grapheme clusters of UAX #29
)

func (u unit) String() string {
	if u == graphemes {
		return "grapheme clusters"
	}
	return "UTF-16 code units"
}

// count measures a text in the unit. No unit gives more than the text has bytes.
func (u unit) count(text string) int {
	if u == graphemes {
		return uniseg.GraphemeClusterCount(text)
	}
	count := 0
	for _, r := range text {
		count += utf16.RuneLen(r)
	}
	return count
}
