package personalization

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// Text is a text whose tags have been found, once for all that is asked about it. It is for one goroutine.
type Text struct {
	written  string
	tags     []markup
	broken   int // where a tag begins that does not end, or -1
	before   *Scope
	checked  *checker
	variants *Variants
	isWhole  bool // there are variants
}

// Parse finds the tags of a text. The text is a string's decoded value, not its JSON spelling. The time is linear in its
// length.
func Parse(text string) *Text {
	t := &Text{written: text}
	t.tags, t.broken = scan(text)
	return t
}

// Check finds what is wrong with the personalisation of a text; see [Text.Check].
func Check(text string) []Problem { return Parse(text).Check() }

// Check finds what is wrong with the personalisation of the text, in its order. A text without personalisation has no
// problems. The time is linear in the text's length.
func (t *Text) Check() []Problem { return t.check().problems }

func (t *Text) check() *checker {
	if t.checked != nil {
		return t.checked
	}
	c := &checker{text: t.written}
	if t.before != nil {
		c.names, c.inherits, c.passed = t.before.names, true, slices.Clip(t.before.passed)
	}
	t.checked = c
	c.pickerTokens()
	c.singleBraces()
	for _, tag := range t.tags {
		c.markup(tag)
	}
	if t.broken >= 0 {
		closing := "}}"
		if t.written[t.broken+1] == '%' {
			closing = "%}"
		}
		c.report(t.broken, ruleUnbalanced, Error, "a tag begins here and is not closed by %s", closing)
	} else {
		c.unclosed(t.tags)
	}
	slices.SortStableFunc(c.problems, func(a, b Problem) int { return a.Offset - b.Offset })
	return c
}

type checker struct {
	text     string
	open     []block
	names    map[string]lack // what assign and for have named
	inherits bool            // they are those of the texts before
	loops    int             // how many of those that are open are loops
	passed   []string        // the names that have a value for the users who come to the present place
	refused  string          // an unknown block tag, so that its end is not reported again
	read     []comparison    // room for those of one condition
	asked    func(part)
	problems []Problem
}

func (c *checker) report(at int, rule string, severity Severity, format string, arguments ...any) {
	c.problems = append(c.problems, Problem{at, rule, severity, fmt.Sprintf(format, arguments...)})
}

func (c *checker) markup(tag markup) {
	if tag.name == "" && tag.inner.text == "" {
		c.report(tag.start, ruleSyntax, Error, "the tag is empty; write a name such as {{ Profile.Name | default: 'you' }}")
		return
	}
	wellQuoted := tag.name == "endraw" || tag.name == "endcomment" || c.quotes(tag)
	if tag.name == "" {
		if wellQuoted {
			c.expression(tag.inner, true)
		}
		return
	}
	if c.known(tag) && wellQuoted {
		c.arguments(tag)
	}
}

// isPlain are the bytes that any tag may have.
var isPlain = func() (plain [256]bool) {
	for c := ' '; c < '\x7f'; c++ {
		plain[c] = c != '\'' && c != '"' && c != '\\'
	}
	return plain
}()

// quotes says whether the tag can be read at all. JSON writes a double quote, a backslash or a control character with a
// backslash, and CleverTap reads the tag before JSON is decoded.
func (c *checker) quotes(tag markup) bool {
	whole, inQuotes, told := c.text[tag.start:tag.end], false, false
	printed := tag.name == "" || tag.name == "assign"
	for at := 0; at < len(whole); at++ {
		if isPlain[whole[at]] {
			continue
		}
		r, size := rune(whole[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(whole[at:])
		}
		switch {
		case r == '\'':
			inQuotes = !inQuotes
		case inQuotes && printed && (r < ' ' || r == '"' || r == '\\'):
			if !told {
				c.report(tag.start+at, ruleEscape, Warning,
					"%q is written with a backslash in JSON, and CleverTap reads the tag before JSON is decoded; engines differ in what they print", r)
			}
			told = true
		case r == '"':
			c.report(tag.start+at, ruleEscape, Error,
				`a double quote in a tag becomes \" in JSON, which CleverTap cannot read; write single quotes`)
			return false
		case r == '\\' || r < ' ' || r >= '\x7f' && unicode.IsControl(r):
			c.report(tag.start+at, ruleEscape, Error,
				"%q in a tag is written with a backslash in JSON, which CleverTap cannot read; leave it out", r)
			return false
		case r >= utf8.RuneSelf && !inQuotes && strings.ContainsRune("‘’“”", r):
			c.report(tag.start+at, ruleSyntax, Error, "%q is not a quote in Liquid; write a straight single quote", r)
			return false
		}
		at += size - 1
	}
	if inQuotes {
		c.report(tag.start, ruleSyntax, Error, "a quote in the tag is not closed; an apostrophe in a text is written ’, not '")
		return false
	}
	return true
}

// loop is how what follows for or tablerow begins. Other white space than ASCII's, such as the wide space of Japanese
// keyboards, divides no words in Liquid.
var loop = lazyregexp.New(`^(\S+)\s+in\s+(\S+)`)

// arguments checks what follows a tag's name.
func (c *checker) arguments(tag markup) {
	switch tag.name {
	case "if", "elsif", "unless", "case":
		c.condition(tag.inner)
	case "when":
		for value := range tag.inner.values() {
			c.condition(value)
		}
	case "assign":
		name, value, found := strings.Cut(tag.inner.text, "=")
		if !found || strings.TrimSpace(name) == "" {
			c.report(tag.start, ruleSyntax, Error, "assign needs a name, = and a value")
			return
		}
		mayLack := c.expression(trim(part{value, tag.inner.at + len(name) + 1}), false)
		is := never
		if mayLack {
			is = sometimes
		}
		c.name(strings.TrimSpace(name), is)
	case "for", "tablerow":
		found := loop.FindStringSubmatchIndex(tag.inner.text)
		if found == nil {
			c.report(tag.start, ruleSyntax, Error, "%s needs a name, \"in\" and a list or a range, as in {%% for i in (1..3) %%}", tag.name)
			return
		}
		is := inside
		if tag.inner.text[found[4]] == '(' {
			is = never
		}
		c.name(tag.inner.text[found[2]:found[3]], is)
		c.operand(part{tag.inner.text[found[4]:found[5]], tag.inner.at + found[4]})
	}
}

// lack says whether a user may lack what a tag has named.
type lack int

const (
	never     lack = iota
	sometimes      // it, and all in it
	inside         // not it, an element of a list, but what is in it
)

// of says whether a user may lack what an operand names, which begins with the name.
func (l lack) of(operand, name string) bool { return l == sometimes || l == inside && operand != name }

// name notes that a tag has given a value a name.
func (c *checker) name(name string, is lack) {
	if c.names == nil || c.inherits {
		c.names, c.inherits = own(c.names), false
	}
	c.names[name] = is
}

func (c *checker) condition(p part) {
	if p.text == "" {
		c.report(p.at, ruleSyntax, Error, "a condition lacks a value")
		return
	}
	var wrong flaw
	if c.read, wrong = readCondition(c.read[:0], p); wrong.message != "" {
		c.report(wrong.at, ruleSyntax, wrong.severity, "%s", wrong.message)
		if wrong.severity == Error {
			return
		}
	}
	for _, one := range c.read {
		c.operand(one.left)
		if one.operator != "" {
			c.operand(one.right)
		}
	}
}

// namedArgument is how a filter's argument with a name begins, such as allow_false: true.
var namedArgument = lazyregexp.New(`^[a-z_]+\s*:`)

var defaultWithoutColon = lazyregexp.New(`^default\s*[=(]?\s*['"]`)

// expression checks a value and its filters, and says whether a user may lack the value.
func (c *checker) expression(p part, output bool) (mayLack bool) {
	if output && (c.tagAsOutput(p) || c.otherBraces(p)) {
		return false
	}
	value, rest, more := cut(p, '|')
	lacked := value // the value that a user may lack, or its default
	hasDefault := false
	for more {
		var filter part
		filter, rest, more = cut(rest, '|')
		name, arguments, _ := filterOf(filter)
		switch {
		case name == "" && more && p.text[filter.at-p.at-1:][:2] == "||":
			c.report(filter.at, ruleSyntax, Error, "|| is no operator of Liquid; write | default: '…'")
			return false
		case name == "":
			c.report(filter.at, ruleSyntax, Error, "a filter's name is missing after |")
			return false
		case name == "default":
			if lacked, _, _ = cut(arguments, ','); lacked.text == "" {
				c.report(filter.at, ruleSyntax, Error, "the default filter needs a value, such as default: 'N.A'")
				return false
			}
			hasDefault = hasDefault || !c.mayLack(lacked.text)
		case numeric[name]:
			hasDefault = true // of nothing it makes 0
		case !filters[name] && defaultWithoutColon.MatchString(name):
			c.report(filter.at, ruleSyntax, Error, "the default filter needs a colon; write default: %s",
				shorten(strings.Trim(name[len("default"):], " =()")))
			return false
		case !filters[name]:
			instead := filtersInstead[strings.ToLower(name)]
			if instead == "" {
				instead = nearest(name, filters)
			}
			hasDefault = hasDefault || instead == "default"
			c.report(filter.at, ruleFilter, Error, "%q is not a filter of Liquid%s", shorten(name), meant(instead))
		}
		c.filterArguments(arguments)
	}
	if output && c.calculates(value) {
		return false
	}
	mayLack = c.operand(value) && !hasDefault && !c.guarded(value.text) && !c.guarded(lacked.text)
	if mayLack && output {
		c.report(p.at, ruleDefault, Warning,
			"%s has no default; a user without it gets an empty text: add | default: '…'%s", shorten(lacked.text), c.weakGuard(lacked.text))
	}
	return mayLack
}

// filterArguments checks what stands behind a filter's colon.
func (c *checker) filterArguments(p part) {
	for more := p.text != ""; more; {
		var argument part
		argument, p, more = cut(p, ',')
		if argument.text != "" && 'a' <= argument.text[0] && argument.text[0] <= 'z' {
			named := len(namedArgument.FindString(argument.text))
			argument = trim(part{argument.text[named:], argument.at + named})
		}
		c.operand(argument)
	}
}

// operand checks one value and says whether a user may lack it.
func (c *checker) operand(p part) bool {
	if p.text == "" {
		c.report(p.at, ruleSyntax, Error, "a value is missing")
		return false
	}
	if p.text[0] == '(' && strings.Contains(p.text, "...") {
		c.report(p.at, ruleSyntax, Error, "a range has two points; write %s", shorten(strings.ReplaceAll(p.text, "...", "..")))
		return false
	}
	if isQuoted(p.text) && strings.IndexByte(p.text[1:], p.text[0]) == len(p.text)-2 || p.text[0] == '(' || literals[p.text] {
		return false
	}
	if _, isNumber := number(p.text); isNumber {
		return false
	}
	if c.foreign(p) {
		return false
	}
	masked := p.text
	if quote := strings.IndexByte(masked, '\''); quote >= 0 {
		if masked = mask(p.text); strings.IndexByte(masked[:quote], '[') < 0 {
			c.report(p.at, ruleSyntax, Error, "%s is more than one value; a filter follows |, and further values a comma",
				shorten(p.text))
			return false
		}
	}
	root, property := rootOf(p.text)
	if _, named := c.names[root]; c.asked != nil && !named && !loopObjects[root] {
		c.asked(p)
	}
	switch is, named := c.names[root]; {
	case p.text[0] == '@':
		c.report(p.at, ruleName, Error, "%s is a token of CleverTap's picker, which has no place in a tag; write a name such as Profile.Name",
			shorten(p.text))
	case '0' <= p.text[0] && p.text[0] <= '9' && strings.Contains(p.text, ".."):
		c.report(p.at, ruleSyntax, Error, "a range stands in parentheses; write (%s)", shorten(p.text))
	case strings.Contains(masked, "..") || strings.HasSuffix(masked, "."):
		c.report(p.at, ruleName, Error, "%s lacks a name beside a point; write a name such as Profile.Name", shorten(p.text))
	case slices.Contains(roots, root):
		if strings.TrimSpace(property) == "" {
			c.report(p.at, ruleName, Error, "%s needs the name of a property, such as %s.Name", root, root)
		}
	case root == linked:
	case loopObjects[root]:
		return false
	case named:
		return is.of(p.text, root)
	default:
		for _, name := range roots {
			if strings.EqualFold(name, root) {
				c.report(p.at, ruleName, Error, "capitals matter: write %s instead of %s", name, root)
				return true
			}
		}
		instead := ""
		if root == p.text {
			instead = fmt.Sprintf(" A text stands in quotes: '%s'.", shorten(root))
		}
		c.report(p.at, ruleName, Warning,
			"%q is no name that CleverTap gives a value; names begin with Profile., Event. or ExternalTrigger.%s",
			shorten(p.text), instead)
	}
	return true
}

// mayLack says whether a default is a value that a user may lack.
func (c *checker) mayLack(name string) bool {
	root, _ := rootOf(name)
	is, named := c.names[root]
	return is.of(name, root) || !named && (root == linked || slices.Contains(roots, root))
}

// rootOf is the object that a name begins with, and what of it is named.
func rootOf(name string) (root, property string) {
	for end := range len(name) {
		if name[end] == '.' || name[end] == '[' {
			return name[:end], name[end+1:]
		}
	}
	return name, ""
}

func number(text string) (float64, bool) {
	if text == "" || !strings.ContainsRune("+-.0123456789", rune(text[0])) {
		return 0, false
	}
	value, err := strconv.ParseFloat(text, 64)
	return value, err == nil
}

func shorten(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
