package personalization

import (
	"fmt"
	"slices"
	"strings"
)

// comparison is a value alone, or two with an operator between. A condition is such in a row.
type comparison struct {
	joint    string // "and" or "or" before it; before the first nothing
	left     part
	operator string // of a value alone nothing
	right    part
}

// flaw is what is wrong with a condition; without a message there is none.
type flaw struct {
	at       int
	severity Severity
	message  string
}

func flawed(at int, severity Severity, format string, arguments ...any) flaw {
	return flaw{at, severity, fmt.Sprintf(format, arguments...)}
}

// operatorsInstead are what people write of other languages, with what Liquid has for it (Shopify, "Operators",
// https://shopify.github.io/liquid/basics/operators/).
var operatorsInstead = map[string]string{
	"&&": "and", "&": "and", "||": "or", "===": "==", "!==": "!=", "=!": "!=", "=<": "<=", "=>": ">=", "=>=": ">=",
}

// isOperator says whether a byte is one of those that operators are made of, in Liquid or elsewhere.
func isOperator(c byte) bool {
	return c == '=' || c == '<' || c == '>' || c == '!' || c == '&' || c == '|'
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' && c != '\v' }

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

// conditionReader reads a condition from left to right, once.
type conditionReader struct {
	p    part
	from int // where the present operand begins
	now  comparison
	read []comparison
	flaw flaw
}

// readCondition appends the comparisons of a condition. A flaw that is an error ends them.
func readCondition(dst []comparison, p part) ([]comparison, flaw) {
	r := conditionReader{p: p, read: dst}
	if r.run() {
		r.end(len(p.text))
		r.read = append(r.read, r.now)
	}
	return r.read, r.flaw
}

// run reads up to the last operand, and says whether that is to be read.
func (r *conditionReader) run() bool {
	text := r.p.text
	var quote byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case isOperator(c):
			end := i + 1
			for end < len(text) && isOperator(text[end]) {
				end++
			}
			if !r.sign(i, text[i:end]) {
				return false
			}
			i = end - 1
		case isSpace(c) && i+1 < len(text):
			word := wordAt(text[i+1:])
			if word == "" {
				continue
			}
			if !r.word(i, word) {
				return false
			}
			if r.from > i {
				i = r.from - 1
			}
		}
	}
	return true
}

// wordAt is the operator in letters that a text begins with, in any case, or "".
func wordAt(text string) string {
	for _, word := range [...]string{"and", "or", "contains"} {
		if len(text) >= len(word) && text[0]|0x20 == word[0] && strings.EqualFold(text[:len(word)], word) &&
			(len(text) == len(word) || !isWord(text[len(word)])) {
			return text[:len(word)]
		}
	}
	return ""
}

// end ends the present operand.
func (r *conditionReader) end(until int) bool {
	operand := trim(part{r.p.text[r.from:until], r.p.at + r.from})
	if r.now.operator == "" {
		r.now.left = operand
	} else {
		r.now.right = operand
	}
	text := operand.text
	switch {
	case r.flaw.message != "" && r.flaw.severity == Error:
	case text == "":
		r.flaw = flawed(r.p.at, Error, "a condition lacks a value")
	case text[0] == '(' && !(strings.Contains(text, "..") && text[len(text)-1] == ')'):
		r.flaw = flawed(operand.at, Error, "Liquid has no parentheses in conditions; put one {%% if %%} into another")
	case len(text) > 4 && isSpace(text[3]) && strings.EqualFold(text[:3], "not"):
		r.negated(operand.at, text[4:])
	default:
		return true
	}
	return false
}

func (r *conditionReader) negated(at int, what string) {
	what = shorten(strings.TrimSpace(what))
	r.flaw = flawed(at, Error, "Liquid has no \"not\"; write {%% unless %s %%} … {%% endunless %%}, or compare with == or !=", what)
}

// sign reads an operator in signs.
func (r *conditionReader) sign(at int, sign string) bool {
	switch sign {
	case "==", "!=", "<", ">", "<=", ">=":
	case "<>":
		if r.flaw.message == "" {
			r.flaw = flawed(r.p.at+at, Warning, "Liquid's documentation has no <>, and not every engine reads it; write !=")
		}
	case "|":
		return r.filter(at)
	default:
		instead, known := operatorsInstead[sign]
		switch where := r.p.at + at; {
		case sign == "=":
			r.flaw = flawed(r.p.at+r.from, Error, "a single = compares nothing; write ==")
		case known:
			r.flaw = flawed(where, Error, "%s is no operator of Liquid; write %s", sign, instead)
		case strings.Trim(sign, "!") == "":
			r.negated(where, r.p.text[at+len(sign):])
		default:
			r.flaw = flawed(where, Error, "%s is no operator of Liquid; it has ==, !=, <, >, <=, >=, contains, and, or", shorten(sign))
		}
		return false
	}
	return r.compares(at, sign, at+len(sign))
}

// compares begins the right side of a comparison.
func (r *conditionReader) compares(at int, operator string, after int) bool {
	if !r.end(at) {
		return false
	}
	if r.now.operator != "" {
		r.flaw = flawed(r.p.at+at, Error, "a comparison has two values; join two comparisons with and")
		return false
	}
	r.now.operator, r.from = operator, after
	return true
}

// filter reads a filter, which some engines leave out and others refuse, unless it is the end of a value alone.
func (r *conditionReader) filter(at int) bool {
	if !r.end(at) {
		return false
	}
	filter, more := firstFilter(r.p.text[at+1:])
	severity := Warning
	if more || r.now.operator != "" || r.now.joint != "" {
		severity = Error
	}
	r.flaw = flawed(r.p.at+at, severity, "a condition takes no filters; give the value a name before: {%% assign value = %s | %s %%}",
		shorten(lastOf(r.now).text), shorten(filter))
	r.read = append(r.read, r.now)
	return false
}

// lastOf is the last value of a comparison.
func lastOf(c comparison) part {
	if c.operator != "" {
		return c.right
	}
	return c.left
}

// firstFilter is what stands before the first comparison behind a filter, and whether there is one.
func firstFilter(text string) (filter string, more bool) {
	masked := mask(text)
	for i := range len(masked) {
		if isOperator(masked[i]) && masked[i] != '|' || isSpace(masked[i]) && wordAt(masked[i+1:]) != "" {
			return strings.TrimSpace(text[:i]), true
		}
	}
	return strings.TrimSpace(text), false
}

// word reads an operator in letters. In capitals it may be part of a property's name.
func (r *conditionReader) word(at int, word string) bool {
	after := at + 1 + len(word)
	switch word {
	case "contains":
		return r.compares(at, word, after)
	case "and", "or":
		if !r.end(at) {
			return false
		}
		r.read = append(r.read, r.now)
		r.now, r.from = comparison{joint: word}, after
		return true
	}
	next := strings.TrimLeft(r.p.text[after:], " ")
	if isRooted(next) || isQuoted(next) || strings.HasSuffix(strings.TrimRight(r.p.text[r.from:at], " "), "'") {
		r.flaw = flawed(r.p.at+at+1, Error, "capitals matter: write %s instead of %s", strings.ToLower(word), word)
		return false
	}
	return true
}

func isQuoted(text string) bool { return text != "" && (text[0] == '\'' || text[0] == '"') }

// isRooted says whether a text begins with the name of an object that holds a user's values.
func isRooted(text string) bool {
	root, _, dotted := strings.Cut(text[:min(len(text), longestName)], ".")
	return dotted && (slices.Contains(roots, root) || root == linked)
}
