package linebody

import (
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
	written := c.d.Text(at)
	if !personalization.HasTags(written) || c.skipsLiquid(at, written) {
		if v := rule(written, false); v.rule != "" {
			c.report(at, v.rule, v.severity, "%s", v.message)
		}
		return
	}
	variants, ok := personalization.VariantsOf(written)
	if !ok {
		return // which is told of its Liquid
	}
	var told []verdict
	readings, wrong := variants.Readings(), 0
	for _, reading := range readings {
		v := rule(reading, strings.Contains(reading, personalization.Hole))
		if v.rule != "" && v.severity == Error {
			wrong++
		}
		if v.rule != "" && !slices.Contains(told, v) {
			told = append(told, v)
		}
	}
	for _, v := range told {
		switch {
		case v == unchecked && len(told) > 1:
			// The worse is said.
		case v.severity == Error && wrong < len(readings):
			c.report(at, v.rule, Warning, "for some users: %s", v.message)
		default:
			c.report(at, v.rule, v.severity, "%s", v.message)
		}
	}
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
	variants, ok := personalization.VariantsOf(written)
	if !ok || !variants.MayBeEmpty() {
		return
	}
	if variants.Extent(codeUnits.count).Most == 0 {
		c.report(at, ruleEmpty, severity, "must not be empty, but prints nothing")
		return
	}
	c.report(at, ruleEmpty, Warning, "is empty for some users: a condition has no else, or a branch or default is empty; "+
		"LINE refuses such a message, so write a text for all")
}
