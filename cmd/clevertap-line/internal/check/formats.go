package check

import (
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// formats are the forms in which check writes what it found.
var formats = map[string]func(io.Writer, []finding) error{
	"text":  writeText,
	"json":  func(w io.Writer, all []finding) error { return writeJSON(w, all) },
	"sarif": func(w io.Writer, all []finding) error { return writeJSON(w, sarifOf(all)) },
}

func writeText(w io.Writer, all []finding) error {
	var b strings.Builder
	for _, f := range all {
		fmt.Fprintf(&b, "%s:%d:%d: %s: %s [%s]\n", f.File, f.Line, f.Column, f.Severity, f.text(), f.Rule)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// text is the message with the path before it; the root has none.
func (f finding) text() string {
	if f.Path == "" {
		return f.Message
	}
	return f.Path + ": " + f.Message
}

func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// What follows is the part of SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/) that GitHub's code scanning
// reads ("SARIF support for code scanning").

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver sarifDriver `json:"driver"`
	} `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID               string    `json:"id"`
	ShortDescription sarifText `json:"shortDescription"`
	FullDescription  sarifText `json:"fullDescription"`
	Help             sarifText `json:"help"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	Level     string          `json:"level"`
	Message   sarifText       `json:"message"`
	Locations []sarifLocation `json:"locations"`
}

type sarifLocation struct {
	PhysicalLocation struct {
		ArtifactLocation struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region struct {
			StartLine   int `json:"startLine"`
			StartColumn int `json:"startColumn"`
		} `json:"region"`
	} `json:"physicalLocation"`
}

func sarifOf(all []finding) sarifLog {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{
		Name:           "clevertap-line",
		Version:        cli.Version(),
		InformationURI: "https://github.com/clevertap-line/terraform-provider-clevertap",
		Rules:          sarifRules(all),
	}
	for _, f := range all {
		var location sarifLocation
		location.PhysicalLocation.ArtifactLocation.URI = sarifURI(f.File)
		location.PhysicalLocation.Region.StartLine = f.Line
		location.PhysicalLocation.Region.StartColumn = f.Column
		run.Results = append(run.Results, sarifResult{
			RuleID: f.Rule, Level: f.Severity, Message: sarifText{f.text()}, Locations: []sarifLocation{location},
		})
	}
	return sarifLog{Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run}}
}

// sarifRules are the rules that were broken. One rule may stand on several pages, for several kinds of message.
func sarifRules(all []finding) []sarifRule {
	rules := []sarifRule{}
	sources := map[string][]string{}
	for _, f := range all {
		if _, known := sources[f.Rule]; !known {
			name := sarifText{strings.ReplaceAll(f.Rule, "-", " ")}
			rules = append(rules, sarifRule{ID: f.Rule, ShortDescription: name, FullDescription: name})
		}
		if !slices.Contains(sources[f.Rule], f.Source) {
			sources[f.Rule] = append(sources[f.Rule], f.Source)
		}
	}
	for i := range rules {
		rules[i].Help.Text = strings.TrimSpace("See the documentation: " + strings.Join(sources[rules[i].ID], " "))
	}
	return rules
}

// sarifURI is a file's address, relative to the folder of the process like the name that was given.
func sarifURI(name string) string {
	path := filepath.ToSlash(filepath.Clean(name))
	if filepath.IsAbs(name) {
		return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(path, "/")}).String()
	}
	return (&url.URL{Path: path}).String()
}
