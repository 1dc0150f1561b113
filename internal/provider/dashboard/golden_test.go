package dashboard_test

import (
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

var writeID = regexp.MustCompile(`"write_id": "[0-9a-f-]{36}"`)

// The state and the document that a create leaves are pinned, hash included: what users keep.
func TestGoldenStates(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ typeName, config string }{
		"webhook_template": {"clevertap_webhook_template", `{"name": "LINE push", "http_method": "POST",
			"destination_url": "https://api.line.me/v2/bot/message/push"}`},
		"webhook_template_full": {"clevertap_webhook_template", `{"name": "LINE <push> & Ünïcode", "http_method": "PUT",
			"destination_url": "https://relay.example.com/line?b=2&a=1", "headers": {"X-B": "2", "Content-Type": "application/json"},
			"secret_headers_wo": {"X-Key": "k", "Authorization": "Bearer abc"}, "secret_headers_wo_version": 7,
			"entered_sha256": "0000000000000000000000000000000000000000000000000000000000000000"}`},
		"webhook_template_basic_auth": {"clevertap_webhook_template", templateWith(acctest.OtherURL,
			`"basic_auth": {"username": "me & <you>", "password_wo": "`+canary+`", "password_wo_version": 7}`)},
		"webhook_template_password": {"clevertap_webhook_template", templateWith(acctest.OtherURL, oauth2With(map[string]any{
			"grant_type": dialog.GrantPassword, "secret_wo": canary, "secret_wo_version": 1, "username": "me", "password_wo": canary, "password_wo_version": 2,
			"refresh_token_url": "https://auth.example.com/refresh"}, nil))},
		"webhook_template_secret": {"clevertap_webhook_template", templateWith(acctest.OtherURL, oauth2With(map[string]any{
			"grant_type": dialog.GrantSecret, "secret_wo": canary, "secret_wo_version": 3, "scopes": "a b"}, nil))},
		"webhook_template_jwt": {"clevertap_webhook_template", templateWith(acctest.OtherURL, oauth2With(nil, map[string]any{
			"typ": "JWT", "kid": "k", "cty": "JWT", "crit": "[]", "iat": true, "jti": "j"}))},
		"webhook_template_jwt_least": {"clevertap_webhook_template", templateWith(acctest.OtherURL, oauth2With(nil, map[string]any{}))},
		"webhook_template_line": {"clevertap_webhook_template", templateWith(acctest.PushURL,
			`"line_oauth2": {"channel_id": "1350031035", "key_id": "536e453c-aa93-4449-8e90-add2608c6d4b"}`)},
		"webhook_template_line_least": {"clevertap_webhook_template", templateWith(acctest.PushURL,
			`"line_oauth2": {"channel_id": "1350031035", "key_id": null}`)},
		"linked_content": {"clevertap_linked_content", `{"name": "line_messages", "http_method": "GET",
			"endpoint_url": "https://line.example.com/default/line-linked-messages/{{message}}.json"}`},
		"linked_content_full": {"clevertap_linked_content", `{"name": "Line_2", "http_method": "POST",
			"endpoint_url": "https://line.example.com/{{message}}_{{language}}.json?b=<&>&key={{key}}&{{message}}=1",
			"headers": {"X-B": "2", "Accept": "application/json"},
			"secret_headers_wo": {"X-Key": "k", "Authorization": "Bearer abc"}, "secret_headers_wo_version": 7}`},
		"line_campaign_body": {"clevertap_line_campaign_body", `{"name": "welcome", "messages": ["{\"type\":\"text\",\"text\":\"x\"}"]}`},
		"line_campaign_body_full": {"clevertap_line_campaign_body", `{"name": "welcome/1", "webhook_template": "LINE push",
			"to": {"profile_property": "lineID", "default": "none", "id": null},
			"messages": ["{ \"type\": \"text\", \"text\": \"a < b & \\u00e9\\u2028 {{ Profile.Name | default: 'you' }} </b>\" }",
				"{\"type\":\"location\",\"title\":\"t\",\"address\":\"a\",\"latitude\":35.6500,\"longitude\":1.39e2}"],
			"notification_disabled": true, "custom_aggregation_units": ["spring_2027"]}`},
		"line_campaign_body_fixed": {"clevertap_line_campaign_body", `{"name": "one", "to": {"profile_property": null, "default": null,
			"id": "U0123456789abcdef0123456789abcdef"}, "messages": ["{\"type\":\"text\",\"text\":\"x\"}"], "notification_disabled": false}`},
		"line_campaign_body_versions": {"clevertap_line_campaign_body", `{"name": "a-b c.d_e", "track_versions": true,
			"messages": ["{\"type\":\"text\",\"text\":\"x\"}"]}`},
		"line_campaign_body_linked": {"clevertap_line_campaign_body", `{"name": "linked", "webhook_template": "LINE push", "notification_disabled": true,
			"to": {"profile_property": "lineID", "default": null, "id": null},
			"linked_messages": "{\"linked_content\":\"line_messages\",\"name\":\"welcome\",\"shape\":\"c5967ee7\",\"tags\":[\"{{ Profile.Name }}\"],\"track_versions\":true}"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := t.TempDir()
			s := acctest.NewServer(t, acctest.StoreConfig(store))
			applied := s.Apply(test.typeName, test.config)
			acctest.Golden(t, "states/"+name+".json", acctest.Indented(t, s.Plain(test.typeName, applied.NewState)))
			// What was written is what is read.
			again, err := s.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{TypeName: test.typeName, CurrentState: applied.NewState})
			s.Check(err, again.Diagnostics)
			if was, is := s.Plain(test.typeName, applied.NewState), s.Plain(test.typeName, again.NewState); !reflect.DeepEqual(was, is) {
				t.Errorf("read back as %v, not %v", is, was)
			}
			files, err := filepath.Glob(acctest.Stored(store, "*", "*.json"))
			if err != nil || len(files) != 1 {
				t.Fatal(files, err)
			}
			key, err := filepath.Rel(store, files[0])
			if err != nil {
				t.Fatal(err)
			}
			document := writeID.ReplaceAllString(acctest.ReadFile(t, files[0]), `"write_id": "…"`)
			acctest.Golden(t, "documents/"+name+".txt", filepath.ToSlash(key)+"\n"+document)
		})
	}
}

// What is said of faulty configurations is pinned word for word.
func TestGoldenDiagnostics(t *testing.T) {
	t.Parallel()
	const text = `"messages": ["{\"type\":\"text\",\"text\":\"x\"}"]`
	const reference = `{\"linked_content\":\"line_messages\",\"name\":\"welcome\",\"shape\":\"c5967ee7\",\"tags\":[\"{{ Profile.Name }}\"],\"track_versions\":true}`
	s := acctest.NewServer(t, acctest.StoreConfig(t.TempDir()))
	acctest.Golden(t, "diagnostics/line_campaign_body.txt", s.Said("clevertap_line_campaign_body", map[string]string{
		"no JSON":          `{"name": "x", "messages": ["hello"]}`,
		"placed":           `{"name": "x", "messages": ["{\n  \"type\": \"text\",\n  \"text\": \"\"\n}"]}`,
		"second of three":  `{"name": "x", "messages": ["{\"type\":\"text\",\"text\":\"x\"}", "{\"type\":\"txt\"}", "[]"]}`,
		"null message":     `{"name": "x", "messages": [null]}`,
		"none":             `{"name": "x", "messages": []}`,
		"two recipients":   `{"name": "x", "to": {"profile_property": null, "id": "U1", "default": "x"}, ` + text + `}`,
		"quote in default": `{"name": "x", "to": {"profile_property": null, "id": null, "default": "it's"}, ` + text + `}`,
		"property":         `{"name": "x", "to": {"profile_property": "Line:ID", "id": null, "default": null}, ` + text + `}`,
		"fixed id":         `{"name": "x", "to": {"profile_property": null, "id": "U12", "default": null}, ` + text + `}`,
		"unit":             `{"name": "x", "custom_aggregation_units": ["no spaces"], ` + text + `}`,
		"name":             `{"name": " x", ` + text + `}`,
		"no source":        `{"name": "x"}`,
		"two sources":      `{"name": "x", "linked_messages": "` + reference + `", ` + text + `}`,
		"no reference":     `{"name": "x", "linked_messages": "clevertap_line_linked_messages.welcome"}`,
		"edited reference": `{"name": "x", "linked_messages": "` + strings.Replace(reference, `{{ Profile.Name }}`, `{{ Profile.Nick }}`, 1) + `"}`,
		"versions twice":   `{"name": "x", "track_versions": true, "custom_aggregation_units": ["u"], ` + text + `}`,
		"versions of both": `{"name": "x", "track_versions": true, "linked_messages": "` + reference + `"}`,
	}))
	acctest.Golden(t, "diagnostics/webhook_template.txt", s.Said("clevertap_webhook_template", map[string]string{
		"credential": `{"name": "x", "http_method": "POST", "destination_url": "https://example.com/",
			"headers": {"Authorization": "Bearer abc", "X-A": "eyJhbGciOiJIUzI1NiJ9.abc", "X-B": "AbcdefghijklmnopqrstuvwxyzA123456789", "X-C": "", "X D": "v"}}`,
		"secrets": `{"name": "x", "http_method": "POST", "destination_url": "https://api.line.me/v2",
			"headers": {"x-a": "1"}, "secret_headers_wo": {"Authorization": "Basic abc", "X-A": "v", "X-N": null, "X Y": "z"}}`,
		"url":   `{"name": "x", "http_method": "PATCH", "destination_url": "http://example.com/"}`,
		"query": `{"name": "x", "http_method": "GET", "destination_url": "https://example.com/?api_key=1"}`,
		"retry key": `{"name": "x", "http_method": "POST", "destination_url": "https://example.com/",
			"headers": {"X-Line-Retry-Key": "a"}}`,
		"tab": `{"name": "a\tb", "http_method": "GET", "destination_url": "https://user:pass@example.com/"}`,
	}))
	acctest.Golden(t, "diagnostics/authentication.txt", s.Said("clevertap_webhook_template", authenticationFaults()))
	linked := func(url, more string) string {
		return `{"name": "x", "http_method": "GET", "endpoint_url": "` + url + `"` + more + `}`
	}
	acctest.Golden(t, "diagnostics/linked_content.txt", s.Said("clevertap_linked_content", map[string]string{
		"name":                `{"name": "line messages", "http_method": "GET", "endpoint_url": "https://line.example.com/"}`,
		"method":              `{"name": "x", "http_method": "PUT", "endpoint_url": "https://line.example.com/"}`,
		"clear text":          linked("http://127.0.0.1/{{message}}.json", ""),
		"no URL":              linked("line.example.com/{{message}}.json", ""),
		"user":                linked("https://me:secret@line.example.com/{{message}}.json", ""),
		"fragment":            linked("https://line.example.com/a.json#{{message}}", ""),
		"white space":         linked("https://line.example.com/a b.json", ""),
		"key in the query":    linked("https://line.example.com/{{message}}.json?api_key=secret", ""),
		"parameter and key":   linked("https://line.example.com/?token={{message}}&token=secret", ""),
		"parameter in host":   linked("https://{{tenant}}.example.com/a.json", ""),
		"Liquid":              linked("https://line.example.com/{{ Profile.Language }}.json", ""),
		"default":             linked("https://line.example.com/{{language|default:'en'}}.json", ""),
		"no name":             linked("https://line.example.com/{{}}.json", ""),
		"not closed":          linked("https://line.example.com/{{message.json", ""),
		"brace":               linked("https://line.example.com/{message}.json", ""),
		"header in sight":     linked("https://line.example.com/", `, "headers": {"Authorization": "Bearer abc"}`),
		"secret with no form": linked("https://line.example.com/", `, "headers": {"x-a": "1"}, "secret_headers_wo": {"X-A": "a", "X-B": "a\nb", "X-C": null}`),
	}))
}
