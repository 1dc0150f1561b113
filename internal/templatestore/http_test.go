package templatestore_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const token = "store-token-0123456789"

func TestHTTPStore(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(t *testing.T) ts.Backend {
		t.Helper()
		return openHTTP(t, startHTTP(t, storetest.ServerConfig{Token: token, PageSize: 300}).Address)
	})
}

func startHTTP(t *testing.T, config storetest.ServerConfig) *storetest.Server {
	t.Helper()
	server := storetest.NewServer(config)
	t.Cleanup(server.Close)
	return server
}

func openHTTP(t *testing.T, address string) ts.Backend {
	t.Helper()
	client := httpclient.New(httpclient.Config{
		UserAgent: "storetest/1", MaxRetries: 2, RetryWaitMin: time.Millisecond, RetryWaitMax: 5 * time.Millisecond,
	})
	return storetest.Must(ts.NewHTTP(ts.HTTPConfig{Address: address, Token: token, Client: client}))(t)
}

func TestHTTPRequests(t *testing.T) {
	t.Parallel()
	server := startHTTP(t, storetest.ServerConfig{Token: token, PageSize: 2})
	store := ts.New(openHTTP(t, server.Address+"/"), "W9R/1")
	known := storetest.Must(ts.Create(t.Context(), store, "LINE push", storetest.Template("")))(t)
	storetest.Must(ts.Replace(t.Context(), store, "LINE push", storetest.Template("2"), known))(t)
	var lines []string
	for _, request := range server.Requests() {
		line := strings.TrimSpace(request.Method + " " + request.Path + " " + request.Query)
		for _, name := range []string{"If-None-Match", "If-Match"} {
			if value := request.Header.Get(name); value != "" {
				line += " " + name + " " + strings.ReplaceAll(value, known.ETag, "KNOWN")
			}
		}
		lines = append(lines, line)
		if request.Header.Get("User-Agent") != "storetest/1" || request.Header.Get("Accept-Encoding") != "identity" {
			t.Errorf("%s: headers %v", line, request.Header)
		}
	}
	const identity, document = "/v1/store/clevertap-template-store.json", "/v1/store/W9R=2F1/webhook-templates/LINE=20push.json"
	want := []string{
		"GET /v1/store limit=1000&prefix=W9R%3D2F1%2Fwebhook-templates%2F", "GET " + identity,
		"GET " + identity, "GET /v1/store limit=1000&prefix=", "GET " + identity,
		"PUT " + identity + " If-None-Match *",
		"PUT " + identity + " If-None-Match *", "PUT " + identity + ` If-Match "00000000000000000000000000000000"`,
		"GET " + identity,
		"PUT " + document + " If-None-Match *", "GET " + identity, "PUT " + document + " If-Match KNOWN",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

// TestHTTPForeignAnswers: what is no answer of a template store is never taken for one.
func TestHTTPForeignAnswers(t *testing.T) {
	t.Parallel()
	html, problem := http.Header{"Content-Type": {"text/html"}}, http.Header{"Content-Type": {"application/problem+json"}}
	for what, test := range map[string]struct {
		fault standin.Fault
		want  string
	}{
		"page of a gateway": {
			standin.Fault{Status: 404, Header: html, Body: "<html>"}, `404 Not Found, and begins "<html>": there is no template store API`,
		},
		"problem of another": {
			standin.Fault{Status: 404, Header: problem, Body: `{"title":"No route"}`}, "404 Not Found: No route: there is no template",
		},
		"login page":     {standin.Fault{Status: 200, Header: html, Body: "<html>"}, "200 with an HTML page in place of a listing: it is no template store API"},
		"nothing":        {standin.Fault{Status: 200}, "200 with nothing in place of a listing: it is no template store API"},
		"other JSON":     {standin.Fault{Status: 200, Body: `{"documents": null}`}, "200 with something else than a listing: it is no template store API"},
		"cut":            {standin.Fault{Status: 200, Body: `{"documents": [`}, "200 with a listing that breaks off: it is no template store API"},
		"more than JSON": {standin.Fault{Status: 200, Body: `{"documents": []}x`}, "200 with something else than a listing: it is"},
		"echo of a gateway": {
			standin.Fault{Status: 404, Header: html, Body: "no route for " + token}, `begins "no route for [redacted]": there is`,
		},
		"wrong token": {
			standin.Fault{Status: 401, Header: problem, Body: `{"detail":"Bad ` + token + `"}`}, "Bad [redacted]: the token is",
		},
		"wrong token in base64": {
			standin.Fault{Status: 401, Header: problem, Body: `{"title":"` + base64.StdEncoding.EncodeToString([]byte("u:"+token)) + `"}`},
			"401 Unauthorized: dT[redacted]: the token is",
		},
		"token as host": {
			standin.Fault{Status: 307, Header: http.Header{"Location": {"https://" + token + "/"}}}, "(the host [redacted])",
		},
		"token as request id": {
			standin.Fault{Status: 400, Header: http.Header{"X-Request-Id": {token}}}, "400 Bad Request (request id [redacted])",
		},
		"no right":     {standin.Fault{Status: 403}, "403 Forbidden: the token has no right"},
		"wrong method": {standin.Fault{Status: 405}, "405 Method Not Allowed: there is no template store API"},
		"long":         {standin.Fault{Status: 400, Header: problem, Body: `{"title":"` + strings.Repeat("x", 600) + `"}`}, "xxx…"},
		"wild":         {standin.Fault{Status: 400, Header: problem, Body: `{"title":"\u001b[2J\na"}`}, "400 Bad Request: [2J a"},
		"request id": {
			standin.Fault{Status: 400, Header: http.Header{"X-Request-Id": {"r-1"}}}, "400 Bad Request (request id r-1)",
		},
		"too long to wait": {
			standin.Fault{Status: 503, Header: http.Header{"Retry-After": {"100000"}}}, "503 Service Unavailable",
		},
		"huge": {standin.Fault{Status: 200, Body: strings.Repeat(" ", 9<<20)}, "the answer is too large"},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			server := startHTTP(t, storetest.ServerConfig{Token: token})
			backend := openHTTP(t, server.Address)
			known := storetest.Must(ts.Create(t.Context(), ts.New(backend, ""), "a", storetest.Template("")))(t)
			server.AddFaults(test.fault, test.fault, test.fault) // some are repeated
			_, _, err := ts.Read[ts.WebhookTemplate](t.Context(), ts.New(backend, ""), "a", known)
			storetest.WantReason(t, err, ts.Unavailable, server.Address, test.want)
			if strings.Contains(err.Error(), token) || strings.Contains(err.Error(), "\x1b") {
				t.Errorf("%q", err)
			}
		})
	}
}

// TestHTTPForeignDocuments: the same of one document, which must not be taken for absent, nor for written or deleted.
func TestHTTPForeignDocuments(t *testing.T) {
	t.Parallel()
	html := http.Header{"Content-Type": {"text/html"}}
	json := http.Header{"Content-Type": {"application/json"}, "Etag": {`W/"1"`}}
	server := startHTTP(t, storetest.ServerConfig{Token: token})
	backend := openHTTP(t, server.Address)
	known := storetest.Must(ts.Create(t.Context(), ts.New(backend, ""), "a", storetest.Template("")))(t)
	const key = "default/webhook-templates/a.json"
	for what, test := range map[string]struct {
		method string
		fault  standin.Fault
		want   string
	}{
		"no such page": {http.MethodGet, standin.Fault{Status: 404, Header: html}, "404"},
		"page":         {http.MethodGet, standin.Fault{Status: 200, Header: html, Body: "<html>"}, "without a JSON document"},
		"weak ETag":    {http.MethodGet, standin.Fault{Status: 200, Header: json, Body: "{}"}, "without a strong ETag"},
		"write, page":  {http.MethodPut, standin.Fault{Status: 200, Header: html}, "without a strong ETag"},
		"write, redirect": {
			http.MethodPut, standin.Fault{Status: 307, Header: http.Header{"Location": {"https://example.com/x"}}},
			"(the host example.com)",
		},
		"delete, page":     {http.MethodDelete, standin.Fault{Status: 200, Header: html}, "200 OK in place of 204"},
		"delete, 404 page": {http.MethodDelete, standin.Fault{Status: 404, Header: html}, "404 Not Found"},
	} {
		test.fault.Method = test.method
		server.AddFaults(test.fault)
		if test.fault.Status == http.StatusNotFound { // which is repeated
			server.AddFaults(test.fault, test.fault)
		}
		var err error
		switch test.method {
		case http.MethodGet:
			_, _, err = backend.Get(t.Context(), key)
		case http.MethodPut:
			_, err = backend.Put(t.Context(), key, []byte("{}"), known.ETag)
		case http.MethodDelete:
			// The first is the one that must be refused.
			err = backend.Delete(t.Context(), key, known.ETag)
		}
		if err == nil || errors.Is(err, ts.ErrAbsent) || errors.Is(err, ts.ErrCondition) || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", what, err, test.want)
		}
	}
	if _, revision, err := ts.Read[ts.WebhookTemplate](t.Context(), ts.New(backend, ""), "a", known); err != nil || revision != known {
		t.Errorf("the document has changed: %+v, %v", revision, err)
	}
}

func TestHTTPRedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	asked := 0
	target := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer target.Close()
	source := httptest.NewServer(http.RedirectHandler(target.URL+"/store", http.StatusTemporaryRedirect))
	defer source.Close()
	_, err := openHTTP(t, source.URL).List(t.Context(), "")
	if err == nil || !strings.Contains(err.Error(), "redirects are not followed") || asked != 0 {
		t.Errorf("%d requests came there: %v", asked, err)
	}
}

func TestHTTPEndlessListing(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"documents": [], "next": "again"}`))
	}))
	defer server.Close()
	if _, err := openHTTP(t, server.URL).List(t.Context(), ""); err == nil || !strings.Contains(err.Error(), "no end: page 1 brings") {
		t.Errorf("got %v", err)
	}

	repeating := startHTTP(t, storetest.ServerConfig{Token: token, PageSize: 2})
	backend := openHTTP(t, repeating.Address)
	fill(t, backend, 5, storetest.FullTemplate())
	repeating.RepeatPages()
	repeating.Forget()
	_, _, err := ts.Read[ts.WebhookTemplate](t.Context(), ts.New(backend, ""), "name 0", ts.Revision{})
	storetest.WantReason(t, err, ts.Unavailable, repeating.Address, "cannot be listed", "no end: page 2 brings nothing new")
	if requests := repeating.Requests(); len(requests) != 2 {
		t.Errorf("it took %d requests to find out", len(requests))
	}
}

// TestHTTPRepeatedKeys: what is on two pages is there once, and if they differ, a look tells which is true.
func TestHTTPRepeatedKeys(t *testing.T) {
	t.Parallel()
	server := startHTTP(t, storetest.ServerConfig{Token: token})
	backend := openHTTP(t, server.Address)
	known := storetest.Must(ts.Create(t.Context(), ts.New(backend, ""), "a", storetest.Template("")))(t)
	const key = "default/webhook-templates/a.json"
	page := func(etag, next string) standin.Fault {
		return standin.Fault{Method: http.MethodGet, Path: "/v1/store", Status: 200, Body: fmt.Sprintf(
			`{"documents": [{"key": %q, "etag": %q}, {"key": "%s.%s", "etag": ""}], "next": %q}`, key, etag, key, next, next)}
	}
	for _, other := range []string{known.ETag, `"other"`} {
		server.AddFaults(page(known.ETag, "2"), page(other, ""))
		server.Forget()
		store := ts.New(backend, "")
		content, revision, err := ts.Read[ts.WebhookTemplate](t.Context(), store, "a", known)
		if content != nil || revision != known || err != nil || store.Unlisted(ts.WebhookTemplates, "a") {
			t.Errorf("got %+v, %+v, %v", content, revision, err)
		}
		want := 3 // the pages and the identity
		if other != known.ETag {
			want = 4
		}
		if requests := server.Requests(); len(requests) != want {
			t.Errorf("%s on the second page: %d requests, want %d", other, len(requests), want)
		}
	}
}

// TestHTTPListingOfAnotherPrefix: what a server lists though it was not asked for is not taken for the account's own.
func TestHTTPListingOfAnotherPrefix(t *testing.T) {
	t.Parallel()
	server := startHTTP(t, storetest.ServerConfig{Token: token})
	server.AddFaults(standin.Fault{Status: 200, Body: `{"documents": [{"key": "b/webhook-templates/a.json", "etag": "1"}]}`})
	if entries := storetest.Must(openHTTP(t, server.Address).List(t.Context(), "a/webhook-templates/"))(t); len(entries) != 0 {
		t.Errorf("got %v", entries)
	}
}

func TestHTTPConfig(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"":                                  "https://host",
		"http://example.com":                "must begin with https",
		"https://user:secret@example.com":   "user name or password",
		"https://example.com/?token=secret": "no query",
	} {
		_, err := ts.NewHTTP(ts.HTTPConfig{Address: address})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, bad := range []string{"a b", "secret\n", "sécret"} {
		if _, err := ts.NewHTTP(ts.HTTPConfig{Address: "https://example.com", Token: bad}); err == nil ||
			strings.Contains(err.Error(), bad) {
			t.Errorf("token %q: %v", bad, err)
		}
	}
}

func TestHTTPRefreshIsCheap(t *testing.T) {
	t.Parallel()
	const documents, pageSize = 1000, 100
	server := startHTTP(t, storetest.ServerConfig{Token: token, PageSize: pageSize})
	backend := openHTTP(t, server.Address)
	known := fill(t, backend, documents, storetest.FullTemplate())
	server.Forget()
	refresh[ts.WebhookTemplate](t, backend, known)
	if requests := server.Requests(); len(requests) != 11 {
		t.Errorf("%d requests, want ten for the listing and one for the identity", len(requests))
	}
	messages := fill(t, backend, documents, storetest.FullLinkedMessages())
	server.Forget()
	refresh[ts.LineLinkedMessages](t, backend, messages)
	if requests := server.Requests(); len(requests) != 11 {
		t.Errorf("linked messages: %d requests, want ten for the listing and one for the identity", len(requests))
	}
}

// TestHTTPRefreshWithReceiptsIsCheap: a thousand objects and their receipts within 20 requests.
func TestHTTPRefreshWithReceiptsIsCheap(t *testing.T) {
	t.Parallel()
	server := startHTTP(t, storetest.ServerConfig{Token: token})
	backend := openHTTP(t, server.Address)
	known := fill(t, backend, 1000, storetest.FullTemplate())
	receipts := enterAll(t, backend, known)
	server.Forget()
	refreshWithReceipts(t, backend, known, receipts)
	if requests := server.Requests(); len(requests) != 3 {
		t.Errorf("%d requests, want one for each listing and one for the identity", len(requests))
	}
}
