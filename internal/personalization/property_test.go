package personalization

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestProfilePropertyForms(t *testing.T) {
	t.Parallel()
	p := ProfileProperty{Name: "LineID", Default: "N.A"}
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	if got, want := p.Liquid(), `{{ Profile.LineID | default: 'N.A' }}`; got != want {
		t.Errorf("Liquid() = %s, want %s", got, want)
	}
	if got, want := p.Picker(), `@Profile - LineID | default: "N.A"`; got != want {
		t.Errorf("Picker() = %s, want %s", got, want)
	}
}

func TestProfilePropertyCheck(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		property ProfileProperty
		want     string // part of the error; empty for none
	}{
		"plain":             {ProfileProperty{"LineID", "N.A"}, ""},
		"space inside":      {ProfileProperty{"Customer Type", "none"}, ""},
		"non-ASCII":         {ProfileProperty{"会員番号", "なし"}, ""},
		"empty default":     {ProfileProperty{"LineID", ""}, ""},
		"longest name":      {ProfileProperty{strings.Repeat("é", 120), "x"}, ""},
		"too long":          {ProfileProperty{strings.Repeat("é", 121), "x"}, "121 of at most 120 characters"},
		"empty name":        {ProfileProperty{"", "x"}, "empty"},
		"leading space":     {ProfileProperty{" LineID", "x"}, "space"},
		"trailing space":    {ProfileProperty{"LineID ", "x"}, "space"},
		"tab in name":       {ProfileProperty{"Line\tID", "x"}, "U+0009"},
		"bad UTF-8 name":    {ProfileProperty{"Line\xff", "x"}, "UTF-8"},
		"bad UTF-8 default": {ProfileProperty{"LineID", "\xff"}, "UTF-8"},
		"newline default":   {ProfileProperty{"LineID", "a\nb"}, "U+000A"},
	}
	for _, r := range prohibitedInName {
		tests["name with "+string(r)] = struct {
			property ProfileProperty
			want     string
		}{ProfileProperty{"a" + string(r) + "b", "x"}, "it contains '"}
	}
	for _, r := range prohibitedInDefault {
		tests["default with "+string(r)] = struct {
			property ProfileProperty
			want     string
		}{ProfileProperty{"LineID", "a" + string(r) + "b"}, "it contains '"}
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := test.property.Check()
			switch {
			case test.want == "" && err != nil:
				t.Errorf("unexpected error: %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("error %v, want one with %q", err, test.want)
			case err == nil && !json.Valid([]byte(`"`+test.property.Liquid()+`"`)):
				t.Errorf("%s breaks the JSON string around it", test.property.Liquid())
			}
		})
	}
}
