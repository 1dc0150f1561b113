package linkedcontent

import (
	"bytes"
	"encoding/json"
	"strings"
)

// Document is what CleverTap reads, without what a publish store adds for itself: the same messages under the same name are
// the same text, in ASCII. name must be one that [CheckName] takes. It is what campaigns ask for, and need not be the file's
// where that is one of several variants.
func (m Messages) Document(name string) string {
	return encode(struct {
		Name          string   `json:"name"`
		Shape         string   `json:"shape"`
		Parts         []string `json:"parts"`
		Unit          string   `json:"unit"`
		ContentSHA256 string   `json:"content_sha256"`
	}{name, m.Shape, m.Parts, VersionUnit(name, m.ContentSHA256), m.ContentSHA256})
}

// encode writes texts as they are: no < or & becomes an escape.
func encode(value any) string {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(value) // texts always can be
	return strings.TrimSuffix(text.String(), "\n")
}
