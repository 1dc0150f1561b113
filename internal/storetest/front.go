package storetest

import (
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"time"
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
		reset(w)
	case fault.Lost:
		f.behind.ServeHTTP(httptest.NewRecorder(), r)
		reset(w)
	case fault.Truncate:
		f.truncate(w, r)
	case fault.Status != 0:
		maps.Copy(w.Header(), fault.Header)
		w.WriteHeader(fault.Status)
		_, _ = w.Write([]byte(fault.Body)) // a client that has gone needs no answer
	default:
		f.behind.ServeHTTP(w, r)
	}
}

func reset(w http.ResponseWriter) {
	connection, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err) // connections of HTTP/1.1 can be taken over
	}
	_ = connection.(*net.TCPConn).SetLinger(0) // makes Close a reset; without it the client sees an end
	_ = connection.Close()
}

func (f *Front) truncate(w http.ResponseWriter, r *http.Request) {
	whole := httptest.NewRecorder()
	f.behind.ServeHTTP(whole, r)
	maps.Copy(w.Header(), whole.Header())
	w.Header().Set("Content-Length", strconv.Itoa(whole.Body.Len()))
	w.WriteHeader(whole.Code)
	_, _ = w.Write(whole.Body.Bytes()[:whole.Body.Len()/2])
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler) // the server's way to close a connection in the middle of an answer
}
