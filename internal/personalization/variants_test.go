package personalization

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func variantsOf(text string) (Variants, bool) { return Parse(text).Variants() }

func TestVariants(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text     string
		readings string // parted by |, with ? for a hole
		extent   string // least written most
		empty    bool
	}{
		{"plain", "plain", "5 5 5", false},
		{"", "", "0 0 0", true},
		{"Hi {{ Profile.A | default: 'you' }}!", "Hi ?!|Hi you!", "4 7 516", false},
		{"{{ Profile.A | truncate: 20 }}{{ Profile.B }}", "??", "0 0 532", false},
		{"{{ Profile.A | truncate: 0 }}{{ Profile.B | truncate: 0.5 }}", "??", "0 0 0", false},
		{"{{ Profile.A | truncate }}{{ Profile.A | truncate: -5 }}{{ Profile.A | truncate: Profile.N }}", "???", "0 0 1536", false},
		{"{{ Profile.A | default: 5 }}", "?|5", "0 1 512", false},
		{"{{ Profile.A | default: '' }}", "?|", "0 0 512", true},
		{"{{ Profile.A | default: Profile.B | default: 'b' }}", "?|?|b", "0 1 512", false},
		{"{{ Profile.A | default: 'abc' | truncate: 2 }}", "?|?", "0 0 2", false},
		{"{{ Profile.A | default: 'abc' | truncate: 3 }}", "?|abc", "0 3 3", false},
		{"{{ Profile.A | default: 'Abc' | upcase }}{{ 'B' | downcase }}", "?b|ABCb", "1 4 513", false},
		{"{{ Profile.A | default: 'Abc' | strip }}", "?|?", "0 0 512", false},
		{"{{ Event.N | plus: 1 }}", "?", "0 0 20", false},
		{"{{ Event.D | date: '%d/%m' }}", "?", "0 0 31", false},
		{"{{ 'a' | default: 'b' }}{{ nil | default: 'c' }}", "ac", "2 2 2", false},
		{"{% if Profile.A %}bcd{% else %}あ{% endif %}e", "bcde|あe", "2 4 4", false},
		{"a{% if Profile.A %}b{% endif %}", "ab|a", "1 2 2", false},
		{"{% if Profile.A %}b{% endif %}", "b|", "0 1 1", true},
		{"{% unless Profile.A %}b{% endunless %}{% if Profile.B %}c{% elsif Profile.C %}de{% else %}f{% endif %}", "bc|bde|bf|c|de|f", "1 3 3", false},
		{"{% case Profile.A %} x {% when 'a' %}A{% when 'b', 'c' %}BC{% endcase %}", "A|BC|", "0 2 2", true},
		{"{% case Profile.A %}{% when 'a' %}A{% else %}{% endcase %}", "A|", "0 1 1", true},
		{"{% if Profile.A %}{% if Profile.B %}x{% else %}y{% endif %}{% else %}z{% endif %}", "x|y|z", "1 1 1", false},
		{"{% if Profile.A %}abc{% else %}{% abort %}{% endif %}", "abc", "3 3 3", false},
		{"{% abort %}abc", "", "0 0 0", false},
		{"a{% for x in Event.y %}b{% endfor %}", "ab?|a", "1 2 2 endless", false},
		{"{% for x in Event.y %}b{% endfor %}", "b?|", "0 1 1 endless", true},
		{"{% raw %}{{ a }}{% endraw %}", "{{ a }}", "7 7 7", false},
		{"a{% comment %}bcd {{ x }}{% endcomment %}e", "ae", "2 2 2", false},
		{"a {{- ' b' -}} c", "a bc", "4 4 4", false},
		{"{% assign x = Profile.A | default: 'a' %}{{ x }}!", "?!|a!", "1 2 513", false},
		{"{% if Profile.L %}{% assign g = 'hey' %}{% else %}{% assign g = 'yo' %}{% endif %}{{ g }}", "hey|yo|hey|yo", "2 3 3", false},
	} {
		v, ok := variantsOf(c.text)
		if !ok {
			t.Errorf("%s is not read", c.text)
			continue
		}
		e := v.Extent(utf8.RuneCountInString, 0)
		extent := fmt.Sprint(e.Least, e.Written, e.Most)
		if e.Endless {
			extent += " endless"
		}
		if extent != c.extent {
			t.Errorf("%s has the extent %s, want %s", c.text, extent, c.extent)
		}
		readings, _ := v.Readings()
		if got := strings.ReplaceAll(strings.Join(readings, "|"), Hole, "?"); got != c.readings {
			t.Errorf("%s has the readings %s, want %s", c.text, got, c.readings)
		}
		if got := v.MayBeEmpty(); got != c.empty {
			t.Errorf("%s may be empty: %t", c.text, got)
		}
	}
	for _, text := range []string{"a{% endif %}b", "{{ Profile.A", "a{% comment %}b", "{% if Profile.A %}a", "{% else %}", "{% if a %}{% endfor %}"} {
		if _, ok := variantsOf(text); ok && text != "a{% comment %}b" {
			t.Errorf("%s is read", text)
		}
	}
}

// apart is a text many times, with a number of its own for each #.
func apart(text string, many int) string {
	var all strings.Builder
	for i := range many {
		all.WriteString(strings.ReplaceAll(text, "#", fmt.Sprint(i)))
	}
	return all.String()
}

// TestVariantsAreLinear: neither depth nor breadth costs more than its length.
func TestVariantsAreLinear(t *testing.T) {
	t.Parallel()
	const many = 50_000
	for _, text := range []string{
		strings.Repeat("{% if a %}b", many) + strings.Repeat("{% endif %}", many),
		strings.Repeat("{% if a %}b{% else %}c{% endif %}", many),
		apart("{% if Profile.A == '#' %}b{% endif %}", many),
		apart("{% if Profile.A == '#' %}b{% endif %}", 5) + "{% case Profile.A %}" + apart("{% when '#' %}b", many) + "{% endcase %}",
		"{% case Profile.A %}{% when '1'" + apart(", '#'", many) + " %}{% endcase %}" + apart("{% if Profile.A == '#' %}b{% endif %}", 100),
		strings.Repeat("{% assign a = a | default: 'x' %}", many) + "{{ a }}",
		strings.Repeat("{{ a | default: 'x' }}", many),
	} {
		v, ok := variantsOf(text)
		readings, _ := v.Readings()
		if !ok || len(readings) > mostReadings || v.Extent(utf8.RuneCountInString, 0).Least < 0 {
			t.Errorf("%.40s is not read", text)
		}
	}
}

// TestGuards: an output needs no default where a condition leaves only users who have the value.
func TestGuards(t *testing.T) {
	t.Parallel()
	for text, warned := range map[string]bool{
		"{% if Profile.A %}{{ Profile.A }}{% endif %}":                                                      false,
		"{% if Profile.A %}{{ Profile['A'] }}{% endif %}":                                                   false,
		"{% if Profile.A %}{{ Profile.B }}{% endif %}":                                                      true,
		"{% if Profile.A %}{% endif %}{{ Profile.A }}":                                                      true,
		"{% if Profile.A %}a{% else %}{{ Profile.A }}{% endif %}":                                           true,
		"{% if Profile.A != blank %}{{ Profile.A }}{% endif %}":                                             false,
		"{% if Profile.A != '' %}{{ Profile.A }}{% endif %}":                                                true,
		"{% if Profile.A != 'x' %}{{ Profile.A }}{% endif %}":                                               true,
		"{% if Profile.A != 'x' %}a{% else %}{{ Profile.A }}{% endif %}":                                    false,
		"{% if Profile.A == nil %}a{% else %}{{ Profile.A }}{% endif %}":                                    false,
		"{% if nil == Profile.A %}a{% else %}{{ Profile.A }}{% endif %}":                                    false,
		"{% if Profile.A == nil %}{{ Profile.A }}{% endif %}":                                               true,
		"{% if Profile.A == 'x' %}{{ Profile.A }}{% endif %}":                                               false,
		"{% if Profile.A == Profile.B %}{{ Profile.A }}{% endif %}":                                         true,
		"{% if Profile.A > 5 %}{{ Profile.A | plus: 1 }}{% endif %}":                                        false,
		"{% if Profile.A contains 'x' %}{{ Profile.A }}{% endif %}":                                         false,
		"{% if Profile.B and Profile.A %}{{ Profile.A }}{% endif %}":                                        false,
		"{% if Profile.B or Profile.A %}{{ Profile.A }}{% endif %}":                                         true,
		"{% if Profile.A == 'x' or Profile.A == 'y' %}{{ Profile.A }}{% endif %}":                           false,
		"{% if Profile.A == 'x' or Profile.A == 'y' and Profile.B %}{{ Profile.A }}{% endif %}":             true,
		"{% if Profile.A == nil or Profile.B == nil %}a{% else %}{{ Profile.A }}{{ Profile.B }}{% endif %}": false,
		"{% if Profile.A == nil and Profile.B == nil %}a{% else %}{{ Profile.A }}{% endif %}":               true,
		"{% unless Profile.A == blank %}{{ Profile.A }}{% endunless %}":                                     false,
		"{% unless Profile.A %}a{% else %}{{ Profile.A }}{% endunless %}":                                   false,
		"{% unless Profile.A %}{{ Profile.A }}{% endunless %}":                                              true,
		"{% if Profile.B %}a{% elsif Profile.A %}{{ Profile.A }}{% endif %}":                                false,
		"{% if Profile.B %}a{% elsif Profile.A %}{{ Profile.B }}{% endif %}":                                true,
		"{% if Profile.A == nil %}a{% elsif Profile.B %}{{ Profile.A }}{{ Profile.B }}{% endif %}":          false,
		"{% if Profile.A %}{% if Profile.B %}{{ Profile.A }}{% endif %}{% endif %}":                         false,
		"{% case Profile.A %}{% when 'x' %}{{ Profile.A }}{% endcase %}":                                    false,
		"{% case Profile.A %}{% when 'x' %}a{% else %}{{ Profile.A }}{% endcase %}":                         true,
		"{% case Profile.A %}{% when nil %}{{ Profile.A }}{% endcase %}":                                    true,
		"{% assign n = Profile.A %}{% if n %}{{ n }}{% endif %}":                                            false,
	} {
		got := slices.ContainsFunc(Check(text), func(p Problem) bool { return p.Rule == ruleDefault })
		if got != warned || len(Check(text)) > 1 {
			t.Errorf("%s: %v, warned %t, want %t", text, Check(text), got, warned)
		}
	}
}

// TestGuardsAreLinear: neither deep blocks nor long conditions cost more than their length.
func TestGuardsAreLinear(t *testing.T) {
	t.Parallel()
	const many = 50_000
	for _, text := range []string{
		strings.Repeat("{% if Profile.A %}{{ Profile.B }}", many) + strings.Repeat("{% endif %}", many),
		"{% if Profile.A %}" + strings.Repeat("{% elsif Profile.A == nil %}{{ Profile.B }}", many) + "{% endif %}",
		"{% if Profile.A == nil" + strings.Repeat(" or Profile.A == nil", many) + " %}{% endif %}",
	} {
		if len(Check(text)) > many {
			t.Errorf("%.40s has more problems than outputs", text)
		}
	}
}
