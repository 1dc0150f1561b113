package templatestore

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"
)

const schemaVersion = 1

// document is what a file says, in the order it says it.
type document[T Content] struct {
	Schema        string `json:"$schema"`
	SchemaVersion int    `json:"schema_version"`
	Kind          Kind   `json:"kind"`
	Name          string `json:"name"`
	// WriteID is new with every write, so that a writer who got no answer recognises its own.
	WriteID string `json:"write_id"`
	Content T      `json:"content"`
}

// identity is what the store's own file says.
type identity struct {
	SchemaVersion int    `json:"schema_version"`
	ID            string `json:"id"`
}

// encodeDocument refuses what decodeDocument would refuse, so that nothing unreadable is ever written.
func encodeDocument[T Content](name string, content T) (data []byte, writeID string, err error) {
	doc := document[T]{
		Schema:        schemaURL + schemaFile(kindOf[T]()),
		SchemaVersion: schemaVersion,
		Kind:          kindOf[T](),
		Name:          name,
		WriteID:       uuid.NewString(),
		Content:       content,
	}
	data, err = encode(doc)
	if err == nil {
		_, err = decodeDocument[T](data, name)
	}
	return data, doc.WriteID, err
}

func encode(value any) ([]byte, error) {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(value)
	return buffer.Bytes(), err
}

// decodeDocument reads strictly; what it refuses is a *flaw.
func decodeDocument[T Content](data []byte, name string) (T, error) {
	var doc document[T]
	place, err := readStrictly(data, kindOf[T](), &doc)
	if err != nil {
		return doc.Content, err
	}
	if doc.Name != name {
		return doc.Content, place.flaw("/name", misnamed(doc.Name, name))
	}
	if body, ok := any(&doc.Content).(*LineCampaignBody); ok {
		for i, message := range body.Messages {
			var compact bytes.Buffer
			if err := json.Compact(&compact, message); err != nil {
				return doc.Content, err
			}
			body.Messages[i] = compact.Bytes()
		}
	}
	return doc.Content, nil
}

func misnamed(found, asked string) string {
	what := fmt.Sprintf("the document in this file is named %q, not %q", found, asked)
	if strings.EqualFold(found, asked) {
		what += " (where a file system does not tell upper from lower case, only one of the two names can be used)"
	}
	return what
}

func decodeIdentity(data []byte) (string, error) {
	var stored identity
	_, err := readStrictly(data, storeIdentity, &stored)
	return stored.ID, err
}

// peek reads what it can of a document that may be damaged, edited or not ours.
func peek(data []byte) (name, writeID string) {
	var head struct {
		Name    string `json:"name"`
		WriteID string `json:"write_id"`
	}
	if json.Unmarshal(data, &head) != nil {
		return "", ""
	}
	return head.Name, head.WriteID
}
