package provider_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
)

// golden compares a text with a file under testdata. UPDATE_GOLDEN=1 writes the file instead: look at the difference then,
// for what users keep (state, documents, hashes) must not change by accident.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		writeFile(t, file, got)
	}
	if want := readFile(t, file); got != want {
		t.Errorf("%s differs. It is\n%s\nand should be\n%s", file, got, want)
	}
}

// plain is a value of Terraform's as encoding/json knows it.
func plain(t *testing.T, value tftypes.Value) any {
	t.Helper()
	if !value.IsKnown() {
		return "(unknown)"
	}
	if value.IsNull() {
		return nil
	}
	as := func(target any) {
		t.Helper()
		if err := value.As(target); err != nil {
			t.Fatal(err)
		}
	}
	switch kind := value.Type(); {
	case kind.Is(tftypes.String):
		var text string
		as(&text)
		return text
	case kind.Is(tftypes.Bool):
		var flag bool
		as(&flag)
		return flag
	case kind.Is(tftypes.Number):
		var number big.Float
		as(&number)
		return json.Number(number.Text('f', -1))
	case kind.Is(tftypes.Map{}), kind.Is(tftypes.Object{}):
		var members map[string]tftypes.Value
		as(&members)
		object := map[string]any{}
		for name, member := range members {
			object[name] = plain(t, member)
		}
		return object
	}
	var elements []tftypes.Value
	as(&elements)
	list := []any{}
	for _, element := range elements {
		list = append(list, plain(t, element))
	}
	return list
}

func indented(t *testing.T, value any) string {
	t.Helper()
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

func storeConfig(t *testing.T, store string) string {
	t.Helper()
	config, err := json.Marshal(map[string]any{"template_store": map[string]any{"local": map[string]any{"path": store}}})
	if err != nil {
		t.Fatal(err)
	}
	return string(config)
}

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
		"line_campaign_body": {"clevertap_line_campaign_body", `{"name": "welcome", "messages": ["{\"type\":\"text\",\"text\":\"x\"}"]}`},
		"line_campaign_body_full": {"clevertap_line_campaign_body", `{"name": "welcome/1", "webhook_template": "LINE push",
			"to": {"profile_property": "lineID", "default": "none", "id": null},
			"messages": ["{ \"type\": \"text\", \"text\": \"a < b & \\u00e9\\u2028 {{ Profile.Name | default: 'you' }} </b>\" }",
				"{\"type\":\"location\",\"title\":\"t\",\"address\":\"a\",\"latitude\":35.6500,\"longitude\":1.39e2}"],
			"notification_disabled": true, "custom_aggregation_units": ["spring_2027"]}`},
		"line_campaign_body_fixed": {"clevertap_line_campaign_body", `{"name": "one", "to": {"profile_property": null, "default": null,
			"id": "U0123456789abcdef0123456789abcdef"}, "messages": ["{\"type\":\"text\",\"text\":\"x\"}"], "notification_disabled": false}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := t.TempDir()
			s := newServer(t, storeConfig(t, store))
			applied := s.apply(test.typeName, test.config)
			golden(t, "states/"+name+".json", indented(t, s.plain(test.typeName, applied.NewState)))
			files, err := filepath.Glob(stored(store, "*", "*.json"))
			if err != nil || len(files) != 1 {
				t.Fatal(files, err)
			}
			key, err := filepath.Rel(store, files[0])
			if err != nil {
				t.Fatal(err)
			}
			document := writeID.ReplaceAllString(readFile(t, files[0]), `"write_id": "…"`)
			golden(t, "documents/"+name+".txt", filepath.ToSlash(key)+"\n"+document)
		})
	}
}

func TestGoldenStateOfLineProfiles(t *testing.T) {
	t.Parallel()
	server := cleverTapServer(t, 2, clevertaptest.Config{})
	s := newServer(t, fmt.Sprintf(`{"account_id": %q, "passcode": %q, "api_url": %q}`, cleverTapAccount, cleverTapPasscode, server.URL))
	applied := s.apply("clevertap_line_profiles", fmt.Sprintf(`{"line_ids": {"user-0": %q, "user-1": %q}, "property": "LineID",
		"require_existing_profile": true}`, lineID(0), lineID(1)))
	golden(t, "states/line_profiles.json", indented(t, s.plain("clevertap_line_profiles", applied.NewState)))
}

func (s *server) plain(typeName string, value *tfprotov6.DynamicValue) any {
	s.t.Helper()
	decoded, err := value.Unmarshal(s.schemas.ResourceSchemas[typeName].ValueType())
	if err != nil {
		s.t.Fatal(err)
	}
	return plain(s.t, decoded)
}

// What is said of faulty configurations is pinned word for word.
func TestGoldenDiagnostics(t *testing.T) {
	t.Parallel()
	const text = `"messages": ["{\"type\":\"text\",\"text\":\"x\"}"]`
	cases := map[string]struct{ typeName, config string }{
		"body: no JSON":          {"clevertap_line_campaign_body", `{"name": "x", "messages": ["hello"]}`},
		"body: placed":           {"clevertap_line_campaign_body", `{"name": "x", "messages": ["{\n  \"type\": \"text\",\n  \"text\": \"\"\n}"]}`},
		"body: second of three":  {"clevertap_line_campaign_body", `{"name": "x", "messages": ["{\"type\":\"text\",\"text\":\"x\"}", "{\"type\":\"txt\"}", "[]"]}`},
		"body: null message":     {"clevertap_line_campaign_body", `{"name": "x", "messages": [null]}`},
		"body: none":             {"clevertap_line_campaign_body", `{"name": "x", "messages": []}`},
		"body: two recipients":   {"clevertap_line_campaign_body", `{"name": "x", "to": {"profile_property": null, "id": "U1", "default": "x"}, ` + text + `}`},
		"body: quote in default": {"clevertap_line_campaign_body", `{"name": "x", "to": {"profile_property": null, "id": null, "default": "it's"}, ` + text + `}`},
		"body: property":         {"clevertap_line_campaign_body", `{"name": "x", "to": {"profile_property": "Line:ID", "id": null, "default": null}, ` + text + `}`},
		"body: fixed id":         {"clevertap_line_campaign_body", `{"name": "x", "to": {"profile_property": null, "id": "U12", "default": null}, ` + text + `}`},
		"body: unit":             {"clevertap_line_campaign_body", `{"name": "x", "custom_aggregation_units": ["no spaces"], ` + text + `}`},
		"body: name":             {"clevertap_line_campaign_body", `{"name": " x", ` + text + `}`},
		"template: credential": {"clevertap_webhook_template", `{"name": "x", "http_method": "POST", "destination_url": "https://example.com/",
			"headers": {"Authorization": "Bearer abc", "X-A": "eyJhbGciOiJIUzI1NiJ9.abc", "X-B": "AbcdefghijklmnopqrstuvwxyzA123456789", "X-C": "", "X D": "v"}}`},
		"template: secrets": {"clevertap_webhook_template", `{"name": "x", "http_method": "POST", "destination_url": "https://api.line.me/v2",
			"headers": {"x-a": "1"}, "secret_headers_wo": {"Authorization": "Basic abc", "X-A": "v", "X-N": null, "X Y": "z"}}`},
		"template: url":    {"clevertap_webhook_template", `{"name": "x", "http_method": "PATCH", "destination_url": "http://example.com/"}`},
		"template: query":  {"clevertap_webhook_template", `{"name": "x", "http_method": "GET", "destination_url": "https://example.com/?api_key=1"}`},
		"template: tab":    {"clevertap_webhook_template", `{"name": "a\tb", "http_method": "GET", "destination_url": "https://user:pass@example.com/"}`},
		"profiles: faults": {"clevertap_line_profiles", `{"property": "Line.ID", "line_ids": {"undefined": "U00000000000000000000000000000001", "a": "U1", "b": null, "c ": "x"}}`},
		"profiles: shared": {"clevertap_line_profiles", `{"line_ids": {"a": "U00000000000000000000000000000001", "b": "U00000000000000000000000000000001"}}`},
	}
	s := newServer(t, storeConfig(t, t.TempDir()))
	var said strings.Builder
	for _, name := range slices.Sorted(maps.Keys(cases)) {
		fmt.Fprintf(&said, "# %s\n", name)
		test := cases[name]
		resp, err := s.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{
			TypeName: test.typeName, Config: s.value(s.schemas.ResourceSchemas[test.typeName], test.config),
			ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(resp.Diagnostics) == 0 {
			t.Errorf("%s: nothing is said", name)
		}
		for _, d := range resp.Diagnostics {
			fmt.Fprintf(&said, "%s at %s: %s\n  %s\n", d.Severity, d.Attribute, d.Summary, strings.ReplaceAll(d.Detail, "\n", "\n  "))
		}
	}
	golden(t, "diagnostics.txt", said.String())
}
