package personalization

import (
	"iter"
	"strings"
	"unicode"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// MaxValueLength is the longest value of a profile property, in characters (CleverTap, "Platform Considerations").
const MaxValueLength = 512

// part is a piece of a text without the white space around it, and where it begins.
type part struct {
	text string
	at   int
}

// markup is one Liquid tag: an output {{ … }} or a tag {% … %}.
type markup struct {
	start, end int
	name       string // of a tag; empty for an output
	inner      part   // an output's expression, or what follows a tag's name
}

// HasTags says whether a text contains Liquid, so that what a user receives is not what is written.
func HasTags(text string) bool {
	at := strings.IndexByte(text, '{')
	return at >= 0 && (strings.Contains(text[at:], "{{") || strings.Contains(text[at:], "{%"))
}

// scan finds the tags of a text. broken is where a tag begins that does not end, or -1; nothing after it is read. What
// stands between raw and endraw, or comment and endcomment, is not markup.
func scan(text string) (tags []markup, broken int) {
	for at := 0; ; {
		open := strings.IndexByte(text[at:], '{')
		if open < 0 || at+open+1 == len(text) {
			return tags, -1
		}
		at += open
		isTag := text[at+1] == '%'
		if !isTag && text[at+1] != '{' {
			at++
			continue
		}
		length := closingOf(text[at+2:], isTag)
		if length < 0 {
			return tags, at
		}
		if tags == nil {
			tags = make([]markup, 0, 1+min(strings.Count(text[at:], "{")/2, len(text)/16))
		}
		tags = append(tags, readMarkup(text[at+2:at+2+length], at, isTag))
		tag := &tags[len(tags)-1]
		at = tag.end
		if ending := endOf(tag.name); ending != nil {
			found := ending.FindStringIndex(text[at:])
			if found == nil {
				return tags, -1
			}
			tags = append(tags, readMarkup(text[at+found[0]+2:at+found[1]-2], at+found[0], true))
			at += found[1]
		}
	}
}

// endOf is what ends a block whose inside is not read.
func endOf(name string) *lazyregexp.Regexp {
	if name != "raw" && name != "comment" {
		return nil
	}
	return verbatim[name]
}

// closingOf is how much stands before what closes a tag, or -1 if nothing does before the next tag begins.
func closingOf(text string, isTag bool) int {
	for i := 0; i+1 < len(text); i++ {
		switch c := text[i]; {
		case c == '{' && (text[i+1] == '{' || text[i+1] == '%' && !(isTag && strings.HasPrefix(text[i+2:], "}"))):
			return -1
		case c == '}' && !isTag && text[i+1] == '}', c == '%' && isTag && text[i+1] == '}':
			return i
		}
	}
	return -1
}

// verbatim are the blocks whose inside is not read, with what ends them.
var verbatim = map[string]*lazyregexp.Regexp{
	"raw":     lazyregexp.New(`{%-?\s*endraw\s*-?%}`),
	"comment": lazyregexp.New(`{%-?\s*endcomment\s*-?%}`),
}

func readMarkup(inner string, at int, tag bool) markup {
	found := markup{start: at, end: at + len(inner) + 4}
	at += 2
	if strings.HasPrefix(inner, "-") {
		inner, at = inner[1:], at+1
	}
	found.inner = trim(part{strings.TrimSuffix(inner, "-"), at})
	if tag {
		name := found.inner.text
		for end := range len(name) {
			if isBlank(name[end]) {
				name = name[:end]
				break
			}
		}
		found.name = name
		found.inner = trim(part{found.inner.text[len(name):], found.inner.at + len(name)})
	}
	return found
}

// isBlank is the white space around what a tag holds. The wide space of Japanese keyboards is none.
func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func trim(p part) part {
	from, to := 0, len(p.text)
	for from < to && isBlank(p.text[from]) {
		from++
	}
	for to > from && isBlank(p.text[to-1]) {
		to--
	}
	return part{p.text[from:to], p.at + from}
}

// mask blanks what stands in quotes, so that a search finds only what has a meaning.
func mask(text string) string {
	masked := []byte(text)
	var quote byte
	for i, c := range masked {
		switch {
		case quote == 0 && (c == '\'' || c == '"'):
			quote = c
		case c == quote:
			quote = 0
		case quote != 0:
			masked[i] = '_'
		}
	}
	return string(masked)
}

// cut is what stands before the first separator outside quotes, and what stands behind it.
func cut(p part, separator byte) (before, after part, found bool) {
	var quote byte
	for i := range len(p.text) {
		switch c := p.text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == separator:
			return trim(part{p.text[:i], p.at}), part{p.text[i+1:], p.at + i + 1}, true
		}
	}
	return trim(p), part{}, false
}

// values are the pieces of a part between the commas that stand outside quotes.
func (p part) values() iter.Seq[part] {
	return func(yield func(part) bool) {
		for more := true; more; {
			var piece part
			if piece, p, more = cut(p, ','); !yield(piece) {
				return
			}
		}
	}
}

// filterOf reads "name: arguments". Without a colon there are no arguments.
func filterOf(p part) (name string, arguments part, hasColon bool) {
	at := strings.IndexByte(p.text, ':')
	if at < 0 {
		return p.text, part{}, false
	}
	return trim(part{p.text[:at], p.at}).text, part{p.text[at+1:], p.at + at + 1}, true
}

// Strip is what a text says beside its Liquid: without outputs, tags and comments, but with what stands between raw and
// endraw. Of a text that Check finds unbalanced it is what stands before that place.
func Strip(text string) string {
	tags, broken := scan(text)
	if broken >= 0 {
		text = text[:broken]
	}
	var kept strings.Builder
	at, comment := 0, false
	for _, tag := range append(tags, markup{start: len(text)}) {
		if !comment {
			kept.WriteString(text[at:tag.start])
		}
		at, comment = tag.end, tag.name == "comment"
	}
	return kept.String()
}

// swallow gives to each span with a dash the white space beside it. Where no other text parts it from the next span, that one
// may print nothing, and white space goes on behind it: they become one.
func swallow(text string, spans []Span) []Span {
	merged := make([]bool, len(spans)+1) // with the span before
	for i, goesOn := len(spans)-1, false; i >= 0; i-- {
		span, end := &spans[i], 0
		if i > 0 {
			end = spans[i-1].End
		}
		if goesOn = goesOn || text[span.Start+2] == '-'; goesOn {
			span.Start = end + len(strings.TrimRightFunc(text[end:span.Start], unicode.IsSpace))
			goesOn = span.Start == end
			merged[i] = goesOn
		}
	}
	goesOn := false
	for i := range spans {
		span, start := &spans[i], len(text)
		if i+1 < len(spans) {
			start = spans[i+1].Start
		}
		if goesOn = goesOn || text[span.End-3] == '-'; goesOn {
			span.End = start - len(strings.TrimLeftFunc(text[span.End:start], unicode.IsSpace))
			goesOn = span.End == start
			merged[i+1] = merged[i+1] || goesOn
		}
	}
	whole := spans[:0]
	for i, span := range spans {
		if merged[i] && i > 0 {
			whole[len(whole)-1].End = span.End
		} else {
			whole = append(whole, span)
		}
	}
	return whole
}

// Span is a stretch of a text, in bytes.
type Span struct{ Start, End int }

// Markup finds what a Liquid engine does not print as it stands: outputs, tags and blocks whose inside is not read, each
// with what it may swallow of the text around it (white space beside a dash, of which engines know more or less; what stands
// between a case and its first when).
// Between the spans is text that every engine prints as it is. whole is false of a text that [Check] finds unbalanced.
func Markup(text string) (spans []Span, whole bool) {
	tags, broken := scan(text)
	if broken >= 0 {
		return nil, false
	}
	for i := 0; i < len(tags); i++ {
		span := Span{tags[i].start, tags[i].end}
		until := func(last func(name string) bool) bool {
			for i++; i < len(tags); i++ {
				if span.End = tags[i].end; last(tags[i].name) {
					return true
				}
			}
			return false
		}
		closed := true
		switch name := tags[i].name; {
		case verbatim[name] != nil:
			closed = until(func(other string) bool { return other == "end"+name })
		case name == "case":
			closed = until(func(other string) bool { return other == "when" || other == "else" || other == "endcase" })
		}
		if !closed {
			return nil, false
		}
		spans = append(spans, span)
	}
	return swallow(text, spans), true
}
