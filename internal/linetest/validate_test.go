package linetest_test

import (
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

// The answers are those of the Messaging API reference ("Validate message objects of a push message", "Error
// responses"), of LINE's news of 2022-12-06 on duplicate keys, and, for flex, template and textV2, those that users of
// LINE's SDKs have reported; see package line for how they read.
func TestValidatePushAnswersInTheWordsOfLINE(t *testing.T) {
	t.Parallel()
	const text = `{"type":"text","text":"Hello, world"}`
	flex := func(contents string) string {
		return `{"messages":[{"type":"flex","altText":"a","contents":` + contents + `}]}`
	}
	box := func(content string) string {
		return flex(`{"type":"bubble","footer":{"type":"box","layout":"vertical","contents":[` + content + `]}}`)
	}
	action := `{"type":"message","label":"a","text":"b"}`
	template := func(uri, actions string) string {
		return `{"messages":[{"type":"template","altText":"a","template":{"type":"carousel","columns":[{"text":"a",` +
			`"actions":[{"type":"uri","label":"a","uri":"` + uri + `"}` + actions + `]}]}}]}`
	}
	const semantic = "A message (messages[0])\u00a0in the request body is invalid"
	tests := map[string]struct{ body, message, details string }{
		"good":          {`{"messages":[` + text + `]}`, "", ""},
		"no messages":   {`{}`, "The request body has 1 error(s)", `messages: Size must be between 1 and 5`},
		"empty list":    {`{"messages":[]}`, "The request body has 1 error(s)", `messages: Size must be between 1 and 5`},
		"six":           {`{"messages":[` + strings.Repeat(text+",", 5) + text + `]}`, "The request body has 1 error(s)", `messages: Size must be between 1 and 5`},
		"too long":      {`{"messages":[{"type":"text","text":"` + strings.Repeat("a", 5001) + `"}]}`, "The request body has 1 error(s)", `messages[0].text: Length must be between 0 and 5000`},
		"UTF-16":        {`{"messages":[{"type":"text","text":"` + strings.Repeat("🍎", 2501) + `"}]}`, "The request body has 1 error(s)", `messages[0].text: Length must be between 0 and 5000`},
		"two":           {`{"messages":[{"type":"text","text":""},{"type":"nope"}]}`, "The request body has 2 error(s)", "messages[0].text: May not be empty; messages[1].type: Must be one of the following values: [text, image, video, audio, location, sticker, template, imagemap]"},
		"http image":    {`{"messages":[{"type":"image","originalContentUrl":"http://example.com/a.png","previewImageUrl":"https://example.com/a.png"}]}`, "The request body has 1 error(s)", "messages[0].originalContentUrl: Must be a valid value"},
		"not JSON":      {"{\n\"messages\": [}", "The request body could not be parsed as JSON (line: 2, column: 14)", ""},
		"key twice":     {`{"messages":[` + text + `],"messages":[]}`, "The request body could not be parsed as JSON (line: 1, column: 53)", ": Duplicate field 'messages'"},
		"key in second": {`{"messages":[` + text + `,{"type":"text","text":"a","type":"text"}]}`, "The property, 'messages[1]', in the request body is invalid (line: 1, column: 78)", ": Duplicate field 'type'"},
		"wrong type":    {`{"messages":"text"}`, "The property, 'messages', in the request body is invalid (line: -, column: -)", ""},
		"no block":      {flex(`{"type":"bubble"}`), semantic, "/: At least one block must be specified"},
		"unknown field": {box(`{"type":"text","text":"a","_comment":"b"}`), semantic, "/footer/contents/0/_comment: unknown field"},
		"unknown part":  {box(`{"type":"text","text":"a"},{"type":"nope"}`), semantic, "/footer/contents/1: invalid property"},
		"empty part":    {box(`{"type":"text","text":""}`), semantic, "/footer/contents/0/text: must be non-empty text"},
		"flex http":     {flex(`{"type":"bubble","hero":{"type":"image","url":"http://example.com/a.png"}}`), semantic, "/hero/url: invalid uri scheme"},
		"flex label":    {box(`{"type":"button","action":{"type":"uri","label":"` + strings.Repeat("a", 41) + `","uri":"https://example.com"}}`), semantic, "/footer/contents/0/action/label: must not be longer than 40 characters"},
		"four actions":  {template("https://example.com", strings.Repeat(","+action, 3)), semantic, "template/columns/0/actions: must not be more than 3 items"},
		"long URI":      {template("https://example.com/"+strings.Repeat("a", 1000), ""), semantic, "template/columns/0/actions/0/uri: size must be between 0 and 1000"},
		"textV2 key":    {`{"messages":[{"type":"textV2","text":"{!owe}"}]}`, semantic, "text: The key '!owe' enclosed in '{}' does not match the pattern '^[a-zA-Z0-9_]{1,20}$'."},
	}
	server := start(t, linetest.Config{Token: token})
	for name, test := range tests {
		status, answer := validate(t, server, test.body, nil)
		var details []string
		for _, detail := range answer.Details {
			details = append(details, detail.Property+": "+detail.Message)
		}
		want := http.StatusBadRequest
		if test.message == "" {
			want = http.StatusOK
		}
		if status != want || answer.Message != test.message || strings.Join(details, "; ") != test.details {
			t.Errorf("%s: %d %q %q, want %d %q %q", name, status, answer.Message, details, want, test.message, test.details)
		}
	}
}

// Recipients are not looked at, and what CleverTap renders means nothing to LINE.
func TestValidatePushLooksAtMessagesOnly(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	const message = `"messages":[{"type":"textV2","text":"{all}","substitution":{"all":{"type":"mention","mentionee":{"type":"all"}}}}]`
	for _, body := range []string{
		`{` + message + `}`, `{"to":1,"notificationDisabled":"x",` + message + `}`,
		`{"messages":[{"type":"text","text":"{% if %} {{ nothing }}"}]}`,
	} {
		if status, answer := validate(t, server, body, nil); status != http.StatusOK || !reflect.DeepEqual(answer, refusal{}) {
			t.Errorf("%s: %d %+v", body, status, answer)
		}
	}
}

func TestValidatePushLooksAtItsHeaders(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	for name, test := range map[string]struct {
		header http.Header
		body   string
		status int
	}{
		"retry key":    {http.Header{"X-Line-Retry-Key": {"123e4567-e89b-12d3-a456-426614174000"}}, `{}`, 400},
		"content type": {http.Header{"Content-Type": {"text/plain"}}, `{}`, 415},
		"size":         {nil, strings.Repeat(" ", 2_000_001), 413},
		"token":        {http.Header{"Authorization": {"Bearer other"}}, `{}`, 401},
	} {
		if status, answer := validate(t, server, test.body, test.header); status != test.status || answer.Message == "" {
			t.Errorf("%s: %d %+v, want %d", name, status, answer, test.status)
		}
	}
}

// refusal is LINE's form of an error.
type refusal struct {
	Message string
	Details []struct{ Message, Property string }
}

func validate(t *testing.T, server *linetest.Server, body string, header http.Header) (int, refusal) {
	t.Helper()
	url := server.URL + "/v2/bot/message/validate/push"
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {"application/json"}}
	for name, values := range header {
		request.Header[name] = values
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var answer refusal
	if err := json.Unmarshal(text, &answer); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return response.StatusCode, answer
}
