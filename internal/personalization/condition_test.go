package personalization

import (
	"slices"
	"strings"
	"testing"
)

// TestConditions has what people write of other languages, with what is said of it, and beside it what Liquid reads.
func TestConditions(t *testing.T) {
	t.Parallel()
	for condition, want := range map[string]string{
		"Profile.A and Profile.B or Profile.C":          "",
		"Profile.A == 'a && b || (c) ! <> and AND not'": "",
		"Profile.A contains 'x' and Profile.N >= -1":    "",
		"Profile['a and b'] == 'x'":                     "",
		"Profile.Notes == 'x' or Profile.note":          "",
		"Profile.Order and Profile.Android":             "",
		"Profile.Terms AND Conditions == 'x'":           "",
		"(1..3) contains Profile.N":                     "",
		"(1..Profile.N) contains 2":                     "",
		"Profile.A\tand\tProfile.B":                     `error '\t' in a tag`,
		"Profile.A <> 'x'":                              "warning Liquid's documentation has no <>, and not every engine reads it; write !=",
		"Profile.A && Profile.B":                        "error && is no operator of Liquid; write and",
		"Profile.A||Profile.B":                          "error || is no operator of Liquid; write or",
		"Profile.A & Profile.B":                         "error & is no operator of Liquid; write and",
		"Profile.A === 'x'":                             "error === is no operator of Liquid; write ==",
		"Profile.A !== 'x'":                             "error !== is no operator of Liquid; write !=",
		"Profile.N => 1":                                "error => is no operator of Liquid; write >=",
		"Profile.N =< 1":                                "error =< is no operator of Liquid; write <=",
		"Profile.N >> 1":                                "error >> is no operator of Liquid; it has ==, !=, <, >, <=, >=, contains, and, or",
		"Profile.A AND Profile.B":                       "error capitals matter: write and instead of AND",
		"Profile.A == 'x' OR Profile.B":                 "error capitals matter: write or instead of OR",
		"Profile.A == 'x' Or size == 1":                 "error capitals matter: write or instead of Or",
		"Profile.A CONTAINS 'x'":                        "error capitals matter: write contains instead of CONTAINS",
		"not Profile.A":                                 `error Liquid has no "not"; write {% unless Profile.A %} … {% endunless %}, or compare with == or !=`,
		"Profile.B and not Profile.A":                   `error Liquid has no "not"; write {% unless Profile.A %} … {% endunless %}, or compare with == or !=`,
		"!Profile.A":                                    `error Liquid has no "not"; write {% unless Profile.A %} … {% endunless %}, or compare with == or !=`,
		"(Profile.A or Profile.B) and Profile.C":        "error Liquid has no parentheses in conditions; put one {% if %} into another",
		"Profile.A and (Profile.B)":                     "error Liquid has no parentheses in conditions; put one {% if %} into another",
		"Profile.A | size > 3":                          "error a condition takes no filters; give the value a name before: {% assign value = Profile.A | size %}",
		"Profile.A == 'X' | downcase":                   "error a condition takes no filters; give the value a name before: {% assign value = 'X' | downcase %}",
		"Profile.B and Profile.A | size":                "error a condition takes no filters; give the value a name before: {% assign value = Profile.A | size %}",
		"Profile.A | size | plus: 1":                    "warning a condition takes no filters; give the value a name before: {% assign value = Profile.A | size | plus: 1 %}",
		"Profile.A == 'x' == 'y'":                       "error a comparison has two values; join two comparisons with and",
		"Profile.A == ":                                 "error a condition lacks a value",
		"Profile.A and or Profile.B":                    "error a condition lacks a value",
		"":                                              "error a condition lacks a value",
	} {
		got := ""
		for _, p := range Check("{% if " + condition + " %}a{% endif %}") {
			got += p.Severity.String() + " " + p.Message
		}
		if got != want && !(strings.HasPrefix(want, "error '") && strings.HasPrefix(got, want)) {
			t.Errorf("%s: got %q, want %q", condition, got, want)
		}
	}
}

// TestTagsOfOthers has tags in the words or the order of other languages.
func TestTagsOfOthers(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"{{ if Profile.A }}a{{ endif }}": {
			"error {{ }} prints a value, and if is a tag; write {% if Profile.A %}", "error {{ }} prints a value, and endif is a tag; write {% endif %}"},
		"{{ abort }}": {"error {{ }} prints a value, and abort is a tag; write {% abort %}"},
		"{% assign case = 'a' %}{{ case }}{{ 'a' | date: now }}{{ now }}": nil,
		"{% if Profile.A %}a{% end if %}": {
			`error CleverTap does not list the Liquid tag "end"; write endif`},
		"{% unless Profile.A %}a{% end %}": {
			`error CleverTap does not list the Liquid tag "end"; write endunless`},
		"{% If Profile.A %}a{% EndIf %}": {
			`error CleverTap does not list the Liquid tag "If"; write if`, `error CleverTap does not list the Liquid tag "EndIf"; write endif`},
		"a{% end %}":                    {`error CleverTap does not list the Liquid tag "end"; write endif`},
		"{% IF Profile.A %}a":           {`error CleverTap does not list the Liquid tag "IF"; write if`},
		"{% elssif %}":                  {`error CleverTap does not list the Liquid tag "elssif"; write elsif`},
		"{% assignn x = 1 %}":           {`error CleverTap does not list the Liquid tag "assignn"; write assign`},
		"{% something_else %}":          {`error CleverTap does not list the Liquid tag "something_else"`},
		"{{ 'a' | Default: 'x' }}":      {`error "Default" is not a filter of Liquid; write default`},
		"{{ Profile.A | defaul: 'x' }}": {`error "defaul" is not a filter of Liquid; write default`},
		"{{ 'a' | urlencode }}":         {`error "urlencode" is not a filter of Liquid; write url_encode`},
		"{{ 'a' | UpCase }}":            {`error "UpCase" is not a filter of Liquid; write upcase`},
		"{{ Profile.A == 'x' }}{{ Profile.A or Profile.B }}{{ Profile.Happy? | default: 'x' }}{{ Profile.A-b or c | default: 'x' }}": {
			"error {{ }} prints one value and compares nothing; choose with {% if %}, or with | default:",
			"error {{ }} prints one value and compares nothing; choose with {% if %}, or with | default:"},
		"{{ Profile.N + 1 }}{{ Profile.N - 1 | default: 'x' }}": {
			"warning Profile.N + 1 is read as one name; calculate with | plus: and its like"},
		"{{ @Profile - A | default: 'x' }}{{ @Profile.A | default: 'x' }}": {
			"error @Profile - A is a token of CleverTap's picker, which has no place in a tag; write a name such as Profile.Name",
			"error @Profile.A is a token of CleverTap's picker, which has no place in a tag; write a name such as Profile.Name"},
		"{% for i in 1..3 %}b{% endfor %}": {"error a range stands in parentheses; write (1..3)"},
		"{{ Profile.A | default: you }}": {
			`warning "you" is no name that CleverTap gives a value; names begin with Profile., Event. or ExternalTrigger. A text stands in quotes: 'you'.`},
		"{{ 'a' | shout }}": {`error "shout" is not a filter of Liquid`},
		"{% if Profile.A %}a{% else %}b{% else %}c{% endif %}":     {"error a second {% else %} is not read; write {% elsif … %} before the first, or leave one out"},
		"{% if Profile.A %}a{% else %}b{% elsif 'x' %}{% endif %}": {"error {% elsif %} stands after {% else %}; put else last"},
		"{% case Profile.A %}{% when 'x' %}a{% else %}b{% else %}c{% endcase %}": {
			"warning {% else %} stands after {% else %}, which engines read differently; put one else last"},
		"{% case Profile.A %}{% else %}b{% when 'x' %}a{% endcase %}": {
			"warning {% when %} stands after {% else %}, which engines read differently; put one else last"},
		"{% if Profile.A %}{% for a in Event.b %}c{% endif %}{% endfor %}": {
			"error {% endif %} stands where {% for %} is open; write {% endfor %} before it"},
		"{% if Profile.A %}a{% endfor %}{% endif %}": {"error {% endfor %} closes no open {% for %}"},
	} {
		var got []string
		for _, p := range Check(text) {
			got = append(got, p.Severity.String()+" "+p.Message)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got\n%q, want\n%q", text, got, want)
		}
	}
}

// TestHostileConditions: a long condition costs its length.
func TestHostileConditions(t *testing.T) {
	t.Parallel()
	const many = 300_000
	for _, piece := range []string{" | size", " and a", " == a", " not", " AND", "('", " AND Profile.a", "!", " contains"} {
		Check("{% if Profile.A" + strings.Repeat(piece, many) + " %}{% endif %}")
	}
}

// TestPickerSpellings: a picker's token is known in all its spellings, and an address is none.
func TestPickerSpellings(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`@Profile - LineID | default: "N.A"`:   "{{ Profile.LineID | default: 'N.A' }}",
		`@Profile - LineID | default: " N.A" `: "{{ Profile.LineID | default: 'N.A' }}",
		`@Profile - LineID|default:N.A`:        "{{ Profile.LineID | default: 'N.A' }}",
		`@Profile-LineID | default : 'N.A'`:    "{{ Profile.LineID | default: 'N.A' }}",
		`@Profile -Line ID | default: N.A`:     "{{ Profile.Line ID | default: 'N.A' }}",
		`Hi @Profile - Name, welcome`:          "{{ Profile.Name | default: '…' }}",
		`@Profile-Name`:                        "{{ Profile.Name | default: '…' }}",
		`@Rating - Score | default: "5"`:       "{{ Event.Score | default: '5' }}",
		`@Rating - Score`:                      "",
		`me@a-b.example, default`:              "",
		`@Profile`:                             "",
		`@profiles - of | us`:                  "",
	} {
		problems := Check(text)
		if want == "" && len(problems) > 0 || want != "" && (len(problems) != 1 || problems[0].Rule != rulePicker || !strings.HasSuffix(problems[0].Message, "write "+want)) {
			t.Errorf("%s: got %v, want %q", text, problems, want)
		}
	}
}
