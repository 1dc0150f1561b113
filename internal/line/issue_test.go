package line_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

var channel = line.Channel{ID: linetest.ChannelID, Secret: "canary/secret+="}

func newIssuer(t *testing.T, url string) *line.Issuer {
	t.Helper()
	issuer, err := line.NewIssuer(line.Config{BaseURL: url, HTTP: httpclient.New(httpclient.Config{
		MaxRetries: 1, RetryWaitMin: time.Millisecond, RetryWaitMax: time.Millisecond,
	})})
	if err != nil {
		t.Fatal(err)
	}
	return issuer
}

// withKey is a server that knows an assertion signing key.
func withKey(t *testing.T) (*linetest.Server, line.AssertionKey) {
	t.Helper()
	server := start(t, linetest.Config{ChannelSecret: channel.Secret})
	private, keyID, err := server.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	key, err := line.ParseAssertionKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return server, line.AssertionKey{ChannelID: channel.ID, KeyID: keyID, Private: key}
}

func TestTokensAreIssuedAndRevoked(t *testing.T) {
	t.Parallel()
	server, key := withKey(t)
	issuer := newIssuer(t, server.URL)
	alive := func(token line.IssuedToken) bool {
		client, err := line.New(line.Config{ChannelAccessToken: token.Token, BaseURL: server.URL, HTTP: httpclient.New(httpclient.Config{})})
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.BotInfo(t.Context())
		return err == nil
	}
	stateless, err := issuer.Stateless(t.Context(), channel)
	if err != nil || stateless.ExpiresIn != 15*time.Minute || stateless.KeyID != "" || !alive(stateless) {
		t.Errorf("stateless: %s, %v", stateless.ExpiresIn, err)
	}
	token, err := issuer.Version21(t.Context(), key, time.Hour)
	if err != nil || token.ExpiresIn != time.Hour || token.KeyID == "" || !alive(token) {
		t.Errorf("v2.1: %s, %q, %v", token.ExpiresIn, token.KeyID, err)
	}
	for range 2 {
		if err := issuer.Revoke(t.Context(), channel, token.Token); err != nil || alive(token) {
			t.Errorf("revoked: %v", err)
		}
	}
	if len(server.Unserved()) > 0 {
		t.Errorf("asked for %q", server.Unserved())
	}
}

func TestRefusedTokens(t *testing.T) {
	t.Parallel()
	server, key := withKey(t)
	issuer := newIssuer(t, server.URL)
	unknown, other := key, key
	unknown.KeyID, other.ChannelID = "unknown", "1"
	issue := func(key line.AssertionKey, life time.Duration) error {
		_, err := issuer.Version21(t.Context(), key, life)
		return err
	}
	_, wrong := issuer.Stateless(t.Context(), line.Channel{ID: channel.ID, Secret: "wrong"})
	wantParts(t, wrong, "issue a stateless channel access token: LINE answered 400 Bad Request: Invalid 'client_credentials'. (invalid_request)",
		"Basic settings")
	wantParts(t, issue(unknown, time.Hour), "404 Not Found: Cannot find channel key that satisfies the conditions", "Check the key ID")
	wantParts(t, issue(other, time.Hour), "400 Bad Request: iss and clientId of key do not match (invalid_client)", "this machine's clock")
	for range 30 {
		if err := issue(key, line.LongestTokenLife); err != nil {
			t.Fatal(err)
		}
	}
	wantParts(t, issue(key, time.Hour), "The maximum number of access tokens has already been issued", "30 tokens")
	wantParts(t, issuer.Revoke(t.Context(), channel, "opaque"), "revoke the channel access token: LINE answered 400 Bad Request: The access token not JWS")
	sent := len(server.Requests())
	for name, err := range map[string]error{
		"too long": issue(key, line.LongestTokenLife+time.Second), "too short": issue(key, time.Second-1),
		"no channel": issue(line.AssertionKey{KeyID: key.KeyID, Private: key.Private}, time.Hour),
		"no key ID":  issue(line.AssertionKey{ChannelID: channel.ID, Private: key.Private}, time.Hour),
		"no secret":  issuer.Revoke(t.Context(), line.Channel{ID: channel.ID}, "eyJ"),
		"no token":   issuer.Revoke(t.Context(), channel, ""),
		"line break": issuer.Revoke(t.Context(), line.Channel{ID: channel.ID, Secret: "canary\n"}, "eyJ"),
	} {
		if err == nil || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(server.Requests()) != sent {
		t.Error("LINE was asked in vain")
	}
}

// A request for a token that would count is sent once.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	server, key := withKey(t)
	issuer := newIssuer(t, server.URL)
	server.AddFaults(standin.Fault{Done: true, Reset: true})
	_, err := issuer.Version21(t.Context(), key, time.Hour)
	wantParts(t, err, "no answer from LINE", "may have acted on it")
	server.AddFaults(standin.Fault{Reset: true})
	token, err := issuer.Version21(t.Context(), key, time.Hour)
	if err == nil {
		t.Errorf("repeated: %v", token.ExpiresIn)
	}
	for _, fault := range []standin.Fault{{Reset: true}, {Done: true, Truncate: true}, {Status: 503}} {
		server.AddFaults(fault)
		token, err := issuer.Stateless(t.Context(), channel)
		if err != nil || token.Token == "" {
			t.Errorf("%+v: %v", fault, err)
		}
	}
}

// Nothing of what LINE answers in place of a token is repeated but a refusal: a token may be in it.
func TestUnusableAnswersToRequestsForTokens(t *testing.T) {
	t.Parallel()
	server, key := withKey(t)
	issuer := newIssuer(t, server.URL)
	const good = `"access_token":"canary","token_type":"Bearer"`
	for body, want := range map[string]string{
		"": "200 OK, but not with a token in JSON", "<html>canary": "not with a token in JSON", "[]": "not with a token in JSON",
		"null": "expires_in is missing", `{}`: "expires_in is missing", `{` + good + `}`: "expires_in is missing",
		`{` + good + `,"expires_in":-1}`: "expires_in is missing", `{` + good + `,"expires_in":0}`: "expires_in is missing",
		`{` + good + `,"expires_in":"900"}`:                               "not with a token in JSON",
		`{` + good + `,"expires_in":9e3}`:                                 "not with a token in JSON",
		`{` + good + `,"expires_in":900} {}`:                              "not with a token in JSON",
		`{"access_token":"canary","expires_in":900}`:                      "token_type is not Bearer",
		`{"token_type":"Bearer","expires_in":900}`:                        "token is empty",
		`{"access_token":"ca nary","token_type":"Bearer","expires_in":1}`: "holds a space",
		`201 {` + good + `,"expires_in":900}`:                             "201 Created, but a token comes with 200 OK",
		`{` + good + `,"x":"` + strings.Repeat("x", 1<<16) + `"}`:         "too large",
	} {
		status := http.StatusOK
		if rest, created := strings.CutPrefix(body, "201 "); created {
			status, body = http.StatusCreated, rest
		}
		server.AddFaults(standin.Fault{Status: status, Body: body}, standin.Fault{Status: status, Body: body})
		_, err := issuer.Stateless(t.Context(), channel)
		wantParts(t, err, "issue a stateless channel access token: ", want)
		_, second := issuer.Version21(t.Context(), key, time.Hour)
		wantParts(t, second, "issue a channel access token v2.1: ", want)
		if text := fmt.Sprint(err, second); strings.Contains(text, "nary") {
			t.Errorf("%s: %s", body, text)
		}
	}
	server.AddFaults(standin.Fault{Status: 200, Body: `{` + good + `,"expires_in":9223372036854775807}`})
	if token, err := issuer.Stateless(t.Context(), channel); err != nil || token.ExpiresIn < linetest.LongLife {
		t.Errorf("a long life: %s, %v", token.ExpiresIn, err)
	}
	server.AddFaults(standin.Fault{Status: 200, Body: "{}"})
	wantParts(t, issuer.Revoke(t.Context(), channel, "eyJ"), "200 OK, but with a body")
}

// Whoever echoes what was sent, and in whatever encoding: neither error nor log have the secret, the assertion and the token.
func TestCredentialsAreRedacted(t *testing.T) {
	t.Parallel()
	server, key := withKey(t)
	var log strings.Builder
	issuer, err := line.NewIssuer(line.Config{BaseURL: server.URL, HTTP: httpclient.New(httpclient.Config{
		Log: func(_ context.Context, message string, fields map[string]any) { fmt.Fprintln(&log, message, fields) },
	})})
	if err != nil {
		t.Fatal(err)
	}
	const token = "eyJcanary/token+="
	encodings := map[string]func(string) string{
		"plain": func(s string) string { return s }, "URL": url.QueryEscape, "JSON": func(s string) string { return strings.ReplaceAll(s, "/", `\/`) },
		"base64": func(s string) string { return base64.StdEncoding.EncodeToString([]byte("x" + s)) },
	}
	ask := map[string]func() error{
		channel.Secret: func() error {
			_, err := issuer.Stateless(t.Context(), channel)
			return err
		},
		token:    func() error { return issuer.Revoke(t.Context(), channel, token) },
		"canary": func() error { return issuer.Revoke(t.Context(), line.Channel{ID: channel.ID, Secret: "canary"}, token) },
	}
	for name, encode := range encodings {
		for secret, ask := range ask {
			echo := encode(secret)
			for _, fault := range []standin.Fault{
				{Reset: true}, linetest.ErrorFault(400, echo), {Status: 400, Body: echo}, {Status: 200, Body: echo},
				{Status: 404, Body: `{"error":"x","error_description":"` + echo + `"}`}, {Status: 500, Header: http.Header{"X-Line-Request-Id": {echo}}},
				{Status: 302, Header: http.Header{"Location": {"https://example.com/?" + url.QueryEscape(echo)}}},
			} {
				server.AddFaults(fault)
				if err := ask(); err == nil || strings.Contains(err.Error(), echo) || strings.Contains(err.Error(), "canary") {
					t.Errorf("%s, %+v: %v", name, fault, err)
				}
				if strings.Contains(log.String(), echo) {
					t.Errorf("%s, %+v: it is in the log", name, fault)
				}
			}
		}
	}
	if _, err := issuer.Version21(t.Context(), key, time.Hour); err != nil {
		t.Error(err)
	}
	if strings.Contains(log.String(), "canary") || strings.Contains(log.String(), "eyJ") || strings.Count(log.String(), "\n") != 85 {
		t.Errorf("the log is %s", log.String())
	}
	for _, request := range server.Requests() {
		if strings.Contains(string(request.Body)+request.Query, "canary") || strings.Contains(string(request.Body), "eyJ") {
			t.Errorf("recorded %s", request.Body)
		}
	}
}

// A server that echoes the whole request has the assertion of a moment ago in its answer.
func TestAnEchoedAssertionIsRedacted(t *testing.T) {
	t.Parallel()
	_, key := withKey(t)
	for _, form := range []string{"%s", `{"error":"x","error_description":"%s"}`} {
		echo := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprintf(w, form, r.PostFormValue("client_assertion"))
		}))
		t.Cleanup(echo.Close)
		_, err := newIssuer(t, echo.URL).Version21(t.Context(), key, time.Hour)
		wantParts(t, err, "400 Bad Request", "[redacted]")
		if strings.Contains(err.Error(), "eyJ") {
			t.Errorf("got %v", err)
		}
	}
}
