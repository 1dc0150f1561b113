package actions_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const (
	sendTestMessage = "clevertap_line_send_test_message"
	hi              = `{"type":"text","text":"Hi {{ Profile.Name }}"}`

	quotaPath, pushPath = "/v2/bot/message/quota", "/v2/bot/message/push"
)

// object writes a configuration as JSON.
func object(t *testing.T, attributes map[string]any) string {
	t.Helper()
	text, err := json.Marshal(attributes)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// lineWorld is a provider with LINE's stand-in and a publish store.
type lineWorld struct {
	*acctest.Server
	t         *testing.T
	line      *linetest.Server
	published string
}

func newLineWorld(t *testing.T, config linetest.Config) *lineWorld {
	t.Helper()
	config.Followers = linetest.UserIDs(1)
	w := &lineWorld{t: t, line: acctest.LineServer(t, config), published: t.TempDir()}
	w.Server = acctest.NewServer(t, fmt.Sprintf(
		`{"max_retries":1,"retry_max_wait_seconds":1,"line":{"channel_access_token":%q,"api_url":%q},"publish_store":{"local":{"path":%q}}}`,
		acctest.LineToken, w.line.URL, w.published))
	return w
}

// send invokes the action with attributes besides the recipient. Nothing it says has the recipient or the token.
func (w *lineWorld) send(attributes map[string]any) acctest.ActionCalls {
	w.t.Helper()
	if attributes["to"] == nil {
		attributes["to"] = linetest.UserID(0)
	}
	calls := w.InvokeAction(sendTestMessage, object(w.t, attributes))
	for _, secret := range []string{linetest.UserID(0), acctest.LineToken} {
		if all := fmt.Sprint(calls); strings.Contains(all, secret) {
			w.t.Errorf("it says %q: %s", secret, all)
		}
	}
	return calls
}

// pushes are the requests that push, and received what the user got.
func (w *lineWorld) pushes() (requests []standin.Request) {
	for _, request := range w.line.Requests() {
		if request.Path == pushPath {
			requests = append(requests, request)
		}
	}
	return requests
}

func (w *lineWorld) received() (got []string) {
	for _, push := range w.line.Received(linetest.UserID(0)) {
		got = append(got, fmt.Sprintf("%s %q", push.Messages, push.Unit))
	}
	return got
}

var anyUUID = regexp.MustCompile(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

const blocked = " Whether it arrived LINE does not say: it takes messages to those, too, who blocked the account or never added it as a friend."

func TestTestMessageIsSent(t *testing.T) {
	t.Parallel()
	w := newLineWorld(t, linetest.Config{MonthlyLimit: 9})
	w.Apply("clevertap_line_linked_messages", object(t, map[string]any{
		"name": "news_ja", "linked_content": "line_messages", "variant_of": "news", "track_versions": true,
		"messages": []string{hi, `{"type":"text","text":"é"}`},
	}))
	aya := map[string]string{"Profile.Name": "Aya"}
	for _, test := range []struct {
		attributes map[string]any
		want       string
	}{
		{map[string]any{"messages": []string{hi}, "values": aya}, `[{"type":"text","text":"Hi Aya"}] ""`},
		{map[string]any{"body": `{"to":"{{ Profile.LineID }}","messages":[` + hi + `],"customAggregationUnits":["welcome_1a2b3c4d"]}`, "values": aya}, `[{"type":"text","text":"Hi Aya"}] ""`},
		{map[string]any{"linked_messages_name": "news_ja", "values": aya}, `[{"type":"text","text":"Hi Aya"} {"type":"text","text":"é"}] ""`},
	} {
		before := len(w.received())
		calls := w.send(test.attributes)
		left := 9 - before
		want := []string{
			fmt.Sprintf("Of 9 messages of this month, about %d are left; this is one of them.", left),
			"LINE took the message (request id ID)." + blocked,
		}
		for i := range calls.Progress {
			calls.Progress[i] = anyUUID.ReplaceAllString(calls.Progress[i], "ID")
		}
		if calls.Validate+calls.Plan+calls.Invoke != "" || !slices.Equal(calls.Progress, want) {
			t.Errorf("%v: got %+v", test.attributes, calls)
		}
		if got := w.received(); len(got) != before+1 || got[before] != test.want {
			t.Errorf("%v: received %q, want %q", test.attributes, got, test.want)
		}
	}
	keys := map[string]bool{}
	for _, request := range w.pushes() {
		keys[request.Header.Get("X-Line-Retry-Key")] = true
	}
	if len(keys) != 3 {
		t.Errorf("three invocations had %d keys", len(keys))
	}
}

// What can be known is said when the configuration is validated and planned, and nothing is sent when it is invoked all the
// same.
func TestTestMessageThatCannotBeSent(t *testing.T) {
	t.Parallel()
	w := newLineWorld(t, linetest.Config{})
	const cannot = "ERROR The test message cannot be sent: "
	for name, test := range map[string]struct {
		attributes map[string]any
		want       string
	}{
		"nothing to send": {map[string]any{}, "ERROR What to send is not clear: Exactly one of body, messages and linked_messages_name is to be given.\n"},
		"two to send":     {map[string]any{"messages": []string{hi}, "linked_messages_name": "x"}, "ERROR What to send is not clear: Exactly one of body, messages and linked_messages_name is to be given.\n"},
		"no value":        {map[string]any{"messages": []string{hi}}, cannot + "there is neither a value nor a default for {{ Profile.Name }}\n"},
		"refused":         {map[string]any{"messages": []string{`{"type":"text","text":""}`}}, cannot + "LINE would refuse the message\n  messages[0].text: must not be empty (empty-text)\n"},
		"no messages":     {map[string]any{"messages": []string{}}, cannot + "LINE would refuse the message\n  messages: has 0 messages, but must have 1 to 5 (item-count)\n"},
		"a null message":  {map[string]any{"messages": []any{nil}}, "ERROR Value Conversion Error: "},
		"linked":          {map[string]any{"body": `{% if Linked.a.name == "x" %}{"to":"U","messages":{{ Linked.a.parts[0] }}}{% else %}{% abort %}{% endif %}`}, cannot + "the body reads its messages from Linked Content when a campaign sends: send the linked messages themselves\n"},
		"aborted":         {map[string]any{"messages": []string{`{"type":"text","text":"{% abort %}a"}`}}, cannot + "the body aborted the message\n"},
		"a group":         {map[string]any{"messages": []string{`{"type":"text","text":"a"}`}, "to": "C" + linetest.UserID(0)[1:]}, "ERROR No LINE user ID: A test message is sent to one user, whose ID is U and 32 lower-case hexadecimal digits. Groups and rooms get none.\n"},
	} {
		calls := w.send(test.attributes)
		for step, said := range map[string]string{"validate": calls.Validate, "plan": calls.Plan, "invoke": calls.Invoke} {
			if !strings.HasPrefix(said, test.want) || strings.Count(said, "ERROR") != 1 {
				t.Errorf("%s, %s: %s, want %s", name, step, said, test.want)
			}
		}
		if calls.Progress != nil {
			t.Errorf("%s: got %q", name, calls.Progress)
		}
	}
	// Published messages are not looked at before the apply, to whom they go is.
	calls := w.send(map[string]any{"linked_messages_name": "news", "to": "Xbad"})
	if !strings.HasPrefix(calls.Validate, "ERROR No LINE user ID") || !strings.HasPrefix(calls.Plan, "ERROR No LINE user ID") {
		t.Errorf("validate says %q, plan %q", calls.Validate, calls.Plan)
	}
	if got := w.line.Requests(); len(got) > 0 {
		t.Errorf("LINE was asked %v", got)
	}
}

// What is published is looked at when the action is invoked.
func TestLinkedTestMessageThatCannotBeSent(t *testing.T) {
	t.Parallel()
	w := newLineWorld(t, linetest.Config{})
	w.Apply("clevertap_line_linked_messages", object(t, map[string]any{"name": "news", "linked_content": "a", "messages": []string{hi}}))
	file := acctest.Stored(w.published, "line-linked-messages", "news.json")
	document := acctest.ReadFile(t, file)
	for name, test := range map[string]struct{ name, document, want string }{
		"another name": {"other", document, "ERROR The test message cannot be sent: " + w.published + "/default/line-linked-messages/other.json: there is no set of LINE linked messages \"other\"."},
		"no value":     {"news", document, "ERROR The test message cannot be sent: there is neither a value nor a default for {{ Profile.Name }}\n"},
		"edited":       {"news", strings.Replace(document, `[{\"type`, `{\"type`, 1), "ERROR The test message cannot be sent: what is published is no list of messages"},
		"damaged":      {"news", "{", "ERROR The test message cannot be sent: "},
	} {
		acctest.WriteFile(t, file, test.document)
		w.Server = acctest.NewServer(t, fmt.Sprintf(`{"line":{"channel_access_token":%q,"api_url":%q},"publish_store":{"local":{"path":%q}}}`, acctest.LineToken, w.line.URL, w.published))
		calls := w.send(map[string]any{"linked_messages_name": test.name})
		if calls.Validate+calls.Plan != "" || !strings.HasPrefix(calls.Invoke, test.want) || strings.Count(calls.Invoke, "ERROR") != 1 {
			t.Errorf("%s: got %+v, want %q", name, calls, test.want)
		}
	}
	if got := w.line.Requests(); len(got) > 0 {
		t.Errorf("LINE was asked %v", got)
	}
}

// A plan goes on without what is not known yet, and ends where a connection is missing.
func TestTestMessageWithoutConnections(t *testing.T) {
	t.Setenv("LINE_CHANNEL_ACCESS_TOKEN", "")
	t.Setenv("CLEVERTAP_PUBLISH_STORE", "")
	s := acctest.NewServer(t, `{}`)
	calls := s.InvokeAction(sendTestMessage, object(t, map[string]any{"to": linetest.UserID(0), "messages": []string{`{"type":"text","text":"a"}`}}))
	for _, said := range []string{calls.Plan, calls.Invoke} {
		if calls.Validate != "" || !strings.HasPrefix(said, "ERROR Missing LINE channel access token: ") || strings.Count(said, "ERROR") != 1 {
			t.Errorf("got %+v", calls)
		}
	}
	calls = s.InvokeAction(sendTestMessage, object(t, map[string]any{"to": linetest.UserID(0), "linked_messages_name": "a"}))
	if !strings.Contains(calls.Plan, "ERROR Missing LINE channel access token: ") || !strings.Contains(calls.Plan, "ERROR No publish store is configured: ") {
		t.Errorf("got %+v", calls)
	}
	if !strings.HasPrefix(calls.Invoke, "ERROR No publish store is configured: ") {
		t.Errorf("got %+v", calls)
	}
}

func TestUnknownValuesWait(t *testing.T) {
	t.Parallel()
	w := newLineWorld(t, linetest.Config{})
	schema := w.Schemas.ActionSchemas[sendTestMessage].Schema
	texts := tftypes.List{ElementType: tftypes.String}
	values := tftypes.Map{ElementType: tftypes.String}
	known := map[string]tftypes.Value{
		"to":                   tftypes.NewValue(tftypes.String, linetest.UserID(0)),
		"body":                 tftypes.NewValue(tftypes.String, nil),
		"messages":             tftypes.NewValue(texts, []tftypes.Value{tftypes.NewValue(tftypes.String, hi)}),
		"linked_messages_name": tftypes.NewValue(tftypes.String, nil),
		"values":               tftypes.NewValue(values, nil),
	}
	for name, unknown := range map[string]tftypes.Value{
		"":         known["to"],
		"to":       tftypes.NewValue(tftypes.String, tftypes.UnknownValue),
		"messages": tftypes.NewValue(texts, []tftypes.Value{tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}),
		"values":   tftypes.NewValue(values, map[string]tftypes.Value{"a": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)}),
	} {
		given := map[string]tftypes.Value{}
		for attribute, value := range known {
			given[attribute] = value
		}
		if name != "" {
			given[name] = unknown
		}
		config, err := tfprotov6.NewDynamicValue(schema.ValueType(), tftypes.NewValue(schema.ValueType(), given))
		if err != nil {
			t.Fatal(err)
		}
		actions := w.ProviderServer.(tfprotov6.ActionServer)
		validated, err := actions.ValidateActionConfig(t.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: sendTestMessage, Config: &config})
		if err != nil {
			t.Fatal(err)
		}
		planned, err := actions.PlanAction(t.Context(), &tfprotov6.PlanActionRequest{ActionType: sendTestMessage, Config: &config})
		if err != nil {
			t.Fatal(err)
		}
		for _, said := range [][]*tfprotov6.Diagnostic{validated.Diagnostics, planned.Diagnostics} {
			if (len(said) == 0) != (name != "") {
				t.Errorf("%q unknown: said %v", name, said)
			}
		}
	}
}

func TestTestMessageWarns(t *testing.T) {
	t.Parallel()
	w := newLineWorld(t, linetest.Config{Verdicts: []linetest.Verdict{{Messages: `[{"type":"hologram"}]`}}})
	calls := w.send(map[string]any{"messages": []string{`{"type":"hologram"}`}})
	if calls.Validate+calls.Plan != "" || !strings.HasPrefix(calls.Invoke, "WARNING The test message may not be what you want: messages[0].type: ") || len(w.received()) != 1 {
		t.Errorf("got %+v, received %q", calls, w.received())
	}
}

func TestSpentQuotaSendsNothing(t *testing.T) {
	t.Parallel()
	w := newLineWorld(t, linetest.Config{MonthlyLimit: 1})
	plain := map[string]any{"messages": []string{`{"type":"text","text":"a"}`}}
	w.send(plain)
	calls := w.send(plain)
	if !strings.HasPrefix(calls.Invoke, "ERROR The test message was not sent: the account has used up the 1 messages of this month") ||
		calls.Progress != nil || len(w.pushes()) != 1 {
		t.Errorf("got %+v after %d pushes", calls, len(w.pushes()))
	}
}

func TestFaultsOfLINE(t *testing.T) {
	t.Parallel()
	const unsure = "ERROR LINE did not say that it took the test message: "
	at := func(path string, fault standin.Fault) standin.Fault {
		fault.Path = path
		return fault
	}
	header := http.Header{"X-Line-Request-Id": {"r-1"}}
	for name, test := range map[string]struct {
		fault  standin.Fault
		times  int
		want   string // "" if it is sent
		pushes int
		got    int
	}{
		"answer lost":          {at(pushPath, standin.Fault{Done: true, Reset: true}), 1, "", 2, 1},
		"answer lost for good": {at(pushPath, standin.Fault{Done: true, Reset: true}), 2, unsure + "push messages: no answer from LINE: ", 2, 1},
		"500, then well":       {at(pushPath, standin.Fault{Status: 500}), 1, "", 2, 1},
		"500":                  {at(pushPath, standin.Fault{Status: 500, Header: header}), 2, unsure + "push messages: LINE answered 500 Internal Server Error (request id r-1). The failure is at LINE's end. Whether the messages were sent is not known.", 2, 0},
		"monthly limit":        {at(pushPath, linetest.ErrorFault(429, linetest.MessageMonthlyLimit)), 1, unsure + "push messages: LINE answered 429 Too Many Requests: You have reached your monthly limit.", 1, 0},
		"rate limit":           {at(pushPath, linetest.ErrorFault(429, linetest.MessageRateLimit)), 2, unsure + "push messages: LINE answered 429 Too Many Requests: The API rate limit has been exceeded.", 2, 0},
		"401":                  {at(pushPath, linetest.ErrorFault(401, linetest.MessageBadToken)), 1, unsure + "push messages: LINE answered 401 Unauthorized: Authentication failed", 1, 0},
		"unknown user":         {at(pushPath, linetest.ErrorFault(400, linetest.MessageNoRecipient)), 1, unsure + "push messages: LINE answered 400 Bad Request: Failed to send messages", 1, 0},
		"HTML":                 {at(pushPath, standin.Fault{Status: 200, Header: header, Body: "<html>"}), 1, unsure + "push messages: LINE answered 200 OK, but without the messages that it sent", 1, 0},
		"empty":                {at(pushPath, standin.Fault{Status: 200, Header: header}), 1, unsure + "push messages: LINE answered 200 OK, but without the messages that it sent", 1, 0},
		"quota 401":            {at(quotaPath, linetest.ErrorFault(401, linetest.MessageBadToken)), 1, "ERROR The test message was not sent: get the limit of messages: LINE answered 401 Unauthorized", 0, 0},
		"quota HTML":           {at(quotaPath, standin.Fault{Status: 200, Body: "<html>"}), 1, "ERROR The test message was not sent: get the limit of messages: ", 0, 0},
	} {
		w := newLineWorld(t, linetest.Config{})
		w.line.AddFaults(slices.Repeat([]standin.Fault{test.fault}, test.times)...)
		calls := w.send(map[string]any{"messages": []string{`{"type":"text","text":"a"}`}})
		if calls.Validate+calls.Plan != "" || (calls.Invoke == "") != (test.want == "") || !strings.HasPrefix(calls.Invoke, test.want) {
			t.Errorf("%s: got %+v, want %q", name, calls, test.want)
		}
		if pushes, got := len(w.pushes()), len(w.received()); pushes != test.pushes || got != test.got {
			t.Errorf("%s: %d pushes, received %d", name, pushes, got)
		}
		if last := calls.Progress; name == "answer lost" && (len(last) != 2 || !strings.HasPrefix(last[1], "LINE took the message at an attempt whose answer was lost")) {
			t.Errorf("%s: got %q", name, last)
		}
	}
}
