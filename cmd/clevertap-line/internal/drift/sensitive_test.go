package drift

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// planWith is a plan that says no more than it is given.
func planWith(t *testing.T, members string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "plan.json")
	if err := os.WriteFile(file, []byte(`{"format_version":"1.2",`+members+`}`), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// marked is a plan's change of an object with a sensitive attribute, which holds what the store has.
func marked(address, name, sha256, attribute string) string {
	return planned(address, "no-op", name, sha256, `{"`+attribute+`":true}`)
}

// Of an object that the plan marks as sensitive, the stores' side of it is not told either: no hash, address, reference or unit name.
func TestSensitiveInTheStores(t *testing.T) {
	w := newWorld(t)
	w.line.MonthlyLimit = 0
	hidden := messages("hidden", "Another")
	hidden.ServedAt = new(w.servedFrom.URL + "/hidden")
	create(w, "hidden", hidden)
	w.served["hidden"] = "<html>" + secret
	forbidden := messages("forbidden", "Hello")
	forbidden.ServedAt = new("http://127.0.0.1:1/forbidden")
	create(w, "forbidden", forbidden)
	edited := messages("edited", "Hello")
	edited.ContentSHA256 = digest("edited")
	create(w, "edited", edited)
	unentered := storetest.Sealed("unentered", template("https://example.com/unentered"))
	create(w, "unentered", unentered)
	stale := storetest.Sealed("stale", pasted("Hidden"))
	w.enterAs(create(w, "stale", stale), digest("older"))
	reader := storetest.Sealed("reader", w.body("nowhere", ""))
	w.enter(create(w, "reader", reader))
	broken := storetest.Sealed("broken", w.body("welcome", messages("", "").Shape))
	w.enter(create(w, "broken", broken))
	w.edit(w.templates, "line-campaign-bodies/broken", `"linked_messages": "{`, `"linked_messages": "`)
	storetest.Plant(t, ts.NewLocal(w.templates), "A/webhook-templates/damaged.json", []byte(`{"`+secret+`"`))
	w.start()
	push(t, w.lineServer.URL, linetest.UserID(1), hidden.Unit)
	plan := planFile(t, "",
		marked("clevertap_line_linked_messages.a", "hidden", hidden.ContentSHA256, "content_sha256"),
		marked("clevertap_line_linked_messages.b", "forbidden", forbidden.ContentSHA256, "content_sha256"),
		marked("clevertap_line_linked_messages.c", "edited", edited.ContentSHA256, "content_sha256"),
		marked("clevertap_webhook_template.d", "unentered", unentered.ContentSHA256, "destination_url"),
		marked("clevertap_line_campaign_body.e", "stale", stale.ContentSHA256, "content_sha256"),
		marked("clevertap_line_campaign_body.f", "reader", reader.ContentSHA256, "content_sha256"),
		marked("clevertap_line_campaign_body.g", "broken", broken.ContentSHA256, "content_sha256"),
		marked("clevertap_webhook_template.h", "damaged", digest("damaged"), "destination_url"),
	)
	code, found := w.look("--plan", plan)
	want := []string{
		"document-edited line-campaign-bodies/broken", "document-edited line-linked-messages/edited", "entered-stale line-campaign-bodies/stale",
		"messages-missing line-campaign-bodies/reader", "not-entered webhook-templates/unentered", "served-differs line-linked-messages/hidden",
	}
	if got := named(found.Off); code != 2 || !slices.Equal(got, want) {
		t.Errorf("exit %d, %q", code, got)
	}
	text := fmt.Sprint(found)
	for _, private := range []string{
		hidden.ContentSHA256[:12], edited.ContentSHA256[:12], unentered.ContentSHA256[:12], stale.ContentSHA256[:12], digest("older")[:12],
		reader.ContentSHA256[:12], hidden.Unit, forbidden.Unit, w.servedFrom.URL, "127.0.0.1:1", "nowhere", "Hidden", hidden.Shape, "JSON",
	} {
		if strings.Contains(text, private) {
			t.Errorf("%s is in %s", private, text)
		}
	}
	if p := stateOf(t, found, "served"); !slices.Equal(p.Why, []string{"line-linked-messages/forbidden: It could not be looked at; why is not shown, since it is sensitive."}) {
		t.Errorf("got %+v", p)
	}
	if p := stateOf(t, found, "template store"); !slices.Equal(p.Why, []string{"webhook-templates/damaged: " + errSensitive.Error() + "."}) {
		t.Errorf("got %+v", p)
	}
	// What the plan does not mark is told, and so is all without a plan.
	if _, found := w.look("--plan", planFile(t, "")); !strings.Contains(fmt.Sprint(found), hidden.Unit) || !strings.Contains(fmt.Sprint(found), stale.ContentSHA256[:12]) {
		t.Errorf("got %+v", found)
	}
}

// A name that is sensitive itself is told by nobody: its address stands for it. The marks hold wherever the plan has them, also if
// it is of several accounts.
func TestSensitiveName(t *testing.T) {
	const name = "canary-name"
	for where, plan := range map[string]string{
		"a change":      `"resource_changes":[` + marked("clevertap_webhook_template.a", name, digest("x"), "name") + `]`,
		"a drift":       `"resource_drift":[` + marked("clevertap_webhook_template.a", name, digest("x"), "name") + `]`,
		"a prior state": `"prior_state":{"format_version":"1.0","values":{"root_module":{"resources":[{"address":"clevertap_webhook_template.a","mode":"managed","type":"clevertap_webhook_template","values":{"name":"` + name + `"},"sensitive_values":{"name":true}}]}}}`,
		"two accounts": `"resource_changes":[` + marked("clevertap_webhook_template.a", name, digest("x"), "name") + `],"configuration":{"root_module":{"resources":[{"mode":"managed","type":"clevertap_webhook_template","provider_config_key":"a"},` +
			`{"mode":"managed","type":"clevertap_webhook_template","provider_config_key":"b"}]},"provider_config":{"a":{"expressions":{"account_id":{"constant_value":"B"}}},"b":{"expressions":{"account_id":{"constant_value":"A"}}}}}`,
	} {
		w := newWorld(t)
		create(w, name, template("https://example.com"))
		w.start()
		_, found := w.look("--plan", planWith(t, plan))
		if text := fmt.Sprint(found); strings.Contains(text, name) || !slices.Contains(named(found.Off), "not-entered clevertap_webhook_template.a") {
			t.Errorf("%s: %s", where, text)
		}
	}
}
