package personalization

import (
	"fmt"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// has are the names that the users of the present branch have a value for, by its condition and those before it. They are
// found when they are asked for, which is seldom.
func (b *block) has() []string {
	if b.known {
		return b.names
	}
	if b.branch != b.markup && !b.first {
		b.passed, b.first = b.holds(b.markup, false), true
	}
	for _, before := range b.before {
		b.passed = append(b.passed, b.holds(before, false)...)
	}
	b.known, b.before = true, b.before[:0]
	b.names = slices.Concat(b.passed, b.holds(b.branch, true), b.left)
	return b.names
}

// holds are the names that have a value where a branch's condition holds, or where it does not.
func (b *block) holds(branch markup, holds bool) []string {
	switch branch.name {
	case "if", "elsif", "unless":
		condition, _ := readCondition(nil, branch.inner)
		has, lacks := presence(condition)
		if holds == (branch.name != "unless") {
			return has
		}
		return lacks
	case "when":
		for value := range branch.inner.values() {
			if !holds || !isValue(value.text) {
				return nil
			}
		}
		return []string{nameOf(b.inner.text)}
	}
	return nil
}

// enter goes to the next branch of a block.
func (b *block) enter(tag markup) {
	if b.branch.name == "elsif" && len(b.before)+len(b.passed) < fewGuards {
		b.before = append(b.before, b.branch)
	}
	b.end()
	b.branch, b.known, b.left = tag, false, b.left[:0]
}

// end ends the present branch, and notes whom it leaves for what follows the block.
func (b *block) end() {
	switch {
	case !b.ends:
		b.alive++
		b.survivor = b.branch
	case b.alive == 0 && len(b.stay) < fewGuards:
		b.stay = append(b.stay, b.holds(b.branch, false)...)
		fallthrough
	default:
		b.anyEnds = true
	}
	b.ends = false
}

// leave notes that who comes to the present branch gets no more of the text, or of the round of a loop.
func (c *checker) leave() {
	if len(c.open) > 0 {
		c.open[len(c.open)-1].ends = true
	}
}

// pass notes behind a block what the users have whom none of its branches ended.
func (c *checker) pass(b block) {
	b.end()
	if !b.anyEnds || b.name == "for" || b.name == "tablerow" {
		return
	}
	if !b.otherwise {
		b.alive++
		b.survivor = *noneOfThem
	}
	if b.alive == 1 {
		b.stay = append(b.stay, b.holds(b.survivor, true)...)
	}
	switch {
	case b.alive == 0:
		c.leave()
	case len(c.open) == 0:
		c.passed = append(c.passed, b.stay[:min(len(b.stay), fewGuards-len(c.passed))]...)
	default:
		around := &c.open[len(c.open)-1]
		around.left = append(around.left, b.stay[:min(len(b.stay), fewGuards-len(around.left))]...)
		around.known = false
	}
}

// fewGuards bounds how many blocks and comparisons are looked at for one output, which keeps the time linear.
const fewGuards = 16

// guarded says whether the conditions around an output leave only users who have the value.
func (c *checker) guarded(operand string) bool {
	name := nameOf(operand)
	if slices.Contains(c.passed, name) {
		return true
	}
	for i := max(0, len(c.open)-fewGuards); i < len(c.open); i++ {
		if slices.Contains(c.open[i].has(), name) {
			return true
		}
	}
	return false
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

var inBrackets = lazyregexp.New(`\[\s*['"]([^'"\]]*)['"]\s*\]`)

// nameOf is one spelling of a property's name.
func nameOf(operand string) string {
	operand = strings.TrimSpace(operand)
	if !strings.Contains(operand, "[") {
		return operand
	}
	return inBrackets.ReplaceAllString(operand, ".$1")
}

// absent are the words that a value which a user lacks equals, and nothing those for what prints nothing. An empty text is no
// lacking value, so that != ” holds for a user without one.
var (
	absent  = wordSet("nil", "null", "blank")
	nothing = wordSet("nil", "null", "blank", "empty", "''", `""`)
)

// isValue says whether a text is a value that no lacking one equals.
func isValue(text string) bool {
	_, isNumber := number(text)
	return isNumber || text == "true" || text != "" && (text[0] == '\'' || text[0] == '"') && !nothing[text]
}

// presence is which names have a value for the users whom a condition holds for, and for those whom it does not.
func presence(condition []comparison) (holds, fails []string) {
	if len(condition) > fewGuards {
		return nil, nil
	}
	var anyAnd, anyOr bool
	for i, one := range condition {
		has, lacks := one.presence()
		anyAnd, anyOr = anyAnd || one.joint == "and", anyOr || one.joint == "or"
		switch {
		case i == 0:
			holds, fails = has, lacks
		case anyAnd && anyOr:
			return nil, nil
		case anyAnd:
			holds, fails = append(holds, has...), nil
		default:
			holds = slices.DeleteFunc(holds, func(name string) bool { return !slices.Contains(has, name) })
			fails = append(fails, lacks...)
		}
	}
	return holds, fails
}

func (c comparison) presence() (holds, fails []string) {
	left, right := c.left.text, c.right.text
	if isValue(left) || nothing[left] {
		left, right = right, left
	}
	name := []string{nameOf(left)}
	equals, differs := c.operator == "==", c.operator == "!=" || c.operator == "<>"
	if sized, isSize := strings.CutSuffix(name[0], ".size"); isSize {
		name = append(name, sized)
	}
	switch {
	case c.operator == "":
		return name, nil
	case absent[right] && equals, isValue(right) && differs:
		return nil, name
	case absent[right] && differs, isValue(right) && !differs:
		return name, nil
	default:
		return nil, nil
	}
}

// weakGuard is advice on a condition around an output that leaves users without the value.
func (c *checker) weakGuard(operand string) string {
	name := nameOf(operand)
	for _, block := range c.open[max(0, len(c.open)-fewGuards):] {
		for _, tag := range [...]markup{block.markup, block.branch} {
			condition, _ := readCondition(nil, tag.inner)
			for _, one := range condition[:min(len(condition), fewGuards)] {
				if value := one.right.text; nameOf(one.left.text) == name && nothing[value] && !absent[value] {
					return fmt.Sprintf(", or compare with blank in place of %s, which a missing value is not equal to", value)
				}
			}
		}
	}
	return ""
}
