package standin_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// counter is a server that counts what it carries out, and repeats the body.
type counter struct {
	mu      sync.Mutex
	carried int
}

func (c *counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	c.carried++
	c.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	w.Header().Set("X-Whole", "yes")
	w.WriteHeader(http.StatusAccepted)
	_, _ = w.Write(append([]byte("you sent "), body...))
}

func (c *counter) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.carried
}

func start(t *testing.T, config standin.Config) *standin.Front {
	t.Helper()
	front := standin.Start(config)
	t.Cleanup(front.Close)
	return front
}

func send(ctx context.Context, front *standin.Front, method, path, body string, header http.Header) (*http.Response, string, error) {
	request, err := http.NewRequestWithContext(ctx, method, front.URL+path, strings.NewReader(body))
	if err != nil {
		return nil, "", err
	}
	for name, values := range header {
		request.Header[name] = values
	}
	request.Close = true // the standard client repeats by itself what fails on a connection that was used before
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, "", err
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	return response, string(answer), err
}

func TestRequestsAreRecordedAsTheyCame(t *testing.T) {
	t.Parallel()
	server := &counter{}
	front := start(t, standin.Config{
		Handler:       server,
		Authorized:    func(r *http.Request) bool { return standin.BearerToken(r) == "CANARY" },
		SecretHeaders: []string{"X-Pass"}, SecretParameters: []string{"token", "pass"},
	})
	form := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	for _, request := range []struct {
		method, path, body string
		header             http.Header
		want               standin.Request
	}{
		{"PUT", "/a%2Fb/%E4%B8%96?x=%20&y&x=2", "\x00\xff{}", http.Header{
			"Authorization": {"Bearer CANARY"}, "X-Pass": {"CANARY"}, "X-Two": {"1", "2"}, "X-Empty": {""},
		}, standin.Request{
			Path: "/a%2Fb/%E4%B8%96", Query: "x=%20&y&x=2", Body: []byte("\x00\xff{}"), Authorized: true,
			Header: http.Header{
				"Authorization": {"[secret]"}, "X-Pass": {"[secret]"}, "X-Two": {"1", "2"}, "X-Empty": {""}, "Content-Length": {"4"},
			},
		}},
		{"GET", "/?token=CANARY&mytoken=mine&token=CANARY%2B", "", http.Header{"Authorization": {"CANARY"}}, standin.Request{
			Path: "/", Query: "token=[secret]&mytoken=mine&token=[secret]", Body: []byte{},
			Header: http.Header{"Authorization": {"[secret]"}},
		}},
		{"POST", "/", "a=1&token=CANARY&%70ass=CANARY", form, standin.Request{
			Path: "/", Body: []byte("a=1&token=[secret]&%70ass=[secret]"),
			Header: http.Header{"Content-Type": form["Content-Type"], "Content-Length": {"30"}},
		}},
		{"POST", "/", "token=public", http.Header{"Content-Type": {"text/plain"}}, standin.Request{
			Path: "/", Body: []byte("token=public"), Header: http.Header{"Content-Type": {"text/plain"}, "Content-Length": {"12"}},
		}},
	} {
		front.Forget()
		request.header.Set("User-Agent", "agent")
		_, answer, err := send(t.Context(), front, request.method, request.path, request.body, request.header)
		if err != nil || answer != "you sent "+request.body {
			t.Fatalf("%s: %q, %v", request.path, answer, err)
		}
		want := request.want
		want.Method = request.method
		want.Header.Set("User-Agent", "agent")
		want.Header.Set("Accept-Encoding", "gzip")
		want.Header.Set("Connection", "close")
		if got := front.Requests(); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
			t.Errorf("recorded\n%+v, want\n%+v", got, want)
		}
	}
}

func TestRecordIsWholeUnderManyClients(t *testing.T) {
	t.Parallel()
	server := &counter{}
	front := start(t, standin.Config{Handler: server})
	const clients = 40
	front.AddFaults(standin.Fault{Method: "PUT"}, standin.Fault{Status: 503})
	var group sync.WaitGroup
	for i := range clients {
		group.Go(func() {
			body := fmt.Sprint("body ", i)
			if _, answer, err := send(t.Context(), front, "POST", "/"+fmt.Sprint(i), body, nil); err != nil ||
				answer != "" && answer != "you sent "+body {
				t.Errorf("%q, %v", answer, err)
			}
			_ = front.Requests()
		})
	}
	group.Wait()
	bodies := map[string]bool{}
	for _, request := range front.Requests() {
		bodies[request.Path+" "+string(request.Body)] = true
	}
	for i := range clients {
		if !bodies[fmt.Sprintf("/%d body %d", i, i)] {
			t.Errorf("request %d is not recorded: %v", i, bodies)
		}
	}
	if server.count() != clients-1 {
		t.Errorf("%d of %d were carried out, want all but one", server.count(), clients)
	}
}

func TestFaultsArePicked(t *testing.T) {
	t.Parallel()
	front := start(t, standin.Config{Handler: &counter{}})
	front.AddFaults(
		standin.Fault{Method: "PUT", Path: "/a", Status: 501}, standin.Fault{Path: "/b", Status: 502},
		standin.Fault{Method: "DELETE", Status: 503}, standin.Fault{Status: 504},
		standin.Fault{Path: "/b", Status: 505}, standin.Fault{Method: "PUT", Status: 506},
	)
	for _, step := range []struct {
		request string
		status  int
	}{
		{"PUT /c", 504}, // the next that is for anybody
		{"GET /c", 202}, {"GET /a", 202}, {"GET /b", 502}, {"PUT /b", 505}, {"PUT /b", 506}, {"PUT /b", 202},
		{"DELETE /a", 503}, {"PUT /a", 501}, {"PUT /a", 202},
	} {
		method, path, _ := strings.Cut(step.request, " ")
		response, _, err := send(t.Context(), front, method, path, "", nil)
		if err != nil || response.StatusCode != step.status {
			t.Fatalf("%s: %v, %v, want %d", step.request, response, err, step.status)
		}
	}
}

func TestFaultsAreWhatTheySay(t *testing.T) {
	t.Parallel()
	whole := standin.AnswerFault(func(w http.ResponseWriter) {
		standin.WriteJSON(w, http.StatusTeapot, map[string]int{"a": 1})
	})
	typed := standin.AnswerFault(func(w http.ResponseWriter) {
		w.Header().Set("Content-Type", "application/problem+json")
		standin.WriteJSON(w, http.StatusTeapot, "<")
	})
	for name, test := range map[string]struct {
		fault      standin.Fault
		status     int
		header     string // Content-Type, or X-Whole of the server's own answers
		answer     string
		err        func(error) bool
		carriedOut bool
	}{
		"nothing":      {standin.Fault{}, 202, "yes", "you sent x", nil, true},
		"done":         {standin.Fault{Done: true}, 202, "yes", "you sent x", nil, true},
		"JSON":         {whole, 418, "application/json", "{\"a\":1}\n", nil, false},
		"typed JSON":   {typed, 418, "application/problem+json", "\"\\u003c\"\n", nil, false},
		"empty answer": {standin.Fault{Status: 200, Header: http.Header{"X-Whole": {"no"}}}, 200, "no", "", nil, false},
		"lost answer":  {standin.Fault{Status: 502, Body: "<html>", Done: true}, 502, "text/html; charset=utf-8", "<html>", nil, true},
		"reset":        {standin.Fault{Reset: true}, 0, "", "", standin.IsReset, false},
		"reset, done":  {standin.Fault{Reset: true, Done: true}, 0, "", "", standin.IsReset, true},
		"truncated": {standin.Fault{Truncate: true}, 202, "yes", "you s",
			func(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := &counter{}
			front := start(t, standin.Config{Handler: server, RequestIDHeader: "X-Id"})
			front.AddFaults(test.fault)
			response, answer, err := send(t.Context(), front, "POST", "/", "x", nil)
			if (test.err == nil) != (err == nil) || test.err != nil && !test.err(err) {
				t.Fatalf("got %v", err)
			}
			if carriedOut := server.count() == 1; carriedOut != test.carriedOut {
				t.Errorf("carried out: %t", carriedOut)
			}
			if test.status == 0 {
				return
			}
			if response.StatusCode != test.status || answer != test.answer || response.Header.Get("X-Id") == "" {
				t.Errorf("%d %v %q", response.StatusCode, response.Header, answer)
			}
			if response.Header.Get("X-Whole") != test.header && response.Header.Get("Content-Type") != test.header {
				t.Errorf("header %v", response.Header)
			}
		})
	}
}

func TestDelay(t *testing.T) {
	t.Parallel()
	server := &counter{}
	front := start(t, standin.Config{Handler: server})
	const delay = 30 * time.Millisecond
	front.AddFaults(standin.Fault{Delay: delay})
	before := time.Now()
	if _, answer, err := send(t.Context(), front, "GET", "/", "", nil); err != nil || answer != "you sent " || time.Since(before) < delay {
		t.Errorf("%q after %s, %v", answer, time.Since(before), err)
	}
	for _, done := range []bool{false, true} {
		front.AddFaults(standin.Fault{Delay: time.Hour, Done: done})
		ctx, cancel := context.WithTimeout(t.Context(), delay)
		if _, _, err := send(ctx, front, "POST", "/", "x", nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		cancel()
	}
	front.Close() // and all that is under way is over
	if server.count() != 2 {
		t.Errorf("%d requests were carried out, want the first, and the last, which is done before its delay", server.count())
	}
}

func TestEveryAnswerHasAnIDOfItsOwn(t *testing.T) {
	t.Parallel()
	front := start(t, standin.Config{Handler: &counter{}, RequestIDHeader: "X-Id"})
	first, _, _ := send(t.Context(), front, "GET", "/", "", nil)
	second, _, _ := send(t.Context(), front, "GET", "/", "", nil)
	if first.Header.Get("X-Id") == "" || first.Header.Get("X-Id") == second.Header.Get("X-Id") {
		t.Errorf("%v and %v", first.Header, second.Header)
	}
}

func TestBearerToken(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{"": "", "Bearer a+b=": "a+b=", "Basic abc": "", "abc": "", "bearer abc": "", "Bearer ": ""} {
		request := httptest.NewRequest(http.MethodGet, "/", nil)
		request.Header.Set("Authorization", header)
		if got := standin.BearerToken(request); got != want {
			t.Errorf("%q: %q, want %q", header, got, want)
		}
	}
}

// What a stand-in lacks is seen at once, in words that no vendor has.
func TestWhatIsNotServedIsLoud(t *testing.T) {
	t.Parallel()
	var front *standin.Front
	front = start(t, standin.Config{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		what := ""
		if unknown := standin.UnknownParameter(r, "a", "c"); unknown != "" {
			what = "the parameter " + unknown
		}
		front.NotServed(w, r, what)
	})})
	for _, path := range []string{"/x%2Fy?c=1&a=2&a=3", "/x?d=1&b=2&a=3"} {
		response, answer, err := send(t.Context(), front, "PUT", path, "", nil)
		if err != nil || response.StatusCode != http.StatusNotImplemented || !strings.HasPrefix(answer, "This stand-in does not serve PUT /x") {
			t.Errorf("%s: %v, %s, %v", path, response, answer, err)
		}
	}
	if got, want := front.Unserved(), []string{"PUT /x%2Fy", "PUT /x: the parameter b"}; !reflect.DeepEqual(got, want) {
		t.Errorf("unserved %q, want %q", got, want)
	}
	if front.Forget(); front.Unserved() != nil {
		t.Errorf("unserved %q after all is forgotten", front.Unserved())
	}
}
