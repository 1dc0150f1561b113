package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// shown are the properties of LINE's objects whose texts people see; name is one in a sender alone.
var shown = []string{"text", "altText", "label", "title", "displayText", "fillInText", "address", "name"}

// isShown says whether people see the text of a member.
func isShown(d *exactjson.Document, member exactjson.Value) bool {
	if !d.IsMember(member) || d.Kind(member) != exactjson.String || !slices.Contains(shown, d.Key(member)) {
		return false
	}
	if d.Key(member) != "name" {
		return true
	}
	holder, _ := d.Parent(member)
	return d.IsMember(holder) && d.Key(holder) == "sender"
}

// textLines are the texts that people see in messages, the JSON text of an array, one below the other. A line in a text is one of
// its own, further in.
func textLines(messages string) string {
	if messages == "" {
		return ""
	}
	d, fault := exactjson.Parse(messages)
	if fault != nil || d.Kind(exactjson.Root) != exactjson.Array {
		return "(this is no list of messages)\n"
	}
	var b strings.Builder
	for message := range d.Children(exactjson.Root) {
		kind := "?"
		if d.Kind(message) == exactjson.Object {
			if at, has := d.Member(message, "type"); has && d.Kind(at) == exactjson.String {
				kind = inLine(d.Text(at))
			}
		}
		fmt.Fprintf(&b, "message %d (%s)\n", d.Index(message)+1, kind)
		writeTexts(&b, d, message)
	}
	return b.String()
}

func writeTexts(b *strings.Builder, d *exactjson.Document, value exactjson.Value) {
	if isShown(d, value) {
		lines := strings.ReplaceAll(visible(d.Text(value)), "\n", "\n    ")
		fmt.Fprintf(b, "  %s: %s\n", d.Key(value), lines)
	}
	if kind := d.Kind(value); kind == exactjson.Object || kind == exactjson.Array {
		for child := range d.Children(value) {
			writeTexts(b, d, child)
		}
	}
}

// textDiff is what of the texts changes, "" if nothing does. Lines begin with -, + or a space; @@ is where some are left out.
func textDiff(before, after string) string {
	unified := string(diff.Diff("before", []byte(textLines(before)), "after", []byte(textLines(after))))
	_, hunks, _ := strings.Cut(unified, "+++ after\n")
	var b strings.Builder
	for line := range strings.Lines(hunks) {
		if !strings.HasPrefix(line, "@@") {
			b.WriteString(line)
		} else if b.Len() > 0 {
			b.WriteString("@@\n")
		}
	}
	return b.String()
}
