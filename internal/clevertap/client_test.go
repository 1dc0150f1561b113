package clevertap_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

func TestConfigIsChecked(t *testing.T) {
	t.Parallel()
	good := clevertap.Config{AccountID: accountID, Passcode: passcode, Region: "eu1"}
	tests := []struct {
		name   string
		change func(*clevertap.Config)
		parts  []string
	}{
		{"region", func(c *clevertap.Config) { c.Region = "uk1" }, []string{`"uk1"`, "eu1, in1, sg1, us1, aps3, mec1"}},
		{"no region", func(c *clevertap.Config) { c.Region = "" }, []string{"eu1, in1, sg1, us1, aps3, mec1"}},
		{"address", func(c *clevertap.Config) { c.APIURL = "http://example.com" }, []string{"CleverTap API URL", "https"}},
		{"no account", func(c *clevertap.Config) { c.AccountID = "" }, []string{"account ID is empty"}},
		{"no passcode", func(c *clevertap.Config) { c.Passcode = "" }, []string{"passcode is empty"}},
		{"line break", func(c *clevertap.Config) { c.Passcode += "\n" }, []string{"passcode holds a space, a line break"}},
		{"uploads", func(c *clevertap.Config) { c.UploadConcurrency = -1 }, []string{"negative"}},
		{"reads", func(c *clevertap.Config) { c.ReadConcurrency = -1 }, []string{"negative"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			config := good
			test.change(&config)
			_, err := clevertap.New(config)
			wantParts(t, err, test.parts...)
		})
	}
	for _, region := range clevertap.Regions() {
		config := good
		config.Region = region
		if _, err := clevertap.New(config); err != nil {
			t.Errorf("%s: %v", region, err)
		}
	}
}

func TestEveryRequestIsSigned(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	client := newClient(t, server.URL)
	_, uploadErr := client.Upload(t.Context(), records(0, 1))
	_, profileErr := client.Profile(t.Context(), "user-0")
	_, schemaErr := client.UserProperties(t.Context())
	if uploadErr != nil || profileErr != nil || schemaErr != nil {
		t.Fatal(uploadErr, profileErr, schemaErr)
	}
	requests := server.Requests()
	if len(requests) != 3 {
		t.Fatalf("%d requests, want 3", len(requests))
	}
	for _, request := range requests {
		if !request.Authorized || request.Header.Get("Content-Type") != "application/json; charset=utf-8" || request.Header.Get("User-Agent") != "test" {
			t.Errorf("got %+v", request)
		}
	}
}

func TestReadsAreThreeAtATime(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	client := newClient(t, server.URL)
	err := whileServerHangs(t, server, 3, func(ctx context.Context) error {
		var group errgroup.Group
		for range 10 {
			group.Go(func() error {
				_, err := client.Profile(ctx, "user-0")
				return err
			})
		}
		return group.Wait()
	})
	if got := len(server.Requests()); got != 3 || !errors.Is(err, context.Canceled) {
		t.Errorf("%d reads at a time, want 3: %v", got, err)
	}
}

// operations are all that the client can ask.
func operations(client *clevertap.Client) map[string]func(context.Context) error {
	return map[string]func(context.Context) error{
		"upload profiles": func(ctx context.Context) error {
			_, err := client.Upload(ctx, records(0, 2))
			return err
		},
		`read the profile "user-0"`: func(ctx context.Context) error {
			_, err := client.Profile(ctx, "user-0")
			return err
		},
		"list the properties of user profiles": func(ctx context.Context) error {
			_, err := client.UserProperties(ctx)
			return err
		},
	}
}

func TestFailuresOfEveryOperation(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		fault    standin.Fault
		parts    []string
		requests int
	}{
		{"empty", standin.Fault{Status: 200}, []string{"empty body", "127.0.0.1", "Check the region"}, 1},
		{"HTML", standin.Fault{Status: 200, Body: "<html>Sign in</html>"}, []string{`"<html>Sign in`, "proxy"}, 1},
		{"two answers", standin.Fault{Status: 200, Body: `{"status":"success"} {}`}, []string{"more follows"}, 1},
		{"another status", standin.Fault{Status: 200, Body: `{"status":"busy"}`}, []string{`{\"status\":\"busy\"}`}, 1},
		{"another JSON", standin.Fault{Status: 200, Body: `[1]`}, []string{`begins "[1]"`}, 1},
		{"credentials", clevertaptest.FailureFault(401, clevertaptest.MessageUnauthorized),
			[]string{"401 Unauthorized: Account ID is not valid", "region", "127.0.0.1"}, 1},
		{"credentials with 200", standin.Fault{Status: 200, Body: `{"status":"fail","error":"No account","code":401}`},
			[]string{"200 OK: No account (code 401)", "region"}, 1},
		{"plan", clevertaptest.FailureFault(403, "Forbidden"), []string{"403 Forbidden", "paid plans"}, 1},
		{"HTML with 404", standin.Fault{Status: 404, Body: "<html>"}, []string{`404 Not Found: "<html>"`}, 1},
		{"redirect", standin.Fault{Status: 302, Header: http.Header{"Location": {"https://example.com/"}}},
			[]string{"302 Found", "redirect was refused"}, 1},
		{"too many", clevertaptest.FailureFault(429, clevertaptest.MessageTooMany),
			[]string{"429 Too Many Requests: Too many concurrent requests", "15 uploads and 3 others"}, 5},
		{"down", standin.Fault{Status: 503, Body: "<html>" + strings.Repeat("x", 9000),
			Header: http.Header{"X-Request-Id": {"r-1"}}}, []string{"503", "Try again later", "(request id r-1)"}, 5},
		{"echo", standin.Fault{Status: 400, Body: "You sent " + passcode}, []string{"You sent [redacted]"}, 1},
		{"echo in JSON", clevertaptest.FailureFault(400, "You sent "+passcode), []string{"You sent [redacted]"}, 1},
		{"echo with 200", standin.Fault{Status: 200, Body: "You sent " + passcode}, []string{"You sent [redacted]"}, 1},
		{"huge failure", clevertaptest.FailureFault(400, strings.Repeat("x", 64<<10)), []string{`400 Bad Request: "{ \"status`}, 1},
		{"huge", standin.Fault{Status: 200, Body: strings.Repeat("x", 5<<20)}, []string{"too large"}, 1},
		{"reset", standin.Fault{Reset: true}, []string{"no answer from CleverTap", "5 attempts"}, 5},
		{"broken off", standin.Fault{Truncate: true}, []string{"broke off", "5 attempts"}, 5},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := start(t, clevertaptest.Config{})
			for operation, ask := range operations(newClient(t, server.URL)) {
				server.AddFaults(slices.Repeat([]standin.Fault{test.fault}, test.requests)...)
				before := len(server.Requests())
				wantParts(t, ask(t.Context()), append(test.parts, operation+":")...)
				if got := len(server.Requests()) - before; got != test.requests {
					t.Errorf("%s: %d requests, want %d", operation, got, test.requests)
				}
			}
		})
	}
}

func TestLogsHoldNoSecret(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	server.AddFaults(standin.Fault{Reset: true}, standin.Fault{Status: 503, Body: passcode})
	var log strings.Builder
	var mu sync.Mutex
	client := newClient(t, server.URL, func(config *clevertap.Config) {
		config.HTTP.Log = func(_ context.Context, message string, fields map[string]any) {
			mu.Lock()
			defer mu.Unlock()
			fmt.Fprintln(&log, message, fields)
		}
	})
	for operation, ask := range operations(client) {
		if err := ask(t.Context()); err != nil {
			t.Errorf("%s: %v", operation, err)
		}
	}
	if lines := strings.Count(log.String(), "\n"); lines != 5 || strings.Contains(log.String(), passcode) {
		t.Errorf("want 5 lines without the passcode; got\n%s", &log)
	}
}

// A passcode may be a number, and a server may repeat it as one.
func TestPasscodeIsNowhereInErrors(t *testing.T) {
	t.Parallel()
	const canary = "86420864208642"
	for name, fault := range map[string]standin.Fault{
		"number":       {Status: 200, Body: `{"status":` + canary + `}`},
		"status":       {Status: 200, Body: `{"status":"` + strings.Repeat("x", 190) + canary + `","userProperties":[]}`},
		"base64":       {Status: 500, Body: base64.URLEncoding.EncodeToString([]byte(accountID + ":" + canary))},
		"request id":   {Status: 500, Header: http.Header{"X-Request-Id": {canary}}},
		"of an upload": {Status: 200, Body: `{"status":"success","processed":1,"unprocessed":[{"error":"` + canary + `"}]}`},
		"count":        {Status: 200, Body: `{"status":"success","processed":2}`, Header: http.Header{"X-Request-Id": {"x" + canary}}},
		"header":       {Status: 302, Header: http.Header{"Location": {"://" + canary}}},
	} {
		server := start(t, clevertaptest.Config{})
		client := newClient(t, server.URL, func(config *clevertap.Config) { config.Passcode, config.HTTP.MaxRetries = canary, 0 })
		for operation, ask := range operations(client) {
			server.AddFaults(fault)
			if err := ask(t.Context()); err != nil && (strings.Contains(err.Error(), canary[:8]) || strings.Contains(err.Error(), "ODY0Mj")) {
				t.Errorf("%s, %s: %v", name, operation, err)
			}
		}
	}
}
