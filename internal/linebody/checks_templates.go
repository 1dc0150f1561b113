package linebody

import (
	"slices"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// titledText is a template's text, which must be shorter beside an image or a title.
type titledText struct{ alone, titled int }

func (t titledText) check(c *checker, at exactjson.Value) {
	most, remark := t.alone, ""
	if around, ok := c.around(len(c.within)); ok && slices.ContainsFunc([]string{"thumbnailImageUrl", "title"}, around.has) {
		most, remark = t.titled, " beside an image or a title"
	}
	text{unit: graphemes, min: 1, max: most, remark: remark}.check(c, at)
}

// equalColumns checks that all columns of a carousel are alike.
func equalColumns(c *checker, carousel subject) {
	columns, ok := carousel.list("columns")
	if !ok {
		return
	}
	var first subject
	differs := map[string]bool{}
	for at := range c.d.Children(columns) {
		if c.d.Kind(at) != exactjson.Object {
			continue
		}
		column := subject{at: at, c: c, s: c.all.tables["carousel column"]}
		if first.at == 0 {
			first = column
			continue
		}
		for _, name := range []string{"thumbnailImageUrl", "title"} {
			if !differs[name] && column.has(name) != first.has(name) {
				differs[name] = true
				c.report(at, ruleColumns, Error, "all columns must have %s, or none", name)
			}
		}
		actions, ok := column.list("actions")
		wanted, okFirst := first.list("actions")
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

func postbackTexts(c *checker, postback subject) {
	at, ok := postback.member("text")
	if !ok {
		return
	}
	switch {
	case postback.has("displayText"):
		c.report(at, rulePostbackText, Error, "cannot be used beside displayText; remove it")
	case c.place.quickReply:
		c.report(at, rulePostbackText, Warning, "should not be used in a quick reply; use displayText")
	default:
		c.report(at, rulePostbackText, Warning, "is deprecated; use displayText")
	}
}

func fillInNeedsKeyboard(c *checker, postback subject) {
	if at, ok := postback.member("fillInText"); ok {
		if option, known := postback.word("inputOption", ""); known && option != "openKeyboard" {
			c.report(at, ruleFillIn, Warning, "works only with inputOption openKeyboard")
		}
	}
}

func altURIInQuickReply(c *checker, uri subject) {
	if at, ok := uri.member("altUri"); ok && c.place.quickReply {
		c.report(at, ruleAltURI, Warning, "has no effect in a quick reply")
	}
}

// pickerMoments checks the values of a datetime picker against its mode and each other.
func pickerMoments(c *checker, picker subject) {
	_, mode, _ := picker.text("mode")
	m, known := moments[mode]
	if !known {
		return
	}
	formed := map[string]string{}
	for _, name := range []string{"initial", "max", "min"} {
		at, ok := picker.member(name)
		if !ok || c.d.Kind(at) != exactjson.String {
			continue
		}
		c.judge(at, func(value string, open bool) verdict { return m.judge(mode, value, open) })
		if _, value, ok := picker.text(name); ok && m.judge(mode, value, false).rule == "" {
			formed[name] = m.normal(value)
		}
	}
	initial, _ := picker.member("initial")
	switch {
	case formed["min"] != "" && formed["max"] != "" && formed["min"] >= formed["max"]:
		at, _ := picker.member("min")
		c.report(at, ruleMoment, Error, "is not before max")
	case formed["initial"] != "" && formed["max"] != "" && formed["initial"] > formed["max"]:
		c.report(initial, ruleMoment, Warning, "is after max, so that nobody can choose it")
	case formed["initial"] != "" && formed["initial"] < formed["min"]:
		c.report(initial, ruleMoment, Warning, "is before min, so that nobody can choose it")
	}
}
