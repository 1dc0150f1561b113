package servedcontent_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/servedcontent"
)

func TestInspect(t *testing.T) {
	t.Parallel()
	document := published(t, greeting, nil)
	cutShort := func(d map[string]any) { d["parts"] = d["parts"].([]string)[:1] }
	for name, test := range map[string]struct {
		handler http.Handler
		flaw    servedcontent.Flaw
		status  int
	}{
		"a document":      {answer(200, typeJSON, document), servedcontent.NoFlaw, 200},
		"too large":       {answer(200, typeJSON, strings.Repeat(" ", 9<<20)), servedcontent.TooLarge, 0},
		"a redirect":      {answer(302, typeJSON, document, "Location", "/x"), servedcontent.Redirects, 302},
		"refused":         {answer(403, typeJSON, document), servedcontent.Forbidden, 403},
		"unauthorized":    {answer(401, typeJSON, document), servedcontent.Forbidden, 401},
		"not there":       {answer(404, typeJSON, document), servedcontent.Missing, 404},
		"a broken server": {answer(500, typeJSON, document), servedcontent.OtherStatus, 500},
		"a page":          {answer(200, "text/html", "<p>"), servedcontent.HTMLPage, 200},
		"a text":          {answer(200, "text/plain", "hello"), servedcontent.NoDocument, 200},
		"another type":    {answer(200, "text/plain", document), servedcontent.OtherType, 200},
		"no charset":      {answer(200, "application/json", strings.Replace(document, "Hello", "世", 1)), servedcontent.NoCharset, 200},
		"half of one":     {answer(200, typeJSON, published(t, greeting, cutShort)), servedcontent.NotSendable, 200},
		"another shape":   {answer(200, typeJSON, published(t, greeting, func(d map[string]any) { d["shape"] = "0" })), servedcontent.NotSendable, 200},
		"another object":  {answer(200, typeJSON, `{"a":1}`), servedcontent.NotSendable, 200},
	} {
		got := reader().Inspect(t.Context(), start(t, test.handler).URL)
		if got.Flaw != test.flaw || got.Status != test.status || (got.Fault == "") != (test.flaw == servedcontent.NoFlaw) || got.MaxAge != -1 {
			t.Errorf("%s: %+v", name, got)
		}
		if strings.Contains(got.Fault, canary) {
			t.Errorf("%s: the header's value is in %s", name, got.Fault)
		}
		want := expected(t, greeting).ContentSHA256
		if test.flaw != servedcontent.NoFlaw {
			want = ""
		}
		if got.ContentSHA256 != want || want != "" && got.Unit != linkedcontent.VersionUnit("welcome", want) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	gone := start(t, answer(200, typeJSON, document))
	gone.Close()
	for _, address := range []string{gone.URL, "http://example.com", "https://a/{{b}}?c"} {
		if got := reader().Inspect(t.Context(), address); got.Flaw != servedcontent.NoAnswer || got.Fault == "" || got.Status != 0 || got.MaxAge != -1 {
			t.Errorf("%s: %+v", address, got)
		}
	}
}

func TestInspectCaching(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]time.Duration{
		"": -1, "public": -1, "max-age=x": -1, "max-age=-1": -1, "max-age=60": time.Minute, `Public, MAX-AGE="60"`: time.Minute,
		"s-maxage=5, max-age=60": 5 * time.Second, "max-age=60, s-maxage=5": 5 * time.Second, "max-age=60, no-cache": 0, "no-store": 0, "private, max-age=60": 0,
		"max-age=99999999999999999999": -1,
	} {
		server := start(t, answer(200, typeJSON, published(t, greeting, nil), "Cache-Control", said))
		if got := reader().Inspect(t.Context(), server.URL); got.MaxAge != want || got.Flaw != servedcontent.NoFlaw {
			t.Errorf("%q: %+v, want %s", said, got, want)
		}
	}
}
