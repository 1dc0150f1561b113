package linetest_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

// The answers are those of the Messaging API reference, "Get the target limit for sending messages this month" and "Get number
// of messages sent this month".
func TestQuotaCountsPushesOfTheMonth(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 3, 31, 14, 59, 59, 0, time.UTC) // a second before April in Japan
	user := linetest.UserID(0)
	config := linetest.Config{Token: token, Followers: []string{user}, Now: func() time.Time { return now }}
	unlimited := start(t, config)
	config.MonthlyLimit = 1000
	server := start(t, config)
	wantText := func(server *linetest.Server, path, want string) {
		t.Helper()
		if got := text(t, server, path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
	wantText(unlimited, "/v2/bot/message/quota", `{"type":"none"}`)
	wantText(server, "/v2/bot/message/quota", `{"type":"limited","value":1000}`)
	wantText(server, "/v2/bot/message/quota/consumption", `{"totalUsage":0}`)
	for range 2 {
		push(t, server, body(user, ""), nil)
	}
	push(t, server, body("U", ""), nil) // refused
	wantText(server, "/v2/bot/message/quota/consumption", `{"totalUsage":2}`)
	now = now.Add(time.Second)
	wantText(server, "/v2/bot/message/quota/consumption", `{"totalUsage":0}`)
	wantText(server, "/v2/bot/message/quota", `{"type":"limited","value":1000}`)
	for _, path := range []string{"/v2/bot/info", "/v2/bot/message/quota", "/v2/bot/message/quota/consumption"} {
		response, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s without a token: %d", path, response.StatusCode)
		}
	}
}
