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
		if d.IsMember(value) {
			steps = append(steps, memberStep(d.Key(value)))
		} else {
			steps = append(steps, "["+strconv.Itoa(d.Index(value))+"]")
		}
		value = around
	}
	slices.Reverse(steps)
	return strings.Join(steps, "")
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
