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
		"an empty one":          {text("{{ Profile.Name | default: '' }}{% if Profile.Other == 'b' %}b{% endif %}"), []string{"--sample=Profile.Other=Aya"}, "2:8: error: text: must not be empty (with the values of --sample) [empty-text]"},
		"too long":              {text("{{ Profile.Name | default: 'you' }}"), []string{long}, "2:8: error: text: has 6000 of at most 5000"},
		"too long and cut":      {text("{{ Profile.Name | default: 'you' | truncate: 20 }}"), []string{long}, ""},
		"a quote":               {text("{{ Profile.Name | default: 'you' }}"), []string{`--sample=Profile.Name=a"b`}, `1:1: error: with these values it is no JSON: `},
		"a branch":              {text("{% if Profile.Points > 10 %}gold{% endif %}"), []string{"--sample=Profile.Points=9"}, "must not be empty"},
		"another branch":        {text("{% if Profile.Points > 10 %}gold{% endif %}"), []string{"--sample=Profile.Points=11"}, ""},
		"a boolean":             {text("{% if Profile.Gold %}{% else %}a{% endif %}"), []string{"--sample=Profile.Gold=false"}, ""},
		"a text like a number":  {text("{% if Profile.Code == '007' %}a{% endif %}"), []string{"--sample=Profile.Code=007"}, ""},
		"an equals sign":        {text("{% if Profile.Code == 'a=b' %}a{% endif %}"), []string{"--sample=Profile.Code=a=b"}, ""},
		"nested":                {text("{{ Event.Cart.Total | default: '' }}"), []string{"--sample=Event.Cart.Total=1"}, ""},
		"abort":                 {text("{% unless Profile.Name %}{% abort %}{% endunless %}{{ Profile.Other | default: 'a' }}"), []string{"--sample=Profile.Other=x"}, "1:1: warning: with these values {% abort %} ends the message, and nothing is sent [sample-aborted]"},
		"errors of the Liquid":  {text("{{ Profile.Name | nope | default: 'a' }}"), []string{"--sample=Profile.Name=Aya"}, "2:27: error: text: \"nope\" is not a filter"},
		"what the engine lacks": {text("{{ Profile.Name | default: 3 | at_least: 4 }}"), []string{"--sample=Profile.Name=Aya"}, "1:1: warning: cannot be rendered with these values, and is checked as it is written: "},
		"assigned before":       {`[{"type":"text","text":"{% assign n = Profile.A | default: 'x' %}a"},{"type":"text","text":"{{ n }}"}]`, []string{"--sample=Profile.A=b"}, ""},
		"a URL":                 {`{"type":"image","originalContentUrl":"https://a.example/{{ Profile.A | default: 'a' }}","previewImageUrl":"{{ Profile.B | default: 'https://a.example' }}"}`, []string{"--sample=Profile.B=http://b.example"}, "previewImageUrl: has the scheme \"http\""},
		"an editor's schema":    {`{"$schema":"a","type":"text","text":"{{ Profile.A | default: 'b' }}"}`, []string{"--sample=Profile.A=b"}, ""},
		"a space in a name":     {text("{% if Profile.Customer Type.size > 1 %}{{ Profile.Customer Type | default: '' }}{% else %}a{% endif %}"), []string{"--sample=Profile.Customer Type="}, ""},
		"another one":           {text("{% if Profile.Customer Type == 'ab' %}{% else %}a{% endif %}"), []string{"--sample=Profile.Customer Type=ab"}, "must not be empty"},
		"a name in Japanese":    {text("{% if Profile.名前 == 'ab' %}{% else %}a{% endif %}"), []string{"--sample=Profile.名前=ab"}, "must not be empty"},
		"a body":                {`{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[{"type":"text","text":"a"}]}`, []string{"--sample=Profile.LineID=U0123456789abcdef0123456789abcdeF"}, "1:7: error: to: is no LINE user id"},
	} {
		got := checkText(t, test.text, test.args...)
		lines := strings.Count(got.Stdout, "\n")
		if test.want == "" && got.Stdout != "" || test.want != "" && (lines != 1 || !strings.Contains(got.Stdout, test.want)) || got.Stderr != "" {
			t.Errorf("%s: got %+v, want %q", name, got, test.want)
		}
	}
}

// TestUnusedSamples: a sample that no tag uses is told of, with the names that are there.
func TestUnusedSamples(t *testing.T) {
	t.Parallel()
	message := func(text string) string { return `{"type":"text","text":"` + text + `"}` }
	for text, want := range map[string]string{
		message("{{ Profile.Name | default: 'a' }}"):                                        "--sample Profile.Names: no tag has this name; the tags have Profile.Name\n",
		message("{% if Event.B %}b{% else %}{{ Profile.A | default: 'a' }}{% endif %}"):     "--sample Profile.Names: no tag has this name; the tags have Event.B, Profile.A\n",
		message("{{ Profile.Names.first | default: 'a' }}"):                                 "",
		message("{% for i in Profile.Names limit: 2 %}{{ i | default: 'a' }}{% endfor %}a"): "",
		message("a"): "--sample Profile.Names: no tag has this name; there are no tags with names\n",
		message("a" + strings.Repeat("{% if Profile.A %}{% endif %}", 3) + many("Profile.B", 11)): "--sample Profile.Names: no tag has this name; the tags have Profile.A, " +
			"Profile.Ba, Profile.Bb, Profile.Bc, Profile.Bd, Profile.Be, Profile.Bf, Profile.Bg, Profile.Bh, Profile.Bi and others\n",
	} {
		if got := checkText(t, text, "--sample=Profile.Names=Aya"); got.Stderr != want {
			t.Errorf("%s: got %q, want %q", text, got.Stderr, want)
		}
	}
}

// many are tags about names that differ in their last letter.
func many(name string, count int) string {
	var tags strings.Builder
	for i := range count {
		tags.WriteString("{% if " + name + string(rune('a'+i)) + " %}{% endif %}")
	}
	return tags.String()
}
