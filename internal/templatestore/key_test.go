package templatestore

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFileName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"LINE push":              "LINE%20push",
		"a-b_c.d":                "a-b_c.d",
		".a":                     "%2Ea",
		"..":                     "%2E.",
		"a~b":                    "a%7Eb",
		"a/b":                    "a%2Fb",
		"é世":                     "%C3%A9%E4%B8%96",
		strings.Repeat("a", 200): strings.Repeat("a", 200),
		strings.Repeat("a", 201): strings.Repeat("a", 180) + "~a92efd82109373e5",
		// 20 characters are the 180 bytes kept.
		strings.Repeat("世", 30): strings.Repeat("%E4%B8%96", 20) + "~f2dfc13f441a8ead",
	} {
		if got := fileName(name); got != want {
			t.Errorf("%q: got %s, want %s", name, got, want)
		}
	}
}

func TestFileNameIsSafeUniqueAndReversible(t *testing.T) {
	t.Parallel()
	safe := regexp.MustCompile(`^[A-Za-z0-9_%-][A-Za-z0-9._%-]*(~[0-9a-f]{16})?$`)
	name := rapid.OneOf(
		rapid.StringN(1, 80, -1),
		rapid.StringMatching(`[a-zA-Z0-9.~%/\\ _-]{1,230}`),
		rapid.StringOfN(rapid.RuneFrom([]rune("a~.世")), 1, 100, -1),
	)
	rapid.Check(t, func(t *rapid.T) {
		one, two := name.Draw(t, "one"), name.Draw(t, "two")
		file := fileName(one)
		if !safe.MatchString(file) || len(file) > maxEncoded {
			t.Fatalf("%q is not safe (%d bytes)", file, len(file))
		}
		if one != two && file == fileName(two) {
			t.Fatalf("%q and %q have one file name", one, two)
		}
		if key := documentKey("a", WebhookTemplates, one); !isFileName(key) || !isDocument(key) {
			t.Fatalf("%s is not known again", key)
		}
		if strings.Contains(file, "~") {
			return
		}
		if back, err := url.PathUnescape(file); err != nil || back != one {
			t.Fatalf("%q comes back from %s as %q, %v", one, file, back, err)
		}
	})
}

func TestStrangeFileNamesAreNotTakenOnTrust(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"welcome 2", "welcome~HEAD", "%61", "%2f", "100%", ".a", "é", "a~b~0123456789abcdef"} {
		if isFileName("default/webhook-templates/" + file + ".json") {
			t.Errorf("%s is taken for the file name of a document", file)
		}
	}
}
