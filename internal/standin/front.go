// Package standin is the front that the stand-ins for servers share: an address on this machine, a record of what was
// asked, and faults when told to, with the bad manners that clients must survive. It knows HTTP and no vendor: what a
// server does stands behind it, in the stand-in's own package.
package standin

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// Config is what a stand-in tells its front.
type Config struct {
	// Handler is the server behind the front.
	Handler http.Handler
	// Authorized says whether a request has credentials that the server takes. nil: no request has.
	Authorized func(*http.Request) bool
	// RequestIDHeader is the header in which every answer has an ID of its own, one with a [Fault] included. "": none.
	RequestIDHeader string
	// SecretHeaders are the names of headers, next to Authorization, whose values are recorded as [Secret].
	SecretHeaders []string
	// SecretParameters are the names of parameters, in a query or a form, whose values are recorded as [Secret].
	SecretParameters []string
}

// Front is the side of a stand-in that its clients see. It is safe for use by many goroutines.
type Front struct {
	// URL is that of the server's root, on the loopback interface.
	URL string

	config Config
	server *httptest.Server

	mu       sync.Mutex
	faults   []Fault
	requests []Request
	unserved []string
}

// Start starts a front. The caller closes it.
func Start(config Config) *Front {
	f := &Front{config: config}
	f.server = httptest.NewServer(f)
	f.URL = f.server.URL
	return f
}

// Close ends the server, and with it the requests that are under way.
func (f *Front) Close() {
	f.server.CloseClientConnections()
	f.server.Close()
}

// ServeHTTP answers a request, for servers that stand before this one.
func (f *Front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the client has gone
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	fault := f.record(r, body)
	if f.config.RequestIDHeader != "" {
		w.Header().Set(f.config.RequestIDHeader, uuid.NewString())
	}
	fault.serve(w, r, f.config.Handler)
}

// BearerToken is the token in a request's Authorization header; "" if it holds none.
func BearerToken(r *http.Request) string {
	token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !bearer {
		return ""
	}
	return token
}

// WriteJSON answers with JSON, as application/json if the header names no other type.
func WriteJSON(w http.ResponseWriter, status int, body any) {
	if w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", "application/json")
	}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that has gone needs no answer
}

// UnknownParameter is the first name, in alphabetical order, in a query that is none of those a stand-in reads; "" if it
// reads them all.
func UnknownParameter(r *http.Request, read ...string) string {
	for _, name := range slices.Sorted(maps.Keys(r.URL.Query())) {
		if !slices.Contains(read, name) {
			return name
		}
	}
	return ""
}

// Pause waits, and says whether the client is still there.
func Pause(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return r.Context().Err() == nil
	}
	select {
	case <-time.After(d):
		return true
	case <-r.Context().Done():
		return false
	}
}
