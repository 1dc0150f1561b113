package personalization

import (
	"slices"
	"strings"
	"unicode"
)

// Values are what is known of a user when a text is shown to people before it is sent.
type Values struct {
	// Given are values by the names that tags use, such as Profile.Name.
	Given map[string]string
	// Nothing says that the user has no property but those given, as a profile without properties; else it is not known.
	Nothing bool
}

// PieceKind says where a piece of a filled text comes from.
type PieceKind int

// The kinds of pieces.
const (
	// Fixed is what every user gets.
	Fixed PieceKind = iota
	// Filled is what an output gives: a value that was given, a literal, or the default.
	Filled
	// Unknown is an output or tag as it is written, whose value nobody gave.
	Unknown
	// Aborted is an abort as it is written: such a user gets nothing.
	Aborted
)

// Piece is a stretch of a filled text.
type Piece struct {
	Kind PieceKind
	Text string
	// Tag is the output as written, of what is Filled.
	Tag string
	// Unapplied is a filter of the output that has not been applied.
	Unapplied string
}

// Fill is a text as a user with such values receives it, for people to look at; it is no Liquid engine. An output is its
// value, else its default. Where no value is known, it stays as it is written, and of a condition that nobody can decide
// the first branch is kept behind its tag; of a loop one round. Filters other than default are not applied. From where
// [Check] finds the text unbalanced it stays as written. Values are cut at [MaxValueLength]; the time is linear.
func Fill(text string, values Values) []Piece {
	f := &filler{values: values, kept: true}
	tags, broken := scan(text)
	end := len(text)
	if broken >= 0 {
		end = broken
	}
	at, swallows := 0, false
	for _, tag := range tags {
		f.fixed(text[at:tag.start], swallows, text[tag.start+2] == '-')
		swallows = text[tag.end-3] == '-'
		at = tag.end
		f.tag(tag, text[tag.start:tag.end])
	}
	f.fixed(text[at:end], swallows, false)
	if broken >= 0 {
		f.add(Piece{Kind: Unknown, Text: text[broken:]})
	}
	return f.pieces
}

// filler fills one text.
type filler struct {
	values Values
	named  map[string]operandValue // by assign
	open   []openFill
	kept   bool
	pieces []Piece
}

// openFill is a block that Fill is in.
type openFill struct {
	around  bool // the text around the block is kept
	taken   bool // its branch to keep has begun
	subject operandValue
}

func (f *filler) add(p Piece) {
	if f.kept && p.Text != "" {
		f.pieces = append(f.pieces, p)
	}
}

func (f *filler) fixed(text string, left, right bool) {
	if left {
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
	}
	if right {
		text = strings.TrimRightFunc(text, unicode.IsSpace)
	}
	f.add(Piece{Text: text})
}

func (f *filler) tag(tag markup, written string) {
	_, opens := blocks[tag.name]
	switch {
	case tag.name == "":
		if f.kept {
			f.output(tag.inner, written)
		}
	case opens:
		f.begin(tag, written)
	case tag.name == "assign" && f.kept:
		f.assign(tag.inner)
	case tag.name == "abort":
		f.add(Piece{Kind: Aborted, Text: written})
	case len(f.open) == 0:
	case tag.name == "when" || tag.name == "else" || tag.name == "elsif":
		f.divide(tag, written)
	case strings.HasPrefix(tag.name, "end"):
		f.kept = f.open[len(f.open)-1].around
		f.open = f.open[:len(f.open)-1]
	}
}

// begin enters a block.
func (f *filler) begin(tag markup, written string) {
	block := openFill{around: f.kept}
	is := yes // raw
	switch tag.name {
	case "if":
		is = f.condition(tag.inner)
	case "unless":
		is = -f.condition(tag.inner)
	case "for", "tablerow":
		is = maybe
		if found := loop.FindStringSubmatch(tag.inner.text); len(found) > 0 && f.operand(found[2]).state == isNothing {
			is = no
		}
	case "case":
		block.subject = f.operand(tag.inner.text)
		is = no // until its first when
	case "comment":
		is = no
	}
	f.open = append(f.open, block)
	f.enter(is, written)
}

// divide goes from one branch of a block to the next.
func (f *filler) divide(tag markup, written string) {
	is := yes
	switch block := &f.open[len(f.open)-1]; tag.name {
	case "elsif":
		is = f.condition(tag.inner)
	case "when":
		is = no
		for value := range tag.inner.values() {
			is = max(is, equal(block.subject, f.operand(value.text)))
		}
	}
	f.enter(is, written)
}

// enter keeps a branch unless another one of its block is kept or it is none that the user gets.
func (f *filler) enter(is truth, written string) {
	block := &f.open[len(f.open)-1]
	f.kept = block.around && !block.taken && is != no
	block.taken = block.taken || is != no
	if is == maybe {
		f.add(Piece{Kind: Unknown, Text: written})
	}
}

func (f *filler) output(inner part, written string) {
	value, unapplied := f.expression(inner)
	if value.state == isUnknown {
		f.add(Piece{Kind: Unknown, Text: written})
		return
	}
	f.add(Piece{Filled, value.text, written, unapplied})
}

func (f *filler) assign(inner part) {
	name, expression, found := strings.Cut(inner.text, "=")
	if !found {
		return
	}
	value, unapplied := f.expression(trim(part{expression, 0}))
	if unapplied != "" {
		value = operandValue{}
	}
	if f.named == nil {
		f.named = map[string]operandValue{}
	}
	f.named[strings.TrimSpace(name)] = value
}

// expression is a value and its filters, and names one of those that were not applied.
func (f *filler) expression(p part) (value operandValue, unapplied string) {
	written, rest, more := cut(p, '|')
	value = f.operand(written.text)
	for more {
		var filter part
		filter, rest, more = cut(rest, '|')
		name, arguments, hasColon := filterOf(filter)
		switch {
		case name != "default":
			unapplied = name
		case hasColon && (value.state != isText || value.text == "" || value.text == "false"):
			byDefault, _, _ := cut(arguments, ',')
			value = f.operand(byDefault.text)
		}
	}
	return value, unapplied
}

// operandValue is a value in Liquid; the zero value is one that nobody knows.
type operandValue struct {
	state valueState
	text  string
}

type valueState int

const (
	isUnknown valueState = iota
	isNothing            // nil
	isText               // also a number and a boolean, as they print
)

func textValue(text string) operandValue {
	count := 0
	for at := range text {
		if count == MaxValueLength {
			return operandValue{isText, text[:at]}
		}
		count++
	}
	return operandValue{isText, text}
}

func (f *filler) operand(text string) operandValue {
	text = strings.Trim(text, " \t\r\n")
	_, isNumber := number(text)
	switch {
	case text == "nil" || text == "null" || text == "empty" || text == "blank":
		return operandValue{state: isNothing}
	case isNumber || text == "true" || text == "false":
		return textValue(text)
	case unquote(text) != text || text == "''" || text == `""`:
		return textValue(unquote(text))
	}
	if value, named := f.named[text]; named {
		return value
	}
	root, _ := rootOf(text)
	name := text[len(root):]
	if quoted, bracket := strings.CutPrefix(name, "["); bracket {
		name = "." + unquote(strings.TrimSuffix(quoted, "]"))
	}
	if value, given := f.values.Given[root+name]; given {
		return textValue(value)
	}
	if f.values.Nothing && slices.Contains(roots, root) {
		return operandValue{state: isNothing}
	}
	return operandValue{}
}
