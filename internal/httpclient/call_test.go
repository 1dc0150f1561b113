package httpclient

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// wire is a transport in place of a network.
type wire func(*http.Request) (*http.Response, error)

func (w wire) RoundTrip(request *http.Request) (*http.Response, error) { return w(request) }

// body counts how often it is closed.
type body struct {
	io.Reader
	closed int
}

func (b *body) Close() error {
	b.closed++
	return nil
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

// A body that stays open keeps its connection for ever.
func TestEveryBodyIsClosed(t *testing.T) {
	t.Parallel()
	for name, content := range map[string]io.Reader{
		"whole": strings.NewReader("{}"), "too large": strings.NewReader("too much"), "broken off": brokenReader{},
	} {
		sent := &body{Reader: content}
		client := New(Config{})
		client.transport = wire(func(*http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: http.StatusOK, Body: sent}, nil
		})
		request := get("https://example.com/")
		request.MaxResponseBytes = 4
		_, err := client.Do(t.Context(), request)
		if sent.closed != 1 || (err == nil) != (name == "whole") {
			t.Errorf("%s: closed %d times, %v", name, sent.closed, err)
		}
	}
}

// Whether it is the answer or its end that is late, error and log say for how long was waited, and not that the answer broke
// off or that the caller's time is over.
func TestLateAnswersAreCalledSo(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"answer": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"end": func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "half")
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newServer(t, handler)
			var mu sync.Mutex
			var logged []any
			client := New(Config{Timeout: 50 * time.Millisecond, Log: func(_ context.Context, _ string, fields map[string]any) {
				mu.Lock()
				defer mu.Unlock()
				logged = append(logged, fields["error"])
			}})
			_, err := client.Do(t.Context(), get(server.URL+"/x"))
			want := "GET " + server.host() + "/x: no complete answer within 50ms (1 attempt)"
			if err == nil || err.Error() != want || errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("got %v, want %s", err, want)
			}
			if len(logged) != 1 || logged[0] != "no complete answer within 50ms" {
				t.Errorf("logged %q", logged)
			}
		})
	}
}

// The caller's deadline is the caller's, even with a timeout of one attempt.
func TestCallersDeadlineIsNoTimeout(t *testing.T) {
	t.Parallel()
	server := newServer(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	ctx, cancel := context.WithTimeoutCause(t.Context(), 50*time.Millisecond, errors.New("out of patience"))
	defer cancel()
	var logged any
	client := New(Config{Timeout: time.Hour, Log: func(_ context.Context, _ string, fields map[string]any) { logged = fields["error"] }})
	_, err := client.Do(ctx, get(server.URL))
	if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(err.Error(), "complete answer") {
		t.Errorf("got %v, want the caller's deadline", err)
	}
	if strings.Contains(fmt.Sprint(logged), "complete answer") {
		t.Errorf("logged %v", logged)
	}
}

func TestWhereARequestIDStands(t *testing.T) {
	t.Parallel()
	for want, header := range map[string]http.Header{
		"":  {},
		"l": {"X-Line-Request-Id": {"l"}, "X-Request-Id": {"x"}},
		"x": {"X-Line-Request-Id": {""}, "X-Request-Id": {"x"}},
	} {
		if got := (&Response{Header: header}).RequestID(); got != want {
			t.Errorf("%v: %q, want %q", header, got, want)
		}
	}
}

// A caller cannot pass for another program.
func TestUserAgentIsTheClients(t *testing.T) {
	t.Parallel()
	var agents []string
	server := newServer(t, func(_ http.ResponseWriter, r *http.Request) { agents = r.Header.Values("User-Agent") })
	request := get(server.URL)
	request.Header = http.Header{"User-Agent": {"other"}}
	if _, err := New(Config{UserAgent: "agent/1"}).Do(t.Context(), request); err != nil || !slices.Equal(agents, []string{"agent/1"}) {
		t.Errorf("agents %q, %v", agents, err)
	}
}

// As many requests at a time as before need no new connection.
func TestConnectionsAreUsedAgain(t *testing.T) {
	t.Parallel()
	const together = 8
	var connections atomic.Int64
	var arrived sync.WaitGroup
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		arrived.Done()
		arrived.Wait()
	}))
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	client := New(retrying(0))
	for range 3 {
		arrived.Add(together)
		var group sync.WaitGroup
		for range together {
			group.Go(func() {
				if _, err := client.Do(t.Context(), get(server.URL)); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
	}
	if got := connections.Load(); got >= 2*together {
		t.Errorf("%d connections for %d requests at a time", got, together)
	}
}
