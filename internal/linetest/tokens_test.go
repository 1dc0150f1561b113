package linetest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

const jws = "eyJhbGciOiJIUzI1NiJ9.UnQ_o-GP0VtnwDjbK0C8E_NvK.c2ln"

// The answers are those of the Messaging API reference, "Verify the validity of …".
func TestTokensAreVerified(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, TokenLives: map[string]time.Duration{
		"short/lived=": 20 * 24 * time.Hour, "old/token=": -time.Second, jws: time.Hour, jws + "old": 0,
	}})
	opaque := func(token string) (*http.Response, error) {
		return http.PostForm(server.URL+"/v2/oauth/verify", url.Values{"access_token": {token}})
	}
	signed := func(token string) (*http.Response, error) {
		return http.Get(server.URL + "/oauth2/v2.1/verify?access_token=" + url.QueryEscape(token))
	}
	const invalid = "invalid_request"
	tests := map[string]struct {
		verify      func(string) (*http.Response, error)
		token       string
		life        time.Duration
		description string
	}{
		"long-lived":    {opaque, token, 3138007490 * time.Second, ""},
		"short-lived":   {opaque, "short/lived=", 20 * 24 * time.Hour, ""},
		"expired":       {opaque, "old/token=", 0, "access_token invalid"},
		"unknown":       {opaque, "other", 0, "access_token invalid"},
		"none":          {opaque, "", 0, "access_token in invalid format"},
		"JWS as opaque": {opaque, jws, 0, "access_token in invalid format"},
		"JWS":           {signed, jws, time.Hour, ""},
		"expired JWS":   {signed, jws + "old", 0, "The access token expired"},
		"opaque as JWS": {signed, token, 0, "The access token not JWS"},
	}
	for name, test := range tests {
		response, err := test.verify(test.token)
		if err != nil {
			t.Fatal(err)
		}
		var answer struct {
			ClientID    string `json:"client_id"`
			ExpiresIn   int64  `json:"expires_in"`
			Error       string `json:"error"`
			Description string `json:"error_description"`
		}
		err = json.NewDecoder(response.Body).Decode(&answer)
		response.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if test.description != "" {
			if response.StatusCode != http.StatusBadRequest || answer.Error != invalid || answer.Description != test.description {
				t.Errorf("%s: %d %+v, want %q", name, response.StatusCode, answer, test.description)
			}
			continue
		}
		life := time.Duration(answer.ExpiresIn) * time.Second
		if response.StatusCode != http.StatusOK || answer.ClientID != linetest.ChannelID ||
			life > test.life || life < test.life-time.Minute {
			t.Errorf("%s: %d %+v, want %s", name, response.StatusCode, answer, test.life)
		}
	}
	for _, request := range server.Requests() {
		for _, secret := range []string{token, url.QueryEscape(token), "short", "old", jws} {
			if strings.Contains(request.Query+string(request.Body), secret) {
				t.Errorf("%q was recorded: %+v", secret, request)
			}
		}
	}
}

func TestEveryLivingTokenIsTaken(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, TokenLives: map[string]time.Duration{"other": time.Hour, "old": 0}})
	for given, want := range map[string]int{token: 200, "other": 200, "old": 401, "unknown": 401} {
		if response, _ := ask(t, server, "", given); response.StatusCode != want {
			t.Errorf("%s: %d, want %d", given, response.StatusCode, want)
		}
	}
}

// The answers are those of the Messaging API reference, "Get LINE Official Account (bot) info".
func TestBotInfo(t *testing.T) {
	t.Parallel()
	const with = `{"userId":"USER","basicId":"@216ru0000","premiumId":"@example","displayName":"Brown Cafe",` +
		`"pictureUrl":"https://example.com/brown","chatMode":"bot","markAsReadMode":"auto"}`
	const without = `{"userId":"USER","basicId":"@216ru0000","displayName":"Example name","chatMode":"bot","markAsReadMode":"auto"}`
	for want, config := range map[string]linetest.Config{
		with:    {Token: token, BotName: "Brown Cafe", PremiumID: "@example", PictureURL: "https://example.com/brown"},
		without: {Token: token},
	} {
		want = strings.Replace(want, "USER", linetest.UserID(-1), 1)
		if got := text(t, start(t, config), "/v2/bot/info"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
