package personalization

import "sort"

// Hole stands in a reading for a value that nobody knows before the message is sent.
const Hole = "\x00"

// Of one text there are maxReadings at least, and as many as take that many times its length.
const (
	maxReadings  = 32
	mostReadings = 1024
)

// Coverage says how many of the readings that a text has there are.
type Coverage int

const (
	// AllReadings are one for each way through the conditions and defaults.
	AllReadings Coverage = iota
	// EachBranch is each branch and each default in one reading at least, but not each combination.
	EachBranch
	// SomeBranches is less than that.
	SomeBranches
)

// Readings are the text as groups of users receive it, with a [Hole] for each value that is not known. Who gets nothing
// because of an abort has none. Conditions that ask about the same are decided once. Their time is linear in the text's
// length, so that of a text with many conditions there are not all.
func (v Variants) Readings() (readings []string, coverage Coverage) {
	v.relate()
	w := &walk{}
	var text []byte
	for turns, spent := 1, 0; ; turns++ {
		var sent bool
		if text, sent = v.all.read(w, text[:0]); sent {
			readings = append(readings, string(text))
		}
		spent += w.work + len(text)
		if !w.next() {
			return readings, AllReadings
		}
		if turns >= mostReadings || turns >= maxReadings && spent > maxReadings*v.length {
			return v.eachBranch()
		}
	}
}

// walk is one way through a text, and the one after it.
type walk struct {
	path  []turn
	depth int // how many turns have been taken
	facts map[string]fact
	taken map[string]int // the options of outputs by their expressions
	work  int
}

// turn is a place where there are several ways.
type turn struct{ at, of int }

// choose takes one of several ways.
func (w *walk) choose(of int) int {
	w.work++
	if of == 1 {
		return 0
	}
	if w.depth == len(w.path) {
		w.path = append(w.path, turn{0, of})
	}
	w.depth++
	return w.path[w.depth-1].at
}

// next goes back to the beginning, for another way, if there is one.
func (w *walk) next() bool {
	w.depth, w.work = 0, 0
	clear(w.facts)
	clear(w.taken)
	for last := len(w.path) - 1; last >= 0; last-- {
		if w.path[last].at++; w.path[last].at < w.path[last].of {
			w.path = w.path[:last+1]
			return true
		}
	}
	return false
}

// option is what an output prints. Equal outputs print the same, unless their names may change between them.
func (w *walk) option(v *variant) *option {
	if len(v.options) == 1 {
		w.work++
		return &v.options[0]
	}
	if v.text == "" {
		return &v.options[w.choose(len(v.options))]
	}
	at, known := w.taken[v.text]
	if !known {
		if w.taken == nil {
			w.taken = map[string]int{}
		}
		at = w.choose(len(v.options))
		w.taken[v.text] = at
	}
	return &v.options[min(at, len(v.options)-1)]
}

// branch is the one of a block that is taken.
func (w *walk) branch(c *choice) *branch {
	for i := range c.branches {
		if w.decide(c.branches[i].when) {
			return &c.branches[i]
		}
	}
	return &branch{}
}

// more is what a loop may print after the first round of a branch.
func (c *choice) more(b *branch, dst []byte) []byte {
	if c.rounds == 1 || b != &c.branches[0] {
		return dst
	}
	return append(dst, Hole...)
}

func (s sequence) read(w *walk, dst []byte) (_ []byte, sent bool) {
	for i := range s {
		switch v := &s[i]; {
		case v.aborts:
			return dst, false
		case v.options != nil:
			dst = w.option(v).appendTo(dst)
		case v.block == nil:
			w.work++
			dst = append(dst, v.text...)
		default:
			chosen := w.branch(v.block)
			if dst, sent = chosen.then.read(w, dst); !sent {
				return dst, false
			}
			dst = v.block.more(chosen, dst)
		}
	}
	return dst, true
}

func (o option) appendTo(dst []byte) []byte {
	if o.open {
		return append(dst, Hole...)
	}
	return append(dst, o.text...)
}

// eachBranch are readings that have each branch and each default once.
func (v Variants) eachBranch() (readings []string, coverage Coverage) {
	var text []byte
	count := v.all.readings()
	for i, spent := 0, 0; i < count; i++ {
		if i >= mostReadings || i >= maxReadings && spent > maxReadings*v.length {
			return readings, SomeBranches
		}
		w := &walk{}
		var sent bool
		if text, sent = v.all.readAt(w, text[:0], i); sent {
			readings = append(readings, string(text))
		}
		spent += w.work + len(text)
	}
	return readings, EachBranch
}

// readings is in how many readings each option and branch of a sequence is there once.
func (s sequence) readings() int {
	most := 1
	for i := range s {
		most = max(most, len(s[i].options))
		if s[i].block != nil {
			most = max(most, s[i].block.count)
		}
	}
	return most
}

func (s sequence) readAt(w *walk, dst []byte, index int) (_ []byte, sent bool) {
	for i := range s {
		w.work++
		switch v := &s[i]; {
		case v.aborts:
			return dst, false
		case v.options != nil:
			dst = v.options[index%len(v.options)].appendTo(dst)
		case v.block == nil:
			dst = append(dst, v.text...)
		default:
			branches, at := v.block.branches, index%v.block.count
			chosen := sort.Search(len(branches), func(i int) bool { return at < branches[i].until })
			if chosen > 0 {
				at -= branches[chosen-1].until
			}
			if dst, sent = branches[chosen].then.readAt(w, dst, at); !sent {
				return dst, false
			}
			dst = v.block.more(&branches[chosen], dst)
		}
	}
	return dst, true
}

// Certain is what is the same in all readings, with a [Hole] for each output that may print one thing or another and for
// each block. sent is false if nobody gets the text.
func (v Variants) Certain() (text string, sent bool) {
	var dst []byte
	for i := range v.all {
		switch piece := &v.all[i]; {
		case piece.aborts:
			return "", false
		case len(piece.options) == 1:
			dst = piece.options[0].appendTo(dst)
		case piece.options != nil || piece.block != nil:
			dst = append(dst, Hole...)
		default:
			dst = append(dst, piece.text...)
		}
	}
	return string(dst), true
}
