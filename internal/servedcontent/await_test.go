package servedcontent_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/servedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// stale serves an older document for so many looks, and what was published from then on.
func stale(t *testing.T, looks int64) http.Handler {
	t.Helper()
	var asked atomic.Int64
	older, newer := answer(200, typeJSON, published(t, "Goodbye", nil)), answer(200, typeJSON, published(t, greeting, nil))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) <= looks {
			older.ServeHTTP(w, r)
			return
		}
		newer.ServeHTTP(w, r)
	})
}

// A host that does not answer is not waited for a thousand times.
func TestSilentHost(t *testing.T) {
	t.Parallel()
	front := start(t, answer(200, typeJSON, published(t, greeting, nil)))
	r := servedcontent.New(servedcontent.Config{})
	for range 5 {
		front.AddFaults(standin.Fault{Reset: true}, standin.Fault{Reset: true})
	}
	for range 5 {
		if served := r.Look(t.Context(), front.URL, expected(t, greeting)); !served.Unseen || !strings.Contains(served.Fault, "There is no answer") {
			t.Fatalf("served %+v", served)
		}
	}
	asked := len(front.Requests())
	served := r.Look(t.Context(), front.URL+"/other", expected(t, greeting))
	if !served.Unseen || !strings.Contains(served.Fault, "asked no more. The last time, this was why: GET") || len(front.Requests()) != asked {
		t.Errorf("served %+v after %d requests", served, len(front.Requests()))
	}
	other := start(t, answer(200, typeJSON, published(t, greeting, nil)))
	if served := r.Look(t.Context(), other.URL, expected(t, greeting)); served.Fault != "" {
		t.Errorf("another host is not asked: %+v", served)
	}
}

// A host that begins to answer while it is waited for is seen. Afterwards a silent one is asked no more.
func TestAwaitOfASilentHost(t *testing.T) {
	t.Parallel()
	front := start(t, answer(200, typeJSON, published(t, greeting, nil)))
	for range 7 {
		front.AddFaults(standin.Fault{Reset: true})
	}
	r := waiting(30 * time.Second)
	if served := r.Await(t.Context(), front.URL+"/x", expected(t, greeting)); served.Fault != "" {
		t.Errorf("served %+v", served)
	}
	front.Close()
	r = waiting(0)
	for range 5 {
		r.Await(t.Context(), front.URL+"/x", expected(t, greeting))
	}
	if served := r.Await(t.Context(), front.URL+"/x", expected(t, greeting)); !strings.Contains(served.Fault, "asked no more") {
		t.Errorf("served %+v", served)
	}
}

func waiting(wait time.Duration) *servedcontent.Reader {
	return servedcontent.New(servedcontent.Config{Wait: wait})
}

func TestAwait(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		looks       int64
		wait        time.Duration
		good        bool
		least, most int // requests
		atMost      time.Duration
	}{
		"served at once":        {0, 30 * time.Second, true, 1, 1, time.Second},
		"served after a while":  {2, 30 * time.Second, true, 3, 3, 10 * time.Second},
		"not served in time":    {99, 1500 * time.Millisecond, false, 2, 3, 5 * time.Second},
		"no time, served":       {0, 0, true, 1, 1, time.Second},
		"no time, not served":   {99, 0, false, 1, 1, time.Second},
		"less than a pause":     {1, 300 * time.Millisecond, true, 2, 2, 5 * time.Second},
		"less, and not served":  {99, 300 * time.Millisecond, false, 2, 2, 5 * time.Second},
		"a wait in the past":    {99, -time.Hour, false, 1, 1, time.Second},
		"a pause and no second": {1, time.Second, true, 2, 2, 5 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			front := start(t, stale(t, test.looks))
			before := time.Now()
			served := waiting(test.wait).Await(t.Context(), front.URL+"/x", expected(t, greeting))
			if (served.Fault == "") != test.good {
				t.Errorf("served %+v", served)
			}
			if took := time.Since(before); took > test.atMost+2*time.Second || !test.good && took < test.wait {
				t.Errorf("it took %s", took)
			}
			if n := len(front.Requests()); n < test.least || n > test.most {
				t.Errorf("%d requests were sent", n)
			}
		})
	}
}

// All waits of one Reader have one end, which the first of them sets; each of them looks once at least.
func TestAwaitHasOneDeadline(t *testing.T) {
	t.Parallel()
	const waits, wait = 20, 1200 * time.Millisecond
	front := start(t, stale(t, 1<<40))
	r := waiting(wait)
	before := time.Now()
	var group sync.WaitGroup
	for range waits {
		group.Go(func() {
			if served := r.Await(t.Context(), front.URL+"/x", expected(t, greeting)); served.Fault == "" {
				t.Error("it is served")
			}
		})
	}
	group.Wait()
	if took := time.Since(before); took < wait || took > wait+4*time.Second {
		t.Errorf("all together took %s", took)
	}
	front.Forget()
	before = time.Now()
	for i := range waits {
		if served := r.Await(t.Context(), front.URL+fmt.Sprint("/", i), expected(t, greeting)); served.Fault == "" {
			t.Error("it is served")
		}
	}
	if n := len(front.Requests()); n != waits || time.Since(before) > 2*time.Second {
		t.Errorf("after the end %d looks took %s", n, time.Since(before))
	}
}

func TestAwaitEndsWithItsContext(t *testing.T) {
	t.Parallel()
	front := start(t, stale(t, 1<<40))
	ctx, cancel := context.WithTimeout(t.Context(), 400*time.Millisecond)
	defer cancel()
	before := time.Now()
	served := waiting(time.Hour).Await(ctx, front.URL+"/x", expected(t, greeting))
	if took := time.Since(before); took > 3*time.Second || !strings.Contains(served.Fault, "other messages") {
		t.Errorf("it took %s: %+v", took, served)
	}
	front.AddFaults(standin.Fault{Delay: time.Hour}) // while it looks
	ctx, cancel = context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if served := waiting(time.Hour).Await(ctx, front.URL+"/x", expected(t, greeting)); !strings.Contains(served.Fault, "There is no answer") {
		t.Errorf("%+v", served)
	}
	cancel()
	if served := waiting(time.Hour).Await(ctx, front.URL+"/x", expected(t, greeting)); !strings.Contains(served.Fault, "There is no answer") {
		t.Errorf("%+v", served)
	}
}
