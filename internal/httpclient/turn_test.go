package httpclient

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestPlacesAreNeverExceeded(t *testing.T) {
	t.Parallel()
	const places = 3
	var under, most atomic.Int64
	full := make(chan struct{})
	server := newServer(t, func(http.ResponseWriter, *http.Request) {
		now := under.Add(1)
		defer under.Add(-1)
		for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
		}
		if now == places {
			select {
			case <-full:
			default:
				close(full)
			}
		}
		<-full // the first ones wait until all places are taken
	})
	config := retrying(0)
	config.MaxConcurrent = places
	client := New(config)
	var group sync.WaitGroup
	for range 100 {
		group.Go(func() {
			if _, err := client.Do(t.Context(), get(server.URL)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if most.Load() != places || server.hits.Load() != 100 {
		t.Errorf("%d requests, at most %d at a time; want 100 and %d", server.hits.Load(), most.Load(), places)
	}
}

func TestRateIsKept(t *testing.T) {
	t.Parallel()
	const perSecond, requests = 50, 20
	server := newServer(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	config := retrying(1) // repetitions keep to the rate, too
	config.RequestsPerSecond = perSecond
	client := New(config)
	start := time.Now()
	var group sync.WaitGroup
	for range requests / 2 {
		group.Go(func() {
			if _, err := client.Do(t.Context(), get(server.URL)); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if server.hits.Load() != requests {
		t.Errorf("%d requests, want %d", server.hits.Load(), requests)
	}
	if got, atLeast := time.Since(start), (requests-1)*time.Second/perSecond; got < atLeast {
		t.Errorf("%d requests took %s, want at least %s", requests, got, atLeast)
	}
}

func TestTimeoutDoesNotCountTheWaitForATurn(t *testing.T) {
	t.Parallel()
	server := newServer(t, func(http.ResponseWriter, *http.Request) {})
	config := retrying(0)
	config.MaxConcurrent, config.Timeout = 1, time.Second
	client := New(config)
	if err := client.places.Acquire(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(config.Timeout+100*time.Millisecond, func() { client.places.Release(1) })
	if _, err := client.Do(t.Context(), get(server.URL)); err != nil {
		t.Error(err)
	}
}

func TestTimeoutSaysHowLong(t *testing.T) {
	t.Parallel()
	server := newServer(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	config := retrying(1)
	config.Timeout = 50 * time.Millisecond
	_, err := New(config).Do(t.Context(), get(server.URL))
	if err == nil || errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("got %v, want an error that is not the caller's deadline", err)
	}
	wantParts(t, err, "no complete answer within 50ms", "(2 attempts)")
}

func TestContextEndsAtOnce(t *testing.T) {
	t.Parallel()
	const hour = time.Hour
	hang := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	fail := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }
	askHour := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "3600")
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	pause := Config{MaxRetries: 3, RetryWaitMin: hour, RetryWaitMax: 2 * hour}
	tests := map[string]struct {
		config  Config
		handler http.HandlerFunc
		prepare func(*Client)
	}{
		"waiting for an answer": {config: pause, handler: hang},
		"pausing":               {config: pause, handler: fail},
		"pausing as asked":      {config: pause, handler: askHour},
		"waiting for a place": {
			config:  Config{MaxConcurrent: 1, MaxRetries: 3},
			prepare: func(c *Client) { _ = c.places.Acquire(context.Background(), 1) },
		},
		"waiting for the rate": {
			config:  Config{RequestsPerSecond: 1.0 / 3600, MaxRetries: 3},
			prepare: func(c *Client) { c.limiter.Allow() },
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			arrived := make(chan struct{}, 1)
			server := newServer(t, func(w http.ResponseWriter, r *http.Request) {
				arrived <- struct{}{}
				test.handler(w, r)
			})
			client := New(test.config)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if test.prepare != nil {
				test.prepare(client)
				time.AfterFunc(20*time.Millisecond, cancel)
			} else {
				go func() {
					<-arrived
					time.Sleep(20 * time.Millisecond)
					cancel()
				}()
			}
			_, err := client.Do(ctx, get(server.URL))
			if !errors.Is(err, context.Canceled) {
				t.Errorf("got %v, want a cancellation", err)
			}
		})
	}
}

func TestDeadlineBeforeTheTurnSendsNothing(t *testing.T) {
	t.Parallel()
	server := newServer(t, func(http.ResponseWriter, *http.Request) {})
	client := New(Config{RequestsPerSecond: 1.0 / 3600, MaxRetries: 3, RetryWaitMin: time.Hour, RetryWaitMax: time.Hour})
	client.limiter.Allow()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Minute)
	defer cancel()
	_, err := client.Do(ctx, get(server.URL))
	if !errors.Is(err, context.DeadlineExceeded) || server.hits.Load() != 0 {
		t.Fatalf("got %v after %d requests, want the deadline and none", err, server.hits.Load())
	}
	wantParts(t, err, "not sent", "(0 attempts)")
}
