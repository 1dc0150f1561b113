package report

import (
	"fmt"
	"strconv"
	"strings"
)

// group are objects of which the same kind of thing is to be said: each in an article, or in a line.
type group struct {
	heading, intro string
	objects        []*object
	sentences      func(*object) []sentence
	line           func(*object) sentence
}

// groups are those that there are, most important first. Each object is in one.
func (f *facts) groups() (groups []group) {
	all := []group{
		{heading: "With the apply", intro: "Campaigns send what is new once CleverTap reads it, up to 5 minutes after it read it last."},
		{heading: "Once entered in the dashboard", intro: "People get what is new once a person has entered it; the apply changes nothing."},
		{heading: "To do in the dashboard"},
		{heading: "What else is planned"},
		{heading: "Unchanged, with problems"},
		{heading: "Unchanged, and still to be done in the dashboard", line: (*object).pendingLine},
		{heading: "Changed outside of Terraform since the last apply", sentences: (*object).driftSentences},
		{heading: "Noted by people since the last apply", line: (*object).notedLine},
	}
	for i := range f.Objects {
		g := &all[f.Objects[i].group()]
		g.objects = append(g.objects, &f.Objects[i])
	}
	for i := range f.Drift {
		g := &all[len(all)-2]
		if f.Drift[i].onlyReceipt() {
			g = &all[len(all)-1]
		}
		g.objects = append(g.objects, &f.Drift[i])
	}
	for _, g := range all {
		if g.sentences == nil {
			g.sentences = (*object).sentences
		}
		if len(g.objects) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// group is which of the groups an object that is planned belongs to.
func (o *object) group() int {
	unchanged := o.Action == "no-op" && !o.Imported && o.MovedFrom == ""
	switch {
	case o.When == atApply:
		return 0
	case o.When == onceIn:
		return 1
	case unchanged && len(o.Problems) > 0:
		return 4
	case unchanged:
		return 5
	case o.Dashboard != nil:
		return 2
	}
	return 3
}

// The headings of what is no object.
const (
	errorsOfPlan   = "Errors of the plan"
	warningsOfPlan = "Warnings of the plan"
	otherResources = "Other resources"
)

func (o other) line() sentence { return say("%s: %s", o.Address, o.Action) }

// block is lines that stand by themselves, each with one more character before it.
type block struct{ Heading, Info, Lines string }

// problemsOfObject is the heading of the first of the blocks, where there are problems.
const problemsOfObject = "Problems"

// blocks are the details of an object.
func (o *object) blocks() (blocks []block) {
	if len(o.Problems) > 0 {
		var b strings.Builder
		for _, p := range o.Problems {
			b.WriteString(indented(p.line()))
		}
		blocks = append(blocks, block{problemsOfObject, "text", b.String()})
	}
	if o.Texts != "" {
		blocks = append(blocks, block{"Texts", "diff", o.Texts})
	}
	if len(o.Properties) > 0 {
		blocks = append(blocks, block{"Properties", "diff", o.propertyLines()})
	}
	return blocks
}

func (o *object) propertyLines() string {
	var b strings.Builder
	for _, p := range o.Properties {
		path := inLine(p.Path)
		if p.Before == "" && p.After == "" {
			fmt.Fprintf(&b, " %s\n", path)
		}
		if p.Before != "" {
			fmt.Fprintf(&b, "-%s: %s\n", path, inLine(p.Before))
		}
		if p.After != "" {
			fmt.Fprintf(&b, "+%s: %s\n", path, inLine(p.After))
		}
	}
	if o.MoreProperties > 0 {
		fmt.Fprintf(&b, " and %d more\n", o.MoreProperties)
	}
	return b.String()
}

// title says where it is.
func (d diagnostic) title() sentence {
	kind := "Warning"
	if d.Severity == severityError {
		kind = "Error"
	}
	if d.File != "" {
		kind += " in %s, line " + strconv.Itoa(d.Line)
	}
	switch {
	case d.Address != "" && d.File != "":
		return say(kind+", of %s", d.File, d.Address)
	case d.Address != "":
		return say(kind+" of %s", d.Address)
	case d.File != "":
		return say(kind, d.File)
	}
	return say(kind + " of the configuration")
}

// words are Terraform's own.
func (d diagnostic) words() string {
	if d.Sensitive {
		return "sensitive"
	}
	return strings.TrimSpace(d.Summary + "\n\n" + d.Detail)
}

// indented is lines with a space before each.
func indented(text string) string {
	return " " + strings.ReplaceAll(visible(text), "\n", "\n ") + "\n"
}
