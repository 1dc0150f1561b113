package linebody

import (
	"fmt"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// text is a string with bounds to its length.
type text struct {
	unit     unit
	min, max int      // max 0 is no bound
	empty    Severity // of a text below min
	over     Severity // of a text above max
	remark   string   // why max is what it is, with a space before it
	pattern  *charset // nil lets every character pass
}

// charset is the characters that a text may be made of.
type charset struct {
	allowed string
	shown   string // as LINE's reference shows it
}

const alphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

func (t text) check(c *checker, at exactjson.Value) {
	if !c.isKind(at, exactjson.String) {
		return
	}
	written := c.d.Text(at)
	switch {
	case personalization.HasTags(written) && !c.skipsLiquid(at, written):
		fixed, more := personalization.Extent(written)
		t.length(c, at, fixed, more)
	case written == "" && t.min > 0:
		c.report(at, ruleEmpty, t.empty, "must not be empty")
	default:
		t.length(c, at, written, 0)
		t.characters(c, at, written)
	}
}

// length checks a text of which fixed is what every user receives and more is what rendering may add, in characters; -1
// is without bound.
func (t text) length(c *checker, at exactjson.Value, fixed string, more int) {
	count := len(fixed) // no unit gives more
	if t.max == 0 || more >= 0 && count+more <= t.max {
		return
	}
	switch count = t.unit.count(fixed); {
	case count > t.max:
		c.report(at, ruleLength, t.over, "has %d of at most %d %s%s", count, t.max, t.unit, t.remark)
	case more < 0:
		c.report(at, ruleLength, Warning, "has %d of at most %d %s%s, and what its loop adds has no known end",
			count, t.max, t.unit, t.remark)
	case count+more > t.max:
		c.report(at, ruleLength, Warning, "has %d of at most %d %s%s, and the rendered values may add %d",
			count, t.max, t.unit, t.remark, more)
	}
}

func (t text) characters(c *checker, at exactjson.Value, written string) {
	if t.pattern == nil {
		return
	}
	wrong := strings.IndexFunc(written, func(r rune) bool { return !strings.ContainsRune(t.pattern.allowed, r) })
	if wrong >= 0 {
		c.report(at, ruleCharacters, Error, "contains %q; allowed are %s", firstRune(written[wrong:]), t.pattern.shown)
	}
}

func firstRune(text string) rune {
	for _, r := range text {
		return r
	}
	return 0
}

// flag is true or false.
type flag struct{}

func (flag) check(c *checker, at exactjson.Value) { c.isKind(at, exactjson.True) }

// whole is a whole number.
type whole struct {
	min      int
	only     int      // when it is not 0, the one number allowed
	unit     string   // of the message, with a space before it
	asString Severity // of digits in quotes; the zero value is Error
}

func (w whole) check(c *checker, at exactjson.Value) {
	if c.d.Kind(at) == exactjson.String && w.asString == Warning && isDigits(c.d.Text(at)) {
		c.report(at, ruleType, Warning, "should be a number without quotes, but is a string")
		return
	}
	if !c.isKind(at, exactjson.Number) {
		return
	}
	literal := c.d.Raw(at)
	number := exactjson.ParseDecimal(literal)
	switch value := number.Float(); {
	case !number.IsWhole():
		c.report(at, ruleRange, Error, "is %s, but must be a whole number", shorten(literal, 40))
	case w.only != 0 && value != float64(w.only):
		c.report(at, ruleRange, Error, "is %s%s, but must be %d%s", shorten(literal, 40), w.unit, w.only, w.unit)
	case w.only == 0 && value < float64(w.min):
		c.report(at, ruleRange, Error, "is %s%s, but must be at least %d%s", shorten(literal, 40), w.unit, w.min, w.unit)
	}
}

func isDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// degrees is a number whose bounds LINE does not state, but geography does.
type degrees struct{ most float64 }

func (g degrees) check(c *checker, at exactjson.Value) {
	if !c.isKind(at, exactjson.Number) {
		return
	}
	literal := c.d.Raw(at)
	if value := exactjson.ParseDecimal(literal).Float(); value < -g.most || value > g.most {
		c.report(at, ruleRange, Warning, "is %s, which is not between -%g and %g degrees",
			shorten(literal, 40), g.most, g.most)
	}
}

// choice is one of some words.
type choice struct {
	words    []string
	severity Severity
}

func oneOf(words ...string) choice { return choice{words: words} }

func (o choice) check(c *checker, at exactjson.Value) {
	if !c.isKind(at, exactjson.String) {
		return
	}
	word := c.d.Text(at)
	if !slices.Contains(o.words, word) && !c.personalised(at, word) {
		c.report(at, ruleChoice, o.severity, "is %q, but must be one of %s%s",
			shorten(word, 60), strings.Join(o.words, ", "), nearest(word, o.words))
	}
}

// personalised says whether a text cannot be checked before it is rendered, and warns of it where the text is not meant
// for a person to read.
func (c *checker) personalised(at exactjson.Value, written string) bool {
	if !personalization.HasTags(written) {
		return false
	}
	c.report(at, ruleUnchecked, Warning, "depends on the user, so that its form cannot be checked before it is sent")
	return true
}

// list is an array.
type list struct {
	min, max int // max 0 is no bound
	of       value
	what     string // the elements, in plural
}

func (l list) check(c *checker, at exactjson.Value) {
	if !c.isKind(at, exactjson.Array) {
		return
	}
	c.items(at, c.d.Count(at), l.min, l.max, l.what)
	for element := range c.d.Children(at) {
		l.of.check(c, element)
	}
}

// items checks how many elements a list has.
func (c *checker) items(at exactjson.Value, count, least, most int, what string) {
	if message := itemsProblem(count, least, most, what); message != "" {
		c.report(at, ruleItems, Error, "%s", message)
	}
}

func itemsProblem(count, least, most int, what string) string {
	switch {
	case count >= least && (most == 0 || count <= most):
		return ""
	case least == 0:
		return fmt.Sprintf("has %d of at most %d %s", count, most, what)
	case least == most:
		return fmt.Sprintf("has %d %s, but must have exactly %d", count, what, most)
	default:
		return fmt.Sprintf("has %d %s, but must have %d to %d", count, what, least, most)
	}
}

// object is an object with a table of its own.
type object string

func (o object) check(c *checker, at exactjson.Value) { c.object(at, c.all.tables[string(o)], false) }

// union is an object whose "type" says which table it follows.
type union struct {
	of      []string          // the types, in the reference's order
	prefix  string            // of the tables' names
	what    string            // what the types are types of
	also    []string          // types that are gone from the reference, but still work
	foreign map[string]string // types that exist elsewhere, and why not here
	open    bool              // LINE adds types over time, so that one that is none of them may be right
}

func (u union) check(c *checker, at exactjson.Value) {
	if name, ok := c.typeOf(at, u); ok {
		c.object(at, c.all.tables[u.prefix+name], true)
	}
}

// typeOf reads an object's type and reports one that the union lacks.
func (c *checker) typeOf(at exactjson.Value, u union) (name string, ok bool) {
	if !c.isKind(at, exactjson.Object) {
		return "", false
	}
	typeAt, found := c.d.Member(at, "type")
	if !found || c.d.Kind(typeAt) == exactjson.Null {
		for member := range c.d.Children(at) {
			if key := c.d.Key(member); key != "type" && strings.EqualFold(key, "type") {
				c.reportKey(member, ruleCase, Error,
					"%s has no property %q; upper and lower case matter: write \"type\"", u.what, shorten(key, 60))
				return "", false
			}
		}
		c.reportMember(at, "type", ruleMissing, Error, "%s needs \"type\", one of %s", u.what, strings.Join(u.of, ", "))
		return "", false
	}
	if !c.isKind(typeAt, exactjson.String) {
		return "", false
	}
	name = c.d.Text(typeAt)
	if slices.Contains(u.of, name) || slices.Contains(u.also, name) {
		return name, true
	}
	if c.personalised(typeAt, name) {
		return "", false
	}
	if reason, known := u.foreign[name]; known {
		c.report(typeAt, rulePlace, Error, "%s", reason)
		return name, c.all.tables[u.prefix+name] != nil
	}
	severity := Error
	if u.open && !c.opts.Strict {
		severity = Warning
	}
	c.report(typeAt, ruleUnknownType, severity, "is %q, which is no type of %s in LINE's reference of %s: %s%s",
		shorten(name, 60), u.what, RulesDate, strings.Join(u.of, ", "), nearest(name, u.of))
	return "", false
}
