// Package storetest holds what the template stores are tested with: one suite for every backend, the reference server of
// the http protocol, and a real S3 server on this machine. It knows the stores; its front is package standin's.
package storetest

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/google/uuid"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// ServerConfig is what a [Server] starts with.
type ServerConfig struct {
	// Token is the bearer token that the server wants; "" lets everybody in.
	Token string
	// PageSize is the longest page of a listing, whatever limit a request has. 0: 1000.
	PageSize int
	// IgnoreConditions makes a server that must be refused: it writes and deletes whatever If-Match and If-None-Match say.
	IgnoreConditions bool
}

// Server is the reference server of the template store protocol, as the guide "A template store of your own" describes
// it. It keeps the documents in memory.
type Server struct {
	*standin.Front
	// Address is that of the store.
	Address string

	config ServerConfig

	mu        sync.Mutex
	documents map[string]stored
	// unlisted are the keys that listings omit.
	unlisted map[string]bool
	// repeats makes listings without an end.
	repeats bool
}

type stored struct {
	data []byte
	etag string
}

const (
	root            = "/v1/store"
	defaultPageSize = 1000
)

// NewServer starts a server without documents. The caller closes it.
func NewServer(config ServerConfig) *Server {
	if config.PageSize == 0 {
		config.PageSize = defaultPageSize
	}
	s := &Server{config: config, documents: map[string]stored{}, unlisted: map[string]bool{}}
	s.Front = standin.Start(standin.Config{Handler: http.HandlerFunc(s.handle), Authorized: s.authorized})
	s.Address = s.URL + root
	return s
}

// Keys gives the keys of all documents, sorted, as they are in URLs.
func (s *Server) Keys() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.documents))
}

// Unlist makes a server whose listings are incomplete: they omit the keys, as they are in URLs.
func (s *Server) Unlist(keys ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range keys {
		s.unlisted[key] = true
	}
}

// RepeatPages makes a server whose listings have no end: each page is the first, and names a next one.
func (s *Server) RepeatPages() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.repeats = true
}

func (s *Server) authorized(r *http.Request) bool {
	return s.config.Token == "" || standin.BearerToken(r) == s.config.Token
}

var validKey = regexp.MustCompile(`^[A-Za-z0-9._~=-]+(/[A-Za-z0-9._~=-]+)*$`)

func (s *Server) handle(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Request-Id", uuid.NewString())
	key, inside := strings.CutPrefix(r.URL.EscapedPath(), root)
	key = strings.TrimPrefix(key, "/")
	switch {
	case !s.authorized(r):
		w.Header().Set("WWW-Authenticate", "Bearer")
		problem(w, http.StatusUnauthorized, "This needs the store's bearer token.")
	case !inside:
		problem(w, http.StatusNotFound, "There is no store here.")
	case key == "" && r.Method == http.MethodGet:
		s.list(w, r.URL.Query())
	case key == "":
		problem(w, http.StatusMethodNotAllowed, "A store can only be listed.")
	case !validKey.MatchString(key):
		problem(w, http.StatusBadRequest, "This is no key of a document.")
	default:
		s.document(w, r, key)
	}
}

func (s *Server) document(w http.ResponseWriter, r *http.Request, key string) {
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 2*ts.MaxDocumentBytes))
	if _, long := errors.AsType[*http.MaxBytesError](err); long {
		problem(w, http.StatusRequestEntityTooLarge, "The document is too large.")
		return
	}
	if err != nil {
		return // the client has gone
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	present, exists := s.documents[key]
	switch {
	case !exists && r.Method != http.MethodPut:
		problem(w, http.StatusNotFound, "There is no such document.")
	case r.Method == http.MethodGet:
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("ETag", present.etag)
		_, _ = w.Write(present.data)
	case !s.allowed(r.Header, present.etag):
		problem(w, http.StatusPreconditionFailed, "The condition of the request does not hold.")
	case r.Method == http.MethodPut:
		s.documents[key] = stored{data: data, etag: fmt.Sprintf(`"%x"`, sha256.Sum256(data))}
		w.Header().Set("ETag", s.documents[key].etag)
		if exists {
			w.WriteHeader(http.StatusNoContent)
		} else {
			w.WriteHeader(http.StatusCreated)
		}
	case r.Method == http.MethodDelete:
		delete(s.documents, key)
		w.WriteHeader(http.StatusNoContent)
	default:
		problem(w, http.StatusMethodNotAllowed, "A document can be read, written and deleted.")
	}
}

// allowed says whether the conditions hold for the present ETag, "" being that of nothing.
func (s *Server) allowed(header http.Header, etag string) bool {
	if s.config.IgnoreConditions {
		return true
	}
	if want := header.Get("If-Match"); want != "" && want != etag {
		return false
	}
	return header.Get("If-None-Match") == "" || etag == ""
}

type listed struct {
	Key  string `json:"key"`
	ETag string `json:"etag"`
}

func (s *Server) list(w http.ResponseWriter, query url.Values) {
	limit, err := strconv.Atoi(query.Get("limit"))
	if err != nil || limit < 1 || limit > s.config.PageSize {
		limit = s.config.PageSize
	}
	page := struct {
		Documents []listed `json:"documents"`
		Next      string   `json:"next,omitempty"`
	}{Documents: []listed{}}
	s.mu.Lock()
	for _, key := range slices.Sorted(maps.Keys(s.documents)) {
		if !strings.HasPrefix(key, query.Get("prefix")) || key <= query.Get("next") && !s.repeats || s.unlisted[key] {
			continue
		}
		if len(page.Documents) == limit {
			page.Next = page.Documents[limit-1].Key
			break
		}
		page.Documents = append(page.Documents, listed{key, s.documents[key].etag})
	}
	if s.repeats {
		page.Next = "again"
	}
	s.mu.Unlock()
	standin.WriteJSON(w, http.StatusOK, page)
}

// problem answers with problem details (RFC 9457).
func problem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	standin.WriteJSON(w, status, map[string]any{"title": http.StatusText(status), "status": status, "detail": detail})
}
