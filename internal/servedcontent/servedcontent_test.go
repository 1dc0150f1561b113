package servedcontent_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/servedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// The header is what a server may want to see. Its value needs escaping wherever texts are escaped.
const (
	headerName  = "X-From-Clevertap"
	headerValue = `Bearer CANARY+/=<&">~secret`
	canary      = `CANARY+/=<&">~secret`
)

// published is a document as a publish store has it, changed by edit.
func published(t *testing.T, text string, edit func(document map[string]any)) string {
	t.Helper()
	cut, err := linkedcontent.Cut(linebody.ParseMessages(message(t, text)))
	if err != nil {
		t.Fatal(err)
	}
	document := map[string]any{
		"name": "welcome", "shape": cut.Shape, "parts": cut.Parts, "tags": cut.Tags, "content_sha256": cut.ContentSHA256,
		"unit": linkedcontent.VersionUnit("welcome", cut.ContentSHA256), "kind": "line-linked-messages", "schema_version": 1,
	}
	if edit != nil {
		edit(document)
	}
	encoded, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

func message(t *testing.T, text string) string {
	t.Helper()
	encoded, err := json.Marshal(map[string]string{"type": "text", "text": text})
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

const greeting = "Hello, {{ Profile.Name | default: 'there' }}!"

func expected(t *testing.T, text string) servedcontent.Expected {
	t.Helper()
	cut, err := linkedcontent.Cut(linebody.ParseMessages(message(t, text)))
	if err != nil {
		t.Fatal(err)
	}
	return servedcontent.Expected{Name: "welcome", Shape: cut.Shape, ContentSHA256: cut.ContentSHA256}
}

const typeJSON = "application/json; charset=utf-8"

// answer is a server that always gives one answer.
func answer(status int, contentType, body string, more ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header()["Content-Type"] = nil
		if contentType != "" {
			w.Header().Set("Content-Type", contentType)
		}
		for i := 0; i+1 < len(more); i += 2 {
			w.Header().Set(more[i], more[i+1])
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	})
}

func start(t *testing.T, handler http.Handler) *standin.Front {
	t.Helper()
	front := standin.Start(standin.Config{Handler: handler})
	t.Cleanup(front.Close)
	return front
}

func reader() *servedcontent.Reader {
	return servedcontent.New(servedcontent.Config{
		UserAgent: "agent", HeaderName: headerName, HeaderValue: headerValue, Timeout: time.Second,
	})
}

func TestLook(t *testing.T) {
	t.Parallel()
	good := published(t, greeting, nil)
	edited := func(key string, value any) string {
		return published(t, greeting, func(document map[string]any) {
			document[key] = value
			if value == nil {
				delete(document, key)
			}
		})
	}
	shaped := func(variantOf string) servedcontent.Expected {
		want := expected(t, greeting)
		want.VariantOf = variantOf
		return want
	}
	notMessages := []string{"What it serves are no messages that could be sent"}
	noDocument := []string{"The answer is 200 OK, but it is no document of published messages", "CleverTap takes JSON alone."}
	older := "content_sha256 " + expected(t, "Goodbye").ContentSHA256
	for name, test := range map[string]struct {
		handler http.Handler
		want    servedcontent.Expected // that of greeting
		sha     string                 // that of greeting where the fault is none
		says    []string               // nothing where there is no fault
		silent  []string               // what it must not say
	}{
		"good":                        {handler: answer(200, typeJSON, good)},
		"good, of another JSON type":  {handler: answer(200, "application/vnd.acme+json", good)},
		"good, with spaces and order": {handler: answer(200, "application/json", " \n"+strings.ReplaceAll(good, `,"`, " ,\n\t\"")+"\n")},
		"good, kept for a while":      {handler: answer(200, typeJSON, good, "Age", "55")},
		"good, of another version":    {handler: answer(200, typeJSON, edited("schema_version", 99))},
		"good, a variant":             {handler: answer(200, typeJSON, edited("variant_of", "hello")), want: shaped("hello")},
		"good, not ASCII":             {handler: answer(200, typeJSON, strings.Replace(good, `"kind"`, `"あ":"","kind"`, 1))},
		"not ASCII, no charset": {handler: answer(200, "application/json", strings.Replace(good, `"kind"`, `"あ":"","kind"`, 1)),
			says: []string{"without charset=utf-8"}},
		"Liquid in the parts": {handler: answer(200, typeJSON, published(t, greeting, func(document map[string]any) {
			document["parts"], document["tags"] = []string{"[" + message(t, greeting) + "]"}, []string{}
		})), sha: expected(t, greeting).ContentSHA256, says: []string{"cut in other places than their Liquid"}},
		"older": {handler: answer(200, typeJSON, published(t, "Goodbye", nil), "Age", "125"), sha: expected(t, "Goodbye").ContentSHA256,
			says: []string{older, ", kept by a cache for 2m5s. ", "a CDN keeps"}},
		"older, of the same shape": {handler: answer(200, typeJSON, published(t, "Hi, {{ Profile.Name | default: 'there' }}!", nil)),
			sha: expected(t, "Hi, {{ Profile.Name | default: 'there' }}!").ContentSHA256, says: []string{"other messages"}, silent: []string{"kept by a cache"}},
		"older, of another shape": {handler: answer(200, typeJSON, published(t, "Hello, {{ Profile.Nick }}!", nil)),
			sha: expected(t, "Hello, {{ Profile.Nick }}!").ContentSHA256, says: []string{"other messages"}},
		"age: negative":      {handler: answer(200, typeJSON, published(t, "Goodbye", nil), "Age", "-5"), sha: expected(t, "Goodbye").ContentSHA256, says: []string{older + ". "}},
		"age: huge":          {handler: answer(200, typeJSON, published(t, "Goodbye", nil), "Age", "99999999999999999999"), sha: expected(t, "Goodbye").ContentSHA256, says: []string{older + ". "}},
		"age: text":          {handler: answer(200, typeJSON, published(t, "Goodbye", nil), "Age", "<b>1</b>"), sha: expected(t, "Goodbye").ContentSHA256, says: []string{older + ". "}},
		"age: as much as is": {handler: answer(200, typeJSON, published(t, "Goodbye", nil), "Age", "2147483647"), sha: expected(t, "Goodbye").ContentSHA256, says: []string{"596523h14m7s"}},
		"another name": {handler: answer(200, typeJSON, edited("name", "other\n\"x")), sha: expected(t, greeting).ContentSHA256,
			says: []string{`named "other\n\"x", not "welcome"`, "the URL is that of another document"}},
		"no name":           {handler: answer(200, typeJSON, edited("name", nil)), sha: expected(t, greeting).ContentSHA256, says: []string{`named "", not "welcome"`}},
		"name of no text":   {handler: answer(200, typeJSON, edited("name", 7)), sha: expected(t, greeting).ContentSHA256, says: []string{`named "", not "welcome"`}},
		"keys in capitals":  {handler: answer(200, typeJSON, strings.Replace(good, `"name"`, `"Name"`, 1)), sha: expected(t, greeting).ContentSHA256, says: []string{`named "", not "welcome"`}},
		"parts in capitals": {handler: answer(200, typeJSON, strings.Replace(good, `"parts"`, `"Parts"`, 1)), says: notMessages},
		"another shape alone": {handler: answer(200, typeJSON, edited("shape", "00000000")), sha: expected(t, greeting).ContentSHA256,
			says: []string{"the same messages", `the shape "00000000"`, "sends nothing"}, silent: []string{"other messages"}},
		"no shape": {handler: answer(200, typeJSON, edited("shape", nil)), sha: expected(t, greeting).ContentSHA256, says: []string{`the shape ""`}},
		"no variant": {handler: answer(200, typeJSON, good, "Age", "9"), want: shaped("hello"), sha: expected(t, greeting).ContentSHA256,
			says: []string{"the same messages", `variant_of "", and not`, `"hello"`, "kept by a cache for 9s"}},
		"another variant": {handler: answer(200, typeJSON, edited("variant_of", "hallo")), want: shaped("hello"), sha: expected(t, greeting).ContentSHA256,
			says: []string{`"hallo"`, `"hello"`}},
		"a variant of itself": {handler: answer(200, typeJSON, edited("variant_of", "welcome")), sha: expected(t, greeting).ContentSHA256,
			says: []string{`variant_of "welcome"`}},
		"parts: text":            {handler: answer(200, typeJSON, edited("parts", "[{}]")), says: notMessages},
		"parts: numbers":         {handler: answer(200, typeJSON, edited("parts", []int{1, 2})), says: notMessages},
		"parts: null among them": {handler: answer(200, typeJSON, edited("parts", []any{"[", nil})), says: notMessages},
		"parts: object":          {handler: answer(200, typeJSON, edited("parts", map[string]int{"0": 1})), says: notMessages},
		"parts: none":            {handler: answer(200, typeJSON, edited("parts", []string{})), says: notMessages},
		"parts: missing":         {handler: answer(200, typeJSON, edited("parts", nil)), says: notMessages},
		"parts: no JSON":         {handler: answer(200, typeJSON, edited("parts", []string{"[{", "x"})), says: notMessages},
		"parts: more than for tags": {handler: answer(200, typeJSON, published(t, greeting, func(document map[string]any) {
			document["parts"] = append(slices.Clone(document["parts"].([]string)), "")
		})), says: notMessages},
		"tags: numbers":  {handler: answer(200, typeJSON, edited("tags", []int{1})), says: notMessages},
		"tags: missing":  {handler: answer(200, typeJSON, edited("tags", nil)), says: notMessages},
		"null":           {handler: answer(200, typeJSON, "null"), says: noDocument},
		"an array":       {handler: answer(200, typeJSON, "["+good+"]"), says: noDocument},
		"a text":         {handler: answer(200, typeJSON, `"x"`), says: noDocument},
		"empty":          {handler: answer(200, typeJSON, ""), says: []string{"but it is empty", "CleverTap takes JSON alone"}},
		"empty object":   {handler: answer(200, typeJSON, "{}"), says: []string{`named ""`}},
		"cut":            {handler: answer(200, typeJSON, good[:len(good)-9]), says: noDocument},
		"twice":          {handler: answer(200, typeJSON, good+good), says: noDocument},
		"no UTF-8":       {handler: answer(200, typeJSON, strings.Replace(good, "Hello", "H\xe9llo", 1)), says: noDocument},
		"deep":           {handler: answer(200, typeJSON, strings.Repeat("[", 100_000)), says: noDocument},
		"HTML with 200":  {handler: answer(200, "text/html; charset=utf-8", "<!DOCTYPE html><title>Sign in</title>"), says: []string{"a page of HTML", "Sign in"}},
		"JSON as HTML":   {handler: answer(200, "text/html", good), says: []string{`its Content-Type is "text/html"`, "application/json; charset=utf-8"}},
		"JSON as binary": {handler: answer(200, "application/octet-stream", good), says: []string{`its Content-Type is "application/octet-stream"`}},
		"no type":        {handler: answer(200, "", good), says: []string{`its Content-Type is ""`}},
		"a faulty type":  {handler: answer(200, "application/json; charset", good), says: []string{`its Content-Type is "application/json; charset"`}},
		"204":            {handler: answer(204, "", ""), says: []string{"The answer is 204 No Content, and begins", "CleverTap takes 200 alone"}},
		"206":            {handler: answer(206, typeJSON, good), says: []string{"CleverTap takes 200 alone"}},
		"301": {handler: answer(301, "", "", "Location", "/there?token=SECRET#x"),
			says: []string{"The answer is 301 Moved Permanently, a redirect to ", `/there"`, "CleverTap follows no redirect"}, silent: []string{"SECRET"}},
		"302":                   {handler: answer(302, "", "", "Location", "https://me:PASS@sso.example.com/in"), says: []string{`to "https://sso.example.com/in"`}, silent: []string{"PASS"}},
		"307":                   {handler: answer(307, "", "", "Location", "//elsewhere.example.com"), says: []string{`elsewhere.example.com`}},
		"308 to nowhere":        {handler: answer(308, "", ""), says: []string{"The answer is 308 Permanent Redirect. CleverTap follows no redirect"}},
		"302 to what is no URL": {handler: answer(302, "", "", "Location", "http://%zz"), says: []string{"There is no answer", "Location"}},
		"304":                   {handler: answer(304, "", ""), says: []string{"The answer is 304 Not Modified"}},
		"401":                   {handler: answer(401, typeJSON, `{}`), says: []string{"401 Unauthorized", "Reading is not allowed", "read_back of publish_store"}},
		"403":                   {handler: answer(403, "application/xml", "<Error/>", "X-Request-Id", "id-7"), says: []string{"403 Forbidden (request id id-7)", "read_back of publish_store"}},
		"404":                   {handler: answer(404, typeJSON, good), says: []string{"404 Not Found", "Nothing is served under this URL", "prefix and account"}},
		"429":                   {handler: answer(429, "", "slow down", "Retry-After", "1"), says: []string{"429", `"slow down"`}},
		"500":                   {handler: answer(500, typeJSON, good), says: []string{"500 Internal Server Error, and begins", "CleverTap takes 200 alone"}},
		"a status without name": {handler: answer(599, "", "x"), says: []string{`The answer is 599, and begins "x"`}},
		"more than is read":     {handler: answer(200, typeJSON, `{"name":"`+strings.Repeat("x", 8<<20)+`"}`), says: []string{"no document of published messages", "more than 8388608 bytes"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			front := start(t, test.handler)
			want := test.want
			if want == (servedcontent.Expected{}) {
				want = expected(t, greeting)
			}
			served := reader().Look(t.Context(), front.URL+"/default/line-linked-messages/welcome.json", want)
			switch {
			case test.says == nil:
				test.sha = want.ContentSHA256
			case test.sha == want.ContentSHA256: // which nobody gets, though it is there
				test.sha = ""
			}
			if unseen := name == "401" || name == "403" || name == "302 to what is no URL"; served.Unseen != unseen {
				t.Errorf("unseen: %t", served.Unseen)
			}
			if (served.Fault == "") != (test.says == nil) || served.ContentSHA256 != test.sha {
				t.Errorf("served %+v, want the content_sha256 %s", served, test.sha)
			}
			for _, text := range test.says {
				if !strings.Contains(served.Fault, text) || !strings.HasSuffix(served.Fault, ".") {
					t.Errorf("the fault is %q, without %q or a full stop", served.Fault, text)
				}
			}
			for _, text := range append(test.silent, canary) {
				if strings.Contains(served.Fault, text) {
					t.Errorf("the fault says %q: %q", text, served.Fault)
				}
			}
			requests := front.Requests()
			if len(requests) != 1 {
				t.Fatalf("%d requests were sent", len(requests))
			}
			sent := requests[0]
			if sent.Method != "GET" || sent.Path != "/default/line-linked-messages/welcome.json" || sent.Query != "" || len(sent.Body) != 0 ||
				sent.Header.Get(headerName) != headerValue || sent.Header.Get("Accept") != "application/json" || sent.Header.Get("User-Agent") != "agent" {
				t.Errorf("it asks with %+v", sent)
			}
		})
	}
}

// A redirect is never followed: where it leads, nobody learns the secret header.
func TestRedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	there := start(t, answer(200, typeJSON, published(t, greeting, nil)))
	for _, status := range []int{301, 302, 303, 307, 308} {
		here := start(t, answer(status, "", "", "Location", there.URL+"/x"))
		if served := reader().Look(t.Context(), here.URL+"/x", expected(t, greeting)); !strings.Contains(served.Fault, there.URL+"/x") {
			t.Errorf("%d: %+v", status, served)
		}
	}
	if requests := there.Requests(); len(requests) != 0 {
		t.Errorf("%d redirects were followed", len(requests))
	}
}

// What comes to no end is no answer, and is not asked for again.
func TestNoAnswer(t *testing.T) {
	t.Parallel()
	drip := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", typeJSON)
		for standin.Pause(r, 20*time.Millisecond) {
			_, _ = w.Write([]byte(" "))
			_ = http.NewResponseController(w).Flush()
		}
	})
	for name, test := range map[string]struct {
		fault   standin.Fault
		handler http.Handler
		says    string
	}{
		"slow":    {fault: standin.Fault{Delay: time.Hour}, says: "no complete answer within 1s"},
		"drip":    {handler: drip, says: "no complete answer within 1s"},
		"reset":   {fault: standin.Fault{Reset: true}, says: "GET 127.0.0.1:"},
		"cut off": {fault: standin.Fault{Truncate: true}, says: "broke off after"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			handler := test.handler
			if handler == nil {
				handler = answer(200, typeJSON, published(t, greeting, nil))
			}
			front := start(t, handler)
			front.AddFaults(test.fault)
			before := time.Now()
			served := reader().Look(t.Context(), front.URL+"/x", expected(t, greeting))
			if !strings.HasPrefix(served.Fault, "There is no answer: ") || !strings.Contains(served.Fault, test.says) ||
				!strings.HasSuffix(served.Fault, " CleverTap waits for 1s at most, and does not try again.") || served.ContentSHA256 != "" {
				t.Errorf("served %+v", served)
			}
			if took := time.Since(before); took > 3*time.Second {
				t.Errorf("it took %s", took)
			}
			if requests := front.Requests(); len(requests) != 1 {
				t.Errorf("%d requests were sent", len(requests))
			}
		})
	}
}

// CleverTap waits for five seconds, and so does a Reader that is not told otherwise.
func TestTimeout(t *testing.T) {
	t.Parallel()
	if servedcontent.Timeout != 5*time.Second {
		t.Errorf("the timeout is %s", servedcontent.Timeout)
	}
	front := start(t, answer(200, typeJSON, published(t, greeting, nil)))
	front.AddFaults(standin.Fault{Delay: 700 * time.Millisecond})
	r := servedcontent.New(servedcontent.Config{})
	if served := r.Look(t.Context(), front.URL+"/x", expected(t, greeting)); served.Fault != "" {
		t.Errorf("served %+v", served)
	}
	if sent := front.Requests()[0]; len(sent.Header[headerName]) != 0 || len(sent.Header["Authorization"]) != 0 {
		t.Errorf("it asks with %v", sent.Header)
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	for address, says := range map[string]string{
		"":                            "https://host",
		"welcome.json":                "https://host",
		"http://line.example.com/":    "https",
		"ftp://line.example.com/":     "https://host",
		"https://":                    "no host",
		"https://u:PASS@example.com/": "user name",
		"https://example.com/?k=PASS": "no query",
		"https://example.com/#PASS":   "no fragment",
		"https://example.com/%zz":     "https://host",
	} {
		err := servedcontent.CheckURL(address)
		served := reader().Look(t.Context(), address, expected(t, greeting))
		if err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(served.Fault, says) || strings.Contains(err.Error()+served.Fault, "PASS") {
			t.Errorf("%q: %v, %+v", address, err, served)
		}
	}
	for _, address := range []string{"https://line.example.com/{{message}}.json", "https://line.example.com/{message}.json", "https://line.example.com/}"} {
		if err := servedcontent.CheckURL(address); err == nil || !strings.Contains(err.Error(), "holds a parameter") {
			t.Errorf("%q: %v", address, err)
		}
	}
	for _, address := range []string{"https://line.example.com/messages/welcome.json", "http://127.0.0.1:8080/a", "http://localhost/a", "http://[::1]:1/a"} {
		if err := servedcontent.CheckURL(address); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
}
