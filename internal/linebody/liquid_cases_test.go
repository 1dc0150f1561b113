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
		{textOf("{{ Profile.Points | plus: 10 }}"), ""},
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
		{textOf("{% tablerow i in Event.items cols: 2 %}a{% endtablerow %}b"), "!liquid-tag text-length"},
		// Loops over numbers, and what ends them.
		{textOf("{% for i in (1..10) %}{% if i == 7 %}{% break %}{% else %}{{ i }}{% endif %}{% endfor %}"), ""},
		{textOf("{% for i in (1..10) %}{% if i == 7 %}{% continue %}{% else %}{{ i }}{% endif %}{% endfor %}"), ""},
		{textOf("{% for i in (1..3) %}{% if Profile.A %}{% break %}{% endif %}a{% endfor %}"), "empty-text"},
		{textOf("{% for i in (1..3) %}{% if Profile.A %}a{% endif %}{% endfor %}"), "empty-text"},
		{textOf("a{% break %}"), "!liquid-unbalanced"},
		{textOf("{% for i in (1..2) %}a{% endfor %}{% continue %}"), "!liquid-unbalanced"},
		{textOf("{% for t in Profile.Tags limit: 3 %}{{ t }}{% else %}none{% endfor %}"), ""},
		{textOf("{% for t in Event.Items limit: 3 %}{{ t.name }}{% else %}none{% endfor %}"), "liquid-default"},
		{textOf("{% for t in Event.Items limit: 3 %}{% if t.name == blank %}{% continue %}{% endif %}{{ t.name }}{% endfor %}b"), ""},
		{button("{% for i in (1..9) %}{{ i }}{{ forloop.index }}{% endfor %}", "https://a.example"), ""},
		{button("{% for i in (1..10) %}{{ i }}{{ forloop.index }}{% endfor %}", "https://a.example"), "text-length"},
		{button("{% for i in (8..10) %}{{ i }}{{ forloop.first }}{% endfor %}", "https://a.example"), "text-length"},
		{button("{% for i in (1..3) %}{{ i }}{% endfor %}", "https://a.example"), ""},
		{button("Top {% for i in (1..3) %}{{ forloop.index }}{% endfor %}", "https://a.example"), ""},
		{button("{% for i in (1..21) %}a{% endfor %}", "https://a.example"), "!text-length"},
		// Guards.
		{textOf("{% unless Profile.A %}{% abort %}{% endunless %}{{ Profile.A }}"), ""},
		{textOf("{% if Profile.A == blank %}{% abort %}{% endif %}{{ Profile.A }}"), ""},
		{textOf("{% if Profile.A %}a{% else %}{% abort %}{% endif %}{{ Profile.A }}"), ""},
		{textOf("{% if Profile.B %}{% unless Profile.A %}{% abort %}{% endunless %}{{ Profile.A }}{% else %}{{ Profile.A }}{% endif %}"), "liquid-default"},
		{textOf("{% if Profile.A %}{% abort %}{% endif %}b{{ Profile.A }}"), "liquid-default"},
		{textOf("{% if Profile.A %}b{% elsif Profile.B %}c{% else %}{% abort %}{% endif %}{{ Profile.A }}"), "liquid-default"},
		{textOf("{% if Profile.A != '' %}{{ Profile.A }}{% else %}a{% endif %}"), "liquid-default"},
		{textOf("{% unless Profile.A == '' %}{{ Profile.A }}{% else %}a{% endunless %}"), "liquid-default"},
		{textOf("{% if Profile.A == '' %}a{% else %}{{ Profile.A }}{% endif %}"), "liquid-default"},
		{textOf("{% if Profile.A != empty %}{{ Profile.A }}{% else %}a{% endif %}"), "liquid-default"},
		{textOf("{% if Profile.A.size > 0 %}{{ Profile.A }}{% else %}a{% endif %}"), ""},
		{button("{% if Profile.A == 'gold' or Profile.A == 'silver' %}{{ Profile.A }}{% else %}x{% endif %}", "https://a.example"), ""},
		{button("{% case Profile.A %}{% when 'gold', 'silver' %}{{ Profile.A }}{% else %}x{% endcase %}", "https://a.example"), ""},
		{button("{% case Profile.A %}{% when 'gold' %}x{% else %}{{ Profile.A | default: 'y' }}{% endcase %}", "https://a.example"), "text-length"},
		{button("Buy", "https://a.example/?n={{ Profile.A | plus: 0 }}"), ""},
		{button("Buy", "https://a.example/?n={{ Profile.A | plus: 0 | append: 'x y' }}"), "liquid-raw-value"},
		// What is printed may be read in several ways, and what is compared may not.
		{textOf("{{ Profile.A | default: 'a\\nb' }}"), "liquid-escape"},
		{textOf("{{ Profile.A | default: 'he said \\\"b\\\"' }}"), "liquid-escape"},
		{textOf("{% if Profile.A == 'a\\nb' %}a{% else %}b{% endif %}"), "!liquid-escape"},
		// Words that no name has.
		{textOf("{% if Profile.A in Profile.B %}a{% else %}b{% endif %}"), "!liquid-syntax"},
		{textOf("{% if Profile.A in 'a,b' %}a{% else %}b{% endif %}"), "!liquid-syntax"},
		{textOf("{% if Profile.A is blank %}a{% else %}b{% endif %}"), "!liquid-syntax"},
		{textOf("{% if Profile.A equals Profile.B %}a{% else %}b{% endif %}"), "!liquid-syntax"},
		{textOf("{% if Profile.A not contains 'a' %}a{% else %}b{% endif %}"), "!liquid-syntax"},
		{textOf("{% if Profile.A exists %}a{% else %}b{% endif %}"), "!liquid-syntax"},
		{textOf("{% if Profile.A is defined %}a{% else %}b{% endif %}"), "!liquid-syntax"},
		{textOf("{% if Profile.A == Profile.B Profile.C %}a{% else %}b{% endif %}"), "!liquid-syntax"},
		{textOf("{{ Profile.A + Profile.B | default: 'a' }}"), "!liquid-syntax"},
		{textOf("{{ Profile.A.toUpperCase() | default: 'a' }}"), "!liquid-syntax"},
		{textOf("{{ Event.NPS Score | default: 'a' }}{{ Profile.Is VIP | default: 'a' }}{{ Profile.Opt in | default: 'a' }}"), ""},
		{textOf("{{ Profile.Last Score (%) | default: 'a' }}{{ Profile.number in stock | default: 'a' }}"), ""},
		{textOf("{{{ Profile.A }}}"), "!liquid-syntax"},
		{textOf("{{% if Profile.A %}}a{{% endif %}}"), "!liquid-syntax !liquid-syntax"},
		{textOf("{{#if Profile.A}}a{{/if}}"), "!liquid-syntax !liquid-syntax"},
		{textOf("${Profile.A}"), "liquid-unbalanced"},
		{textOf("{% for i in (1...3) %}a{% endfor %}"), "!liquid-syntax empty-text text-length"},
		// Text messages (v2).
		{`{"type":"textV2","text":"Hi {% if Profile.A %}{x}{% else %}friend{% endif %}"}`, "text-v2-substitution"},
		{`{"type":"textV2","text":"Hi {% if Profile.A %}{x}{% else %}{y}{% endif %}"}`, "!text-v2-substitution !text-v2-substitution"},
		{`{"type":"textV2","text":"Hi {x}{% if Profile.A %}a{% else %}b{% endif %}"}`, "!text-v2-substitution"},
		{`{"type":"textV2","text":"Hi {% if Profile.A %}{x{% else %}b{% endif %}"}`, "text-v2-braces"},
		// The size of a Flex Message, as it is sent.
		{flexText("{% if Profile.A %}"+strings.Repeat("x", 20000)+"{% else %}"+strings.Repeat("y", 20000)+"{% endif %}", ""), ""},
		{flexText("{% if Profile.A %}"+strings.Repeat("x", 31000)+"{% else %}y{% endif %}", ""), "flex-size"},
		{flexText("{% if Profile.A %}"+strings.Repeat("x", 31000)+"{% else %}"+strings.Repeat("y", 31000)+"{% endif %}", ""), "!flex-size"},
		{flexText("a{% comment %}"+strings.Repeat("x", 40000)+"{% endcomment %}", ""), ""},
		{flexText("{% for i in (1..40000) %}x{% endfor %}", ""), "!flex-size"},
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
