package httpclient

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

const canary = `canary/+=<&>"'.z~0`

func quoteJSON(text string) string {
	quoted, _ := json.Marshal(text)
	return string(quoted[1 : len(quoted)-1])
}

var slashes = strings.NewReplacer(`\`, `\\`, `/`, `\/`, `"`, `\"`)

// written are the ways in which servers write texts.
var written = map[string]func(string) string{
	"JSON":    quoteJSON,
	"slashes": slashes.Replace,
	"Go":      func(text string) string { return strings.Trim(fmt.Sprintf("%+q", text), `"`) },
	"numbers of JSON": func(text string) string {
		return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "/", `\u002F`, "+", `\u002b`, "c", `\u0063`, "=", `\x3D`).Replace(text)
	},
	"form": url.QueryEscape,
	"path": url.PathEscape,
	"small percent": func(text string) string {
		return regexp.MustCompile("%[0-9A-F]{2}").ReplaceAllStringFunc(url.QueryEscape(text), strings.ToLower)
	},
	"HTML": html.EscapeString,
	"numbers of HTML": func(text string) string {
		return strings.NewReplacer("&", "&amp;", "/", "&#47;", "+", "&#x2B;", "c", "&#0000099;", "=", "&equals;", "a", "&#X61;").Replace(text)
	},
	"pointer": func(text string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(text) },
	"plain":   func(text string) string { return text },
}

func TestEveryLayerIsLookedThrough(t *testing.T) {
	t.Parallel()
	secrets := NewSecrets(canary)
	innermost := map[string]string{"": canary, "base64": base64.StdEncoding.EncodeToString([]byte(canary))}
	for inside, text := range innermost {
		for first, write1 := range written {
			for second, write2 := range written {
				for third, write3 := range written {
					text := "é% " + write3(write2(write1(text))) + " &amp"
					if got, want := secrets.Redact(text), "é% [redacted] &amp"; got != want {
						t.Errorf("%s in %s in %s in %s: %s became %s", inside, first, second, third, text, got)
					}
				}
			}
		}
	}
}

// Next to whatever a credential stands, its bits are gone from base64, and what stands around is not.
func TestBase64IsRedacted(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{canary, "abcd", "channel+access/token=", strings.Repeat("?>~", 60)} {
		secrets := NewSecrets(secret)
		for _, alphabet := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding, base64.RawStdEncoding, base64.RawURLEncoding} {
			for before := range 7 {
				for after := range 7 {
					head, tail := "user:::"[:before], "\nmore, "[:after]
					encoded := alphabet.EncodeToString([]byte(head + secret + tail))
					got := secrets.Redact("Basic " + encoded + ".")
					left, right, found := strings.Cut(got, "[redacted]")
					kept, _ := strings.CutPrefix(left, "Basic ")
					whole, _ := base64.RawStdEncoding.DecodeString(kept[:len(kept)/4*4])
					if !found || strings.Contains(right, "[redacted]") || !strings.HasSuffix(right, ".") ||
						!strings.HasPrefix(head, string(whole)) || len(kept) != before*8/6 || len(right) > (after+3)*8/6+1 {
						t.Errorf("%q before and %q after %.8s: %s became %s", head, tail, secret, encoded, got)
					}
				}
			}
		}
	}
	short := NewSecrets("ab")
	if text := "YWI= xYWIx " + base64.StdEncoding.EncodeToString([]byte("1ab")); short.Redact(text) != text {
		t.Errorf("two characters are found by chance: %s", short.Redact(text))
	}
}

func TestWhatIsNoSecretStays(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "[redacted]", `\`, `\u`, `\u00`, `\u0063anar`, `%`, `%6`, `%6g`, "&", "&#;", "&#99", "&" + strings.Repeat("x", 99) + ";", "~", "~2",
		"100 % of é世😀 & more", `{"a":"b\n\u00e9\ud83d\ude00"}`, `\\\\\\\\`, strings.Repeat("%25", 9), "canary%2f%2B%3d", "\xff\\\xff%\xff&\xff;",
	} {
		if got := NewSecrets(canary).Redact(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
	for _, none := range []Secrets{{}, NewSecrets(), NewSecrets("")} {
		if got := none.Redact(canary + " a"); got != canary+" a" {
			t.Errorf("without secrets: %s", got)
		}
	}
}

func TestSecretsThatOverlap(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"abcdef-cdefgh":            "[redacted]-[redacted]",
		"abcdefgh.":                "[redacted].",
		"abcdefabcdefcdefgh":       "[redacted][redacted][redacted]",
		"1abcdef2abcdef3":          "1[redacted]2[redacted]3",
		`\u0061bcdef%67h`:          "[redacted]",
		"YWJjZGVm abcdef YWJjZGVm": "[redacted] [redacted] [redacted]",
	} {
		if got := NewSecrets("abcdef", "cdefgh").Redact(text); got != want {
			t.Errorf("%s became %s, want %s", text, got, want)
		}
	}
}

// What an excerpt repeats was whole when it was searched.
func TestExcerptsShowNoPartOfASecret(t *testing.T) {
	t.Parallel()
	const secret = "canary-0123456789-0123456789-0123456789"
	long := strings.Repeat(secret, 200)
	for name, text := range map[string]string{
		"at the end of an excerpt": strings.Repeat("x", maxExcerpt-20) + secret + "x",
		"at the end of an error":   strings.Repeat("&#0000000000000000000000032;", MaxErrorBody/28) + secret,
		"a long one at the end of an error": strings.Repeat(base64.StdEncoding.EncodeToString([]byte(long))+"\n", MaxErrorBody/len(long)) +
			strings.Repeat(quoteJSON(long)+"\n", 2),
	} {
		got := NewSecrets(secret, long).Excerpt([]byte(text))
		if strings.Contains(got, "canary") || strings.Contains(got, "Y2FuYXJ5") {
			t.Errorf("%s: %s", name, got)
		}
	}
	var zipped bytes.Buffer
	writer := gzip.NewWriter(&zipped)
	fmt.Fprint(writer, secret)
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	if got := NewSecrets(secret).Excerpt(zipped.Bytes()); got != `"\x1f\x8b" (gzip)` {
		t.Errorf("compressed: %s", got)
	}
}

// hostile are texts that cost most.
var hostile = map[string]string{
	"backslashes": `\`, "percent signs": `%25`, "ampersands": `&amp;`, "open entities": `&`, "tildes": `~0`, "plain": `x`,
	"everything": `\\%25&amp;~0~01\u005c\\\\\\u002525%2526amp;amp;`, "beginnings": `canary/+=<&>"'.z~ `, "base64": "Y2FuYXJ5",
}

// The work is what the views hold, and that is bounded by the text, however it is written.
func TestViewsAreFewAndNoneIsLonger(t *testing.T) {
	t.Parallel()
	for name, unit := range hostile {
		for _, size := range []int{1 << 10, 1 << 14} {
			text := strings.Repeat(unit, size/len(unit))
			n, bytes := 0, 0
			for v := range views(text) {
				n++
				bytes += len(v.text)
				if len(v.text) > len(text) {
					t.Fatalf("%s: a view of %d bytes", name, len(v.text))
				}
			}
			if n > mostViews || bytes > mostViews*len(text) {
				t.Errorf("%s: %d views of %d bytes together", name, n, bytes)
			}
		}
	}
	n := 0
	for range views(hostile["everything"]) {
		if n++; n == 3 {
			break
		}
	}
}

// BenchmarkRedact reports how much longer eight times the text takes; 8 is in proportion.
func BenchmarkRedact(b *testing.B) {
	secrets := NewSecrets(strings.Repeat(canary, 10))
	for name, unit := range hostile {
		b.Run(name, func(b *testing.B) {
			fastest := func(size int) time.Duration { // whatever else the machine does slows some
				text := strings.Repeat(unit, size/len(unit))
				least := time.Hour
				for range 5 {
					start := time.Now()
					secrets.Redact(text)
					least = min(least, time.Since(start))
				}
				return least
			}
			var ratio float64
			for b.Loop() {
				ratio = float64(fastest(8<<20)) / float64(fastest(1<<20))
			}
			b.ReportMetric(ratio, "times-for-8-times")
		})
	}
}

// FuzzRedact: whoever decodes a redacted text does not find the secret.
func FuzzRedact(f *testing.F) {
	f.Add(canary, "Authorization: Bearer ", "\r\n", "bJUH")
	f.Add("token+/==", `{"a":"`, `"}`, "JJJ")
	f.Add("1ab&amp;%2541", "%4", "\\", "UJ")
	f.Add(`a\/b\u0041`, `\u00`, "%", "HP")
	encoders := map[rune]func(string) string{
		'J': quoteJSON, 'U': url.QueryEscape, 'P': url.PathEscape, 'H': html.EscapeString, 'p': written["pointer"],
	}
	decoders := map[rune]func(string) (string, error){
		'J': func(text string) (decoded string, err error) {
			err = json.Unmarshal([]byte(`"`+text+`"`), &decoded)
			return decoded, err
		},
		'U': url.QueryUnescape,
		'P': url.PathUnescape,
		'H': func(text string) (string, error) { return html.UnescapeString(text), nil },
		'p': func(text string) (string, error) { return strings.NewReplacer("~1", "/", "~0", "~").Replace(text), nil },
	}
	runs := regexp.MustCompile(`[A-Za-z0-9+/_-]{4,}`)
	f.Fuzz(func(t *testing.T, secret, before, after, how string) {
		if len(secret) < 5 || strings.ContainsFunc(secret, func(r rune) bool { return r <= ' ' || r > '~' || r == '[' || r == ']' }) ||
			strings.Contains("redacted", secret) {
			t.Skip("no client has such a secret")
		}
		text := before + secret + after
		inBase64 := strings.HasPrefix(how, "b") || strings.HasPrefix(how, "B")
		if inBase64 {
			alphabet := map[byte]*base64.Encoding{'b': base64.StdEncoding, 'B': base64.RawURLEncoding}[how[0]]
			text, how = alphabet.EncodeToString([]byte(text)), how[1:]
		}
		if len(how) > layers {
			t.Skip("deeper than is searched")
		}
		for _, name := range how {
			if encoders[name] == nil {
				t.Skip("no encoding has this name")
			}
			text = encoders[name](text)
		}
		redacted := NewSecrets(secret).Redact(text)
		for i := len(how) - 1; i >= 0; i-- {
			decoded, err := decoders[rune(how[i])](redacted)
			if err != nil {
				t.Skip("what stood around was cut, so that nothing can be decoded")
			}
			redacted = decoded
		}
		if strings.Contains(redacted, secret) {
			t.Errorf("%q written %s became %q", secret, how, redacted)
		}
		for _, run := range runs.FindAllString(redacted, -1) {
			run = strings.NewReplacer("-", "+", "_", "/").Replace(run)
			for start := range 4 {
				piece := run[start:]
				decoded, err := base64.RawStdEncoding.DecodeString(piece[:len(piece)-len(piece)%4])
				if inBase64 && err == nil && strings.Contains(string(decoded), secret) {
					t.Errorf("%q in base64, written %s, became %q", secret, how, redacted)
				}
			}
		}
	})
}

// What net/http says of an answer that it cannot read quotes the answer.
func TestErrorsOfTheConnectionHoldNoSecret(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"status line": "HTTP/1.1 %s\r\n\r\n",
		"no HTTP":     "%s\r\n\r\n",
		"header":      "HTTP/1.1 200 OK\r\n%s\r\n\r\n",
		"redirect":    "HTTP/1.1 302 Found\r\nLocation: ://%s\r\nContent-Length: 0\r\n\r\n",
		"length":      "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
				connection, _, err := http.NewResponseController(w).Hijack()
				if err != nil {
					t.Error(err)
					return
				}
				fmt.Fprintf(connection, answer, canary)
				connection.Close()
			})
			var logged []string
			config := retrying(0)
			config.Log = logTo(&logged)
			request := get(server.URL + "/" + url.PathEscape(canary))
			request.Secrets = NewSecrets(canary)
			_, err := New(config).Do(t.Context(), request)
			wantParts(t, err, "GET "+server.host()+"/[redacted]: ", "[redacted]", "1 attempt")
			if text := fmt.Sprint(err, logged); strings.Contains(text, "canary") || len(logged) != 1 {
				t.Error(text)
			}
		})
	}
}

func TestRedactedErrorsAreStillKnown(t *testing.T) {
	t.Parallel()
	secrets := NewSecrets(canary)
	err := secrets.redactError(fmt.Errorf("%s: %w", canary, ErrTooLarge))
	if !errors.Is(err, ErrTooLarge) || err.Error() != "[redacted]: the answer is too large" {
		t.Errorf("got %v", err)
	}
	if got := secrets.redactError(ErrTooLarge); fmt.Sprintf("%T", got) != fmt.Sprintf("%T", ErrTooLarge) {
		t.Errorf("got %#v, want the error as it is", got)
	}
}

func TestRequestIDsHoldNoSecretAndAreShort(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"a-1": "a-1", canary: "[redacted]", "a\x1b[31m": `"a\x1b[31m"`, strings.Repeat("x", 999): `"` + strings.Repeat("x", maxExcerpt) + `"`,
		base64.StdEncoding.EncodeToString([]byte(canary)): "[redacted]", "": "",
	} {
		response := Response{Header: http.Header{"X-Request-Id": {id}}, secrets: NewSecrets(canary)}
		if got := response.RequestID(); got != want {
			t.Errorf("%q: %s, want %s", id, got, want)
		}
	}
	var logged []string
	server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Request-Id", r.Header.Get("Authorization"))
	})
	config := retrying(0)
	config.Log = logTo(&logged)
	request := get(server.URL)
	request.Header = http.Header{"Authorization": {"Bearer " + canary}}
	request.Secrets = NewSecrets(canary)
	response, err := New(config).Do(t.Context(), request)
	if err != nil || response.RequestID() != "Bearer [redacted]" || len(logged) != 1 || strings.Contains(logged[0], "canary") ||
		!strings.Contains(logged[0], "request_id:Bearer [redacted]") {
		t.Errorf("got %v, %v, %s", response, err, logged)
	}
}

func TestUnusableAnswersHoldNoSecret(t *testing.T) {
	t.Parallel()
	response := Response{Body: []byte(quoteJSON(canary)), secrets: NewSecrets(canary)}
	got := Vendor{Name: "V"}.Unusable("ask", &response, "with "+quoteJSON(canary)).Error()
	if !strings.HasPrefix(got, `ask: V answered 200 OK, but with [redacted]; the answer begins "[redacted]". Check`) {
		t.Error(got)
	}
}

// logTo keeps the lines of a client that is used by one goroutine.
func logTo(lines *[]string) func(context.Context, string, map[string]any) {
	return func(_ context.Context, _ string, fields map[string]any) { *lines = append(*lines, fmt.Sprint(fields)) }
}
