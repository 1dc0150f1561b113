package clevertap_test

import (
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
)

func TestCheckIdentity(t *testing.T) {
	t.Parallel()
	check(t, clevertap.CheckIdentity, []string{
		"a", "00", "10", "nan", "ユーザー1", "a b", "mail@example.com", strings.Repeat("é", 1023),
	}, map[string]string{
		"":                        "empty",
		"0":                       `"0"`,
		"-1":                      `"-1"`,
		"null":                    "missing value",
		"NULL":                    "missing value",
		"na":                      "missing value",
		"Undefined":               "missing value",
		strings.Repeat("x", 1024): "1024 characters",
		" a":                      "begins or ends with a space",
		"a\u00a0":                 "begins or ends with a space",
		"a\x00b":                  "control character",
		"a\xffb":                  "UTF-8",
	})
}

func TestCheckPropertyValue(t *testing.T) {
	t.Parallel()
	check(t, clevertap.CheckPropertyValue, []string{"U1", " a ", "a\nb", strings.Repeat("é", 512)}, map[string]string{
		"":                       "delete",
		strings.Repeat("é", 513): "513 characters",
		"a\xff":                  "UTF-8",
	})
}

func check(t *testing.T, check func(string) error, good []string, bad map[string]string) {
	t.Helper()
	for _, text := range good {
		if err := check(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	for text, part := range bad {
		if err := check(text); err == nil || !strings.Contains(err.Error(), part) || len(err.Error()) > 300 {
			t.Errorf("%q: %v, want %q", text, err, part)
		}
	}
}

func TestCheckRecord(t *testing.T) {
	t.Parallel()
	set := map[string]string{"LineID": "U1"}
	tests := []struct {
		record clevertap.Record
		part   string
	}{
		{clevertap.Record{Identity: "a", Set: set}, ""},
		{clevertap.Record{Identity: "a", Set: set, Delete: []string{"lineID"}}, ""},
		{clevertap.Record{Set: set}, "identity is empty"},
		{clevertap.Record{Identity: "a"}, `identity "a": no property`},
		{clevertap.Record{Identity: "a", Set: map[string]string{"$": "1"}}, `identity "a", property "$"`},
		{clevertap.Record{Identity: "a", Set: map[string]string{"b": ""}}, `property "b": the value is empty`},
		{clevertap.Record{Identity: "a", Delete: []string{"$"}}, `identity "a": the property name "$"`},
		{clevertap.Record{Identity: "a", Set: set, Delete: []string{"LineID"}}, "both set and deleted"},
	}
	for _, test := range tests {
		err := test.record.Check()
		if test.part == "" && err != nil || test.part != "" && (err == nil || !strings.Contains(err.Error(), test.part)) {
			t.Errorf("%+v: %v, want %q", test.record, err, test.part)
		}
	}
}
