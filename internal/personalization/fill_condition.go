package personalization

import (
	"cmp"
	"strings"
)

// truth is what is known of a condition. Its negation is the opposite, and "and" and "or" are the lesser and the greater.
type truth int

const (
	no truth = iota - 1
	maybe
	yes
)

func truthOf(is bool) truth {
	if is {
		return yes
	}
	return no
}

// condition is what is known of a condition for the filler's values. Liquid reads "and" and "or" from the right.
func (f *filler) condition(p part) truth {
	masked := mask(p.text)
	var terms []truth
	var joints []string
	from := 0
	var side operandValue
	compares := ""
	end := func(until int) {
		value := f.operand(p.text[from:until])
		if compares != "" {
			terms = append(terms, compare(side, compares, value))
		} else {
			terms = append(terms, value.truth())
		}
		compares = ""
	}
	for _, found := range operators.FindAllStringIndex(masked, -1) {
		switch operator := strings.TrimSpace(masked[found[0]:found[1]]); operator {
		case "and", "or":
			end(found[0])
			joints = append(joints, operator)
		default:
			side, compares = f.operand(p.text[from:found[0]]), operator
		}
		from = found[1]
	}
	end(len(p.text))
	is := terms[len(terms)-1]
	for i := len(joints) - 1; i >= 0; i-- {
		if joints[i] == "and" {
			is = min(terms[i], is)
		} else {
			is = max(terms[i], is)
		}
	}
	return is
}

func (v operandValue) truth() truth {
	if v.state == isUnknown {
		return maybe
	}
	return truthOf(v.state == isText && v.text != "false")
}

func equal(a, b operandValue) truth {
	if a.state == isUnknown || b.state == isUnknown {
		return maybe
	}
	if x, y, ok := numbers(a, b); ok {
		return truthOf(x == y)
	}
	return truthOf(a == b)
}

// numbers are two values that are both numbers. Values that people give have no type.
func numbers(a, b operandValue) (x, y float64, ok bool) {
	x, first := number(a.text)
	y, second := number(b.text)
	return x, y, first && second
}

// compare is what an operator says of two values. nil is neither less nor more than anything, and contains nothing.
func compare(a operandValue, operator string, b operandValue) truth {
	switch operator {
	case "==":
		return equal(a, b)
	case "!=", "<>":
		return -equal(a, b)
	}
	if a.state == isUnknown || b.state == isUnknown {
		return maybe
	}
	if a.state == isNothing || b.state == isNothing {
		return no
	}
	if operator == "contains" {
		return truthOf(strings.Contains(a.text, b.text))
	}
	order := strings.Compare(a.text, b.text)
	if x, y, ok := numbers(a, b); ok {
		order = cmp.Compare(x, y)
	}
	switch operator {
	case "<":
		return truthOf(order < 0)
	case "<=":
		return truthOf(order <= 0)
	case ">":
		return truthOf(order > 0)
	default:
		return truthOf(order >= 0)
	}
}
