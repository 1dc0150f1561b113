package linebody

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// children calls yield with the index of each child of a container, in order.
func (d *document) children(container int32) func(yield func(int32) bool) {
	return func(yield func(int32) bool) {
		end := d.nodes[container].next
		for child := container + 1; child < end; child = d.nodes[child].next {
			if !yield(child) {
				return
			}
		}
	}
}

// count is the number of a container's children.
func (d *document) count(container int32) int { return int(d.nodes[container].count) }

// member finds the first member of an object with the key. In a large object it does so by an index, so that many
// look-ups stay linear.
func (d *document) member(object int32, key string) (int32, bool) {
	const large = 40
	if d.count(object) > large {
		member, found := d.index(object)[key]
		return member, found
	}
	for member := range d.children(object) {
		if d.key(member) == key {
			return member, true
		}
	}
	return 0, false
}

// index is the members of a large object by key.
func (d *document) index(object int32) map[string]int32 {
	if index := d.large[object]; index != nil {
		return index
	}
	index := make(map[string]int32, d.count(object))
	for member := range d.children(object) {
		if key := d.key(member); index[key] == 0 {
			index[key] = member
		}
	}
	if d.large == nil {
		d.large = map[int32]map[string]int32{}
	}
	d.large[object] = index
	return index
}

// key is the decoded key of a member.
func (d *document) key(member int32) string {
	n := &d.nodes[member]
	return decode(d.source[n.name+1:n.nameTo-1], n.keyEsc)
}

// text is the decoded value of a string.
func (d *document) text(str int32) string {
	n := &d.nodes[str]
	return decode(d.source[n.start+1:n.end-1], n.escaped)
}

// raw is a value as it is written.
func (d *document) raw(value int32) string {
	n := &d.nodes[value]
	return d.source[n.start:n.end]
}

// path names a value from the root, each step with what parts it from the one before: .messages[0].contents.body.
func (d *document) path(value int32) string {
	var steps []string
	for ; d.nodes[value].parent != noParent; value = d.nodes[value].parent {
		steps = append(steps, d.step(value))
	}
	slices.Reverse(steps)
	return strings.Join(steps, "")
}

func (d *document) step(value int32) string {
	n := &d.nodes[value]
	if !n.keyed {
		return "[" + strconv.Itoa(int(n.name)) + "]"
	}
	return memberStep(d.key(value))
}

// memberStep writes a key that is no plain word in brackets, so that it cannot be read as several steps.
func memberStep(key string) string {
	const most = 60
	if key != "" && strings.IndexFunc(key, notWord) < 0 {
		return "." + shorten(key, most)
	}
	return "[" + strconv.Quote(shorten(key, most)) + "]"
}

func notWord(r rune) bool {
	return r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
}

// shorten keeps a message readable when it quotes what a body says.
func shorten(text string, most int) string {
	count := 0
	for at := range text {
		if count == most {
			return text[:at] + "…"
		}
		count++
	}
	return text
}

// decode resolves the escapes of a string whose syntax is known to be right.
func decode(raw string, escaped bool) string {
	if !escaped {
		return raw
	}
	decoded := make([]byte, 0, len(raw))
	for at := 0; at < len(raw); {
		decoded, at = decodeOne(decoded, raw, at)
	}
	return string(decoded)
}

// decodeOne appends what the text at raw[at] stands for and says where the next begins.
func decodeOne(decoded []byte, raw string, at int) ([]byte, int) {
	if raw[at] != '\\' {
		return append(decoded, raw[at]), at + 1
	}
	switch c := raw[at+1]; c {
	case 'b':
		return append(decoded, '\b'), at + 2
	case 'f':
		return append(decoded, '\f'), at + 2
	case 'n':
		return append(decoded, '\n'), at + 2
	case 'r':
		return append(decoded, '\r'), at + 2
	case 't':
		return append(decoded, '\t'), at + 2
	case 'u':
		unit, _ := hexEscape(raw[at:])
		at += 6
		if utf16.IsSurrogate(unit) {
			low, _ := hexEscape(raw[at:])
			unit, at = utf16.DecodeRune(unit, low), at+6
		}
		return append(decoded, string(unit)...), at
	default:
		return append(decoded, c), at + 2
	}
}

// sourceOffset is where in the document the byte at offset of a string's decoded value is written.
func (d *document) sourceOffset(str int32, offset int) int {
	n := &d.nodes[str]
	first := int(n.start) + 1
	if !n.escaped {
		return first + offset
	}
	raw := d.source[first : n.end-1]
	var decoded []byte
	at := 0
	for at < len(raw) && len(decoded) < offset {
		decoded, at = decodeOne(decoded, raw, at)
	}
	return first + at
}
