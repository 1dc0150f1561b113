package linebody

import "github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"

// action is an action object at some place.
type action struct{ place place }

func (a action) check(c *checker, at int32) {
	around := c.place
	c.place = a.place
	union{prefix: "action ", what: "an action", of: a.place.types, foreign: elsewhere}.check(c, at)
	c.place = around
}

// label is the label of the action being checked.
type label struct{}

func (label) check(c *checker, at int32) {
	least := 0
	if c.place.labelRequired {
		least = 1
	}
	text{unit: graphemes, min: least, max: c.place.labelMax, over: c.place.over}.check(c, at)
}

func postbackTexts(c *checker, postback int32) {
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

func fillInNeedsKeyboard(c *checker, postback int32) {
	if at, _, ok := c.str(postback, "fillInText"); ok {
		if _, option, _ := c.str(postback, "inputOption"); option != "openKeyboard" {
			c.report(at, ruleFillIn, Warning, "works only with inputOption openKeyboard")
		}
	}
}

func altURIInQuickReply(c *checker, uri int32) {
	if at, ok := c.d.member(uri, "altUri"); ok && c.place.quickReply {
		c.report(at, ruleAltURI, Warning, "has no effect in a quick reply")
	}
}

// pickerMoments checks the values of a datetime picker against its mode and each other.
func pickerMoments(c *checker, picker int32) {
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
	if at, _, ok := c.str(picker, "min"); ok && formed["min"] != "" && formed["max"] != "" && formed["min"] >= formed["max"] {
		c.report(at, ruleMoment, Error, "is not before max")
	}
}
