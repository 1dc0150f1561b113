package personalization

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// term is the question that decides a branch. Without an operand the answer is yes.
type term struct {
	operand string   // what is asked about
	values  []string // one of which it equals; without any the question is whether it is there
	not     bool     // yes and no are changed
	related bool     // another block asks about it, too
}

// free is what a term asks about that no other asks.
const free = "?"

// The words that are values, apart from the texts that are spelled like them.
const (
	isNil   = "\x00nil"
	isFalse = "\x00false"
	isTrue  = "\x00true"
)

// printed is what an output makes of a literal.
func printed(value string) string { return strings.TrimPrefix(value, "\x00") }

// literal is a value as it is compared. A number is what it is written as.
func literal(text string) (value string, ok bool) {
	switch text {
	case "nil", "null":
		return isNil, true
	case "false":
		return isFalse, true
	case "true":
		return isTrue, true
	}
	if _, isNumber := number(text); isNumber {
		return text, true
	}
	if len(text) > 1 && isQuoted(text) {
		return unquote(text), true
	}
	return "", false
}

// termOf is the question of a condition. One that is more than an operand and values asks about its own text.
func termOf(p part) term {
	condition, _ := readCondition(nil, p)
	whole := term{operand: "?" + p.text}
	var t term
	for i, one := range condition {
		operand, value := nameOf(one.left.text), one.right.text
		if _, first := literal(one.left.text); first {
			operand, value = nameOf(value), one.left.text
		}
		if len(condition) == 1 && one.operator == "" {
			return term{operand: operand}
		}
		compared, ok := literal(value)
		differs := one.operator == "!=" || one.operator == "<>"
		if !ok || !differs && one.operator != "==" || i > 0 && (operand != t.operand || differs || t.not || one.joint != "or") {
			return whole
		}
		t.operand, t.not, t.values = operand, differs, append(t.values, compared)
	}
	if t.operand == "" {
		return whole
	}
	return t
}

// whenOf is the question of a case's branch.
func whenOf(subject, when part) term {
	t := term{operand: nameOf(subject.text)}
	for values := range when.values() {
		alternatives, _ := readCondition(nil, values)
		for _, one := range alternatives {
			value, ok := literal(one.left.text)
			if !ok || one.operator != "" || one.joint == "and" {
				return term{operand: "?" + subject.text + "?" + when.text}
			}
			t.values = append(t.values, value)
		}
	}
	return t
}

// fact is what a walk knows of an operand.
type fact struct {
	value string
	known bool     // the value is
	there truth    // whether it is, for Liquid's if
	not   []string // values that it has not, as many as are looked at
}

// ask is the answer to a term, as far as a fact has it, and the values that are left to decide about.
func (t *term) ask(f fact) (answer truth, left []string) {
	if len(t.values) == 0 {
		if f.known {
			return truthOf(f.value != isNil && f.value != isFalse), nil
		}
		return f.there, nil
	}
	if f.known {
		return truthOf(slices.Contains(t.values, f.value)), nil
	}
	for _, value := range t.values {
		there := truthOf(value != isNil && value != isFalse)
		if !slices.Contains(f.not, value) && f.there != -there {
			left = append(left, value)
		}
	}
	if len(left) == 0 {
		return no, nil
	}
	return maybe, left
}

// decide answers a term, where it is open in both ways, one after the other.
func (w *walk) decide(t *term) bool {
	w.work++
	if t.operand == "" {
		return true
	}
	if !t.related {
		return w.choose(2) == 0
	}
	f := w.facts[t.operand]
	const lookup = 16 // what a fact costs, beside a step
	w.work += lookup + len(t.values)*(1+len(f.not))
	answer, left := t.ask(f)
	if answer == maybe {
		if len(left) == 0 {
			answer = yes - 2*truth(w.choose(2))
			f.there = answer
		} else if at := w.choose(len(left) + 1); at < len(left) {
			answer, f.value, f.known = yes, left[at], true
		} else {
			answer, f.not = no, slices.Concat(f.not, left[:min(len(left), maxOptions-len(f.not))])
		}
		if w.facts == nil {
			w.facts = map[string]fact{}
		}
		w.facts[t.operand] = f
	}
	return (answer == yes) != t.not
}

// relate finds the questions of all blocks, and those that several ask.
func (v Variants) relate() {
	r := relater{named: v.named, asked: map[string]*choice{}, again: map[string]bool{}}
	r.ask(v.all, false)
	if len(r.again) > 0 {
		r.mark(v.all)
	}
}

type relater struct {
	named map[string][]option // by assign
	asked map[string]*choice  // what blocks ask about
	again map[string]bool     // what several do
}

// ask notes what blocks ask about. In a loop, and about a name that assign gives, the answer may change.
func (r *relater) ask(s sequence, inLoop bool) {
	for i := range s {
		c := s[i].block
		if c == nil {
			if s[i].options != nil && (inLoop || r.changes(s[i].text)) {
				s[i].text = ""
			}
			continue
		}
		for j := range c.branches {
			one := &c.branches[j]
			question := one.question(c)
			if one.when = &question; question.operand == "" || question.operand == free {
				// No other block asks this.
			} else if inLoop || c.rounds != 1 || r.changes(one.tag.inner.text) || r.changes(c.subject.text) {
				question = term{operand: free}
			} else if before := r.asked[question.operand]; before != nil && before != c {
				r.again[question.operand] = true
			} else {
				r.asked[question.operand] = c
			}
			r.ask(one.then, inLoop || c.rounds != 1)
		}
	}
}

// question is what decides a branch.
func (b *branch) question(c *choice) term {
	switch b.tag.name {
	case "if", "elsif":
		return termOf(b.tag.inner)
	case "unless":
		t := termOf(b.tag.inner)
		t.not = !t.not
		return t
	case "when":
		return whenOf(c.subject, b.tag.inner)
	case "for", "tablerow":
		if !c.surely {
			return term{operand: free}
		}
	}
	return term{}
}

// changes says whether a name that assign gives may be in a text.
func (r *relater) changes(text string) bool {
	if len(r.named) == 0 {
		return false
	}
	for word := range strings.FieldsFuncSeq(text, func(c rune) bool { return c != '-' && c < utf8.RuneSelf && !isWord(byte(c)) }) {
		if _, named := r.named[word]; named {
			return true
		}
	}
	return false
}

// mark marks the questions that several blocks ask, and the blocks with one inside.
func (r *relater) mark(s sequence) (related bool) {
	for i := range s {
		c := s[i].block
		if c == nil {
			continue
		}
		for j := range c.branches {
			one := &c.branches[j]
			one.when.related = r.again[one.when.operand]
			inside := r.mark(one.then)
			c.related = c.related || one.when.related || inside
		}
		related = related || c.related
	}
	return related
}
