package line

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

const (
	verifyToken = "verify the channel access token"
	getBotInfo  = "get the bot's information"
)

// BotInfo is what LINE tells of the LINE Official Account (bot) that a token belongs to (Messaging API reference, "Get
// LINE Official Account (bot) info").
type BotInfo struct {
	UserID string `json:"userId"`
	// BasicID begins with @; PremiumID, empty if the account bought none, does not.
	BasicID     string `json:"basicId"`
	PremiumID   string `json:"premiumId"`
	DisplayName string `json:"displayName"`
	// PictureURL is that of the profile image, empty if there is none.
	PictureURL string `json:"pictureUrl"`
	// ChatMode is chat or bot, MarkAsReadMode auto or manual.
	ChatMode       string `json:"chatMode"`
	MarkAsReadMode string `json:"markAsReadMode"`
}

// BotInfo asks whose bot the client's token belongs to. A token that is not alive is an [*APIError] with status 401.
func (c *Client) BotInfo(ctx context.Context) (BotInfo, error) {
	response, err := c.get(ctx, getBotInfo, "/v2/bot/info", nil)
	if err != nil {
		return BotInfo{}, err
	}
	var info BotInfo
	if err := json.Unmarshal(response.Body, &info); err != nil {
		return BotInfo{}, unusable(getBotInfo, response, fmt.Sprintf("not with the bot's information (%v)", err))
	}
	if info.UserID == "" {
		return BotInfo{}, unusable(getBotInfo, response, "the bot has no userId")
	}
	return info, nil
}

// TokenInfo is what LINE knows about a channel access token that is alive.
type TokenInfo struct {
	// ClientID is the ID of the channel that the token was issued for.
	ClientID string
	// ExpiresIn is the token's remaining life, in whole seconds. A long-lived token has about a hundred years.
	ExpiresIn time.Duration
	// Scope is what the token permits, in words divided by spaces; LINE may leave it out.
	Scope string
}

// VerifyToken asks LINE whether a channel access token is alive, for which channel, and for how long. The token may be
// another one than the client's own. One that is expired, revoked or unknown is an [*APIError] with status 400.
//
// LINE has two endpoints, and the token's form says which: tokens of version 2.1 are JWS, whose text begins with eyJ
// (Messaging API reference, "Verify the validity of the channel access token v2.1"); all others are long-lived or
// short-lived ("Verify the validity of short-lived and long-lived channel access tokens"). The first endpoint takes the
// token in the query of the URL, which a proxy that ends TLS may log; this package does not. A stateless token has the
// form of version 2.1; that LINE verifies it is not documented.
func (c *Client) VerifyToken(ctx context.Context, token string) (TokenInfo, error) {
	if err := checkToken(token); err != nil {
		return TokenInfo{}, fmt.Errorf("%s: %w", verifyToken, err)
	}
	form := url.Values{"access_token": {token}}
	request := c.form("/v2/oauth/verify", form)
	if strings.HasPrefix(token, "eyJ") {
		request = httpclient.Request{Method: http.MethodGet, URL: c.endpoint("/oauth2/v2.1/verify", form), Header: http.Header{}}
	}
	request.Repeatable = true
	request.Secrets = httpclient.NewSecrets(token)
	response, err := c.exchange(ctx, verifyToken, request)
	if err != nil {
		return TokenInfo{}, err
	}
	if response.StatusCode != http.StatusOK {
		return TokenInfo{}, apiError(verifyToken, response)
	}
	var body struct {
		ClientID  string `json:"client_id"`
		ExpiresIn *int64 `json:"expires_in"`
		Scope     string `json:"scope"`
	}
	if err := json.Unmarshal(response.Body, &body); err != nil {
		return TokenInfo{}, unusable(verifyToken, response, fmt.Sprintf("not with a token's information (%v)", err))
	}
	if body.ClientID == "" || body.ExpiresIn == nil || *body.ExpiresIn < 0 {
		return TokenInfo{}, unusable(verifyToken, response, "the client_id or the expires_in is missing or impossible")
	}
	return TokenInfo{ClientID: body.ClientID, ExpiresIn: seconds(*body.ExpiresIn), Scope: body.Scope}, nil
}

// seconds are so many, or the most that a duration holds.
func seconds(n int64) time.Duration {
	const longest = math.MaxInt64 / int64(time.Second) // 292 years
	return time.Duration(min(n, longest)) * time.Second
}
