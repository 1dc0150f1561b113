package report

import (
	"fmt"
	"strconv"
	"strings"
)

// group are objects of which the same kind of thing is to be said.
type group struct {
	heading   string
	objects   []*object
	sentences func(*object) []sentence
}

// groups are those that there are, most important first. Each object is in one.
func (f *facts) groups() (groups []group) {
	sort := []group{
		{heading: "With the apply"}, {heading: "Once entered in the dashboard"}, {heading: "To do in the dashboard"},
		{heading: "What else is planned"}, {heading: "Unchanged, with problems"},
	}
	for i := range f.Objects {
		o, at := &f.Objects[i], 3
		switch {
		case o.When == atApply:
			at = 0
		case o.When == onceIn:
			at = 1
		case o.Dashboard != nil:
			at = 2
		case o.Action == "no-op" && !o.Imported && o.MovedFrom == "":
			at = 4
		}
		sort[at].objects = append(sort[at].objects, o)
	}
	for _, g := range sort {
		g.sentences = (*object).sentences
		if len(g.objects) > 0 {
			groups = append(groups, g)
		}
	}
	drift := group{heading: "Changed outside of Terraform since the last apply", sentences: (*object).driftSentences}
	for i := range f.Drift {
		drift.objects = append(drift.objects, &f.Drift[i])
	}
	if len(drift.objects) > 0 {
		groups = append(groups, drift)
	}
	return groups
}

// block is lines that stand by themselves, each with one more character before it.
type block struct{ Heading, Info, Lines string }

// blocks are the details of an object.
func (o *object) blocks() (blocks []block) {
	if len(o.Problems) > 0 {
		var b strings.Builder
		for _, p := range o.Problems {
			b.WriteString(indented(p.line()))
		}
		blocks = append(blocks, block{"Problems", "text", b.String()})
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
