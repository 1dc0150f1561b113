package linebody_test

import (
	"slices"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

func TestUnused(t *testing.T) {
	t.Parallel()
	const text = `{"a": "{{ Profile.Name | default: 'x' }}", "b": ["{% if Event.Items[0] %}{{ Profile.Name }}{% endif %}"], "c": "none"}`
	names := linebody.NamesIn(text)
	if want := []string{"Event.Items[0]", "Profile.Name"}; !slices.Equal(slices.Compact(slices.Sorted(slices.Values(names))), want) {
		t.Errorf("got %q", names)
	}
	if got := linebody.NamesIn("{{ Profile.Name"); got != nil {
		t.Errorf("got %q", got)
	}
	for name, want := range map[string]string{
		"Profile.Name": "", "Profile": "", "Event.Items": "", "Profile.Name.first": "",
		"Profile.Nam": "no tag has this name; the tags have Event.Items[0], Profile.Name",
		"Profile.N":   "no tag has this name; the tags have Event.Items[0], Profile.Name",
	} {
		if got := linebody.Unused(name, names); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := linebody.Unused("a", nil); got != "no tag has this name; there are no tags with names" {
		t.Errorf("got %q", got)
	}
	if got := linebody.Unused("x", []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "a"}); got != "no tag has this name; the tags have a, b, c, d, e, f, g, h, i, j and others" {
		t.Errorf("got %q", got)
	}
}
