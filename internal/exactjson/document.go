// Package exactjson reads JSON texts (RFC 8259) and loses nothing of them: where each value is written, numbers digit by
// digit, the order of keys, and keys that repeat. It writes values in one canonical form, for hashes and comparisons. It is
// pure: it knows no network, no file and none of the other packages here, so neither what LINE demands of a text nor what a
// store does.
//
// Time and memory are linear in the length of a text, whatever the text is; see [MaxDepth] for the depth.
package exactjson

import (
	"iter"
	"strconv"
)

// Kind is the type of a value.
type Kind uint8

// The kinds there are.
const (
	Object Kind = iota
	Array
	String
	Number
	True
	False
	Null
)

// String is how a message names a kind of value.
func (k Kind) String() string {
	switch k {
	case Object:
		return "an object"
	case Array:
		return "an array"
	case String:
		return "a string"
	case Number:
		return "a number"
	case Null:
		return "null"
	default:
		return "a boolean"
	}
}

// Document is a parsed text. It never changes, and is safe for concurrent use.
type Document struct {
	source     string
	nodes      []node
	duplicates []Value
	// large has the members by key of each object that has too many to look at one by one.
	large map[Value]map[string]Value
}

// Value is one value of a Document. It means nothing in another one. Values are numbered in the order of the text, so that
// the lesser of two begins first, and all from Root to below Len are there.
type Value int32

// Root is a document's outermost value.
const Root Value = 0

// noParent is the parent of the root.
const noParent Value = -1

// node is one value. A container's first child follows it directly.
type node struct {
	kind    Kind
	escaped bool // a string with a backslash in it
	keyed   bool // a member of an object
	keyEsc  bool // the key has a backslash in it

	parent Value
	next   Value // the node after this one and all that is inside it
	start  int32 // where the value's text begins
	end    int32 // and ends
	name   int32 // member: where its key's text begins; element: its index
	nameTo int32 // member: where its key's text ends
	count  int32 // container: how many children it has
}

// Source is the text.
func (d *Document) Source() string { return d.source }

// Len is how many values there are.
func (d *Document) Len() int { return len(d.nodes) }

// Duplicates are the members whose key an earlier member of the same object has, in no order.
func (d *Document) Duplicates() []Value { return d.duplicates }

// Kind is the type of a value.
func (d *Document) Kind(v Value) Kind { return d.nodes[v].kind }

// Parent is the container of a value, and whether it has one: all but the root have.
func (d *Document) Parent(v Value) (Value, bool) {
	parent := d.nodes[v].parent
	return parent, parent != noParent
}

// Children are the values in a container, in the order of the text.
func (d *Document) Children(container Value) iter.Seq[Value] {
	return func(yield func(Value) bool) {
		end := d.nodes[container].next
		for child := container + 1; child < end; child = d.nodes[child].next {
			if !yield(child) {
				return
			}
		}
	}
}

// Count is how many children a container has.
func (d *Document) Count(container Value) int { return int(d.nodes[container].count) }

// Member is the first member of an object with the key.
func (d *Document) Member(object Value, key string) (Value, bool) {
	if d.Count(object) > few {
		member, found := d.large[object][key]
		return member, found
	}
	for member := range d.Children(object) {
		if d.Key(member) == key {
			return member, true
		}
	}
	return 0, false
}

// At follows steps from a value, each the key of a member or the index of an element in decimal digits. It gives the value
// as deep as they lead, and whether that is to their end.
func (d *Document) At(v Value, steps ...string) (Value, bool) {
	for _, step := range steps {
		next, found := Value(0), false
		switch d.Kind(v) {
		case Object:
			next, found = d.Member(v, step)
		case Array:
			next, found = d.element(v, step)
		}
		if !found {
			return v, false
		}
		v = next
	}
	return v, true
}

func (d *Document) element(array Value, step string) (Value, bool) {
	index, err := strconv.Atoi(step)
	if err != nil || strconv.Itoa(index) != step || index >= d.Count(array) {
		return 0, false
	}
	for element := range d.Children(array) {
		if d.Index(element) == index {
			return element, true
		}
	}
	return 0, false
}

// IsMember tells a member of an object from an element of an array and from the root.
func (d *Document) IsMember(v Value) bool { return d.nodes[v].keyed }

// Key is the key of a member.
func (d *Document) Key(member Value) string {
	n := &d.nodes[member]
	return unescape(d.source[n.name+1:n.nameTo-1], n.keyEsc)
}

// Index is the place of an element in its array, from 0.
func (d *Document) Index(element Value) int { return int(d.nodes[element].name) }

// Text is the value of a string.
func (d *Document) Text(str Value) string {
	n := &d.nodes[str]
	return unescape(d.source[n.start+1:n.end-1], n.escaped)
}

// HasEscapes says whether a string is written with backslashes.
func (d *Document) HasEscapes(str Value) bool { return d.nodes[str].escaped }

// Raw is a value as it is written.
func (d *Document) Raw(v Value) string {
	n := &d.nodes[v]
	return d.source[n.start:n.end]
}

// Number is the value of a number.
func (d *Document) Number(number Value) Decimal { return ParseDecimal(d.Raw(number)) }

// Offset is where a value begins, in bytes from the beginning of the text.
func (d *Document) Offset(v Value) int { return int(d.nodes[v].start) }

// End is where a value ends: the offset of what follows it.
func (d *Document) End(v Value) int { return int(d.nodes[v].end) }

// KeyOffset is where the key of a member begins.
func (d *Document) KeyOffset(member Value) int { return int(d.nodes[member].name) }

// KeyEnd is where the key of a member ends.
func (d *Document) KeyEnd(member Value) int { return int(d.nodes[member].nameTo) }

// OffsetIn is where in the document the byte at an offset of a string's value is written.
func (d *Document) OffsetIn(str Value, offset int) int {
	n := &d.nodes[str]
	first := int(n.start) + 1
	if !n.escaped {
		return first + offset
	}
	raw := d.source[first : n.end-1]
	var text []byte
	at := 0
	for at < len(raw) && len(text) < offset {
		text, at = unescapeOne(text, raw, at)
	}
	return first + at
}

// Position turns an offset in bytes into a line and a column, both from 1; the column counts characters. An offset past
// the end is the end.
func Position[Text string | []byte](text Text, offset int) (line, column int) {
	line, column = 1, 1
	for at := range min(max(offset, 0), len(text)) {
		const continuation, mask = 0x80, 0xC0
		switch c := text[at]; {
		case c == '\n':
			line, column = line+1, 1
		case c&mask != continuation:
			column++
		}
	}
	return line, column
}
