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
	read, _ := readCondition(nil, p)
	is := maybe
	for i := len(read) - 1; i >= 0; i-- {
		one := f.operand(read[i].left.text).truth()
		if read[i].operator != "" {
			one = compare(f.operand(read[i].left.text), read[i].operator, f.operand(read[i].right.text))
		}
		switch {
		case i == len(read)-1:
			is = one
		case read[i+1].joint == "and":
			is = min(one, is)
		default:
			is = max(one, is)
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
