package line_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

func TestErrorsOfLINE(t *testing.T) {
	t.Parallel()
	const details = `{"message":"The request body has 1 error(s)",` +
		`"details":[{"message":"May not be empty","property":"messages[0].text"},{"message":"Must not"}]}`
	tests := []struct {
		name     string
		fault    standin.Fault
		message  string
		parts    []string
		requests int
	}{
		{"token", linetest.ErrorFault(401, linetest.MessageBadToken), linetest.MessageBadToken,
			[]string{"401 Unauthorized", "LINE Developers Console"}, 1},
		{"account", linetest.ErrorFault(403, linetest.MessageNotAvailable), linetest.MessageNotAvailable,
			[]string{"403 Forbidden", "verified and premium accounts only"}, 1},
		{"details", standin.Fault{Status: 400, Body: details}, "The request body has 1 error(s)",
			[]string{"; messages[0].text: May not be empty; Must not (request id"}, 1},
		{"size", standin.Fault{Status: 413}, "", []string{"413 Request Entity Too Large (request id", "2 MB"}, 1},
		{"monthly limit", linetest.ErrorFault(429, linetest.MessageMonthlyLimit), linetest.MessageMonthlyLimit,
			[]string{"429 Too Many Requests", "does not help"}, 1},
		{"rate limit", linetest.ErrorFault(429, linetest.MessageRateLimit), linetest.MessageRateLimit,
			[]string{"429 Too Many Requests", "each channel"}, 5},
		{"server", standin.Fault{Status: 503, Body: "<html>" + strings.Repeat("x", 9000)},
			`"<html>` + strings.Repeat("x", 194) + `"`, []string{"503 Service Unavailable", "Try again later"}, 5},
		{"redirect", standin.Fault{Status: 302, Header: http.Header{"Location": {"https://example.com/"}}}, "",
			[]string{"302 Found", "redirect was refused"}, 1},
		{"JSON of somebody else", standin.Fault{Status: 404, Body: `{"error":"nope"}`}, `"{\"error\":\"nope\"}"`,
			[]string{"404 Not Found"}, 1},
		{"huge", linetest.ErrorFault(400, strings.Repeat("x", 100_000)), `"{\"message\":\"` + strings.Repeat("x", 188) + `"`,
			[]string{"400 Bad Request"}, 1},
		{"echo", linetest.ErrorFault(400, "you sent "+token), "you sent [redacted]", []string{"400 Bad Request"}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := start(t, linetest.Config{Token: token})
			for range test.requests {
				server.AddFaults(test.fault)
			}
			_, err := newClient(t, server.URL).FollowerIDs(t.Context(), line.FollowerIDsOptions{})
			refused, ok := errors.AsType[*line.APIError](err)
			if !ok {
				t.Fatalf("got %v, want an APIError", err)
			}
			if refused.StatusCode != test.fault.Status || refused.Message != test.message || len(refused.RequestID) != 36 {
				t.Errorf("got %+v, want status %d and message %q", refused, test.fault.Status, test.message)
			}
			wantParts(t, err, append(test.parts, "list follower IDs: ", test.message, refused.RequestID)...)
			if got := len(server.Requests()); got != test.requests {
				t.Errorf("%d requests, want %d", got, test.requests)
			}
		})
	}
}

func TestNoAnswer(t *testing.T) {
	t.Parallel()
	server := linetest.NewServer(linetest.Config{Token: token})
	server.Close()
	_, err := newClient(t, server.URL).FollowerIDs(t.Context(), line.FollowerIDsOptions{})
	wantParts(t, err, "list follower IDs: no answer from LINE", "/v2/bot/followers/ids", "refused",
		"(5 attempts)")
}

func TestNewChecksItsConfiguration(t *testing.T) {
	t.Parallel()
	client := httpclient.New(httpclient.Config{})
	tests := map[string]struct{ token, base, want string }{
		"no token":       {"", "", "token is empty"},
		"with scheme":    {"Bearer canary", "", `without the word "Bearer"`},
		"line break":     {"canary\n", "", "line break"},
		"space inside":   {"can ary", "", "a space"},
		"delete":         {"canary\x7f", "", "character"},
		"not ASCII":      {"canaryé", "", "character"},
		"clear text":     {"canary", "http://api.line.me", "https"},
		"not an address": {"canary", "api.line.me", "LINE API URL"},
	}
	for name, test := range tests {
		_, err := line.New(line.Config{ChannelAccessToken: test.token, BaseURL: test.base, HTTP: client})
		if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := line.New(line.Config{ChannelAccessToken: token + "!~", HTTP: client}); err != nil {
		t.Errorf("LINE's own address: %v", err)
	}
}

// A gateway may serve the API below a path of its own.
func TestBaseURLWithPath(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	for _, base := range []string{"/gateway", "/gateway/"} {
		server.AddFaults(linetest.ErrorFault(http.StatusNotFound, "Not found"))
		_, err := newClient(t, server.URL+base).FollowerIDs(t.Context(), line.FollowerIDsOptions{})
		wantParts(t, err, "404 Not Found")
	}
	for _, request := range server.Requests() {
		if request.Path != "/gateway/v2/bot/followers/ids" {
			t.Errorf("asked for %s", request.Path)
		}
	}
}

// A server that echoes the token may write it as JSON allows.
func TestTokenIsRedactedAfterDecoding(t *testing.T) {
	t.Parallel()
	const canary = "canary/token+="
	for _, body := range []string{
		`{"message":"you sent canary\/token\u002b="}`, `{"message":"No","details":[{"message":"canary\/token+\u003d"}]}`,
		`{"message":"No","details":[{"property":"\u0063anary/token+="}]}`, `{"error":"canary\/token+=","error_description":"No"}`,
		`<canary\/token+=>`, `<canary&#47;token&#x2b;=>`, `{"error":"No","error_description":"canary\/token+="}`,
	} {
		server := start(t, linetest.Config{})
		server.AddFaults(standin.Fault{Status: http.StatusNotFound, Body: body})
		client, err := line.New(line.Config{ChannelAccessToken: canary, BaseURL: server.URL, HTTP: httpclient.New(httpclient.Config{})})
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.BotInfo(t.Context())
		wantParts(t, err, "404 Not Found", "[redacted]")
		if err != nil && strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// Whatever of an answer an error repeats, and from wherever in it, the token is not in it.
func TestTokenIsNowhereInErrors(t *testing.T) {
	t.Parallel()
	const canary = "canary+token/0123456789="
	verdict := func(text string) string {
		return `{"message":"No","details":[{"message":"Bad","property":"` + text + `"}]}`
	}
	tests := map[string]struct {
		fault standin.Fault
		ask   func(*line.Client) ([]line.Violation, error)
	}{
		"ID":         {standin.Fault{Status: 200, Body: `{"userIds":["` + strings.Repeat("x", 190) + canary + `"]}`}, listAll},
		"request id": {standin.Fault{Status: 500, Header: http.Header{"X-Line-Request-Id": {"Bearer " + canary}}}, listAll},
		"request id of an ID": {standin.Fault{Status: 200, Body: `{"userIds":["x"]}`,
			Header: http.Header{"X-Line-Request-Id": {canary}}}, listAll},
		"base64":       {standin.Fault{Status: 500, Body: base64.StdEncoding.EncodeToString([]byte("Bearer " + canary))}, listAll},
		"header":       {standin.Fault{Status: 302, Header: http.Header{"Location": {"://" + canary}}}, listAll},
		"JSON pointer": {standin.Fault{Status: 400, Body: verdict("/" + strings.ReplaceAll(canary, "/", "~1"))}, askFor},
		"path":         {standin.Fault{Status: 400, Body: verdict("messages[0]." + canary)}, askFor},
	}
	for name, test := range tests {
		server := start(t, linetest.Config{})
		server.AddFaults(test.fault)
		client, err := line.New(line.Config{ChannelAccessToken: canary, BaseURL: server.URL, HTTP: httpclient.New(httpclient.Config{})})
		if err != nil {
			t.Fatal(err)
		}
		found, err := test.ask(client)
		said := fmt.Sprint(found, err)
		if strings.Contains(said, "canary") || strings.Contains(said, "Y2FuYXJ5") || !strings.Contains(said, "[redacted]") {
			t.Errorf("%s: %s", name, said)
		}
	}
}

func listAll(client *line.Client) ([]line.Violation, error) {
	_, err := client.FollowerIDs(context.Background(), line.FollowerIDsOptions{})
	return nil, err
}

func askFor(client *line.Client) ([]line.Violation, error) {
	return client.ValidatePush(context.Background(), []string{goodText})
}
