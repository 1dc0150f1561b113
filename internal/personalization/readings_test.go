package personalization

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestReadingsOfSeveralConditions: each combination is a reading, but none that no user has.
func TestReadingsOfSeveralConditions(t *testing.T) {
	t.Parallel()
	either := func(condition string) string { return "{% if " + condition + " %}y{% else %}n{% endif %}" }
	for text, want := range map[string]string{
		either("Profile.A") + either("Profile.B"):                                                         "yy yn ny nn",
		either("Profile.A") + either("Profile.A"):                                                         "yy nn",
		either("Profile.A") + either("Profile['A']"):                                                      "yy nn",
		either("Profile.A == 'a'") + either("Profile.A == 'b'"):                                           "yn ny nn",
		either("Profile.A == 'a'") + either("'a' == Profile.A"):                                           "yy nn",
		either("Profile.A == 'a'") + either("Profile.A != 'a'"):                                           "yn ny",
		either("Profile.A == 'a'") + either("Profile.A"):                                                  "yy ny nn",
		either("Profile.A == nil") + either("Profile.A"):                                                  "yn ny nn",
		either("Profile.A") + either("Profile.A == null"):                                                 "yn ny nn",
		either("Profile.A") + either("Profile.A == false"):                                                "yn ny nn",
		either("Profile.A == 'a' or Profile.A == 'b'") + either("Profile.A == 'b'"):                       "yn yy nn",
		either("Profile.A == 'a' or Profile.B == 'b'") + either("Profile.A == 'b'"):                       "yy yn ny nn",
		either("Profile.A == 'a' and Profile.B == 'b'") + either("Profile.A == 'a'"):                      "yy yn ny nn",
		either("Profile.N > 1") + either("Profile.N > 1") + either("Profile.N > 2"):                       "yyy yyn nny nnn",
		either("Profile.A == Profile.B") + either("Profile.A == Profile.B"):                               "yy nn",
		"{% unless Profile.A %}n{% else %}y{% endunless %}" + either("Profile.A"):                         "yy nn",
		"{% case Profile.A %}{% when 'a', 'b' %}1{% else %}2{% endcase %}" + either("Profile.A == 'b'"):   "1n 1y 2n",
		"{% case Profile.A %}{% when 'a' or 'b' %}1{% else %}2{% endcase %}" + either("Profile.A == 'b'"): "1n 1y 2n",
		"{% case Profile.A %}{% when Profile.B %}1{% else %}2{% endcase %}" + either("Profile.A == 'b'"):  "1y 1n 2y 2n",
		"{% if Profile.A %}" + either("Profile.A") + "{% endif %}":                                        "y ",
		"{% if Profile.A %}" + either("Profile.B") + "{% else %}x{% endif %}":                             "y n x",
		"{% assign x = Profile.A %}" + either("x") + "{% assign x = Profile.B %}" + either("x"):           "yy yn ny nn",
		"{% for x in Event.l %}" + either("x.a") + "{% endfor %}" + either("x.a"):                         "y?y y?n n?y n?n y n",
		"{{ Profile.A | default: 'x' }}{{ Profile.A | default: 'x' }}":                                    "?? xx",
		"{{ Profile.A | default: 'x' }}{{ Profile.B | default: 'x' }}":                                    "?? ?x x? xx",
		"{% assign n = Profile.A | default: 'x' %}{{ n }}{{ n }}":                                         "?? ?x x? xx",
		either("Profile.A") + "{% if Profile.A %}{% abort %}{% endif %}":                                  "n",
		"{% for i in (1..1) %}x{% endfor %}{% for i in (1..2) %}y{% endfor %}":                            "xy?",
		"{% if Profile.A %}{% assign n = 'a' %}{% endif %}{{ n }}":                                        "a  a ",
		"{% if Profile.A %}{% assign n = 'a' %}{% else %}{% assign n = 'b' %}{% endif %}{{ n }}":          "a b a b",
		"{% if Profile.A %}{% assign n = 'a' %}{% else %}{% abort %}{% endif %}{{ n }}":                   "a",
		"{% if Profile.A %}{% assign n = 'a' %}{% endif %}{{ n | default: 'c' }}":                         "a c a c",
		"{% for i in (1..1) %}{% break %}{% endfor %}{% for i in (1..1) %}x{% break %}{% endfor %}":       "x  x ",
		"{% for i in Event.l limit: 1 %}x{% endfor %}":                                                    "x ",
		"{% for i in (1..2) %}{% break %}y{% endfor %}":                                                   "y? ",
	} {
		v, _ := variantsOf(text)
		readings, coverage := v.Readings()
		if got := strings.ReplaceAll(strings.Join(readings, " "), Hole, "?"); got != want || coverage != AllReadings {
			t.Errorf("%s has the readings %q, %d, want %q", text, got, coverage, want)
		}
	}
}

// TestReadingsOfManyBranches: all branches of one block are read, and of several blocks each at least, or it is said.
func TestReadingsOfManyBranches(t *testing.T) {
	t.Parallel()
	block := func(count int, name, piece string) string {
		var text strings.Builder
		text.WriteString("{% case Profile." + name + " %}")
		for i := range count {
			fmt.Fprintf(&text, "{%% when 'a%d' %%}%s%d.", i, piece, i)
		}
		return text.String() + "{% endcase %}"
	}
	for text, want := range map[string]Coverage{
		block(33, "A", "b"):                       AllReadings,
		block(200, "A", "b"):                      AllReadings,
		block(1000, "A", "b"):                     EachBranch,
		block(40, "A", "b") + block(90, "B", "b"): EachBranch,
		"{% if Profile.C %}" + block(70, "A", "b") + "{% else %}" + block(90, "B", "b") + "{% endif %}" + block(33, "D", "b"): EachBranch,
		block(90, "A", "b") + strings.Repeat("c", 100_000):                                                                    SomeBranches,
		block(3000, "A", "b"): SomeBranches,
	} {
		v, _ := variantsOf(text)
		readings, coverage := v.Readings()
		if coverage != want {
			t.Errorf("%.60s: %d readings, coverage %d, want %d", text, len(readings), coverage, want)
		}
		for i := 0; coverage != SomeBranches && strings.Contains(text, fmt.Sprintf("b%d.", i)); i++ {
			if !slices.ContainsFunc(readings, func(r string) bool { return strings.Contains(r, fmt.Sprintf("b%d.", i)) }) {
				t.Errorf("%.60s: branch %d is not read", text, i)
			}
		}
	}
}

// TestExtentOfRelatedConditions: the longest branches are those that one user can get.
func TestExtentOfRelatedConditions(t *testing.T) {
	t.Parallel()
	three := "{% if Profile.L == 'a' %}aaa{% endif %}{% if Profile.L == 'b' %}bbbb{% endif %}{% if Profile.L == 'c' %}cc{% endif %}"
	independent := strings.Repeat("{% if Profile.A%d %}aa{% else %}b{% endif %}", 1)
	var many strings.Builder
	for i := range 40 {
		many.WriteString(strings.ReplaceAll(independent, "%d", fmt.Sprint(i)))
	}
	for text, want := range map[string]string{
		three: "0 4 4 false true",
		three + "{% if Profile.L == 'd' %}{% else %}x{% endif %}": "0 5 5 false true",
		three + many.String(): "40 84 84 false false",
		"{% if Profile.A %}aaa{% else %}b{% endif %}{% if Profile.A %}c{% else %}ddd{% endif %}": "4 4 4 false false",
		"{% if Profile.A %}a{% endif %}{% unless Profile.A %}b{% endunless %}":                   "1 1 1 false false",
		"{% if Profile.A %}a{% endif %}{% if Profile.B %}b{% endif %}":                           "0 2 2 false true",
		"{% for i in (1..3) %}ab{% endfor %}":                                                    "6 6 6 false false",
		"{% for i in (3..1) %}ab{% endfor %}c":                                                   "1 1 1 false false",
		"{% for i in (1..9) limit:2 offset: 8 %}ab{% endfor %}":                                  "0 4 4 false true",
		"{% for i in Event.l reversed limit: 3 %}{{ i | default: 'a' }}{% endfor %}":             "0 3 1536 false true",
		"{% for i in Event.l limit: Profile.N %}a{% endfor %}":                                   "0 1 1 true true",
		"{% for i in (1..99999999999999999999) %}a{% endfor %}":                                  "0 1 1 true true",
		"{% for i in (1..3) %}{% for j in (1..4) %}a{% endfor %}{% endfor %}":                    "12 12 12 false false",
		"{% for i in (1..3) %}{% if Profile.A %}{% break %}{% endif %}a{% endfor %}":             "0 3 3 false true",
		"{% for i in Event.l limit: 3 %}a{% else %}none{% endfor %}":                             "1 4 4 false false",
		"{% tablerow i in Event.l limit: 3 %}a{% endtablerow %}":                                 "0 1 1 true true",
	} {
		v, _ := variantsOf(text)
		e := v.Extent(func(text string) int { return len(text) }, 0)
		if got := fmt.Sprint(e.Least, e.Written, e.Most, e.Endless, e.Empty); got != want {
			t.Errorf("%.80s has the extent %s, want %s", text, got, want)
		}
	}
}
