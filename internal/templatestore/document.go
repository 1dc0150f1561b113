package templatestore

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/google/uuid"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

const schemaVersion = 1

// envelope is what every document begins with.
type envelope struct {
	Schema        string `json:"$schema"`
	SchemaVersion int    `json:"schema_version"`
	Kind          Kind   `json:"kind"`
	Name          string `json:"name"`
	// WriteID is new with every write, so that a writer who got no answer recognises its own.
	WriteID string `json:"write_id"`
}

// document is what a file says, in the order it says it.
type document[T any] struct {
	envelope

	Content T `json:"content"`
}

// liveDocument is what a file says that CleverTap reads.
type liveDocument struct {
	envelope
	LineLinkedMessages
}

// encodeDocument refuses what decodeDocument would refuse, so that nothing unreadable is ever written.
func encodeDocument(kind Kind, name string, content any) (data []byte, writeID string, err error) {
	begin := envelope{
		Schema:        schemaURL + schemaFile(kind),
		SchemaVersion: schemaVersion,
		Kind:          kind,
		Name:          name,
		WriteID:       uuid.NewString(),
	}
	if messages, live := content.(LineLinkedMessages); live {
		messages.Tags = append([]string{}, messages.Tags...)
		data, err = encode(liveDocument{begin, messages})
		data = inASCII(data)
	} else {
		data, err = encode(document[any]{begin, content})
	}
	if err == nil {
		// What was encoded from the type can be decoded into it, if only the document is one.
		_, err = parseNamed(data, kind, name)
	}
	return data, begin.WriteID, err
}

func encode(value any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(value)
	return buffer.Bytes(), err
}

// inASCII escapes what is not printable ASCII in the strings of a JSON text, so that it means the same in whatever charset
// somebody between here and CleverTap takes it for.
func inASCII(text []byte) []byte {
	escaped := make([]byte, 0, len(text))
	for _, char := range string(text) {
		if char < '\x7f' {
			escaped = append(escaped, byte(char))
			continue
		}
		for _, unit := range utf16.AppendRune(nil, char) {
			escaped = fmt.Appendf(escaped, `\u%04x`, unit)
		}
	}
	return escaped
}

// parseNamed refuses what is no document of the kind and the name; what it refuses is a *flaw.
func parseNamed(data []byte, kind Kind, name string) (*exactjson.Document, error) {
	d, err := parseStrictly(data, kind)
	if err != nil {
		return nil, err
	}
	if found, _ := textOf(d, "name"); found != name {
		at, _ := d.Member(exactjson.Root, "name")
		return nil, flawOf(d, at, misnamed(found, name))
	}
	return d, nil
}

// decodeDocument reads strictly; what it refuses is a *flaw.
func decodeDocument[T any](data []byte, kind Kind, name string) (content T, err error) {
	d, err := parseNamed(data, kind, name)
	if err != nil {
		return content, err
	}
	if messages, live := any(&content).(*LineLinkedMessages); live {
		var doc liveDocument
		err = decode(d, &doc)
		*messages = doc.LineLinkedMessages
		return content, err
	}
	var doc document[T]
	if err = decode(d, &doc); err == nil {
		keepSpelling(d, &doc.Content)
	}
	return doc.Content, err
}

// keepSpelling takes JSON inside a content from the document itself, without the white space between its tokens.
func keepSpelling(d *exactjson.Document, content any) {
	switch content := content.(type) {
	case *LineCampaignBody:
		messages, there := d.At(exactjson.Root, "content", "messages")
		if !there {
			return
		}
		content.Messages = content.Messages[:0]
		for message := range d.Children(messages) {
			content.Messages = append(content.Messages, d.AppendSpelled(nil, message))
		}
	case *Receipt:
		if entered, there := d.At(exactjson.Root, "content", "entered_content"); there {
			content.Content = d.AppendSpelled(nil, entered)
		}
	}
}

func misnamed(found, asked string) string {
	what := fmt.Sprintf("the document in this file is named %q, not %q", found, asked)
	if strings.EqualFold(found, asked) {
		what += " (where a file system does not tell upper from lower case, only one of the two names can be used)"
	}
	return what
}

// peek reads what it can of a document that may be damaged, edited or not ours.
func peek(data []byte) (name, writeID string) {
	d, fault := exactjson.Parse(string(data))
	if fault != nil {
		return "", ""
	}
	name, _ = textOf(d, "name")
	writeID, _ = textOf(d, "write_id")
	return name, writeID
}
