package linebody

import (
	"fmt"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// maxProblems is how many problems a check reports at most; one more says how many were left out.
const maxProblems = 100

// checker checks one document against the rules.
type checker struct {
	d    *exactjson.Document
	base string // the path of the document's root
	opts Options
	all  *rules

	to       recipient
	place    place
	source   string    // of the object being checked
	pasted   bool      // the document is the text itself that CleverTap gets, not a part that Build will write anew
	animated int       // how many animated images the message has so far
	within   []subject // the objects that are being checked, from the outermost
	texts    map[exactjson.Value]*personalization.Text
	scope    *personalization.Scope // of the first text
	after    *personalization.Scope // behind the last one
	ordered  bool                   // the texts have been read in order, as far as they settle anything

	found *findings
}

// findings are the problems of one check. They are safe to add to without bound.
type findings struct {
	ignore   []string // rules whose warnings are not wanted
	problems []Problem
	rawValue bool // that values go in as they are has been said
	left     int  // how many were left out
	errors   int  // how many of those are errors
}

// drops says whether a problem is not to be added: it is not wanted, or there are enough.
func (f *findings) drops(rule string, severity Severity) bool {
	if severity == Warning && slices.Contains(f.ignore, rule) {
		return true
	}
	if len(f.problems) < maxProblems {
		return false
	}
	f.left++
	if severity == Error {
		f.errors++
	}
	return true
}

// sorted are the problems in document order, with a last one that tells of those left out.
func (f *findings) sorted() []Problem {
	f.sort(0)
	if last, ok := f.remainder(); ok {
		return append(f.problems, last)
	}
	return f.problems
}

// sort brings the problems from an index on into document order.
func (f *findings) sort(from int) {
	slices.SortStableFunc(f.problems[from:], func(a, b Problem) int { return a.Offset - b.Offset })
}

// remainder is the problem that tells of those left out.
func (f *findings) remainder() (Problem, bool) {
	severity := Warning
	if f.errors > 0 {
		severity = Error
	}
	return Problem{Rule: ruleTooMany, Severity: severity, Message: fmt.Sprintf(
		"%d more problems are not shown, %d of them errors; put these right first", f.left, f.errors)}, f.left > 0
}

// report adds a problem of the value at the index.
func (c *checker) report(at exactjson.Value, rule string, severity Severity, format string, arguments ...any) {
	if !c.found.drops(rule, severity) {
		c.add(c.path(at, ""), c.d.Offset(at), c.end(at), rule, severity, format, arguments...)
	}
}

// reportMember adds a problem of a property that an object lacks.
func (c *checker) reportMember(object exactjson.Value, name, rule string, severity Severity, format string, arguments ...any) {
	if !c.found.drops(rule, severity) {
		c.add(c.path(object, memberStep(name)), c.d.Offset(object), c.end(object), rule, severity, format, arguments...)
	}
}

// reportKey adds a problem of a member's key.
func (c *checker) reportKey(member exactjson.Value, rule string, severity Severity, format string, arguments ...any) {
	if !c.found.drops(rule, severity) {
		c.add(c.path(member, ""), c.d.KeyOffset(member), c.d.KeyEnd(member), rule, severity, format, arguments...)
	}
}

func (c *checker) add(path string, offset, end int, rule string, severity Severity, format string, arguments ...any) {
	c.found.problems = append(c.found.problems, Problem{Path: path, Rule: rule, Severity: severity,
		Message: fmt.Sprintf(format, arguments...), Offset: offset, End: end, Source: c.source})
}

// end is where what is shown of a value ends: of an object or array that is its opening bracket.
func (c *checker) end(at exactjson.Value) int {
	if kind := c.d.Kind(at); kind == exactjson.Object || kind == exactjson.Array {
		return c.d.Offset(at) + 1
	}
	return c.d.End(at)
}

func (c *checker) path(at exactjson.Value, step string) string {
	return strings.TrimPrefix(c.base+pathTo(c.d, at)+step, ".")
}

// object checks an object against a table, property by property in the order of the document. typed says that the object
// is part of a union, which has read its type.
func (c *checker) object(at exactjson.Value, s *schema, typed bool) {
	if !c.isKind(at, exactjson.Object) {
		return
	}
	around := c.source
	c.source = s.source
	o := subject{at, c, s, len(c.within)}
	if s.near != nil {
		if is := s.near(c, o); is != "" {
			c.report(at, rulePlace, Error, "%s", is)
			c.source = around
			return
		}
	}
	c.within = append(c.within, o)
	defer func() { c.source, c.within = around, c.within[:o.depth] }()

	var few [64]bool // no table has more as yet, and the stack costs nothing
	seen := few[:]
	if len(s.properties) > len(few) {
		seen = make([]bool, len(s.properties))
	}
	var misspelt []exactjson.Value
	for member := range c.d.Children(at) {
		key := c.d.Key(member)
		index, known := s.byName[key]
		switch {
		case !known && typed && key == "type":
		case !known:
			misspelt = append(misspelt, member)
		case seen[index]:
			// A key that repeats is reported as such; its second value is no second fault.
		default:
			seen[index] = true
			c.property(member, &s.properties[index], s)
		}
	}
	for _, member := range misspelt {
		c.unknownProperty(member, s, seen)
	}
	for i, p := range s.properties {
		if !seen[i] {
			c.missing(at, p, s)
		}
	}
	for _, check := range s.checks {
		check.run(c, o)
	}
}

func (c *checker) property(member exactjson.Value, p *property, s *schema) {
	around := c.source
	if p.source != "" {
		c.source = p.source
	}
	if c.d.Kind(member) != exactjson.Null {
		p.value.check(c, member)
	} else if severity, needed := c.needs(p.need); needed {
		c.report(member, ruleMissing, severity, "%s needs %q, which is null", s.title, p.name)
	}
	c.source = around
}

// missing reports a property that an object lacks and should have.
func (c *checker) missing(object exactjson.Value, p property, s *schema) {
	if severity, needed := c.needs(p.need); needed {
		c.reportMember(object, p.name, ruleMissing, severity, "%s needs %q, which is missing", s.title, p.name)
	}
}

func (c *checker) needs(n need) (Severity, bool) {
	switch n {
	case required:
		return Error, true
	case expected:
		return Warning, true
	case requiredByPlace:
		return Error, c.place.labelRequired
	default:
		return Warning, false
	}
}

// unknownProperty reports a key that the table lacks. When it is a needed property by another name, that is the error, and
// the property is marked as seen, so that it is not reported as missing, too.
func (c *checker) unknownProperty(member exactjson.Value, s *schema, seen []bool) {
	key := c.d.Key(member)
	if reason, foreign := s.foreign[key]; foreign {
		c.reportKey(member, rulePlace, Error, "%s", reason)
		return
	}
	if len(c.found.problems) >= maxProblems {
		c.found.drops(ruleUnknown, Warning) // what is meant is not looked for without end
		return
	}
	names := make([]string, 0, len(s.properties))
	for _, p := range s.properties {
		names = append(names, p.name)
	}
	name, hint := likely(key, names, otherNames)
	index, severity := s.byName[name], Warning
	if name != "" && !seen[index] {
		if needs, needed := c.needs(s.properties[index].need); needed {
			severity, seen[index] = needs, true
		}
	}
	if name != "" && folded(name) == folded(key) {
		seen[index] = true
		c.reportKey(member, ruleCase, severity, "%s has no property %q%s", s.title, shorten(key, 60), hint)
		return
	}
	if hint == "" {
		hint = c.namesake(s, key)
	}
	c.reportKey(member, ruleUnknown, severity, "%s has no property %q in LINE's reference of %s%s",
		s.title, shorten(key, 60), RulesDate, hint)
}

// namesake tells of a property that another object of the same type has, such as a carousel template beside a carousel.
func (c *checker) namesake(s *schema, key string) string {
	_, name, _ := strings.Cut(s.name, " ")
	for _, prefix := range []string{messagePrefix, "template ", "container ", componentPrefix, actionPrefix} {
		if other := c.all.tables[prefix+name]; other != nil && other != s {
			if _, has := other.byName[key]; has {
				return "; it is one of " + other.title
			}
		}
	}
	return ""
}

// isKind reports a value of another JSON type.
func (c *checker) isKind(at exactjson.Value, wanted exactjson.Kind) bool {
	is := c.d.Kind(at)
	if is == wanted || wanted == exactjson.True && is == exactjson.False {
		return true
	}
	c.report(at, ruleType, Error, "must be %s, but is %s%s", wanted, is, c.instead(at, wanted))
	return false
}

// instead says how a value of another type is written.
func (c *checker) instead(at exactjson.Value, wanted exactjson.Kind) string {
	switch is := c.d.Kind(at); {
	case is == exactjson.String && wanted != exactjson.String:
		text := c.d.Text(at)
		switch inner, fault := exactjson.Parse(text); {
		case personalization.HasTags(text):
			return "; Liquid stands only in texts, so that this cannot depend on the user"
		case fault == nil && (wanted == exactjson.Object || wanted == exactjson.Array) && inner.Kind(exactjson.Root) != exactjson.Number:
			return "; it holds JSON as a text: write it without the quotes around it and the backslashes inside (in Terraform, jsonencode once)"
		case len(text) < 20 && fault == nil:
			return "; write it without quotes"
		}
	case is == exactjson.Number && wanted == exactjson.True:
		return "; write true or false"
	case is == exactjson.Number && wanted == exactjson.String:
		return "; write it in double quotes"
	case is == exactjson.Object && wanted == exactjson.Array:
		return "; put it into an array, [ … ]"
	case at == exactjson.Root && c.pasted:
		return `; write a whole body, {"to":"…","messages":[{…}]}`
	case is == exactjson.Array && wanted == exactjson.Object && c.d.IsMember(at) && aroundLists[c.d.Key(at)] != "":
		return "; put it into an object, " + aroundLists[c.d.Key(at)]
	case is == exactjson.Array && wanted == exactjson.Object:
		return "; write one, without the brackets of an array"
	}
	return ""
}

// str is a string as it is written; another kind of value is none.
func (c *checker) str(object exactjson.Value, name string) (at exactjson.Value, text string, ok bool) {
	at, ok = c.d.Member(object, name)
	if !ok || c.d.Kind(at) != exactjson.String {
		return 0, "", false
	}
	return at, c.d.Text(at), true
}

// parent is the value around a value, and whether there is one.
func (c *checker) parent(at exactjson.Value) (exactjson.Value, bool) {
	return c.d.Parent(at)
}
