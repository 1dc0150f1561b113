package doctor

import (
	"fmt"
	"maps"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
)

// known is what a report is made of.
type known struct {
	// results are of this run, or were kept for it to go on from. earlier are those of groups, by their id, that this run did not
	// look at.
	results results
	earlier map[string]kept
	// refused are the groups that a person did not agree to.
	refused map[string]bool
	// unsent says that LINE does not have the unit name of a message that nobody says was sent.
	unsent bool
}

// reportOf writes what is known as Markdown. It has nothing but the command's own texts, numbers of refusals, times, and a region
// that is one of CleverTap's.
func reportOf(k known, region string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# The first hour on a live account\n\nWritten by `clevertap-line doctor`, version %s. "+
		"It holds no credentials, IDs, names or addresses of the account.\n", cli.Version())
	if region != "" {
		fmt.Fprintf(&b, "CleverTap's region is %s.\n", region)
	}
	b.WriteString("\n## Checks\n\n")
	if len(k.results) == 0 {
		b.WriteString("Nothing was looked at.\n")
	} else {
		b.WriteString("| | check | found | to do |\n|---|---|---|---|\n")
	}
	for _, g := range groups {
		writeRows(&b, g, k.results, "")
	}
	writeLeft(&b, k)
	writeEarlier(&b, k)
	writeLessons(&b, k)
	return b.String()
}

// writeRows writes what is known of a group, with a last cell.
func writeRows(b *strings.Builder, g *group, known results, last string) {
	for _, c := range g.checks {
		if found, ok := known[c.id]; ok {
			answer, _ := c.answer(found.Answer)
			fmt.Fprintf(b, "| %s | %s | %s%s | %s |%s\n", mark(answer.is), c.title, answer.found, numbers(found), answer.next, last)
		}
	}
}

// writeEarlier tells what only an earlier run looked at.
func writeEarlier(b *strings.Builder, k known) {
	if len(k.earlier) == 0 {
		return
	}
	b.WriteString("\n## From an earlier run\n\nThis run did not look at it again.\n\n" +
		"| | check | found | to do | when |\n|---|---|---|---|---|\n")
	for _, g := range groups {
		if kept, ok := k.earlier[g.id]; ok {
			writeRows(b, g, kept.Results, " "+kept.when()+" |")
		}
	}
}

// when is the time of what is kept.
func (k kept) when() string {
	if k.At.IsZero() {
		return "not known"
	}
	return k.At.UTC().Format("2006-01-02 15:04 UTC")
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

// writeLeft lists the groups, and of the steps each, that this run did not look at.
func writeLeft(b *strings.Builder, k known) {
	known := k.results
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
		case k.refused[g.id]:
			left = append(left, g.title+": Give the command again, and agree to it.")
		case k.unsent && g.id == takenID:
			left = append(left, g.title+": "+notThereYet)
		default:
			left = append(left, fmt.Sprintf("%s: %s", g.title, g.without))
		}
	}
	if len(left) > 0 {
		b.WriteString("\n## Not looked at\n\n- " + strings.Join(left, "\n- ") + "\n")
	}
}

// writeLessons answers the open questions that something was learnt of, and names the others.
func writeLessons(b *strings.Builder, k known) {
	var open []string
	b.WriteString("\n## Open questions\n\nOf the guide \"What only a live account can answer\".\n")
	for _, q := range questions {
		learnt := lessonsOf(k, q.id)
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

func lessonsOf(k known, q question) (learnt []string) {
	all := maps.Clone(k.results)
	for _, kept := range k.earlier {
		maps.Copy(all, kept.Results)
	}
	for _, g := range groups {
		for _, c := range g.checks {
			found, ok := all[c.id]
			if !ok {
				continue
			}
			from := ""
			if kept, earlier := k.earlier[g.id]; earlier {
				from = " (from an earlier run at " + kept.when() + ")"
			}
			answer, _ := c.answer(found.Answer)
			for _, lesson := range answer.learnt {
				if lesson.of == q && (!lesson.linked || all.readsLinkedContent()) {
					learnt = append(learnt, lesson.text+numbers(found)+from)
				}
			}
		}
	}
	return learnt
}
