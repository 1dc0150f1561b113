package httpclient

import (
	"html"
	"iter"
	"sort"
	"strconv"
	"strings"
)

// view is a text as somebody reads it who decodes it, and where its bytes stand in the text that was decoded.
type view struct {
	text string
	// of is nil if the text was not decoded.
	of     *view
	shifts []shift
}

// shift says that the bytes from at on, up to the next shift, stand in the other text from origin on.
type shift struct{ at, origin int }

// span is a part of a text.
type span struct{ start, end int }

// layers is how often a text is decoded. More than that no server does, and the number of views must end.
const layers = 3

// mostViews is where every decoder finds something in what every other one made.
const mostViews = 1 + 4 + 4*4 + 4*4*4

// decoders are the ways to write characters that servers use, each on its own: what one of them would decode may be
// plain text to another.
var decoders = []decoder{{'\\', inJSON}, {'%', inURL}, {'&', inHTML}, {'~', inPointer}}

// decoder decodes what begins with a mark: read gives the visible character at the beginning of a text, and how many
// bytes stand for it; 0 if the text begins with something else.
type decoder struct {
	mark byte
	read func(text string) (character byte, length int)
}

// views are the text itself and all texts that decoders make of it, one after the other. None is longer than the text,
// and there are at most [mostViews].
func views(text string) iter.Seq[*view] {
	return func(yield func(*view) bool) {
		var visit func(*view, int) bool
		visit = func(v *view, more int) bool {
			if !yield(v) {
				return false
			}
			for _, d := range decoders {
				if more == 0 {
					break
				}
				if decoded := v.decode(d); decoded != nil && !visit(decoded, more-1) {
					return false
				}
			}
			return true
		}
		visit(&view{text: text}, layers)
	}
}

// decode is nil where there is nothing to decode.
func (v *view) decode(d decoder) *view {
	var text []byte
	var shifts []shift
	done := 0
	for at := 0; ; {
		next := strings.IndexByte(v.text[at:], d.mark)
		if next < 0 {
			break
		}
		at += next
		character, length := d.read(v.text[at:])
		if length == 0 {
			at++
			continue
		}
		text = append(append(text, v.text[done:at]...), character)
		at += length
		done = at
		shifts = append(shifts, shift{len(text), at})
	}
	if shifts == nil {
		return nil
	}
	return &view{text: string(append(text, v.text[done:]...)), of: v, shifts: shifts}
}

// find gives the places of a form in the text that nobody decoded.
func (v *view) find(f form) []span {
	var found []span
	for at := 0; ; {
		next := strings.Index(v.text[at:], f.text)
		if next < 0 {
			return found
		}
		start := at + next
		at = start + len(f.text)
		found = append(found, span{v.origin(max(start-f.before, 0)), v.origin(min(at+f.after, len(v.text)))})
	}
}

// origin is where a place stands in the text that nobody decoded.
func (v *view) origin(at int) int {
	for ; v.of != nil; v = v.of {
		if n := sort.Search(len(v.shifts), func(i int) bool { return v.shifts[i].at > at }); n > 0 {
			at += v.shifts[n-1].origin - v.shifts[n-1].at
		}
	}
	return at
}

func isVisible(c byte) bool { return c > ' ' && c <= '~' }

// inJSON reads what JSON, JavaScript and Go write after a backslash.
func inJSON(text string) (byte, int) {
	if len(text) < 2 {
		return 0, 0
	}
	switch c := text[1]; {
	case c == 'u':
		return hexadecimal(text, 2, 4)
	case c == 'x':
		return hexadecimal(text, 2, 2)
	case c >= '0' && c <= '9', c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', !isVisible(c):
		return 0, 0
	default:
		return c, 2
	}
}

func inURL(text string) (byte, int) { return hexadecimal(text, 1, 2) }

// hexadecimal reads so many digits.
func hexadecimal(text string, start, digits int) (byte, int) {
	end := start + digits
	if len(text) < end {
		return 0, 0
	}
	c, err := strconv.ParseUint(text[start:end], 16, 8)
	if err != nil || !isVisible(byte(c)) {
		return 0, 0
	}
	return byte(c), end
}

// longestEntity is that of HTML's names, and more than any number needs.
const longestEntity = 32

func inHTML(text string) (byte, int) {
	end := strings.IndexByte(text[:min(len(text), longestEntity)], ';') + 1
	if end == 0 {
		return 0, 0
	}
	if c := html.UnescapeString(text[:end]); len(c) == 1 && isVisible(c[0]) {
		return c[0], end
	}
	return 0, 0
}

// inPointer reads a JSON pointer (RFC 6901), with which LINE names properties.
func inPointer(text string) (byte, int) {
	switch {
	case strings.HasPrefix(text, "~0"):
		return '~', 2
	case strings.HasPrefix(text, "~1"):
		return '/', 2
	}
	return 0, 0
}
