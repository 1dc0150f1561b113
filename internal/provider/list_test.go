package provider_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/catalogstore"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// listed is a kind of objects that a store keeps: two of it, the second with all that an object can have.
type listed struct {
	kind, folder  string
	first, second string
}

// listings are all resources that can be listed.
var listings = map[string]listed{
	"clevertap_webhook_template": {
		"webhook-templates", "templates",
		`{"name": %q, "http_method": "POST", "destination_url": "https://api.line.me/v2/bot/message/push"}`,
		`{"name": %q, "http_method": "POST", "destination_url": "https://api.line.me/v2/bot/message/push",
			"headers": {"X-A": "${a} %%{b}"}, "secret_headers_wo": {"Authorization": "Bearer CANARY-CANARY-CANARY"}, "secret_headers_wo_version": 7}`,
	},
	"clevertap_linked_content": {
		"linked-content", "templates",
		`{"name": %q, "http_method": "GET", "endpoint_url": "https://line.example.com/{{message}}.json"}`,
		`{"name": %q, "http_method": "POST", "endpoint_url": "https://line.example.com/{{message}}_{{language}}.json",
			"headers": {}, "secret_headers_wo": {"X-Key": "CANARY"}, "secret_headers_wo_version": 0}`,
	},
	"clevertap_line_campaign_body": {
		"line-campaign-bodies", "templates",
		`{"name": %q, "messages": ["{\"type\":\"text\",\"text\":\"x\"}"]}`,
		`{"name": %q, "webhook_template": "LINE push", "to": {"profile_property": "LINE_ID", "default": "none", "id": null},
			"messages": ["{\"type\":\"text\",\"text\":\"世 {{ Profile.Name }}\"}"], "track_versions": true, "notification_disabled": false}`,
	},
	"clevertap_line_linked_messages": {
		"line-linked-messages", "published",
		`{"name": %q, "linked_content": "line_messages", "messages": ["{\"type\":\"text\",\"text\":\"x\"}"]}`,
		`{"name": %q, "linked_content": "line_messages", "variant_of": "hello", "track_versions": true, "frozen": true,
			"messages": ["{\"type\":\"text\",\"text\":\"世 {{ Profile.Name }}\"}"]}`,
	},
}

func twoStores(folder string) string {
	return fmt.Sprintf(`{"template_store": {"local": {"path": %q}}, "publish_store": {"local": {"path": %q}}}`,
		filepath.Join(folder, "templates"), filepath.Join(folder, "published"))
}

// told is one line a result: its name, or its error.
func told(s *acctest.Server, results func(func(tfprotov6.ListResourceResult) bool)) (lines []string) {
	for result := range results {
		for _, d := range result.Diagnostics {
			lines = append(lines, fmt.Sprintf("%s: %s: %s", d.Severity, d.Summary, d.Detail))
		}
		if result.Identity != nil {
			lines = append(lines, s.IdentityName(result.Identity))
		}
	}
	return lines
}

// wholeList are the resources of a list by name, each of which is as an import of it.
func wholeList(t *testing.T, s *acctest.Server, typeName string) map[string]any {
	t.Helper()
	resources := map[string]any{}
	for result := range s.List(t.Context(), typeName, `{}`, 100, true) {
		s.Check(nil, result.Diagnostics)
		name := s.IdentityName(result.Identity)
		if result.DisplayName != name {
			t.Errorf("%s is shown as %q", name, result.DisplayName)
		}
		resources[name] = s.Plain(typeName, result.Resource)
		if imported := s.Plain(typeName, s.Import(typeName, name).NewState); !reflect.DeepEqual(resources[name], imported) {
			t.Errorf("listed as\n%s\nand imported as\n%s", acctest.Indented(t, resources[name]), acctest.Indented(t, imported))
		}
	}
	return resources
}

// A list looks at what is served, as an import does.
func TestListOfServedMessages(t *testing.T) {
	t.Parallel()
	const typeName = "clevertap_line_linked_messages"
	folder := t.TempDir()
	served := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(folder, "published"))))
	t.Cleanup(served.Close)
	s := acctest.NewServer(t, twoStores(folder))
	s.Apply(typeName, fmt.Sprintf(`{"name": "welcome", "linked_content": "line_messages", "messages": ["{\"type\":\"text\",\"text\":\"x\"}"],
		"served_at": "%s/default/line-linked-messages/welcome.json"}`, served.URL))
	listed := wholeList(t, acctest.NewServer(t, twoStores(folder)), typeName)["welcome"].(map[string]any)
	if listed["served_sha256"] == nil || listed["served_sha256"] != listed["content_sha256"] {
		t.Errorf("what is served is %v", listed["served_sha256"])
	}
}

func TestListEveryKind(t *testing.T) {
	t.Parallel()
	s := acctest.NewServer(t, twoStores(t.TempDir()))
	var lists []string
	for typeName := range s.Schemas.ListResourceSchemas {
		lists = append(lists, typeName)
	}
	if len(lists) != len(listings) {
		t.Fatalf("there are lists of %v", lists)
	}
	for typeName, test := range listings {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			s := acctest.NewServer(t, twoStores(folder))
			for _, config := range []string{fmt.Sprintf(test.second, "b_full"), fmt.Sprintf(test.first, "c"), fmt.Sprintf(test.first, "a")} {
				s.Apply(typeName, config)
			}
			if kind := templatestore.Kind(test.kind); !kind.Live() {
				store := templatestore.New(templatestore.NewLocal(filepath.Join(folder, test.folder)), "")
				if _, err := templatestore.Enter(t.Context(), store, kind, "b_full", templatestore.Entering{By: "mio@example.com"}); err != nil {
					t.Fatal(err)
				}
			}
			s = acctest.NewServer(t, twoStores(folder))
			list := func(config string, limit int64) []string {
				return told(s, s.List(t.Context(), typeName, config, limit, false))
			}
			for want, got := range map[string][]string{
				"a b_full c": list(`{}`, 100),
				"a b_full":   list(`{}`, 2),
				"b_full":     list(`{"name_prefix": "b_"}`, 100),
				"":           append(list(`{"name_prefix": "B"}`, 100), list(`{}`, 0)...),
			} {
				if strings.Join(got, " ") != want {
					t.Errorf("listed %q, not %q", got, want)
				}
			}

			for name, resource := range wholeList(t, s, typeName) {
				if plain := resource.(map[string]any); plain["entered"] != nil && plain["entered"] != (name == "b_full") {
					t.Errorf("%s is entered: %v", name, plain["entered"])
				}
			}

			acctest.WriteFile(t, acctest.Stored(filepath.Join(folder, test.folder), test.kind, "a.json"), "<<<<<<<")
			s = acctest.NewServer(t, twoStores(folder))
			got := list(`{}`, 100)
			if len(got) != 3 || !strings.HasPrefix(got[0], "ERROR: Cannot list the ") || !strings.Contains(got[0], "a.json:1:1") ||
				!slices.Equal(got[1:], []string{"b_full", "c"}) {
				t.Errorf("beside a damaged document there is %q", got)
			}

			if err := os.RemoveAll(filepath.Join(folder, test.folder)); err != nil {
				t.Fatal(err)
			}
			s = acctest.NewServer(t, twoStores(folder))
			if got := list(`{}`, 100); len(got) != 1 || !strings.Contains(got[0], "there is no store here") {
				t.Errorf("of a store that is gone there is %q", got)
			}
		})
	}
}

// A query that is cancelled ends with an error, soon. One without a store says what is missing.
func TestListEnds(t *testing.T) {
	t.Parallel()
	const typeName, number = "clevertap_line_campaign_body", 50
	s := acctest.NewServer(t, twoStores(t.TempDir()))
	for i := range number {
		s.Apply(typeName, fmt.Sprintf(listings[typeName].first, fmt.Sprintf("body %02d", i)))
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var lines []string
	for result := range s.List(ctx, typeName, `{}`, number, false) {
		cancel()
		lines = append(lines, told(s, slices.Values([]tfprotov6.ListResourceResult{result}))...)
	}
	if last := len(lines) - 1; last > 20 || !strings.HasPrefix(lines[last], "ERROR") || !strings.Contains(lines[last], context.Canceled.Error()) {
		t.Errorf("a query that is cancelled gives %q", lines)
	}
	missing := acctest.NewServer(t, `{}`)
	if got := told(missing, missing.List(t.Context(), typeName, `{}`, 1, true)); len(got) != 1 || !strings.Contains(got[0], "template_store") {
		t.Errorf("without a store there is %q", got)
	}
}

// However much a store has, no more is read than is asked for, and little ahead of it.
func TestListReadsAsItGoes(t *testing.T) {
	t.Parallel()
	const typeName, number, ahead = "clevertap_line_campaign_body", 60, 11
	server := storetest.NewServer(storetest.ServerConfig{Token: storeToken})
	t.Cleanup(server.Close)
	config := fmt.Sprintf(`{"template_store": {"http": {"address": %q, "token": %q}}}`, server.Address, storeToken)
	s := acctest.NewServer(t, config)
	for i := range number {
		s.Apply(typeName, fmt.Sprintf(listings[typeName].first, fmt.Sprint("body-", i)))
	}
	for _, limit := range []int64{5, number} {
		s, before, results := acctest.NewServer(t, config), len(server.Requests()), 0
		read := func() (documents int) {
			for _, request := range server.Requests()[before:] {
				if strings.Contains(request.Path, "body-") {
					documents++
				}
			}
			return documents
		}
		for result := range s.List(t.Context(), typeName, `{}`, limit, true) {
			s.Check(nil, result.Diagnostics)
			results++
			if read() > results+ahead {
				t.Fatalf("for %d results %d documents were read", results, read())
			}
		}
		if results != int(limit) || read() < results {
			t.Errorf("of %d there are %d, from %d documents", limit, results, read())
		}
	}
}

// A catalog in CleverTap is listed, too, without the products in it that are none of ours.
func TestListOfACatalog(t *testing.T) {
	t.Parallel()
	const typeName = "clevertap_line_linked_messages"
	server := acctest.CleverTapServer(t, 0, clevertaptest.Config{})
	columns := []clevertaptest.Column{{Name: "brand", Type: "string"}}
	for _, name := range catalogstore.Columns() {
		columns = append(columns, clevertaptest.Column{Name: name, Type: "string"})
	}
	server.AddCatalog(7, columns...)
	server.SetProduct(7, "sku-1", clevertaptest.Product{Name: "N", Attributes: map[string]any{"brand": "x"}})
	config := fmt.Sprintf(`{"account_id": %q, "passcode": %q, "api_url": %q, "publish_store": {"catalog": {"catalog_id": 7}}}`,
		acctest.CleverTapAccount, acctest.CleverTapPasscode, server.URL)
	s := acctest.NewServer(t, config)
	for _, config := range []string{fmt.Sprintf(listings[typeName].second, "b"), fmt.Sprintf(listings[typeName].first, "a")} {
		s.Apply(typeName, config)
	}
	s = acctest.NewServer(t, config)
	if got := told(s, s.List(t.Context(), typeName, `{}`, 100, true)); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("listed %q", got)
	}
	wholeList(t, s, typeName)
}
