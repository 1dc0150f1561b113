package drift

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
)

// planFile is a plan with changes and what else a plan may say.
func planFile(t *testing.T, more string, changes ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "plan.json")
	text := `{"format_version":"1.2"` + more + `,"resource_changes":[` + strings.Join(changes, ",") + `]}`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// Where plan and store contradict each other, both are told.
func TestPlanAndStore(t *testing.T) {
	const address = "clevertap_webhook_template.a"
	hash := storetest.Sealed("LINE push", template("https://api.line.me/v2/bot/message/push")).ContentSHA256
	unknown := strings.Replace(planned(address, "update", "LINE push", "", "false"), `"after_unknown":{}`, `"after_unknown":{"content_sha256":true,"headers":{"a":true}}`, 1)
	nameless := strings.Replace(planned(address, "create", "", "", "false"), `"after_unknown":{}`, `"after_unknown":{"name":true}`, 1)
	renamed := strings.Replace(planned(address, "update", "LINE push", hash, "false"), `"after":{"name":"LINE push"`, `"after":{"name":"Push"`, 1)
	const push, differ = "webhook-templates/LINE push", "plan-and-store-differ "
	for name, test := range map[string]struct {
		change      string
		off         []string
		information string // of the template or its address
		said        string
	}{
		"the same": {planned(address, "no-op", "LINE push", hash, "false"), nil, "", ""},
		"an update": {planned(address, "update", "LINE push", digest("new"), "false"), []string{differ + push}, "",
			"The plan declares " + digest("new")[:12] + " (update), and the store holds " + hash[:12] + "."},
		"an older plan": {planned(address, "no-op", "LINE push", digest("new"), "false"), []string{differ + push}, "", "(no-op)"},
		"a deletion":    {planned(address, "delete", "LINE push", hash, "false"), []string{differ + push}, "", "The plan deletes it, and the store holds " + hash[:12] + "."},
		"forgotten":     {strings.Replace(planned(address, "delete", "LINE push", hash, "false"), `["delete"]`, `["forget"]`, 1), nil, "", ""},
		"deleted":       {planned(address, "delete", "gone", hash, "false"), nil, "not-in-plan " + push, ""},
		"another name": {renamed, []string{differ + push, differ + "webhook-templates/Push"}, "",
			"The plan gives clevertap_webhook_template.a another name, and the store holds " + hash[:12] + " under this one."},
		"not known":        {unknown, nil, "plan-unknown " + push, ""},
		"of no known name": {nameless, nil, "plan-unknown clevertap_webhook_template.a", ""},
		"sensitive":        {planned(address, "update", "LINE push", digest("new"), `{"destination_url":true}`), []string{differ + push}, "", "The plan declares a content that is sensitive (update), and the store holds a content that is sensitive."},
	} {
		w := newWorld(t)
		w.start()
		t.Setenv("LINE_CHANNEL_ACCESS_TOKEN", "")
		code, found := w.look("--plan", planFile(t, "", test.change))
		if got := named(found.Off); !slices.Equal(got, test.off) || (code == 2) != (test.off != nil) || code == 1 {
			t.Errorf("%s: exit %d, %q", name, code, got)
		}
		if test.said != "" && !slices.ContainsFunc(found.Off, func(f jsonFinding) bool { return strings.Contains(f.What, test.said) }) {
			t.Errorf("%s: %+v", name, found.Off)
		}
		if test.information != "" && !slices.Contains(named(found.Information), test.information) {
			t.Errorf("%s: %q", name, named(found.Information))
		}
		if others := slices.Contains(named(found.Information), "not-in-plan line-campaign-bodies/welcome"); others != (name != "of no known name") {
			t.Errorf("%s: %q", name, named(found.Information))
		}
	}
}

// A plan that is not whole or of another account proves less, and says so.
func TestPlanThatIsNotWhole(t *testing.T) {
	for more, want := range map[string]string{
		`,"errored":true`:   "the plan ended with an error, so that it is not whole.",
		`,"complete":false`: "the plan leaves changes for a later one, so that it is not whole.",
		`,"configuration":{"root_module":{"resources":[{"mode":"managed","type":"clevertap_webhook_template","provider_config_key":"a"}]},"provider_config":{"a":{"name":"clevertap","expressions":{"account_id":{"constant_value":"B"}}}}}`: "the plan is for account B, and not for A: give --account.",
		`,"configuration":{"root_module":{"resources":[{"mode":"managed","type":"clevertap_webhook_template","provider_config_key":"a"},{"mode":"managed","type":"clevertap_webhook_template","provider_config_key":"b"}]},"provider_config":{"a":{"name":"clevertap","expressions":{"account_id":{"constant_value":"B"}}},` +
			`"b":{"name":"clevertap","expressions":{"account_id":{"constant_value":"A"}}}}}`: "the plan has objects of several accounts (A, B) and does not say whose each is: leave out --plan, and look at each account after the apply.",
	} {
		w := newWorld(t)
		w.start()
		code, found := w.look("--plan", planFile(t, more))
		if p := stateOf(t, found, "plan"); code != 1 || !slices.Equal(p.Why, []string{want}) || strings.Contains(strings.Join(named(found.Information), " "), "not-in-plan") {
			t.Errorf("%s: exit %d, %+v, %+v", more, code, p, found.Information)
		}
	}
	w := newWorld(t)
	w.start()
	same := `,"configuration":{"root_module":{"resources":[{"mode":"managed","type":"clevertap_webhook_template","provider_config_key":"a"}]},"provider_config":{"a":{"name":"clevertap","expressions":{"account_id":{"constant_value":"A"}}}}}`
	if code, found := w.look("--plan", planFile(t, same)); code != 0 || stateOf(t, found, "plan").State != looked {
		t.Errorf("exit %d, %+v", code, found)
	}
}

// Without a publish store, as with a catalog or another publisher, the plan says where messages are served.
func TestServedOfAPlan(t *testing.T) {
	w := newWorld(t)
	w.start()
	m := messages("welcome", "Hello")
	change := func(sha256, sensitive string) string {
		text := planned("clevertap_line_linked_messages.a", "no-op", "welcome", sha256, sensitive)
		return strings.ReplaceAll(text, `"name":"welcome"`, `"name":"welcome","linked_content":"line_messages","served_at":"`+w.servedFrom.URL+`/welcome","shape":"`+m.Shape+`"`)
	}
	look := func(change string) clitest.Result {
		got := clitest.Run(t, New(), "", "--retries=0", "--format=json", "--plan", planFile(t, "", change), w.templates)
		w.wantNoCanary(got.Stdout)
		return got
	}
	if got := look(change(m.ContentSHA256, "false")); got.Code != 0 || !strings.Contains(got.Stdout, `"name": "served",
      "state": "looked_at"`) {
		t.Errorf("got %+v", got)
	}
	if got := look(change(digest("other"), "false")); got.Code != 2 || !strings.Contains(got.Stdout, "It serves other messages, with the content_sha256 "+m.ContentSHA256) {
		t.Errorf("got %+v", got)
	}
	if got := look(change(digest("other"), `{"messages":true,"served_at":true}`)); got.Code != 2 || strings.Contains(got.Stdout, m.ContentSHA256) || strings.Contains(got.Stdout, w.servedFrom.URL) {
		t.Errorf("got %+v", got)
	}
}

// Of the same content, what is around it may be declared otherwise.
func TestPlanOfTheSameContent(t *testing.T) {
	w := newWorld(t)
	w.start()
	served := w.servedFrom.URL + "/welcome"
	for attributes, want := range map[string]string{
		`"linked_content":"line_messages","served_at":"` + served + `","variant_of":null`: "",
		`"linked_content":"other","served_at":null,"variant_of":"w"`:                      "The plan declares another linked_content and served_at and variant_of (update) than the store holds, of the same content.",
		`"served_at":"https://example.com/canary"`:                                        "The plan declares another served_at (update) than the store holds, of the same content.",
	} {
		action := "update"
		if want == "" {
			action = "no-op"
		}
		change := planned("clevertap_line_linked_messages.a", action, "welcome", messages("welcome", "Hello").ContentSHA256, "false")
		change = strings.Replace(change, `"after":{`, `"after":{`+attributes+`,`, 1)
		code, found := w.look("--plan", planFile(t, "", change))
		if want == "" && (code != 0 || len(found.Off) != 0) || want != "" && (code != 2 || len(found.Off) != 1 || found.Off[0].What != want) {
			t.Errorf("%s: exit %d, %+v", attributes, code, found.Off)
		}
		unknown := strings.Replace(change, `"after_unknown":{}`, `"after_unknown":{"linked_content":true,"served_at":true,"variant_of":true}`, 1)
		if _, found := w.look("--plan", planFile(t, "", unknown)); len(found.Off) != 0 {
			t.Errorf("%s: not known yet: %+v", attributes, found.Off)
		}
	}
}

// A property that only the plan has is looked for, too.
func TestPropertyOfAPlan(t *testing.T) {
	w := newWorld(t)
	w.start()
	body := strings.Replace(planned("clevertap_line_campaign_body.a", "no-op", "welcome", storetest.Sealed("welcome", w.body("welcome", messages("", "").Shape)).ContentSHA256, "false"),
		`"after":{`, `"after":{"to":{"profile_property":"Planned"},`, 1)
	_, found := w.look("--plan", planFile(t, "", body))
	if got := named(found.Off); !slices.Equal(got, []string{"property-missing profile property Planned"}) {
		t.Errorf("got %q", got)
	}
	hidden := strings.Replace(body, `"after_sensitive":false`, `"after_sensitive":{"to":{"profile_property":true}}`, 1)
	if _, found := w.look("--plan", planFile(t, "", hidden)); len(found.Off) != 0 {
		t.Errorf("got %+v", found.Off)
	}
}

func TestEditedDocuments(t *testing.T) {
	w := newWorld(t)
	broken := messages("broken", "x")
	broken.Parts = []string{"[{", "}"}
	create(w, "broken", broken)
	reshaped := messages("reshaped", "x")
	reshaped.Shape = "00000000"
	create(w, "reshaped", reshaped)
	w.enter(create(w, "body", w.body("welcome", messages("", "").Shape)))
	w.edit(w.templates, "line-campaign-bodies/body", `"linked_messages": "{`, `"linked_messages": "`)
	w.start()
	_, found := w.look()
	want := []string{"document-edited line-campaign-bodies/body", "document-edited line-linked-messages/broken", "document-edited line-linked-messages/reshaped"}
	if got := named(found.Off); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}
