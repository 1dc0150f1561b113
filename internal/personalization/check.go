package personalization

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Check finds what is wrong with the personalisation of a text, in the order of the text. The text is a string's decoded
// value, not its JSON spelling. A text without personalisation has no problems. Check is linear in the text's length.
func Check(text string) []Problem {
	c := &checker{text: text}
	c.pickerTokens()
	c.singleBraces()
	tags, broken := scan(text)
	for _, tag := range tags {
		c.markup(tag)
	}
	if broken >= 0 {
		closing := "}}"
		if text[broken+1] == '%' {
			closing = "%}"
		}
		c.report(broken, ruleUnbalanced, Error, "a tag begins here and is not closed by %s", closing)
	} else {
		c.unclosed(tags)
	}
	slices.SortStableFunc(c.problems, func(a, b Problem) int { return a.Offset - b.Offset })
	return c.problems
}

type checker struct {
	text     string
	open     []block
	names    map[string]bool // what assign and for have named, and whether a user may lack it
	refused  string          // an unknown block tag, so that its end is not reported again
	problems []Problem
}

// block is a block that is not closed yet.
type block struct {
	markup
	otherwise bool     // its else has begun
	has       []string // the names that the users of this branch have a value for, by its condition
	hasElse   []string // those that the users have who come to the branches after it
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

// quotes says whether the tag can be read at all. JSON writes a double quote, a backslash or a control character with a
// backslash, and CleverTap reads the tag before JSON is decoded.
func (c *checker) quotes(tag markup) bool {
	whole := c.text[tag.start:tag.end]
	masked := "" // made when it is needed, which is seldom
	for at, r := range whole {
		switch {
		case r >= utf8.RuneSelf && strings.ContainsRune("‘’“”", r):
			if masked == "" {
				masked = mask(whole)
			}
			if masked[at] == whole[at] {
				c.report(tag.start+at, ruleSyntax, Error, "%q is not a quote in Liquid; write a straight single quote", r)
				return false
			}
		case r == '"':
			c.report(tag.start+at, ruleEscape, Error,
				`a double quote in a tag becomes \" in JSON, which CleverTap cannot read; write single quotes`)
			return false
		case r == '\\' || unicode.IsControl(r):
			c.report(tag.start+at, ruleEscape, Error,
				"%q in a tag is written with a backslash in JSON, which CleverTap cannot read; leave it out", r)
			return false
		}
	}
	if strings.Count(whole, "'")%2 != 0 {
		c.report(tag.start, ruleSyntax, Error, "a quote in the tag is not closed")
		return false
	}
	return true
}

// known checks a tag's name and its place among the blocks.
func (c *checker) known(tag markup) bool {
	ended, isEnd := strings.CutPrefix(tag.name, "end")
	_, opens := blocks[tag.name]
	_, closes := blocks[ended]
	switch {
	case opens:
		b := block{markup: tag}
		switch tag.name {
		case "if":
			b.has, b.hasElse = presence(tag.inner.text)
		case "unless":
			b.hasElse, b.has = presence(tag.inner.text)
		}
		c.open = append(c.open, b)
	case isEnd && closes:
		c.close(tag, ended)
		return false
	case tag.name == "else" || tag.name == "elsif" || tag.name == "when":
		if len(c.open) == 0 || !slices.Contains(blocks[c.open[len(c.open)-1].name], tag.name) {
			c.report(tag.start, ruleUnbalanced, Error, "{%% %s %%} stands outside the block it belongs to", tag.name)
			return false
		}
		around := &c.open[len(c.open)-1]
		if tag.name == "elsif" && around.otherwise {
			c.report(tag.start, ruleUnbalanced, Error, "{%% elsif %%} stands after {%% else %%}; put else last")
			return false
		}
		if tag.name == "else" && tag.inner.text != "" {
			c.elseWithMore(tag)
			return false
		}
		around.otherwise = around.otherwise || tag.name == "else"
		around.enter(tag)
	case !singles[tag.name]:
		if !isEnd || ended != c.refused {
			instead := ""
			if name, known := tagsInstead[tag.name]; known {
				instead = "; write " + name
			}
			c.report(tag.start, ruleTag, Error, "CleverTap does not list the Liquid tag %q%s", shorten(tag.name), instead)
			c.refused = tag.name
		}
		return false
	}
	return true
}

func (c *checker) close(tag markup, name string) {
	last := len(c.open) - 1
	if last < 0 || c.open[last].name != name {
		c.report(tag.start, ruleUnbalanced, Error, "{%% %s %%} closes no open {%% %s %%}", tag.name, name)
		return
	}
	c.open = c.open[:last]
}

// loop is how what follows for or tablerow begins. Other white space than ASCII's, such as the wide space of Japanese
// keyboards, divides no words in Liquid.
var loop = regexp.MustCompile(`^(\S+)\s+in\s+(\S+)`)

// arguments checks what follows a tag's name.
func (c *checker) arguments(tag markup) {
	switch tag.name {
	case "if", "elsif", "unless", "case":
		c.condition(tag.inner)
	case "when":
		for _, value := range split(tag.inner, ',') {
			c.condition(value)
		}
	case "assign":
		name, value, found := strings.Cut(tag.inner.text, "=")
		if !found || strings.TrimSpace(name) == "" {
			c.report(tag.start, ruleSyntax, Error, "assign needs a name, = and a value")
			return
		}
		mayLack := c.expression(trim(part{value, tag.inner.at + len(name) + 1}), false)
		c.name(strings.TrimSpace(name), mayLack)
	case "for", "tablerow":
		found := loop.FindStringSubmatchIndex(tag.inner.text)
		if found == nil {
			c.report(tag.start, ruleSyntax, Error, "%s needs a name, \"in\" and a list", tag.name)
			return
		}
		c.name(tag.inner.text[found[2]:found[3]], true)
		c.operand(part{tag.inner.text[found[4]:found[5]], tag.inner.at + found[4]})
	}
}

// name notes that a tag has given a value a name, and whether a user may lack the value.
func (c *checker) name(name string, mayLack bool) {
	if c.names == nil {
		c.names = map[string]bool{}
	}
	c.names[name] = mayLack
}

var operators = regexp.MustCompile(`==|!=|<>|<=|>=|<|>|\s(?:contains|and|or)\b`)

// hasWord says whether there may be an operator that is a word.
func hasWord(masked string) bool {
	return strings.Contains(masked, "contains") || strings.Contains(masked, "and") || strings.Contains(masked, "or")
}

func (c *checker) condition(p part) {
	masked := mask(p.text)
	if !strings.ContainsAny(masked, "=<>") && !hasWord(masked) {
		if p.text == "" {
			c.report(p.at, ruleSyntax, Error, "a condition lacks a value")
			return
		}
		c.operand(p)
		return
	}
	from := 0
	for _, found := range append(operators.FindAllStringIndex(masked, -1), []int{len(p.text), len(p.text)}) {
		side := trim(part{p.text[from:found[0]], p.at + from})
		from = found[1]
		if side.text == "" {
			c.report(p.at, ruleSyntax, Error, "a condition lacks a value")
			return
		}
		if strings.Contains(masked[side.at-p.at:side.at-p.at+len(side.text)], "=") {
			c.report(side.at, ruleSyntax, Error, "a single = compares nothing; write ==")
			return
		}
		c.operand(side)
	}
}

// namedArgument is how a filter's argument with a name begins, such as allow_false: true.
var namedArgument = regexp.MustCompile(`^[a-z_]+\s*:`)

var defaultWithoutColon = regexp.MustCompile(`^default\s*['"]`)

// expression checks a value and its filters, and says whether a user may lack the value.
func (c *checker) expression(p part, output bool) (mayLack bool) {
	parts := split(p, '|')
	hasDefault := false
	for _, filter := range parts[1:] {
		name, arguments := filterOf(filter)
		switch {
		case name == "":
			c.report(filter.at, ruleSyntax, Error, "a filter's name is missing after |")
			return false
		case defaultWithoutColon.MatchString(name):
			c.report(filter.at, ruleSyntax, Error, "the default filter needs a colon; write default: %s",
				shorten(strings.TrimSpace(name[len("default"):])))
			return false
		case !filters[name]:
			c.report(filter.at, ruleFilter, Error, "%q is not a filter of Liquid", shorten(name))
		case name == "default":
			hasDefault = true
			if len(arguments) == 0 || arguments[0].text == "" {
				c.report(filter.at, ruleSyntax, Error, "the default filter needs a value, such as default: 'N.A'")
				return false
			}
		}
		for _, argument := range arguments {
			named := len(namedArgument.FindString(argument.text))
			c.operand(trim(part{argument.text[named:], argument.at + named}))
		}
	}
	mayLack = c.operand(parts[0]) && !hasDefault && !c.guarded(parts[0].text)
	if mayLack && output {
		c.report(p.at, ruleDefault, Warning,
			"%s has no default; a user without it gets an empty text: add | default: '…'", shorten(parts[0].text))
	}
	return mayLack
}

// operand checks one value and says whether a user may lack it.
func (c *checker) operand(p part) bool {
	if p.text == "" {
		c.report(p.at, ruleSyntax, Error, "a value is missing")
		return false
	}
	if _, isNumber := number(p.text); isNumber || literals[p.text] || p.text[0] == '(' {
		return false
	}
	masked := mask(p.text)
	if quote := strings.IndexAny(masked, `'"`); quote >= 0 && !strings.Contains(masked[:quote], "[") {
		if quote > 0 || strings.IndexByte(masked[1:], masked[0])+2 != len(masked) {
			c.report(p.at, ruleSyntax, Error, "%s is more than one value; a filter follows |, and further values a comma",
				shorten(p.text))
		}
		return false
	}
	root, property := p.text, ""
	if end := strings.IndexAny(root, ".["); end >= 0 {
		root, property = root[:end], root[end+1:]
	}
	switch mayLack, named := c.names[root]; {
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
		return mayLack
	default:
		for _, name := range roots {
			if strings.EqualFold(name, root) {
				c.report(p.at, ruleName, Error, "capitals matter: write %s instead of %s", name, root)
				return true
			}
		}
		c.report(p.at, ruleName, Warning,
			"%q is no name that CleverTap gives a value; names begin with Profile., Event. or ExternalTrigger.",
			shorten(p.text))
	}
	return true
}

func number(text string) (float64, bool) {
	if text == "" || !strings.ContainsRune("+-.0123456789", rune(text[0])) {
		return 0, false
	}
	value, err := strconv.ParseFloat(text, 64)
	return value, err == nil
}

// unclosed reports the blocks that are left open, and the first }} that closes nothing, where the opening braces were
// forgotten. Without any tag, }} beside { is data such as JSON.
func (c *checker) unclosed(tags []markup) {
	for _, block := range c.open {
		c.report(block.start, ruleUnbalanced, Error, "{%% %s %%} is not closed by {%% end%s %%}", block.name, block.name)
	}
	if len(tags) == 0 && strings.Contains(c.text, "{") {
		return
	}
	from := 0
	for _, tag := range append(tags, markup{start: len(c.text)}) {
		if at := strings.Index(c.text[from:tag.start], "}}"); at >= 0 && tag.name != "endraw" && tag.name != "endcomment" {
			c.report(from+at, ruleUnbalanced, Warning, "}} closes no tag")
			return
		}
		from = tag.end
	}
}

// picker is what CleverTap's editor shows for a choice from its "@" menu.
var picker = regexp.MustCompile(`@([^@|{}"\n]+?) - ([^@|{}"\n]+?) *\| *default: *"?([^"\n{}]*)"?`)

func (c *checker) pickerTokens() {
	if !strings.Contains(c.text, "@") || !strings.Contains(c.text, "default") {
		return
	}
	for _, at := range picker.FindAllStringSubmatchIndex(c.text, -1) {
		c.report(at[0], rulePicker, Warning,
			"this is a token of CleverTap's picker, which works only where its editor put it; write %s",
			tokenOf(c.text[at[2]:at[3]], c.text[at[4]:at[5]], c.text[at[6]:at[7]]))
	}
}

// singleBraces warns of the first output that lacks a brace on each side.
func (c *checker) singleBraces() {
	for at := range len(c.text) {
		if c.text[at] != '{' || at > 0 && c.text[at-1] == '{' {
			continue
		}
		inner, after, closed := strings.Cut(strings.TrimLeft(c.text[at+1:min(len(c.text), at+longestName)], " "), "}")
		root, _, dotted := strings.Cut(inner, ".")
		if closed && dotted && slices.Contains(roots, root) && !strings.HasPrefix(after, "}") && !strings.Contains(inner, "{") {
			c.report(at, ruleUnbalanced, Warning, "{ %s } stands in single braces and is sent as it is; write {{ %[1]s }}",
				shorten(strings.TrimSpace(inner)))
			return
		}
	}
}

// longestName bounds how far a closing brace is looked for.
const longestName = 200

func shorten(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
