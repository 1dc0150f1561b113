package personalization_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

func TestMarkup(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                            nil,
		"{ plain } }}":                nil,
		"a {{ x }} b {% if y %} c":    {"{{ x }}", "{% if y %}"},
		"{{ x }}{{ y }}":              {"{{ x }}", "{{ y }}"},
		"a {{- x -}} b":               {" {{- x -}} "},
		"a\u2028\u00a0{{- x }}\u00a0": {"\u2028\u00a0{{- x }}"},
		"a {{- x -}} {%- if y -%}  b": {" {{- x -}} {%- if y -%}  "},
		" {% comment %}{% endcomment %} {{- x }}":                           {" {% comment %}{% endcomment %} {{- x }}"},
		"{{ x -}} {% if y %} b {{ z }}":                                     {"{{ x -}} {% if y %} ", "{{ z }}"},
		"a {% raw %}{{ x }}{% endraw %}":                                    {"{% raw %}{{ x }}{% endraw %}"},
		"{% comment %} {{ x {%endcomment%} b {{ y }}":                       {"{% comment %} {{ x {%endcomment%}", "{{ y }}"},
		"{% case x %} {{ no }} {% when 'a' %} A {% else %} B {% endcase %}": {"{% case x %} {{ no }} {% when 'a' %}", "{% else %}", "{% endcase %}"},
		"{% case x -%} {% when 'a' -%} A {% endcase %}":                     {"{% case x -%} {% when 'a' -%} ", "{% endcase %}"},
	} {
		spans, whole := personalization.Markup(text)
		var got []string
		for _, span := range spans {
			got = append(got, text[span.Start:span.End])
		}
		if !whole || !slices.Equal(got, want) {
			t.Errorf("%q: %q, %t, not %q", text, got, whole, want)
		}
	}
	for _, text := range []string{"{{ x", "{% raw %} {{ x }}", "{% case x %} a", "a {{ {{ x }}"} {
		if spans, whole := personalization.Markup(text); whole {
			t.Errorf("%q is whole: %v", text, spans)
		}
	}
}

// What somebody serves in place of messages may be long: it takes time in proportion.
func TestMarkupOfManyTags(t *testing.T) {
	t.Parallel()
	const many = 300_000
	for _, tag := range []string{"{{-a}}", "{{a-}}", "{{- a -}} "} {
		text := strings.Repeat(tag, many)
		if spans, whole := personalization.Markup(text); !whole || !slices.Equal(spans, []personalization.Span{{End: len(text)}}) {
			t.Errorf("%s: %d spans, %t", tag, len(spans), whole)
		}
	}
}
