package personalization

import (
	"regexp"
	"slices"
	"strings"
)

// enter goes to the next branch of a block.
func (b *block) enter(tag markup) {
	b.has = b.hasElse
	switch tag.name {
	case "elsif":
		has, hasElse := presence(tag.inner.text)
		b.has = slices.Concat(b.hasElse, has)
		if len(b.hasElse) < fewGuards {
			b.hasElse = slices.Concat(b.hasElse, hasElse)
		}
	case "when":
		if !slices.ContainsFunc(split(tag.inner, ','), func(p part) bool { return !isValue(p.text) }) {
			b.has = []string{nameOf(b.inner.text)}
		}
	}
}

// fewGuards bounds how many blocks and comparisons are looked at for one output, which keeps the time linear.
const fewGuards = 16

// guarded says whether the conditions around an output leave only users who have the value.
func (c *checker) guarded(operand string) bool {
	name := nameOf(operand)
	return slices.ContainsFunc(c.open[max(0, len(c.open)-fewGuards):], func(b block) bool { return slices.Contains(b.has, name) })
}

// elseWithMore reports an else that has a condition.
func (c *checker) elseWithMore(tag markup) {
	condition, isIf := strings.CutPrefix(tag.inner.text, "if")
	if !isIf {
		c.report(tag.start, ruleSyntax, Error, "{%% else %%} takes nothing, but has %q; a condition follows elsif", shorten(tag.inner.text))
		return
	}
	c.report(tag.start, ruleSyntax, Error, "Liquid has no \"else if\"; write {%% elsif %s %%}", shorten(strings.TrimSpace(condition)))
}

var (
	joints      = regexp.MustCompile(`\s(and|or)\b`)
	comparisons = regexp.MustCompile(`==|!=|<>|<=|>=|<|>|\scontains\b`)
	inBrackets  = regexp.MustCompile(`\[\s*['"]([^'"\]]*)['"]\s*\]`)
)

// nameOf is one spelling of a property's name.
func nameOf(operand string) string {
	operand = strings.TrimSpace(operand)
	if !strings.Contains(operand, "[") {
		return operand
	}
	return inBrackets.ReplaceAllString(operand, ".$1")
}

// nothing are the words that a value which a user lacks equals.
var nothing = wordSet("nil", "null", "blank", "empty", "''", `""`)

// isValue says whether a text is a value that no lacking one equals.
func isValue(text string) bool {
	_, isNumber := number(text)
	return isNumber || text == "true" || text != "" && (text[0] == '\'' || text[0] == '"') && !nothing[text]
}

// presence is which names have a value for the users whom a condition holds for, and for those whom it does not.
func presence(condition string) (holds, fails []string) {
	masked := mask(condition)
	if !hasWord(masked) {
		return termPresence(condition, masked)
	}
	var both [2][][]string
	words := map[string]bool{}
	from := 0
	for _, at := range append(joints.FindAllStringSubmatchIndex(masked, -1), []int{len(masked), len(masked), 0, 0}) {
		has, lacks := termPresence(condition[from:at[0]], masked[from:at[0]])
		both[0], both[1] = append(both[0], has), append(both[1], lacks)
		words[masked[at[2]:at[3]]] = true
		from = at[1]
	}
	switch {
	case len(both[0]) > fewGuards:
		return nil, nil
	case len(both[0]) == 1:
		return both[0][0], both[1][0]
	case !words["or"]:
		return slices.Concat(both[0]...), nil
	case !words["and"]:
		for _, name := range both[0][0] {
			if !slices.ContainsFunc(both[0], func(names []string) bool { return !slices.Contains(names, name) }) {
				holds = append(holds, name)
			}
		}
		return holds, slices.Concat(both[1]...)
	default:
		return nil, nil
	}
}

// termPresence is presence for one comparison, or a name alone.
func termPresence(term, masked string) (holds, fails []string) {
	var at []int
	if strings.ContainsAny(masked, "=<>") || hasWord(masked) {
		at = comparisons.FindStringIndex(masked)
	}
	if at == nil {
		return []string{nameOf(term)}, nil
	}
	left, right := strings.TrimSpace(term[:at[0]]), strings.TrimSpace(term[at[1]:])
	if isValue(left) || nothing[left] {
		left, right = right, left
	}
	name, operator := []string{nameOf(left)}, strings.TrimSpace(masked[at[0]:at[1]])
	equals, differs := operator == "==", operator == "!=" || operator == "<>"
	switch {
	case nothing[right] && equals, isValue(right) && differs:
		return nil, name
	case nothing[right] && differs, isValue(right) && !differs:
		return name, nil
	default:
		return nil, nil
	}
}
