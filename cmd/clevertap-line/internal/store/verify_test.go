package store

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// patient are limits that no check reaches.
var patient = limits{checks: time.Minute, check: time.Minute, clean: time.Minute, pause: time.Millisecond}

// verify tests a server, and gives what it says and why it failed.
func verify(t *testing.T, address, token string, limits limits) (said string, err error) {
	t.Helper()
	v := verificationOf(t, address, token, limits)
	var out bytes.Buffer
	v.out = &out
	err = v.run(t.Context())
	return out.String(), err
}

func verificationOf(t *testing.T, address, token string, limits limits) *verification {
	t.Helper()
	base, err := httpclient.ParseBaseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	return &verification{
		out: io.Discard, client: httpclient.New(cli.HTTPConfig(0, stores.Timeout)), address: base, token: token, space: "verify-0",
		touched: map[string]int{}, limits: limits,
	}
}

func TestVerifyKeepsNothing(t *testing.T) {
	t.Parallel()
	server := storetest.NewServer(storetest.ServerConfig{Token: "token-0123456789", PageSize: 7})
	defer server.Close()
	said, err := verify(t, server.Address, "token-0123456789", patient)
	if err != nil || strings.Count(said, "\nok    ") != 19 || !strings.HasSuffix(said, "\n\n19 checks passed, 0 failed.\n") {
		t.Errorf("%v\n%s", err, said)
	}
	if keys := server.Keys(); len(keys) != 0 {
		t.Errorf("left %q", keys)
	}
}

// A server's listing is data: it may be endless, and name a document twice.
func TestVerifyEndsAListing(t *testing.T) {
	t.Parallel()
	for want, page := range map[string]string{
		"no next page after a page without documents": `{"documents":[],"next":"a"}`,
		"at most 10 documents, not 11":                `{"documents":[` + strings.Repeat(`{},`, 10) + `{}]}`,
		"each document once, and a is there":          `{"documents":[{"key":"a"},{"key":"a"}]}`,
		`expected {"documents": [{"key"`:              `{"documents":null}`,
		"has 1 documents":                             `{"documents":[{"key":"a"}]}`,
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(page))
		}))
		t.Cleanup(server.Close)
		said, err := verify(t, server.URL, "", patient)
		first := strings.SplitN(said, "\n", 5)[3]
		if err == nil || !strings.Contains(said, "FAIL  an account without documents has an empty listing\n") || !strings.Contains(first, want) {
			t.Errorf("%s: %v\n%.600s", want, err, said)
		}
	}
}

// A listing that always has one more document ends, too.
func TestVerifyEndsAListingOfMore(t *testing.T) {
	t.Parallel()
	pages := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		pages++
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"documents":[{"key":"%d","etag":"e"}],"next":"%d"}`, pages, pages)
	}))
	defer server.Close()
	v := verificationOf(t, server.URL, "", patient)
	if _, err := v.list(t.Context(), "verify-0/", 10); err == nil || !strings.Contains(err.Error(), "expected the end of the listing, after 1001 documents") || pages != 1001 {
		t.Errorf("%d pages: %v", pages, err)
	}
}

// hanging is the reference server, of which some requests are answered only when their sender has gone.
func hanging(t *testing.T, hangs func(*http.Request) bool) *httptest.Server {
	t.Helper()
	reference := storetest.NewServer(storetest.ServerConfig{Token: "token-0123456789"})
	t.Cleanup(reference.Close)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if hangs(r) {
			_, _ = io.Copy(io.Discard, r.Body) // or the server does not see that the sender goes
			<-r.Context().Done()
			return
		}
		reference.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

// A server that hangs in one place is tested in the others.
func TestVerifyLimitsACheck(t *testing.T) {
	t.Parallel()
	server := hanging(t, func(r *http.Request) bool {
		return strings.HasSuffix(r.URL.Path, "/twice.json") && r.Method == http.MethodPut
	})
	limits := patient
	limits.check = time.Second
	said, err := verify(t, server.URL+"/v1/store", "token-0123456789", limits)
	const want = "\nFAIL  a create where a document is already is refused\n      the check was not done after 1s: PUT "
	if err == nil || !strings.Contains(said, want) || !strings.Contains(said, "\nok    of ten replaces at a time, one succeeds\n") {
		t.Errorf("%v\n%s", err, said)
	}
}

// All checks together have a limit, and what they wrote is removed all the same.
func TestVerifyLimitsAllChecks(t *testing.T) {
	t.Parallel()
	var removed atomic.Bool
	server := hanging(t, func(r *http.Request) bool {
		removed.Store(removed.Load() || r.Method == http.MethodDelete && strings.HasSuffix(r.URL.Path, "/create.json"))
		return strings.HasSuffix(r.URL.Path, "/twice.json") && r.Method == http.MethodPut
	})
	limits := patient
	limits.checks = 2 * time.Second
	said, err := verify(t, server.URL+"/v1/store", "token-0123456789", limits)
	if err == nil || !regexp.MustCompile(`^--timeout 2s was over after [1-4] of 19 checks$`).MatchString(err.Error()) ||
		!strings.HasSuffix(said, " checks passed, 0 failed.\n") || !removed.Load() {
		t.Errorf("removed: %v; %v\n%s", removed.Load(), err, said)
	}
}

// The clean-up tries again, and names what the server keeps.
func TestVerifyCleansUpAgain(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		refusals int32
		left     bool
	}{{3, false}, {1000, true}} {
		reference := storetest.NewServer(storetest.ServerConfig{Token: "token-0123456789"})
		t.Cleanup(reference.Close)
		var refused atomic.Int32
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodDelete && strings.HasSuffix(r.URL.Path, "/bytes.json") && refused.Add(1) <= test.refusals {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			reference.ServeHTTP(w, r)
		}))
		t.Cleanup(server.Close)
		said, err := verify(t, server.URL+"/v1/store", "token-0123456789", patient)
		const list = "\n\nThese documents of the test may be left behind:\n  verify-0/webhook-templates/bytes.json: DELETE /verify-0/webhook-templates/bytes.json with If-Match: "
		switch keys := reference.Keys(); {
		case !test.left && (err != nil || len(keys) != 0 || strings.Contains(said, "left behind")):
			t.Errorf("%q: %v\n%s", keys, err, said)
		case test.left && (err == nil || err.Error() != "1 documents of the test could not be removed" || len(keys) != 1 || !strings.Contains(said, list)):
			t.Errorf("%q: %v\n%s", keys, err, said)
		}
	}
}

// A write that was not answered may be carried out later, here after the clean-up has looked for the first time.
func TestVerifyCleansUpWhatArrivesLate(t *testing.T) {
	t.Parallel()
	reference := storetest.NewServer(storetest.ServerConfig{})
	defer reference.Close()
	direct := verificationOf(t, reference.Address, "", patient)
	late := sync.OnceFunc(func() {
		if _, err := direct.create(t.Context(), direct.key("late"), document("late")); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reference.ServeHTTP(w, r)
		late()
	}))
	defer server.Close()
	v := verificationOf(t, server.URL+"/v1/store", "", patient)
	v.touch(v.key("late"), 1)
	if left := v.clean(t.Context()); left != nil || len(reference.Keys()) != 0 {
		t.Errorf("%v, left %q", left, reference.Keys())
	}
}

// What a server repeats of the token is not shown.
func TestVerifyShowsNoToken(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, name := range []string{"Content-Type", "ETag", "X-Request-Id"} {
			w.Header().Set(name, r.Header.Get("Authorization"))
		}
	}))
	defer server.Close()
	said, err := verify(t, server.URL, "canary-0123456789", patient)
	if text := fmt.Sprint(said, err); strings.Contains(text, "canary") || !strings.Contains(text, "Bearer [redacted], request id Bearer [redacted]") {
		t.Error(text)
	}
}

// A server that takes documents of the kinds it knows alone is found out.
func TestVerifyWantsEveryKind(t *testing.T) {
	t.Parallel()
	for _, kind := range templatestore.Kinds() {
		reference := storetest.NewServer(storetest.ServerConfig{Token: "token-0123456789"})
		t.Cleanup(reference.Close)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/"+string(kind)+"/of=20every=20kind.json") {
				w.Header().Set("Content-Type", "application/problem+json")
				w.WriteHeader(http.StatusBadRequest)
				return
			}
			reference.ServeHTTP(w, r)
		}))
		t.Cleanup(server.Close)
		said, err := verify(t, server.URL+"/v1/store", "token-0123456789", patient)
		want := "\nFAIL  documents of every kind and their receipts are kept apart\n      PUT /verify-0/" + string(kind) + "/of=20every=20kind.json"
		if err == nil || !strings.Contains(said, want) || strings.Count(said, "\nFAIL ") != 1 {
			t.Errorf("%s: %v\n%s", kind, err, said)
		}
	}
}

// A server that is right but for one thing fails exactly the checks of that.
func TestVerifyFindsListingsThatLie(t *testing.T) {
	t.Parallel()
	const token = "token-0123456789"
	for name, test := range map[string]struct {
		spoil func(r *http.Request, answer []byte) []byte
		fails []string
	}{
		"it lags behind": {
			func(r *http.Request, answer []byte) []byte {
				return regexp.MustCompile(`\{"key":"[^"]*/follows.json","etag":"[^}]*"\},?`).ReplaceAll(answer, nil)
			},
			[]string{"a listing shows a create, a replace and a delete at once"},
		},
		"it has what was deleted": {
			func(r *http.Request, answer []byte) []byte {
				if bytes.Contains(answer, []byte("/follows.json")) || r.URL.Query().Get("prefix") != "verify-0/webhook-templates/" {
					return answer
				}
				return bytes.Replace(answer, []byte(`{"documents":[`),
					[]byte(`{"documents":[{"key":"verify-0/webhook-templates/follows.json","etag":"\"a\""},`), 1)
			},
			[]string{"a listing shows a create, a replace and a delete at once"},
		},
		"a folder has what is below another": {
			func(r *http.Request, answer []byte) []byte {
				if r.URL.Query().Get("prefix") != "verify-0/line-campaign-bodies/" {
					return answer
				}
				return bytes.Replace(answer, []byte(`{"documents":[`),
					[]byte(`{"documents":[{"key":"verify-0/receipts/line-campaign-bodies/a.json","etag":"\"a\""},`), 1)
			},
			[]string{"a listing in pages has each document once, with its ETag", "documents of every kind and their receipts are kept apart"},
		},
	} {
		reference := storetest.NewServer(storetest.ServerConfig{Token: token})
		t.Cleanup(reference.Close)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			recorder := httptest.NewRecorder()
			reference.ServeHTTP(recorder, r)
			answer := recorder.Body.Bytes()
			if r.URL.Path == "/v1/store" && r.URL.Query().Get("prefix") != "" {
				answer = bytes.ReplaceAll(test.spoil(r, answer), []byte("},]"), []byte("}]"))
			}
			maps.Copy(w.Header(), recorder.Header())
			w.WriteHeader(recorder.Code)
			_, _ = w.Write(answer)
		}))
		t.Cleanup(server.Close)
		said, err := verify(t, server.URL+"/v1/store", token, patient)
		var fails []string
		for _, match := range regexp.MustCompile(`(?m)^FAIL  (.*)$`).FindAllStringSubmatch(said, -1) {
			fails = append(fails, match[1])
		}
		if err == nil || !slices.Equal(fails, test.fails) {
			t.Errorf("%s: %v\n%s", name, err, said)
		}
	}
}
