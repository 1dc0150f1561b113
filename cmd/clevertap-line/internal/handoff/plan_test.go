package handoff

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// change is one of a plan. before and after are attributes as JSON, "" for none.
type change struct {
	kind, name, actions, before, after, unknown, sensitive string
}

func plan(changes ...change) string {
	var all []string
	for _, c := range changes {
		or := func(text, other string) string {
			if text == "" {
				return other
			}
			return text
		}
		all = append(all, fmt.Sprintf(`{"address":"clevertap_%s.%s","mode":"managed","type":"clevertap_%s","change":{"actions":[%s],"before":%s,"after":%s,`+
			`"after_unknown":%s,"before_sensitive":{},"after_sensitive":%s}}`, c.kind, c.name, c.kind, c.actions, or(c.before, "null"), or(c.after, "null"), or(c.unknown, "{}"), or(c.sensitive, "{}")))
	}
	return `{"format_version":"1.2","complete":true,"resource_changes":[` + strings.Join(all, ",") + `]}`
}

func planned(name, text, digit string) string {
	message, _ := json.Marshal(map[string]string{"type": "text", "text": text})
	messages, _ := json.Marshal([]string{string(message)})
	b, _ := json.Marshal(`{"messages":[` + string(message) + `]}`)
	return fmt.Sprintf(`{"name":%q,"to":{},"messages":%s,"linked_messages":null,"body":%s,"content_sha256":%q}`, name, messages, b, sumOf(body(text, digit)))
}

func plannedLinked(name, digit string) string {
	return fmt.Sprintf(`{"name":%q,"to":{},"messages":null,"linked_messages":%q,"body":"B","content_sha256":%q}`, name, reference, sum(digit))
}

func plannedMessages(name, text, variantOf string) string {
	return fmt.Sprintf(`{"name":%q,"linked_content":"api","messages":["{\"type\":\"text\",\"text\":%s}"],"variant_of":%s,"content_sha256":"e"}`,
		name, strings.ReplaceAll(fmt.Sprintf("%q", text), `"`, `\"`), variantOf)
}

// states are the headings of a page's objects and the titles of those about which nothing is to be done.
func states(page string) string {
	var said []string
	for _, line := range strings.Split(page, "\n") {
		if strings.HasPrefix(line, "<h3") || strings.HasPrefix(line, "<li>") && strings.Contains(line, "<bdi>") {
			said = append(said, tags.ReplaceAllString(line, ""))
		}
	}
	return strings.Join(said, "\n")
}

// TestPlan has a plan change, create, rename, delete, forget and replace what the store has.
func TestPlan(t *testing.T) {
	s := newStore(t)
	for _, name := range []string{"kept", "changed", "renamed", "deleted", "never", "forgotten", "elsewhere", "back", "moved"} {
		declare(s, name, body(name, "1"))
		if name != "never" {
			s.enter(templatestore.LineCampaignBodies, name, "")
		}
	}
	declare(s, "changed", body("not entered", "2"))
	b := "line_campaign_body"
	page := made(t, plan(
		change{kind: b, name: "kept", actions: `"no-op"`, before: planned("kept", "kept", "1"), after: planned("kept", "kept", "1")},
		change{kind: b, name: "changed", actions: `"update"`, before: planned("changed", "changed", "2"), after: planned("changed", "planned", "3")},
		change{kind: b, name: "renamed", actions: `"delete","create"`, before: planned("renamed", "renamed", "1"), after: planned("new name", "renamed", "1")},
		change{kind: b, name: "deleted", actions: `"delete"`, before: planned("deleted", "deleted", "1")},
		change{kind: b, name: "never", actions: `"delete"`, before: planned("never", "never", "1")},
		change{kind: b, name: "forgotten", actions: `"forget"`, before: planned("forgotten", "forgotten", "1")},
		change{kind: b, name: "created", actions: `"create"`, after: planned("created", "created", "1")},
		change{kind: b, name: "x", actions: `"delete"`, before: planned("back", "back", "1")},
		change{kind: b, name: "y", actions: `"create"`, after: planned("back", "back", "1")},
		change{kind: b, name: "v", actions: `"forget"`, before: planned("moved", "moved", "1")},
		change{kind: b, name: "w", actions: `"create"`, after: planned("moved", "moved", "1")},
		change{kind: "line_linked_messages", name: "spring", actions: `"create"`, after: plannedMessages("spring", "Hi", "null")},
		change{kind: "line_linked_messages", name: "old", actions: `"delete"`, before: plannedMessages("old", "Hi", "null")},
	), s.folder, "--account", "default", "--plan", "-")
	const by = ": Entered by ann@example.com, 2026-03-01T03:00:00Z."
	if got, want := states(page), `1. Change: campaign changed
2. Enter: campaign created
3. Enter: campaign new name
4. Remove: campaign deleted
5. Remove: campaign renamed
Entered already
campaign back`+by+`
campaign elsewhere`+by+`
campaign kept`+by+`
campaign moved`+by+`
Linked messages: an apply publishes them, and nothing is entered
linked messages spring
Given up by Terraform with this plan. What of it is in the dashboard stays there, declared by nobody
campaign forgotten`+by; got != want {
		t.Errorf("got\n%s", got)
	}
	for _, want := range []string{"This page is of what holds after a plan is applied.", "Run it after the plan is applied.", `>changed<`, ">planned<",
		"clevertap-line entered --account default --removed " + s.folder + " line-campaign-bodies/deleted line-campaign-bodies/renamed\n",
		"--sha256 " + sumOf(body("planned", "3")) + " " + s.folder + " line-campaign-bodies/changed\n"} {
		if !strings.Contains(strings.ReplaceAll(page, "</pre>", "\n"), want) {
			t.Errorf("%q is not in %s", want, part(page))
		}
	}
	if strings.Contains(page, "not entered") {
		t.Error("the page has what nobody entered and the plan changes")
	}
}

// A header with a token gives way to tokens that CleverTap gets itself: what a plan marks of write-only values hides nothing, and what
// is new, changed and gone is told field by field.
func TestAuthentication(t *testing.T) {
	s := newStore(t)
	const url = "https://api.line.me/v2/bot/message/push"
	declare(s, "LINE push", templatestore.WebhookTemplate{
		HTTPMethod: "POST", DestinationURL: url, SecretHeaders: []string{"Authorization"}, SecretHeadersVersion: new(int64(1)), ContentSHA256: sum("1"),
	})
	s.enter(templatestore.WebhookTemplates, "LINE push", "")
	after := func(key string) string {
		return fmt.Sprintf(`{"name":"LINE push","http_method":"POST","destination_url":%q,"secret_header_names":[],"basic_auth":null,"oauth2":null,`+
			`"line_oauth2":{"channel_id":"1350031035","key_id":%s},"content_sha256":%q}`, url, key, sum("2"))
	}
	marks := `{"secret_headers_wo":true,"basic_auth":{"password_wo":true},"oauth2":{"secret_wo":true}}`
	update := func(key string) string {
		return plan(change{kind: "webhook_template", name: "line_push", actions: `"update"`, before: after(key), after: after(key), sensitive: marks})
	}
	page := made(t, update(`"kid-1"`), s.folder, "--account", "default", "--plan", "-")
	if got := states(page); got != "1. Change: webhook template LINE push" {
		t.Errorf("got %s", got)
	}
	d := read(t, page)
	for label, want := range map[string]string{
		"Key ID (kid)": "kid-1", "Access Token URL": "https://api.line.me/oauth2/v3/token", "Issuer (iss)": "1350031035", "Audience (aud)": "https://api.line.me/",
	} {
		if got := copied(t, d, page, label); got != want {
			t.Errorf("%s copies %q", label, got)
		}
	}
	text := tags.ReplaceAllString(page, "")
	for _, want := range []string{"No authentication", "OAuth 2.0", "Header Authorization", "line_assertion_key", "leave it empty"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in %s", want, part(page))
		}
	}
	page = made(t, update("null"), s.folder, "--account", "default", "--language", "ja", "--plan", "-")
	if !strings.Contains(page, "LINE Developersコンソールが表示するkid") {
		t.Errorf("the page before there is a key: %s", part(page))
	}
}

// Before a first apply there is no store, or nothing of the account in it.
func TestFirstPlan(t *testing.T) {
	created := plan(change{kind: "line_campaign_body", name: "a", actions: `"create"`, after: planned("a", "Hello", "1")})
	for _, folder := range []string{filepath.Join(t.TempDir(), "none"), newStore(t).folder} {
		if page := made(t, created, folder, "--account", "TEST-1", "--plan", "-"); !strings.Contains(page, "1. Enter: campaign <bdi>a</bdi>") || !strings.Contains(page, ">Hello<") {
			t.Errorf("the page is %s", part(page))
		}
	}
	s := everything(t)
	page := made(t, created, s.folder, "--account", "TEST-1", "--plan", "-")
	if got := states(page); got != "1. Enter: campaign a" {
		t.Errorf("got %s", got)
	}
}

// TestUnknown leaves out what a plan does not know yet, rather than to say something else.
func TestUnknown(t *testing.T) {
	s := newStore(t)
	declare(s, "named", body("known", "1"))
	s.enter(templatestore.LineCampaignBodies, "named", "")
	b := "line_campaign_body"
	page := made(t, plan(
		change{kind: b, name: "named", actions: `"update"`, before: planned("named", "known", "1"), after: `{"name":"named","to":{},"messages":null,"content_sha256":"` + sum("1") + `"}`,
			unknown: `{"messages":true,"body":true,"content_sha256":true,"entered":true,"entered_by":true,"entered_at":true,"entered_sha256":true}`},
		change{kind: b, name: "unnamed", actions: `"create"`, after: planned("", "shown", "1"), unknown: `{"name":true}`},
		change{kind: b, name: "reader", actions: `"create"`, after: plannedLinked("reader", "2")},
		change{kind: "webhook_template", name: "t", actions: `"create"`, after: `{"name":"t","http_method":"POST"}`, unknown: `{"destination_url":true,"headers":{"a":true},"secret_headers_wo":true}`},
		change{kind: "line_linked_messages", name: "m", actions: `"create"`, after: `{"name":"spring","linked_content":"api"}`, unknown: `{"messages":true}`},
	), s.folder, "--account", "default", "--plan", "-")
	for _, want := range []string{
		"1. Enter: webhook template <bdi>t</bdi>", "Not known before the plan is applied: destination_url, headers. Make this page",
		"2. Enter: campaign <bdi>clevertap_line_campaign_body.unnamed</bdi>", "Not known before the plan is applied: name. ", ">shown<",
		"3. Change: campaign <bdi>named</bdi>", "Not known before the plan is applied: body, content_sha256, messages. ",
		"4. Enter: campaign <bdi>reader</bdi>", "The messages are not known before the plan is applied.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not in %s", want, part(page))
		}
	}
	d := read(t, page)
	if strings.Count(page, "<ol") != 1 || strings.Count(d.Values[len(d.Values)-1], "\n") != 0 || !strings.HasSuffix(d.Values[len(d.Values)-1], "/reader") {
		t.Errorf("there are steps, or commands, of what is not known: %q", d.Values)
	}
}

// Variants of messages are all shown.
func TestVariants(t *testing.T) {
	s := newStore(t)
	declare(s, "spring-ja", linkedMessages("Haru", "spring"))
	declare(s, "spring-en", linkedMessages("Spring", "spring"))
	declare(s, "other", linkedMessages("Other", "summer"))
	linked := strings.Replace(reference, `"shape"`, `"variants":true,"shape"`, 1)
	declare(s, "reader", templatestore.LineCampaignBody{LinkedMessages: &linked, Body: "B", ContentSHA256: sum("1")})
	page := made(t, "", s.folder, "--account", "default")
	for _, want := range []string{"<h4>Linked messages spring-en</h4>", "<h4>Linked messages spring-ja</h4>", ">Haru<", ">Spring<"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not in %s", want, part(page))
		}
	}
	if strings.Contains(page, ">Other<") {
		t.Error("a body shows what it does not read")
	}
}

func TestPlansThatDoNotFit(t *testing.T) {
	s := newStore(t)
	file := filepath.Join(s.folder, "plan.json")
	of := func(accounts string) string {
		var all, resources []string
		for i, account := range strings.Fields(accounts) {
			resources = append(resources, fmt.Sprintf(`{"mode":"managed","type":"clevertap_webhook_template","provider_config_key":"clevertap.%d"}`, i))
			all = append(all, fmt.Sprintf(`"clevertap.%d":{"name":"clevertap","expressions":{"account_id":{"constant_value":%q}}}`, i, account))
		}
		return `{"format_version":"1.2","configuration":{"root_module":{"resources":[` + strings.Join(resources, ",") + `]},"provider_config":{` + strings.Join(all, ",") + `}}}`
	}
	existing := plan(change{kind: "line_campaign_body", name: "a", actions: `"no-op"`, before: planned("a", "a", "1"), after: planned("a", "a", "1")})
	for text, want := range map[string]string{
		of("TEST-0"):        "",
		of(""):              "",
		of("TEST-1"):        "Error: the plan is for account TEST-1, and not for TEST-0: give --account\n",
		of("TEST-0 TEST-1"): "Error: the plan has objects of several accounts (TEST-0, TEST-1) and does not say whose each is",
		"PK\x03\x04":        "Error: read " + file + ": this is the plan file itself",
		"{}":                "Error: read " + file + ": this is not what",
		plan(change{kind: "line_campaign_body", actions: `"create"`, after: `{"name":4242}`}): "Error: read " + file + ": of clevertap_line_campaign_body.: its attributes are not those of this provider's version: name is no string\n",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got := run(t, "", s.folder, "--account", "TEST-0", "--plan", file)
		if !strings.HasPrefix(got.Stderr, want) || (got.Code == 1) != (want != "") || (got.Stdout == "") != (want != "") {
			t.Errorf("%.60s: exit %d, %s", text, got.Code, got.Stderr)
		}
	}
	if got := run(t, existing, filepath.Join(s.folder, "none"), "--plan", "-"); got.Code != 1 || !strings.HasPrefix(got.Stderr, "Error: there is no store at ") {
		t.Errorf("exit %d, %s", got.Code, got.Stderr)
	}
	page := made(t, `{"format_version":"1.2","errored":true,"complete":false}`, s.folder, "--plan", "-")
	if !strings.Contains(page, "The plan ended with an error") || !strings.Contains(page, "leaves changes for a later one") {
		t.Errorf("the page is %s", part(page))
	}
}

// A plan that changes nothing asks for no apply: a pipeline gives such a one after the apply.
func TestPlanWithoutChanges(t *testing.T) {
	s := newStore(t)
	declare(s, "welcome", body("hello", "1"))
	value := planned("welcome", "hello", "1")
	page := made(t, plan(change{kind: "line_campaign_body", name: "a", actions: `"no-op"`, before: value, after: value}),
		s.folder, "--account", "default", "--plan", "-")
	if got := states(page); got != "1. Enter: campaign welcome" || strings.Contains(page, "after the plan") || strings.Contains(page, "Apply it first") {
		t.Errorf("got %s", part(page))
	}
}
