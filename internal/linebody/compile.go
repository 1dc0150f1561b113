package linebody

import (
	"fmt"
	"strings"
)

// rules are all tables, ready for use, with what follows from them.
type rules struct {
	tables   map[string]*schema
	messages union

	// everywhere are the types of actions that are not bound to a place; inQuickReply are all, those bound to it first.
	everywhere, inQuickReply []string
	// elsewhere are the actions that exist, and why one does not work where it is not listed.
	elsewhere map[string]string

	// stacked is what a horizontal or vertical box may hold, baseline what a baseline box, and inAnyBox what one of either
	// kind may, for a box whose layout is not known.
	stacked, baseline, inAnyBox union
}

// holder is a value that holds objects with tables of their own.
type holder interface {
	// holds gives the names of the tables.
	holds(all *rules) []string
}

// compile joins tables in the reference's order, and works out which types there are. Its error names a place that was
// forgotten: a type or object without a table, a table that nothing holds, a component that no kind of box was said for.
func compile(lists ...[]*schema) (*rules, error) {
	all := &rules{tables: map[string]*schema{}}
	var ordered []*schema
	for _, list := range lists {
		for _, s := range list {
			if all.tables[s.name] != nil {
				return nil, fmt.Errorf("two tables are named %q", s.name)
			}
			s.source = reference + s.anchor
			s.byName = make(map[string]int, len(s.properties))
			for i, p := range s.properties {
				s.byName[p.name] = i
			}
			all.tables[s.name] = s
			ordered = append(ordered, s)
		}
	}
	all.messages = union{prefix: messagePrefix, what: "a message", open: true}
	for name := range ofKind(ordered, messagePrefix) {
		all.messages.of = append(all.messages.of, name)
	}
	all.addActions(ordered)
	if err := all.addComponents(ordered); err != nil {
		return nil, err
	}
	if err := all.checkReach(ordered); err != nil {
		return nil, err
	}
	return all, nil
}

// ofKind gives the tables of a kind of objects, with their types.
func ofKind(ordered []*schema, prefix string) func(yield func(string, *schema) bool) {
	return func(yield func(string, *schema) bool) {
		for _, s := range ordered {
			if name, ok := strings.CutPrefix(s.name, prefix); ok && !yield(name, s) {
				return
			}
		}
	}
}

// worksOnly is why an object is wrong where it is.
func (s *schema) worksOnly() string { return "is " + s.title + ", which works only " + s.only }

func (r *rules) addActions(ordered []*schema) {
	r.elsewhere = map[string]string{
		"richmenuswitch": "is a rich menu switch action, which works only in a rich menu and never in a message",
	}
	for name, s := range ofKind(ordered, actionPrefix) {
		if s.only != "" {
			r.inQuickReply = append(r.inQuickReply, name)
			r.elsewhere[name] = s.worksOnly()
		} else {
			r.everywhere = append(r.everywhere, name)
			r.elsewhere[name] = "is " + s.title + ", but a video takes only a URI action"
		}
	}
	r.inQuickReply = append(r.inQuickReply, r.everywhere...)
}

// boxes says in which boxes a component works.
type boxes int

const (
	_             boxes = iota // not said
	stackedBoxes               // horizontal and vertical ones
	baselineBoxes              // baseline ones
	allBoxes                   // all
	noBoxes                    // none
	formerlyBoxes              // it is gone from the reference, but all still take it
)

const holdsBoxes = "is a container, which holds boxes and stands in none; write its body here"

func (r *rules) addComponents(ordered []*schema) error {
	component := func() union {
		return union{prefix: componentPrefix, what: "a component", foreign: map[string]string{"bubble": holdsBoxes, "carousel": holdsBoxes}}
	}
	r.stacked, r.baseline, r.inAnyBox = component(), component(), component()
	var last []string
	for name, s := range ofKind(ordered, componentPrefix) {
		switch s.boxes {
		case stackedBoxes:
			r.stacked.of, r.inAnyBox.of = append(r.stacked.of, name), append(r.inAnyBox.of, name)
			r.baseline.foreign[name] = "is a component that does not work in a baseline box, only in a horizontal or vertical one"
		case baselineBoxes:
			r.baseline.of, last = append(r.baseline.of, name), append(last, name)
			r.stacked.foreign[name] = s.worksOnly()
		case allBoxes:
			r.stacked.of, r.inAnyBox.of = append(r.stacked.of, name), append(r.inAnyBox.of, name)
			r.baseline.of = append(r.baseline.of, name)
		case noBoxes:
			for _, box := range []union{r.stacked, r.baseline, r.inAnyBox} {
				box.foreign[name] = s.worksOnly()
			}
		case formerlyBoxes:
			for _, box := range []*union{&r.stacked, &r.baseline, &r.inAnyBox} {
				box.also = append(box.also, name)
			}
		default:
			return fmt.Errorf("the table %q does not say in which boxes the component works", s.name)
		}
		if bound := s.boxes == noBoxes || s.boxes == baselineBoxes; bound != (s.only != "") {
			return fmt.Errorf("the table %q must say where alone the component works if not in all or stacked boxes, and only then",
				s.name)
		}
	}
	r.inAnyBox.of = append(r.inAnyBox.of, last...)
	return nil
}

// checkReach goes from the push body through all that holds objects.
func (r *rules) checkReach(ordered []*schema) error {
	reached := map[string]bool{}
	var visit func(from, name string) error
	visit = func(from, name string) error {
		s := r.tables[name]
		if s == nil {
			return fmt.Errorf("%s holds %q, which has no table", from, name)
		}
		if reached[name] {
			return nil
		}
		reached[name] = true
		for _, p := range s.properties {
			if h, ok := p.value.(holder); ok {
				for _, held := range h.holds(r) {
					if err := visit(name+" "+p.name, held); err != nil {
						return err
					}
				}
			}
		}
		return nil
	}
	if err := visit("a request", pushBody); err != nil {
		return err
	}
	for _, s := range ordered {
		if !reached[s.name] {
			return fmt.Errorf("the table %q is in no property, list or union", s.name)
		}
	}
	return nil
}

func (o object) holds(*rules) []string { return []string{string(o)} }

func (l list) holds(all *rules) []string {
	if of, ok := l.of.(holder); ok {
		return of.holds(all)
	}
	return nil
}

// holds leaves out the foreign types: those have tables of their own places, if any.
func (u union) holds(*rules) []string {
	var names []string
	for _, types := range [][]string{u.of, u.also} {
		for _, name := range types {
			names = append(names, u.prefix+name)
		}
	}
	return names
}

func (messages) holds(all *rules) []string { return all.messages.holds(all) }

func (a action) holds(all *rules) []string { return a.union(all).holds(all) }

func (substitutions) holds(all *rules) []string { return substitution.holds(all) }

func (components) holds(all *rules) []string {
	return append(all.inAnyBox.holds(all), all.baseline.holds(all)...)
}
