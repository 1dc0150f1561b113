package personalization

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		text string
		want []string // "severity rule @offset" of each problem
	}{
		"no personalisation":   {"Hello, world! 100% {a} @you - me", nil},
		"profile":              {"Hi {{ Profile.Name | default: 'you' }}!", nil},
		"name with spaces":     {"{{ Event.NPS Score | default: '-' }}", nil},
		"external trigger":     {"{{ExternalTrigger.Price|default:'0'|times:2|round}}", nil},
		"white-space control":  {"a {{- Profile.A | default: 'x' -}} b", nil},
		"default with a space": {"{{ Profile.A | default : 'x' }}", nil},
		"braces in quotes":     {"{{ Profile.A | default: 'a | b: c, d' }}", nil},
		"if":                   {"{% if Profile.A == 'x' and Event.N > 1 %}a{% elsif Profile.B contains 'y' %}b{% else %}c{% endif %}", nil},
		"unless":               {"{%unless Profile.A == 'x'%}a{%endunless%}", nil},
		"case":                 {"{% case Profile.A %}{% when 'Gold', 'Silver' %}a{% else %}b{% endcase %}", nil},
		"for": {"{% for p in ExternalTrigger.list limit:2 %}{{ p.name | default: '-' }}" +
			"{{ forloop.index }}{% break %}{% endfor %}", nil},
		"range":                             {"{% for i in (1..3) %}{{ i | default: '-' }}{% endfor %}", nil},
		"assign":                            {"{% assign lang = Profile.Lang | default: 'en' %}{{ lang | upcase | default: 'EN' }}", nil},
		"raw":                               {"{% raw %}{{ not } liquid {% if {% endraw %}", nil},
		"comment":                           {`{% comment %} anything "{{" {% endcomment %}x`, nil},
		"abort":                             {"{% if Profile.A == 'x' %}hi{% else %}{% abort %}{% endif %}", nil},
		"literal":                           {"{{ 'now' | date: '%Y' }}{{ 5 | plus: 6 }}", nil},
		"typographic quotes in quotes":      {"{{ Profile.Name | default: 'l’ami' }}{{ Profile.A | default: '“VIP”様' }}", nil},
		"named argument":                    {"{{ Profile.A | default: 'x', allow_false: true }}", nil},
		"no space before a quote":           {"{% if Profile.A contains'x' or'y' == Profile.Order %}a{% endif %}", nil},
		"assigned text":                     {"{% assign x='a' %}{{ x }}", nil},
		"assigned with a default":           {"{% assign x = Profile.A | default: 'a' %}{{ x }}", nil},
		"assigned without a default":        {"{% assign x = Profile.A %}{{ x }}", []string{"warning liquid-default @29"}},
		"assigned anew":                     {"{% assign x = Profile.A %}{% assign x = 'a' %}{{ x }}", nil},
		"value of assign":                   {"{% assign x = User.A %}", []string{"warning liquid-name @14"}},
		"list of for":                       {"{% for a in User.b %}{% endfor %}", []string{"warning liquid-name @12"}},
		"list of for, more spaces":          {"{% for a  in  User.b %}{% endfor %}", []string{"warning liquid-name @14"}},
		"wide spaces in for":                {"{% for a\u3000in\u3000Event.b %}{% endfor %}", []string{"error liquid-syntax @0"}},
		"value of a named argument":         {"{{ Profile.A | default: 'x', allow_false: User.A }}", []string{"warning liquid-name @42"}},
		"filter between filters":            {"{{ Profile.A | shout | default: 'x' }}", []string{"error liquid-filter @15"}},
		"white-space control before a name": {"{{- User.A | default: 'x' -}}", []string{"warning liquid-name @4"}},
		"JSON as data":                      {`{"a":{"b":1}}`, nil},
		"stray closing beside a tag":        {"{{ 'a' }} {a}}", []string{"warning liquid-unbalanced @12"}},
		"index in brackets":                 {"{{ Profile['a b'] | default: 'x' }}", nil},
		"points in brackets":                {"{{ Profile['a..b.'] | default: 'x' }}", nil},
		"two texts":                         {"{{ 'a' 'b' }}", []string{"error liquid-syntax @3"}},
		"text behind a name":                {"{{ Profile.A 'x' }}", []string{"error liquid-syntax @3"}},
		"word behind a default":             {"{{ Profile.A | default: 'x' y }}", []string{"error liquid-syntax @24"}},
		"two texts compared":                {"{% if Profile.A == 'x' 'y' %}a{% endif %}", []string{"error liquid-syntax @19"}},
		"two points":                        {"{{ Profile..A | default: 'x' }}", []string{"error liquid-name @3"}},
		"point at the end":                  {"{{ Event.A. | default: 'x' }}", []string{"error liquid-name @3"}},
		"elsif after else": {"{% if Profile.A == 'x' %}a{% else %}b{% elsif Profile.A == 'y' %}c{% endif %}",
			[]string{"error liquid-unbalanced @37"}},
		"elsif after an inner else": {"{% if Profile.A == 'x' %}{% if Profile.B == 'x' %}a{% else %}b{% endif %}" +
			"{% elsif Profile.A == 'y' %}c{% endif %}", nil},
		"not closed": {"Hi {{ Profile.Name", []string{"error liquid-unbalanced @3"}},
		"one brace":  {"Hi {{ Profile.Name }, {{ Profile.B | default: 'b' }}", []string{"error liquid-unbalanced @3"}},
		"tag not closed": {"{% if Profile.A == 'x' }}a{% endif %}",
			[]string{"error liquid-unbalanced @0"}},
		"block not closed":   {"{% if Profile.A == 'x' %}a", []string{"error liquid-unbalanced @0"}},
		"raw not closed":     {"{% raw %} {{ a", []string{"error liquid-unbalanced @0"}},
		"a brace at the end": {"{a} {", nil},
		"two stray closings": {"Hi Profile.A }} Profile.B }}", []string{"warning liquid-unbalanced @13"}},
		"two newlines":       {"{{ Profile.A |\n\n default: 'a' }}", []string{"error liquid-escape @14"}},
		"elsif after else, not looked into": {"{% if Profile.A %}{% else %}{% elsif User.A %}{% endif %}",
			[]string{"error liquid-unbalanced @28"}},
		"name like a number": {"{{ infinity | default: 'x' }}", []string{"warning liquid-name @3"}},
		"two not closed": {"{% if Profile.A == 'x' %}{% for a in Event.b %}",
			[]string{"error liquid-unbalanced @0", "error liquid-unbalanced @25"}},
		"end without begin":            {"a{% endif %}", []string{"error liquid-unbalanced @1"}},
		"else alone":                   {"{% else %}", []string{"error liquid-unbalanced @0"}},
		"elsif alone, not looked into": {"{% elsif User.A %}", []string{"error liquid-unbalanced @0"}},
		"when in if": {"{% if Profile.A == 'x' %}{% when 'a' %}{% endif %}",
			[]string{"error liquid-unbalanced @25"}},
		"stray closing":                  {"Hi Profile.Name }}", []string{"warning liquid-unbalanced @16"}},
		"stray closing first":            {"}}{{ 'a' }}", []string{"warning liquid-unbalanced @0"}},
		"no default":                     {"{{ Profile.Name }}", []string{"warning liquid-default @3"}},
		"loop name":                      {"{% for p in Event.l %}{{ p.n }}{% endfor %}", []string{"warning liquid-default @25"}},
		"double quotes, not looked into": {`{% if User.A == "x" %}a{% endif %}`, []string{"error liquid-escape @16"}},
		"double quotes":                  {`{{ Profile.Name | default: "you" }}`, []string{"error liquid-escape @27"}},
		"backslash":                      {`{{ Profile.Name | default: 'a\b"' }}`, []string{"warning liquid-escape @29"}},
		"compared backslash":             {`{% if Profile.Name == 'a\b' %}a{% endif %}`, []string{"error liquid-escape @24"}},
		"newline":                        {"{{ Profile.Name |\n default: 'a' }}", []string{"error liquid-escape @17"}},
		"curly quotes":                   {"{{ Profile.Name | default: ‘you’ }}", []string{"error liquid-syntax @27"}},
		"open quote":                     {"{{ Profile.Name | default: 'you }}", []string{"error liquid-syntax @0"}},
		"empty output":                   {"a{{ }}", []string{"error liquid-syntax @1"}},
		"empty default":                  {"{{ Profile.A | default: }}", []string{"error liquid-syntax @15"}},
		"no filter name":                 {"{{ Profile.A | }}", []string{"error liquid-syntax @14"}},
		"unknown filter":                 {"{{ Profile.A | default: 'x' | shout }}", []string{"error liquid-filter @30"}},
		"unknown tag":                    {"{% capture x %}a{% endcapture %}", []string{"error liquid-tag @0"}},
		"end of an unknown tag":          {"{% endcapture %}", []string{"error liquid-tag @0"}},
		"unknown tag twice":              {"{% capture x %}a{% endcapture %}{% capture x %}", []string{"error liquid-tag @0", "error liquid-tag @32"}},
		"small letters":                  {"{{ profile.A | default: 'x' }}", []string{"error liquid-name @3"}},
		"no property at all":             {"{{ Profile | default: 'x' }}", []string{"error liquid-name @3"}},
		"no property in brackets":        {"{{ Profile[ | default: 'x' }}", []string{"error liquid-name @3"}},
		"no property":                    {"{{ Profile. | default: 'x' }}", []string{"error liquid-name @3"}},
		"unknown name":                   {"{{ User.A | default: 'x' }}", []string{"warning liquid-name @3"}},
		"name in condition":              {"{% if Profil.A == 'x' %}a{% endif %}", []string{"warning liquid-name @6"}},
		"single equals":                  {"{% if Profile.A = 'x' %}a{% endif %}", []string{"error liquid-syntax @6"}},
		"half a condition":               {"{% if Profile.A == %}a{% endif %}", []string{"error liquid-syntax @6"}},
		"assign without =":               {"{% assign a %}", []string{"error liquid-syntax @0"}},
		"for without in":                 {"{% for a of b %}{% endfor %}", []string{"error liquid-syntax @0"}},
		"profile picker":                 {`to @Profile - LineID | default: "N.A"`, []string{"warning picker-token @3"}},
		"event picker":                   {`@Rating Submitted - Comment | default:"none"`, []string{"warning picker-token @0"}},
		"two picker tokens": {`@Profile - A | default: "a" and @Profile - B | default: "b"`,
			[]string{"warning picker-token @0", "warning picker-token @32"}},
		"in the text's order": {"{{ Profile.A }}{{ b }}@Profile - A | default: \"x\"",
			[]string{"warning liquid-default @3", "warning liquid-name @18", "warning liquid-default @18",
				"warning picker-token @22"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, p := range Check(test.text) {
				got = append(got, fmt.Sprintf("%s %s @%d", p.Severity, p.Rule, p.Offset))
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("Check(%s) =\n%q, want\n%q", test.text, got, test.want)
			}
		})
	}
}

func TestPickerShowsLiquid(t *testing.T) {
	t.Parallel()
	problems := Check(`@Profile - LineID | default: " N.A" `)
	if len(problems) != 1 || !strings.Contains(problems[0].Message, ProfileProperty{"LineID", "N.A"}.Liquid()) {
		t.Errorf("got %v", problems)
	}
}

func TestSample(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain":                                      "plain",
		"Hi {{ Profile.A | default: 'you' }}!":       "Hi you!",
		"{{ Profile.A }}":                            "sample",
		"{{ 'x' | upcase }}":                         "x",
		"{{ Profile.A | default: 5 }}":               "5",
		"{{ Profile.A | default: 55 }}":              "55",
		"{{ Profile.A | default: ' }}":               "'",
		"{% if Profile.A %}a{% else %}b{% endif %}c": "ac",
		"{% case Profile.A %} {% when 1 %}a{% when 2 %}b{% else %}c{% endcase %}d":                 "ad",
		"{% if a %}{% if b %}1{% else %}2{% endif %}3{% else %}{% if c %}4{% endif %}5{% endif %}": "13",
		"{% for a in Event.b %}x{% endfor %}":                                                      "x",
		"{% if a %}{% if b %}1{% endif %}2{% endif %}3":                                            "123",
		"{{ '' }}{{ Profile.A | default: '' }}":                                                    "",
		"{{ 5 }}{{ Profile.A | default }}":                                                         "samplesample",
		"{{ Profile.A | append: '!' | default: 'x' }}":                                             "x",
		"{{ a": "",
		"a{% comment %} b {{ c {% endcomment %}d": "ad",
		"{% raw %}{{ a }}{% endraw %}":            "{{ a }}",
		"{% assign a = 1 %}b":                     "b",
		"a{{ b":                                   "a",
	} {
		if got := Sample(text); got != want {
			t.Errorf("Sample(%s) = %q, want %q", text, got, want)
		}
	}
}

func TestStrip(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"plain {a}": "plain {a}",
		"{% if Profile.X contains '100%' %}a{% endif %} {laugh}":            "a {laugh}",
		"{% comment %}{x}{% endcomment %}{{ Profile.A | default: 'a{b' }}c": "c",
		"{% raw %}a {{b}} c{% endraw %}{{- Profile.A | default: 'x' -}}":    "a {{b}} c",
		"a{% comment %}b": "a",
		"a{{ b":           "a",
		"{{ b":            "",
	} {
		if got := Strip(text); got != want {
			t.Errorf("Strip(%s) = %q, want %q", text, got, want)
		}
	}
}

func FuzzLiquid(f *testing.F) {
	for _, seed := range []string{
		"", "{", "{{", "{%", "{{}}", "{%%}", "{{-}}", "{% - %}", "{{ Profile.A | default: 'x' }}", "{{ 'a", "{% if %}",
		"{% raw %}{{{% endraw %}", "{% comment %}", "{% for a in b %}{{ a.b[0] }}{% endfor %}", "{% assign a = %}",
		"{% case %}{% when , %}{% endcase %}", "@Profile - A | default: \"x\"", "}}", "{{ | | : , }}", "{% endif %}",
		"{{ (1..2) }}", "{{'000'|truncate:}}", "{{ a | truncate: 1e400 }}", "{{ a | truncate: +Inf }}",
		"{{ 'あ' | truncate: -5 }}", "{% if a == 'b' or c %}{% else %}{% else %}{% endif %}", "{% end %}", "{ Profile.A }",
		"{{.A}}", "{% if a && (b) | c AND not d <> 'e' == %}{% end if %}", "{% if a %}{% if a == 'b' %}{% unless a %}{% endunless %}{% endif %}{% endif %}",
		"{% for i in (1..3) limit: 2 %}{% break %}{% endfor %}", "{% assign a = b %}{% case a %}{% when 'c' or d %}{% else %}{% when %}{% endcase %}",
		"{% for a in (0..9) %}{% for a in (0..9) %}x{% endfor %}{% endfor %}", "@Profile-A @Profile - B | default:", "{% include 'a' %}{% now %}",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, p := range Check(text) {
			if p.Offset < last || p.Offset > len(text) {
				t.Errorf("the offset %d follows %d in a text of %d bytes", p.Offset, last, len(text))
			}
			last = p.Offset
			if p.Rule == "" || p.Message == "" {
				t.Errorf("an empty problem: %+v", p)
			}
		}
		if !HasTags(text) && (Sample(text) != text || Strip(text) != text) {
			t.Errorf("a text without tags is not what it is: %q, %q", Sample(text), Strip(text))
		}
		variants, _ := variantsOf(text)
		e := variants.Extent(func(text string) int { return len(text) }, 0)
		if e.Least < 0 || e.Least > e.Written || e.Written > e.Most || e.Most > 600*len(text) && !strings.Contains(text, "for") {
			t.Errorf("the extent of %q is %+v", text, e)
		}
		readings, _ := variants.Readings()
		for _, reading := range readings {
			if len(reading) > e.Written+len(text) {
				t.Errorf("%q is a reading of %q", reading, text)
			}
		}
	})
}
