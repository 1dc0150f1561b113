package servedcontent_test

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/servedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// A server that echoes the secret header, in whatever way, does not get it into a fault.
func TestEchoedSecret(t *testing.T) {
	t.Parallel()
	jsonText, err := json.Marshal(headerValue)
	if err != nil {
		t.Fatal(err)
	}
	for name, echo := range map[string]string{
		"plain":         headerValue,
		"without type":  canary,
		"JSON":          string(jsonText),
		"JSON twice":    strings.ReplaceAll(string(jsonText), `\`, `\\`),
		"URL":           url.QueryEscape(headerValue),
		"path":          url.PathEscape(canary),
		"base64":        base64.StdEncoding.EncodeToString([]byte(canary)),
		"base64 in URL": base64.RawURLEncoding.EncodeToString([]byte("x" + canary)),
		"HTML":          "Bearer CANARY+/=&lt;&amp;&quot;&gt;~secret",
		"pointer":       "CANARY+~1=<&\">~0secret",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			document := func(key string) string {
				return published(t, greeting, func(document map[string]any) { document[key] = echo })
			}
			for what, handler := range map[string]http.Handler{
				"500":         answer(500, "text/plain", "you sent "+echo),
				"404":         answer(404, "text/plain", echo),
				"403":         answer(403, "text/plain", echo, "X-Request-Id", echo),
				"no document": answer(200, typeJSON, `["`+echo+`"]`),
				"HTML":        answer(200, "text/html", "<p>"+echo),
				"type":        answer(200, "x/y; z="+echo, published(t, greeting, nil)),
				"redirect":    answer(302, "", "", "Location", "/in/"+strings.ReplaceAll(echo, `"`, "%22")),
				"name":        answer(200, typeJSON, document("name")),
				"shape":       answer(200, typeJSON, document("shape")),
				"variant":     answer(200, typeJSON, document("variant_of")),
				"age":         answer(200, typeJSON, published(t, "Goodbye", nil), "Age", echo),
				"request id":  answer(418, typeJSON, "", "X-Request-Id", echo),
			} {
				front := start(t, handler)
				served := reader().Look(t.Context(), front.URL+"/x", expected(t, greeting))
				if served.Fault == "" {
					t.Errorf("%s: there is no fault", what)
				}
				for _, text := range []string{"CANARY", echo, hex.EncodeToString([]byte(canary))} {
					if strings.Contains(served.Fault, text) {
						t.Errorf("%s: the secret is in %q", what, served.Fault)
					}
				}
			}
		})
	}
}

// The log has no secret either, and no value of a header.
func TestLog(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var lines []string
	front := start(t, answer(500, "text/plain", headerValue, "X-Request-Id", canary))
	r := servedcontent.New(servedcontent.Config{HeaderName: headerName, HeaderValue: headerValue, Log: func(_ context.Context, message string, fields map[string]any) {
		mu.Lock()
		defer mu.Unlock()
		lines = append(lines, fmt.Sprint(message, fields))
	}})
	r.Look(t.Context(), front.URL+"/CANARY", expected(t, greeting))
	front.AddFaults(standin.Fault{Reset: true})
	r.Look(t.Context(), front.URL+"/x", expected(t, greeting))
	if len(lines) != 2 || strings.Contains(strings.Join(lines, "\n"), canary) {
		t.Errorf("the log is %q", lines)
	}
}
