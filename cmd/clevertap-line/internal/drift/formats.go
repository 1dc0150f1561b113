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

var formats = []string{formatText, formatMarkdown, formatJSON}

// write writes what was found in the form that was asked for.
func (d *drift) write(w io.Writer, r result) error {
	switch d.format {
	case formatText:
		return writeText(w, r)
	case formatJSON:
		return writeJSON(w, r)
	}
	text, err := markdown(r, d.bounds.Limit, d.bounds.ArtifactURL)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text)
	return err
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
