// Package linetest is a stand-in for the LINE Messaging API on this machine, for tests and demonstrations. It keeps
// followers, hands them out in pages, takes pushes and keeps what each follower got, counts by unit names and against the
// month's quota, checks messages, issues, verifies and revokes tokens, and answers errors in LINE's own shapes and words; its
// front is package standin's.
// What it does is what the Messaging API reference says (https://developers.line.biz/en/reference/messaging-api/); where the
// reference is silent, a comment says so. Of messages it says what LINE is recorded to have said, or what a test has it say
// (see [Verdict]), and works out the rest by package linebody. What it does not do it refuses, see [standin.Front.NotServed].
package linetest

import (
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
	"golang.org/x/time/rate"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// Config is what a [Server] starts with.
type Config struct {
	// Token is a long-lived channel access token that the server takes. An empty one is none.
	Token string
	// TokenLives are further tokens of the channel, with the life that each has left when the server starts; one
	// without any has expired. What begins with eyJ is a token of version 2.1, all else a short-lived one.
	TokenLives map[string]time.Duration
	// ChannelID is the channel of all tokens. Empty: [ChannelID].
	ChannelID string
	// ChannelSecret is the channel's secret, with which tokens are issued and revoked. An empty one is none.
	ChannelSecret string
	// BotName is the display name of the account. Empty: that of the reference's example.
	BotName string
	// PremiumID is the ID that the account bought, PictureURL that of its profile image. Empty: none.
	PremiumID, PictureURL string
	// Unverified makes the account one that LINE does not give follower IDs to.
	Unverified bool
	// Followers are the user IDs of the followers, in the order in which they are given out.
	Followers []string
	// Pages replaces Followers by pages that are given out as they are, whatever limit a request has, with a
	// continuation after each but the last; see [UnevenPages].
	Pages [][]string
	// MonthlyLimit is how many pushes the account may send in a month, the target limit of its quota. 0: none is set.
	MonthlyLimit int
	// Verdicts are what LINE says of certain messages, as only LINE can: that a sticker cannot be sent, say. They count more than
	// what LINE is recorded to have said, and that more than what the stand-in works out.
	Verdicts []Verdict
	// Now is the server's clock. nil: [time.Now].
	Now func() time.Time
	// Latency is how long each answer takes, but for those that a fault replaces.
	Latency time.Duration
}

// Server is the stand-in. It is safe for use by many goroutines.
type Server struct {
	*standin.Front

	config     Config
	started    time.Time
	isFollower func(userID string) bool
	statistics *rate.Limiter

	signing []byte // of the tokens that are issued

	mu         sync.Mutex
	keys       map[string]*rsa.PublicKey // assertion signing keys, by the key ID that the console shows
	issued     map[string]issued         // by the token
	generation int                       // of continuation tokens; those of another one have expired
	pushes     pushes
	units      map[string][]string // names, by the month in which they were assigned
}

// NewServer starts a server. The caller closes it.
func NewServer(config Config) *Server {
	if config.Now == nil {
		config.Now = time.Now
	}
	s := &Server{
		config:     config,
		started:    config.Now(),
		isFollower: membership(config),
		statistics: rate.NewLimiter(rate.Every(time.Hour/statisticsPerHour), statisticsPerHour),
		pushes:     pushes{to: map[string][]*delivery{}, counts: map[string]int{}, accepted: map[string]acceptance{}},
		units:      map[string][]string{},
		signing:    []byte(rand.Text()),
		keys:       map[string]*rsa.PublicKey{},
		issued:     map[string]issued{},
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v2/oauth/verify", s.reading(s.verifyOpaque))
	mux.HandleFunc("GET /oauth2/v2.1/verify", s.reading(s.verifyJWS, "access_token"))
	mux.HandleFunc("POST /oauth2/v2.1/token", s.reading(s.issueToken))
	mux.HandleFunc("POST /oauth2/v2.1/revoke", s.reading(s.revokeToken))
	mux.HandleFunc("POST /oauth2/v3/token", s.reading(s.issueStatelessToken))
	mux.HandleFunc("GET /v2/bot/followers/ids", s.reading(s.authorize(s.followerIDs), "limit", "start"))
	mux.HandleFunc("GET /v2/bot/info", s.reading(s.authorize(s.botInfo)))
	mux.HandleFunc("GET /v2/bot/message/quota", s.reading(s.authorize(s.quota)))
	mux.HandleFunc("GET /v2/bot/message/quota/consumption", s.reading(s.authorize(s.consumption)))
	mux.HandleFunc("POST /v2/bot/message/validate/push", s.reading(s.authorize(s.validatePush)))
	mux.HandleFunc("POST /v2/bot/message/push", s.reading(s.authorize(s.push)))
	mux.HandleFunc("GET /v2/bot/message/aggregation/info", s.reading(s.authorize(s.unitCount)))
	mux.HandleFunc("GET /v2/bot/message/aggregation/list", s.reading(s.authorize(s.unitNames), "limit", "start"))
	mux.HandleFunc("GET /v2/bot/insight/message/event/aggregation",
		s.reading(s.authorize(s.unitStatistics), "customAggregationUnit", "from", "to"))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.NotServed(w, r, "") })
	s.Front = standin.Start(standin.Config{
		Handler:          s.late(mux),
		Authorized:       s.authorized,
		RequestIDHeader:  "X-Line-Request-Id",
		SecretParameters: []string{"access_token", "client_assertion", "client_secret"},
	})
	return s
}

// ExpireContinuations makes every continuation token given out so far invalid, as LINE does after 24 hours.
func (s *Server) ExpireContinuations() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.generation++
}

// late gives every answer its latency.
func (s *Server) late(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if standin.Pause(r, s.config.Latency) {
			next.ServeHTTP(w, r)
		}
	})
}

// reading refuses what has parameters that the stand-in does not read.
func (s *Server) reading(next http.HandlerFunc, parameters ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if unknown := standin.UnknownParameter(r, parameters...); unknown != "" {
			s.NotServed(w, r, "the parameter "+unknown)
			return
		}
		next(w, r)
	}
}

func (s *Server) authorize(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Authorization") == "":
			writeError(w, http.StatusUnauthorized, MessageNoToken)
		case !s.authorized(r):
			writeError(w, http.StatusUnauthorized, MessageBadToken)
		default:
			next(w, r)
		}
	}
}

func (s *Server) authorized(r *http.Request) bool {
	life, known := s.life(standin.BearerToken(r))
	return known && life > 0
}

// LINE's words. Those of 401 are as users of the API quote them; the reference has a gap where the reason stands.
const (
	MessageNoToken = "Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'"
	// MessageBadToken is for a token that is not the channel's, or no longer.
	MessageBadToken = "Authentication failed due to the following reason: invalid token. " +
		"Confirm that the access token in the authorization header is valid."
	// MessageNotAvailable is for an account that has no right to an endpoint.
	MessageNotAvailable = "Access to this API is not available for your account"
	// MessageNoRecipient is for a push to whom the channel does not know.
	MessageNoRecipient = "Failed to send messages"
	// MessageAccepted is for a push whose retry key came with one that was sent.
	MessageAccepted = "The retry key is already accepted"
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
	standin.WriteJSON(w, status, errorBody{message, details})
}

// ErrorFault is an error in LINE's shape, for instance [MessageRateLimit] with status 429.
func ErrorFault(status int, message string) standin.Fault {
	return standin.AnswerFault(func(w http.ResponseWriter) { writeError(w, status, message) })
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
