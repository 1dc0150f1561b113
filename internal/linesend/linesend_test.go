package linesend_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linesend"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/rendering"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const (
	token = "token-of-the-test-channel"
	hi    = `{"type":"text","text":"Hi {{ Profile.Name | default: 'you' }}"}`
)

func user(t *testing.T) line.UserID {
	t.Helper()
	id, err := line.ParseUserID(linetest.UserID(0))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func start(t *testing.T, config linetest.Config) (*linetest.Server, *line.Client) {
	t.Helper()
	config.Token, config.Followers = token, linetest.UserIDs(1)
	server := linetest.NewServer(config)
	t.Cleanup(server.Close)
	client, err := line.New(line.Config{ChannelAccessToken: token, BaseURL: server.URL, HTTP: httpclient.New(httpclient.Config{
		MaxRetries: 2, RetryWaitMin: time.Millisecond, RetryWaitMax: time.Millisecond,
	})})
	if err != nil {
		t.Fatal(err)
	}
	return server, client
}

// sent is the body that goes to LINE for a draft.
func sent(t *testing.T, draft linesend.Draft, values map[string]string) string {
	t.Helper()
	server, client := start(t, linetest.Config{})
	message, err := draft.Fill(user(t), values, linebody.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := message.Send(t.Context(), client); err != nil {
		t.Fatal(err)
	}
	return string(server.Requests()[0].Body)
}

// The recipient and the unit names of a body are a campaign's; all else is sent as the campaign sends it.
func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	to := `{"to":"` + linetest.UserID(0) + `","messages":`
	ada := map[string]string{"Profile.Name": "Ada"}
	for name, test := range map[string]struct {
		text   string
		values map[string]string
		want   string
	}{
		"a campaign's body": {`{"to":"{{ Profile.LineID }}","messages":[` + hi + `],"notificationDisabled":true,"customAggregationUnits":["welcome_1a2b3c4d"]}`, ada, to + `[{"type":"text","text":"Hi Ada"}],"notificationDisabled":true}`},
		"another recipient": {`{"to":"` + linetest.UserID(1) + `","messages":[` + hi + `],"notificationDisabled":false}`, nil, to + `[{"type":"text","text":"Hi you"}],"notificationDisabled":false}`},
		"no recipient":      {`{"messages":[` + hi + `],"notificationDisabled":null}`, nil, to + `[{"type":"text","text":"Hi you"}]}`},
		"messages":          {`[` + hi + `,{"type":"sticker","packageId":"1","stickerId":"2"}]`, ada, to + `[{"type":"text","text":"Hi Ada"},{"type":"sticker","packageId":"1","stickerId":"2"}]}`},
		"a message":         {`{"$schema":"x","type":"text","text":"é\u0041\n"}`, nil, to + `[{"type":"text","text":"éA\n"}]}`},
		"a Flex container":  {`{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"{{ Event.Total | default: 0 }}"}]}}`, map[string]string{"Event.Total": "12"}, to + `[{"type":"flex","altText":"-","contents":{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"12"}]}}}]}`},
		"picker tokens":     {`[{"type":"text","text":"@Profile - Name | default: 'x' and @Event - Total | default: \"0\"."}]`, ada, to + `[{"type":"text","text":"Ada and 0."}]}`},
		"across messages":   {`[{"type":"text","text":"{% assign n = Profile.Name %}a"},{"type":"text","text":"{{ n }}"}]`, ada, to + `[{"type":"text","text":"a"},{"type":"text","text":"Ada"}]}`},
	} {
		draft, err := linesend.Read(test.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := sent(t, draft, test.values); got != test.want {
			t.Errorf("%s: sent\n%s, want\n%s", name, got, test.want)
		}
	}
}

func TestPublishedMessagesAreSent(t *testing.T) {
	t.Parallel()
	cut, err := linkedcontent.Cut(linebody.ParseMessages(hi, `{"type":"text","text":"é"}`))
	if err != nil {
		t.Fatal(err)
	}
	draft, err := linesend.ReadLinked(cut.Parts, cut.Tags)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"to":"` + linetest.UserID(0) + `","messages":[{"type":"text","text":"Hi Ada"},{"type":"text","text":"` + `\u00e9` + `"}]}`
	if got := sent(t, draft, map[string]string{"Profile.Name": "Ada"}); strings.ReplaceAll(got, "é", `\u00e9`) != want {
		t.Errorf("sent %s", got)
	}
	if _, err := linesend.ReadLinked([]string{"[", "]"}, []string{"x"}); !errors.Is(err, linesend.ErrEdited) {
		t.Errorf("got %v", err)
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	linked, err := linkedcontent.Reference{LinkedContent: "line_messages", Name: "welcome", Shape: linkedcontent.Shape(nil)}.Body(
		linkedcontent.Envelope{To: "{{ Profile.LineID }}"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := linesend.Read(linked); !errors.Is(err, linesend.ErrLinked) {
		t.Errorf("got %v", err)
	}
	for text, want := range map[string]string{
		``:                            "LINE would refuse the message\n  ",
		`{`:                           "(json-syntax)",
		`[]`:                          "messages: has 0 messages, but must have 1 to 5 (item-count)",
		`[{"type":"text","text":""}]`: "messages[0].text: must not be empty (empty-text)",
		`{"to":"x","messages":[` + hi + `],"customAggregationUnits":["a-b"]}`: "customAggregationUnits[0]: ",
		`{"type":"text","text":"{{ Profile.Name | default: "x" }}"}`:          "double quote",
		`{"type":"text","text":"{{ Profile.Name | nope }}"}`:                  `"nope" is not a filter`,
	} {
		if _, err := linesend.Read(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", text, err, want)
		}
	}
	if _, err := linesend.ReadMessages([]string{hi, "7"}); err == nil || !strings.Contains(err.Error(), "messages[1]: a message is one JSON object") {
		t.Errorf("got %v", err)
	}
}

func TestFillRefuses(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text   string
		values map[string]string
		want   string
	}{
		"no value":         {`{"type":"text","text":"{{ Profile.Name }} {{ Profile.Age }}"}`, map[string]string{"Profile.Age": "3"}, "there is neither a value nor a default for {{ Profile.Name }}"},
		"abort":            {`{"type":"text","text":"{% unless Profile.Name %}{% abort %}{% endunless %}a"}`, nil, rendering.ErrAborted.Error()},
		"a quote":          {`[` + hi + `]`, map[string]string{"Profile.Name": `a"b`}, "LINE would refuse the message with these values\n  "},
		"another `to`":     {`[` + hi + `]`, map[string]string{"Profile.Name": `"}],"to":"` + linetest.UserID(1) + `","messages":[{"type":"text","text":"`}, "json-duplicate-key"},
		"too long":         {`[` + hi + `]`, map[string]string{"Profile.Name": strings.Repeat("a", 5000)}, "messages[0].text: has 5003 of at most 5000"},
		"names that clash": {`[` + hi + `]`, map[string]string{"Profile": "a", "Profile.Name": "b"}, "Profile.Name: another one gives a value"},
		"empty":            {`{"type":"text","text":"{{ Profile.Name | default: '' }}"}`, nil, "messages[0].text: must not be empty (empty-text)"},
	} {
		draft, err := linesend.Read(test.text)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := draft.Fill(user(t), test.values, linebody.Options{}); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", name, err, test.want)
		}
	}
}

// A value that nothing uses is a misspelt name, and the message is not what it should be.
func TestUnusedValues(t *testing.T) {
	t.Parallel()
	draft, err := linesend.Read(hi)
	if err != nil {
		t.Fatal(err)
	}
	message, err := draft.Fill(user(t), map[string]string{"Profile.Name": "Ada", "Profile.Nam": "x"}, linebody.Options{})
	if want := []string{"the value of Profile.Nam is not used: no tag has this name; the tags have Profile.Name"}; err != nil || !slices.Equal(message.Warnings, want) {
		t.Errorf("got %q, %v", message.Warnings, err)
	}
}

func TestWarnings(t *testing.T) {
	t.Parallel()
	draft, err := linesend.Read(`[{"type":"hologram"}]`)
	if err != nil {
		t.Fatal(err)
	}
	message, err := draft.Fill(user(t), nil, linebody.Options{})
	if err != nil || len(message.Warnings) != 1 || !strings.HasPrefix(message.Warnings[0], "messages[0].type: ") || !strings.HasSuffix(message.Warnings[0], " (unknown-type)") {
		t.Errorf("got %q, %v", message.Warnings, err)
	}
	if _, err := draft.Fill(user(t), nil, linebody.Options{Strict: true}); err == nil || !strings.Contains(err.Error(), "unknown-type") {
		t.Errorf("got %v", err)
	}
	if message, err := draft.Fill(user(t), nil, linebody.Options{Ignore: []string{"unknown-type"}}); err != nil || message.Warnings != nil {
		t.Errorf("got %q, %v", message.Warnings, err)
	}
}

// A token of the picker is filled, as where CleverTap's editor put it, with a warning that it works only there.
func TestPickerTokens(t *testing.T) {
	t.Parallel()
	draft, err := linesend.Read(`[{"type":"text","text":"@Profile - Name | default: 'x'"}]`)
	if err != nil {
		t.Fatal(err)
	}
	message, err := draft.Fill(user(t), nil, linebody.Options{})
	if err != nil || len(message.Warnings) != 1 || !strings.Contains(message.Warnings[0], "works only where its editor put it") ||
		!slices.Equal(message.Summary(), []string{`1. text "x"`}) {
		t.Errorf("got %q, %q, %v", message.Summary(), message.Warnings, err)
	}
	message, err = draft.Fill(user(t), map[string]string{"Profile.Name": "@Profile - No | default: 'y'"}, linebody.Options{})
	if err != nil || !slices.Equal(message.Summary(), []string{`1. text "@Profile - No | default: 'y'"`}) {
		t.Errorf("got %q, %v", message.Summary(), err)
	}
	if draft, err = linesend.Read(`[{"type":"text","text":"@Profile - Name | default: x"}]`); err != nil {
		t.Fatal(err)
	}
	if _, err := draft.Fill(user(t), nil, linebody.Options{}); err == nil || !strings.Contains(err.Error(), "token of the picker") {
		t.Errorf("got %v", err)
	}
}

func TestSummary(t *testing.T) {
	t.Parallel()
	draft, err := linesend.Read(`[{"type":"text","text":"` + strings.Repeat("👩‍👧", 61) + `"},{"type":"text","text":"` + strings.Repeat("é", 60) +
		`"},{"type":"flex","altText":"a\nb","contents":{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[]}}},` +
		`{"type":"location","title":"Office","address":"a","latitude":1,"longitude":2},{"type":"holo\u001bgram","text":7}]`)
	if err != nil {
		t.Fatal(err)
	}
	message, err := draft.Fill(user(t), nil, linebody.Options{})
	want := []string{
		`1. text "` + strings.Repeat(`👩\u200d👧`, 60) + `…"`, `2. text "` + strings.Repeat("é", 60) + `"`, `3. flex "a\nb"`, `4. location "Office"`,
		`5. "holo\x1bgram"`,
	}
	if got := message.Summary(); err != nil || !slices.Equal(got, want) {
		t.Errorf("got  %q, %v\nwant %q", got, err, want)
	}
}

func TestQuota(t *testing.T) {
	t.Parallel()
	draft, err := linesend.Read(hi)
	if err != nil {
		t.Fatal(err)
	}
	message, err := draft.Fill(user(t), nil, linebody.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server, client := start(t, linetest.Config{MonthlyLimit: 1})
	if got, err := linesend.Quota(t.Context(), client); err != nil || got != "Of 1 messages of this month, about 1 are left; this is one of them." {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := message.Send(t.Context(), client); err != nil {
		t.Fatal(err)
	}
	const spent = "the account has used up the 1 messages of this month, so that LINE would refuse this one. Nothing was sent. See its plan in LINE Official Account Manager"
	if got, err := linesend.Quota(t.Context(), client); got != "" || err == nil || err.Error() != spent {
		t.Errorf("got %q, %v", got, err)
	}
	server.AddFaults(linetest.ErrorFault(401, linetest.MessageBadToken))
	if got, err := linesend.Quota(t.Context(), client); got != "" || err == nil || !strings.HasSuffix(err.Error(), "\nNothing was sent") {
		t.Errorf("got %q, %v", got, err)
	}
	_, unlimited := start(t, linetest.Config{})
	if got, err := linesend.Quota(t.Context(), unlimited); err != nil || got != "The account has set no limit of messages, and has sent about 0 this month." {
		t.Errorf("got %q, %v", got, err)
	}
}

// Each sending has a key of its own, and what LINE said of it is said.
func TestSend(t *testing.T) {
	t.Parallel()
	const blocked = " Whether it arrived LINE does not say: it takes messages to those, too, who blocked the account or never added it as a friend."
	draft, err := linesend.Read(hi)
	if err != nil {
		t.Fatal(err)
	}
	message, err := draft.Fill(user(t), nil, linebody.Options{})
	if err != nil {
		t.Fatal(err)
	}
	server, client := start(t, linetest.Config{})
	got, err := message.Send(t.Context(), client)
	if err != nil || !strings.HasPrefix(got, "LINE took the message (request id ") || !strings.HasSuffix(got, ")."+blocked) {
		t.Errorf("got %q, %v", got, err)
	}
	server.AddFaults(standin.Fault{Done: true, Reset: true})
	got, err = message.Send(t.Context(), client)
	if err != nil || !strings.HasPrefix(got, "LINE took the message at an attempt whose answer was lost (request id ") || !strings.HasSuffix(got, "), and sent it once."+blocked) {
		t.Errorf("got %q, %v", got, err)
	}
	var keys []string
	for _, request := range server.Requests() {
		keys = append(keys, request.Header.Get("X-Line-Retry-Key"))
	}
	if len(keys) != 3 || keys[0] == keys[1] || keys[1] != keys[2] || len(server.Received(linetest.UserID(0))) != 2 {
		t.Errorf("keys %q, received %d", keys, len(server.Received(linetest.UserID(0))))
	}
	server.AddFaults(linetest.ErrorFault(429, linetest.MessageMonthlyLimit))
	if got, err := message.Send(t.Context(), client); got != "" || err == nil {
		t.Errorf("got %q, %v", got, err)
	}
}
