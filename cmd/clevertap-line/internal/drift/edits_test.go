package drift

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/contenthash"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// edit replaces a text in a document or receipt of account A, as somebody does who edits the file.
func (w *world) edit(store, name, before, after string) {
	w.t.Helper()
	file := filepath.Join(store, "A", filepath.FromSlash(strings.ReplaceAll(name, " ", "%20"))+".json")
	text, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(text), before) {
		w.t.Fatalf("%s: %v\n%s", before, err, text)
	}
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(string(text), before, after)), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

// Whatever somebody edits in a document, its content_sha256 is not that of its content any more.
func TestHandEdits(t *testing.T) {
	for name, test := range map[string]struct{ document, before, after string }{
		"a template's URL":           {"webhook-templates/LINE push", "/push\"", "/multicast\""},
		"a template's header":        {"webhook-templates/headers", `"X-A": "1"`, `"X-A": "2"`},
		"a template's user":          {"webhook-templates/basic", "ann", "bob"},
		"a Linked Content API's URL": {"linked-content/line_messages", "{{message}}", "{{messages}}"},
		"a body's messages":          {"line-campaign-bodies/pasted", `"text": "` + secret, `"text": "Hallo`},
		"a body's text to paste":     {"line-campaign-bodies/pasted", `\"` + secret, `\"Hallo`},
		"both":                       {"line-campaign-bodies/pasted", secret, "Hallo"},
		"a body's recipient":         {"line-campaign-bodies/pasted", `"LineID"`, `"Other"`},
		"a body's reference":         {"line-campaign-bodies/welcome", `"body": "{`, `"body": "{ `},
		"a content_sha256":           {"webhook-templates/LINE push", `"content_sha256": "`, `"content_sha256": "0`},
	} {
		w := newWorld(t)
		plain := template("https://example.com/headers")
		plain.Headers = map[string]string{"X-A": "1"}
		create(w, "headers", plain)
		basic := template("https://example.com/basic")
		basic.BasicAuth = &ts.BasicAuth{Username: "ann", PasswordVersion: 1}
		create(w, "basic", basic)
		create(w, "pasted", pasted("LineID"))
		w.start()
		t.Setenv("LINE_CHANNEL_ACCESS_TOKEN", "")
		if _, found := w.look(); slices.ContainsFunc(found.Off, func(f jsonFinding) bool { return f.Check != "not-entered" }) {
			t.Fatalf("%s: before, %+v", name, found.Off)
		}
		w.edit(w.templates, test.document, test.before, test.after)
		if code, found := w.look(); code != 2 || !slices.Contains(named(found.Off), "document-edited "+test.document) {
			t.Errorf("%s: exit %d, %q, %+v", name, code, named(found.Off), found.Parts)
		}
	}
}

// A plan that changes an object whose content_sha256 is the same is of a document that was edited.
func TestAPlanThatUpdatesAnEdit(t *testing.T) {
	w := newWorld(t)
	w.start()
	content := template("https://api.line.me/v2/bot/message/push")
	sum, err := contenthash.WebhookTemplate("LINE push", content)
	if err != nil {
		t.Fatal(err)
	}
	change := planned("clevertap_webhook_template.a", "update", "LINE push", sum, "false")
	code, found := w.look("--plan", planFile(t, "", change))
	if code != 2 || !slices.Equal(named(found.Off), []string{"plan-and-store-differ webhook-templates/LINE push"}) ||
		found.Off[0].What != "The plan changes it (update), and the store holds the same content_sha256, "+sum[:12]+"." {
		t.Errorf("exit %d, %+v", code, found.Off)
	}
}

// A receipt whose content is of another document is no receipt of what was entered.
func TestAReceiptOfAnother(t *testing.T) {
	w := newWorld(t)
	w.start()
	other, _ := json.Marshal(digest("other"))
	hash, err := contenthash.WebhookTemplate("LINE push", template("https://api.line.me/v2/bot/message/push"))
	if err != nil {
		t.Fatal(err)
	}
	w.edit(w.templates, "receipts/webhook-templates/LINE push", `    "content_sha256": "`+hash+`",
    "by"`, `    "content_sha256": `+string(other)+`,
    "by"`)
	if code, found := w.look(); code != 2 || !slices.Contains(named(found.Off), "receipt-edited webhook-templates/LINE push") {
		t.Errorf("exit %d, %q", code, named(found.Off))
	}
}
