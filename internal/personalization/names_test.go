package personalization

import (
	"slices"
	"testing"
)

func TestNames(t *testing.T) {
	t.Parallel()
	text := "{% if Profile.B == 'x' and Event['Cart Total'] > 1 %}{{ Profile.A | default: Profile.C }}{% endif %}{{ Profile.A }}" +
		"{% assign n = Linked.api.label %}{{ n }}{% for i in Event.items limit: 2 %}{{ i.name }}{{ forloop.index }}{% endfor %}" +
		"{% case Profile.D %}{% when 'a', Profile.E %}{% endcase %}{{ User.X | append: 'Profile.F' }}{% raw %}{{ Profile.G }}{% endraw %}"
	want := []string{"Event.Cart Total", "Event.items", "Linked.api.label", "Profile.A", "Profile.B", "Profile.C", "Profile.D", "Profile.E", "User.X"}
	if got := Parse(text).Names(); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
