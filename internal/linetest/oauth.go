package linetest

import (
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// What the Messaging API reference says of the tokens that a program gets for itself ("Issue channel access token v2.1",
// "Issue stateless channel access token").
const (
	// StatelessLife is the life of a stateless token.
	StatelessLife = 15 * time.Minute
	// LongestTokenLife is the most that a token of version 2.1 may live.
	LongestTokenLife = 30 * 24 * time.Hour
	// MostTokens is how many tokens of version 2.1 may be alive for a channel.
	MostTokens = 30

	assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
)

// OAuthError is an error of the endpoints about tokens, with status 400.
type OAuthError struct {
	Code        string `json:"error"`
	Description string `json:"error_description"`
}

func (e OAuthError) write(w http.ResponseWriter) { standin.WriteJSON(w, http.StatusBadRequest, e) }

// LINE's words of the endpoints about tokens, those that the reference shows in its examples.
const (
	InvalidClient  = "invalid_client"
	InvalidRequest = "invalid_request"

	// DescriptionNotJWS is for a token that has not the form of one of version 2.1.
	DescriptionNotJWS = "The access token not JWS"
	// DescriptionMalformed is for the revocation of a token that is none.
	DescriptionMalformed = "The access token malformed"
	// DescriptionExpired is for a token that has expired.
	DescriptionExpired = "The access token expired"
	// DescriptionCredentials is for a channel secret that is not the channel's.
	DescriptionCredentials = "Invalid 'client_credentials'."
	// DescriptionIssuer is for an assertion whose issuer is not the channel that its key was registered for.
	DescriptionIssuer = "iss and clientId of key do not match"
	// DescriptionExpiry is for an assertion that has expired.
	DescriptionExpiry = "Invalid exp"

	// MessageNoKey is for an assertion with a key ID that is not registered, with status 404.
	MessageNoKey = "Cannot find channel key that satisfies the conditions"
	// MessageMostTokens is for a channel that has [MostTokens].
	MessageMostTokens = "The maximum number of access tokens has already been issued"
	// DescriptionParameters is for requests that lack a parameter, or have a wrong one. It is what LINE's OpenAPI document shows for
	// short-lived tokens; that the endpoints here say the same is not documented.
	DescriptionParameters = "some parameters missed or invalid"
)

// issued is a token that the server issued.
type issued struct {
	expires   time.Time
	stateless bool
	revoked   bool
}

// life is 0 for a token that was revoked.
func (t issued) life(now time.Time) time.Duration {
	if t.revoked {
		return 0
	}
	return t.expires.Sub(now)
}

func (s *Server) isStateless(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.issued[token].stateless
}

// issueStatelessToken serves POST /oauth2/v3/token: credentials stand in the body, and are either the channel's ID and secret or an
// assertion. What happens to both is not documented; the stand-in refuses them.
func (s *Server) issueStatelessToken(w http.ResponseWriter, r *http.Request) {
	id, secret := r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	assertion := r.PostFormValue("client_assertion")
	bySecret, byAssertion := id != "" && secret != "", assertion != "" && r.PostFormValue("client_assertion_type") == assertionType
	switch {
	case r.PostFormValue("grant_type") != "client_credentials", bySecret == byAssertion:
		writeOAuthError(w, DescriptionParameters)
		return
	case bySecret && !s.isChannel(id, secret):
		writeOAuthError(w, DescriptionCredentials)
		return
	case byAssertion:
		if claims, ok := s.checkAssertion(w, assertion); !ok {
			return
		} else if _, has := claims["token_exp"]; has {
			refuseAssertion(w, "token_exp is for version 2.1") // LINE documents it for those tokens only, and has no words here
			return
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	standin.WriteJSON(w, http.StatusOK, s.issue(StatelessLife, true))
}

// issueToken serves POST /oauth2/v2.1/token.
func (s *Server) issueToken(w http.ResponseWriter, r *http.Request) {
	if r.PostFormValue("grant_type") != "client_credentials" || r.PostFormValue("client_assertion_type") != assertionType ||
		r.PostFormValue("client_assertion") == "" {
		writeOAuthError(w, DescriptionParameters)
		return
	}
	claims, ok := s.checkAssertion(w, r.PostFormValue("client_assertion"))
	if !ok {
		return
	}
	seconds, whole := integer(claims["token_exp"])
	if !whole || seconds <= 0 || seconds > int64(LongestTokenLife/time.Second) {
		refuseAssertion(w, "Invalid token_exp") // no words are documented
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.alive() >= MostTokens {
		writeError(w, http.StatusBadRequest, MessageMostTokens)
		return
	}
	answer := s.issue(time.Duration(seconds)*time.Second, false)
	answer.KeyID = base64.RawURLEncoding.EncodeToString([]byte(rand.Text())[:16])
	standin.WriteJSON(w, http.StatusOK, answer)
}

// alive is how many tokens of version 2.1 there are.
func (s *Server) alive() (n int) {
	for _, token := range s.issued {
		if !token.stateless && token.life(s.config.Now()) > 0 {
			n++
		}
	}
	return n
}

// issueAnswer is LINE's answer with a token.
type issueAnswer struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
	ExpiresIn   int64  `json:"expires_in"`
	KeyID       string `json:"key_id,omitempty"`
}

// issue makes a token in the form that LINE's have: a JWS with HMAC.
func (s *Server) issue(life time.Duration, stateless bool) issueAnswer {
	text, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{ID: uuid.NewString()}).SignedString(s.signing)
	if err != nil {
		panic(err) // a key of bytes signs anything
	}
	s.issued[text] = issued{expires: s.config.Now().Add(life), stateless: stateless}
	return issueAnswer{AccessToken: text, TokenType: "Bearer", ExpiresIn: int64(life / time.Second)}
}

// revokeToken serves POST /oauth2/v2.1/revoke, which takes the channel's secret, not an assertion. A token that is no longer alive
// is revoked once more without an error, as LINE says; for one that never was the reference has a status and no words, and for
// wrong credentials and for stateless tokens, which cannot be revoked, not even that.
func (s *Server) revokeToken(w http.ResponseWriter, r *http.Request) {
	text := r.PostFormValue("access_token")
	s.mu.Lock()
	defer s.mu.Unlock()
	token, known := s.issued[text]
	switch {
	case !s.isChannel(r.PostFormValue("client_id"), r.PostFormValue("client_secret")):
		writeOAuthError(w, DescriptionCredentials)
	case !isJWS(text):
		writeOAuthError(w, DescriptionNotJWS)
	case token.stateless:
		s.NotServed(w, r, "a stateless channel access token")
	case !known:
		writeOAuthError(w, DescriptionMalformed)
	default:
		token.revoked = true
		s.issued[text] = token
		w.WriteHeader(http.StatusOK) // with an empty body
	}
}

func (s *Server) isChannel(id, secret string) bool {
	return s.config.ChannelSecret != "" && id == s.channelID() && secret == s.config.ChannelSecret
}
