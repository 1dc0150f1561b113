package rendering

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestRenderComplete(t *testing.T) {
	t.Parallel()
	values, err := Values(map[string]string{"Profile.Name": "Aya", "Profile.Points": "12", "Event.Empty": ""})
	if err != nil {
		t.Fatal(err)
	}
	for body, want := range map[string]string{
		"no Liquid":                                                 "no Liquid",
		"{{ Profile.Name }}":                                        "Aya",
		" {{- Profile.Name -}} !":                                   "Aya!",
		"{{Profile.Name|upcase}}":                                   "AYA",
		"{{ Profile.Name | append: '|' }}":                          "Aya|",
		"{{ Profile.No | default: 'a' }}":                           "a",
		"{{ Profile.No | upcase | default: 'a' }}":                  "a",
		"{{ Profile.No | default: Profile.Name }}":                  "Aya",
		"{{ 'a | default: b' }}":                                    "a | default: b",
		"{{ Event.Empty }}":                                         "",
		"{{ Profile.Points | plus: 1 }}":                            "13",
		"{% if Profile.No %}{{ Profile.No }}{% else %}a{% endif %}": "a",
		"{% unless Profile.No == 'x' %}a{% endunless %}":            "a",
		"{% assign n = Profile.Name %}{{ n }}":                      "Aya",
		"{% for i in (1..2) %}{{ i }}{% endfor %}":                  "12",
		"{% raw %}{{ Profile.No }}{% endraw %}{{ Profile.Name }}":   "{{ Profile.No }}Aya",
	} {
		if got, err := RenderComplete(body, values); got != want || err != nil {
			t.Errorf("%s: got %q, %v; want %q", body, got, err, want)
		}
	}
	for body, want := range map[string][]string{
		"{{ Profile.No }}": {"{{ Profile.No }}"},
		"{{- Profile.No -}}{{ Other.No }}{{- Profile.No -}}": {"{{- Profile.No -}}", "{{ Other.No }}"},
		"{{ Profile.No | upcase }}":                          {"{{ Profile.No | upcase }}"},
		"{{ Profile.No | append: ' | default: x' }}":         {"{{ Profile.No | append: ' | default: x' }}"},
		"{{ Profile.No | default: Profile.Nor }}":            {"{{ Profile.No | default: Profile.Nor }}"},
		"{% if Profile.Name %}{{ Profile.No }}{% endif %}":   {"{{ Profile.No }}"},
		"{% assign n = Profile.No %}{{ n }}":                 {"{{ n }}"},
		"{% raw %}{{ a }}{% endraw %}{{ b }}":                {"{{ b }}"},
		"{{ Profile.Name.No }}":                              {"{{ Profile.Name.No }}"},
		"{{ Profile.No | divided_by: 0 }}":                   {"{{ Profile.No | divided_by: 0 }}"},
	} {
		got, err := RenderComplete(body, values)
		incomplete, ok := errors.AsType[*IncompleteError](err)
		if got != "" || !ok || !slices.Equal(incomplete.Tags, want) {
			t.Errorf("%s: got %q, %v; want %q", body, got, err, want)
		}
		if ok && !strings.HasSuffix(err.Error(), strings.Join(want, ", ")) {
			t.Errorf("the error is %v", err)
		}
	}
}

func TestRenderCompleteFailsAsRenderDoes(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"{% include 'a' %}":                  "documents nothing like",
		`@Profile - LineID | default: "N.A"`: "token of the picker",
		"a{% abort %}":                       ErrAborted.Error(),
		"{{ 3 | at_least: 4 }}":              "at_least",
		"{{ Profile.Name":                    "not closed",
		"{% for i in (1..300000000) %}" + strings.Repeat("a", 1000) + "{% endfor %}": ErrTooLarge.Error(),
	} {
		if got, err := RenderComplete(body, nil); got != "" || err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60s: got %q, %v; want %q", body, got, err, want)
		}
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	got, err := Values(map[string]string{"Profile.Name": "Aya", "Profile.A.B": "007", "x": "true", "Profile.N": "1.5", "Profile.T": `"a"`})
	want := map[string]any{"x": true, "Profile": map[string]any{"Name": "Aya", "A": map[string]any{"B": "007"}, "N": got["Profile"].(map[string]any)["N"], "T": `"a"`}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	if text, err := RenderComplete("{{ Profile.N | plus: 1 }}", got); text != "2.5" || err != nil {
		t.Errorf("got %q, %v", text, err)
	}
	if _, err := Values(map[string]string{"Profile": "a", "Profile.Name": "b"}); err == nil || err.Error() != "Profile.Name: another one gives a value to the Profile in it" {
		t.Errorf("got %v", err)
	}
}
