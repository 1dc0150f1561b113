package linebody

import (
	"slices"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// titledText is a template's text, which must be shorter beside an image or a title.
type titledText struct{ alone, titled int }

func (t titledText) check(c *checker, at exactjson.Value) {
	most, remark := t.alone, ""
	if around, ok := c.parent(at); ok && slices.ContainsFunc([]string{"thumbnailImageUrl", "title"}, func(name string) bool {
		return c.has(around, name)
	}) {
		most, remark = t.titled, " beside an image or a title"
	}
	text{unit: graphemes, min: 1, max: most, remark: remark}.check(c, at)
}

// equalColumns checks that all columns of a carousel are alike.
func equalColumns(c *checker, carousel exactjson.Value) {
	columns, ok := c.list(carousel, "columns")
	if !ok {
		return
	}
	first, differs := exactjson.Value(0), map[string]bool{}
	for column := range c.d.Children(columns) {
		if c.d.Kind(column) != exactjson.Object {
			continue
		}
		if first == 0 {
			first = column
			continue
		}
		for _, name := range []string{"thumbnailImageUrl", "title"} {
			if !differs[name] && c.has(column, name) != c.has(first, name) {
				differs[name] = true
				c.report(column, ruleColumns, Error, "all columns must have %s, or none", name)
			}
		}
		actions, ok := c.list(column, "actions")
		wanted, okFirst := c.list(first, "actions")
		if !differs["actions"] && ok && okFirst && c.d.Count(actions) != c.d.Count(wanted) {
			differs["actions"] = true
			c.report(actions, ruleColumns, Error,
				"has %d actions, but the first column has %d; all columns must have as many",
				c.d.Count(actions), c.d.Count(wanted))
		}
	}
}

// action is an action object at some place.
type action struct{ place place }

func (a action) check(c *checker, at exactjson.Value) {
	around := c.place
	c.place = a.place
	a.union(c.all).check(c, at)
	c.place = around
}

// union is the actions that work at the place.
func (a action) union(all *rules) union {
	u := union{prefix: actionPrefix, what: "an action", of: a.place.types, foreign: all.elsewhere}
	switch {
	case a.place.quickReply:
		u.of = all.inQuickReply
	case u.of == nil:
		u.of = all.everywhere
	}
	return u
}

// label is the label of the action being checked.
type label struct{}

func (label) check(c *checker, at exactjson.Value) {
	least := 0
	if c.place.labelRequired {
		least = 1
	}
	text{unit: graphemes, min: least, max: c.place.labelMax, over: c.place.over}.check(c, at)
}

func postbackTexts(c *checker, postback exactjson.Value) {
	at, _, ok := c.str(postback, "text")
	if !ok {
		return
	}
	switch {
	case c.has(postback, "displayText"):
		c.report(at, rulePostbackText, Error, "cannot be used beside displayText; remove it")
	case c.place.quickReply:
		c.report(at, rulePostbackText, Warning, "should not be used in a quick reply; use displayText")
	default:
		c.report(at, rulePostbackText, Warning, "is deprecated; use displayText")
	}
}

func fillInNeedsKeyboard(c *checker, postback exactjson.Value) {
	if at, _, ok := c.str(postback, "fillInText"); ok {
		if _, option, _ := c.str(postback, "inputOption"); option != "openKeyboard" {
			c.report(at, ruleFillIn, Warning, "works only with inputOption openKeyboard")
		}
	}
}

func altURIInQuickReply(c *checker, uri exactjson.Value) {
	if at, ok := c.d.Member(uri, "altUri"); ok && c.place.quickReply {
		c.report(at, ruleAltURI, Warning, "has no effect in a quick reply")
	}
}

// pickerMoments checks the values of a datetime picker against its mode and each other.
func pickerMoments(c *checker, picker exactjson.Value) {
	_, mode, _ := c.str(picker, "mode")
	m, known := moments[mode]
	if !known {
		return
	}
	formed := map[string]string{}
	for _, name := range []string{"initial", "max", "min"} {
		at, value, ok := c.str(picker, name)
		if !ok || personalization.HasTags(value) {
			continue
		}
		isFormed, between := m.fits(value)
		switch {
		case !isFormed:
			c.report(at, ruleForm, Error, "is %q, but in mode %s must be %s", shorten(value, 60), mode, m.shown)
		case !between:
			c.report(at, ruleMoment, Error, "is %q, but must be from %s to %s", shorten(value, 60), m.earliest, m.last)
		default:
			formed[name] = m.normal(value)
		}
	}
	if formed["min"] != "" && formed["max"] != "" && formed["min"] >= formed["max"] {
		at, _ := c.d.Member(picker, "min")
		c.report(at, ruleMoment, Error, "is not before max")
	}
}
