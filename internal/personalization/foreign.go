package personalization

import (
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// What people write of other languages where Liquid has another word. CleverTap lets a property's name hold spaces, so that a word is
// taken for a foreign one only where no name goes on behind it.

// wordsInstead are the words between two values, with what to write for them.
var wordsInstead = map[string]string{
	"eq": "==", "is": "==", "equals": "==", "equal": "==", "ne": "!=", "neq": "!=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<=",
	"in": "contains, with the list first", "like": "contains", "matches": "contains", "has": "contains", "includes": "contains",
	"include": "contains", "startswith": "contains", "starts_with": "contains", "endswith": "contains", "ends_with": "contains",
	"xor": "two conditions", "plus": "| plus:", "minus": "| minus:",
}

// wordsAtEnd are those behind a value, or between it and an operator.
var wordsAtEnd = map[string]string{
	"exists": "!= blank", "exist": "!= blank", "defined": "!= blank", "not": "unless, or !=",
}

// methodsInstead are what people call on a value, with what to write for it.
var methodsInstead = map[string]string{
	"includes": "contains 'x'", "contains": "contains 'x'", "indexof": "contains 'x'",
	"startswith": "contains 'x'", "endswith": "contains 'x'",
	"touppercase": "| upcase", "upper": "| upcase", "tolowercase": "| downcase", "lower": "| downcase", "trim": "| strip", "strip": "| strip",
	"length": "| size", "size": "| size", "tostring": "the value alone", "capitalize": "| capitalize",
}

var (
	// method is a call on a value.
	method = lazyregexp.New(`\.\s*(\w+)\(\s*(?:\)|['"\d])`)
	// added is what stands between a plus sign.
	added = lazyregexp.New(`\s\+\s*(.*)$`)
)

// foreign reports what cannot be a part of a name, and says whether there is any.
func (c *checker) foreign(p part) bool {
	if !strings.ContainsAny(p.text, " \t(") {
		return false
	}
	masked := mask(p.text)
	if found := method.FindStringSubmatch(masked); found != nil {
		instead := "a filter, such as | upcase, or contains"
		if known := methodsInstead[strings.ToLower(found[1])]; known != "" {
			instead = known
		}
		c.report(p.at, ruleSyntax, Error, "Liquid calls no functions, but %s is one; write %s", shorten(found[1]+"(…)"), instead)
		return true
	}
	if found := added.FindStringSubmatch(masked); len(found) == 2 && isOperandLike(found[1]) {
		c.report(p.at, ruleSyntax, Error, "Liquid has no +; print two values with two {{ }}, or join them with | append:")
		return true
	}
	for at := 0; at < len(masked); at++ {
		if !isBlank(masked[at]) || isBlank(masked[min(at+1, len(masked)-1)]) {
			continue
		}
		word, rest, _ := strings.Cut(masked[at+1:], " ")
		rest = strings.TrimLeft(rest, " ")
		if isRooted(word) {
			c.report(p.at+at+1, ruleSyntax, Error, "%s is a second value, and nothing joins it to the first; write an operator such as == or "+
				"contains between them, or two {{ }}", shorten(word))
			return true
		}
		instead := wordsInstead[strings.ToLower(word)]
		switch {
		case wordsAtEnd[word] != "" && rest == "":
			instead = wordsAtEnd[word]
		case instead == "" || !isOperandLike(rest):
			continue
		}
		c.report(p.at+at+1, ruleSyntax, Error, "%q is no operator of Liquid; write %s. It has ==, !=, <, >, <=, >=, contains, and, or",
			word, instead)
		return true
	}
	return false
}

// otherBraces reports an output that begins as the tags of other languages do.
func (c *checker) otherBraces(p part) bool {
	written := strings.TrimSpace(strings.Trim(p.text, "{}%#/!^>&$- "))
	switch p.text[0] {
	case '{', '&', '$':
		c.report(p.at, ruleSyntax, Error, "Liquid has two braces and no more; write {{ %s }}", shorten(written))
	case '%':
		c.report(p.at, ruleSyntax, Error, "a tag has one brace and a percent sign; write {%% %s %%}", shorten(written))
	case '#', '/', '!', '^', '>':
		c.report(p.at, ruleSyntax, Error, "%s is of another language; Liquid has {%% if … %%}, {%% else %%} "+
			"and {%% endif %%}, and {%% comment %%}",
			shorten(p.text))
	default:
		return false
	}
	return true
}

// isOperandLike says whether a text begins with what is a value, and no name's next word.
func isOperandLike(text string) bool {
	if text == "" {
		return false
	}
	word, _, _ := strings.Cut(text, " ")
	_, isNumber := number(word)
	return isRooted(text) || isQuoted(text) || text[0] == '[' || text[0] == '(' || isNumber || literals[word] ||
		word == "not" || word == "defined"
}
