package check

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

// finding is one problem of a file.
type finding struct {
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
	Severity string `json:"severity"`
	Path     string `json:"path"`
	Message  string `json:"message"`
	Rule     string `json:"rule"`
	Source   string `json:"source,omitempty"`
}

// findings checks a text as the push body that it is or is part of.
func findings(name string, text []byte, options linebody.Options) []finding {
	part := shapeOf(text)
	var all []finding
	for _, problem := range linebody.ValidateWith([]byte(part.before+string(text)+part.after), options) {
		line, column := linebody.Position(text, problem.Offset-len(part.before))
		all = append(all, finding{
			File:     name,
			Line:     line,
			Column:   column,
			Severity: problem.Severity.String(),
			Path:     strings.TrimPrefix(strings.TrimPrefix(problem.Path, part.path), "."),
			Message:  problem.Message,
			Rule:     problem.Rule,
			Source:   problem.Source,
		})
	}
	return all
}

// shape is what makes a text a push body, and where in that body the text is.
type shape struct{ before, after, path string }

// shapeOf tells what a text holds; see the help of check. What is not JSON is taken as it is: that is its one problem.
func shapeOf(text []byte) shape {
	const to = `{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":`
	list := shape{to, `}`, "messages"}
	message := shape{to + `[`, `]}`, "messages[0]"}
	container := shape{to + `[{"type":"flex","altText":"-","contents":`, `}]}`, "messages[0].contents"}

	if !json.Valid(text) {
		return shape{}
	}
	if bytes.HasPrefix(bytes.TrimSpace(text), []byte("[")) {
		return list
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(text, &object); err != nil {
		return message // a lone string or number is none, which is then said
	}
	_, hasTo := object["to"]
	_, hasMessages := object["messages"]
	switch kind := string(object["type"]); {
	case hasTo || hasMessages:
		return shape{}
	case kind == `"bubble"` || kind == `"carousel"` && object["columns"] == nil:
		return container
	}
	return message // a carousel with columns is a template, which is then said
}
