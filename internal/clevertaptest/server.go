// Package clevertaptest is a stand-in for CleverTap's REST API on this machine, for tests and demonstrations. It keeps
// profiles, catalogs and campaigns, takes uploads and fires campaigns, answers in CleverTap's own shapes and words, and holds
// to its limits; its front is package standin's. What it does is what CleverTap documents
// (https://developer.clevertap.com/docs) and what public recordings of its answers show; where both are silent, a comment
// says so. What it does not do it refuses, see [standin.Front.NotServed], although CleverTap answers 200 without a body at an
// address that it does not know.
package clevertaptest

import (
	"net/http"
	"sync"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
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
	// Catalogs is how the Catalog API behaves where its documentation is silent.
	Catalogs CatalogConfig
}

// MissingProfile is a way to answer that a profile does not exist. Which one is CleverTap's is not documented; the first is
// what three clients take for it.
type MissingProfile int

const (
	// MissingIsEmpty is a success without a record.
	MissingIsEmpty MissingProfile = iota
	// MissingIsFailure is status 200 with "fail" and a message.
	MissingIsFailure
	// MissingIsNotFound is status 404 with "fail" and a message.
	MissingIsNotFound
)

// Server is the stand-in. It is safe for use by many goroutines.
type Server struct {
	*standin.Front

	config Config

	uploads, reads places

	mu         sync.Mutex
	profiles   map[string]*profile
	properties map[string]string // types by name, of all that were ever there
	refusals   map[string]refusal
	catalogs   map[string]*catalog // by ID, as it stands in an address
	campaigns  []Campaign
	fired      map[string][]Fired // by campaign, of those that are published
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
		catalogs:   map[string]*catalog{},
		fired:      map[string][]Fired{},
	}
	mux := http.NewServeMux()
	mux.Handle("POST /1/upload", s.limited(&s.uploads, s.upload))
	mux.Handle("GET /1/profile.json", s.limited(&s.reads, s.profile, "identity"))
	mux.Handle("GET /getSchema", s.limited(&s.reads, s.schema, "type"))
	mux.Handle("POST /1/message/report.json", s.limited(&s.reads, s.messageReport))
	mux.Handle("POST /1/send/externaltrigger.json", s.limited(&s.reads, s.externalTrigger))
	s.serveCatalogs(mux)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.NotServed(w, r, "") })
	s.Front = standin.Start(standin.Config{
		Handler:       mux,
		Authorized:    s.authorized,
		SecretHeaders: []string{"X-CleverTap-Passcode", "X-CleverTap-Token"},
	})
	return s
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
// included. A request with a [standin.Fault] that replaces it does not count.
func (s *Server) HighestConcurrency() (uploads, reads int) {
	highest := func(p *places) int {
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.highest
	}
	return highest(&s.uploads), highest(&s.reads)
}

// limited lets a request through that is signed, finds a place and has no other parameters, and gives it its latency.
func (s *Server) limited(kind *places, next http.HandlerFunc, parameters ...string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		free := kind.take()
		defer kind.giveBack()
		unknown := standin.UnknownParameter(r, parameters...)
		switch {
		case unknown != "":
			s.NotServed(w, r, "the parameter "+unknown)
			return
		case !s.authorized(r):
			writeFailure(w, http.StatusUnauthorized, MessageUnauthorized)
		case !free:
			writeFailure(w, http.StatusTooManyRequests, MessageTooMany)
			return
		default:
			next(w, r)
		}
		standin.Pause(r, s.config.Latency-time.Since(start)) // what was written is small, and sent after it
	})
}

func (s *Server) authorized(r *http.Request) bool {
	return s.config.AccountID != "" && r.Header.Get("X-CleverTap-Account-Id") == s.config.AccountID &&
		s.config.Passcode != "" && r.Header.Get("X-CleverTap-Passcode") == s.config.Passcode
}
