package httpclient

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestAnyStatusIsAnAnswer(t *testing.T) {
	t.Parallel()
	for _, status := range []int{200, 204, 301, 400, 401, 404, 409, 501} {
		server := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Line-Request-Id", "r-1")
			w.WriteHeader(status)
		})
		response, err := New(retrying(3)).Do(t.Context(), get(server.URL))
		if err != nil {
			t.Fatalf("%d: %v", status, err)
		}
		if response.StatusCode != status || response.RequestID() != "r-1" || server.hits.Load() != 1 {
			t.Errorf("%d: got status %d and request id %q after %d attempts, want one attempt",
				status, response.StatusCode, response.RequestID(), server.hits.Load())
		}
	}
}

func TestTransientStatusIsRepeatedWhereThatIsSafe(t *testing.T) {
	t.Parallel()
	tests := []struct {
		method     string
		repeatable bool
		want       int64
	}{
		{"GET", false, 3}, {"HEAD", false, 3}, {"POST", true, 3}, {"PUT", true, 3},
		{"POST", false, 1}, {"PUT", false, 1}, {"DELETE", false, 1},
	}
	for _, test := range tests {
		for _, status := range []int{429, 500, 502, 503, 504} {
			server := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(status)
				fmt.Fprint(w, "the vendor's words")
			})
			request := get(server.URL)
			request.Method, request.Repeatable = test.method, test.repeatable
			response, err := New(retrying(2)).Do(t.Context(), request)
			if err != nil {
				t.Fatalf("%s %d: %v", test.method, status, err)
			}
			if got := server.hits.Load(); got != test.want {
				t.Errorf("%s, repeatable %t, %d: %d attempts, want %d", test.method, test.repeatable, status, got, test.want)
			}
			if test.method != "HEAD" && string(response.Body) != "the vendor's words" || response.StatusCode != status {
				t.Errorf("%s %d: the last answer is lost: %d %q", test.method, status, response.StatusCode, response.Body)
			}
		}
	}
}

func TestBodyIsSentWholeOnEveryAttempt(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var bodies []string
	server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		bodies = append(bodies, string(body))
		w.WriteHeader(http.StatusBadGateway)
	})
	request := get(server.URL)
	request.Method, request.Repeatable, request.Body = "PUT", true, []byte("document")
	if _, err := New(retrying(2)).Do(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(bodies, []string{"document", "document", "document"}) {
		t.Errorf("bodies %q", bodies)
	}
}

func TestRetryStatusSeesTheBody(t *testing.T) {
	t.Parallel()
	server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusTooManyRequests)
		fmt.Fprint(w, r.URL.Path)
	})
	for path, want := range map[string]int64{"/for-now": 3, "/for-good": 1} {
		server.hits.Store(0)
		request := get(server.URL + path)
		request.RetryStatus = func(_ int, body []byte) bool { return string(body) == "/for-now" }
		if _, err := New(retrying(2)).Do(t.Context(), request); err != nil {
			t.Fatal(err)
		}
		if got := server.hits.Load(); got != want {
			t.Errorf("%s: %d attempts, want %d", path, got, want)
		}
	}
}

func TestLostAnswers(t *testing.T) {
	t.Parallel()
	faults := map[string]http.HandlerFunc{
		"connection closed": func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
		"truncated": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "half")
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		},
		"body too late": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "100")
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		},
		"answer too late": func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // or the server does not notice that the client has gone
			<-r.Context().Done()
		},
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newServer(t, nil)
			server.handler = func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost || server.hits.Load() == 1 {
					fault(w, r)
				}
				fmt.Fprint(w, "whole")
			}
			config := retrying(3)
			config.Timeout = 500 * time.Millisecond
			response, err := New(config).Do(t.Context(), get(server.URL))
			if err != nil || string(response.Body) != "whole" {
				t.Errorf("GET is not repeated: %v, %v", response, err)
			}

			server.hits.Store(0)
			request := get(server.URL + "/path?secret=canary")
			request.Method, request.Body = "POST", []byte("x")
			_, err = New(config).Do(t.Context(), request)
			if err == nil || server.hits.Load() != 1 {
				t.Fatalf("POST: error %v after %d attempts, want an error after one", err, server.hits.Load())
			}
			wantParts(t, err, "POST "+server.host()+"/path: ", "(1 attempt; not repeated")
			wantNoSecret(t, err.Error())
		})
	}
}

func TestNoAnswerAtAll(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(nil)
	server.Close()
	request := get(server.URL + "/path?secret=canary")
	request.Header = http.Header{"Authorization": {"canary"}}
	_, err := New(retrying(2)).Do(t.Context(), request)
	if err == nil {
		t.Fatal("no error")
	}
	wantParts(t, err, "GET "+strings.TrimPrefix(server.URL, "http://")+"/path: ", "refused", "(3 attempts)") // the system's own words
	wantNoSecret(t, err.Error())
}

func TestErrorsThatNoRepetitionCures(t *testing.T) {
	t.Parallel()
	tlsServer := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(tlsServer.Close)
	plain := newServer(t, func(http.ResponseWriter, *http.Request) {})
	badHeader := get(plain.URL)
	badHeader.Header = http.Header{"Authorization": {"canary\n"}}
	badMethod := get(plain.URL)
	badMethod.Method = "NOT A METHOD"
	for name, request := range map[string]Request{
		"untrusted certificate": get(tlsServer.URL), "bad header": badHeader, "bad method": badMethod,
	} {
		var attempts atomic.Int64
		config := retrying(3)
		config.Log = func(context.Context, string, map[string]any) { attempts.Add(1) }
		_, err := New(config).Do(t.Context(), request)
		if err == nil || attempts.Load() > 1 {
			t.Fatalf("%s: error %v after %d attempts, want an error after one", name, err, attempts.Load())
		}
		wantNoSecret(t, err.Error())
	}
}

func TestTooLargeAnswer(t *testing.T) {
	t.Parallel()
	server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		content := strings.Repeat("x", 1000)
		if r.URL.Path == "/gzip" {
			w.Header().Set("Content-Encoding", "gzip")
			zipped := gzip.NewWriter(w)
			_, _ = io.WriteString(zipped, content)
			_ = zipped.Close()
			return
		}
		fmt.Fprint(w, content)
	})
	for _, path := range []string{"/plain", "/gzip"} {
		request := get(server.URL + path)
		request.MaxResponseBytes = 1000
		response, err := New(retrying(3)).Do(t.Context(), request)
		if err != nil || len(response.Body) != 1000 {
			t.Errorf("%s: as long as allowed: %v", path, err)
		}
		server.hits.Store(0)
		request.MaxResponseBytes = 999
		_, err = New(retrying(3)).Do(t.Context(), request)
		if !errors.Is(err, ErrTooLarge) || server.hits.Load() != 1 {
			t.Fatalf("%s: error %v after %d attempts, want ErrTooLarge after one", path, err, server.hits.Load())
		}
		wantParts(t, err, "more than 999 bytes")
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := newServer(t, func(http.ResponseWriter, *http.Request) {})
	for _, status := range []int{301, 302, 303, 307, 308} {
		server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, status)
		})
		request := get(server.URL)
		request.Header = http.Header{"Authorization": {"canary"}}
		response, err := New(retrying(3)).Do(t.Context(), request)
		if err != nil || response.StatusCode != status {
			t.Errorf("%d: got %v, %v", status, response, err)
		}
	}
	if elsewhere.hits.Load() != 0 {
		t.Error("a redirect was followed")
	}
}

func TestLogHoldsNoSecret(t *testing.T) {
	t.Parallel()
	server := newServer(t, nil)
	server.handler = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Line-Request-Id", "r-1")
		w.Header().Set("Set-Cookie", "canary")
		if server.hits.Load() == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		fmt.Fprint(w, "canary")
	}
	var lines []map[string]any
	config := retrying(1)
	config.Log = func(_ context.Context, _ string, fields map[string]any) { lines = append(lines, fields) }
	request := get(server.URL + "/v2/list?start=canary&limit=canary")
	request.Method, request.Repeatable, request.Body = "POST", true, []byte("canary")
	request.Header = http.Header{"Authorization": {"Bearer canary"}}
	if _, err := New(config).Do(t.Context(), request); err != nil {
		t.Fatal(err)
	}
	if len(lines) != 2 {
		t.Fatalf("%d lines, want one for each of two attempts", len(lines))
	}
	for i, status := range []int{503, 200} {
		delete(lines[i], "duration_ms")
		want := fmt.Sprint(map[string]any{
			"method": "POST", "url": server.host() + "/v2/list", "query": "limit,start",
			"attempt": i + 1, "status": status, "request_id": "r-1",
		})
		if got := fmt.Sprint(lines[i]); got != want {
			t.Errorf("line %d:\n%s\nwant\n%s", i, got, want)
		}
	}
}

func TestHundredCallersShareOneHeader(t *testing.T) {
	t.Parallel()
	server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, r.Header.Get("Authorization"), " ", r.UserAgent(), " ", r.URL.Path)
	})
	config := retrying(0)
	config.UserAgent = "agent/1"
	client := New(config)
	header := http.Header{"Authorization": {"A"}}
	var group sync.WaitGroup
	for i := range 100 {
		group.Go(func() {
			request := get(fmt.Sprintf("%s/%d", server.URL, i))
			request.Header = header
			response, err := client.Do(t.Context(), request)
			if err != nil {
				t.Error(err)
				return
			}
			if want := fmt.Appendf(nil, "A agent/1 /%d", i); !bytes.Equal(response.Body, want) {
				t.Errorf("got %q, want %q", response.Body, want)
			}
		})
	}
	group.Wait()
	if len(header) != 1 {
		t.Errorf("the caller's header was changed: %v", header)
	}
}

// server counts what it is asked.
type server struct {
	*httptest.Server
	handler http.HandlerFunc
	hits    atomic.Int64
}

func newServer(t *testing.T, handler http.HandlerFunc) *server {
	t.Helper()
	s := &server{handler: handler}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.hits.Add(1)
		s.handler(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *server) host() string { return strings.TrimPrefix(s.URL, "http://") }

// retrying is a configuration with pauses that take no time.
func retrying(retries int) Config {
	return Config{MaxRetries: retries, RetryWaitMin: time.Millisecond, RetryWaitMax: 2 * time.Millisecond}
}

func get(address string) Request {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	return Request{Method: http.MethodGet, URL: u}
}

func wantParts(t *testing.T, err error, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in the error: %v", part, err)
		}
	}
}

func wantNoSecret(t *testing.T, text string) {
	t.Helper()
	if strings.Contains(text, "canary") {
		t.Errorf("a secret is in the text: %s", text)
	}
}
