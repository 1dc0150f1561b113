package linetest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const (
	hello    = `{"type":"text","text":"Hello"}`
	retryKey = "123e4567-e89b-12d3-a456-426614174000"
)

func body(to, more string) string {
	return `{"to":"` + to + `","messages":[` + hello + `]` + more + `}`
}

func unit(name string) string { return `,"customAggregationUnits":["` + name + `"]` }

func TestPushReachesItsRecipient(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(3), Now: func() time.Time { return at }})
	location := `{ "type": "location", "title": "a", "address": "b", "latitude": 35.50, "longitude": 139 }`
	status, answer, _ := push(t, server, `{"to":"`+linetest.UserID(1)+`","messages":[`+hello+`,`+location+
		`],"customAggregationUnits":["welcome_1a2b3c4d"],"notificationDisabled":true}`, nil)
	if status != http.StatusOK || len(answer.SentMessages) != 2 || answer.SentMessages[0].QuoteToken == "" ||
		answer.SentMessages[0].ID != "461230966842064897" || answer.SentMessages[1].ID != "461230966842064898" ||
		answer.SentMessages[1].QuoteToken != "" {
		t.Errorf("%d %+v", status, answer)
	}
	push(t, server, body(linetest.UserID(1), ""), nil)
	want := []linetest.Received{
		{Messages: []json.RawMessage{json.RawMessage(hello), json.RawMessage(location)}, Unit: "welcome_1a2b3c4d", At: at},
		{Messages: []json.RawMessage{json.RawMessage(hello)}, At: at},
	}
	if got := server.Received(linetest.UserID(1)); !reflect.DeepEqual(got, want) {
		t.Errorf("received %+v, want %+v", got, want)
	}
	if got := server.Received(linetest.UserID(0)); got != nil {
		t.Errorf("another one received %+v", got)
	}
}

// The answers are those of the Messaging API reference ("Send push message", "Error responses").
func TestPushIsRefusedInTheWordsOfLINE(t *testing.T) {
	t.Parallel()
	user := linetest.UserID(0)
	const invalid, parsed = "in the request body is invalid (line: -, column: -)", "The request body could not be parsed as JSON "
	tests := map[string]struct {
		body    string
		header  http.Header
		status  int
		message string
		details string
	}{
		"unknown user": {body(linetest.UserID(1), ""), nil, 400, "Failed to send messages", ""},
		"group":        {body("C"+user[1:], ""), nil, 400, "Failed to send messages", ""},
		"to: default":  {body("N.A", ""), nil, 400, "The property, 'to', " + invalid, ""},
		"to: Liquid":   {body("{{ Profile.LineID }}", ""), nil, 400, "The property, 'to', " + invalid, ""},
		"to: capitals": {body(strings.ToUpper(user), ""), nil, 400, "The property, 'to', " + invalid, ""},
		"to: short":    {body(user[:32], ""), nil, 400, "The property, 'to', " + invalid, ""},
		"to: number":   {`{"to":1,"messages":[` + hello + `]}`, nil, 400, "The property, 'to', " + invalid, ""},
		"to: empty":    {body("", ""), nil, 400, "The request body has 1 error(s)", "to: May not be empty"},
		"to: none":     {`{"TO":"` + user + `","messages":[` + hello + `]}`, nil, 400, "The request body has 1 error(s)", "to: May not be empty"},
		"Messages":     {`{"to":"` + user + `","Messages":[` + hello + `]}`, nil, 400, "The request body has 1 error(s)", "messages: Size must be between 1 and 5"},
		"nothing":      {`{}`, nil, 400, "The request body has 2 error(s)", "to: May not be empty; messages: Size must be between 1 and 5"},
		"text and to":  {`{"to":"x","messages":[{"type":"text","text":""}]}`, nil, 400, "The property, 'to', " + invalid, ""},
		"text":         {`{"to":"` + user + `","messages":[{"type":"text","text":""}]}`, nil, 400, "The request body has 1 error(s)", "messages[0].text: May not be empty"},
		"two units":    {body(user, `,"customAggregationUnits":["a","b"]`), nil, 400, "The request body has 1 error(s)", "customAggregationUnits: Size must be between 0 and 1"},
		"long unit":    {body(user, unit(strings.Repeat("a", 31))), nil, 400, "The request body has 1 error(s)", "customAggregationUnits[0]: Length must be between 0 and 30"},
		"hyphen":       {body(user, unit("a-b")), nil, 400, "The request body has 1 error(s)", "customAggregationUnits[0]: Must be a valid value"},
		"empty unit":   {body(user, unit("")), nil, 400, "The request body has 1 error(s)", "customAggregationUnits[0]: May not be empty"},
		"unit":         {body(user, `,"customAggregationUnits":"a"`), nil, 400, "The property, 'customAggregationUnits', " + invalid, ""},
		"flag":         {body(user, `,"notificationDisabled":"yes"`), nil, 400, "The property, 'notificationDisabled', " + invalid, ""},
		"broken":       {`{"to":"` + user, nil, 400, parsed + "(line: 1, column: 7)", ""},
		"empty":        {"", nil, 400, parsed + "(line: 1, column: 1)", ""},
		"list":         {"[]", nil, 400, parsed + "(line: 1, column: 1)", ""},
		"to twice":     {`{"to":"` + user + `","messages":[` + hello + `],"to":"` + user + `"}`, nil, 400, parsed + "(line: 1, column: 87)", ": Duplicate field 'to'"},
		"content type": {body(user, ""), http.Header{"Content-Type": {"text/plain"}}, 415, "The content type, text/plain, is not supported", ""},
		"too large":    {strings.Repeat(" ", 2_000_001), nil, 413, "Request entity too large", ""},
		"bad token":    {body(user, ""), http.Header{"Authorization": {"Bearer other"}}, 401, linetest.MessageBadToken, ""},
		"no token":     {body(user, ""), http.Header{"Authorization": nil}, 401, linetest.MessageNoToken, ""},
		"key":          {body(user, ""), http.Header{"X-Line-Retry-Key": {"again"}}, 400, "The retry key is invalid", ""},
		"key as URN":   {body(user, ""), http.Header{"X-Line-Retry-Key": {"urn:uuid:" + retryKey}}, 400, "The retry key is invalid", ""},
	}
	server := start(t, linetest.Config{Token: token, Followers: []string{user}})
	for name, test := range tests {
		status, answer, _ := push(t, server, test.body, test.header)
		var details []string
		for _, detail := range answer.Details {
			details = append(details, detail.Property+": "+detail.Message)
		}
		if status != test.status || answer.Message != test.message || strings.Join(details, "; ") != test.details {
			t.Errorf("%s: %d %q %q, want %d %q %q", name, status, answer.Message, details, test.status, test.message, test.details)
		}
	}
	if got := server.Received(user); got != nil {
		t.Errorf("what was refused was received: %+v", got)
	}
}

// What CleverTap left as it was means nothing to LINE, and null is as good as nothing.
func TestPushTakesWhatIsNoFault(t *testing.T) {
	t.Parallel()
	user := linetest.UserID(0)
	server := start(t, linetest.Config{Token: token, Followers: []string{user}})
	for _, sent := range []string{
		body(user, `,"customAggregationUnits":null,"notificationDisabled":null`), body(user, `,"customAggregationUnits":[]`),
		body(user, unit(strings.Repeat("Z", 30))), `{"to":"` + user + `","messages":[{"type":"text","text":"{% if %} {{ nothing }}"}]}`,
		body(user, `,"TO":"`+linetest.UserID(1)+`"`),
	} {
		if status, answer, _ := push(t, server, sent, nil); status != http.StatusOK {
			t.Errorf("%s: %d %+v", sent, status, answer)
		}
	}
	if got := len(server.Received(user)); got != 5 {
		t.Errorf("received %d pushes", got)
	}
}

// "Retrying an API request": the same key within 24 hours sends nothing again.
func TestRetryKeySendsOnce(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	user := linetest.UserID(0)
	server := start(t, linetest.Config{Token: token, Followers: []string{user}, Now: func() time.Time { return now }})
	key := http.Header{"X-Line-Retry-Key": {retryKey}}
	if status, _, _ := push(t, server, body("N.A", ""), key); status != http.StatusBadRequest {
		t.Fatalf("status %d", status)
	}
	server.AddFaults(standin.Fault{Status: http.StatusInternalServerError, Done: true}) // and the answer is lost
	_, _, lost := push(t, server, body(user, ""), key)
	status, first, again := push(t, server, body(user, ""), key)
	accepted := again.Get("X-Line-Accepted-Request-Id")
	if status != http.StatusConflict || first.Message != "The retry key is already accepted" || len(first.SentMessages) != 1 ||
		accepted == "" || accepted != lost.Get("X-Line-Request-Id") || accepted == again.Get("X-Line-Request-Id") {
		t.Errorf("%d %+v %v, the first answer had %v", status, first, again, lost)
	}
	now = now.Add(24*time.Hour - time.Second)
	if status, second, _ := push(t, server, body("N.A", ""), key); status != http.StatusConflict || !reflect.DeepEqual(first, second) {
		t.Errorf("%d %+v, want %+v", status, second, first)
	}
	if got := len(server.Received(user)); got != 1 {
		t.Errorf("received %d times", got)
	}
	now = now.Add(time.Second)
	if status, _, _ := push(t, server, body(user, ""), key); status != http.StatusOK || len(server.Received(user)) != 2 {
		t.Errorf("after 24 hours: %d, received %d times", status, len(server.Received(user)))
	}
}

func TestMonthlyLimit(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 3, 31, 14, 59, 59, 0, time.UTC) // a second before April in Japan
	user := linetest.UserID(0)
	server := start(t, linetest.Config{Token: token, Followers: []string{user}, MonthlyLimit: 2, Now: func() time.Time { return now }})
	for _, want := range []int{200, 200, 429} {
		status, answer, _ := push(t, server, body(user, ""), nil)
		if status != want || (want == 429) != (answer.Message == "You have reached your monthly limit.") {
			t.Errorf("%d %+v, want %d", status, answer, want)
		}
	}
	now = now.Add(time.Second)
	if status, _, _ := push(t, server, body(user, ""), nil); status != http.StatusOK || len(server.Received(user)) != 3 {
		t.Errorf("in the next month: %d, received %d times", status, len(server.Received(user)))
	}
}

func TestUnitNamesAreThoseOfTheMonth(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 3, 31, 14, 59, 59, 0, time.UTC)
	user := linetest.UserID(0)
	server := start(t, linetest.Config{Token: token, Followers: []string{user}, Now: func() time.Time { return now }})
	send := func(from, to int) {
		for i := from; i < to; i++ {
			if status, answer, _ := push(t, server, body(user, unit(fmt.Sprintf("u%04d", i))), nil); status != http.StatusOK {
				t.Fatalf("%d %+v", status, answer)
			}
		}
	}
	if got := text(t, server, "/v2/bot/message/aggregation/list"); got != `{"customAggregationUnits":[]}` {
		t.Errorf("before anything is sent: %s", got)
	}
	send(0, 1002)
	send(0, 1) // again
	if got := text(t, server, "/v2/bot/message/aggregation/info"); got != `{"numOfCustomAggregationUnits":1000}` {
		t.Errorf("got %s", got)
	}
	received := server.Received(user)
	if received[999].Unit != "u0999" || received[1000].Unit != "" || received[1001].Unit != "" || received[1002].Unit != "u0000" {
		t.Errorf("units %q, %q, %q, %q", received[999].Unit, received[1000].Unit, received[1001].Unit, received[1002].Unit)
	}
	var all []string
	next, pages := "", 0
	for ; pages == 0 || next != ""; pages++ {
		page := unitPage(t, server, "limit=99"+next)
		all = append(all, page.Names...)
		if next = ""; page.Next != "" {
			next = "&start=" + page.Next
		}
	}
	if pages != 11 || len(all) != 1000 || !slices.IsSorted(all) || all[0] != "u0000" || all[999] != "u0999" {
		t.Errorf("%d pages with %d names", pages, len(all))
	}
	if first := unitPage(t, server, ""); len(first.Names) != 100 || first.Next == "" {
		t.Errorf("by default %d names, next %q", len(first.Names), first.Next)
	}
	for query, want := range map[string]string{
		"limit=0": "'limit'", "limit=101": "'limit'", "limit=x": "'limit'", "start=": "Invalid start param", "start=abc": "Invalid start param",
	} {
		if status, got := get(t, server, "/v2/bot/message/aggregation/list?"+query); status != 400 || !strings.Contains(got, want) {
			t.Errorf("%s: %d %s", query, status, got)
		}
	}
	now = now.Add(time.Second)
	send(1001, 1002)
	if got := text(t, server, "/v2/bot/message/aggregation/list"); got != `{"customAggregationUnits":["u1001"]}` {
		t.Errorf("in the next month: %s", got)
	}
}

type unitNames struct {
	Names []string `json:"customAggregationUnits"`
	Next  string
}

func unitPage(t *testing.T, server *linetest.Server, query string) (page unitNames) {
	t.Helper()
	if err := json.Unmarshal([]byte(text(t, server, "/v2/bot/message/aggregation/list?"+query)), &page); err != nil {
		t.Fatal(err)
	}
	return page
}

type pushed struct {
	refusal
	SentMessages []struct{ ID, QuoteToken string }
}

func push(t *testing.T, server *linetest.Server, body string, header http.Header) (int, pushed, http.Header) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/v2/bot/message/push", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {"application/json"}}
	for name, values := range header {
		request.Header[name] = values
	}
	status, text, answered := do(t, request)
	var answer pushed
	if err := json.Unmarshal([]byte(text), &answer); err != nil && text != "" {
		t.Fatalf("%s: %v", text, err)
	}
	return status, answer, answered
}

// text is the answer to a request that must succeed.
func text(t *testing.T, server *linetest.Server, path string) string {
	t.Helper()
	status, answer := get(t, server, path)
	if status != http.StatusOK {
		t.Fatalf("%s: %d %s", path, status, answer)
	}
	return answer
}

func get(t *testing.T, server *linetest.Server, path string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	status, answer, _ := do(t, request)
	return status, answer
}

func do(t *testing.T, request *http.Request) (int, string, http.Header) {
	t.Helper()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, strings.TrimSpace(string(answer)), response.Header
}
