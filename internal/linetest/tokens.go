package linetest

import (
	"cmp"
	"net/http"
	"strings"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// What the Messaging API reference shows, in the examples of "Verify the validity of short-lived and long-lived channel
// access tokens" and "Get LINE Official Account (bot) info".
const (
	// ChannelID is the channel of all tokens where none is configured.
	ChannelID = "1350031035"
	// LongLife is the life of a long-lived token.
	LongLife = 3138007490 * time.Second

	defaultBotName = "Example name"
)

// botInfo serves GET /v2/bot/info.
func (s *Server) botInfo(w http.ResponseWriter, _ *http.Request) {
	standin.WriteJSON(w, http.StatusOK, struct {
		UserID         string `json:"userId"`
		BasicID        string `json:"basicId"`
		PremiumID      string `json:"premiumId,omitempty"`
		DisplayName    string `json:"displayName"`
		PictureURL     string `json:"pictureUrl,omitempty"`
		ChatMode       string `json:"chatMode"`
		MarkAsReadMode string `json:"markAsReadMode"`
	}{
		UserID(-1), // no follower's
		"@216ru0000", s.config.PremiumID, cmp.Or(s.config.BotName, defaultBotName), s.config.PictureURL, "bot", "auto",
	})
}

// verifyOpaque serves POST /v2/oauth/verify. The reference has no words for a token that has expired.
func (s *Server) verifyOpaque(w http.ResponseWriter, r *http.Request) {
	token := r.PostFormValue("access_token")
	life, known := s.life(token)
	switch {
	case token == "" || isJWS(token):
		writeOAuthError(w, "access_token in invalid format")
	case !known || life <= 0:
		writeOAuthError(w, "access_token invalid")
	default:
		s.writeLife(w, life, "P CM")
	}
}

// verifyJWS serves GET /oauth2/v2.1/verify. The reference has no words for a token that never was, and for one that was revoked.
func (s *Server) verifyJWS(w http.ResponseWriter, r *http.Request) {
	token := r.URL.Query().Get("access_token")
	life, known := s.life(token)
	switch {
	case !isJWS(token):
		writeOAuthError(w, DescriptionNotJWS)
	case s.isStateless(token):
		s.NotServed(w, r, "a stateless channel access token") // the reference does not say that LINE verifies one
	case !known || life <= 0:
		writeOAuthError(w, DescriptionExpired)
	default:
		s.writeLife(w, life, "profile chat_message.write")
	}
}

func (s *Server) channelID() string { return cmp.Or(s.config.ChannelID, ChannelID) }

func isJWS(token string) bool { return strings.HasPrefix(token, "eyJ") }

// life is what remains of a token's life, and whether the token ever was the channel's.
func (s *Server) life(token string) (remaining time.Duration, known bool) {
	if token == "" {
		return 0, false
	}
	if life, listed := s.config.TokenLives[token]; listed {
		return life - s.config.Now().Sub(s.started), true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if token, is := s.issued[token]; is {
		return token.life(s.config.Now()), true
	}
	return LongLife, token == s.config.Token
}

func writeOAuthError(w http.ResponseWriter, description string) {
	OAuthError{InvalidRequest, description}.write(w)
}

func (s *Server) writeLife(w http.ResponseWriter, life time.Duration, scope string) {
	standin.WriteJSON(w, http.StatusOK, map[string]any{
		"client_id": s.channelID(), "expires_in": int64(life.Round(time.Second).Seconds()), "scope": scope,
	})
}
