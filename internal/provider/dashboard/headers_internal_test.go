package dashboard

import (
	"strings"
	"testing"
)

func TestLooksLikeCredential(t *testing.T) {
	t.Parallel()
	const opaque = "aB3" + "aaaaaaaaaaaaaaaaaaaaaaaaa" // 28 characters
	digest := strings.Repeat("0123456789abcdef", 4)
	for name, test := range map[string]struct {
		header, value string
		want          string // in the reason; none for what is no credential
	}{
		"name":                        {"X-Api-Token", "x", "carries a credential"},
		"name of a key":               {"X-Key", "x", "carries a credential"},
		"word that ends in key":       {"X-Monkey", "x", ""},
		"scheme":                      {"X-A", "Bearer x", "has the form"},
		"JSON web token":              {"X-A", "eyJ01234567.x", "has the form"},
		"shorter than a web token":    {"X-A", "eyJ0123456.x", ""},
		"opaque":                      {"X-A", opaque, "long opaque string"},
		"shorter than opaque":         {"X-A", opaque[:27], ""},
		"no digits":                   {"X-A", strings.ReplaceAll(opaque, "3", "x"), ""},
		"one case":                    {"X-A", strings.ToLower(opaque), ""},
		"upper case":                  {"X-A", strings.ToUpper(opaque), ""},
		"digest":                      {"X-A", digest, ""},
		"token behind a digest":       {"X-A", digest + ":" + opaque, "long opaque string"},
		"token between words":         {"X-A", "one two/" + opaque + "/three", "long opaque string"},
		"media type":                  {"Content-Type", "application/vnd.example.v1+json", ""},
		"long path without a mixture": {"X-A", strings.Repeat("segment/", 10), ""},
	} {
		got := looksLikeCredential(test.header, test.value)
		if (test.want == "") != (got == "") || !strings.Contains(got, test.want) {
			t.Errorf("%s: %q", name, got)
		}
		if len(test.value) > 20 && strings.Contains(got, test.value) {
			t.Errorf("%s: the value is quoted", name)
		}
	}
}
