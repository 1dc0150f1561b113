package personalization

import (
	"slices"
	"strconv"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

var (
	limited = lazyregexp.New(`\blimit\s*:\s*(\d+)`)
	ranged  = lazyregexp.New(`^\S+\s+in\s+\((\d+)\s*\.\.\s*(\d+)\)`)
)

// roundsOf is how often a loop goes round at most, and whether it does at all for everybody.
func roundsOf(loop string) (rounds int, surely bool) {
	rounds = endless
	if found := ranged.FindStringSubmatch(loop); found != nil {
		first, wrongFirst := strconv.Atoi(found[1])
		last, wrongLast := strconv.Atoi(found[2])
		if wrongFirst == nil && wrongLast == nil {
			rounds = max(0, last-first+1)
			surely = rounds > 0 && !strings.Contains(loop, ":")
		}
	}
	if found := limited.FindStringSubmatch(loop); found != nil {
		if limit, wrong := strconv.Atoi(found[1]); wrong == nil && (rounds == endless || limit < rounds) {
			rounds = limit
		}
	}
	return rounds, surely
}

// shortNumber is how many digits a number has that counts the rounds of a loop.
const shortNumber = 5

// counterOf is what a loop over numbers names them, and how many digits they have at most.
func counterOf(loop string) (name string, digits int) {
	found := rangeOf.FindStringSubmatch(loop)
	if found == nil {
		return "", 0
	}
	digits = shortNumber
	if isNumeral(found[2]) && isNumeral(found[3]) {
		digits = max(len(found[2]), len(found[3]))
	}
	return found[1], digits
}

// rangeOf is a loop over a range, whose ends may be names.
var rangeOf = lazyregexp.New(`^(\S+)\s+in\s+\(\s*([^\s()]+?)\s*\.\.\s*([^\s()]+?)\s*\)`)

func isNumeral(text string) bool {
	_, wrong := strconv.Atoi(text)
	return wrong == nil
}

// asksForRound says whether a condition is about the round of a loop over numbers, which is another in each.
func (b *builder) asksForRound(condition string) bool {
	for i := len(b.open) - 1; i >= max(1, len(b.open)-fewGuards) && b.loops > 0; i-- {
		loop := &b.open[i]
		if name := loop.counter; name != "" && strings.HasPrefix(condition, name) && !strings.HasPrefix(condition[len(name):], ".") &&
			(len(condition) == len(name) || !isWord(condition[len(name)])) {
			return true
		}
		if loop.tag.name == "for" {
			return strings.HasPrefix(condition, "forloop.")
		}
	}
	return false
}

// leave ends the present round of the innermost loop, or the loop.
func (b *builder) leave() {
	forSome := true
	for i := len(b.open) - 1; i > 0; i-- {
		block := &b.open[i]
		if block.tag.name == "for" || block.tag.name == "tablerow" {
			block.cuts, block.leaves = true, block.leaves || forSome
			return
		}
		forSome = forSome && !block.byRound
	}
}

// counted is what a counter of a loop prints: a number for all.
func (b *builder) counted(name string) (digits int) {
	counts := strings.HasPrefix(name, "forloop.index") || strings.HasPrefix(name, "forloop.rindex") || name == "forloop.length"
	for i := len(b.open) - 1; i >= max(1, len(b.open)-fewGuards) && b.loops > 0; i-- {
		switch block := &b.open[i]; {
		case counts && block.tag.name == "for":
			if rounds, _ := roundsOf(block.tag.inner.text); rounds != endless {
				return len(strconv.Itoa(rounds))
			}
			return shortNumber
		case block.counter == name:
			return block.digits
		}
	}
	if strings.HasPrefix(name, "forloop.") || strings.HasPrefix(name, "tablerowloop.") {
		return shortNumber // or true and false
	}
	return 0
}

// lacks says whether a value is one that a default stands in for.
func lacks(value string) bool { return value == isNil || value == isFalse || value == "" }

// fixed are the values of which a property has one where a condition around it says so.
func (b *builder) fixed(name string) []string {
	for i := len(b.open) - 1; i >= max(1, len(b.open)-fewGuards); i-- {
		block := &b.open[i]
		var t term
		switch block.branch.name {
		case "if", "elsif":
			t = termOf(block.branch.inner)
		case "when":
			t = whenOf(block.tag.inner, block.branch.inner)
		}
		if t.operand == nameOf(name) && !t.not && len(t.values) <= maxOptions && !slices.ContainsFunc(t.values, lacks) {
			return t.values
		}
	}
	return nil
}
