package personalization

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hole stands in a reading for a value that nobody knows before the message is sent.
const Hole = "\x00"

// maxReadings bounds the readings of one text. What people write has fewer branches and defaults.
const maxReadings = 32

// Variants are what a text may become: of a condition one of its branches, of an output a value or its default. They are
// found in time linear in the text's length.
type Variants struct{ all sequence }

// VariantsOf reads a text. Of one whose blocks [Check] finds unbalanced nothing is known, and ok is false.
func VariantsOf(text string) (v Variants, ok bool) {
	tags, broken := scan(text)
	if broken >= 0 {
		return Variants{}, false
	}
	b := &builder{open: make([]openBranches, 1, 4)}
	at, swallows, comment := 0, false, false
	for _, tag := range append(tags, markup{start: len(text), end: len(text)}) {
		piece := text[at:tag.start]
		if swallows {
			piece = strings.TrimLeftFunc(piece, unicode.IsSpace)
		}
		isTag := tag.start < len(text)
		if isTag && text[tag.start+2] == '-' {
			piece = strings.TrimRightFunc(piece, unicode.IsSpace)
		}
		if !comment && piece != "" {
			b.add(variant{text: piece, count: 1})
		}
		if !isTag {
			break
		}
		at, swallows, comment = tag.end, text[tag.end-3] == '-', tag.name == "comment"
		if !b.tag(tag) {
			return Variants{}, false
		}
	}
	return Variants{b.open[0].now}, len(b.open) == 1
}

// sequence are pieces of a text in a row.
type sequence []variant

// variant is one piece: fixed, an output, a block or an abort.
type variant struct {
	text     string
	options  []option   // of an output
	branches []sequence // of a block
	loops    bool       // the block may come any number of times
	aborts   bool       // such a user gets nothing
	count    int        // in how many readings each of its options and branches is there once
}

// option is one thing that an output may print.
type option struct {
	text string
	open bool // the text is not known
	most int  // how many characters of an open one there are at most
}

// readings is in how many readings each option and branch of a sequence is there once.
func (s sequence) readings() int {
	most := 1
	for i := range s {
		most = max(most, s[i].count)
	}
	return most
}

// openBranches is a block that the builder is in; the first of all is the text itself.
type openBranches struct {
	name      string
	branches  []sequence
	now       sequence
	waits     bool // a case, for its first when
	otherwise bool // its else has begun
}

type builder struct {
	named map[string][]option // by assign, all that the name may be
	open  []openBranches
}

func (b *builder) add(v variant) {
	if around := &b.open[len(b.open)-1]; !around.waits {
		around.now = append(around.now, v)
	}
}

// tag reads a tag and says whether it stands where it may.
func (b *builder) tag(tag markup) bool {
	block := &b.open[len(b.open)-1]
	ended, isEnd := strings.CutPrefix(tag.name, "end")
	_, opens := blocks[tag.name]
	switch {
	case tag.name == "":
		options := b.expression(tag.inner)
		b.add(variant{options: options, count: len(options)})
	case tag.name == "abort":
		b.add(variant{aborts: true, count: 1})
	case tag.name == "assign":
		b.assign(tag.inner)
	case verbatim[tag.name] != nil || verbatim[ended] != nil:
	case opens:
		b.open = append(b.open, openBranches{name: tag.name, waits: tag.name == "case"})
	case tag.name == "else" || tag.name == "elsif" || tag.name == "when":
		if !block.waits {
			block.branches = append(block.branches, block.now)
		}
		block.now, block.waits, block.otherwise = nil, false, block.otherwise || tag.name == "else"
		return block.name != ""
	case isEnd:
		if ended == "" || block.name != ended {
			return false
		}
		b.close()
	default:
		return singles[tag.name]
	}
	return true
}

// close ends the innermost block. Without else there are users who get none of its branches.
func (b *builder) close() {
	block := b.open[len(b.open)-1]
	b.open = b.open[:len(b.open)-1]
	v := variant{branches: append(block.branches, block.now), loops: block.name == "for" || block.name == "tablerow"}
	if !block.otherwise {
		v.branches = append(v.branches, nil)
	}
	for _, branch := range v.branches {
		v.count += branch.readings()
	}
	b.add(v)
}

func (b *builder) assign(p part) {
	name, value, found := strings.Cut(p.text, "=")
	if !found {
		return
	}
	if b.named == nil {
		b.named = map[string][]option{}
	}
	name = strings.TrimSpace(name)
	if known := b.named[name]; len(known) < maxReadings {
		b.named[name] = append(known, b.expression(trim(part{value, 0}))...)
	}
}

// expression is all that a value with its filters may print.
func (b *builder) expression(p part) []option {
	parts := split(p, '|')
	options := b.operand(parts[0].text)
	for _, filter := range parts[1:] {
		name, arguments := filterOf(filter)
		switch {
		case name == "default" && len(arguments) > 0:
			if options[0].open || options[0].text == "" {
				if !options[0].open {
					options = nil
				}
				options = append(options, b.operand(arguments[0].text)...)
			}
		default:
			filtered := make([]option, len(options))
			for i, o := range options {
				filtered[i] = o.filter(name, arguments)
			}
			options = filtered
		}
	}
	return options[:min(len(options), maxReadings)]
}

func (b *builder) operand(text string) []option {
	_, isNumber := number(text)
	switch {
	case text == "nil" || text == "null" || text == "empty" || text == "blank" || text == "''" || text == `""`:
		return []option{{}}
	case isNumber || text == "true" || text == "false":
		return []option{{text: text}}
	case unquote(text) != text:
		return []option{{text: unquote(text)}}
	}
	if options := b.named[text]; len(options) > 0 {
		return append([]option(nil), options...)
	}
	return []option{{open: true, most: MaxValueLength}}
}

// filter is what a filter makes of an option. Of most filters only that nobody knows is known.
func (o option) filter(name string, arguments []part) option {
	const digits = 20
	first := ""
	if len(arguments) > 0 {
		first = arguments[0].text
	}
	limit, isNumber := number(first)
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
	case "plus", "minus", "times", "divided_by", "modulo", "round", "ceil", "floor", "abs", "at_least", "at_most", "size":
		return option{open: true, most: digits}
	case "date":
		const longestWord = 12
		return option{open: true, most: len(first) + longestWord*strings.Count(first, "%")}
	}
	return option{open: true, most: MaxValueLength}
}

// Readings are the text as groups of users receive it, with each branch and each default in one of them at least, and a
// [Hole] for each value that is not known. Who gets nothing because of an abort has none.
func (v Variants) Readings() []string {
	var readings []string
	for i := range min(v.all.readings(), maxReadings) {
		if reading, sent := v.all.reading(nil, i); sent {
			readings = append(readings, string(reading))
		}
	}
	return readings
}

func (s sequence) reading(dst []byte, index int) (_ []byte, sent bool) {
	sent = true
	for i := range s {
		v := &s[i]
		at := index % v.count
		switch {
		case v.aborts:
			return dst, false
		case len(v.options) == 0:
			dst = append(dst, v.text...)
		case v.options[at].open:
			dst = append(dst, Hole...)
		default:
			dst = append(dst, v.options[at].text...)
		}
		for _, branch := range v.branches {
			if count := branch.readings(); at >= count {
				at -= count
				continue
			}
			if dst, sent = branch.reading(dst, at); !sent {
				return dst, false
			}
			break
		}
	}
	return dst, sent
}

// MayBeEmpty says whether there are users who receive nothing of the text, though no value of theirs is missing.
func (v Variants) MayBeEmpty() bool { return v.all.mayBeEmpty() }

func (s sequence) mayBeEmpty() bool {
	for _, v := range s {
		empty := v.branches == nil && v.options == nil && v.text == "" && !v.aborts
		for _, o := range v.options {
			empty = empty || !o.open && o.text == ""
		}
		for _, branch := range v.branches {
			empty = empty || branch.mayBeEmpty()
		}
		if !empty {
			return false
		}
	}
	return true
}

// Extent is how long a text may become.
type Extent struct {
	Least   int  // what every user receives at least
	Written int  // the longest branches and defaults, without values
	Most    int  // the same with the longest values, and one round of each loop
	Endless bool // a loop leaves open how often it goes round
}

// Extent measures the text, with count for what is written. Values count by their characters.
func (v Variants) Extent(count func(text string) int) Extent {
	e, _ := v.all.extent(count)
	return e
}

func (s sequence) extent(count func(string) int) (sum Extent, sent bool) {
	for _, v := range s {
		var e Extent
		switch {
		case v.aborts:
			return Extent{}, false
		case v.options != nil:
			e = extentOf(v.options, count)
		case v.branches == nil:
			e.Least = count(v.text)
			e.Written, e.Most = e.Least, e.Least
		default:
			if e, sent = v.blockExtent(count); !sent {
				return Extent{}, false
			}
		}
		sum.Least += e.Least
		sum.Written += e.Written
		sum.Most += e.Most
		sum.Endless = sum.Endless || e.Endless
	}
	return sum, true
}

func extentOf(options []option, count func(string) int) (e Extent) {
	e.Least = math.MaxInt
	for _, o := range options {
		if o.open {
			e.Least, e.Most = 0, max(e.Most, o.most)
			continue
		}
		length := count(o.text)
		e.Least, e.Written, e.Most = min(e.Least, length), max(e.Written, length), max(e.Most, length)
	}
	return e
}

// blockExtent is that of the longest and the shortest branch among those that are sent.
func (v variant) blockExtent(count func(string) int) (e Extent, sent bool) {
	e.Least = math.MaxInt
	for _, branch := range v.branches {
		b, isSent := branch.extent(count)
		if !isSent {
			continue
		}
		sent = true
		e.Least, e.Written = min(e.Least, b.Least), max(e.Written, b.Written)
		e.Most, e.Endless = max(e.Most, b.Most), e.Endless || b.Endless || v.loops
	}
	return e, sent
}
