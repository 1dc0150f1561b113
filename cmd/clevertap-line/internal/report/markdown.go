package report

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
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

// entry is one thing, as a report has room for it.
type entry struct {
	section           string // the heading, and what is below it
	full, short, name string
	item              bool // of a list
}

// How much of an entry is written.
const (
	whole = iota
	withoutDetails
	byName
	counted
	depths
)

// markdown is the report in at most limit bytes. Where it has more, details go first, from the least important entry on; then
// entries are named; then counted.
func (f *facts) markdown(limit int, artifactURL string) (string, error) {
	entries := f.entries()
	// The more is left out, the shorter it is, but for what says so: the first that fits is looked for, and then looked at.
	cuts := sort.Search((depths-1)*len(entries), func(cuts int) bool { return len(f.write(entries, cuts, artifactURL)) <= limit })
	text := f.write(entries, cuts, artifactURL)
	if len(text) > limit {
		return "", fmt.Errorf("the report does not fit into %d bytes: its first lines alone have %d", limit, len(text))
	}
	return text, nil
}

// write leaves out as much as cuts say: the details of the last entry at first, then of the one before it.
func (f *facts) write(entries []entry, cuts int, artifactURL string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "**%s**\n", f.headline())
	for _, note := range f.notes() {
		fmt.Fprintf(&b, "\n%s\n", note)
	}
	section := ""
	var names []string
	left := 0
	for i, e := range entries {
		depth := whole
		if len(entries) > 0 {
			depth = (cuts + i) / len(entries)
		}
		if depth <= withoutDetails && e.section != section {
			section = e.section
			fmt.Fprintf(&b, "\n### %s\n", section)
			if e.item {
				b.WriteByte('\n')
			}
		}
		switch depth {
		case whole:
			b.WriteString(e.full)
		case withoutDetails:
			b.WriteString(e.short)
		case byName:
			names = append(names, e.name)
		default:
			left++
		}
	}
	if cuts > 0 {
		b.WriteString("\n### Left out\n\nThere is no room for all of the report, and details are left out.")
		if artifactURL != "" {
			b.WriteString(" [The whole report](<" + artifactURL + ">) has them.")
		}
		b.WriteByte('\n')
	}
	if len(names)+left > 0 {
		b.WriteString("\nThese are left out, too:\n\n")
		for _, name := range names {
			b.WriteString("- " + name + "\n")
		}
		if left > 0 {
			b.WriteString("- " + strconv.Itoa(left) + " more\n")
		}
	}
	return b.String()
}

// entries are all that there is, most important first.
func (f *facts) entries() (entries []entry) {
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

func itemEntry(section string, line sentence) entry {
	text := line.markdown()
	return entry{section: section, full: "- " + text + "\n", short: "- " + text + "\n", name: text, item: true}
}

func (d diagnostic) entry(section string) entry {
	title := d.title().markdown()
	e := entry{section: section, name: title, short: "\n#### " + title + "\n"}
	e.full = e.short + "\n" + fence("text", indented(d.words()))
	return e
}

func (o *object) entry(section string, sentences []sentence) entry {
	var b strings.Builder
	title := o.title().markdown()
	fmt.Fprintf(&b, "\n#### %s\n\n- Address: %s\n", title, code(o.Address))
	for _, s := range sentences {
		b.WriteString("- " + s.markdown() + "\n")
	}
	e := entry{section: section, short: b.String(), name: title}
	for _, block := range o.blocks() {
		fmt.Fprintf(&b, "\n%s:\n\n%s", block.Heading, fence(block.Info, block.Lines))
	}
	e.full = b.String()
	return e
}
