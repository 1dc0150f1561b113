package check

import (
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

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
			EndLine     int `json:"endLine"`
			EndColumn   int `json:"endColumn"`
		} `json:"region"`
	} `json:"physicalLocation"`
}

func sarifOf(all []finding) sarifLog {
	run := sarifRun{ColumnKind: "utf16CodeUnits", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{
		Name:           "clevertap-line",
		Version:        cli.Version(),
		InformationURI: "https://github.com/clevertap-line/terraform-provider-clevertap",
		Rules:          sarifRules(all),
	}
	for _, f := range all {
		var location sarifLocation
		location.PhysicalLocation.ArtifactLocation.URI = sarifURI(f.File)
		region := &location.PhysicalLocation.Region
		region.StartLine, region.StartColumn = f.utf16.Line, f.utf16.Column
		region.EndLine, region.EndColumn = f.utf16.EndLine, f.utf16.EndColumn
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
