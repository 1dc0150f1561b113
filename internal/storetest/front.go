package storetest

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/misbehave"
)

// Fault is what happens to one request in place of its answer, or, if only Delay is set, before it.
type Fault struct {
	// Method is the only one of the requests that take the fault; "" is any.
	Method string
	// Delay comes before everything else.
	Delay time.Duration
	// Status, with Header and Body, is the whole answer. The request is not carried out.
	Status int
	Header http.Header
	Body   string
	// Reset closes the connection before any answer, in the way that the client sees as a reset.
	Reset bool
	// Lost carries the request out and then closes the connection.
	Lost bool
	// Truncate announces the true answer in full, sends half of its body and closes the connection.
	Truncate bool
}

// Request is one request as it came.
type Request struct {
	Method string
	Path   string // as sent
	Query  string // as sent
	// Header is without the value of Authorization.
	Header http.Header
}

// Front is the side of a server that its clients see. It records what they ask, and misbehaves when told to. It is safe
// for use by many goroutines.
type Front struct {
	// URL is that of the server's root, on the loopback interface.
	URL string

	server *httptest.Server
	behind http.Handler

	mu       sync.Mutex
	faults   []Fault
	requests []Request
}

func newFront(behind http.Handler) *Front {
	f := &Front{behind: behind}
	f.server = httptest.NewServer(f)
	f.URL = f.server.URL
	return f
}

// Close ends the server, and with it the requests that are under way.
func (f *Front) Close() {
	f.server.CloseClientConnections()
	f.server.Close()
}

// AddFaults queues faults. Each request takes the first that is for its method.
func (f *Front) AddFaults(faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = append(f.faults, faults...)
}

// Requests gives all requests so far, in the order in which they came.
func (f *Front) Requests() []Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.requests)
}

// Forget empties the record.
func (f *Front) Forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = nil
}

func (f *Front) record(r *http.Request) Fault {
	header := r.Header.Clone()
	header.Del("Authorization")
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = append(f.requests, Request{
		Method: r.Method, Path: r.URL.EscapedPath(), Query: r.URL.RawQuery, Header: header,
	})
	next := slices.IndexFunc(f.faults, func(fault Fault) bool { return fault.Method == "" || fault.Method == r.Method })
	if next < 0 {
		return Fault{}
	}
	fault := f.faults[next]
	f.faults = slices.Delete(f.faults, next, next+1)
	return fault
}

// ServeHTTP answers a request, for servers that stand before this one.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	fault := f.record(r)
	select {
	case <-time.After(fault.Delay):
	case <-r.Context().Done():
		return
	}
	switch {
	case fault.Reset:
		misbehave.Reset(w)
	case fault.Lost:
		f.behind.ServeHTTP(httptest.NewRecorder(), r)
		misbehave.Reset(w)
	case fault.Truncate:
		whole := httptest.NewRecorder()
		f.behind.ServeHTTP(whole, r)
		misbehave.Truncate(w, whole)
	case fault.Status != 0:
		maps.Copy(w.Header(), fault.Header)
		w.WriteHeader(fault.Status)
		_, _ = w.Write([]byte(fault.Body)) // a client that has gone needs no answer
	default:
		f.behind.ServeHTTP(w, r)
	}
}
