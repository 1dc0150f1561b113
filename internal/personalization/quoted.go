package personalization

import (
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// Broken is a tag or picker token whose double quote ends the JSON string around it.
type Broken struct {
	Offset  int    // of the first such quote
	Written string // the tag as it is written
	Instead string // the same with single quotes, or "" if there is no telling
}

var (
	// rawTag is a tag in the raw text of JSON.
	rawTag = lazyregexp.New(`\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}`)
	// rawPicker is a picker token there, up to the quote that begins its default.
	rawPicker = lazyregexp.New(`@([^@|{}"\n]+? |Profile *)- *([^@|{}"\n]+?) *\| *default *: *"`)
	// wholePicker is one whose default ends, so that it is clear what belongs to it.
	wholePicker = lazyregexp.New(`@([^@|{}"\n]+? |Profile *)- *([^@|{}"\n]+?) *\| *default *: *("[^"\n{}]*"|'[^'\n{}]*')`)
)

// BrokenBefore finds the tag or picker token to blame when the raw text of JSON cannot be read from an offset on. JSON goes
// astray at most one string behind the quote.
func BrokenBefore(text string, offset int) (Broken, bool) {
	const farthest = 4096 // the longest tag that is found
	from := max(0, offset-farthest)
	from += strings.LastIndexByte(text[from:offset], '\n') + 1
	line, _, _ := strings.Cut(text[from:min(len(text), offset+farthest)], "\n")
	offset -= from
	blamed := func(quote, end int) bool {
		if quote > offset {
			return false
		}
		astray := line[min(end, offset):offset]
		return strings.Count(astray, `"`) <= 1
	}
	for _, at := range rawTag.FindAllStringIndex(line, -1) {
		written := line[at[0]:at[1]]
		if quote := rawQuote(written); quote >= 0 && blamed(at[0]+quote, at[1]) {
			return Broken{from + at[0] + quote, written, singleQuoted(written)}, true
		}
	}
	for _, at := range rawPicker.FindAllStringSubmatchIndex(line, -1) {
		value, rest, closed := strings.Cut(line[at[1]:], `"`)
		if closed && blamed(at[1]-1, len(line)-len(rest)) {
			token := tokenOf(strings.TrimSpace(line[at[2]:at[3]]), line[at[4]:at[5]], value)
			return Broken{from + at[1] - 1, line[at[0]:at[1]] + value + `"`, token}, true
		}
	}
	return Broken{}, false
}

// rawQuote is where the first double quote stands that has no backslash before it, or -1.
func rawQuote(written string) int {
	for at := range len(written) {
		if written[at] == '"' && written[at-1] != '\\' {
			return at
		}
	}
	return -1
}

// singleQuoted writes a tag with single quotes. An apostrophe between double quotes would end the text that they hold, so it
// becomes a typographic one.
func singleQuoted(written string) string {
	written = strings.ReplaceAll(written, `\"`, `"`)
	pieces := strings.Split(written, `"`)
	if len(pieces)%2 == 0 {
		return ""
	}
	for i := 1; i < len(pieces); i += 2 {
		pieces[i] = strings.ReplaceAll(pieces[i], "'", "’")
	}
	return strings.Join(pieces, "'")
}

// tokenOf writes what a picker token stands for as Liquid.
func tokenOf(source, name, value string) string {
	if source != "Profile" {
		source = "Event"
	}
	return "{{ " + source + "." + name + " | default: '" + strings.ReplaceAll(unquote(strings.TrimSpace(value)), "'", "’") + "' }}"
}

// Unpicked is a text with Liquid in place of picker tokens, as CleverTap fills them where its editor put them. What is not clearly
// a token stays as it is.
func Unpicked(text string) string {
	return wholePicker.ReplaceAllStringFunc(text, func(token string) string {
		parts := wholePicker.FindStringSubmatch(token)
		return tokenOf(strings.TrimSpace(parts[1]), parts[2], parts[3])
	})
}
