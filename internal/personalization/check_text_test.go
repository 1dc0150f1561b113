package personalization

import (
	"strings"
	"testing"
)

// TestCheckSays has a text for each thing that Check can say.
func TestCheckSays(t *testing.T) {
	t.Parallel()
	sixty := "Profile." + strings.Repeat("あ", 52)
	tests := map[string]string{
		"{{ Profile.A":                                "a tag begins here and is not closed by }}",
		"{% if Profile.A":                             "a tag begins here and is not closed by %}",
		"{{ }}":                                       "the tag is empty; write a name such as {{ Profile.Name | default: 'you' }}",
		"{{ ’a’ }}":                                   "'’' is not a quote in Liquid; write a straight single quote",
		`{{ Profile.A | default: "x" }}`:              `a double quote in a tag becomes \" in JSON, which CleverTap cannot read; write single quotes`,
		`{{ Profile.A\ | default: 'x' }}`:             `'\\' in a tag is written with a backslash in JSON, which CleverTap cannot read; leave it out`,
		"{{ Profile.A\t| default: 'x' }}":             `'\t' in a tag is written with a backslash in JSON, which CleverTap cannot read; leave it out`,
		"{{ Profile.A | default: 'x }}":               "a quote in the tag is not closed; an apostrophe in a text is written ’, not '",
		"{% if Profile.A %}{% when 'a' %}{% endif %}": "{% when %} stands outside the block it belongs to",
		"{% if Profile.A %}{% else %}{% elsif Profile.B %}{% endif %}":  "{% elsif %} stands after {% else %}; put else last",
		"{% capture a %}{% endcapture %}":                               `CleverTap does not list the Liquid tag "capture"`,
		"{% if Profile.A %}a{% else if Profile.B == 'x' %}b{% endif %}": `Liquid has no "else if"; write {% elsif Profile.B == 'x' %}`,
		"{% if Profile.A %}a{% else Profile.B %}b{% endif %}":           `{% else %} takes nothing, but has "Profile.B"; a condition follows elsif`,
		"{% if Profile.A %}a{% elif Profile.B %}b{% endif %}":           `CleverTap does not list the Liquid tag "elif"; write elsif`,
		"{% endif %}":                            "{% endif %} closes no open {% if %}",
		"{% for a in Event.b %}":                 "{% for %} is not closed by {% endfor %}",
		"{% assign a %}":                         "assign needs a name, = and a value",
		"{% for a of Event.b %}{% endfor %}":     `for needs a name, "in" and a list or a range, as in {% for i in (1..3) %}`,
		"{% if Profile.A and %}{% endif %}":      "a condition lacks a value",
		"{% if Profile.A = 'x' %}{% endif %}":    "a single = compares nothing; write ==",
		"{{ Profile.A | | default: 'x' }}":       "a filter's name is missing after |",
		"{{ Profile.A | shout | default: 'x' }}": `"shout" is not a filter of Liquid`,
		"{{ Profile.A | default }}":              "the default filter needs a value, such as default: 'N.A'",
		"{{ Profile.A }}":                        "Profile.A has no default; a user without it gets an empty text: add | default: '…'",
		"{{ | default: 'x' }}":                   "a value is missing",
		"{{ 'a' 'b' }}":                          "'a' 'b' is more than one value; a filter follows |, and further values a comma",
		"{{ Profile..A | default: 'x' }}":        "Profile..A lacks a name beside a point; write a name such as Profile.Name",
		"{{ Event | default: 'x' }}":             "Event needs the name of a property, such as Event.Name",
		"{{ externaltrigger.A | default: 'x' }}": "capitals matter: write ExternalTrigger instead of externaltrigger",
		"{{ User.A | default: 'x' }}":            `"User.A" is no name that CleverTap gives a value; names begin with Profile., Event. or ExternalTrigger.`,
		"Profile.A }}":                           "}} closes no tag",
		`@Rating - Score | default: " - "`: "this is a token of CleverTap's picker, which works only where its editor put it; " +
			"write {{ Event.Score | default: '-' }}",
		"{{ " + sixty + " }}":  sixty + " has no default; a user without it gets an empty text: add | default: '…'",
		"{{ " + sixty + "い }}": sixty + "… has no default; a user without it gets an empty text: add | default: '…'",
	}
	for text, want := range tests {
		problems := Check(text)
		if len(problems) != 1 || problems[0].Message != want {
			t.Errorf("Check(%s) = %v, want one problem that says\n%s", text, problems, want)
		}
	}
}
