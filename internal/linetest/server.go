// Package linetest is a stand-in for the LINE Messaging API on this machine, for tests and demonstrations. It keeps
// followers, hands them out in pages, checks messages and tokens, answers errors in LINE's own shapes and words,
// records what it was asked, and misbehaves when told to. What it does is what the Messaging API reference says
// (https://developers.line.biz/en/reference/messaging-api/); where the reference is silent, a comment says so.
package linetest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/misbehave"
)

// Config is what a [Server] starts with.
type Config struct {
	// Token is a long-lived channel access token that the server takes. An empty one is none.
	Token string
	// TokenLives are further tokens of the channel, with the life that each has left when the server starts; one
	// without any has expired. What begins with eyJ is a token of version 2.1, all else a short-lived one.
	TokenLives map[string]time.Duration
	// BotName is the display name of the account. Empty: that of the reference's example.
	BotName string
	// Unverified makes the account one that LINE does not give follower IDs to.
	Unverified bool
	// Followers are the user IDs of the followers, in the order in which they are given out.
	Followers []string
	// Pages replaces Followers by pages that are given out as they are, whatever limit a request has, with a
	// continuation after each but the last; see [UnevenPages].
	Pages [][]string
	// Latency is how long each answer takes.
	Latency time.Duration
}

// Server is the stand-in. It is safe for use by many goroutines.
type Server struct {
	// URL is the base URL, on the loopback interface.
	URL string

	config  Config
	started time.Time
	server  *httptest.Server

	mu         sync.Mutex
	generation int // of continuation tokens; those of another one have expired
	faults     []Fault
	requests   []Request
}

// NewServer starts a server. The caller closes it.
func NewServer(config Config) *Server {
	s := &Server{config: config, started: time.Now()}
	bot := http.NewServeMux()
	bot.HandleFunc("GET /v2/bot/followers/ids", s.followerIDs)
	bot.HandleFunc("GET /v2/bot/info", s.botInfo)
	bot.HandleFunc("POST /v2/bot/message/validate/push", validatePush)
	bot.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { writeError(w, http.StatusNotFound, "Not found") })
	all := http.NewServeMux()
	all.HandleFunc("POST /v2/oauth/verify", s.verifyOpaque)
	all.HandleFunc("GET /oauth2/v2.1/verify", s.verifyJWS)
	all.Handle("/", s.authorize(bot))
	s.server = httptest.NewServer(s.misbehave(all))
	s.URL = s.server.URL
	return s
}

// Close ends the server, and with it the requests that are under way.
func (s *Server) Close() {
	s.server.CloseClientConnections()
	s.server.Close()
}

// ExpireContinuations makes every continuation token given out so far invalid, as LINE does after 24 hours.
func (s *Server) ExpireContinuations() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.generation++
}

// misbehave records a request and gives it its fault, if one is queued.
func (s *Server) misbehave(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // the client has gone
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		fault := s.record(r, body)
		w.Header().Set("X-Line-Request-Id", uuid.NewString())
		select {
		case <-time.After(s.config.Latency + fault.Delay):
		case <-r.Context().Done():
			return
		}
		switch {
		case fault.Reset:
			misbehave.Reset(w)
		case fault.Truncate:
			whole := httptest.NewRecorder()
			next.ServeHTTP(whole, r)
			misbehave.Truncate(w, whole)
		case fault.Status != 0:
			fault.answer(w)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func (s *Server) authorize(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Authorization") == "":
			writeError(w, http.StatusUnauthorized, MessageNoToken)
		case !s.authorized(r):
			writeError(w, http.StatusUnauthorized, MessageBadToken)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func (s *Server) authorized(r *http.Request) bool {
	token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	life, known := s.life(token)
	return bearer && known && life > 0
}

// LINE's words. Those of 401 are as users of the API quote them; the reference has a gap where the reason stands.
const (
	MessageNoToken = "Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'"
	// MessageBadToken is for a token that is not the channel's, or no longer.
	MessageBadToken = "Authentication failed due to the following reason: invalid token. " +
		"Confirm that the access token in the authorization header is valid."
	// MessageNotAvailable is for an account that has no right to an endpoint.
	MessageNotAvailable = "Access to this API is not available for your account"
	// MessageInvalidStart is for a continuation token that has expired or never was one.
	MessageInvalidStart = "Invalid start param"
	// MessageRateLimit is for too many requests in too short a time.
	MessageRateLimit = "The API rate limit has been exceeded. Try again later."
	// MessageMonthlyLimit is for an account that has sent all that its plan allows.
	MessageMonthlyLimit = "You have reached your monthly limit."
)

// errorBody is LINE's shape of an error.
type errorBody struct {
	Message string   `json:"message"`
	Details []detail `json:"details,omitempty"`
}

type detail struct {
	Message  string `json:"message,omitempty"`
	Property string `json:"property,omitempty"`
}

func writeError(w http.ResponseWriter, status int, message string, details ...detail) {
	writeJSON(w, status, errorBody{message, details})
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that has gone needs no answer
}

// Request is one request as it came.
type Request struct {
	Method string
	Path   string
	Query  string // as sent, but with [token] for the value of access_token
	// HeaderNames are the names of the headers, sorted. Their values are not kept: one of them is the token.
	HeaderNames []string
	UserAgent   string
	// Authorized says that the request carried a token of the channel that is alive.
	Authorized bool
	Body       []byte // as sent, but in a form with [token] for the value of access_token
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
	if r.Header.Get("Content-Type") == "application/x-www-form-urlencoded" {
		body = []byte(withoutToken(string(body)))
	}
	s.requests = append(s.requests, Request{
		Method:      r.Method,
		Path:        r.URL.Path,
		Query:       withoutToken(r.URL.RawQuery),
		HeaderNames: slices.Sorted(maps.Keys(r.Header)),
		UserAgent:   r.UserAgent(),
		Authorized:  s.authorized(r),
		Body:        body,
	})
	if len(s.faults) == 0 {
		return Fault{}
	}
	fault := s.faults[0]
	s.faults = s.faults[1:]
	return fault
}

// UserID makes a user ID in LINE's form; equal for equal n, and in no order.
func UserID(n int) string {
	return "U" + strings.ReplaceAll(uuid.NewSHA1(uuid.Nil, fmt.Append(nil, n)).String(), "-", "")
}

// UserIDs makes the user IDs 0 to n-1.
func UserIDs(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = UserID(i)
	}
	return ids
}
