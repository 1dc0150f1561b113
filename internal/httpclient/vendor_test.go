package httpclient

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestExcerptsEndBetweenCharacters(t *testing.T) {
	t.Parallel()
	for _, character := range []string{"x", "é", "世", "😀"} {
		for before := range 8 {
			head := strings.Repeat(".", before)
			excerpt := Excerpt(head + strings.Repeat(character, maxExcerpt))
			text, err := strconv.Unquote(excerpt)
			rest := (maxExcerpt - before) / len(character)
			if err != nil || !utf8.ValidString(text) || text != head+strings.Repeat(character, rest) {
				t.Errorf("%d before %s: %s", before, character, excerpt)
			}
		}
	}
	for text, want := range map[string]string{
		"":                           `""`,
		"\x1b[31m\n":                 `"\x1b[31m\n"`,
		strings.Repeat("é", 100):     `"` + strings.Repeat("é", 100) + `"`,
		strings.Repeat("\x80", 1000): `"` + strings.Repeat(`\x80`, maxExcerpt-utf8.UTFMax) + `"`, // no text at all, and not endless
	} {
		if got := Excerpt(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestAdviceThatIsTheSameEverywhere(t *testing.T) {
	t.Parallel()
	vendor := Vendor{Name: "V", Credential: "the key"}
	for status, want := range map[int]string{
		0: "", 200: "", 299: "", 400: "", 499: "",
		300: "carry the key to another address. Check the API URL: V does not redirect", 399: "The redirect was refused",
		500: "The failure is at V's end.", 599: "Try again later.",
	} {
		if got := vendor.Advice(status); !strings.Contains(got, want) || (got == "") != (want == "") {
			t.Errorf("%d: %s, want %s", status, got, want)
		}
	}
}

func TestSecretsAreRedactedHoweverTheyAreWritten(t *testing.T) {
	t.Parallel()
	const first, second = `canary/+=<&>"'.z`, "other-Canary"
	secrets := NewSecrets(first, second)
	inJSON, _ := json.Marshal(first)
	twice, _ := json.Marshal(string(inJSON))
	var hexadecimal, numeric, percent string
	for _, c := range first {
		hexadecimal += fmt.Sprintf(`\u%04X`, c)
		numeric += fmt.Sprintf("&#x%02X;", c)
		percent += fmt.Sprintf("%%%02x", c)
	}
	for name, text := range map[string]string{
		"as it is": first, "the other": second, "both": second + first, "form": url.QueryEscape(first), "path": url.PathEscape(first),
		"JSON": string(inJSON[1 : len(inJSON)-1]), "JSON in JSON": strings.Trim(string(twice), `"\`), "slashes": strings.ReplaceAll(first, "/", `\/`),
		"HTML": html.EscapeString(first), "numbers of HTML": numeric, "numbers of JSON": hexadecimal, "percent": percent,
	} {
		got := secrets.Redact("<" + text + ">")
		if want := "<" + strings.Repeat("[redacted]", strings.Count(name, "both")+1) + ">"; got != want {
			t.Errorf("%s: %s became %s", name, text, got)
		}
		if got := secrets.Excerpt([]byte(text + strings.Repeat("x", 300))); !strings.HasPrefix(got, `"[redacted]`) || len(got) != maxExcerpt+2 {
			t.Errorf("%s: %s", name, got)
		}
	}
	for _, text := range []string{"", "canary", strings.ToUpper(first), "canary/+=<&>\"'xz", "other-canary"} {
		if got := secrets.Redact(text); got != text {
			t.Errorf("%s became %s", text, got)
		}
	}
}
