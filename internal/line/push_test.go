package line_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

var anyUUID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

const pushPath = "/v2/bot/message/push"

func pushBody(to string) string {
	return `{"to":"` + to + `","messages":[{"type":"text","text":"Hi"}]}`
}

func TestPush(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(2)})
	key := uuid.New()
	pushed, err := newClient(t, server.URL).Push(t.Context(), pushBody(linetest.UserID(0)), key)
	requests := server.Requests()
	if err != nil || pushed.Before || len(requests) != 1 || pushed.RequestID == "" || len(server.Received(linetest.UserID(0))) != 1 {
		t.Fatalf("got %+v, %v after %d requests", pushed, err, len(requests))
	}
	request := requests[0]
	if request.Method != http.MethodPost || request.Path != pushPath || string(request.Body) != pushBody(linetest.UserID(0)) ||
		request.Header.Get("X-Line-Retry-Key") != key.String() || request.Header.Get("Content-Type") != "application/json" {
		t.Errorf("sent %+v", request)
	}
}

// Whatever happens to an answer, a message arrives once: the key is the same at each attempt.
func TestPushIsSentOnce(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]standin.Fault{
		"reset after it was taken":  {Done: true, Reset: true},
		"cut":                       {Truncate: true},
		"500 after it was taken":    {Done: true, Status: 500},
		"500 before it was taken":   {Status: 500},
		"reset before it was taken": {Reset: true},
		"rate limit":                linetest.ErrorFault(429, linetest.MessageRateLimit),
	} {
		server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(1)})
		server.AddFaults(fault, fault)
		pushed, err := newClient(t, server.URL).Push(t.Context(), pushBody(linetest.UserID(0)), uuid.New())
		taken := fault.Done || fault.Truncate
		if err != nil || pushed.Before != taken || pushed.RequestID == "" || len(server.Received(linetest.UserID(0))) != 1 {
			t.Errorf("%s: got %+v, %v, received %d", name, pushed, err, len(server.Received(linetest.UserID(0))))
		}
		requests := server.Requests()
		keys := map[string]bool{}
		for _, request := range requests {
			keys[request.Header.Get("X-Line-Retry-Key")] = true
		}
		if len(requests) != 3 || len(keys) != 1 {
			t.Errorf("%s: %d requests with %d keys", name, len(requests), len(keys))
		}
	}
}

// What users read, whole.
func TestPushErrorsWordForWord(t *testing.T) {
	t.Parallel()
	const (
		asked   = "push messages: LINE answered "
		unknown = "Whether the messages were sent is not known. Look at the chat before they are sent again: that is another " +
			"request, and LINE may send them twice"
		proxy = ". Check the API URL, and what stands between here and LINE: a proxy's page looks like this\n" + unknown
	)
	header := http.Header{"X-Line-Request-Id": {"r-1"}}
	for name, test := range map[string]struct {
		fault    standin.Fault
		attempts int
		want     string
	}{
		"unknown user":  {linetest.ErrorFault(400, linetest.MessageNoRecipient), 1, asked + "400 Bad Request: Failed to send messages (request id ID). LINE says so where the channel does not know the user. A user has another ID with each provider of the LINE Developers Console: was this one given to a channel of the same provider?"},
		"faults":        {standin.Fault{Status: 400, Header: header, Body: `{"message":"The request body has 1 error(s)","details":[{"message":"May not be empty","property":"messages[0].text"}]}`}, 1, asked + "400 Bad Request: The request body has 1 error(s); messages[0].text: May not be empty (request id r-1)"},
		"token":         {linetest.ErrorFault(401, linetest.MessageBadToken), 1, asked + "401 Unauthorized: " + linetest.MessageBadToken + " (request id ID). Check the channel access token: it may be of another channel, expired, reissued or revoked. The LINE Developers Console shows a channel's long-lived token on its Messaging API tab."},
		"monthly limit": {linetest.ErrorFault(429, linetest.MessageMonthlyLimit), 1, asked + "429 Too Many Requests: You have reached your monthly limit. (request id ID). The account has used up the messages of this month; waiting a moment does not help. See its plan in LINE Official Account Manager."},
		"500":           {standin.Fault{Status: 500, Header: header, Body: `{"message":"Oops"}`}, 5, asked + "500 Internal Server Error: Oops (request id r-1). The failure is at LINE's end. " + unknown + "."},
		"409 of others": {standin.Fault{Status: 409, Header: header, Body: `{"message":"Conflict"}`}, 1, asked + "409 Conflict: Conflict (request id r-1)"},
		"HTML":          {standin.Fault{Status: 200, Header: header, Body: "<html>"}, 1, asked + `200 OK, but without the messages that it sent; the answer begins "<html>" (request id r-1)` + proxy},
		"empty":         {standin.Fault{Status: 200, Header: header}, 1, asked + `200 OK, but without the messages that it sent; the answer begins "" (request id r-1)` + proxy},
		"other JSON":    {standin.Fault{Status: 200, Header: header, Body: `{}`}, 1, asked + `200 OK, but without the messages that it sent; the answer begins "{}" (request id r-1)` + proxy},
	} {
		server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(1)})
		server.AddFaults(test.fault, test.fault, test.fault, test.fault, test.fault)
		_, err := newClient(t, server.URL).Push(t.Context(), pushBody(linetest.UserID(0)), uuid.New())
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		got := anyUUID.ReplaceAllString(err.Error(), "ID")
		if got != test.want || len(server.Requests()) != test.attempts {
			t.Errorf("%s after %d attempts:\n%s\nwant\n%s", name, len(server.Requests()), got, test.want)
		}
	}
}

// After the last attempt nobody knows, and the error says so. It has neither the token nor the message.
func TestPushWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(1)})
	lost := standin.Fault{Done: true, Reset: true}
	server.AddFaults(lost, lost, lost, lost, lost)
	_, err := newClient(t, server.URL).Push(t.Context(), pushBody(linetest.UserID(0)), uuid.New())
	wantParts(t, err, "push messages: no answer from LINE: POST ", "(5 attempts)\nWhether the messages were sent is not known.")
	for _, secret := range []string{token, linetest.UserID(0), "Hi"} {
		if err != nil && strings.Contains(err.Error(), secret) {
			t.Errorf("the error tells %q: %v", secret, err)
		}
	}
	if got := len(server.Received(linetest.UserID(0))); got != 1 {
		t.Errorf("received %d times", got)
	}
}

// What stands in LINE's place may send what it likes.
func TestPushRequestIDsAreData(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	server.AddFaults(standin.Fault{Status: 409, Header: http.Header{"X-Line-Accepted-Request-Id": {"a\tb " + token}}})
	pushed, err := newClient(t, server.URL).Push(t.Context(), pushBody(linetest.UserID(0)), uuid.New())
	if err != nil || !pushed.Before || strings.Contains(pushed.RequestID, token) || !strings.HasPrefix(pushed.RequestID, `"a\tb `) {
		t.Errorf("got %+v, %v", pushed, err)
	}
}

// Where no token is issued for it, a message was surely not sent.
func TestPushWithoutAToken(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{ChannelSecret: "another-secret"})
	client, err := line.New(line.Config{Channel: channel, BaseURL: server.URL, HTTP: httpclient.New(httpclient.Config{})})
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Push(t.Context(), pushBody(linetest.UserID(0)), uuid.New())
	if err == nil || !strings.Contains(err.Error(), "push messages") || strings.Contains(err.Error(), "not known") {
		t.Errorf("got %v", err)
	}
	for _, request := range server.Requests() {
		if request.Path == pushPath {
			t.Error("it was pushed")
		}
	}
}
