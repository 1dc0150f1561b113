package personalization

import "math"

// Extent is how long a text may become.
type Extent struct {
	Least   int  // what every user receives at least
	Written int  // the longest branches and defaults, without values
	Most    int  // the same with the longest values; of a loop without end one round
	Endless bool // a loop leaves open how often it goes round
	Empty   bool // there are users who receive nothing, though no value of theirs is missing
}

// MayBeEmpty says whether there are users who receive nothing of the text, though no value of theirs is missing.
func (v Variants) MayBeEmpty() bool {
	return v.Extent(func(text string) int { return len(text) }, math.MaxInt).Empty
}

// Extent measures the text, with count for what is written. Values count by their characters. If it may be empty or come over
// the limit, conditions that ask about the same are decided together, unless there are too many of them; then Least may be
// less than what is so, and the others more.
func (v Variants) Extent(count func(text string) int, limit int) Extent {
	m := &measure{count: count}
	e, _ := m.sequence(v.all)
	if e.Most <= limit && !e.Empty || v.blocks < 2 {
		return e
	}
	v.relate()
	m.walk = &walk{}
	var together extents
	for turns, spent := 0, 0; ; turns++ {
		together.add(m.sequence(v.all))
		spent += m.walk.work
		if !m.walk.next() {
			return together.Extent
		}
		if turns >= maxReadings && spent > maxReadings*v.length {
			return e
		}
	}
}

// extents are those of several ways through a text, of which some are sent.
type extents struct {
	Extent
	sent bool
}

func (all *extents) add(e Extent, sent bool) {
	switch {
	case !sent:
	case !all.sent:
		all.Extent, all.sent = e, true
	default:
		all.Least, all.Written, all.Most = min(all.Least, e.Least), max(all.Written, e.Written), max(all.Most, e.Most)
		all.Endless, all.Empty = all.Endless || e.Endless, all.Empty || e.Empty
	}
}

// measure measures a text, with a walk that takes one way through the conditions that are related.
type measure struct {
	count func(string) int
	walk  *walk
}

func (m *measure) sequence(s sequence) (sum Extent, sent bool) {
	sum.Empty = true
	for i := range s {
		v := &s[i]
		var e Extent
		switch {
		case v.aborts:
			return Extent{}, false
		case v.options != nil:
			e = m.output(v.options)
		case v.block != nil:
			if e, sent = m.block(v.block); !sent {
				return Extent{}, false
			}
		default:
			e.Least = m.count(v.text)
			e.Written, e.Most, e.Empty = e.Least, e.Least, v.text == ""
		}
		if m.walk != nil {
			m.walk.work++
		}
		sum.Least += e.Least
		sum.Written += e.Written
		sum.Most += e.Most
		sum.Endless = sum.Endless || e.Endless
		sum.Empty = sum.Empty && e.Empty
	}
	return sum, true
}

func (m *measure) output(options []option) (e Extent) {
	e.Least = math.MaxInt
	for i := range options {
		o := &options[i]
		if o.open {
			e.Least, e.Most = 0, max(e.Most, o.most)
			continue
		}
		length := m.count(o.text)
		e.Least, e.Written, e.Most = min(e.Least, length), max(e.Written, length), max(e.Most, length)
		e.Empty = e.Empty || o.text == ""
	}
	return e
}

// block is the extent of the branch that the walk takes, or of the longest and the shortest among those that are sent.
func (m *measure) block(c *choice) (e Extent, sent bool) {
	if m.walk != nil && c.related {
		return m.sequence(m.walk.branch(c).then)
	}
	var all extents
	for i := range c.branches {
		e, sent := m.sequence(c.branches[i].then)
		if i == 0 {
			e = e.rounds(c)
		}
		if c.byRound && i > 0 {
			e.Empty = e.Empty && all.Empty
			all.Empty = e.Empty
		}
		all.add(e, sent)
	}
	return all.Extent, all.sent
}

// rounds is the extent of a loop, from that of one round.
func (e Extent) rounds(c *choice) Extent {
	count := c.rounds
	switch {
	case count == 1 && !c.cuts:
		return e
	case count == endless:
		e.Endless = true
	case e.Most > 0:
		count = min(count, math.MaxInt32/e.Most)
		e.Written, e.Most = e.Written*count, e.Most*count
	}
	switch {
	case c.cuts || count == 0:
		e.Least = 0
	case c.surely:
		e.Least *= count
	}
	return e
}
