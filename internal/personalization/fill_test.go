package personalization

import (
	"strings"
	"testing"
)

// shown writes the pieces so that their kinds are seen.
func shown(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		switch p.Kind {
		case Fixed:
			b.WriteString(p.Text)
		case Filled:
			b.WriteString("‹" + p.Text + "›")
			if p.Unapplied != "" {
				b.WriteString("~" + p.Unapplied)
			}
		case Unknown:
			b.WriteString("?" + p.Text + "?")
		case Aborted:
			b.WriteString("!" + p.Text + "!")
		}
	}
	return b.String()
}

func TestFill(t *testing.T) {
	given := map[string]string{"Profile.Name": "Aya", "Profile.Age": "20", "Profile.First Name": "A", "Profile.Empty": ""}
	for _, test := range []struct{ text, some, nothing string }{
		{"plain } {", "plain } {", "plain } {"},
		{"Hi {{ Profile.Name | default: 'you' }}!", "Hi ‹Aya›!", "Hi ‹you›!"},
		{"{{ Profile.City | default: 'there' }}", "‹there›", "‹there›"},
		{"{{ Profile.City }}.", "?{{ Profile.City }}?.", "."},
		{"{{ Profile['First Name'] }}", "‹A›", ""},
		{"{{ Profile.Empty | default: 'x' }}", "‹x›", "‹x›"},
		{"{{ 'it' }}{{ 3 }}", "‹it›‹3›", "‹it›‹3›"},
		{"{{ Profile.Name | upcase }}", "‹Aya›~upcase", ""},
		{"{{ Linked.a.parts[0] }}", "?{{ Linked.a.parts[0] }}?", "?{{ Linked.a.parts[0] }}?"},
		{"{% if Profile.Name %}a{% else %}b{% endif %}", "a", "b"},
		{"{% if Profile.City %}a{% else %}b{% endif %}", "?{% if Profile.City %}?a", "b"},
		{"{% unless Profile.Name == 'Aya' %}a{% else %}b{% endunless %}", "b", "a"},
		{"{% if Profile.Age >= 18 and Profile.Name != nil %}a{% elsif Profile.City %}b{% else %}c{% endif %}", "a", "c"},
		{"{% if Profile.Age < 9 or Profile.Name contains 'ya' %}a{% endif %}", "a", ""},
		{"{% if Profile.City and Profile.Age < 9 %}a{% else %}b{% endif %}", "b", "b"},
		{"{% case Profile.Age %}x{% when 19, 20 %}a{% when 21 %}b{% else %}c{% endcase %}", "a", "c"},
		{"{% for i in Profile.List %}a{% else %}b{% endfor %}", "?{% for i in Profile.List %}?a", "b"},
		{"{% assign n = Profile.Name | default: 'x' %}{{ n }}", "‹Aya›", "‹x›"},
		{"{% assign n = Profile.Name | upcase %}{{ n }}", "?{{ n }}?", "?{{ n }}?"},
		{"{% raw %}{{ a }}{% endraw %}{% comment %}c{% endcomment %}", "{{ a }}", "{{ a }}"},
		{"a {{- 1 -}} b", "a‹1›b", "a‹1›b"},
		{"{% if Profile.Name %}a{% else %}{% abort %}{% endif %}", "a", "!{% abort %}!"},
		{"a {{ b", "a ?{{ b?", "a ?{{ b?"},
		{"{% if %}a{% endif %}{% endif %}{% else %}", "?{% if %}?a", "?{% if %}?a"},
		{"{% if a ==  and b %}{% case %}{% when %}{% endcase %}{% endif %}", "?{% if a ==  and b %}??{% when %}?", "?{% if a ==  and b %}??{% when %}?"},
	} {
		if got := shown(Fill(test.text, Values{Given: given})); got != test.some {
			t.Errorf("%s: with values %q, want %q", test.text, got, test.some)
		}
		if got := shown(Fill(test.text, Values{Nothing: true})); got != test.nothing {
			t.Errorf("%s: of nothing %q, want %q", test.text, got, test.nothing)
		}
	}
	long := Fill("{% assign a = '"+strings.Repeat("é", 600)+"' %}{{ a }}", Values{})
	if got := strings.Count(shown(long), "é"); got != MaxValueLength {
		t.Errorf("a value has %d characters", got)
	}
}

func FuzzFill(f *testing.F) {
	f.Add("{% if a %}{{ b | default: 'c' }}{% elsif d == 1 or e %}{% else %}{% abort %}{% endif %}")
	f.Fuzz(func(_ *testing.T, text string) {
		Fill(text, Values{})
		Fill(text, Values{Nothing: true})
	})
}
