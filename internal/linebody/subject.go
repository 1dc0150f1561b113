package linebody

import (
	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// subject is an object as a rule about several of its properties sees it. A rule gets at the values of properties through a
// subject alone, and a subject gives those only that are right by the property's own rule and the same for every user. So no
// rule compares what is wrong already, or Liquid.
type subject struct {
	at    exactjson.Value
	c     *checker
	s     *schema
	depth int // how many objects are around it
}

// around is the object with a table that a subject is in, or, while the values of an object are checked, that object.
func (c *checker) around(depth int) (subject, bool) {
	if depth < 1 {
		return subject{}, false
	}
	return c.within[depth-1], true
}

// outer is the nearest object around.
func (o subject) outer() (subject, bool) { return o.c.around(o.depth) }

// of is an object inside as its type's table has it.
func (o subject) of(at exactjson.Value, prefix string) (subject, bool) {
	if o.c.d.Kind(at) != exactjson.Object {
		return subject{}, false
	}
	_, name, _ := o.c.str(at, "type")
	s := o.c.all.tables[prefix+name]
	return subject{at: at, c: o.c, s: s}, s != nil
}

// member is a property that is there, whatever its value.
func (o subject) member(name string) (exactjson.Value, bool) {
	if o.c.d.Kind(o.at) != exactjson.Object {
		return 0, false
	}
	at, ok := o.c.d.Member(o.at, name)
	return at, ok && o.c.d.Kind(at) != exactjson.Null
}

func (o subject) has(name string) bool {
	_, ok := o.member(name)
	return ok
}

// list is a property that is an array; object is one that is an object.
func (o subject) list(name string) (exactjson.Value, bool) {
	return o.kind(name, exactjson.Array)
}

func (o subject) object(name string) (exactjson.Value, bool) {
	return o.kind(name, exactjson.Object)
}

// kind is a property of a kind; the value of another kind is none, not even for those who do not ask.
func (o subject) kind(name string, kind exactjson.Kind) (exactjson.Value, bool) {
	at, ok := o.member(name)
	if !ok || o.c.d.Kind(at) != kind {
		return 0, false
	}
	return at, true
}

// text is the value of a text, number that of a number, and isTrue says whether a boolean is true.
func (o subject) text(name string) (at exactjson.Value, text string, ok bool) {
	at, ok = o.member(name)
	if !ok || o.c.d.Kind(at) != exactjson.String {
		return at, "", false
	}
	if text = o.c.d.Text(at); personalization.HasTags(text) || !o.sound(at, name) {
		return at, "", false
	}
	return at, text, true
}

func (o subject) number(name string) (at exactjson.Value, number float64, ok bool) {
	at, ok = o.member(name)
	if !ok || o.c.d.Kind(at) != exactjson.Number || !o.sound(at, name) {
		return at, 0, false
	}
	return at, o.c.d.Number(at).Float(), true
}

func (o subject) isTrue(name string) (at exactjson.Value, ok bool) {
	at, ok = o.member(name)
	return at, ok && o.c.d.Kind(at) == exactjson.True
}

// word is the value of a text, or its default where the property is missing.
func (o subject) word(name, byDefault string) (string, bool) {
	if !o.has(name) {
		return byDefault, true
	}
	_, word, ok := o.text(name)
	return word, ok
}

// written is a text as it is written, with its Liquid, for the rules about just that.
func (o subject) written(name string) (at exactjson.Value, text string, ok bool) {
	return o.c.str(o.at, name)
}

// sound says whether a value is right by its property's own rule.
func (o subject) sound(at exactjson.Value, name string) bool {
	index, known := o.s.byName[name]
	if !known {
		return false
	}
	var quiet findings
	found := o.c.found
	o.c.found = &quiet
	o.s.properties[index].value.check(o.c, at)
	o.c.found = found
	return len(quiet.problems) == 0
}
