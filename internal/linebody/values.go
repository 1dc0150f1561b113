package linebody

import (
	"fmt"
	"math"
	"slices"
	"strconv"
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
	if t.min > 0 {
		c.notEmpty(at, t.empty)
	}
	switch {
	case !personalization.HasTags(written) || c.skipsLiquid(at, written):
		t.length(c, at, written)
	case t.max > 0 && !isShort(written, t.max):
		if variants, ok := c.liquidOf(at).Variants(); ok {
			t.extent(c, at, variants.Extent(t.unit.count, t.max))
		}
	}
	if t.pattern != nil {
		c.judge(at, t.pattern.judge)
	}
}

// isShort says whether a text has nothing but outputs, and does not come near a limit with the longest values.
func isShort(written string, limit int) bool {
	return len(written)+strings.Count(written, "{{")*personalization.MaxValueLength <= limit && !strings.Contains(written, "{%")
}

// length checks a text that every user receives.
func (t text) length(c *checker, at exactjson.Value, written string) {
	if t.max == 0 || len(written) <= t.max { // no unit gives more
		return
	}
	if count := t.unit.count(written); count > t.max {
		c.report(at, ruleLength, t.over, "has %d of at most %d %s%s", count, t.max, t.unit, t.remark)
	}
}

// extent checks a text with Liquid by its shortest and its longest variant. CleverTap documents no filter that cuts a text.
func (t text) extent(c *checker, at exactjson.Value, e personalization.Extent) {
	limit := fmt.Sprintf("of at most %d %s%s", t.max, t.unit, t.remark)
	switch {
	case e.Least > t.max:
		c.report(at, ruleLength, t.over, "has %d %s", e.Least, limit)
	case e.Written > t.max:
		c.report(at, ruleLength, Warning, "has up to %d %s with its longest branches and defaults; write shorter ones", e.Written, limit)
	case e.Endless:
		c.report(at, ruleLength, Warning, "has %d %s, and what its loop adds has no known end; limit the loop, as in limit: 3", e.Written, limit)
	case e.Most > t.max:
		c.report(at, ruleLength, Warning, "has up to %d %s, and the rendered values may add %d; what is written and the values must be short",
			e.Written, limit, e.Most-e.Written)
	}
}

func (s *charset) judge(reading string, _ bool) verdict {
	wrong := strings.IndexFunc(reading, func(r rune) bool {
		return !strings.ContainsRune(s.allowed, r) && string(r) != personalization.Hole
	})
	if wrong < 0 {
		return verdict{}
	}
	return verdict{ruleCharacters, Error, fmt.Sprintf("contains %q; allowed are %s", firstRune(reading[wrong:]), s.shown)}
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
	max      int      // the largest that LINE's type for it holds; 0 stands for that of an int32
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
	most := w.max
	if most == 0 {
		most = math.MaxInt32
	}
	switch {
	case !number.IsWhole():
		c.report(at, ruleRange, Error, "is %s, but must be a whole number", shorten(literal, 40))
	case w.only != 0 && compare(number, w.only) != 0:
		c.report(at, ruleRange, Error, "is %s%s, but must be %d%s", shorten(literal, 40), w.unit, w.only, w.unit)
	case w.only == 0 && compare(number, w.min) < 0:
		c.report(at, ruleRange, Error, "is %s%s, but must be at least %d%s", shorten(literal, 40), w.unit, w.min, w.unit)
	case w.only == 0 && compare(number, most) > 0:
		c.report(at, ruleRange, Error, "is %s%s, which is more than LINE's type of number holds, %d", shorten(literal, 40), w.unit, most)
	}
}

// compare orders numbers exactly: the bounds of an int64 are no float64.
func compare(number exactjson.Decimal, bound int) int {
	return number.Compare(exactjson.ParseDecimal(strconv.Itoa(bound)))
}

func isDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// degrees is a number whose bounds LINE does not state, but geography does.
type degrees struct{ most int }

func (g degrees) check(c *checker, at exactjson.Value) {
	if !c.isKind(at, exactjson.Number) {
		return
	}
	literal := c.d.Raw(at)
	if value := exactjson.ParseDecimal(literal); compare(value, -g.most) < 0 || compare(value, g.most) > 0 {
		c.report(at, ruleRange, Warning, "is %s, which is not between -%d and %d degrees", shorten(literal, 40), g.most, g.most)
	}
}

// choice is one of some words.
type choice struct {
	words    []string
	severity Severity
}

func oneOf(words ...string) choice { return choice{words: words} }

func (o choice) check(c *checker, at exactjson.Value) {
	if c.d.Kind(at) == exactjson.Number { // a font's weight in CSS
		if hint := nearest(c.d.Raw(at), o.words); hint != "" {
			c.report(at, ruleType, Error, "must be a string, but is a number%s", hint)
			return
		}
	}
	if !c.isKind(at, exactjson.String) {
		return
	}
	if slices.Contains(o.words, c.d.Text(at)) {
		return
	}
	c.judge(at, func(word string, open bool) verdict {
		switch {
		case slices.Contains(o.words, word):
			return verdict{}
		case open:
			return unchecked
		}
		return verdict{ruleChoice, o.severity,
			fmt.Sprintf("is %q, but must be one of %s%s", shown(word), strings.Join(o.words, ", "), nearest(word, o.words))}
	})
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
	if u.open && c.d.Kind(at) == exactjson.String && !strings.HasPrefix(c.d.Text(at), "{") {
		c.report(at, ruleType, Error, `must be an object, but is a string; write {"type":"text","text":"…"}`)
		return "", false
	}
	if !c.isKind(at, exactjson.Object) {
		return "", false
	}
	typeAt, found := c.d.Member(at, "type")
	if !found && u.open && c.nearMiss(at, at, "") {
		return "", false
	}
	if !found || c.d.Kind(typeAt) == exactjson.Null {
		for member := range c.d.Children(at) {
			if key := c.d.Key(member); key != "type" && folded(key) == "type" {
				_, hint := likely(key, []string{"type"}, nil)
				c.reportKey(member, ruleCase, Error, "%s has no property %q%s", u.what, shorten(key, 60), hint)
				return "", false
			}
		}
		c.reportMember(at, "type", ruleMissing, Error, "%s needs \"type\", %s", u.what, u.fits(c, at))
		return "", false
	}
	if !c.isKind(typeAt, exactjson.String) {
		return "", false
	}
	name = c.d.Text(typeAt)
	if slices.Contains(u.of, name) || slices.Contains(u.also, name) {
		return name, true
	}
	if personalization.HasTags(name) {
		c.report(typeAt, unchecked.rule, unchecked.severity, "%s", unchecked.message)
		return "", false
	}
	if reason, known := u.foreign[name]; known {
		c.report(typeAt, rulePlace, Error, "%s", reason)
		return name, c.all.tables[u.prefix+name] != nil
	}
	if u.open && c.nearMiss(at, typeAt, name) {
		return "", false
	}
	severity := Error
	if u.open && !c.opts.Strict && !isMisspelt(name, u.of) {
		severity = Warning
	}
	c.report(typeAt, ruleUnknownType, severity, "is %q, which is no type of %s in LINE's reference of %s: %s%s",
		shorten(name, 60), u.what, RulesDate, strings.Join(u.of, ", "), nearest(name, u.of))
	return "", false
}
