package report

import (
	"fmt"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/bounded"
)

// code is a text as a code span of Markdown, in which no forge finds a mention, a link or a command. It has one line.
func code(text string) string {
	text = inLine(text)
	if text == "" {
		return "(empty)"
	}
	ticks := strings.Repeat("`", longestRun(text)+1)
	if text[0] == '`' || text[len(text)-1] == '`' || text[0] == ' ' && text[len(text)-1] == ' ' {
		text = " " + text + " " // one of each is taken off
	}
	return ticks + text + ticks
}

// fence is lines as a fenced block of Markdown. None of them begins where a forge would look for a command: each has a space, a
// sign of a diff, or @@ before it.
func fence(info, lines string) string {
	ticks := strings.Repeat("`", max(longestRun(lines)+1, 3))
	return ticks + info + "\n" + lines + ticks + "\n"
}

// longestRun is how many backticks stand together at most.
func longestRun(text string) int {
	longest, run := 0, 0
	for i := range len(text) {
		if run++; text[i] != '`' {
			run = 0
		}
		longest = max(longest, run)
	}
	return longest
}

func (s sentence) markdown() string {
	var b strings.Builder
	for _, p := range s.parts() {
		if p.Data {
			b.WriteString(code(p.Text))
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// How much of an entry is written.
const (
	counted = iota
	byName
	withoutDetails
	withProblems
	whole
)

// newEntry is one thing, as a report has room for it: by name, without details, with its problems, and whole. The section is its
// heading, and what is below it.
func newEntry(section string, texts [whole]string) bounded.Entry {
	return bounded.Entry{Texts: append([]string{""}, texts[:]...), Opening: "\n### " + section + "\n", Opens: withoutDetails}
}

// markdown is the report in at most limit bytes.
func (f *facts) markdown(limit int, artifactURL string) (string, error) {
	entries := f.entries()
	text, err := bounded.Fit(limit, entries, func(depths []int) string { return f.write(entries, depths, artifactURL) })
	if err != nil {
		return "", fmt.Errorf("the report %w", err)
	}
	return text, nil
}

// write writes each entry as deep as chosen.
func (f *facts) write(entries []bounded.Entry, chosen []int, artifactURL string) string {
	var b, names strings.Builder
	fmt.Fprintf(&b, "**%s**\n", f.headline())
	for _, note := range f.notes() {
		fmt.Fprintf(&b, "\n%s\n", note)
	}
	opening, left := "", 0
	for i, e := range entries {
		depth := chosen[i]
		switch depth {
		case counted:
			left++
			continue
		case byName:
			names.WriteString(e.Texts[byName])
			continue
		}
		if e.Opening != opening {
			opening = e.Opening
			b.WriteString(opening)
		}
		b.WriteString(e.Texts[depth])
	}
	if !bounded.Whole(entries, chosen) {
		b.WriteString("\n### Left out\n\nThere is no room for all of the report, and details are left out.")
		if artifactURL != "" {
			b.WriteString(" [The whole report](<" + artifactURL + ">) has them.")
		}
		b.WriteByte('\n')
	}
	if left > 0 {
		fmt.Fprintf(&names, "- %d more\n", left)
	}
	if names.Len() > 0 {
		b.WriteString("\nThese are left out, too:\n\n" + names.String())
	}
	return b.String()
}

// entries are all that there is, most important first.
func (f *facts) entries() (entries []bounded.Entry) {
	for _, d := range f.Diagnostics {
		if d.Severity == severityError {
			entries = append(entries, d.entry(errorsOfPlan))
		}
	}
	for _, group := range f.groups() {
		section := group.heading
		if group.intro != "" {
			section += "\n\n" + group.intro
		}
		for _, o := range group.objects {
			if group.line != nil {
				entries = append(entries, itemEntry(section, group.line(o)))
			} else {
				entries = append(entries, o.entry(section, group.sentences(o)))
			}
		}
	}
	for _, o := range f.Others {
		entries = append(entries, itemEntry(otherResources, o.line()))
	}
	for _, d := range f.Diagnostics {
		if d.Severity != severityError {
			entries = append(entries, d.entry(warningsOfPlan))
		}
	}
	return entries
}

// itemEntry is one of a list.
func itemEntry(section string, line sentence) bounded.Entry {
	text := "- " + line.markdown() + "\n"
	return newEntry(section+"\n", [...]string{text, text, text, text})
}

func (d diagnostic) entry(section string) bounded.Entry {
	title := d.title().markdown()
	told := "\n#### " + title + "\n"
	words := told + "\n" + fence("text", indented(d.words()))
	return newEntry(section, [...]string{"- " + title + "\n", told, words, words})
}

func (o *object) entry(section string, sentences []sentence) bounded.Entry {
	var b strings.Builder
	title := o.title().markdown()
	fmt.Fprintf(&b, "\n#### %s\n\n- Address: %s\n", title, code(o.Address))
	for _, s := range sentences {
		b.WriteString("- " + s.markdown() + "\n")
	}
	told := b.String()
	problems := told
	for _, block := range o.blocks() {
		fmt.Fprintf(&b, "\n%s:\n\n%s", block.Heading, fence(block.Info, block.Lines))
		if block.Heading == problemsOfObject {
			problems = b.String()
		}
	}
	return newEntry(section, [...]string{"- " + title + "\n", told, problems, b.String()})
}
