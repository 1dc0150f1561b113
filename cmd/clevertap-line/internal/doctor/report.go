package doctor

import (
	"fmt"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// reportOf writes what is known as Markdown. It has nothing but the command's own texts, numbers of refusals, and a region
// that is one of CleverTap's. Groups that were refused are those that a person did not agree to.
func reportOf(known results, region string, refused map[string]bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# The first hour on a live account\n\nWritten by `clevertap-line doctor`, version %s. "+
		"It holds no credentials, IDs, names or addresses of the account.\n", cli.Version())
	if region != "" {
		fmt.Fprintf(&b, "CleverTap's region is %s.\n", region)
	}
	b.WriteString("\n## Checks\n\n")
	if len(known) == 0 {
		b.WriteString("Nothing was looked at.\n")
	} else {
		b.WriteString("| | check | found | to do |\n|---|---|---|---|\n")
	}
	for _, g := range groups {
		for _, c := range g.checks {
			if found, ok := known[c.id]; ok {
				answer, _ := c.answer(found.Answer)
				fmt.Fprintf(&b, "| %s | %s | %s%s | %s |\n", mark(answer.is), c.title, answer.found, numbers(found), answer.next)
			}
		}
	}
	writeLeft(&b, known, refused)
	writeLessons(&b, known)
	return b.String()
}

// mark makes what needs a person stand out.
func mark(v verdict) string {
	if v == well {
		return string(v)
	}
	return "**" + string(v) + "**"
}

// numbers are those of a refusal.
func numbers(r result) string {
	switch {
	case r.Status == 0:
		return ""
	case r.Code == 0 || r.Code == r.Status:
		return fmt.Sprintf(" (status %d)", r.Status)
	}
	return fmt.Sprintf(" (status %d, code %d)", r.Status, r.Code)
}

// writeLeft lists the groups, and of the steps each, that nothing is known of.
func writeLeft(b *strings.Builder, known results, refused map[string]bool) {
	var left []string
	for _, g := range groups {
		if g.id == stepsID {
			for _, s := range steps {
				if _, ok := known[s.id]; !ok && (s.applies == nil || s.applies(known)) {
					left = append(left, fmt.Sprintf("%s: %s", s.title, g.without))
				}
			}
			continue
		}
		looked := false
		for _, c := range g.checks {
			_, ok := known[c.id]
			looked = looked || ok
		}
		switch {
		case looked:
		case refused[g.id]:
			left = append(left, g.title+": Give the command again, and agree to it.")
		default:
			left = append(left, fmt.Sprintf("%s: %s", g.title, g.without))
		}
	}
	if len(left) > 0 {
		b.WriteString("\n## Not looked at\n\n- " + strings.Join(left, "\n- ") + "\n")
	}
}

// writeLessons answers the open questions that something was learnt of, and names the others.
func writeLessons(b *strings.Builder, known results) {
	var open []string
	b.WriteString("\n## Open questions\n\nOf the guide \"What only a live account can answer\".\n")
	for _, q := range questions {
		learnt := lessonsOf(known, q.id)
		if len(learnt) == 0 {
			open = append(open, fmt.Sprintf("`%s`", q.id))
			continue
		}
		fmt.Fprintf(b, "\n`%s`: %s\n\n- %s\n", q.id, q.text, strings.Join(learnt, "\n- "))
	}
	if len(open) > 0 {
		fmt.Fprintf(b, "\nNot answered: %s.\n", strings.Join(open, ", "))
	}
}

func lessonsOf(known results, q question) (learnt []string) {
	for _, g := range groups {
		for _, c := range g.checks {
			found, ok := known[c.id]
			if !ok {
				continue
			}
			answer, _ := c.answer(found.Answer)
			for _, lesson := range answer.learnt {
				if lesson.of == q && (!lesson.linked || known.readsLinkedContent()) {
					learnt = append(learnt, lesson.text+numbers(found))
				}
			}
		}
	}
	return learnt
}
