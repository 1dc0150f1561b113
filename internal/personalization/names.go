package personalization

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Names are the names of values that the tags of the text use, such as Profile.Name, each once. What a tag names itself is
// none of them. A name in brackets is written with a point.
func (t *Text) Names() []string {
	var names []string
	c := &checker{text: t.written, asked: func(p part) { names = append(names, nameOf(p.text)) }}
	for _, tag := range t.tags {
		c.markup(tag)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func needsBrackets(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool { return r == ' ' || r >= utf8.RuneSelf })
}

// Bracketed is the text with the names in its tags as engines read them that take nothing but ASCII letters in a name: of
// Profile.Customer Type it makes Profile["Customer Type"].
func (t *Text) Bracketed() string {
	var spaced []part
	c := &checker{text: t.written, asked: func(p part) {
		if needsBrackets(p.text) && isRooted(p.text) && !strings.ContainsAny(p.text, "[('\"") {
			spaced = append(spaced, p)
		}
	}}
	for _, tag := range t.tags {
		c.markup(tag)
	}
	slices.SortFunc(spaced, func(a, b part) int { return a.at - b.at })
	var bracketed strings.Builder
	at := 0
	for _, p := range spaced {
		if p.at < at || !strings.HasPrefix(t.written[p.at:], p.text) {
			continue // it has been asked for twice
		}
		bracketed.WriteString(t.written[at:p.at])
		for i, name := range strings.Split(p.text, ".") {
			switch {
			case needsBrackets(name):
				bracketed.WriteString(`["` + name + `"]`)
			case i == 0:
				bracketed.WriteString(name)
			default:
				bracketed.WriteString("." + name)
			}
		}
		at = p.at + len(p.text)
	}
	return bracketed.String() + t.written[at:]
}
