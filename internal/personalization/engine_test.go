package personalization_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/rendering"
)

// liquid writes random Liquid about Profile.A and Profile.B.
type liquid struct{ *rand.Rand }

func (l liquid) of(words ...string) string { return words[l.IntN(len(words))] }

func (l liquid) condition() string {
	return l.of("Profile.A", "Profile.B", "Profile.A == 'a'", "'a' == Profile.A", "Profile.A != 'b'", "Profile.A == nil", "Profile.B != nil",
		"Profile.A == 'a' or Profile.A == 'b'", "Profile.A == 'a' and Profile.B", "Profile.A contains 'a'", "Profile.A == Profile.B",
		"Profile.A == ''", "n", "n == 'a'", "Profile.A == false")
}

func (l liquid) text(depth int) string {
	var text strings.Builder
	for range 1 + l.IntN(3) {
		kind := l.IntN(8)
		if depth == 0 {
			kind = l.IntN(3)
		}
		switch kind {
		case 0, 1:
			text.WriteString(l.of("x", "y", " ", "zz"))
		case 2:
			text.WriteString(l.of("{{ Profile.A | default: 'd' }}", "{{ 'l' }}", "{{ n | default: '' }}", "{% assign n = Profile.B %}", "{% assign n = 'a' %}"))
		case 3:
			text.WriteString("{% if " + l.condition() + " %}" + l.text(depth-1) + "{% elsif " + l.condition() + " %}" + l.text(depth-1) + "{% endif %}")
		case 4:
			text.WriteString("{% unless " + l.condition() + " %}" + l.text(depth-1) + "{% else %}" + l.text(depth-1) + "{% endunless %}")
		case 5:
			text.WriteString("{% case Profile.A %}{% when 'a' %}" + l.text(depth-1) + "{% when 'b', nil %}" + l.text(depth-1) +
				l.of("", "{% else %}"+l.text(depth-1)) + "{% endcase %}")
		case 6:
			text.WriteString("{% for i in " + l.of("(1..3)", "(2..1)", "(1..1)", "Profile.L limit: 2") + " %}" + l.text(depth-1) +
				l.of("", "", "{% break %}") + "{% endfor %}")
		default:
			text.WriteString("{% if " + l.condition() + " %}" + l.text(depth-1) + l.of("", "{% else %}"+l.text(depth-1)) + "{% endif %}")
		}
	}
	return text.String()
}

// matches says whether a text is a reading, whose holes may be anything.
func matches(reading, text string) bool {
	pieces := strings.Split(reading, personalization.Hole)
	if len(pieces) == 1 {
		return reading == text
	}
	rest, found := strings.CutPrefix(text, pieces[0])
	for _, piece := range pieces[1 : len(pieces)-1] {
		if _, rest, found = cutFound(rest, piece, found); !found {
			return false
		}
	}
	return found && strings.HasSuffix(rest, pieces[len(pieces)-1])
}

func cutFound(text, piece string, before bool) (string, string, bool) {
	left, right, found := strings.Cut(text, piece)
	return left, right, found && before
}

// TestReadingsAreWhatIsSent: what a Liquid engine makes of a text, for any user, is one of its readings and within its extent.
func TestReadingsAreWhatIsSent(t *testing.T) {
	t.Parallel()
	l := liquid{rand.New(rand.NewPCG(1, 2))}
	all, wrong := 0, "" // the shortest text that is
	for range 1000 {
		text := l.text(3)
		coverage, problem := compare(t, text)
		if coverage == personalization.AllReadings {
			all++
		}
		if problem != "" && (wrong == "" || len(problem) < len(wrong)) {
			wrong = problem
		}
	}
	if wrong != "" {
		t.Error(wrong)
	}
	if all < 600 {
		t.Errorf("%d texts are read in full", all)
	}
}

// compare says what an engine makes of a text that is none of its readings.
func compare(t *testing.T, text string) (personalization.Coverage, string) {
	t.Helper()
	variants, ok := personalization.Parse(text).Variants()
	body, err := rendering.Compile(text)
	if !ok || err != nil {
		t.Fatalf("%s is not read: %v", text, err)
	}
	readings, coverage := variants.Readings()
	certain, _ := variants.Certain()
	extent := variants.Extent(func(text string) int { return len(text) }, 0)
	for _, a := range []any{nil, "a", "b", "c", "", false} {
		for _, b := range []any{nil, "a", "q"} {
			sent, err := body.Render(map[string]any{"Profile": map[string]any{"A": a, "B": b, "L": []any{1, 2, 3}}})
			switch {
			case err != nil:
				t.Fatalf("%s: %v", text, err)
			case len(sent) < extent.Least || len(sent) > extent.Most:
				return coverage, fmt.Sprintf("%s for %v, %v is %q, which has not %d to %d characters", text, a, b, sent, extent.Least, extent.Most)
			case coverage == personalization.AllReadings && !slices.ContainsFunc(readings, func(r string) bool { return matches(r, sent) }):
				return coverage, fmt.Sprintf("%s for %v, %v is %q, which is none of %q", text, a, b, sent, readings)
			case !matches(certain, sent):
				return coverage, fmt.Sprintf("%s for %v, %v is %q, which is not %q", text, a, b, sent, certain)
			}
		}
	}
	return coverage, ""
}
