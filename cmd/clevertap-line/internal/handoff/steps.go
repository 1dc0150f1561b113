package handoff

import (
	"strings"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// places are where the dashboard has what was entered.
var places = map[templatestore.Kind]string{
	templatestore.WebhookTemplates:   dialog.WebhookTemplatePlace,
	templatestore.LinkedContents:     dialog.LinkedContentPlace,
	templatestore.LineCampaignBodies: "Campaigns",
}

// step is a row of a dialog on the page.
type step struct {
	dialog.Row

	// Text is what Value is in full: of the row that pastes the body the body.
	Text string
	// Old is the text that was entered, and Compared says that it is known: where neither New, Changed nor Gone is true, it is
	// the same.
	Old                          string
	Compared, New, Changed, Gone bool
}

// Todo says that there is something to be done and ticked off.
func (s step) Todo() bool { return !s.Compared || s.Act == dialog.Do || s.New || s.Changed || s.Gone }

// Exact says that the text can be copied and entered as it is.
func (s step) Exact() bool {
	return (s.Act == dialog.Enter || s.Act == dialog.Paste) && s.Text != "" && !s.Gone
}

// Body says that the text is one to paste.
func (s step) Body() bool { return s.Act == dialog.Paste }

// steps are what is to be done about an object in the dashboard. There are none of what is not known or hidden.
func (o *object) steps(words *wording, language string) []step {
	open := step{Row: dialog.Row{Field: "Open"}, Text: places[o.kind] + " > " + o.name}
	switch state := o.state(); {
	case o.hidden || len(o.unknown) > 0:
		return nil
	case state == toRemove:
		return []step{open, {Row: dialog.Row{Field: words.Remove, Note: words.RemoveNote}, Text: o.name}}
	case state == toChange:
		steps := o.compared(language)
		steps[0].Text = open.Text // what is there is not added once more
		return steps
	}
	var steps []step
	for _, row := range o.declared.Dialog.Rows(language) {
		steps = append(steps, step{Row: row, Text: text(row, o.declared.Body)})
	}
	return steps
}

// compared are the steps to change what was entered, as far as that is known.
func (o *object) compared(language string) []step {
	var before []dialog.Row
	if o.entered != nil {
		before = o.entered.Dialog.Rows(language)
	}
	olds := map[string]dialog.Row{}
	for _, row := range before {
		olds[row.Field] = row
	}
	var steps []step
	for _, row := range o.declared.Dialog.Rows(language) {
		s := step{Row: row, Text: text(row, o.declared.Body), Compared: o.entered != nil}
		if old, there := olds[row.Field]; there {
			s.Old = text(old, o.entered.Body)
			s.Changed = s.Old != s.Text
			delete(olds, row.Field)
		} else {
			s.New = s.Compared
		}
		steps = append(steps, s)
	}
	gone := []step{}
	for _, row := range before {
		if _, left := olds[row.Field]; left && row.Act != dialog.Do {
			row.Note = ""
			gone = append(gone, step{Row: row, Text: text(row, o.entered.Body), Compared: true, Gone: true})
		}
	}
	return append(append(steps[:1:1], gone...), steps[1:]...) // before what saves the dialog
}

func text(row dialog.Row, body string) string {
	if row.Act == dialog.Paste {
		return body
	}
	return row.Value
}

// difference is a text, cut where it differs from another one.
type difference struct{ Before, Differs, After string }

// differences cuts two texts at the first and the last character in which they differ.
func differences(a, b string) (difference, difference) {
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	for start > 0 && (inside(a, start) || inside(b, start)) {
		start--
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	for inside(a, len(a)-end) {
		end--
	}
	cut := func(text string) difference {
		return difference{text[:start], text[start : len(text)-end], text[len(text)-end:]}
	}
	return cut(a), cut(b)
}

// inside says that a place in a text is within a character.
func inside(text string, at int) bool { return at < len(text) && !utf8.RuneStart(text[at]) }

// commands are what notes in the store what was done, for a POSIX shell, a line each. A receipt is of what the page says,
// whatever the store says by then.
func commands(work *work, set settings) []string {
	begin := "clevertap-line entered --account " + quoted(set.account)
	var lines []string
	var removed strings.Builder
	for _, o := range work.in(toEnter, toChange, toRemove) {
		switch argument := " " + quoted(string(o.kind)+"/"+o.name); {
		case !o.notable():
		case o.state() == toRemove:
			removed.WriteString(argument)
		default:
			lines = append(lines, begin+" --sha256 "+o.declared.ContentSHA256+" "+quoted(set.store)+argument)
		}
	}
	if removed.Len() > 0 {
		lines = append(lines, begin+" --removed "+quoted(set.store)+removed.String())
	}
	return lines
}

// quoted is a text as one word of a POSIX shell.
func quoted(text string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_-./:@%+,=", r)
	}
	if text != "" && !strings.HasPrefix(text, "=") && strings.TrimLeftFunc(text, plain) == "" {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
