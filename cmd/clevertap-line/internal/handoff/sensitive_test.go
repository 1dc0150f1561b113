package handoff

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// secret is in all values that the plan marks, and in what follows from them.
const secret = "canary-5e4f"

// TestSensitive leaves out what the plan marks, and all that follows from it.
func TestSensitive(t *testing.T) {
	s := newStore(t)
	declare(s, "changed", body(secret+" entered", "1"))
	s.enter(templatestore.LineCampaignBodies, "changed", "")
	declare(s, "changed", body(secret+" stored", "2"))
	declare(s, "removed", body(secret, "1"))
	s.enter(templatestore.LineCampaignBodies, "removed", "")
	declare(s, "same", body(secret, "1"))
	s.enter(templatestore.LineCampaignBodies, "same", "")
	declare(s, "stored only", linkedBody("9"))
	s.write("default/line-campaign-bodies/broken.json", `{"`+secret+`":1,"`+secret+`":2}`)
	b := "line_campaign_body"
	marked := plan(
		change{kind: b, name: "changed", actions: `"update"`, before: planned("changed", secret, "2"), after: planned("changed", secret, "3"), sensitive: `{"messages":[true]}`},
		change{kind: b, name: "removed", actions: `"delete"`, before: planned("removed", secret, "1")},
		change{kind: b, name: "same", actions: `"no-op"`, before: planned("same", secret, "1"), after: planned("same", secret, "1"), sensitive: `{"messages":true}`},
		change{kind: b, name: "broken", actions: `"no-op"`, before: planned("broken", secret, "1"), after: planned("broken", secret, "1"), sensitive: `{"messages":true}`},
		change{kind: b, name: "reader", actions: `"create"`, after: plannedLinked("reader", "1")},
		change{kind: b, name: "named", actions: `"create"`, after: planned(secret, "x", "1"), sensitive: `{"name":true}`},
		change{kind: b, name: "edited", actions: `"create"`, after: `{"name":"edited","linked_messages":"{\"linked_content\":\"api\",\"name\":\"` + secret + `!\",\"shape\":\"4f53cda1\",\"tags\":[]}","content_sha256":"1"}`, sensitive: `{"linked_messages":true}`},
		change{kind: "webhook_template", name: "t", actions: `"create"`, after: `{"name":"t","destination_url":"https://` + secret + `","content_sha256":"` + sum("4") + `"}`, sensitive: `{"destination_url":true}`},
		change{kind: "line_linked_messages", name: "m", actions: `"create"`, after: plannedMessages("spring", secret, "null"), sensitive: `{"messages":true}`},
		change{kind: "line_linked_messages", name: "n", actions: `"create"`, after: plannedMessages(secret, "x", "null"), sensitive: `{"name":true}`},
	)
	marked = strings.Replace(marked, `"before_sensitive":{}`, `"before_sensitive":{"messages":[true]}`, 2)
	file := filepath.Join(s.folder, "page.html")
	got := run(t, marked, s.folder, "--account", "default", "--plan", "-", "-o", file)
	text, err := os.ReadFile(file)
	if err != nil || got.Code != 1 {
		t.Fatalf("exit %d, %s, %v", got.Code, got.Stderr, err)
	}
	page := string(text)
	d := read(t, page)
	for where, said := range map[string]string{"page": page, "stderr": got.Stderr, "data": strings.Join(append(d.Values, d.Keys...), " ")} {
		if at := strings.Index(said, secret); at >= 0 {
			t.Errorf("the %s says …%s", where, said[max(0, at-200):at+len(secret)])
		}
	}
	for _, hash := range []string{sum("4"), sumOf(body(secret, ""))} {
		if strings.Contains(page, hash) {
			t.Errorf("the page has the hash %s", hash)
		}
	}
	for _, want := range []string{
		"campaign <bdi>changed</bdi>", "campaign <bdi>removed</bdi>", "campaign <bdi>reader</bdi>", "campaign <bdi>clevertap_line_campaign_body.named</bdi>",
		"linked messages <bdi>clevertap_line_linked_messages.n</bdi>", "campaign <bdi>stored only</bdi>", "The messages are sensitive: ",
		"clevertap-line store verify says why",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not in %s", want, part(page))
		}
	}
	if count := strings.Count(page, "Sensitive: the plan marks"); count != 6 || len(d.Values) != 6 {
		t.Errorf("%d objects are sensitive, %q", count, d.Values)
	}
	if command := d.Values[len(d.Values)-1]; command != "clevertap-line entered --account default --sha256 "+sumOf(linkedBody("9"))+" "+s.folder+" 'line-campaign-bodies/stored only'" {
		t.Errorf("the command is %s", command)
	}

	if got = run(t, marked, s.folder, "--account", "default", "--plan", "-", "-o", file, "--show-sensitive"); got.Code != 1 {
		t.Errorf("exit %d, %s", got.Code, got.Stderr)
	}
	shown, err := os.ReadFile(file)
	if err != nil || strings.Count(string(shown), secret) < 13 || strings.Contains(string(shown), "Sensitive: the plan marks") {
		t.Errorf("what is asked for is not shown: %v", err)
	}
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the page is readable by others: %v, %v", info.Mode(), err)
	}
}

// What a plan leaves alone may be marked in the state before it; what an earlier plan removed has no mark in any.
func TestSensitiveOutsideOfChanges(t *testing.T) {
	s := newStore(t)
	for _, name := range []string{"alone", "gone"} {
		declare(s, name, body("CANARY", "1"))
		s.enter(templatestore.LineCampaignBodies, name, "")
	}
	declare(s, "alone", body("CANARY changed", "2"))
	if err := os.Remove(filepath.Join(s.folder, "default", "line-campaign-bodies", "gone.json")); err != nil {
		t.Fatal(err)
	}
	prior := `{"format_version":"1.2","prior_state":{"format_version":"1.0","values":{"root_module":{"resources":[{"address":"clevertap_line_campaign_body.a",` +
		`"mode":"managed","type":"clevertap_line_campaign_body","values":` + planned("alone", "CANARY", "1") + `,"sensitive_values":{"messages":[true]}}]}}}}`
	page := made(t, prior, s.folder, "--account", "default", "--plan", "-")
	if got := states(page); got != "1. Change: campaign alone\n2. Remove: campaign gone" || strings.Contains(page, "CANARY") {
		t.Errorf("got %s", page)
	}
	if page = made(t, prior, s.folder, "--account", "default", "--plan", "-", "--show-sensitive"); strings.Count(page, "CANARY") < 3 ||
		strings.Count(page, "What was entered") != 1 {
		t.Errorf("got %s", page)
	}
	// What the plan has is shown, unless it is marked.
	open := strings.NewReplacer(`"messages":[true]`, `"messages":[false]`, `"name":"alone"`, `"name":"gone"`).Replace(prior)
	if page = made(t, open, s.folder, "--account", "default", "--plan", "-"); strings.Count(page, "What was entered") != 1 {
		t.Errorf("got %s", page)
	}
}
