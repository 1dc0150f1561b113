package line_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const goodText = `{"type":"text","text":"Hello"}`

func TestMessagesGoAsTheyAre(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	messages := []string{"{\n  \"text\": \"1 < 2 \\u00e9 {{ x }}\",\t\"type\": \"text\"}", goodText}
	found, err := newClient(t, server.URL).ValidatePush(t.Context(), messages)
	if err != nil || found != nil {
		t.Errorf("got %v, %v", found, err)
	}
	requests := server.Requests()
	if len(requests) != 1 {
		t.Fatalf("%d requests, want 1", len(requests))
	}
	if got := requests[0]; got.Method != http.MethodPost || got.Path != "/v2/bot/message/validate/push" ||
		string(got.Body) != `{"messages":[`+messages[0]+`,`+messages[1]+`]}` ||
		got.Header["X-Line-Retry-Key"] != nil {
		t.Errorf("asked %+v", got)
	}
}

// Each of LINE's ways of naming a property comes out as a path from the body's root. The answers are those that the
// Messaging API reference and LINE's news show, and that users of LINE's SDKs have reported: line-bot-sdk-python issues
// 111 and 314, line-bot-sdk-go issue 657, rumors-line-bot issue 125.
func TestViolationsHaveOneKindOfPath(t *testing.T) {
	t.Parallel()
	const one = "A message (messages[2])\u00a0in the request body is invalid"
	tests := map[string]struct {
		message, details string
		want             []line.Violation
	}{
		"whole paths": {"The request body has 2 error(s)",
			`{"message":"May not be empty","property":"messages[0].text"},{"message":"Size must be between 1 and 5","property":"messages"}`,
			[]line.Violation{{"messages[0].text", "May not be empty"}, {"messages", "Size must be between 1 and 5"}}},
		"JSON pointers": {one,
			`{"message":"invalid property","property":"/footer/contents/2"},{"message":"invalid uri scheme","property":"/hero/url"}`,
			[]line.Violation{{"messages[2].contents.footer.contents[2]", "invalid property"}, {"messages[2].contents.hero.url", "invalid uri scheme"}}},
		"in a carousel": {one, `{"message":"unknown field","property":"/contents/11/body/a~1b~01"}`,
			[]line.Violation{{`messages[2].contents.contents[11].body["a/b~1"]`, "unknown field"}}},
		"the container": {one, `{"message":"At least one block must be specified","property":"/"}`,
			[]line.Violation{{"messages[2].contents", "At least one block must be specified"}}},
		"steps": {one, `{"message":"must not be more than 3 items","property":"template/columns/0/actions"}`,
			[]line.Violation{{"messages[2].template.columns[0].actions", "must not be more than 3 items"}}},
		"a property": {one, `{"message":"Too many","property":"text"}`, []line.Violation{{"messages[2].text", "Too many"}}},
		"a whole path below a message": {one, `{"message":"Bad","property":"messages[2].text"}`,
			[]line.Violation{{"messages[2].text", "Bad"}}},
		"an ordinary space": {strings.ReplaceAll(one, "\u00a0", " "), `{"message":"unknown field","property":"/body/x"}`,
			[]line.Violation{{"messages[2].contents.body.x", "unknown field"}}},
		"no property":        {one, `{"message":"Too large"}`, []line.Violation{{"messages[2]", "Too large"}}},
		"no message":         {one, `{"property":"/body"}`, []line.Violation{{"messages[2].contents.body", one}}},
		"no details":         {one, ``, []line.Violation{{"messages[2]", one}}},
		"property in quotes": {"The property, 'messages[1]', in the request body is invalid (line: -, column: -)", ``, []line.Violation{{"messages[1]", "The property, 'messages[1]', in the request body is invalid (line: -, column: -)"}}},
		"without quotes":     {"The property, messages[1].text, in the request body is invalid (line: 1, column: 2)", `{"message":"Duplicate field 'text'"}`, []line.Violation{{"messages[1].text", "Duplicate field 'text'"}}},
		"not JSON":           {"The request body could not be parsed as JSON (line: 3, column: 7)", `{"message":"Duplicate field 'to'"}`, []line.Violation{{"messages", "Duplicate field 'to'"}}},
		"something new":      {"Your messages are too kind", ``, []line.Violation{{"messages", "Your messages are too kind"}}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := start(t, linetest.Config{Token: token})
			body := `{"message":"` + test.message + `","details":[` + test.details + `]}`
			server.AddFaults(standin.Fault{Status: http.StatusBadRequest, Body: body})
			found, err := newClient(t, server.URL).ValidatePush(t.Context(), []string{goodText, goodText, goodText})
			if err != nil || !slices.Equal(found, test.want) {
				t.Errorf("got %q, %v, want %q", found, err, test.want)
			}
		})
	}
}

// Whatever an answer says, a path that leads nowhere is words.
func TestViolationsAreOfMessagesThatWereSent(t *testing.T) {
	t.Parallel()
	const one = "A message (messages[%s])\u00a0in the request body is invalid"
	for property, want := range map[string]line.Violation{
		"messages[1].text":                    {"messages[1].text", "Bad"},
		"messages[1][0]":                      {"messages[1][0]", "Bad"},
		"messages":                            {"messages", "Bad"},
		"messages[2]":                         {"messages", "messages[2]: Bad"},
		"messages[-1].text":                   {"messages", "messages[-1].text: Bad"},
		"messages[+1]":                        {"messages", "messages[+1]: Bad"},
		"messages[01]":                        {"messages", "messages[01]: Bad"},
		"messages[9223372036854775808].text":  {"messages", "messages[9223372036854775808].text: Bad"},
		"messages[18446744073709551616].text": {"messages", "messages[18446744073709551616].text: Bad"},
		"messages[]":                          {"messages", "messages[]: Bad"},
		"messages[0":                          {"messages", "messages[0: Bad"},
		"messages[0]text":                     {"messages", "messages[0]text: Bad"},
		"messages.0":                          {"messages", "messages.0: Bad"},
		"message":                             {"messages", "message: Bad"},
		"to":                                  {"messages", "to: Bad"},
		"/":                                   {"messages", "/: Bad"},
		fmt.Sprintf(one, "1") + " /body/-1":   {"messages[1].contents.body.-1", "Bad"},
		fmt.Sprintf(one, "2") + " /body":      {"messages", "messages[2].contents.body: Bad"},
		fmt.Sprintf(one, "2") + " ":           {"messages", "messages[2]: Bad"},
		fmt.Sprintf(one, "99999999999999999999") + " text": {"messages", "messages[99999999999999999999].text: Bad"},
	} {
		server := start(t, linetest.Config{Token: token})
		message := "The request body has 1 error(s)"
		if strings.HasPrefix(property, "A message") {
			at := strings.LastIndex(property, " ")
			message, property = property[:at], property[at+1:]
		}
		server.AddFaults(standin.Fault{Status: http.StatusBadRequest,
			Body: `{"message":"` + message + `","details":[{"message":"Bad","property":"` + property + `"}]}`})
		found, err := newClient(t, server.URL).ValidatePush(t.Context(), []string{goodText, goodText})
		if err != nil || !slices.Equal(found, []line.Violation{want}) {
			t.Errorf("%s, %s: got %q, %v, want %q", message, property, found, err, want)
		}
	}
	server := start(t, linetest.Config{Token: token})
	server.AddFaults(standin.Fault{Status: http.StatusBadRequest, Body: `{"message":"` + fmt.Sprintf(one, "7") + `"}`})
	found, err := newClient(t, server.URL).ValidatePush(t.Context(), []string{goodText})
	if want := (line.Violation{Path: "messages", Message: "messages[7]: " + fmt.Sprintf(one, "7")}); err != nil || !slices.Equal(found, []line.Violation{want}) {
		t.Errorf("got %q, %v, want %q", found, err, want)
	}
}

// LINE's verdict names the same values as the offline rules.
func TestVerdictsAndRulesHaveTheSamePaths(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	client := newClient(t, server.URL)
	for _, message := range []string{
		`{"type":"text","text":""}`,
		`{"type":"textV2","text":"{!owe}"}`,
		`{"type":"image","originalContentUrl":"http://example.com/a.png"}`,
		`{"type":"flex","altText":"a","contents":{"type":"bubble"}}`,
		`{"type":"flex","altText":"a","contents":{"type":"carousel","contents":[{"type":"bubble","hero":{"type":"image","url":""},"body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":""}]}}]}}`,
		`{"type":"template","altText":"a","template":{"type":"confirm","text":"a","actions":[{"type":"uri","label":"a","uri":"javascript:a"}]}}`,
	} {
		problems := linebody.ValidateMessages(linetest.UserID(1), linebody.ParseMessages(goodText, message), linebody.Options{})
		var want, got []string
		for _, problem := range problems {
			want = append(want, problem.Path)
		}
		found, err := client.ValidatePush(t.Context(), []string{goodText, message})
		for _, violation := range found {
			got = append(got, violation.Path)
		}
		if err != nil || len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%s: LINE names %q, the rules name %q, %v", message, got, want, err)
		}
	}
}

func TestWhatIsNoVerdictIsAnError(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		fault standin.Fault
		want  []string
	}{
		"token":     {linetest.ErrorFault(401, linetest.MessageBadToken), []string{"401", "LINE Developers Console"}},
		"size":      {standin.Fault{Status: 413}, []string{"413", "2 MB"}},
		"proxy":     {standin.Fault{Status: 400, Body: "<html>Bad"}, []string{"400 Bad Request", `"<html>Bad"`}},
		"empty 400": {standin.Fault{Status: 400}, []string{"400 Bad Request"}},
		"permission": {linetest.ErrorFault(403, linetest.MessageNotAvailable),
			[]string{"403", linetest.MessageNotAvailable}},
		"empty 200": {standin.Fault{Status: 200, Header: http.Header{"X-Line-Request-Id": nil, "X-Request-Id": {"r"}}},
			[]string{"200 OK, but not with a JSON object"}},
		"HTML": {standin.Fault{Status: 200, Body: "<html>"}, []string{"200 OK, but not", `"<html>"`, "proxy"}},
		"null": {standin.Fault{Status: 200, Body: "null"}, []string{"200 OK, but not"}},
		"list": {standin.Fault{Status: 200, Body: "[]"}, []string{"200 OK, but not"}},
	}
	for name, test := range tests {
		server := start(t, linetest.Config{Token: token})
		server.AddFaults(test.fault)
		found, err := newClient(t, server.URL).ValidatePush(t.Context(), []string{goodText})
		wantParts(t, err, append(test.want, "validate messages: ", "request id ")...)
		if found != nil || err != nil && strings.Contains(err.Error(), "follower") || len(server.Requests()) != 1 {
			t.Errorf("%s: %v, %v, %d requests", name, found, err, len(server.Requests()))
		}
	}
}

// line-openapi (messaging-api.yml, commit 6e4c2a2) declares the status alone, and the reference shows {}.
func TestEmptyAnswerOfLINEIsAGoodOne(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	client := newClient(t, server.URL)
	for _, body := range []string{"", "{}", "{}\n", `{"new":[1]}`} {
		server.AddFaults(standin.Fault{Status: 200, Body: body})
		if found, err := client.ValidatePush(t.Context(), []string{goodText}); err != nil || found != nil {
			t.Errorf("%q: %v, %v", body, found, err)
		}
	}
}

func TestVerdictIsAskedForAgain(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	server.AddFaults(standin.Fault{Reset: true}, standin.Fault{Truncate: true}, standin.Fault{Status: 500})
	found, err := newClient(t, server.URL).ValidatePush(t.Context(), []string{`{"type":"text","text":""}`})
	if err != nil || !slices.Equal(found, []line.Violation{{Path: "messages[0].text", Message: "May not be empty"}}) {
		t.Errorf("got %v, %v", found, err)
	}
	if got := len(server.Requests()); got != 4 {
		t.Errorf("%d requests, want 4", got)
	}
}

// What is no JSON could otherwise pass for several messages.
func TestMessagesThatAreNotJSONAreNotSent(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	for _, message := range []string{"", "{", goodText + "," + goodText, goodText + `],"to":["x"`} {
		_, err := newClient(t, server.URL).ValidatePush(t.Context(), []string{goodText, message})
		wantParts(t, err, "messages[1] is not JSON")
	}
	if got := len(server.Requests()); got != 0 {
		t.Errorf("%d requests, want none", got)
	}
}
