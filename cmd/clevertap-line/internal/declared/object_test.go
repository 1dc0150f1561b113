package declared_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// What is written into a store is what is read of it.
func TestOfContent(t *testing.T) {
	t.Parallel()
	body := storetest.FullBody()
	store := templatestore.New(templatestore.NewLocal(t.TempDir()), "")
	storetest.Must(templatestore.Create(t.Context(), store, "welcome", body))(t)
	document := storetest.Must(templatestore.ReadRaw(t.Context(), store, templatestore.LineCampaignBodies, "welcome"))(t)
	var outer struct{ Content json.RawMessage }
	if err := json.Unmarshal(document, &outer); err != nil {
		t.Fatal(err)
	}
	object, err := declared.OfContent(templatestore.LineCampaignBodies, "welcome", outer.Content)
	if err != nil || object.Body != body.Body || object.ContentSHA256 != body.ContentSHA256 || object.Fault != "" {
		t.Errorf("got %+v, %v", object, err)
	}
	var messages []json.RawMessage
	if err := json.Unmarshal([]byte(object.Messages), &messages); err != nil || len(messages) != len(body.Messages) {
		t.Errorf("got the messages %s, %v", object.Messages, err)
	}
}

func TestLinkedMessagesOfADocument(t *testing.T) {
	t.Parallel()
	content := func(parts, tags string) json.RawMessage {
		return json.RawMessage(`{"kind":"line-linked-messages","parts":` + parts + `,"tags":` + tags + `,"linked_content":"api","content_sha256":"7"}`)
	}
	for _, c := range []struct{ parts, tags, messages, fault string }{
		{`["[{\"type\":\"text\",\"text\":\"Hi \"}]"]`, `[]`, `[{"type":"text","text":"Hi "}]`, ""},
		{`["[{\"text\":\"Hi ","\"}]"]`, `["{{ Profile.Name | default: 'you' }}"]`, `[{"text":"Hi {{ Profile.Name | default: 'you' }}"}]`, ""},
		{`["[{\"text\":\"Hi ","\"}]"]`, `["\""]`, `[{"text":"Hi ""}]`, "parts and tags make no list of messages"},
		{`[]`, `[]`, "", "parts and tags make no list of messages"},
	} {
		object, err := declared.OfContent(templatestore.LinkedMessages, "spring", content(c.parts, c.tags))
		if err != nil || object.Messages != c.messages || object.Fault != c.fault || object.LinkedContent != "api" || object.ContentSHA256 != "7" {
			t.Errorf("of %s and %s got %+v, %v", c.parts, c.tags, object, err)
		}
	}
}

func TestDialogs(t *testing.T) {
	t.Parallel()
	api, err := declared.OfContent(templatestore.LinkedContents, "api", json.RawMessage(
		`{"http_method":"GET","endpoint_url":"https://example.com/{{message}}","secret_header_names":["X-Key"],"secret_headers_version":3}`))
	if err != nil {
		t.Fatal(err)
	}
	var rows strings.Builder
	for _, row := range api.Dialog.Rows("en") {
		rows.WriteString(row.Field + ": " + row.Value + "\n")
	}
	if !strings.Contains(rows.String(), "Header X-Key: the secret value, version 3\nParameter message: Mark mandatory\n") {
		t.Errorf("got %s", &rows)
	}
	for kind, content := range map[templatestore.Kind]string{
		templatestore.LineCampaignBodies: "", templatestore.WebhookTemplates: `{"http_method":1}`, templatestore.LinkedMessages: "[]", "x": "{}",
	} {
		if object, err := declared.OfContent(kind, "a", json.RawMessage(content)); err == nil {
			t.Errorf("a %s of %s is %+v", kind, content, object)
		}
	}
}
