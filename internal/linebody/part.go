package linebody

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Part is a text that is a push body or a part of one, and what makes it one.
type Part struct {
	// Before, Text and After together are the body.
	Before, Text, After string
	// Path is where in that body the text is.
	Path string
}

// PartOf tells what a text holds by its shape: an object with "to" or "messages", in any case, is a push body, an array its messages,
// an object of type bubble or carousel the contents of a Flex Message, as LINE's simulator exports it, and any other object one
// message. What is not JSON is taken for a body: that is its one problem.
func PartOf(text string) Part {
	const to = `{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":`
	list := Part{to, WithoutEditorSchema(text), `}`, "messages"}
	message := Part{to + `[`, list.Text, `]}`, "messages[0]"}
	container := Part{to + `[{"type":"flex","altText":"-","contents":`, text, `}]}`, "messages[0].contents"}
	body := Part{Text: text}

	if !json.Valid([]byte(text)) {
		return body
	}
	if bytes.HasPrefix(bytes.TrimSpace([]byte(text)), []byte("[")) {
		return list
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &object); err != nil {
		return message // a lone string or number is none, which is then said
	}
	isBody := false
	for key := range object {
		isBody = isBody || strings.EqualFold(key, "to") || strings.EqualFold(key, "messages") // in wrong case that is then said
	}
	switch kind := string(object["type"]); {
	case isBody:
		return body
	case kind == `"bubble"` || kind == `"carousel"` && object["columns"] == nil:
		return container
	}
	return message // a carousel with columns is a template, which is then said
}

// Body is the whole body.
func (p Part) Body() string { return p.Before + p.Text + p.After }

// Relative is a path of the body as one of the text.
func (p Part) Relative(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, p.Path), ".")
}
