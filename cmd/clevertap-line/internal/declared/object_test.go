package declared_test

import (
	"encoding/json"
	"reflect"
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

// The rows of an authentication are the same from a document and from a plan, which calls the versions otherwise; a write-only value
// that is marked is nothing sensitive, and whoever mints tokens is known.
func TestAuthentication(t *testing.T) {
	t.Parallel()
	const jwt = `{"alg":"RS512","typ":"JWT","kid":"k","cty":"JWT","crit":"[]","iss":"i","sub":"s","aud":"a","iat":true,"exp":"60","jti":"j"}`
	for block, want := range map[string]struct {
		mints bool
		rows  []string
	}{
		`"basic_auth":{"username":"me","password_version":2}`: {false, []string{"Authentication: Basic Authorization", "Username: me",
			"Password: the secret value, version 2"}},
		`"oauth2":{"grant_type":"Password Credentials","client_id":"c","secret_version":3,"username":"me","password_version":4,"scopes":"a b",` +
			`"access_token_url":"https://a","refresh_token_url":"https://r","client_authentication_type":"T"}`: {true, []string{
			"Grant Type: Password Credentials", "Client ID: c", "Secret: the secret value, version 3", "Username: me",
			"Password: the secret value, version 4", "Scopes: a b", "Access Token URL: https://a", "Refresh Token URL: https://r",
			"Client Authentication Type: T"}},
		`"oauth2":{"grant_type":"Client Credentials with JWT","client_id":"c","access_token_url":"https://a","client_authentication_type":"T",` +
			`"jwt":` + jwt + `}`: {true, []string{"Algorithm (alg): RS512", "Type (typ): JWT", "Key ID (kid): k", "Content Type (cty): JWT",
			"Critical (crit): []", "Issuer (iss): i", "Subject (sub): s", "Audience (aud): a", "Use Issued At (iat): Yes", "Expiration Time (exp): 60",
			"JWT ID (jti): j"}},
		`"line_oauth2":{"channel_id":"1350031035","key_id":"k"}`: {true, []string{"Client ID: 1350031035", "Key ID (kid): k", "Algorithm (alg): RS256"}},
	} {
		attributes := `"http_method":"POST","destination_url":"https://api.line.me/v2/bot/message/push",` + block + "}"
		kept, err := declared.OfContent(templatestore.WebhookTemplates, "LINE push", json.RawMessage("{"+attributes))
		if err != nil {
			t.Fatal(err)
		}
		rows := "\n"
		for _, row := range kept.Dialog.Rows("en") {
			rows += row.Field + ": " + row.Value + "\n"
		}
		for _, row := range want.rows {
			if !strings.Contains(rows, "\n"+row+"\n") {
				t.Errorf("there is no %s in %s", row, rows)
			}
		}
		if kept.GetsTokens != want.mints || !kept.PostsToLine {
			t.Errorf("of %s got %+v", block, kept)
		}
		after := strings.NewReplacer("password_version", "password_wo_version", "secret_version", "secret_wo_version",
			`"username"`, `"password_wo":null,"secret_wo":null,"username"`).Replace(`{"name":"LINE push",` + attributes)
		const marks = `{"basic_auth":{"password_wo":true},"oauth2":{"secret_wo":true,"password_wo":true,"jwt":{}},"secret_headers_wo":true}`
		planned := read(t, plan(change("clevertap_webhook_template.t", `"create"`, "null", after, "{}", "false", marks))).Changes[0].After
		if !reflect.DeepEqual(planned.Dialog, kept.Dialog) || planned.Sensitive || planned.GetsTokens != want.mints {
			t.Errorf("of %s got %+v\nwant %+v", after, planned, kept.Dialog)
		}
	}
	for after, marks := range map[string]string{
		`{"name":"t","basic_auth":{"username":"me","password_wo":null}}`:    `{"basic_auth":{"username":true,"password_wo":true}}`,
		`{"name":"t","headers":{"A":"b"}}`:                                  `{"headers":{"A":true}}`,
		`{"name":"t","secret_header_names":["A","B"]}`:                      `{"secret_header_names":[false,true]}`,
		`{"name":"t","basic_auth":{"username":"me","password_wo":"shown"}}`: `{"basic_auth":{"password_wo":true}}`,
	} {
		p := read(t, plan(change("clevertap_webhook_template.t", `"create"`, "null", after, "{}", "false", marks)))
		if !p.Changes[0].After.Sensitive {
			t.Errorf("%s marked with %s is not sensitive", after, marks)
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
