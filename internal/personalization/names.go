package personalization

import "slices"

// Names are the names of values that the tags of the text use, such as Profile.Name, each once. What a tag names itself is
// none of them. A name in brackets is written with a point.
func (t *Text) Names() []string {
	var names []string
	c := &checker{text: t.written, asked: func(name string) { names = append(names, nameOf(name)) }}
	for _, tag := range t.tags {
		c.markup(tag)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
