package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// Bodies is the folder of the campaign bodies of the default account.
const Bodies = "default/line-campaign-bodies/"

// MinimalBody is the body "a" as another program might write it.
const MinimalBody = `{
  "schema_version": 1,
  "kind": "line-campaign-bodies",
  "name": "a",
  "write_id": "1",
  "content": {
    "to": {},
    "messages": [
      {"type": "text", "世界": "x"}
    ],
    "body": "{}",
    "content_sha256": "0"
  }
}
`

// Template is a small webhook template that differs from others by its URL.
func Template(url string) ts.WebhookTemplate {
	return ts.WebhookTemplate{HTTPMethod: "POST", DestinationURL: url, ContentSHA256: strings.Repeat("0", 64)}
}

// FullTemplate has every field, and values that are easily spoiled.
func FullTemplate() ts.WebhookTemplate {
	full := Template("https://api.line.me/v2/bot/message/push?a=<b>&c=\u2028\"é世😀")
	full.Headers = map[string]string{"Content-Type": "application/json", "X-Empty": ""}
	full.SecretHeaders = []string{"Authorization"}
	full.SecretHeadersVersion = new(int64(1<<53 + 1))
	return full
}

// FullBody has every field, and values that are easily spoiled.
func FullBody() ts.LineCampaignBody {
	return ts.LineCampaignBody{
		WebhookTemplate: new("LINE push"),
		To:              ts.Recipient{ProfileProperty: new("LineID"), Default: new("N.A"), ID: new("C0123")},
		Messages: []json.RawMessage{
			json.RawMessage(`{"type":"text","text":"{{ Profile.Name | default: 'x' }} <b>&</b> > \u003e","alt":1e2}`),
			json.RawMessage(`{"z":{"b":12345678901234567890,"a":[]},"a":null}`),
		},
		NotificationDisabled:   new(false),
		CustomAggregationUnits: []string{"unit"},
		Body:                   "{\"to\":\"{{ Profile.LineID | default: 'N.A' }}\",\n\"messages\":[]}",
		ContentSHA256:          strings.Repeat("f", 64),
	}
}

// FullLinkedContent has every field, and values that are easily spoiled.
func FullLinkedContent() ts.LinkedContent {
	return ts.LinkedContent{
		HTTPMethod:           "GET",
		EndpointURL:          "https://line-messages.example.com/{{message}}_{{language}}.json?a=<b>&c=\u2028\"é世😀",
		Headers:              map[string]string{"Accept": "application/json", "X-Empty": ""},
		SecretHeaders:        []string{"Authorization"},
		SecretHeadersVersion: new(int64(1<<53 + 1)),
		ContentSHA256:        strings.Repeat("0", 64),
	}
}

// LinkedMessages are small and without Liquid, and differ from others by their text, which is plain.
func LinkedMessages(text string) ts.LineLinkedMessages {
	return ts.LineLinkedMessages{
		Shape: "00000000", Parts: []string{`[{"type":"text","text":"` + text + `"}]`}, Unit: "a_00000000",
		ContentSHA256: strings.Repeat("0", 64), Tags: []string{}, LinkedContent: "line_messages",
	}
}

// FullLinkedMessages have every field, and values that are easily spoiled.
func FullLinkedMessages() ts.LineLinkedMessages {
	return ts.LineLinkedMessages{
		Shape: "3f2a9b1c",
		Parts: []string{`[{"type":"text","text":"Hello, `, `! <b>&</b> \\ \" \u003e </script> ` + "\u2028\x7fé世😀" + `"}]`},
		Unit:  "welcome_1a2b3c4d", ContentSHA256: strings.Repeat("f", 64),
		Tags: []string{"{{ Profile.Name | default: '世' }}"}, LinkedContent: "line_messages", VariantOf: new("welcome"),
		TrackVersions: new(true), Frozen: new(false), ServedAt: new("https://line-messages.example.com/welcome_ja.json?a=<b>&c"),
	}
}

// WantAllRefused reads, replaces and deletes the webhook template "a" and wants each refused for the reason, with an
// explanation that contains the texts.
func WantAllRefused(t *testing.T, store *ts.Store, known ts.Revision, reason ts.Reason, texts ...string) {
	t.Helper()
	_, _, err := ts.Read[ts.WebhookTemplate](t.Context(), store, "a", known)
	WantReason(t, err, reason, texts...)
	_, err = ts.Replace(t.Context(), store, "a", Template(""), known)
	WantReason(t, err, reason, texts...)
	WantReason(t, ts.Delete[ts.WebhookTemplate](t.Context(), store, "a", known), reason, texts...)
}

// Must gives a value that was come by without an error, or ends the test.
func Must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// Read gives a webhook template as it is in the store.
func Read(t *testing.T, backend ts.Backend, name string) *ts.WebhookTemplate {
	t.Helper()
	content, _, err := ts.Read[ts.WebhookTemplate](context.WithoutCancel(t.Context()), ts.New(backend, ""), name, ts.Revision{})
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// Plant puts bytes where somebody else might have.
func Plant(t *testing.T, backend ts.Backend, key string, data []byte) {
	t.Helper()
	_, etag, err := backend.Get(t.Context(), key)
	if err != nil && !errors.Is(err, ts.ErrAbsent) {
		t.Fatal(err)
	}
	Must(backend.Put(t.Context(), key, data, etag))(t)
}

// IsReason tells an error of a Store by its reason.
func IsReason(err error, reason ts.Reason) bool {
	var failure *ts.Error
	return errors.As(err, &failure) && failure.Reason == reason
}

// WantReason wants an error of that reason whose explanation contains the texts and ends as a sentence.
func WantReason(t *testing.T, err error, reason ts.Reason, texts ...string) {
	t.Helper()
	if !IsReason(err, reason) {
		t.Fatalf("got %v, want an error of the reason %q", err, reason)
	}
	for _, text := range append(texts, ". ") {
		if !strings.Contains(err.Error(), text) || !strings.HasSuffix(err.Error(), ".") {
			t.Fatalf("%q does not contain %q or does not end as a sentence", err, text)
		}
	}
}
