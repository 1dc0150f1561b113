package exactjson

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

var (
	// fenced begins a text that was copied from a page or a chat.
	fenced = lazyregexp.New("(?m)^ {0,3}(```|~~~)")
	// asYAML and asJavaScript begin a text in one of those languages.
	asYAML       = lazyregexp.New(`^(%YAML|---\s|- *["'\pL{\[]|["']?[\pL_$][\pL\pN_$-]*["']?: *(\S.*)?(\n|$))`)
	asJavaScript = lazyregexp.New(`^((const|let|var|return|export)\s|module\.exports|window\.|JSON\.|\(\s*\{)`)
	// assigned is a key and its value in Terraform's language, where messages are written as objects, too.
	assigned = lazyregexp.New(`^[\pL_][\pL\pN_-]*\s*=[^>=]`)
)

// languageCause finds that the whole text is in another language than JSON. It looks only where the text begins.
func (p *parser) languageCause(string) *Fault {
	rest := p.source[p.at:]
	if p.depth > 0 {
		return nil
	}
	begin := int(p.nodes[0].start)
	fault := func(message string) *Fault { return &Fault{Syntax, message, begin} }
	switch text := p.source[begin:]; {
	case fenced.MatchString(rest):
		return &Fault{Syntax, "the text has the ``` of a page or chat that it was copied from; keep only what is between them",
			p.at + fenced.FindStringIndex(rest)[0]}
	case asJavaScript.MatchString(text):
		return fault("this is JavaScript, not JSON; keep the object alone, from { to }, with its keys and texts in double quotes")
	case asYAML.MatchString(text):
		return fault("this is YAML, not JSON; in Terraform jsonencode(yamldecode(…)) makes JSON of it")
	case assigned.MatchString(text):
		return fault("this is Terraform's language, not JSON; there jsonencode({ … }) makes JSON of it")
	}
	return nil
}

// fullWidth are the characters that an input method for Chinese or Japanese writes in place of JSON's own.
var fullWidth = map[rune]string{
	'：': ":", '，': ",", '、': ",", '｛': "{", '｝': "}", '［': "[", '］': "]", '【': "[", '】': "]", '；': ",", '－': "-", '−': "-",
}

// characterCause finds characters that look like those of JSON, or like nothing at all.
func (p *parser) characterCause(string) *Fault {
	if p.at == len(p.source) {
		return nil
	}
	r, _ := utf8.DecodeRuneInString(p.source[p.at:])
	instead, known := fullWidth[r]
	var message string
	switch {
	case known:
		message = fmt.Sprintf("%c is a character of full width or a look-alike; write %s instead", r, instead)
	case r >= utf8.RuneSelf && unicode.IsSpace(r) || unicode.Is(unicode.Zs, r) && r != ' ':
		message = fmt.Sprintf("%U stands here, which looks like a space and is none to JSON; write a plain one", r)
	case unicode.Is(unicode.Cf, r):
		message = fmt.Sprintf("the invisible character %U stands here, which often comes along when text is copied; take it out", r)
	case r == 0:
		message = "the invisible character U+0000 stands here; if there are many, the text is UTF-16: save it as UTF-8"
	default:
		return nil
	}
	return &Fault{Syntax, message, p.at}
}

// hexadecimal is what follows the 0 of such a number.
var hexadecimal = lazyregexp.New(`^[xX][0-9a-fA-F]+`)

// numberCause finds numbers as other languages write them.
func (p *parser) numberCause(wanted string) *Fault {
	last := p.nodes[len(p.nodes)-1]
	if last.kind != Number || last.end == 0 {
		return nil
	}
	number, rest := p.source[last.start:last.end], p.source[p.at:]
	behind := p.source[last.end:p.at]
	digits := leadingDigits(rest[min(1, len(rest)):])
	switch hex := hexadecimal.FindString(rest); {
	case behind == "" && number == "0" && hex != "":
		value, err := strconv.ParseUint(hex[1:], 16, 64)
		if err != nil {
			return nil
		}
		return &Fault{Syntax, fmt.Sprintf("JSON has no hexadecimal numbers; write %d", value), int(last.start)}
	case behind == "" && strings.IndexByte("_'", rest[0]) >= 0 && digits != "":
		return &Fault{Syntax, fmt.Sprintf("a number has no %c between its digits; write %s%s", rest[0], number, digits), p.at}
	case wanted == wantsKey && behind == "," && leadingDigits(rest) != "":
		const message = "a number has no comma inside: write its fraction with a point, %s.%s, and thousands without a mark"
		return &Fault{Syntax, fmt.Sprintf(message, number, leadingDigits(rest)), p.at - 1}
	}
	return nil
}

func leadingDigits(text string) string {
	return text[:len(text)-len(strings.TrimLeft(text, "0123456789"))]
}
