package check

import (
	"strings"
	"testing"
)

func TestSamples(t *testing.T) {
	t.Parallel()
	text := func(liquid string) string { return "{\"type\":\"text\",\n\"text\":\"" + liquid + `"}` }
	long := "--sample=Profile.Name=" + strings.Repeat("a", 6000)
	for name, test := range map[string]struct {
		text string
		args []string
		want string // of the one line; "" is none
	}{
		"a value":               {text("{{ Profile.Name | default: 'you' }}"), []string{"--sample=Profile.Name=Aya"}, ""},
		"an empty one":          {text("{{ Profile.Name | default: '' }}"), []string{"--sample=Profile.Other=Aya"}, "2:8: error: text: must not be empty (with the values of --sample) [empty-text]"},
		"too long":              {text("{{ Profile.Name | default: 'you' }}"), []string{long}, "2:8: error: text: has 6000 of at most 5000"},
		"too long and cut":      {text("{{ Profile.Name | default: 'you' | truncate: 20 }}"), []string{long}, ""},
		"a quote":               {text("{{ Profile.Name | default: 'you' }}"), []string{`--sample=Profile.Name=a"b`}, `1:1: error: with these values it is no JSON: `},
		"a branch":              {text("{% if Profile.Points > 10 %}gold{% endif %}"), []string{"--sample=Profile.Points=9"}, "must not be empty"},
		"another branch":        {text("{% if Profile.Points > 10 %}gold{% endif %}"), []string{"--sample=Profile.Points=11"}, ""},
		"a boolean":             {text("{% if Profile.Gold %}{% else %}a{% endif %}"), []string{"--sample=Profile.Gold=false"}, ""},
		"a text like a number":  {text("{% if Profile.Code == '007' %}a{% endif %}"), []string{"--sample=Profile.Code=007"}, ""},
		"an equals sign":        {text("{% if Profile.Code == 'a=b' %}a{% endif %}"), []string{"--sample=Profile.Code=a=b"}, ""},
		"nested":                {text("{{ Event.Cart.Total | default: '' }}"), []string{"--sample=Event.Cart.Total=1"}, ""},
		"abort":                 {text("{% unless Profile.Name %}{% abort %}{% endunless %}a"), []string{"--sample=Profile.Other=x"}, "1:1: warning: with these values {% abort %} ends the message, and nothing is sent [sample-aborted]"},
		"errors of the Liquid":  {text("{{ Profile.Name | nope | default: 'a' }}"), []string{"--sample=Profile.Name=Aya"}, "2:27: error: text: \"nope\" is not a filter"},
		"what the engine lacks": {text("{{ 3 | at_least: 4 }}"), []string{"--sample=Profile.Name=Aya"}, "1:1: warning: cannot be rendered with these values, and is checked as it is written: "},
		"assigned before":       {`[{"type":"text","text":"{% assign n = 'x' %}a"},{"type":"text","text":"{{ n }}"}]`, []string{"--sample=Profile.A=b"}, ""},
		"a URL":                 {`{"type":"image","originalContentUrl":"https://a.example/{{ Profile.A | default: 'a' }}","previewImageUrl":"{{ Profile.B | default: 'https://a.example' }}"}`, []string{"--sample=Profile.B=http://b.example"}, "previewImageUrl: has the scheme \"http\""},
		"an editor's schema":    {`{"$schema":"a","type":"text","text":"b"}`, []string{"--sample=Profile.A=b"}, ""},
		"a body":                {`{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[{"type":"text","text":"a"}]}`, []string{"--sample=Profile.LineID=U0123456789abcdef0123456789abcdeF"}, "1:7: error: to: is no LINE user id"},
	} {
		got := checkText(t, test.text, test.args...)
		lines := strings.Count(got.Stdout, "\n")
		if test.want == "" && got.Stdout != "" || test.want != "" && (lines != 1 || !strings.Contains(got.Stdout, test.want)) || got.Stderr != "" {
			t.Errorf("%s: got %+v, want %q", name, got, test.want)
		}
	}
}
