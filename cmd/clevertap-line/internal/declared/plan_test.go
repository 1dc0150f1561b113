package declared_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// plan is a plan of changes, as Terraform 1.11 writes it.
func plan(changes ...string) string {
	return `{"format_version":"1.2","terraform_version":"1.11.4","complete":true,"errored":false,"resource_changes":[` +
		strings.Join(changes, ",") + `]}`
}

func change(address, action, before, after, unknown, beforeSensitive, afterSensitive string) string {
	kind, _, _ := strings.Cut(address, ".")
	return fmt.Sprintf(`{"address":%q,"mode":"managed","type":%q,"change":{"actions":[%s],"before":%s,"after":%s,"after_unknown":%s,`+
		`"before_sensitive":%s,"after_sensitive":%s}}`, address, kind, action, before, after, unknown, beforeSensitive, afterSensitive)
}

const (
	messages  = `{"name":"spring","linked_content":"api","messages":["{\"type\":\"text\",\"text\":\"Hi\"}"],"content_sha256":"1"}`
	reference = `{\"linked_content\":\"api\",\"name\":\"spring\",\"shape\":\"4f53cda1\",\"tags\":[]}`
	body      = `{"name":"welcome","to":{"profile_property":"LineID"},"messages":null,"linked_messages":"` + reference + `","body":"B",` +
		`"content_sha256":"2","entered_sha256":"3","entered_by":"ann","entered_at":"2026-01-02T03:04:05Z","entered":false}`
	template = `{"name":"push","http_method":"POST","destination_url":"https://api.line.me/v2/bot/message/push","headers":{"X":"y"},` +
		`"secret_header_names":["Authorization"],"secret_headers_wo":null,"secret_headers_wo_version":12,"content_sha256":"4"}`
)

func read(t *testing.T, text string) declared.Plan {
	t.Helper()
	p, err := declared.ReadPlan(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestReadPlan(t *testing.T) {
	t.Parallel()
	p := read(t, plan(
		change("clevertap_webhook_template.push", `"create"`, "null", template, "{}", "false", `{"headers":{},"secret_headers_wo":true}`),
		change("clevertap_line_campaign_body.b", `"create","delete"`, body, body, `{"entered":true,"to":{}}`, "{}", `{"to":{}}`),
		change("data.clevertap_x.y", `"read"`, "null", "{}", "{}", "false", "false"),
		change("clevertap_line_campaign_body.a", `"delete"`, body, "null", "{}", "{}", "false"),
	))
	if len(p.Changes) != 3 || p.Errored || p.Partial {
		t.Fatalf("got %+v", p)
	}
	gone, replaced, created := p.Changes[0], p.Changes[1], p.Changes[2]
	if gone.Action != "delete" || gone.After != nil || gone.Before.Name != "welcome" || gone.Before.Receipt != (declared.Entered{"3", "ann", "2026-01-02T03:04:05Z"}) {
		t.Errorf("got %+v", gone)
	}
	if replaced.Action != "replace" || replaced.After.Body != "B" || replaced.After.Messages != "" || !slices.Equal(replaced.After.Unknown, []string{"entered"}) ||
		replaced.Sensitive() {
		t.Errorf("got %+v, %+v", replaced, replaced.After)
	}
	if created.Kind != templatestore.WebhookTemplates || created.Before != nil || created.Sensitive() || created.After.ContentSHA256 != "4" {
		t.Errorf("got %+v", created)
	}
	var rows []string
	for _, row := range created.After.Dialog.Rows("en") {
		rows = append(rows, row.Field+": "+row.Value)
	}
	if got := strings.Join(rows, "\n"); !strings.Contains(got, "Header X: y\nHeader Authorization: the secret value, version 12\n") {
		t.Errorf("got the rows\n%s", got)
	}
}

// A mark on what messages are made of is one on the body that reads them.
func TestSensitive(t *testing.T) {
	t.Parallel()
	for _, marks := range []string{`{"messages":[true]}`, `{"messages":true}`, `{"name":true}`, `true`} {
		p := read(t, plan(
			change("clevertap_line_campaign_body.b", `"create"`, "null", body, `{}`, "false", `{"to":{}}`),
			change("clevertap_line_linked_messages.m", `"create"`, "null", messages, `{}`, "false", marks),
		))
		if !p.Changes[0].Sensitive() || !p.Changes[1].Sensitive() {
			t.Errorf("with %s got %+v", marks, p.Changes)
		}
	}
	other := strings.ReplaceAll(messages, "spring", "summer")
	variant := strings.Replace(other, "{", `{"variant_of":"spring",`, 1)
	for text, want := range map[string]bool{other: false, variant: true} {
		p := read(t, plan(
			change("clevertap_line_campaign_body.b", `"update"`, body, body, `{}`, `{}`, `{"to":{}}`),
			change("clevertap_line_linked_messages.m", `"update"`, text, text, `{}`, `{"messages":true}`, `{}`),
		))
		if p.Changes[0].Sensitive() != want || !p.Changes[1].Sensitive() {
			t.Errorf("with %s the body is sensitive: %t", text, !want)
		}
	}
	unknown := strings.Replace(messages, `"messages":[`, `"x":[`, 1)
	p := read(t, plan(change("clevertap_line_linked_messages.m", `"create"`, "null", unknown, `{"messages":true}`, "false", `{"messages":true}`)))
	if c := p.Changes[0]; !c.Sensitive() || c.After.Messages != "" || c.After.Unknown[0] != "messages" {
		t.Errorf("got %+v", c.After)
	}
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	configuration := func(keys ...string) string {
		var resources []string
		for _, key := range keys {
			resources = append(resources, fmt.Sprintf(`{"mode":"managed","type":"clevertap_webhook_template","provider_config_key":%q}`, key))
		}
		last := len(resources) - 1
		return `{"format_version":"1.2","errored":true,"complete":false,"configuration":{"provider_config":{
			"ct":{"name":"ct","expressions":{"account_id":{"constant_value":"WWW-1"}}},
			"ct.b":{"name":"ct","expressions":{"account_id":{"references":["var.a"]}}},
			"ct.c":{"name":"ct","expressions":{"account_id":{"constant_value":"AAA-1"}}},
			"ct.d":{"name":"ct","expressions":{"account_id":{"constant_value":"WWW-1"}}},
			"none":null,"ct.unused":{"name":"ct","expressions":{"account_id":{"constant_value":"X"}}}},
			"root_module":{"resources":[` + strings.Join(resources[:last], ",") + `],
			"module_calls":{"m":{"module":{"resources":[null,` + resources[last] + `]}},"n":null}}}}`
	}
	for keys, want := range map[string][]string{
		"ct": {"WWW-1"}, "ct ct.d": {"WWW-1"}, "ct ct.c": {"AAA-1", "WWW-1"}, "ct ct.b": {declared.NoConstant, "WWW-1"},
		"none": {declared.NoConstant}, "missing ct.b": {declared.NoConstant},
	} {
		if p := read(t, configuration(strings.Fields(keys)...)); !slices.Equal(p.Accounts, want) || !p.Errored || !p.Partial {
			t.Errorf("with %s got %+v", keys, p)
		}
	}
}

func TestNoPlan(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":               "this is not what `terraform show -json PLANFILE` writes: unexpected end of JSON input",
		"PK\x03\x04rest": "this is the plan file itself: give what `terraform show -json PLANFILE` says of it",
		"{}":             "this is not what `terraform show -json PLANFILE` writes: unexpected plan input, format version is missing",
		`{"format_version":"1.0","values":{"root_module":{}}}`: "this is a state: give what `terraform show -json PLANFILE` says, with the plan file",
		`{"format_version":"2.0"}`:                             `this is not what`,
		plan(change("clevertap_webhook_template.t", `"create"`, "null", `{"name":7}`, "{}", "false", "false")): "of clevertap_webhook_template.t: its attributes are not those of this provider's version: name is no string",
		plan(change("clevertap_webhook_template.t", `"create"`, "null", `7`, "{}", "false", "false")):          "of clevertap_webhook_template.t: its attributes are not those",
	} {
		if _, err := declared.ReadPlan(strings.NewReader(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v", text, err)
		}
	}
	read(t, `{"format_version":"1.2","resource_changes":[null,{"mode":"managed","type":"clevertap_webhook_template"}],"configuration":{"provider_config":{"a":null}}}`)
}

// An edited document is in a plan's before as it was read.
func TestAnEditedReference(t *testing.T) {
	t.Parallel()
	p := read(t, plan(change("clevertap_line_campaign_body.t", `"update"`, `{"name":"a","linked_messages":"x"}`, "null", "{}", "false", "false")))
	if fault := p.Changes[0].Before.Fault; !strings.HasPrefix(fault, "linked_messages: ") {
		t.Errorf("got %q", fault)
	}
}

// A document and a plan say the same of the same object.
func TestWhatIsComparedOfAnObject(t *testing.T) {
	t.Parallel()
	of := func(kind templatestore.Kind, content string) declared.Object {
		t.Helper()
		o, err := declared.OfContent(kind, "spring", []byte(content))
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	o := of(templatestore.LinkedMessages, `{"shape":"4f53cda1","parts":["[]"],"tags":[],"unit":"spring_1","track_versions":true,"variant_of":"v","served_at":"https://a"}`)
	if o.Shape != "4f53cda1" || o.Unit != "spring_1" || o.VariantOf != "v" || o.ServedAt != "https://a" || o.Property != "" {
		t.Errorf("got %+v", o)
	}
	if o := of(templatestore.LinkedMessages, `{"unit":"spring_1","track_versions":false}`); o.Unit != "" {
		t.Errorf("got %+v", o)
	}
	const tracked = `"messages":[{"type":"text","text":"Hi"}],"track_versions":true`
	o = of(templatestore.LineCampaignBodies, `{"to":{},`+tracked+`}`)
	if o.Property != "LineID" || o.Unit != "spring_ec75dc69" {
		t.Errorf("got %+v", o)
	}
	for content, want := range map[string][2]string{
		`{"to":{"profile_property":"P"},"messages":[{"type":"text"}]}`: {"P", ""},
		`{"to":{"id":"C1"},"messages":[7],"track_versions":true}`:      {"", ""},
	} {
		if o := of(templatestore.LineCampaignBodies, content); o.Property != want[0] || o.Unit != want[1] {
			t.Errorf("%s: got %+v", content, o)
		}
	}
	p := read(t, plan(
		change("clevertap_line_linked_messages.m", `"create"`, "null", `{"name":"m","shape":"1","served_at":"https://a","variant_of":"v","version_unit":"m_1"}`, "{}", "false", "false"),
		change("clevertap_line_campaign_body.b", `"create"`, "null", `{"name":"b","to":null,"version_unit":"b_1"}`, "{}", "false", "false"),
	))
	b, m := p.Changes[0].After, p.Changes[1].After
	if m.Shape != "1" || m.ServedAt != "https://a" || m.VariantOf != "v" || m.Unit != "m_1" || b.Unit != "b_1" || b.Property != "LineID" {
		t.Errorf("got %+v, %+v", m, b)
	}
}

// Marks in the state before, at the same address or of the same object count for all that is said of it.
func TestMarksSpread(t *testing.T) {
	t.Parallel()
	secret := change("clevertap_line_linked_messages.m", `"update"`, messages, messages, "{}", "{}", `{"messages":[true]}`)
	drifted := change("clevertap_line_linked_messages.m", `"update"`, messages, messages, "{}", "{}", "{}")
	p := read(t, strings.Replace(plan(secret), `"resource_changes"`, `"resource_drift":[`+drifted+`],"resource_changes"`, 1))
	if !p.Changes[0].Before.Sensitive || !p.Drift[0].Before.Sensitive || !p.Drift[0].After.Sensitive {
		t.Errorf("got %+v", p)
	}
	state := `"prior_state":{"format_version":"1.0","values":{"root_module":{"child_modules":[null,{"resources":[null,{"address":"module.a.clevertap_line_linked_messages.m",` +
		`"mode":"managed","type":"clevertap_line_linked_messages","values":` + messages + `,"sensitive_values":{"messages":[true]}}]}]}}},"resource_changes"`
	reads := change("clevertap_line_campaign_body.b", `"no-op"`, body, body, "{}", "{}", "{}")
	p = read(t, strings.Replace(plan(reads, drifted), `"resource_changes"`, state, 1))
	if len(p.Prior) != 1 || p.Prior[0].Address != "module.a.clevertap_line_linked_messages.m" || !p.Prior[0].Planned.Sensitive || !p.Changes[0].Sensitive() || !p.Changes[1].Sensitive() {
		t.Errorf("got %+v", p)
	}
}

// Some versions of Terraform delete what state had before the refresh, which found the receipt.
func TestAReceiptThatTheRefreshFound(t *testing.T) {
	t.Parallel()
	never := strings.Replace(body, `"entered_sha256":"3"`, `"entered_sha256":null`, 1)
	gone := change("clevertap_line_campaign_body.b", `"delete"`, never, "null", "{}", "{}", "false")
	refreshed := change("clevertap_line_campaign_body.b", `"update"`, never, body, "{}", "{}", "{}")
	p := read(t, strings.Replace(plan(gone), `"resource_changes"`, `"resource_drift":[`+refreshed+`],"resource_changes"`, 1))
	if p.Changes[0].Before.Receipt.ContentSHA256 != "3" {
		t.Errorf("got %+v", p.Changes[0].Before)
	}
}
