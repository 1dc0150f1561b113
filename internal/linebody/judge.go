package linebody

import (
	"math"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// verdict is what a rule says of a text. One without a rule says that nothing is wrong.
type verdict struct {
	rule     string
	severity Severity
	message  string
}

// unchecked is the verdict on a text that is not meant for a person to read, and of which a part is not known.
var unchecked = verdict{ruleUnchecked, Warning, "depends on the user, so that its form cannot be checked before it is sent"}

// judge puts a string before its rule, as each group of users receives it. What is wrong for some of them only is a warning.
// A reading that is open has a [personalization.Hole] for what is not known.
func (c *checker) judge(at exactjson.Value, rule func(reading string, open bool) verdict) {
	c.judgeAll(at, func(reading string, open bool, dst []verdict) []verdict {
		if v := rule(reading, open); v.rule != "" {
			dst = append(dst, v)
		}
		return dst
	})
}

// judgeAll is judge by a rule that finds several things wrong.
func (c *checker) judgeAll(at exactjson.Value, rule func(reading string, open bool, dst []verdict) []verdict) {
	written := c.d.Text(at)
	if !personalization.HasTags(written) || c.skipsLiquid(at, written) {
		for _, v := range rule(written, false, nil) {
			c.report(at, v.rule, v.severity, "%s", v.message)
		}
		return
	}
	variants, ok := c.liquidOf(at).Variants()
	if !ok {
		return // which is told of its Liquid
	}
	readings, coverage := variants.Readings()
	told, wrong := verdicts(readings, rule)
	certain := wrong == len(readings)
	if coverage != personalization.AllReadings {
		text, sent := variants.Certain()
		_, wrong := verdicts([]string{text}, rule)
		certain = sent && wrong > 0
	}
	for _, v := range told {
		switch {
		case v == unchecked && len(told) > 1:
			// The worse is said.
		case v.severity == Error && !certain:
			c.report(at, v.rule, Warning, "for some users: %s", v.message)
		default:
			c.report(at, v.rule, v.severity, "%s", v.message)
		}
	}
	if coverage == personalization.SomeBranches {
		c.report(at, ruleUnchecked, Warning, "has so many branches and defaults that not each of them is checked; divide the message")
	}
}

// verdicts are the different ones on readings, up to as many as are told, and how many readings are wrong.
func verdicts(readings []string, rule func(string, bool, []verdict) []verdict) (told []verdict, wrong int) {
	var found []verdict
	for _, reading := range readings {
		found = rule(reading, strings.Contains(reading, personalization.Hole), found[:0])
		if slices.ContainsFunc(found, func(v verdict) bool { return v.severity == Error }) {
			wrong++
		}
		for _, v := range found {
			if len(told) < maxProblems && !slices.Contains(told, v) {
				told = append(told, v)
			}
		}
	}
	return told, wrong
}

// readScopes reads the texts in their order, where one of them settles something for those behind it.
func (c *checker) readScopes() {
	if c.ordered {
		return
	}
	c.ordered, c.after = true, c.scope
	if written := c.d.Source(); !strings.Contains(written, "assign") && !strings.Contains(written, "abort") {
		return
	}
	for at := range exactjson.Value(c.d.Len()) {
		if c.d.Kind(at) == exactjson.String && strings.Contains(c.d.Raw(at), "{") {
			if text := c.d.Text(at); personalization.HasTags(text) && !c.skipsLiquid(at, text) {
				c.after = c.liquidOf(at).After()
			}
		}
	}
}

// liquidOf is a string with its tags, which are looked for once.
func (c *checker) liquidOf(at exactjson.Value) *personalization.Text {
	c.readScopes()
	text := c.texts[at]
	if text == nil {
		if c.texts == nil {
			c.texts = map[exactjson.Value]*personalization.Text{}
		}
		text = c.after.Parse(c.d.Text(at))
		c.texts[at] = text
	}
	return text
}

// shown is a reading as a message quotes it.
func shown(reading string) string {
	return shorten(strings.ReplaceAll(reading, personalization.Hole, "…"), 60)
}

// notEmpty checks a text that must not be empty for anybody.
func (c *checker) notEmpty(at exactjson.Value, severity Severity) {
	written := c.d.Text(at)
	if written == "" {
		c.report(at, ruleEmpty, severity, "must not be empty")
		return
	}
	if written[0] > ' ' && written[0] != '{' || !personalization.HasTags(written) || c.skipsLiquid(at, written) {
		return // what stands before the first tag is there for all
	}
	variants, ok := c.liquidOf(at).Variants()
	if !ok {
		return
	}
	switch e := variants.Extent(codeUnits.count, math.MaxInt); {
	case !e.Empty:
		return
	case e.Most == 0:
		c.report(at, ruleEmpty, severity, "must not be empty, but prints nothing")
		return
	}
	c.report(at, ruleEmpty, Warning, "is empty for some users: a condition has no else, or a branch or default is empty; "+
		"LINE refuses such a message, so write a text for all")
}
