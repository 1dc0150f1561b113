package linebody

import (
	"slices"
	"strconv"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// pathTo names a value from the root, each step with what parts it from the one before: .messages[0].contents.body.
func pathTo(d *exactjson.Document, value exactjson.Value) string {
	var steps []string
	for around, ok := d.Parent(value); ok; around, ok = d.Parent(value) {
		steps = append(steps, stepTo(d, value))
		value = around
	}
	slices.Reverse(steps)
	return strings.Join(steps, "")
}

// stepTo names a value from the one around it.
func stepTo(d *exactjson.Document, value exactjson.Value) string {
	if d.IsMember(value) {
		return memberStep(d.Key(value))
	}
	return "[" + strconv.Itoa(d.Index(value)) + "]"
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

// Locate finds in a text what a [Problem]'s path names, or the nearest value around it that is there, and gives the range that a
// problem of it has. Of a text that is no JSON it is the beginning.
func Locate(text, path string) (offset, end int) {
	d, fault := exactjson.Parse(text)
	if fault != nil {
		return 0, 0
	}
	c, at := &checker{d: d}, exactjson.Root
	if path != "" && path[0] != '[' {
		path = "." + path
	}
	for path != "" {
		next := exactjson.Root
		if kind := d.Kind(at); kind == exactjson.Object || kind == exactjson.Array {
			for child := range d.Children(at) {
				step := stepTo(d, child)
				if rest, ok := strings.CutPrefix(path, step); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
					next, path = child, rest
					break
				}
			}
		}
		if next == exactjson.Root {
			break
		}
		at = next
	}
	return d.Offset(at), c.end(at)
}
