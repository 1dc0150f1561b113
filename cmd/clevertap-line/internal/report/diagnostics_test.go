package report

import (
	"strings"
	"testing"
)

// A diagnostic loses its words where the state before the plan marks the object.
func TestDiagnosticOfAMarkInState(t *testing.T) {
	t.Parallel()
	const address = "clevertap_line_campaign_body.a"
	prior := value{"format_version": "1.0", "values": value{"root_module": value{"resources": []value{{
		"address": address, "mode": "managed", "type": "clevertap_line_campaign_body", "values": body("a", "CANARY", ""),
		"sensitive_values": value{"messages": true},
	}}}}}
	f := factsOf(t, planOf(t, value{"prior_state": prior, "errored": true}), diagnosticLine(t, "error", address, "CANARY", "CANARY"))
	if len(f.Diagnostics) != 1 || !f.Diagnostics[0].Sensitive || f.Diagnostics[0].Detail != "" {
		t.Errorf("got %+v", f.Diagnostics)
	}
}

// Of objects that a plan lacks, nobody knows what is sensitive: what is quoted is left out, and the rest stays.
func TestValuesOfNewObjects(t *testing.T) {
	t.Parallel()
	const says = "the name \"CAN\\\"ARY\" is like `CANARY` in {{ Profile.CANARY }} and {% if CANARY %}, not \"CANARY"
	const without = "the name (not shown) is like (not shown) in (not shown) and (not shown), not (not shown)"
	const note = "is left out. clevertap-line report --show-sensitive shows it."
	known := planOf(t, value{"errored": true}, resource(`clevertap_line_campaign_body.all["a"]`, nothing, body("a", "1", "1"), body("a", "1", "1")))
	for address, hides := range map[string]bool{
		"clevertap_line_campaign_body.new": true, "module.line.clevertap_line_profiles.new": true, "data.clevertap_line_bot_info.x": true,
		`clevertap_line_campaign_body.all["b"]`: true, "clevertap_line_campaign_body.all": true,
		`clevertap_line_campaign_body.all["a"]`: false, "aws_s3_bucket.x": false, "": false,
	} {
		line := diagnosticLine(t, "error", address, "Of \"CANARY\"", says)
		d := factsOf(t, known, line).Diagnostics[0]
		if d.ValuesHidden != hides || strings.Contains(d.Summary+d.Detail, "CANARY") == hides || hides && d.Detail != without {
			t.Errorf("of %q got %+v", address, d)
		}
		if shown := executeReport(t, line, "--log", "-", "--show-sensitive"); strings.Contains(shown.Stdout, note) ||
			!strings.Contains(shown.Stdout, "Profile.CANARY") {
			t.Errorf("of %q got %s", address, shown.Stdout)
		}
		for _, format := range formats[:2] {
			if got := executeReport(t, line, "--log", "-", "--format", format).Stdout; strings.Contains(got, note) != d.mayQuote() {
				t.Errorf("of %q got %s", address, got)
			}
		}
	}
	function := diagnosticLine(t, "error", "", "Error in function call", says)
	if d := factsOf(t, known, function).Diagnostics[0]; d.Detail != without {
		t.Errorf("got %+v", d)
	}
	// A log that has warnings alone and does not end, and a plan that is whole.
	warning := diagnosticLine(t, "warning", "clevertap_line_campaign_body.new", "x", says)
	if got := executeReport(t, warning, "--log", "-"); strings.Contains(got.Stdout, "CANARY") || !strings.Contains(got.Stdout, note) {
		t.Errorf("got %+v", got)
	}
	if d := factsOf(t, planOf(t, nil), warning).Diagnostics[0]; d.ValuesHidden || d.Detail != says {
		t.Errorf("got %+v", d)
	}
}

// An instance that is sensitive hides what is said of all of them.
func TestDiagnosticOfADeclaration(t *testing.T) {
	t.Parallel()
	plan := planOf(t, nil,
		resource(`module.m[0].clevertap_line_campaign_body.a["x.\"]y"]`, creating, nil, body("a", "1", ""), value{"after_sensitive": value{"to": true}, "type": "clevertap_line_campaign_body"}))
	if d := factsOf(t, plan, diagnosticLine(t, "warning", "module.m.clevertap_line_campaign_body.a", "C", "C")).Diagnostics[0]; !d.Sensitive {
		t.Errorf("got %+v", d)
	}
}

// What the provider says of messages that are sensitive is one of their problems, and counted once.
func TestSensitiveWarningsAreCountedOnce(t *testing.T) {
	t.Parallel()
	b := linked("a", "Hi")
	b["messages"] = []string{`{"type":"text","text":"Hi","colour":1}`}
	for _, mark := range []value{{}, {"messages": true}} {
		plan := planOf(t, nil, resource(`clevertap_line_linked_messages.a["x"]`, creating, nil, b, value{"after_sensitive": mark}))
		open := factsOf(t, planOf(t, nil, resource(`clevertap_line_linked_messages.a["x"]`, creating, nil, b)))
		warned := open.Objects[0].Problems[0]
		for _, address := range []string{`clevertap_line_linked_messages.a["x"]`, "clevertap_line_linked_messages.a"} {
			f := factsOf(t, plan, diagnosticLine(t, warned.Severity, address, "LINE messages", warned.inProvidersWords()))
			if len(f.Diagnostics) != 0 || f.Counts != open.Counts || f.Counts.Errors+f.Counts.Warnings != 1 {
				t.Errorf("marked %v, of %s: got %+v and %+v", mark, address, f.Counts, f.Diagnostics)
			}
		}
	}
}

// What is given in place of a log is told from one.
func TestNotALog(t *testing.T) {
	t.Parallel()
	state := encoded(t, value{"format_version": "1.0", "values": value{}})
	for text, want := range map[string]string{
		"PK\x03\x04rest\n":                 "read <stdin>: this is the plan file itself: give the log that `terraform plan -json`",
		planOf(t, nil):                     "read <stdin>: this is what `terraform show -json` writes, which is PLAN.json: give the log",
		state:                              "read <stdin>: this is what `terraform show -json` writes",
		"\n " + planOf(t, nil) + "\n":      "read <stdin>: this is what `terraform show -json` writes",
		strings.Repeat("x", 10) + "\n{}\n": "",
	} {
		got := executeReport(t, text, "--log", "-")
		if (got.Code == 1) != (want != "") || !strings.Contains(got.Stderr, want) {
			t.Errorf("%.40s: got %+v", text, got)
		}
	}
}
