package personalization

import (
	"strings"
	"unicode"
)

// usualTags is how many tags there is room for at once.
const usualTags = 256

// Variants are what a text may become: of a condition one of its branches, of an output a value or its default. They are
// found in time linear in the text's length.
type Variants struct {
	all    sequence
	length int                 // of the text
	named  map[string][]option // by assign, which may be another value in each place
	sure   map[string]bool     // those of them that are given for all behind the text
	blocks int
}

// sequence are pieces of a text in a row.
type sequence []variant

// variant is one piece: fixed, an output, a block or an abort.
type variant struct {
	text    string   // of a fixed piece; of an output its expression
	options []option // of an output
	block   *choice  // of a block
	aborts  bool     // such a user gets nothing
}

// choice is a block, of which there is one branch at most.
type choice struct {
	subject  part // of a case
	branches []branch
	count    int  // in how many of the readings that have each branch once
	rounds   int  // how often at most a loop goes round, once for what is none, and endless
	surely   bool // a loop goes round for all
	cuts     bool // some of its rounds end before their end
	byRound  bool // inside a loop, its rounds differ in the branch
	related  bool // another block asks about the same, or one inside does
}

// endless are the rounds of a loop that has no known end.
const endless = -1

// branch is one of a block's, with the tag that it begins with.
type branch struct {
	tag   *markup
	then  sequence
	when  *term // once it is asked for
	until int   // the first reading that is one of the next branch, of those that have each branch once
}

// Variants reads the text. Of one whose blocks [Text.Check] finds unbalanced nothing is known, and ok is false.
func (t *Text) Variants() (v Variants, ok bool) {
	if t.variants == nil && t.broken < 0 {
		v, ok = t.build()
		t.variants = &v
		t.isWhole = ok
	}
	if !t.isWhole {
		return Variants{}, false
	}
	return *t.variants, true
}

func (t *Text) build() (v Variants, ok bool) {
	b := &builder{open: make([]openBranches, 1, 4), now: make(sequence, 0, 1+2*min(len(t.tags), usualTags))}
	b.open[0].tag = &markup{}
	if t.before != nil {
		b.named, b.sure, b.inherits = t.before.named, t.before.sure, true
	}
	b.keptOptions.least = 2 * min(len(t.tags), usualTags)
	b.keptPieces.least, b.keptBranches.least = min(len(t.tags), usualTags), min(len(t.tags), usualTags)
	b.keptChoices.least = min(len(t.tags)/2, usualTags)
	at, swallows, comment := 0, false, false
	end := &markup{start: len(t.written)}
	for i := range len(t.tags) + 1 {
		tag := end
		if i < len(t.tags) {
			tag = &t.tags[i]
		}
		piece := t.written[at:tag.start]
		if swallows {
			piece = strings.TrimLeftFunc(piece, unicode.IsSpace)
		}
		if i < len(t.tags) && t.written[tag.start+2] == '-' {
			piece = strings.TrimRightFunc(piece, unicode.IsSpace)
		}
		if !comment && piece != "" {
			b.add(variant{text: piece})
		}
		if i == len(t.tags) {
			break
		}
		at, swallows, comment = tag.end, t.written[tag.end-3] == '-', tag.name == "comment"
		if !b.tag(tag) {
			return Variants{}, false
		}
	}
	return Variants{b.now, len(t.written), b.named, b.sure, b.blocks}, len(b.open) == 1
}

// openBranches is a block that the builder is in; the first of all is the text itself.
type openBranches struct {
	tag       *markup // that the block begins with
	branch    *markup // that the present branch begins with
	branches  int     // where those that have ended begin
	now       int     // where the present one begins
	waits     bool    // a case, for its first when
	otherwise bool    // its else has begun
	leaves    bool    // a loop may end before its end for some users
	cuts      bool    // or for all, in some of its rounds
	byRound   bool    // the rounds of the loop around differ in the branch
	counter   string  // what a loop over numbers names them
	digits    int     // how many they have at most
	aborts    bool    // the present branch does

	sure  []string       // the names that the present branch gives, and nothing before it
	given map[string]int // in how many of the branches that have ended each such name is given
	sent  int            // how many those are that do not abort
}

// builder keeps the branches and pieces of all open blocks in a row, and moves them where they stay when a block ends.
type builder struct {
	named    map[string][]option // by assign, all that the name may be
	sure     map[string]bool     // those that are given on each way to the present place
	loops    int                 // how many blocks that are open are loops
	inherits bool                // both are those of the texts before
	open     []openBranches
	branches []branch
	now      sequence
	options  []option // room for those of one output
	narrowed bool     // they are fewer by a condition around it

	keptBranches shelf[branch]
	keptPieces   shelf[variant]
	keptOptions  shelf[option]
	keptChoices  shelf[choice]
	blocks       int
}

// shelf keeps slices side by side, with room for least at once.
type shelf[T any] struct {
	room  []T
	least int
}

func (s *shelf[T]) keep(all []T) []T {
	from := s.need(len(all))
	s.room = append(s.room, all...)
	return s.room[from:len(s.room):len(s.room)]
}

// one is room for one.
func (s *shelf[T]) one() *T {
	from := s.need(1)
	s.room = s.room[:from+1]
	return &s.room[from]
}

// need sees that there is room, and says where it begins.
func (s *shelf[T]) need(count int) int {
	if cap(s.room)-len(s.room) < count {
		s.room = make([]T, 0, max(count, s.least))
	}
	return len(s.room)
}

func (b *builder) add(v variant) {
	if !b.open[len(b.open)-1].waits {
		b.now = append(b.now, v)
	}
}

// tag reads a tag and says whether it stands where it may.
func (b *builder) tag(tag *markup) bool {
	block := &b.open[len(b.open)-1]
	switch tag.name {
	case "":
		b.narrowed = false
		b.options = b.expression(b.options[:0], tag.inner)
		text := tag.inner.text
		if b.narrowed {
			text = "" // elsewhere the same output may print another of its options
		}
		b.add(variant{text: text, options: b.keptOptions.keep(b.options)})
	case "if", "unless", "case", "for", "tablerow":
		opened := openBranches{tag: tag, branch: tag, branches: len(b.branches), now: len(b.now), waits: tag.name == "case"}
		if tag.name == "for" || tag.name == "tablerow" {
			b.loops++
			opened.counter, opened.digits = counterOf(tag.inner.text)
		} else {
			opened.byRound = b.asksForRound(tag.inner.text)
		}
		b.open = append(b.open, opened)
	case "else", "elsif", "when":
		b.endBranch(block)
		block.waits, block.otherwise = false, block.otherwise || tag.name == "else"
		block.branch = tag
		return len(b.open) > 1
	case "abort":
		block.aborts = true
		b.add(variant{aborts: true})
	case "assign":
		b.assign(tag.inner)
	case "break", "continue":
		b.leave()
	case "include", "now":
		b.add(variant{options: unknown})
	case "raw", "endraw", "comment", "endcomment":
	default:
		if len(b.open) == 1 || tag.name != "end"+block.tag.name {
			return singles[tag.name]
		}
		b.close(block)
	}
	return true
}

// endBranch ends the present branch of a block. What it alone gives names is not sure behind it.
func (b *builder) endBranch(block *openBranches) {
	if block.waits {
		return
	}
	b.branches = append(b.branches, branch{tag: block.branch, then: b.keptPieces.keep(b.now[block.now:])})
	b.now = b.now[:block.now]
	if !block.aborts {
		block.sent++
	}
	for _, name := range block.sure {
		delete(b.sure, name)
		if block.given == nil {
			block.given = map[string]int{}
		}
		if !block.aborts {
			block.given[name]++
		}
	}
	block.sure, block.aborts = nil, false
}

// give notes that a name has a value from here on.
func (b *builder) give(name string) {
	if b.sure[name] {
		return
	}
	if b.sure == nil {
		b.sure = map[string]bool{}
	}
	b.sure[name] = true
	block := &b.open[len(b.open)-1]
	block.sure = append(block.sure, name)
}

// unknown is what a tag prints of which nobody knows what.
var unknown = []option{{open: true, most: MaxValueLength}}

// noneOfThem is the branch of those users who get none, where a block has no else.
var noneOfThem = &markup{name: "else"}

// close ends the innermost block. Without else there are users who get none of its branches.
func (b *builder) close(block *openBranches) {
	b.endBranch(block)
	c := b.keptChoices.one()
	c.rounds = 1
	switch block.tag.name {
	case "case":
		c.subject = block.tag.inner
	case "for":
		b.loops--
		c.rounds, c.surely = roundsOf(block.tag.inner.text)
		c.surely, c.cuts = c.surely && !block.leaves, block.cuts
	case "tablerow":
		b.loops--
		c.rounds = endless // and tags of HTML in each
	default:
		c.byRound = block.byRound
	}
	if !block.otherwise && !c.surely {
		b.branches = append(b.branches, branch{tag: noneOfThem})
	}
	c.branches = b.keptBranches.keep(b.branches[block.branches:])
	b.branches = b.branches[:block.branches]
	given, sent, all := block.given, block.sent, block.otherwise && c.rounds == 1
	b.open = b.open[:len(b.open)-1]
	for name, count := range given {
		if all && count == sent {
			b.give(name)
		}
	}
	for i := range c.branches {
		c.count += c.branches[i].then.readings()
		c.branches[i].until = c.count
	}
	b.blocks++
	b.add(variant{block: c})
}
