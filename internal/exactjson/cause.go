package exactjson

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// spelledWrong are the words of other languages for what JSON has, and for what it has not.
var spelledWrong = map[string]string{
	"true": "true", "yes": "true", "on": "true",
	"false": "false", "no": "false", "off": "false",
	"null": "null", "none": "null", "nil": "null", "undefined": "null",
	"nan": "", "infinity": "", "inf": "",
}

// word is what begins like a name or a bare text.
var word = lazyregexp.New(`^[\p{L}_$][\p{L}\p{N}_$.-]*`)

// unexpected is the fault of a text that goes on with something else than what is wanted. It names the cause where that is
// one of those that people run into, such as a comment or a comma before a closing bracket, and points at it.
func (p *parser) unexpected(wanted string) *Fault {
	for _, causeOf := range []func(wanted string) *Fault{
		p.endCause, p.languageCause, p.characterCause, p.numberCause, p.commaCause, p.quoteCause, p.otherCause,
	} {
		if fault := causeOf(wanted); fault != nil {
			return fault
		}
	}
	return &Fault{Syntax, "expected " + wanted + ", found " + p.found(), p.at}
}

const (
	wantsValue = "a value"
	wantsKey   = "a key in double quotes"
	wantsColon = "':'"
	wantsDigit = "a digit"
)

func (p *parser) endCause(wanted string) *Fault {
	switch {
	case p.at < len(p.source):
		return nil
	case strings.TrimSpace(p.source) == "":
		return &Fault{Syntax, "the text is empty; " + wanted + " is expected", p.at}
	case p.depth == 0:
		return nil
	}
	open := p.open()
	line, column := Position(p.source, int(open.start))
	bracket := p.source[open.start]
	return &Fault{Syntax, fmt.Sprintf("the text ends, but the %c of line %d, column %d is not closed by %c; expected %s",
		bracket, line, column, closing(bracket), wanted), p.at}
}

func closing(bracket byte) byte {
	if bracket == '{' {
		return '}'
	}
	return ']'
}

// open is the innermost container that is not closed yet: only such a one has no end.
func (p *parser) open() *node {
	last := len(p.nodes) - 1
	for p.nodes[last].end > 0 || p.source[p.nodes[last].start] != '{' && p.source[p.nodes[last].start] != '[' {
		last--
	}
	return &p.nodes[last]
}

func (p *parser) commaCause(wanted string) *Fault {
	if wanted != wantsValue && wanted != wantsKey {
		return nil
	}
	before := strings.TrimRight(p.source[:p.at], " \t\r\n")
	switch c := p.source[p.at]; {
	case strings.HasSuffix(before, ",") && (c == '}' || c == ']'):
		return &Fault{Syntax, fmt.Sprintf("a comma stands before the closing %c, and JSON allows none there; take it out", c),
			len(before) - 1}
	case strings.HasSuffix(before, ",") && c == ',':
		return &Fault{Syntax, "two commas stand beside each other; take one out", p.at}
	case c == ',' || wanted == wantsValue && (c == '}' || c == ']'):
		return &Fault{Syntax, fmt.Sprintf("%s is missing before the %c", wanted, c), p.at}
	}
	return nil
}

// quoteCause finds quotes that are none in JSON, and those in the middle of a text.
func (p *parser) quoteCause(wanted string) *Fault {
	r, _ := utf8.DecodeRuneInString(p.source[p.at:])
	switch {
	case wanted == wantsDigit:
		return nil
	case r == '\'' || r == '`':
		if wanted == wantsValue || wanted == wantsKey {
			return &Fault{Syntax, fmt.Sprintf("JSON has no quotes like %c; write keys and texts in double quotes, \"…\"", r), p.at}
		}
	case strings.ContainsRune("“”„‟«»‘’‚‛「」『』＂＇", r):
		return &Fault{Syntax, fmt.Sprintf(
			"%c is a typographic quote, which word processors and chats make of straight ones; write \" instead", r), p.at}
	}
	last := p.nodes[len(p.nodes)-1]
	ended := int(last.end) // just behind the closing quote of a text
	if wanted == wantsValue || wanted == wantsKey || wanted == wantsColon ||
		ended == 0 || p.source[ended-1] != '"' || p.source[last.start] != '"' {
		return nil
	}
	between := p.source[ended:p.at]
	if strings.Contains(between, "\n") || r == '"' && between != "" || strings.ContainsRune("}]:;={[/#+", r) {
		return nil
	}
	return &Fault{Syntax, `a double quote ends the text here, and more of it follows; inside a text write \" for it`, ended - 1}
}

// otherCause are the causes that the character itself gives away.
func (p *parser) otherCause(wanted string) *Fault {
	rest := p.source[p.at:]
	fault := func(format string, arguments ...any) *Fault {
		return &Fault{Syntax, fmt.Sprintf(format, arguments...), p.at}
	}
	isValue, isKey, isColon := wanted == wantsValue, wanted == wantsKey, wanted == wantsColon
	switch name := word.FindString(rest); {
	case wanted == wantsDigit && strings.HasPrefix(bareWord(name), name+" is no number"):
		return fault("%s", bareWord(name))
	case wanted == wantsDigit:
		return nil
	case strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*") || rest[0] == '#' || strings.HasPrefix(rest, "<!--"):
		return fault("a comment begins here, and JSON has none; take it out")
	case strings.HasPrefix(rest, "<") && p.depth == 0:
		return fault("this is HTML or XML, not JSON")
	case strings.HasPrefix(rest, "..."):
		return fault("... stands for something that was left out; JSON must be complete")
	case isKey && assigned.MatchString(rest):
		return fault("this is Terraform's language, not JSON; there jsonencode({ … }) makes JSON of it")
	case isKey && name != "":
		return fault("the key %s stands without quotes; write %q", name, name)
	case isKey && '0' <= rest[0] && rest[0] <= '9':
		return fault("a key is a number; write it in double quotes")
	case isValue && name != "":
		return fault("%s", bareWord(name))
	case isValue && (rest[0] == '+' || rest[0] == '.'):
		return fault("a number begins with a digit or -, such as 0.5, and not with %c", rest[0])
	case isColon && strings.HasPrefix(rest, "="):
		return fault("= stands between a key and its value; JSON writes : there (in Terraform, jsonencode({ … }) makes JSON)")
	case isColon && (rest[0] == ',' || rest[0] == '}'):
		return fault("the key %s has no value; write : and one", p.lastKey())
	case isColon:
		return fault("the : between the key %s and its value is missing", p.lastKey())
	case isValue || isKey:
		return nil
	case rest[0] == ';':
		return fault("; stands where JSON has a comma")
	case rest[0] == ':' && wanted == wantsMoreElements:
		return fault("a key and its value stand in an array; they belong into braces, { … }")
	case rest[0] == '}' || rest[0] == ']':
		open := p.open()
		line, column := Position(p.source, int(open.start))
		return fault("%c does not close the %c of line %d, column %d", rest[0], p.source[open.start], line, column)
	case rest[0] == '"' || rest[0] == '{' || rest[0] == '[' || rest[0] == '-' || '0' <= rest[0] && rest[0] <= '9' || name != "":
		return p.missingComma(name)
	case rest[0] == '+':
		return fault("JSON joins no texts with +; write one text")
	}
	return nil
}

const wantsMoreElements, wantsMoreMembers = "',' or ']'", "',' or '}'"

// missingComma points behind the value that a comma should follow.
func (p *parser) missingComma(name string) *Fault {
	before := strings.TrimRight(p.source[:p.at], " \t\r\n")
	if len(before) == p.at && (unicode.IsDigit(rune(before[p.at-1])) || unicode.IsLetter(rune(before[p.at-1]))) {
		if before[p.at-1] == '0' && unicode.IsDigit(rune(p.source[p.at])) {
			return &Fault{Syntax, "a number does not begin with a zero; write it without, or in double quotes if it is a text", p.at - 1}
		}
		if name != "" {
			return &Fault{Syntax, "a text must stand in double quotes", p.at}
		}
	}
	return &Fault{Syntax, "a comma is missing here, between two values", len(before)}
}

// lastKey is the key that was read last, as it is written.
func (p *parser) lastKey() string {
	end := strings.LastIndexByte(p.source[:p.at], '"') + 1
	begin := end - 1
	for begin--; begin > 0 && (p.source[begin] != '"' || p.source[begin-1] == '\\'); begin-- {
	}
	const most = 60
	if key := p.source[begin:end]; utf8.RuneCountInString(key) <= most {
		return key
	}
	return "before it"
}

func bareWord(name string) string {
	switch instead, known := spelledWrong[strings.ToLower(name)]; {
	case known && instead == "":
		return name + " is no number in JSON; write one, or leave the property out"
	case known:
		return fmt.Sprintf("JSON does not know %s; write %s", name, instead)
	default:
		return "a text must stand in double quotes"
	}
}

// trailing is the fault of what follows the value.
func (p *parser) trailing() *Fault {
	message := "something follows the end of the JSON value: " + p.found()
	switch rest := p.source[p.at:]; {
	case rest[0] == '}' || rest[0] == ']':
		message = fmt.Sprintf("this %c is one too many: the value has ended before it", rest[0])
	case rest[0] == '{' || rest[0] == '[' || strings.HasPrefix(strings.TrimLeft(rest, ", \t\r\n"), "{"):
		message = "a second JSON value follows the first; several belong into one array, [ … , … ]"
	case rest[0] == ':' && p.source[p.at-1] == '"':
		message = "a key and its value stand alone; an object has braces around them, { … }"
	case rest[0] == ',' || rest[0] == ';':
		message = fmt.Sprintf("a %c follows the end of the JSON value; take it out", rest[0])
	case strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, "/*") || rest[0] == '#' || strings.HasPrefix(rest, "<!--"):
		message = "a comment follows the end of the JSON value, and JSON has none; take it out"
	case strings.HasPrefix(rest, "```"):
		message = "``` follows the end of the JSON value; it belongs to the page that the JSON was copied from"
	}
	if fault := p.characterCause(""); fault != nil {
		message = fault.Message
	}
	return &Fault{TrailingData, message, p.at}
}

// controlCause is the fault of a character that a string must escape.
func (p *parser) controlCause() *Fault {
	switch c := p.source[p.at]; c {
	case '\n', '\r':
		return &Fault{Syntax, `the text does not end on its line: close it with ", or write \n for a line break in it`, p.at}
	case '\t':
		return &Fault{Syntax, `a tab stands inside a text; write \t or spaces`, p.at}
	default:
		return &Fault{Syntax, fmt.Sprintf("the control character %U must be written as an escape inside a string", c), p.at}
	}
}

// escapeCause is the fault of a backslash.
func (p *parser) escapeCause() *Fault {
	message := `a backslash must begin one of \" \\ \/ \b \f \n \r \t \uXXXX`
	if rest := p.source[p.at+1:]; strings.HasPrefix(rest, "'") {
		message += "; a single quote needs none"
	} else if rest != "" && rest[0] >= ' ' {
		message += `; for the backslash itself write \\`
	}
	return &Fault{Syntax, message, p.at}
}
