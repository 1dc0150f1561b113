// Package clevertaptest is a stand-in for CleverTap's REST API on this machine, for tests and demonstrations. It keeps
// profiles, takes uploads, answers in CleverTap's own shapes and words, holds to its limits, records what it was asked,
// and misbehaves when told to. What it does is what CleverTap documents (https://developer.clevertap.com/docs) and what
// public recordings of its answers show; where both are silent, a comment says so.
package clevertaptest

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"time"
)

// Config is what a [Server] starts with.
type Config struct {
	// AccountID and Passcode are those that the server takes. No others are taken, nor empty ones.
	AccountID, Passcode string
	// MaxUploads and MaxReads are how many requests may be under way at a time; those above get a 429.
	// 0: 15 and 3, as CleverTap has it.
	MaxUploads, MaxReads int
	// Latency is how long each answer takes, but for those with a 429, which come at once.
	Latency time.Duration
	// StaleReads is how often a profile is read as it was before an upload changed it.
	StaleReads int
	// MissingProfile is how a profile that does not exist is read.
	MissingProfile MissingProfile
}

// MissingProfile is a way to answer that a profile does not exist. Which one is CleverTap's is not documented.
type MissingProfile int

const (
	// MissingIsFailure is status 200 with "fail" and a message.
	MissingIsFailure MissingProfile = iota
	// MissingIsEmpty is a success without a record.
	MissingIsEmpty
	// MissingIsNotFound is status 404 with "fail" and a message.
	MissingIsNotFound
)

// Server is the stand-in. It is safe for use by many goroutines.
type Server struct {
	// URL is the base URL, on the loopback interface.
	URL string

	config Config
	server *httptest.Server

	uploads, reads places

	mu         sync.Mutex
	profiles   map[string]*profile
	properties map[string]string // types by name, of all that were ever there
	refusals   map[string]refusal
	faults     []Fault
	requests   []Request
}

// NewServer starts a server without profiles. The caller closes it.
func NewServer(config Config) *Server {
	if config.MaxUploads == 0 {
		config.MaxUploads = 15
	}
	if config.MaxReads == 0 {
		config.MaxReads = 3
	}
	s := &Server{
		config:     config,
		uploads:    places{most: config.MaxUploads},
		reads:      places{most: config.MaxReads},
		profiles:   map[string]*profile{},
		properties: map[string]string{},
		refusals:   map[string]refusal{},
	}
	mux := http.NewServeMux()
	mux.Handle("POST /1/upload", s.limited(&s.uploads, s.upload))
	mux.Handle("GET /1/profile.json", s.limited(&s.reads, s.profile))
	mux.Handle("GET /getSchema", s.limited(&s.reads, s.schema))
	mux.HandleFunc("/", func(http.ResponseWriter, *http.Request) {}) // 200 without a body, as CleverTap has it
	s.server = httptest.NewServer(s.misbehave(mux))
	s.URL = s.server.URL
	return s
}

// Close ends the server, and with it the requests that are under way.
func (s *Server) Close() {
	s.server.CloseClientConnections()
	s.server.Close()
}

// places counts the requests of one kind that are under way.
type places struct {
	most int

	mu           sync.Mutex
	now, highest int
}

// take says whether there was a place; in any case there is one to give back.
func (p *places) take() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now++
	p.highest = max(p.highest, p.now)
	return p.now <= p.most
}

func (p *places) giveBack() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now--
}

// HighestConcurrency is how many uploads and how many other requests were under way at a time, those that got a 429
// included. A request with a [Fault] that replaces it does not count.
func (s *Server) HighestConcurrency() (uploads, reads int) {
	highest := func(p *places) int {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.highest
	}
	return highest(&s.uploads), highest(&s.reads)
}

// limited lets a request through that is signed and finds a place, and gives it its latency.
func (s *Server) limited(kind *places, next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		free := kind.take()
		defer kind.giveBack()
		switch {
		case !s.authorized(r):
			writeFailure(w, http.StatusUnauthorized, MessageUnauthorized)
		case !free:
			writeFailure(w, http.StatusTooManyRequests, MessageTooMany)
			return
		default:
			next(w, r)
		}
		pause(r, s.config.Latency-time.Since(start)) // what was written is small, and sent after it
	})
}

// pause waits, unless the client goes away.
func pause(r *http.Request, d time.Duration) {
	if d <= 0 {
		return
	}
	select {
	case <-time.After(d):
	case <-r.Context().Done():
	}
}

func (s *Server) authorized(r *http.Request) bool {
	return s.config.AccountID != "" && r.Header.Get("X-CleverTap-Account-Id") == s.config.AccountID &&
		s.config.Passcode != "" && r.Header.Get("X-CleverTap-Passcode") == s.config.Passcode
}

// misbehave records a request and gives it its fault, if one is queued.
func (s *Server) misbehave(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // the client has gone
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		s.record(r, body).serve(w, r, next)
	})
}

// Request is one request as it came.
type Request struct {
	Method string
	Path   string
	Query  string // as sent
	// HeaderNames are the names of the headers, sorted. Their values are not kept: one of them is the passcode.
	HeaderNames []string
	UserAgent   string
	ContentType string
	// Authorized says that the request carried the account's ID and passcode.
	Authorized bool
	Body       []byte
}

// Requests returns all requests so far, in the order in which they came.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// record notes a request and returns the fault that is its lot.
func (s *Server) record(r *http.Request, body []byte) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, Request{
		Method:      r.Method,
		Path:        r.URL.Path,
		Query:       r.URL.RawQuery,
		HeaderNames: slices.Sorted(maps.Keys(r.Header)),
		UserAgent:   r.UserAgent(),
		ContentType: r.Header.Get("Content-Type"),
		Authorized:  s.authorized(r),
		Body:        body,
	})
	for i, fault := range s.faults {
		if fault.Path == "" || fault.Path == r.URL.Path {
			s.faults = slices.Delete(s.faults, i, i+1)
			return fault
		}
	}
	return Fault{}
}
