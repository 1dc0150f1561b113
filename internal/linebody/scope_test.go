package linebody

import (
	"strings"
	"testing"
)

// TestTextsAreOneTemplate: what one text settles is so in those behind it, in the same message and in the next ones, and not before.
func TestTextsAreOneTemplate(t *testing.T) {
	t.Parallel()
	const assign = "{% assign n = Profile.N | default: 'x' %}"
	url := func(uri string) string {
		return template("buttons", `"text":"a","actions":[{"type":"uri","label":"{{ n }}","uri":"https://a.example/?n=`+uri+`"}]`)
	}
	for _, test := range []struct {
		messages []string
		want     string
	}{
		{[]string{textOf(assign + "{{ n }}"), textOf("{{ n }}")}, ""},
		{[]string{textOf("{{ n }}"), textOf(assign + "{{ n }}")}, "liquid-name liquid-default"},
		{[]string{textOf("{% assign n = Profile.N %}a"), textOf("{{ n }}")}, "liquid-default"},
		{[]string{textOf("{% if Profile.A %}{% assign n = 'b' %}{% endif %}a"), textOf("{{ n }}")}, "empty-text"},
		{[]string{textOf("{% assign n = 'b' %}a"), textOf("{% assign n = Profile.N %}a"), textOf("{{ n }}")}, "liquid-default"},
		{[]string{textOf("{% assign n = 'b' | url_encode %}a"), url("{{ n }}")}, "text-length"},
		{[]string{textOf("{% assign n = 'b' %}a"), url("{{ n }}")}, ""},
		{[]string{textOf("{% assign n = '" + strings.Repeat("b", 21) + "' %}a"), url("a")}, "!text-length"},
		{[]string{textOf("{% unless Profile.A %}{% abort %}{% endunless %}a"), textOf("{{ Profile.A }}")}, ""},
		{[]string{textOf("{{ Profile.A }}"), textOf("{% unless Profile.A %}{% abort %}{% endunless %}a")}, "liquid-default"},
	} {
		var got []string
		for _, p := range Validate([]byte(bodyTo(user, test.messages...))) {
			rule := p.Rule
			if p.Severity == Error {
				rule = "!" + rule
			}
			got = append(got, rule)
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: got %q, want %q", test.messages, got, test.want)
		}
		if parts := ValidateMessages(user, ParseMessages(test.messages...), Options{}); len(parts) != len(got) {
			t.Errorf("%s: in parts %v", test.messages, parts)
		}
	}
}
