package line_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const jws = "eyJhbGciOiJIUzI1NiJ9.UnQ_o-GP0VtnwDjbK0C8E_NvK.c2ln"

func TestVerifyToken(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, TokenLives: map[string]time.Duration{
		"short/lived+=": 20 * 24 * time.Hour, "expired": 0, jws: time.Hour, jws + "-expired": 0,
	}})
	client := newClient(t, server.URL)
	for given, want := range map[string]struct {
		life  time.Duration
		error string
	}{
		token: {life: linetest.LongLife}, "short/lived+=": {life: 20 * 24 * time.Hour}, jws: {life: time.Hour},
		"expired":        {error: "400 Bad Request: access_token invalid (invalid_request) (request id"},
		"unknown":        {error: "400 Bad Request: access_token invalid (invalid_request) (request id"},
		jws + "-expired": {error: "400 Bad Request: The access token expired (invalid_request) (request id"},
	} {
		info, err := client.VerifyToken(t.Context(), given)
		if want.error != "" {
			wantParts(t, err, "verify the channel access token: LINE answered "+want.error, "expired, reissued or revoked")
			if refused, ok := errors.AsType[*line.APIError](err); !ok || refused.StatusCode != http.StatusBadRequest {
				t.Errorf("%v is no APIError with status 400", err)
			}
		} else if err != nil || info.ClientID != linetest.ChannelID || info.Scope == "" ||
			info.ExpiresIn > want.life || info.ExpiresIn < want.life-time.Minute {
			t.Errorf("got %+v, %v, want %s", info, err, want.life)
		}
	}
	for _, request := range server.Requests() {
		if signed := request.Method == http.MethodGet; signed != (request.Path == "/oauth2/v2.1/verify") ||
			!signed && (request.Path != "/v2/oauth/verify" || request.Query != "") {
			t.Errorf("asked %+v", request)
		}
		if request.Authorized {
			t.Errorf("%s carries the client's own token", request.Path)
		}
	}
}

func TestVerifyTokenRefusesWhatCannotBeOne(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	for given, want := range map[string]string{"": "is empty", "Bearer canary": "without the word", "canary\n": "line break"} {
		_, err := newClient(t, server.URL).VerifyToken(t.Context(), given)
		wantParts(t, err, "verify the channel access token: ", want)
		if err != nil && strings.Contains(err.Error(), "canary") {
			t.Error("the token is in the error")
		}
	}
	if got := len(server.Requests()); got != 0 {
		t.Errorf("%d requests, want none", got)
	}
}

// Whatever happens, a token that is verified stands in no error and no log.
func TestVerifiedTokenIsKeptSecret(t *testing.T) {
	t.Parallel()
	for _, canary := range []string{"canary/token+=", "eyJcanary.token.c2ln"} {
		var log bytes.Buffer
		server := start(t, linetest.Config{Token: token})
		client, err := line.New(line.Config{ChannelAccessToken: token, BaseURL: server.URL, HTTP: httpclient.New(httpclient.Config{
			Log: func(_ context.Context, message string, fields map[string]any) { fmt.Fprintln(&log, message, fields) },
		})})
		if err != nil {
			t.Fatal(err)
		}
		echo := canary + " " + url.QueryEscape(canary)
		for _, fault := range []standin.Fault{
			{}, {Reset: true}, linetest.ErrorFault(400, echo), {Status: 400, Body: echo}, {Status: 200, Body: echo},
			{Status: 302, Header: http.Header{"Location": {"https://example.com/?access_token=" + canary}}},
		} {
			server.AddFaults(fault)
			_, err := client.VerifyToken(t.Context(), canary)
			if err == nil {
				t.Fatalf("%+v: no error", fault)
			}
			if strings.Contains(err.Error(), "canary") {
				t.Errorf("%+v: the token is in the error", fault)
			}
		}
		if strings.Contains(log.String(), "canary") || strings.Count(log.String(), "\n") != 6 {
			t.Errorf("the log is %s", log.String())
		}
	}
}

func TestUnusableTokenAnswers(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"":                                   "unexpected end",
		"<html>":                             `"<html>"`,
		`{}`:                                 "missing or impossible",
		`{"client_id":"1"}`:                  "missing or impossible",
		`{"expires_in":1}`:                   "missing or impossible",
		`{"client_id":"1","expires_in":-1}`:  "missing or impossible",
		`{"client_id":"1","expires_in":"1"}`: "not with a token's information",
		`{"client_id":"1","expires_in":1e9}`: "not with a token's information",
	} {
		server := start(t, linetest.Config{Token: token})
		server.AddFaults(standin.Fault{Status: http.StatusOK, Body: body})
		_, err := newClient(t, server.URL).VerifyToken(t.Context(), token)
		wantParts(t, err, "verify the channel access token: LINE answered 200 OK, but ", want, "request id ")
	}
}

func TestLifeOfATokenDoesNotOverflow(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	server.AddFaults(standin.Fault{Status: 200, Body: `{"client_id":"1","expires_in":9223372036854775807}`})
	info, err := newClient(t, server.URL).VerifyToken(t.Context(), token)
	if err != nil || info.ExpiresIn < linetest.LongLife || info.Scope != "" {
		t.Errorf("got %+v, %v", info, err)
	}
	server.AddFaults(standin.Fault{Status: 200, Body: `{"client_id":"1","expires_in":0}`})
	if info, err := newClient(t, server.URL).VerifyToken(t.Context(), token); err != nil || info.ExpiresIn != 0 {
		t.Errorf("in its last second: got %+v, %v", info, err)
	}
}

func TestBotInfo(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, BotName: "Brown Cafe", PictureURL: "https://example.com/brown"})
	info, err := newClient(t, server.URL).BotInfo(t.Context())
	if err != nil || info.DisplayName != "Brown Cafe" || !strings.HasPrefix(info.UserID, "U") ||
		!strings.HasPrefix(info.BasicID, "@") || info.PremiumID != "" || info.PictureURL != "https://example.com/brown" || info.ChatMode != "bot" || info.MarkAsReadMode != "auto" {
		t.Errorf("got %+v, %v", info, err)
	}
	for body, want := range map[string]string{"": "unexpected end", "<html>": `"<html>"`, `{}`: "no userId", "[]": "not with the bot's"} {
		server.AddFaults(standin.Fault{Status: http.StatusOK, Body: body})
		_, err := newClient(t, server.URL).BotInfo(t.Context())
		wantParts(t, err, "get the bot's information: LINE answered 200 OK, but ", want, "request id ")
	}
	server.AddFaults(linetest.ErrorFault(401, linetest.MessageBadToken))
	_, err = newClient(t, server.URL).BotInfo(t.Context())
	wantParts(t, err, "get the bot's information: LINE answered 401", "LINE Developers Console")
}
