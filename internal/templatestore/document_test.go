package templatestore

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// TestWhatIsWrittenCanBeRead: encodeDocument decodes nothing, so it must refuse all that decodeDocument would.
func TestWhatIsWrittenCanBeRead(t *testing.T) {
	t.Parallel()
	text := rapid.StringN(0, 20, -1)
	maybe := rapid.Ptr(text, true)
	message := rapid.OneOf(
		rapid.SampledFrom([]string{`{}`, `{"a":1e400}`, `{"a": "\ud800"}`, `{"a":1,"a":1}`, `[]`, `7`, `null`, ``, `{`, `{"a":"\u003c<\u2028"} `,
			`{"a":1e9999999999}`, "{\"a\":\"\xff\"}"}),
		rapid.Map(rapid.MapOf(text, text), func(members map[string]string) string {
			encoded, _ := json.Marshal(members)
			return string(encoded)
		}),
	)
	written, refused := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		name := text.Draw(t, "name")
		body := LineCampaignBody{
			WebhookTemplate:        maybe.Draw(t, "template"),
			To:                     Recipient{maybe.Draw(t, "property"), maybe.Draw(t, "default"), maybe.Draw(t, "id")},
			NotificationDisabled:   rapid.Ptr(rapid.Bool(), true).Draw(t, "disabled"),
			CustomAggregationUnits: rapid.SliceOfN(text, 1, 2).Draw(t, "units"),
			Body:                   text.Draw(t, "body"),
			ContentSHA256:          text.Draw(t, "sum"),
			Messages:               []json.RawMessage{},
		}
		for range rapid.IntRange(0, 3).Draw(t, "count") {
			body.Messages = append(body.Messages, json.RawMessage(message.Draw(t, "message")))
		}
		data, writeID, err := encodeDocument(LineCampaignBodies, name, body)
		if err != nil {
			refused++
			return
		}
		written++
		back, err := decodeDocument[LineCampaignBody](data, LineCampaignBodies, name)
		if err != nil {
			t.Fatalf("%s cannot be read: %v", data, err)
		}
		for i, message := range body.Messages {
			d, fault := exactjson.Parse(string(message))
			if fault != nil {
				t.Fatal(fault.Message)
			}
			if got, want := string(back.Messages[i]), string(d.AppendSpelled(nil, exactjson.Root)); got != want {
				t.Fatalf("the message %s came back as %s", want, got)
			}
		}
		body.Messages = back.Messages
		if peeked, id := peek(data); !reflect.DeepEqual(back, body) || peeked != name || id != writeID {
			t.Fatalf("got %+v, want %+v; peeked at %q, %q", back, body, peeked, id)
		}
	})
	if written == 0 || refused == 0 {
		t.Errorf("%d documents were written and %d refused", written, refused)
	}
}

// TestLinkedMessagesAreASCII: whatever charset a document is taken for, it means the same.
func TestLinkedMessagesAreASCII(t *testing.T) {
	t.Parallel()
	text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.SampledFrom([]rune("\x00\x1f \"\\/~\x7f\u0080é\u2028世\ufffd\uffff😀\U0010ffff"))))
	rapid.Check(t, func(t *rapid.T) {
		name := text.Draw(t, "name")
		tags := rapid.SliceOfN(text, 0, 3).Draw(t, "tags")
		parts := rapid.SliceOfN(text, 0, 4).Draw(t, "parts")
		maybe, flag := rapid.Ptr(text, true), rapid.Ptr(rapid.Bool(), true)
		messages := LineLinkedMessages{
			text.Draw(t, "shape"), parts, text.Draw(t, "unit"), text.Draw(t, "sum"), tags, text.Draw(t, "api"),
			maybe.Draw(t, "variant"), flag.Draw(t, "versions"), flag.Draw(t, "frozen"), maybe.Draw(t, "served"),
		}
		data, writeID, err := encodeDocument(LinkedMessages, name, messages)
		if wanted := name != "" && len(parts) == len(tags)+1; wanted != (err == nil) {
			t.Fatalf("%q with %d parts and %d tags: %v", name, len(parts), len(tags), err)
		}
		if err != nil {
			return
		}
		for _, char := range data {
			if char != '\n' && (char < ' ' || char > '~') {
				t.Fatalf("%s contains the byte %#x", data, char)
			}
		}
		back, err := decodeDocument[LineLinkedMessages](data, LinkedMessages, name)
		if peeked, id := peek(data); err != nil || !reflect.DeepEqual(back, messages) || peeked != name || id != writeID {
			t.Fatalf("got %+v, %v, want %+v; peeked at %q, %q", back, err, messages, peeked, id)
		}
	})
}

// TestEachDocumentIsParsedOnce bounds the work of a write, of a read and of a look at a document's name.
func TestEachDocumentIsParsedOnce(t *testing.T) {
	data, _, err := encodeDocument(LineCampaignBodies, "a", fullBody())
	if err != nil {
		t.Fatal(err)
	}
	for what, work := range map[string]func() error{
		"write": func() error { _, _, err := encodeDocument(LineCampaignBodies, "a", fullBody()); return err },
		"read":  func() error { _, err := decodeDocument[LineCampaignBody](data, LineCampaignBodies, "a"); return err },
		"peek":  func() error { peek(data); return nil },
	} {
		before := exactjson.Parsed()
		if err := work(); err != nil {
			t.Fatal(err)
		}
		if got := exactjson.Parsed() - before; got != 1 {
			t.Errorf("%s: %d texts were parsed", what, got)
		}
	}
}
