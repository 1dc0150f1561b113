package personalization_test

import (
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

func TestReadProfileProperty(t *testing.T) {
	t.Parallel()
	property := personalization.ProfileProperty{Name: "Line ID", Default: "N.A"}
	bare := personalization.ProfileProperty{Name: "LineID"}
	for written, want := range map[string]personalization.ProfileProperty{
		property.Picker():                       property,
		property.Liquid():                       property,
		`@Profile - LineID`:                     bare,
		` @Profile-LineID `:                     bare,
		`{{Profile.LineID}}`:                    bare,
		`{{- Profile.LineID -}}`:                bare,
		`{{ @Profile - LineID }}`:               bare,
		`{{ Profile.LineID | default: "x y" }}`: {Name: "LineID", Default: "x y"},
	} {
		if got, ok := personalization.ReadProfileProperty(written); !ok || got != want {
			t.Errorf("%s: %+v, %t", written, got, ok)
		}
	}
	for _, written := range []string{
		"", "LineID", "U0123456789abcdef0123456789abcdef", "@Profile - ", "{{ Event.LineID }}", "{{ Profile.LineID | upcase }}",
		"a {{ Profile.LineID }}", "{{ Profile.a }}{{ Profile.b }}", "@Profile - a:b",
	} {
		if got, ok := personalization.ReadProfileProperty(written); ok {
			t.Errorf("%q: %+v", written, got)
		}
	}
}
