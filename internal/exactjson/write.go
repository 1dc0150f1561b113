package exactjson

import (
	"cmp"
	"slices"
)

// AppendCompact writes a value on one line: keys in their order, numbers as they are written, strings with the least
// escaping.
func (d *Document) AppendCompact(dst []byte, v Value) []byte {
	return d.AppendRewritten(dst, v, func(text string) string { return text })
}

// AppendRewritten is AppendCompact with each string that is a value as rewritten.
func (d *Document) AppendRewritten(dst []byte, v Value, rewritten func(string) string) []byte {
	switch d.Kind(v) {
	case Object:
		dst = append(dst, '{')
		for member := range d.Children(v) {
			if member > v+1 {
				dst = append(dst, ',')
			}
			dst = append(AppendString(dst, d.Key(member)), ':')
			dst = d.AppendRewritten(dst, member, rewritten)
		}
		return append(dst, '}')
	case Array:
		dst = append(dst, '[')
		for element := range d.Children(v) {
			if element > v+1 {
				dst = append(dst, ',')
			}
			dst = d.AppendRewritten(dst, element, rewritten)
		}
		return append(dst, ']')
	case String:
		return AppendString(dst, rewritten(d.Text(v)))
	default:
		return append(dst, d.Raw(v)...)
	}
}

// CompactLen is the length in bytes of what AppendCompact writes.
func (d *Document) CompactLen(v Value) int {
	kind := d.Kind(v)
	switch {
	case kind == Object || kind == Array:
		size := 2
		for child := range d.Children(v) {
			if child > v+1 {
				size++
			}
			if kind == Object {
				size += len(AppendString(nil, d.Key(child))) + 1
			}
			size += d.CompactLen(child)
		}
		return size
	case kind == String && d.HasEscapes(v):
		return len(AppendString(nil, d.Text(v)))
	default:
		return len(d.Raw(v))
	}
}

// AppendCanonical writes a value in the one form that all texts of the same value share: compact, keys sorted by code
// point, least escaping, and each number in one exact form. Of keys that repeat each is written.
func (d *Document) AppendCanonical(dst []byte, v Value) []byte {
	switch d.Kind(v) {
	case Object:
		type member struct {
			key   string
			value Value
		}
		members := make([]member, 0, d.Count(v))
		for child := range d.Children(v) {
			members = append(members, member{d.Key(child), child})
		}
		slices.SortStableFunc(members, func(a, b member) int { return cmp.Compare(a.key, b.key) })
		dst = append(dst, '{')
		for i, m := range members {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(AppendString(dst, m.key), ':')
			dst = d.AppendCanonical(dst, m.value)
		}
		return append(dst, '}')
	case Array:
		dst = append(dst, '[')
		for element := range d.Children(v) {
			if element > v+1 {
				dst = append(dst, ',')
			}
			dst = d.AppendCanonical(dst, element)
		}
		return append(dst, ']')
	case Number:
		return d.Number(v).Append(dst)
	default:
		return d.AppendCompact(dst, v)
	}
}

// AppendSpelled writes a value as it is written, without the white space between its tokens.
func (d *Document) AppendSpelled(dst []byte, v Value) []byte {
	raw := d.Raw(v)
	from, quoted := 0, false
	for at := 0; at < len(raw); at++ {
		switch c := raw[at]; {
		case c == '\\':
			at++
		case c == '"':
			quoted = !quoted
		case c <= ' ' && !quoted:
			dst = append(dst, raw[from:at]...)
			from = at + 1
		}
	}
	return append(dst, raw[from:]...)
}
