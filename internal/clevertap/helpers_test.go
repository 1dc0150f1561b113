package clevertap_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const (
	accountID = "TEST-AAA-BBB-CCCC"
	passcode  = "CANARY-PASS-CODE"
)

func start(t testing.TB, config clevertaptest.Config) *clevertaptest.Server {
	t.Helper()
	config.AccountID, config.Passcode = accountID, passcode
	server := clevertaptest.NewServer(config)
	t.Cleanup(server.Close)
	return server
}

func newClient(t testing.TB, url string, change ...func(*clevertap.Config)) *clevertap.Client {
	t.Helper()
	config := clevertap.Config{
		AccountID: accountID,
		Passcode:  passcode,
		APIURL:    url,
		HTTP: httpclient.Config{
			UserAgent: "test", MaxRetries: 4, RetryWaitMin: time.Millisecond, RetryWaitMax: 4 * time.Millisecond,
		},
	}
	for _, change := range change {
		change(&config)
	}
	client, err := clevertap.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// whileServerHangs lets ask run until the server has n requests, none of which it answers, and then ends its context.
func whileServerHangs(t *testing.T, server *clevertaptest.Server, n int, ask func(context.Context) error) error {
	t.Helper()
	server.AddFaults(slices.Repeat([]standin.Fault{{Delay: time.Hour}}, 2*n)...)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		defer cancel()
		for len(server.Requests()) < n && ctx.Err() == nil {
			time.Sleep(time.Millisecond)
		}
		time.Sleep(20 * time.Millisecond) // in which one too many would come
	}()
	return ask(ctx)
}

// wantParts checks that an error says what it must, and not the passcode.
func wantParts(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error; want one with %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q lacks %q", err, part)
		}
	}
	if strings.Contains(err.Error(), passcode) {
		t.Errorf("error %q tells the passcode", err)
	}
}
