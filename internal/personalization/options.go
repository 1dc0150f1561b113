package personalization

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxOptions bounds what one output may print. What people write has fewer defaults.
const maxOptions = 32

// option is one thing that an output may print.
type option struct {
	text string
	open bool // the text is not known
	most int  // how many characters of an open one there are at most
}

func (b *builder) assign(p part) {
	name, value, found := strings.Cut(p.text, "=")
	if !found {
		return
	}
	if b.named == nil || b.inherits {
		b.named, b.sure, b.inherits = own(b.named), own(b.sure), false
	}
	name = strings.TrimSpace(name)
	known := b.named[name]
	b.options = b.expression(b.options[:0], trim(part{value, 0}))
	for _, o := range b.options {
		if len(known) < maxOptions && !slices.Contains(known, o) {
			known = append(slices.Clip(known), o)
		}
	}
	b.named[name] = known
	b.give(name)
}

// expression appends all that a value with its filters may print, up to a bound.
func (b *builder) expression(dst []option, p part) []option {
	value, rest, more := cut(p, '|')
	from := len(dst)
	dst = b.operand(dst, value.text)
	for more {
		var filter part
		filter, rest, more = cut(rest, '|')
		name, arguments, hasColon := filterOf(filter)
		argument, _, _ := cut(arguments, ',')
		switch {
		case name != "default":
			for i := range dst[from:] {
				dst[from+i] = dst[from+i].filter(name, argument.text)
			}
		case hasColon && slices.ContainsFunc(dst[from:], option.mayLack):
			dst = append(dst[:from], slices.DeleteFunc(dst[from:], option.isEmpty)...)
			dst = b.operand(dst, argument.text)
		}
	}
	return dst[:min(len(dst), from+maxOptions)]
}

func (b *builder) operand(dst []option, text string) []option {
	if len(text) > 1 && isQuoted(text) {
		return append(dst, option{text: unquote(text)})
	}
	switch text {
	case "nil", "null", "empty", "blank":
		return append(dst, option{})
	case "true", "false":
		return append(dst, option{text: text})
	}
	if _, isNumber := number(text); isNumber {
		return append(dst, option{text: text})
	}
	if options := b.named[text]; len(options) > 0 {
		if dst = append(dst, options...); !b.sure[text] {
			dst = append(dst, option{})
		}
		return dst
	}
	if digits := b.counted(text); digits > 0 {
		return append(dst, option{open: true, most: digits})
	}
	if values := b.fixed(text); values != nil {
		b.narrowed = true
		for _, value := range values {
			dst = append(dst, option{text: printed(value)})
		}
		return dst
	}
	return append(dst, option{open: true, most: MaxValueLength})
}

func (o option) isEmpty() bool { return !o.open && o.text == "" }
func (o option) mayLack() bool { return o.open || o.text == "" }

// filter is what a filter makes of an option. Of most filters only that nobody knows is known.
func (o option) filter(name, first string) option {
	const digits = 20
	limit, isNumber := number(first)
	if numeric[name] {
		return option{open: true, most: digits}
	}
	switch name {
	case "upcase", "downcase":
		if !o.open {
			if o.text = strings.ToUpper(o.text); name == "downcase" {
				o.text = strings.ToLower(o.text)
			}
		}
		return o
	case "strip", "lstrip", "rstrip", "capitalize", "strip_newlines", "url_encode", "url_escape", "url_param_escape", "escape":
		if o.open || o.text == "" {
			return o
		}
		return option{open: true, most: MaxValueLength}
	case "truncate":
		most := o.most
		if !o.open {
			most = utf8.RuneCountInString(o.text)
		}
		if isNumber && limit >= 0 {
			most = min(most, int(min(limit, math.MaxInt32)))
		}
		if o.open || most < utf8.RuneCountInString(o.text) {
			return option{open: true, most: most}
		}
		return o
	case "date":
		const longestWord = 12
		return option{open: true, most: len(first) + longestWord*strings.Count(first, "%")}
	}
	return option{open: true, most: MaxValueLength}
}
