package drift

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// finding is one thing that a check found.
type finding struct {
	check check
	// object is KIND/NAME, or what else the finding is about; "" for the account as a whole.
	object string
	// what is what was found, in a sentence. Nothing in it changes from one night to the next while the drift is the same.
	what string
}

// state is how far a part of the world was looked at.
type state string

const (
	looked    state = "looked_at"
	notLooked state = "not_looked_at"
	couldNot  state = "could_not_look"
)

// part is one place that was to be looked at, and what was found there.
type part struct {
	name  string
	state state
	// why is what kept it from being looked at, or from being looked at as a whole.
	why      []string
	findings []finding
}

func newPart(name string) *part { return &part{name: name, state: looked} }

// leave says why a part was not looked at, which is nobody's failure.
func (p *part) leave(why string) { p.state, p.why = notLooked, []string{why} }

// fail notes what could not be looked at; the rest of the part may have been.
func (p *part) fail(err error) {
	p.state = couldNot
	why := plain(err.Error())
	if !strings.HasSuffix(why, ".") && !strings.HasSuffix(why, "?") {
		why += "."
	}
	p.why = append(p.why, why)
}

// mostSaid is how much of a vendor's words is repeated.
const mostSaid = 1000

// plain makes one line of a text, without what a terminal would not simply show.
func plain(text string) string {
	line := strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, text)
	line = strings.Join(strings.Fields(line), " ")
	if len(line) > mostSaid {
		line = strings.ToValidUTF8(line[:mostSaid], "") + "…"
	}
	return line
}

// failOf is fail for one object.
func (p *part) failOf(object string, err error) { p.fail(fmt.Errorf("%s: %w", object, err)) }

func (p *part) found(c check, object, what string, args ...any) {
	p.findings = append(p.findings, finding{check: c, object: object, what: plain(fmt.Sprintf(what, args...))})
}

// result is all that was found of an account.
type result struct {
	account string
	parts   []*part
}

// sorted are the findings that are drift, or the others, by object and in the order of the checks.
func (r result) sorted(off bool) []finding {
	rank := map[string]int{}
	for i, c := range checks {
		rank[c.id] = i
	}
	var all []finding
	for _, p := range r.parts {
		for _, f := range p.findings {
			if f.check.off == off {
				all = append(all, f)
			}
		}
	}
	slices.SortFunc(all, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.object, b.object), cmp.Compare(rank[a.check.id], rank[b.check.id]), cmp.Compare(a.what, b.what))
	})
	return all
}

// in are the names of the parts in a state.
func (r result) in(s state) (names []string) {
	for _, p := range r.parts {
		if p.state == s {
			names = append(names, p.name)
		}
	}
	return names
}

// id is the same as long as the same is off, and "" if nothing is: an issue tracker finds the issue of a drift by it.
func (r result) id() string {
	off := r.sorted(true)
	if len(off) == 0 {
		return ""
	}
	identity := [][3]string{{r.account}}
	for _, f := range off {
		identity = append(identity, [3]string{f.check.id, f.object, f.what})
	}
	text, _ := json.Marshal(identity) // texts always can be
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:6])
}

// headline says how much is off.
func (r result) headline() string {
	switch off := len(r.sorted(true)); off {
	case 0:
		return "nothing is off"
	case 1:
		return "1 thing is off"
	default:
		return fmt.Sprintf("%d things are off", off)
	}
}

// summary is all in one line.
func (r result) summary() string {
	text := r.headline()
	if names := r.in(couldNot); len(names) > 0 {
		text += "; could not look at all of: " + strings.Join(names, ", ")
	}
	if names := r.in(notLooked); len(names) > 0 {
		text += "; not looked at: " + strings.Join(names, ", ")
	}
	return text
}
