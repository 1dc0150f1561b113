package drift

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// The forms of what was found.
const (
	formatText     = "text"
	formatMarkdown = "markdown"
	formatJSON     = "json"
)

var formats = map[string]func(io.Writer, result) error{
	formatText: writeText, formatMarkdown: writeMarkdown, formatJSON: writeJSON,
}

// words are the states in text.
func (s state) words() string { return strings.ReplaceAll(string(s), "_", " ") }

func writeText(w io.Writer, r result) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Account %s: %s\n", cli.Printable(r.account), r.summary())
	for _, group := range []struct {
		title string
		off   bool
	}{{"OFF", true}, {"INFORMATION", false}} {
		object := ""
		for i, f := range r.sorted(group.off) {
			if i == 0 {
				b.WriteString("\n" + group.title + "\n")
			}
			if i == 0 || f.object != object {
				object = f.object
				b.WriteString(orAccount(object) + "\n")
			}
			fmt.Fprintf(&b, "  %s: %s\n    It proves: %s\n", f.check.id, f.what, f.check.proves)
			if f.check.next != nothing {
				fmt.Fprintf(&b, "    Next: %s\n", f.check.next)
			}
		}
	}
	b.WriteString("\nLOOKED AT\n")
	for _, p := range r.parts {
		fmt.Fprintf(&b, "%s: %s\n", p.name, p.state.words())
		for _, why := range p.why {
			fmt.Fprintf(&b, "  %s\n", why)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// orAccount is how a finding's object is called.
func orAccount(object string) string {
	if object == "" {
		return "the account"
	}
	return object
}

// writeMarkdown writes two parts: what is off, which is the same text as long as the same is off, and behind a marker the rest.
func writeMarkdown(w io.Writer, r result) error {
	var b strings.Builder
	fmt.Fprintf(&b, "<!-- clevertap-line drift %s -->\n## Drift of account %s: %s\n", r.id(), escape(cli.Printable(r.account)), r.headline())
	for i, f := range r.sorted(true) {
		if i == 0 {
			b.WriteString("\n| object | check | what was found | what it proves | what to do |\n|---|---|---|---|---|\n")
		}
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s | %s |\n", escape(orAccount(f.object)), f.check.id, escape(f.what), f.check.proves, f.check.next)
	}
	b.WriteString("\n<!-- What follows may change while the drift does not. -->\n")
	b.WriteString("<details><summary>What was looked at, and what else is known</summary>\n\n")
	b.WriteString("| part | state | why |\n|---|---|---|\n")
	for _, p := range r.parts {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", p.name, p.state.words(), escape(strings.Join(p.why, " ")))
	}
	for i, f := range r.sorted(false) {
		if i == 0 {
			b.WriteString("\n| object | information | what was found | what it proves |\n|---|---|---|---|\n")
		}
		fmt.Fprintf(&b, "| %s | `%s` | %s | %s |\n", escape(orAccount(f.object)), f.check.id, escape(f.what), f.check.proves)
	}
	b.WriteString("\n</details>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// special are the characters that mean something to Markdown in a cell. An @ would call somebody, and a # another issue.
var special = func() *strings.Replacer {
	var pairs []string
	for _, c := range "\\`*_[]<>|~&!$" {
		pairs = append(pairs, string(c), `\`+string(c))
	}
	return strings.NewReplacer(append(pairs, "@", "@<!-- -->", "#", "#<!-- -->", "://", ":<!-- -->//", "\n", " ")...)
}()

// escape makes a text from outside one that Markdown shows as it is.
func escape(text string) string { return special.Replace(text) }

type jsonResult struct {
	Account string `json:"account"`
	// ID is the same as long as the same is off, "" if nothing is.
	ID          string        `json:"id"`
	Summary     string        `json:"summary"`
	Off         []jsonFinding `json:"off"`
	Information []jsonFinding `json:"information"`
	Parts       []jsonPart    `json:"parts"`
}

type jsonFinding struct {
	Check  string `json:"check"`
	Object string `json:"object,omitempty"`
	What   string `json:"what"`
	Proves string `json:"proves"`
	Next   string `json:"next"`
}

type jsonPart struct {
	Name  string   `json:"name"`
	State state    `json:"state"`
	Why   []string `json:"why,omitempty"`
}

func writeJSON(w io.Writer, r result) error {
	out := jsonResult{
		Account: r.account, ID: r.id(), Summary: r.summary(),
		Off: jsonFindings(r.sorted(true)), Information: jsonFindings(r.sorted(false)), Parts: []jsonPart{},
	}
	for _, p := range r.parts {
		out.Parts = append(out.Parts, jsonPart{p.name, p.state, p.why})
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(out)
}

func jsonFindings(found []finding) []jsonFinding {
	all := []jsonFinding{} // never null
	for _, f := range found {
		all = append(all, jsonFinding{f.check.id, f.object, f.what, f.check.proves, f.check.next})
	}
	return all
}
