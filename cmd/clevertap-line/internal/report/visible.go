package report

import (
	"fmt"
	"strings"
	"unicode"
)

// visible is a text in which nothing is that a reader does not see: characters that are invisible or that turn the direction of
// others are shown by their number, such as <U+202E>. Line feeds and tabs stay.
func visible(text string) string {
	var b strings.Builder
	runes := []rune(text)
	for i, r := range runes {
		if r == '\n' || r == '\t' || !hidden(r) || joinsEmoji(runes, i) {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, "<U+%04X>", r)
		}
	}
	return b.String()
}

// inLine is visible for what stands on one line, in which tabs and line feeds are shown, too.
func inLine(text string) string {
	return strings.NewReplacer("\n", "<U+000A>", "\t", "<U+0009>").Replace(visible(text))
}

// hidden says that a character has no ink of its own. A space and the wide one of Japanese are seen as what they are.
func hidden(r rune) bool {
	const wideSpace, emptyBraille = '\u3000', '\u2800'
	if r == wideSpace || r == emptyBraille {
		return r == emptyBraille
	}
	return !unicode.IsPrint(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// joinsEmoji says that a joiner or a selector is part of an emoji, where it is not hidden but shapes it.
func joinsEmoji(runes []rune, at int) bool {
	if at == 0 {
		return false
	}
	before := runes[at-1]
	switch runes[at] {
	case '\ufe0f': // emoji presentation
		return unicode.In(before, unicode.S, unicode.P, unicode.Nd)
	case '\u200d': // zero width joiner
		joined := before == '\ufe0f' || unicode.In(before, unicode.So, unicode.Sk)
		return joined && at+1 < len(runes) && unicode.Is(unicode.So, runes[at+1])
	}
	return false
}
