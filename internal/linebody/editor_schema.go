package linebody

import (
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// editorSchema is the property by which a file names the JSON Schema that editors check it by.
const editorSchema = "$schema"

// WithoutEditorSchema is a message, or an array of messages, with white space in place of a "$schema", so that every offset
// stays what it is: the property is for editors, and never sent. A text that is no JSON, or repeats a key, is left as it is.
func WithoutEditorSchema(text string) string {
	if !strings.Contains(text, editorSchema) {
		return text
	}
	d, fault := exactjson.Parse(text)
	if fault != nil || len(d.Duplicates()) > 0 {
		return text
	}
	blank := []byte(text)
	switch d.Kind(exactjson.Root) {
	case exactjson.Object:
		blankEditorSchema(blank, d, exactjson.Root)
	case exactjson.Array:
		for message := range d.Children(exactjson.Root) {
			blankEditorSchema(blank, d, message)
		}
	}
	return string(blank)
}

// blankEditorSchema blanks an object's "$schema" with the comma that parts it from the others.
func blankEditorSchema(text []byte, d *exactjson.Document, object exactjson.Value) {
	if d.Kind(object) != exactjson.Object {
		return
	}
	schema, found := d.Member(object, editorSchema)
	if !found || d.Kind(schema) != exactjson.String {
		return
	}
	from, to := d.KeyOffset(schema), d.End(schema)
	for member := range d.Children(object) {
		if member < schema {
			from = d.End(member) // the comma before it goes, unless one behind it does
		}
		if member > schema {
			from, to = d.KeyOffset(schema), d.KeyOffset(member)
			break
		}
	}
	for at := from; at < to; at++ {
		if text[at] != '\n' {
			text[at] = ' '
		}
	}
}
