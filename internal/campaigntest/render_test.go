package campaigntest_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
)

// guarded is the text that is pasted once, and reads its messages.
const guarded = `{% if Linked.line_messages.name == "welcome" and Linked.line_messages.shape == "3f2a9b1c" %}` +
	`{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":{{ Linked.line_messages.parts[0] }}` +
	`{{ Profile.Name | default: 'there' }}{{ Linked.line_messages.parts[1] }},` +
	`"customAggregationUnits":["{{ Linked.line_messages.unit }}"]}{% else %}{% abort %}{% endif %}`

// document is the answer that it reads.
const document = `{"schema_version":1,"kind":"line-linked-messages","name":"welcome","shape":"3f2a9b1c",` +
	`"parts":["[{\"type\":\"text\",\"text\":\"Hello, ","!\"}]"],"unit":"welcome_1a2b3c4d","variant_of":"greetings",` +
	`"tags":["{{ Profile.Name | default: 'there' }}"]}`

const (
	messageToMia = `{"to":"U1","messages":[{"type":"text","text":"Hello, Mia!"}],"customAggregationUnits":["welcome_1a2b3c4d"]}`
	messageToLeo = `{"to":"U2","messages":[{"type":"text","text":"Hello, there!"}],"customAggregationUnits":["welcome_1a2b3c4d"]}`
)

func labels(t *testing.T, answer string) map[string]any {
	t.Helper()
	labels, err := campaigntest.Labels([]byte(answer))
	if err != nil {
		t.Fatal(err)
	}
	return labels
}

func TestGuardedBody(t *testing.T) {
	t.Parallel()
	mia := map[string]any{"LineID": "U1", "Name": "Mia"}
	variant := strings.Replace(guarded, ".name ==", ".variant_of ==", 1)
	for name, test := range map[string]struct {
		body, answer string
		profile      map[string]any
		want         string // "" is aborted
	}{
		"match":                   {guarded, document, mia, messageToMia},
		"defaults":                {guarded, document, nil, strings.NewReplacer("U1", "N.A", "Mia", "there").Replace(messageToMia)},
		"another message":         {guarded, strings.Replace(document, `"welcome"`, `"bye"`, 1), mia, ""},
		"another shape":           {guarded, strings.Replace(document, "3f2a9b1c", "00000000", 1), mia, ""},
		"a longer shape":          {guarded, strings.Replace(document, "3f2a9b1c", "3f2a9b1c0", 1), mia, ""},
		"no shape":                {guarded, strings.Replace(document, `"shape"`, `"form"`, 1), mia, ""},
		"an empty object":         {guarded, `{}`, mia, ""},
		"null":                    {guarded, `null`, mia, ""},
		"a list":                  {guarded, `[` + document + `]`, mia, ""},
		"variant of this":         {strings.Replace(variant, `"welcome"`, `"greetings"`, 1), document, mia, messageToMia},
		"variant of nothing":      {variant, document, mia, ""},
		"names differ by capital": {guarded, strings.Replace(document, `"welcome"`, `"Welcome"`, 1), mia, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := campaigntest.Render(test.body, test.profile, map[string]any{"line_messages": labels(t, test.answer)})
			if aborted := errors.Is(err, campaigntest.ErrAborted); got != test.want || aborted != (test.want == "") || (err != nil && !aborted) {
				t.Errorf("got %q, %v; want %q", got, err, test.want)
			}
		})
	}
	t.Run("nothing linked", func(t *testing.T) {
		t.Parallel()
		if _, err := campaigntest.Render(guarded, mia, nil); !errors.Is(err, campaigntest.ErrAborted) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("catalog", func(t *testing.T) {
		t.Parallel()
		body := strings.NewReplacer(".name", ".identity", ".shape", ".attributes.shape", ".parts[0]", ".attributes.part0",
			".parts[1]", ".attributes.part1", ".unit", ".attributes.unit").Replace(guarded)
		answer := `{"identity":"welcome","attributes":{"shape":"3f2a9b1c","part0":"[{\"type\":\"text\",\"text\":\"Hello, ",` +
			`"part1":"!\"}]","unit":"welcome_1a2b3c4d"}}`
		got, err := campaigntest.Render(body, mia, map[string]any{"line_messages": labels(t, answer)})
		if err != nil || got != messageToMia {
			t.Errorf("got %q, %v", got, err)
		}
	})
}

// What comes out of a label or a property is text, whatever it looks like.
func TestRenderKeepsText(t *testing.T) {
	t.Parallel()
	for _, text := range []string{`"`, `\`, `\u2028`, "\u2028", `</script>&amp;'`, "{{ Profile.Name }}", "{% abort %}", "{{", "%}",
		"👩‍👩‍👧", "あ", "\n\t", strings.Repeat("x", 50<<10)} {
		want := "<" + text + "|" + text + ">"
		linked := map[string]any{"api": map[string]any{"parts": []any{text}}}
		got, err := campaigntest.Render("<{{ Linked.api.parts[0] }}|{{ Profile.Name }}>", map[string]any{"Name": text}, linked)
		if err != nil || got != want {
			t.Errorf("got %q, %v; want %q", got, err, want)
		}
	}
}

func TestRenderValues(t *testing.T) {
	t.Parallel()
	profile := map[string]any{
		"Age": json.Number("42"), "Points": json.Number("1000000"), "Rate": json.Number("1.5"), "Go": 7, "Customer Type": "gold",
		"Empty": "", "Null": nil, "Yes": true, "No": false, "Tags": []any{"a", json.Number("2")},
	}
	linked := map[string]any{"Weather-Demo": map[string]any{"t": json.Number("31")}, "A name": map[string]any{"x": "y"}}
	for body, want := range map[string]string{
		"{{ Profile.Age }} {{ Profile.Points }} {{ Profile.Rate }} {{ Profile.Go }} {{ Profile.Yes }}":         "42 1000000 1.5 7 true",
		"{% if Profile.Age > 41 %}old{% endif %}":                                                              "old",
		"{{ Profile.Empty | default: 'e' }}{{ Profile.Null | default: 'n' }}{{ Profile.Gone | default: 'g' }}": "eng",
		"{{ Profile['Customer Type'] }}{{ Profile.Tags[1] }}":                                                  "gold2",
		"{% if Linked.Weather-Demo.t > 30 %}hot{% endif %}{{ Linked['A name'].x }}":                            "hoty",
		"{% raw %}{{ Profile.Age }}{% endraw %}{% comment %}c{% endcomment %}":                                 "{{ Profile.Age }}",
		"a {{- 'b' -}} c": "abc",
		"{% for i in (1..3) %}{{ i }}{% endfor %}{% unless Profile.No %}!{% endunless %}": "123!",
		"{% assign n = Profile.Age | plus: 1 %}{{ n }}":                                   "43",
		"[[{]} } { no tags }%": "[[{]} } { no tags }%",
	} {
		if got, err := campaigntest.Render(body, profile, linked); err != nil || got != want {
			t.Errorf("%s: got %q, %v; want %q", body, got, err, want)
		}
	}
}

func TestRenderAborts(t *testing.T) {
	t.Parallel()
	for _, body := range []string{"{% abort %}", "x{%abort%}y", "{% for i in (1..3) %}{% if i == 2 %}{% abort %}{% endif %}{% endfor %}",
		"{% case Profile.A %}{% when 1 %}a{% else %}{% abort %}{% endcase %}", "{% unless Profile.A %}{%- abort -%}{% endunless %}"} {
		if got, err := campaigntest.Render(body, nil, nil); got != "" || !errors.Is(err, campaigntest.ErrAborted) {
			t.Errorf("%s: got %q, %v", body, got, err)
		}
	}
	if got, err := campaigntest.Render("{% if Profile.A %}{% abort %}{% endif %}x", nil, nil); got != "x" || err != nil {
		t.Errorf("an abort that is not reached: got %q, %v", got, err)
	}
}

func TestRenderRefuses(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"to": "@Profile - LineID | default: " N.A" "}`:                 "token of the picker, @Profile - LineID",
		`{{ Profile.A }}@Profile - LineID | default: "x"{{ Profile.B }}`: "token of the picker",
		"{{ Profile.Customer Type }}":                                    "syntax error",
		"{{ Profile.A":                                                   "not closed",
		"{% if Profile.A":                                                "not closed",
		"{{ Profile.A\n | default: 'x' }}":                               "not closed on its line",
		"{% if Profile.A %}x":                                            "unterminated",
		"{% unheard %}":                                                  "undefined tag",
		"{{ Profile.A | unheard }}":                                      "undefined filter",
		"{{ Profile.A | json }}":                                         "documents nothing like",
		"{{ Profile.A | type }}":                                         "documents nothing like",
		"{{ Profile.A | inspect }}":                                      "documents nothing like",
		"{% include 'render_test.go' %}":                                 "documents nothing like",
		"{% cycle 'a', 'b' %}":                                           "documents nothing like",
		"{% capture x %}y{% endcapture %}":                               "documents nothing like",
	} {
		got, err := campaigntest.Render(body, nil, nil)
		if err == nil || errors.Is(err, campaigntest.ErrAborted) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %q, %v; want an error with %q", body, got, err, want)
		}
	}
}

func TestLabels(t *testing.T) {
	t.Parallel()
	const answer = ` {"data":[{"name":"Mia"}],"raw":1,"json":2,"n":1000000} `
	const body = "{{ Linked.api.n }}{{ Linked.api.json.data[0].name }}{{ Linked.api.JSON.data[0].name }}{{ Linked.api.raw }}"
	got, err := campaigntest.Render(body, nil, map[string]any{"api": labels(t, answer)})
	if want := "1000000MiaMia" + answer; err != nil || got != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
	list := map[string]any{"api": labels(t, `["a","b"]`)}
	if got, err := campaigntest.Render("{{ Linked.api.json[1] }}", nil, list); err != nil || got != "b" {
		t.Errorf("of a list: got %q, %v", got, err)
	}
	for _, answer := range []string{"", "<html></html>", `{"a":1`, `{"a":1} x`, "\ufeff{}", `{'a':1}`} {
		if labels, err := campaigntest.Labels([]byte(answer)); err == nil {
			t.Errorf("%q has the labels %v", answer, labels)
		}
	}
}
