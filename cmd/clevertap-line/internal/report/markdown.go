package report

import (
	"fmt"
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
	section string         // the heading, and what is below it
	texts   [depths]string // of each depth, the less the shorter
	item    bool           // of a list
}

// How much of an entry is written.
const (
	counted = iota
	byName
	withoutDetails
	withProblems
	whole
	depths
)

// opening is what stands before the first entry of a section that has more than its name.
func (e entry) opening() string {
	text := "\n### " + e.section + "\n"
	if e.item {
		text += "\n"
	}
	return text
}

// markdown is the report in at most limit bytes. Where it has more, every entry is counted, then those are named for which there
// is room, then told, then told with their problems, then with their details: the most important first, each time. One that is
// too large for the room there is leaves it to those after it.
func (f *facts) markdown(limit int, artifactURL string) (string, error) {
	entries := f.entries()
	chosen := make([]int, len(entries))
	for i := range chosen {
		chosen[i] = whole
	}
	text := f.write(entries, chosen, artifactURL)
	if len(text) <= limit {
		return text, nil
	}
	clear(chosen)
	least := len(f.write(entries, chosen, artifactURL))
	if least > limit || len(entries) == 0 {
		return "", fmt.Errorf("the report does not fit into %d bytes: its first lines alone have %d", limit, least)
	}
	room := limit - least
	opened := map[string]bool{}
	for depth := byName; depth < depths; depth++ {
		for i, e := range entries {
			cost := len(e.texts[depth]) - len(e.texts[chosen[i]])
			opens := depth >= withoutDetails && !opened[e.section]
			if opens {
				cost += len(e.opening())
			}
			if chosen[i] == depth-1 && cost <= room {
				chosen[i], room = depth, room-cost
				opened[e.section] = opened[e.section] || opens
			}
		}
	}
	return f.write(entries, chosen, artifactURL), nil
}

// write writes each entry as deep as chosen.
func (f *facts) write(entries []entry, chosen []int, artifactURL string) string {
	var b, names strings.Builder
	fmt.Fprintf(&b, "**%s**\n", f.headline())
	for _, note := range f.notes() {
		fmt.Fprintf(&b, "\n%s\n", note)
	}
	section := ""
	left, cut := 0, false
	for i, e := range entries {
		depth := chosen[i]
		cut = cut || depth < whole
		switch depth {
		case counted:
			left++
			continue
		case byName:
			names.WriteString(e.texts[byName])
			continue
		}
		if e.section != section {
			section = e.section
			b.WriteString(e.opening())
		}
		b.WriteString(e.texts[depth])
	}
	if cut {
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
	text := "- " + line.markdown() + "\n"
	return entry{section, [depths]string{"", text, text, text, text}, true}
}

func (d diagnostic) entry(section string) entry {
	title := d.title().markdown()
	told := "\n#### " + title + "\n"
	words := told + "\n" + fence("text", indented(d.words()))
	return entry{section: section, texts: [depths]string{"", "- " + title + "\n", told, words, words}}
}

func (o *object) entry(section string, sentences []sentence) entry {
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
	return entry{section: section, texts: [depths]string{"", "- " + title + "\n", told, problems, b.String()}}
}
