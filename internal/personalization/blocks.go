package personalization

import (
	"slices"
	"strings"

	"github.com/agext/levenshtein"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// block is a block that is not closed yet.
type block struct {
	markup
	otherwise bool // its else has begun

	branch markup   // the tag that the present branch begins with
	before []markup // those of the elsif before it that have not been looked into
	passed []string // the names that have a value for the users who come to the present branch, by those that have
	first  bool     // the tag that the block begins with has
	names  []string // all that have a value in the present branch
	known  bool     // those are

	ends     bool     // who comes to the present branch gets no more of the text
	anyEnds  bool     // so do those of another
	alive    int      // how many branches that have ended go on
	survivor markup   // the last of those
	stay     []string // the names that have a value for those whom the first branches do not end
	left     []string // and in the present branch behind such a block
}

// known checks a tag's name and its place among the blocks.
func (c *checker) known(tag markup) bool {
	switch tag.name {
	case "tablerow":
		c.report(tag.start, ruleTag, Error,
			"tablerow prints tags of HTML with double quotes, which end the JSON text around it; write {%% for … %%}")
		fallthrough
	case "for":
		c.loops++
		fallthrough
	case "if", "unless", "case", "comment", "raw":
		c.open = append(c.open, block{markup: tag, branch: tag})
		return true
	case "break", "continue":
		if c.loops == 0 {
			c.report(tag.start, ruleUnbalanced, Error, "{%% %s %%} stands outside a loop; to send nothing write {%% abort %%}", tag.name)
		}
		c.leave()
		return true
	case "abort":
		c.leave()
		return true
	case "else", "elsif", "when":
		return c.divides(tag)
	case "assign":
		return true
	}
	ended, isEnd := strings.CutPrefix(tag.name, "end")
	switch _, closes := blocks[ended]; {
	case isEnd && closes:
		c.close(tag, ended)
		return false
	case singles[tag.name]:
		return true
	case !isEnd || ended == "" || ended != c.refused:
		c.report(tag.start, ruleTag, Error, "CleverTap does not list the Liquid tag %q%s", shorten(tag.name), c.tagInstead(tag))
		c.refused = tag.name
	}
	if tag.name == "end" {
		c.open = c.open[:max(0, len(c.open)-1)]
	}
	return false
}

// tagInstead says what to write for a tag that CleverTap does not have.
func (c *checker) tagInstead(tag markup) string {
	name, known := tagsInstead[tag.name]
	switch {
	case tag.name == "end" && len(c.open) > 0:
		return meant("end" + c.open[len(c.open)-1].name)
	case known:
		return meant(name)
	default:
		return meant(nearest(tag.name, allTags))
	}
}

// divides checks a tag that begins another branch of a block.
func (c *checker) divides(tag markup) bool {
	if len(c.open) == 0 || !slices.Contains(blocks[c.open[len(c.open)-1].name], tag.name) {
		c.report(tag.start, ruleUnbalanced, Error, "{%% %s %%} stands outside the block it belongs to", tag.name)
		return false
	}
	around := &c.open[len(c.open)-1]
	switch {
	case tag.name == "else" && tag.inner.text != "":
		c.elseWithMore(tag)
		return false
	case around.otherwise && around.name == "case":
		c.report(tag.start, ruleUnbalanced, Warning,
			"{%% %s %%} stands after {%% else %%}, which engines read differently; put one else last", tag.name)
	case around.otherwise && tag.name == "else":
		c.report(tag.start, ruleUnbalanced, Error,
			"a second {%% else %%} is not read; write {%% elsif … %%} before the first, or leave one out")
		return false
	case around.otherwise:
		c.report(tag.start, ruleUnbalanced, Error, "{%% %s %%} stands after {%% else %%}; put else last", tag.name)
		return false
	}
	around.otherwise = around.otherwise || tag.name == "else"
	around.enter(tag)
	return true
}

// close ends a block. One that is crossed ends, too, so that it is told of once.
func (c *checker) close(tag markup, name string) {
	last := len(c.open) - 1
	if last >= 0 && c.open[last].name == name {
		closed := c.open[last]
		c.open = c.open[:last]
		if name == "for" || name == "tablerow" {
			c.loops--
		}
		c.pass(closed)
		return
	}
	for at := last - 1; at >= max(0, last-fewGuards); at-- {
		if c.open[at].name == name {
			c.report(tag.start, ruleUnbalanced, Error, "{%% %s %%} stands where {%% %s %%} is open; write {%% end%[2]s %%} before it",
				tag.name, c.open[last].name)
			c.open = slices.Delete(c.open, at, at+1)
			return
		}
	}
	c.report(tag.start, ruleUnbalanced, Error, "{%% %s %%} closes no open {%% %s %%}", tag.name, name)
}

// tagAsOutput reports a tag that is written in the braces of an output.
func (c *checker) tagAsOutput(p part) bool {
	if p.text[0] < 'a' || p.text[0] > 'z' {
		return false
	}
	name, _, _ := strings.Cut(p.text, " ")
	if _, named := c.names[name]; named || literals[name] || !allTags[name] {
		return false
	}
	c.report(p.at, ruleSyntax, Error, "{{ }} prints a value, and %s is a tag; write {%% %s %%}", name, shorten(p.text))
	return true
}

var (
	// comparisonIn is what no property's name has, and what prints nothing of use in an output.
	comparisonIn = lazyregexp.New(`==|[<>!&]|\s(?:and|or)\s+[A-Za-z]+\.`)
	// calculationIn is what people put between two numbers, and what a name might have.
	calculationIn = lazyregexp.New(`\s[+*]\s+[0-9]`)
)

// calculates reports an output that is more than one value.
func (c *checker) calculates(p part) bool {
	if !strings.ContainsAny(p.text, " =<>!&") {
		return false
	}
	masked := mask(p.text)
	switch {
	case comparisonIn.MatchString(masked):
		c.report(p.at, ruleSyntax, Error, "{{ }} prints one value and compares nothing; choose with {%% if %%}, or with | default:")
	case calculationIn.MatchString(masked):
		c.report(p.at, ruleSyntax, Warning, "%s is read as one name; calculate with | plus: and its like", shorten(p.text))
	default:
		return false
	}
	return true
}

// allTags are the names of all tags.
var allTags = func() map[string]bool {
	names := wordSet("else", "elsif", "when")
	for name := range singles {
		names[name] = true
	}
	for name := range blocks {
		names[name], names["end"+name] = true, true
	}
	return names
}()

// nearest is the known word that was probably meant, or "".
func nearest(word string, known map[string]bool) string {
	const mostDistance = 2
	best, distance := "", min(mostDistance, len(word)/3)+1
	for name := range known {
		if max(len(name)-len(word), len(word)-len(name)) > mostDistance {
			continue
		}
		if d := levenshtein.Distance(strings.ToLower(word), name, nil); d < distance || d == distance && best != "" && name < best {
			best, distance = name, d
		}
	}
	return best
}

func meant(word string) string {
	if word == "" {
		return ""
	}
	return "; write " + word
}
