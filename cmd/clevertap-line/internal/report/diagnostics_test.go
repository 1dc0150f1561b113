package report

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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

const leftOut = "What it says is left out. It is in the log of the plan."

// What is said of what has no marks is left out, in quotes or not: new objects of a plan that failed, and data sources always.
func TestWordsWithoutMarks(t *testing.T) {
	t.Parallel()
	const note = "is left out where the plan does not say what is sensitive."
	const address = `clevertap_line_campaign_body.all["a"]`
	one := resource(address, nothing, body("a", "1", "1"), body("a", "1", "1"))
	bucket := resource("aws_s3_bucket.x", creating, nil, value{"name": "x"})
	profiles := resource("module.line.clevertap_line_profiles.x", creating, nil, value{"line_ids": value{"a": "b"}})
	failed, whole := planOf(t, value{"errored": true}, one, bucket, profiles), planOf(t, nil, one, bucket, profiles)
	for address, hides := range map[string][2]bool{
		"clevertap_line_campaign_body.new": {true, true}, "module.line.clevertap_line_profiles.new": {true, true},
		"data.clevertap_campaign.x": {true, true}, "check.x": {true, true}, "": {true, true},
		`clevertap_line_campaign_body.all["b"]`: {true, true}, "clevertap_line_campaign_body.all": {true, false},
		address: {false, false}, "aws_s3_bucket.x": {false, false}, "aws_s3_bucket.new": {true, true},
		"module.line.clevertap_line_profiles.x": {false, false},
	} {
		line := diagnosticLine(t, "warning", address, "Of CANARY", "It is CANARY.")
		for i, plan := range []string{failed, whole} {
			d := factsOf(t, plan, line).Diagnostics[0]
			want := diagnostic{Severity: "warning", Address: address, File: "main.tf", Line: 7, Detail: leftOut, ValuesHidden: true}
			if !hides[i] {
				want.Summary, want.Detail, want.ValuesHidden = "Of CANARY", "It is CANARY.", false
			}
			if d != want {
				t.Errorf("of %q, plan %d, got %+v", address, i, d)
			}
		}
		for _, format := range formats[:2] {
			if got := executeReport(t, line, "--log", "-", "--format", format).Stdout; strings.Contains(got, "CANARY") || !strings.Contains(got, note) {
				t.Errorf("of %q got %s", address, got)
			}
			shown := executeReport(t, line, "--log", "-", "--show-sensitive", "--format", format).Stdout
			if strings.Contains(shown, note) || !strings.Contains(shown, "It is CANARY.") {
				t.Errorf("of %q got %s", address, shown)
			}
		}
	}
}

// Expressions are no object's, even where an object has the address: its conditions read what else there is.
func TestWordsOfExpressions(t *testing.T) {
	t.Parallel()
	const address = "clevertap_line_campaign_body.a"
	known := planOf(t, nil, resource(address, creating, nil, body("a", "1", "")))
	for _, address := range []string{"", address, "check.x"} {
		for summary, detail := range map[string]string{
			"Error in function call":    `Call to function "provider::clevertap::line_profiles_csv" failed: identity "CANARY": is no LINE ID.`,
			"Invalid function argument": `Invalid value for "prefix" parameter: invalid CIDR address: CANARY.`,
			"Duplicate object key":      `Two different items produced the key "CANARY" in this 'for' expression.`,
		} {
			d := factsOf(t, known, diagnosticLine(t, "error", address, summary, detail)).Diagnostics[0]
			if d.Detail != leftOut || d.Summary != summary || !d.ValuesHidden {
				t.Errorf("of %q got %+v", address, d)
			}
		}
	}
}

// What stays of words without marks is fixed: the summary, if it holds no value besides what it quotes, and the rule. What
// Terraform says of the configuration alone stays whole.
func TestWhatStaysWithoutMarks(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ summary, detail, wantSummary, wantDetail string }{
		{"LINE would refuse this message", "messages[2].CANARY, line 1, column 2 of its JSON: is there twice (json-duplicate-key)",
			"LINE would refuse this message", "What it says (json-duplicate-key) is left out. It is in the log of the plan."},
		{"LINE would refuse this message", "A text stands in quotes: 'CANARY' (liquid-operand)(canary)", "LINE would refuse this message", leftOut},
		{"LINE would refuse this message", "(empty-text) CANARY", "LINE would refuse this message", leftOut},
		{`There is a webhook template "CAN\"ARY\nx" already`, "CANARY", "There is a webhook template (not shown) already", leftOut},
		{`The LINE campaign body "CANARY" may not be what you want: messages[0].CANARY (empty-text)`, "messages[0].CANARY: is empty (empty-text)",
			"", "What it says (empty-text) is left out. It is in the log of the plan."},
		{`Several campaigns have the name "CANARY"`, "CANARY", "Several campaigns have the name (not shown)", leftOut},
		{"Several campaigns have the name CANARY", "CANARY", "", leftOut},
		{`Header given twice "CANARY`, "CANARY", "", leftOut},
		{"Unsupported argument", `An argument named "nome" is not expected here.`, "Unsupported argument", `An argument named "nome" is not expected here.`},
	} {
		line := diagnosticLine(t, "error", "clevertap_line_campaign_body.new", test.summary, test.detail)
		got := factsOf(t, planOf(t, value{"errored": true}), line).Diagnostics[0]
		if got.Summary != test.wantSummary || got.Detail != test.wantDetail || got.ValuesHidden == (test.summary == "Unsupported argument") {
			t.Errorf("of %q got %+v", test.summary, got)
		}
	}
}

// Each summary that is kept is one of the provider's as it stands there: one that is worded anew is not forgotten here.
func TestFixedSummariesAreTheProviders(t *testing.T) {
	t.Parallel()
	var sources strings.Builder
	err := filepath.WalkDir(filepath.Join("..", "..", "..", "..", "internal", "provider"), func(name string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			var text []byte
			text, err = os.ReadFile(name)
			sources.Write(text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	nouns := []string{"webhook template", "Linked Content API", "LINE campaign body", "set of LINE linked messages"}
	for _, literal := range slices.Concat(fixedSummaries, nouns) {
		if before, after, quotes := strings.Cut(literal, " (not shown)"); quotes {
			for _, noun := range nouns {
				before = strings.Replace(before, " the "+noun, " the %s %q", 1)
				before = strings.Replace(before, " a "+noun, " a %s %q", 1)
			}
			literal = before + after
		}
		if !slices.Contains(ofExpressions, literal) && !strings.Contains(sources.String(), `"`+literal) {
			t.Errorf("%q is not the provider's", literal)
		}
	}
}

// What is in state may be declared otherwise now, and what is deleted or deposed says nothing of what is declared.
func TestStateDoesNotSayWhatIsSensitive(t *testing.T) {
	t.Parallel()
	const address = "clevertap_line_campaign_body.a"
	prior := value{"format_version": "1.0", "values": value{"root_module": value{"resources": []value{{
		"address": address, "mode": "managed", "type": "clevertap_line_campaign_body", "values": body("a", "1", ""), "sensitive_values": value{},
	}}}}}
	says := diagnosticLine(t, "error", address, "C", `has the scheme "CANARY"`)
	for name, plan := range map[string]string{
		"prior":   planOf(t, value{"prior_state": prior, "errored": true}),
		"target":  planOf(t, value{"prior_state": prior, "complete": false}),
		"deleted": planOf(t, value{"errored": true}, resource(address, deleting, body("a", "1", ""), nil)),
		"deposed": planOf(t, value{"errored": true}, resource(address, nothing, body("a", "1", ""), body("a", "1", ""), value{"deposed": "1"})),
		"read":    planOf(t, nil, resource(address, []string{"read"}, nil, body("a", "1", ""), value{"mode": "data"})),
	} {
		if d := factsOf(t, plan, says).Diagnostics[0]; d.Detail != leftOut || !d.ValuesHidden {
			t.Errorf("%s: got %+v", name, d)
		}
	}
}

// What the plan does not mark, but follows from what it does, is as sensitive, and so is what is said of all instances.
func TestDiagnosticOfWhatFollows(t *testing.T) {
	t.Parallel()
	const address = "clevertap_line_campaign_body.a"
	plan := planOf(t, nil, resource(address+`["x"]`, nothing, body("a", "1", ""), body("a", "1", "")),
		resource("clevertap_line_campaign_body.b", deleting, body("a", "2", ""), nil, value{"before_sensitive": value{"messages": true}}))
	for _, of := range []string{address + `["x"]`, address} {
		if d := factsOf(t, plan, diagnosticLine(t, "warning", of, "C", "C")).Diagnostics[0]; !d.Sensitive || d.Summary+d.Detail != "" {
			t.Errorf("of %s got %+v", of, d)
		}
	}
}

// Marks are read of resources that have no object, too.
func TestDiagnosticOfSensitiveProfiles(t *testing.T) {
	t.Parallel()
	const address = "clevertap_line_profiles.x"
	for name, change := range map[string]value{
		"known":   {"after_sensitive": value{"line_ids": true}},
		"unknown": {"after": value{}, "after_unknown": value{"line_ids": true}, "after_sensitive": value{"line_ids": true}},
		"before":  {"before": value{"line_ids": value{"a": "b"}}, "before_sensitive": value{"line_ids": value{"a": true}}},
	} {
		plan := planOf(t, nil, resource(address, updating, nil, value{"line_ids": value{"a": "b"}}, change))
		if d := factsOf(t, plan, diagnosticLine(t, "warning", address, "C", "C")).Diagnostics[0]; !d.Sensitive || d.Summary+d.Detail != "" {
			t.Errorf("%s: got %+v", name, d)
		}
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
