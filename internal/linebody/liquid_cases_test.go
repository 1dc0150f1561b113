package linebody

import (
	"slices"
	"strings"
	"testing"
)

// TestLiquidBodies has Liquid as people write it, each with what a person who knows LINE and CleverTap says of it: the rules, with ! before
// those that are errors.
func TestLiquidBodies(t *testing.T) {
	t.Parallel()
	a := strings.Repeat("a", 4990)
	label := strings.Repeat("b", 21)
	image := func(url string) string {
		return `{"type":"image","originalContentUrl":"` + url + `","previewImageUrl":"https://a.example/p.png"}`
	}
	colour := func(value string) string {
		return inBubble(`"body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"a","color":"` + value + `"}]}`)
	}
	flexText := func(text, more string) string {
		return inBubble(`"body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"` + text + `"` + more + `}]}`)
	}
	button := func(label, uri string) string {
		return template("buttons", `"text":"a","actions":[{"type":"uri","label":"`+label+`","uri":"`+uri+`"}]`)
	}
	for _, test := range []struct{ message, want string }{
		// Outputs and their defaults.
		{textOf("Hi {{ Profile.Name | default: 'you' }}!"), ""},
		{textOf("Hi {{Profile.Name|default:'you'}}!"), ""},
		{textOf("Hi {{ Profile.Name }}!"), "liquid-default"},
		{textOf("{{ Profile.Name | default: '' }}"), "empty-text"},
		{textOf("{{ Profile.Name | default: nil }}"), "empty-text"},
		{textOf("{{ '' }}"), "!empty-text"},
		{textOf("{{ Profile.Name | default: Profile.Nick | default: 'you' }}"), ""},
		{textOf("{{ Profile.Name | default: Profile.Nick }}"), "liquid-default"},
		{textOf("{% if Profile.Nick %}{{ Profile.Name | default: Profile.Nick }}{% else %}a{% endif %}"), ""},
		{textOf("{% assign n = Profile.Nick | default: 'a' %}{{ Profile.Name | default: n }}"), ""},
		{textOf("{% assign n = Profile.Nick %}{{ Profile.Name | default: n }}"), "liquid-default"},
		{textOf("{{ Profile.Name | default: 'you' | upcase | strip }}"), ""},
		{textOf("{{ Profile.Points | plus: 10 }}"), "liquid-default"},
		{textOf("{% if Profile.Name %}Hi {{ Profile.Name }}{% else %}Hi{% endif %}"), ""},
		{textOf("{% if Profile.Name != blank %}Hi {{ Profile.Name | capitalize }}{% else %}Hi{% endif %}"), ""},
		{textOf("{% unless Profile.Name == nil %}Hi {{ Profile.Name }}{% else %}Hi{% endunless %}"), ""},
		{textOf("{% if Profile.Name %}Hi{% else %}Hi {{ Profile.Name }}{% endif %}"), "liquid-default"},
		{textOf("{% if Profile.A and Profile.B %}{{ Profile.A }}{{ Profile.B }}{% else %}a{% endif %}"), ""},
		{textOf("{% if Profile.A or Profile.B %}{{ Profile.A }}{% else %}a{% endif %}"), "liquid-default"},
		{textOf("{% case Profile.Tier %}{% when 'gold', 'silver' %}{{ Profile.Tier }}{% else %}none{% endcase %}"), ""},
		// A text that must not be empty.
		{textOf("{% if Profile.A %}a{% endif %}"), "empty-text"},
		{textOf("{% if Profile.A %}a{% elsif Profile.B %}b{% endif %}"), "empty-text"},
		{textOf("{% case Profile.A %}{% when 'x' %}a{% endcase %}"), "empty-text"},
		{textOf("{% if Profile.A %}a{% else %}{% abort %}{% endif %}"), ""},
		{textOf("{% for i in Event.items limit: 3 %}{{ i.name | default: 'b' }}{% endfor %}"), "empty-text"},
		{textOf("{% for i in Event.items limit: 3 %}{{ i.name | default: 'b' }}{% else %}none{% endfor %}"), ""},
		{textOf("{% comment %}nothing{% endcomment %}"), "!empty-text"},
		{textOf("{% assign a = 'b' %}"), "!empty-text"},
		{textOf("{% assign a = 'b' %}{{ a }}"), ""},
		{textOf("{% if Profile.A %}{% assign a = 'b' %}{% endif %}{{ a }}"), "empty-text"},
		{textOf("{% if Profile.A %}{% assign a = 'b' %}{% else %}{% assign a = 'c' %}{% endif %}{{ a }}"), ""},
		{textOf("{% assign a = 'c' %}{% if Profile.A %}{% assign a = 'b' %}{% endif %}{{ a }}"), ""},
		// Lengths.
		{textOf(a + "{% if Profile.A %}bb{% else %}cc{% endif %}"), ""},
		{textOf(a + "{% if Profile.A %}" + label + "{% else %}cc{% endif %}"), "text-length"},
		{textOf(a + "{% if Profile.A %}" + label + "{% else %}" + label + "{% endif %}"), "!text-length"},
		{textOf(a + "{{ Profile.A | default: 'x' }}"), "text-length"},
		{textOf(a + "{{ Profile.A | truncate: 10 | default: 'x' }}"), ""},
		{textOf("a{% for i in Event.items %}b{% endfor %}"), "text-length"},
		{button("{% if Profile.A %}Buy{% else %}"+label+"{% endif %}", "https://a.example"), "text-length"},
		{button("{{ Profile.A | default: 'Buy' }}", "https://a.example"), "text-length"},
		// Addresses.
		{image("https://a.example/{{ Profile.A | default: 'a' | url_encode }}.png"), ""},
		{image("https://a.example/{{ Profile.A | default: 'a' }}.png"), "liquid-raw-value"},
		{image("{{ Profile.Picture | default: 'https://a.example/d.png' }}"), ""},
		{image("{{ Profile.Picture | default: 'http://a.example/d.png' }}"), "url-scheme"},
		{image("{% if Profile.A %}https{% else %}http{% endif %}://a.example/d.png"), "url-scheme"},
		{image("http://a.example/{{ Profile.A | default: 'a' | url_encode }}"), "!url-scheme"},
		{button("Buy", "{% if Profile.A %}https://a.example{% else %}javascript:alert(1){% endif %}"), "url-scheme"},
		{button("Buy", "https://a.example/?q={{ Event.Q | default: 'a' | url_param_escape }}"), ""},
		{button("Call", "tel:{{ Profile.Phone | default: '+6621234567' }}"), ""},
		// Colours, words and places.
		{colour("{{ Profile.Colour | default: '#aabbcc' }}"), "personalised-value"},
		{colour("{{ Profile.Colour | default: 'red' }}"), "value-form"},
		{colour("{% if Profile.A %}#aabbcc{% else %}#ddeeff{% endif %}"), ""},
		{colour("{% if Profile.A %}#aabbcc{% else %}ddeeff{% endif %}"), "value-form"},
		{colour("{% if Profile.A %}aabbcc{% else %}ddeeff{% endif %}"), "!value-form !value-form"},
		{flexText("{% if Profile.A %}a{% endif %}", ""), "empty-text"},
		{flexText("a", `,"weight":"{% if Profile.A %}bold{% else %}regular{% endif %}"`), ""},
		{flexText("a", `,"weight":"{% if Profile.A %}bold{% else %}heavy{% endif %}"`), "unknown-word"},
		{`{"type":"text","text":"$ {{ Profile.A | default: 'a' }} $","emojis":[{"index":0,"productId":"5ac1bfd5040ab15980c9b435","emojiId":"001"}]}`, ""},
		{`{"type":"text","text":"{{ Profile.A | default: 'a' }} $","emojis":[{"index":8,"productId":"5ac1bfd5040ab15980c9b435","emojiId":"001"}]}`, "emoji-index"},
		{flexText("a", `,"flex":"{{ Profile.N | default: 1 }}"`), "!wrong-json-type"},
		// Words and tags that CleverTap does not have.
		{textOf("{% if Profile.A %}a{% else if Profile.B %}b{% else %}c{% endif %}"), "!liquid-syntax"},
		{textOf("{% capture x %}a{% endcapture %}b"), "!liquid-tag"},
		{textOf("{% render 'a' %}b"), "!liquid-tag"},
		{textOf("{% raw %}{{ not Liquid }}{% endraw %}"), ""},
		{textOf("a {%- if Profile.A -%} b {%- else -%} c {%- endif -%} d"), ""},
		{textOf("{{- Profile.A | default: 'a' -}}"), ""},
		{textOf("Hi @Profile - Name | default: 'you' !"), "picker-token"},
		{textOf("Hi @Profile - First Name|default:you"), "picker-token"},
		{textOf("Hi {Profile.Name}!"), "liquid-unbalanced"},
		{textOf("Hi {{ profile.Name | default: 'you' }}!"), "!liquid-name"},
		{textOf("Hi {{ Profile.Name | default 'you' }}!"), "!liquid-syntax"},
		{textOf("Hi {{ Profile.Name | default: ‘you’ }}!"), "!liquid-syntax"},
		{textOf(`Hi {{ Profile.Name | default: \"you\" }}!`), "!liquid-escape"},
		{textOf("{% if Profile.A = 'x' %}a{% else %}b{% endif %}"), "!liquid-syntax"},
		{textOf("{% if Profile.A == 'x' %}a{% else %}b"), "!liquid-unbalanced"},
		{textOf("{% if Profile.A && Profile.B %}a{% else %}b{% endif %}"), "!liquid-syntax"},
		{textOf("{% if Profile.Customer Type == 'x' %}a{% else %}b{% endif %}"), ""},
		{textOf("{% if Event.Cart contains 'shoe' %}a{% else %}b{% endif %}"), ""},
		{textOf("{% if Profile.N > 10 and Profile.N <= 20 %}a{% else %}b{% endif %}"), ""},
		{textOf("{% assign n = Profile.N | plus: 1 %}{% if n > 3 %}a{% else %}b{% endif %}"), ""},
		{textOf("{% if Linked.api.http_status_code == 200 %}{{ Linked.api.raw }}{% else %}{% abort %}{% endif %}"), "liquid-default"},
		{textOf("{{ Event.When | date: '%d/%m/%Y' | default: 'soon' }}"), ""},
		{textOf("{% tablerow i in Event.items cols: 2 %}a{% endtablerow %}b"), "text-length"},
	} {
		var got []string
		for _, p := range Validate([]byte(bodyTo(user, test.message))) {
			rule := p.Rule
			if p.Severity == Error {
				rule = "!" + rule
			}
			got = append(got, rule)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: got %q, want %q", shorten(test.message, 200), got, test.want)
		}
	}
}
