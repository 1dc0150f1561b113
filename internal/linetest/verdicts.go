package linetest

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

// Verdict is what LINE says of messages, whatever package linebody says of them.
type Verdict struct {
	// Messages are the list of message objects, as JSON; how it is spelled does not count.
	Messages string
	// Answer is the body of LINE's error. "" is that LINE takes the messages.
	Answer string
}

// recorded are answers of LINE that its reference prints, or that users of the API have published with what they sent. They are the
// stand-in's own, so that a rule of linebody that contradicts LINE is seen: a test holds the two against each other.
var recorded = []struct {
	source string // and date
	Verdict
}{
	{"Messaging API reference of 2026-08-07, Error responses", Verdict{
		`[{"type":"text","text":""},{"type":"nope"}]`,
		`{"message":"The request body has 2 error(s)","details":[{"message":"May not be empty","property":"messages[0].text"},` +
			`{"message":"Must be one of the following values: [text, image, video, audio, location, sticker, template, imagemap]",` +
			`"property":"messages[1].type"}]}`}},
	{"Messaging API reference of 2026-08-07, Validate message objects of a push message", Verdict{
		`[` + hello + `,` + hello + `,` + hello + `,` + hello + `,` + hello + `,` + hello + `]`,
		`{"message":"The request body has 1 error(s)","details":[{"message":"Size must be between 1 and 5","property":"messages"}]}`}},
	{"github.com/line/line-bot-sdk-python/issues/38, 2017-04-24: columns with three actions and one; details were not published", Verdict{
		`[{"type":"template","altText":"a","template":{"type":"carousel","columns":[` +
			`{"text":"a","thumbnailImageUrl":null,"title":null,"actions":[` + say + `,` + say + `,` + say + `]},` +
			`{"text":"a","thumbnailImageUrl":null,"title":null,"actions":[` + say + `]}]}}]`,
		`{"message":"` + invalid + `"}`}},
	{"github.com/cofacts/rumors-line-bot/issues/212, 2020-07-21: the last three of eight bubbles have an empty text", Verdict{
		`[` + hello + `,` + hello + `,{"type":"flex","altText":"a","contents":{"type":"carousel","contents":[` +
			said + `,` + said + `,` + said + `,` + said + `,` + said + `,` + unsaid + `,` + unsaid + `,` + unsaid + `]}}]`,
		`{"message":"A message (messages[2])\u00a0in the request body is invalid","details":[` +
			`{"message":"must be non-empty text","property":"/contents/5/body/contents/0/text"},` +
			`{"message":"must be non-empty text","property":"/contents/6/body/contents/0/text"},` +
			`{"message":"must be non-empty text","property":"/contents/7/body/contents/0/text"}]}`}},
	{"github.com/line/line-bot-sdk-go/issues/657, 2026-01-13: a component without a type, as that SDK writes what it does not know", Verdict{
		`[{"type":"flex","altText":"a","contents":{"type":"bubble","footer":{"type":"box","layout":"vertical","contents":[` +
			`{"type":"text","text":"a"},{"type":"text","text":"b"},{"FlexComponentInterface":null,"Type":"spacer"}]}}}]`,
		`{"message":"` + invalid + `","details":[{"message":"invalid property","property":"/footer/contents/2"}]}`}},
}

// Parts of what was sent, and of what LINE said.
const (
	hello   = `{"type":"text","text":"Hello, world"}`
	say     = `{"type":"message","label":"a","text":"b"}`
	said    = `{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":"a"}]}}`
	unsaid  = `{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{"type":"text","text":""}]}}`
	invalid = `A message (messages[0])\u00a0in the request body is invalid`
)

// verdict is the answer to messages that have one, the configured before the recorded.
func (s *Server) verdict(body []byte) (answer string, known bool) {
	var request struct{ Messages json.RawMessage }
	if json.Unmarshal(body, &request) != nil {
		return "", false
	}
	messages := plain(string(request.Messages))
	for _, verdict := range s.config.Verdicts {
		if plain(verdict.Messages) == messages {
			return verdict.Answer, true
		}
	}
	for _, record := range recorded {
		if plain(record.Messages) == messages {
			return record.Answer, true
		}
	}
	return "", false
}

// plain is a JSON text without what spelling is.
func plain(text string) string {
	decoder := json.NewDecoder(bytes.NewReader([]byte(text)))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return ""
	}
	spelled, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(spelled)
}

// judge says what LINE answers to a body; "" is that it takes it. A verdict on its messages counts more than the faults that were
// found in them, once the body is JSON.
func (s *Server) judge(body []byte, faults []linebody.Problem) (message string, details []detail) {
	if message, details := unparsed(body, faults); message != "" {
		return message, details
	}
	if answer, known := s.verdict(body); known {
		var refusal errorBody
		if answer != "" && (json.Unmarshal([]byte(answer), &refusal) != nil || refusal.Message == "") {
			panic("linetest: an answer that LINE does not give: " + answer)
		}
		if answer != "" {
			return refusal.Message, refusal.Details
		}
		faults = slices.DeleteFunc(faults, func(fault linebody.Problem) bool { return strings.HasPrefix(fault.Path, "messages") })
	}
	return refusal(body, faults)
}
