package drift

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/bounded"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// mostLeft is how many bytes the second part has at most when all of it is left out, the address not counted.
const mostLeft = 1000

// markdown has two parts: what is off, which is the same text as long as the same is off, and behind a marker the rest. Together
// they have at most limit bytes. The first does not depend on how long the second is; what is left out of it is named, as far as
// there is room, and counted. Comments at the beginning of lines say in which parts something is off, and which were not looked at
// as a whole.
func markdown(r result, limit int, artifactURL string) (string, error) {
	off, err := r.offMarkdown(limit-mostLeft-len(artifactURL), artifactURL)
	if err == nil {
		var rest string
		if rest, err = r.restMarkdown(limit-len(off), artifactURL); err == nil {
			return off + rest, nil
		}
	}
	if small, is := errors.AsType[*bounded.TooSmallError](err); is {
		return "", fmt.Errorf("what was found does not fit into --limit %d: the smallest for it is %d", limit, limit-small.Limit+small.Least)
	}
	return "", fmt.Errorf("what was found %w", err)
}

// How much of a finding is written; of a part of the world, the second is without why.
const (
	counted = iota
	byName
	whole
)

func (r result) offMarkdown(limit int, artifactURL string) (string, error) {
	const opening = "\n| object | check | what was found | what it proves | what to do |\n|---|---|---|---|---|\n"
	var entries []bounded.Entry
	for _, f := range r.sorted(true) {
		object := escape(orAccount(f.object))
		entries = append(entries, bounded.Entry{Opening: opening, Opens: whole, Texts: []string{
			"", fmt.Sprintf("- %s: `%s`\n", object, f.check.id),
			fmt.Sprintf("| %s | `%s` | %s | %s | %s |\n", object, f.check.id, escape(f.what), f.check.proves, f.check.next),
		}})
	}
	return bounded.Fit(limit, entries, func(depths []int) string {
		var b, names strings.Builder
		fmt.Fprintf(&b, "<!-- clevertap-line drift %s -->\n", r.id())
		writeNames(&b, "off in", r.off())
		fmt.Fprintf(&b, "## Drift of account %s: %s\n", escape(cli.Printable(r.account)), r.headline())
		opened, left := false, 0
		for i, e := range entries {
			switch depths[i] {
			case counted:
				left++
			case byName:
				names.WriteString(e.Texts[byName])
			default:
				if !opened {
					opened = true
					b.WriteString(opening)
				}
				b.WriteString(e.Texts[whole])
			}
		}
		if !bounded.Whole(entries, depths) {
			fmt.Fprintf(&b, "\n### Left out\n\n%s\n\n", noRoom("what is off", artifactURL))
			b.WriteString(names.String())
			if left > 0 {
				fmt.Fprintf(&b, "- %d more\n", left)
			}
		}
		return b.String()
	})
}

func (r result) restMarkdown(limit int, artifactURL string) (string, error) {
	const partsOpening = "| part | state | why |\n|---|---|---|\n"
	const informationOpening = "\n| object | information | what was found | what it proves |\n|---|---|---|---|\n"
	var entries []bounded.Entry
	for _, p := range r.parts {
		row := func(why string) string { return fmt.Sprintf("| %s | %s | %s |\n", p.name, p.state.words(), why) }
		entries = append(entries, bounded.Entry{Opening: partsOpening, Opens: byName, Texts: []string{
			"", row(""), row(escape(strings.Join(p.why, " "))),
		}})
	}
	for _, f := range r.sorted(false) {
		entries = append(entries, bounded.Entry{Opening: informationOpening, Opens: byName, Texts: []string{
			"", fmt.Sprintf("| %s | `%s` | %s | %s |\n", escape(orAccount(f.object)), f.check.id, escape(f.what), f.check.proves),
		}})
	}
	return bounded.Fit(limit, entries, func(depths []int) string {
		var b strings.Builder
		b.WriteString("\n<!-- What follows may change while the drift does not. -->\n")
		writeNames(&b, "not looked at", append(r.in(notLooked), r.in(couldNot)...))
		b.WriteString("<details><summary>What was looked at, and what else is known</summary>\n\n")
		opening, left := "", 0
		for i, e := range entries {
			if depths[i] == counted {
				left++
				continue
			}
			if e.Opening != opening {
				opening = e.Opening
				b.WriteString(opening)
			}
			b.WriteString(e.Texts[depths[i]])
		}
		if !bounded.Whole(entries, depths) {
			fmt.Fprintf(&b, "\n%s Lines that are left out: %d.\n", noRoom("this", artifactURL), left)
		}
		b.WriteString("\n</details>\n")
		return b.String()
	})
}

// noRoom says that something is left out, and where it is.
func noRoom(of, artifactURL string) string {
	text := "There is no room for all of " + of + "."
	if artifactURL != "" {
		text += " [All of it is here](<" + artifactURL + ">)."
	}
	return text
}

// off are the names of the parts in which something is.
func (r result) off() (names []string) {
	for _, p := range r.parts {
		for _, f := range p.findings {
			if f.check.off {
				names = append(names, p.name)
				break
			}
		}
	}
	return names
}

// writeNames writes names for programs to read, if there are any. No text from outside begins a line, so that none is taken for
// such a comment.
func writeNames(b *strings.Builder, what string, names []string) {
	if len(names) > 0 {
		fmt.Fprintf(b, "<!-- %s: %s -->\n", what, strings.Join(names, ", "))
	}
}

// special are the characters that mean something to Markdown in a cell. An @ would call somebody, and a # another issue.
var special = func() *strings.Replacer {
	var pairs []string
	for _, c := range "\\`*_[]<>|~&!$" {
		pairs = append(pairs, string(c), `\`+string(c))
	}
	return strings.NewReplacer(append(pairs, "@", "@<!-- -->", "#", "#<!-- -->", "://", ":<!-- -->//", "\n", " ")...)
}()

// alive is what a forge reads in a text without any mark of Markdown, in escaped text: an emoji or a scheme, a milestone, a web
// address, an issue.
var alive = regexp.MustCompile(`(?i):([\w+\\-])|%()|www(\.)|\bGH(-)`)

// escape makes a text from outside one that Markdown shows as it is: a comment stands between what a forge would read together.
func escape(text string) string {
	escaped := special.Replace(text)
	var b strings.Builder
	last := 0
	for _, found := range alive.FindAllStringSubmatchIndex(escaped, -1) {
		cut := max(found[2], found[4], found[6], found[8]) // that of the one that matched
		b.WriteString(escaped[last:cut] + "<!-- -->")
		last = cut
	}
	return b.String() + escaped[last:]
}
