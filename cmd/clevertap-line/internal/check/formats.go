package check

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// formats are the forms in which check writes what it found.
var formats = map[string]func(io.Writer, []finding) error{
	"text":   writeText,
	"json":   func(w io.Writer, all []finding) error { return writeJSON(w, all) },
	"sarif":  func(w io.Writer, all []finding) error { return writeJSON(w, sarifOf(all)) },
	"github": writeGitHub,
	"gitlab": func(w io.Writer, all []finding) error { return writeJSON(w, gitLabOf(all)) },
}

// formatNames are those of the formats, in the order in which they are told.
var formatNames = []string{"text", "json", "sarif", "github", "gitlab"}

func writeText(w io.Writer, all []finding) error {
	var b strings.Builder
	for _, f := range all {
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s [%s]\n", f.File, f.Line, f.Column, f.Severity, f.text(), f.Rule)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}
