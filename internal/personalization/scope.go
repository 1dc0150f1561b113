package personalization

import (
	"maps"
	"slices"
)

// Scope is what the texts before a text have settled, where CleverTap renders them as one: the names that assign gave, and the values
// that all users have who come so far. The scope of the first text is nil.
type Scope struct {
	names   map[string]lack
	passed  []string
	named   map[string][]option
	sure    map[string]bool
	encoded map[string]bool
}

// mostCarried bounds how many names go on to the next text, which keeps the time linear.
const mostCarried = 64

// Parse is [Parse] of a text behind those that the scope is of.
func (s *Scope) Parse(text string) *Text {
	t := Parse(text)
	t.before = s
	return t
}

// After is the scope of the next text.
func (t *Text) After() *Scope {
	if !slices.ContainsFunc(t.tags, func(tag markup) bool { return tag.name == "assign" || tag.name == "abort" }) {
		return t.before
	}
	c := t.check()
	if v, ok := t.Variants(); ok && len(c.names) <= mostCarried && len(c.passed) <= mostCarried {
		_, encoded, _ := t.unencoded(func(string) bool { return false })
		return &Scope{c.names, c.passed, v.named, v.sure, encoded}
	}
	return t.before
}

// own makes names that a text may add to of those before it.
func own[V any](names map[string]V) map[string]V {
	if names == nil {
		return map[string]V{}
	}
	return maps.Clone(names)
}
