package check

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/rendering"
)

// sampleValues are the values of --sample; nil if there are none.
func sampleValues(samples []string) (map[string]any, error) {
	given, err := cli.Samples("sample", samples)
	if err != nil || len(given) == 0 {
		return nil, err
	}
	values, err := rendering.Values(given)
	if err != nil {
		return nil, fmt.Errorf("--sample %w", err)
	}
	return values, nil
}

// unused tells of the samples that no tag uses, of which the name is probably misspelt.
func (c *check) unused(stderr io.Writer) {
	given, _ := cli.Samples("sample", c.samples) // which have been read before
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if unused := linebody.Unused(name, c.names); unused != "" {
			fmt.Fprintf(stderr, "--sample %s: %s\n", name, unused)
		}
	}
}

// Rules of what only a sample shows.
const (
	ruleSampleAborted  = "sample-aborted"
	ruleSampleUnfilled = "sample-not-rendered"
	ruleSampleJSON     = "sample-breaks-json"
)

// filled are the problems of a file as it is sent to a user with the samples' values. asWritten are those of the file, and
// stay where it cannot be rendered. The Liquid is rendered before JSON is read, as CleverTap does it, so that a double quote in a
// value does here what it does there.
func (c *check) filled(name string, part linebody.Part, asWritten []finding) []finding {
	if slices.ContainsFunc(asWritten, func(f finding) bool { return f.Severity == linebody.Error.String() && spoilsLiquid(f.Rule) }) {
		return asWritten
	}
	said := func(rule string, severity linebody.Severity, message string) finding {
		return newFinding(name, part.Text, "", linebody.Problem{Rule: rule, Severity: severity, Message: message})
	}
	text, err := render(part.Text, c.values)
	if errors.Is(err, rendering.ErrAborted) {
		return []finding{said(ruleSampleAborted, linebody.Warning,
			"with these values {% abort %} ends the message, and nothing is sent")}
	}
	if err != nil {
		return append(asWritten, said(ruleSampleUnfilled, linebody.Warning,
			fmt.Sprintf("cannot be rendered with these values, and is checked as it is written: %v", err)))
	}
	if _, fault := exactjson.Parse(text); fault != nil {
		return []finding{said(ruleSampleJSON, linebody.Error, fmt.Sprintf("with these values it is no JSON: %s, at %q",
			fault.Message, around(text, fault.Offset)))}
	}
	var all []finding
	for _, problem := range linebody.ValidateWith([]byte(part.Before+text+part.After), c.options) {
		path := part.Relative(problem.Path)
		problem.Offset, problem.End = linebody.Locate(part.Text, path)
		found := newFinding(name, part.Text, path, problem)
		found.Message += " (with the values of --sample)"
		all = append(all, found)
	}
	return all
}

func render(text string, values map[string]any) (string, error) {
	body, err := rendering.Compile(personalization.Parse(text).Bracketed())
	if err != nil {
		return "", err
	}
	return body.Render(values)
}

// spoilsLiquid says whether a rule is about the Liquid or JSON that rendering begins with.
func spoilsLiquid(rule string) bool {
	return strings.HasPrefix(rule, "liquid-") || strings.HasPrefix(rule, "json-") || rule == "picker-token"
}

// around is the part of a text that a place is in.
func around(text string, offset int) string {
	const reach = 20
	return strings.ToValidUTF8(text[max(0, offset-reach):min(len(text), offset+reach)], "")
}
