package declared_test

import (
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
)

// with is a plan of changes with more members.
func with(more string, changes ...string) string {
	return strings.Replace(plan(changes...), `"resource_changes"`, more+`,"resource_changes"`, 1)
}

func named(text, name string) string {
	return strings.Replace(text, `"name":"spring"`, `"name":"`+name+`"`, 1)
}

// What is said of an address is marked by that address, under whatever name and whatever address it had before.
func TestMarksOfAnAddress(t *testing.T) {
	t.Parallel()
	const m = "clevertap_line_linked_messages.m"
	secret := change(m, `"update"`, messages, messages, "{}", "{}", `{"name":true}`)
	drifted := change(m, `"update"`, named(messages, "x"), named(messages, "x"), "{}", "{}", "{}")
	p := read(t, with(`"resource_drift":[`+drifted+`]`, secret))
	if was := p.Drift[0].Before; !was.Sensitive || !was.NameSensitive {
		t.Errorf("got %+v", was)
	}
	moved := strings.Replace(change(m, `"update"`, named(messages, "y"), named(messages, "z"), "{}", "{}", "{}"),
		`"mode"`, `"previous_address":"clevertap_line_linked_messages.old","mode"`, 1)
	before := strings.ReplaceAll(secret, m, "clevertap_line_linked_messages.old")
	p = read(t, with(`"resource_drift":[`+before+`]`, moved))
	if is := p.Changes[0].After; !is.Sensitive || !is.NameSensitive {
		t.Errorf("got %+v", is)
	}
}

// A body is marked that reads messages which are marked by their address alone.
func TestMarksOfWhatIsRead(t *testing.T) {
	t.Parallel()
	const m = "clevertap_line_linked_messages.m"
	prior := `"prior_state":{"values":{"root_module":{"resources":[{"address":"` + m + `","mode":"managed",` +
		`"type":"clevertap_line_linked_messages","values":` + named(messages, "old") + `,"sensitive_values":{"messages":[true]}}]}}}`
	prior = strings.Replace(prior, `{"values"`, `{"format_version":"1.0","values"`, 1)
	p := read(t, with(prior,
		change("clevertap_line_campaign_body.b", `"create"`, "null", body, "{}", "{}", "{}"),
		change(m, `"update"`, named(messages, "old"), messages, "{}", "{}", "{}"),
	))
	if !p.Changes[0].Sensitive() || !p.Changes[1].After.Sensitive {
		t.Errorf("got %+v", p.Changes)
	}
}

// A receipt is taken from what the refresh found for a deletion alone, and for the very object.
func TestReceiptsOfOthers(t *testing.T) {
	t.Parallel()
	const b = "clevertap_line_campaign_body.b"
	never := strings.Replace(body, `"entered_sha256":"3"`, `"entered_sha256":null`, 1)
	refreshed := `"resource_drift":[` + change(b, `"update"`, never, body, "{}", "{}", "{}") + `]`
	deposed := strings.Replace(change(b, `"delete"`, never, "null", "{}", "{}", "false"), `"mode"`, `"deposed":"00","mode"`, 1)
	for name, c := range map[string]string{"deposed": deposed, "updated": change(b, `"update"`, never, never, "{}", "{}", "{}")} {
		p := read(t, with(refreshed, c))
		if p.Changes[0].Before.Receipt != (declared.Entered{By: "ann", At: "2026-01-02T03:04:05Z"}) {
			t.Errorf("%s: got %+v", name, p.Changes[0].Before.Receipt)
		}
	}
}
