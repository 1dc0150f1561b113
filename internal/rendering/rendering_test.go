package rendering

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestRender(t *testing.T) {
	t.Parallel()
	values := map[string]any{"Profile": map[string]any{"Name": "Aya", "Points": 12}, "Event": map[string]any{"Total": "9"}}
	for body, want := range map[string]string{
		`{{ Profile.Name | upcase | truncate: 2, '' }}{{ Profile.Gone | default: 'x' }}`: "AYx",
		`{% if Profile.Points > 10 %}gold{% else %}new{% endif %} {{ Event.Total }}`:     "gold 9",
		`{{ Profile.Name | url_encode }}`:                                                "Aya",
	} {
		compiled, err := Compile(body)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := compiled.Render(values); got != want || err != nil {
			t.Errorf("%s: got %q, %v; want %q", body, got, err, want)
		}
	}
}

// TestRenderEnds: what a person wrote can make neither the memory nor the process the engine's.
func TestRenderEnds(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]error{
		`{% for i in (1..300000000) %}` + strings.Repeat("a", 1000) + `{% endfor %}`: ErrTooLarge,
		`a{% abort %}`: ErrAborted,
	} {
		compiled, err := Compile(body)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := compiled.Render(nil); got != "" || !errors.Is(err, want) {
			t.Errorf("%.60s: got %d bytes, %v", body, len(got), err)
		}
	}
}

func TestCompileRefuses(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{% include 'a' %}`:                  "documents nothing like",
		`{{ Profile.Name | json }}`:          "documents nothing like",
		"{{ Profile.Name\n}}":                "not closed on its line",
		`@Profile - LineID | default: "N.A"`: "token of the picker",
		`{% if Profile.A %}`:                 "if",
	} {
		if _, err := Compile(body); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", body, err, want)
		}
	}
	compiled, err := Compile(`{{ Linked.b.x }}{{ Linked['a c'].y }}{{ Linked.b.z }}`)
	if err != nil || !slices.Equal(compiled.APIs(), []string{"a c", "b"}) {
		t.Errorf("got %q, %v", compiled.APIs(), err)
	}
}
