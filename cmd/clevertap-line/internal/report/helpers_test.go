package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
)

type value = map[string]any

// resource is a change as a plan has it.
func resource(address string, actions []string, before, after value, more ...value) value {
	kind, _, _ := strings.Cut(address, ".")
	change := value{"actions": actions, "before": nil, "after": nil, "after_unknown": value{}, "before_sensitive": value{}, "after_sensitive": value{}}
	if before != nil {
		change["before"] = before
	}
	if after != nil {
		change["after"] = after
	}
	r := value{"address": address, "mode": "managed", "type": kind, "change": change}
	for _, m := range more {
		for name, value := range m {
			if _, ofChange := change[name]; ofChange || name == "importing" {
				change[name] = value
			} else {
				r[name] = value
			}
		}
	}
	return r
}

func encoded(t testing.TB, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// planOf is a plan as JSON.
func planOf(t testing.TB, more value, resources ...value) string {
	t.Helper()
	p := value{"format_version": "1.2", "complete": true, "errored": false, "resource_changes": resources}
	for name, value := range more {
		p[name] = value
	}
	return encoded(t, p)
}

// linked are linked messages of one text.
func linked(name, text string) value {
	message, _ := json.Marshal(value{"type": "text", "text": text})
	return value{"name": name, "linked_content": "api", "messages": []string{string(message)}, "content_sha256": text,
		"reference": `{"linked_content":"api","name":"a","shape":"4f53cda1","tags":[]}`}
}

// body is a body that carries a message.
func body(name, text, enteredSHA256 string) value {
	b := linked(name, text)
	delete(b, "linked_content")
	delete(b, "reference")
	if b["to"] = (value{}); enteredSHA256 != "" {
		b["entered_sha256"], b["entered_by"], b["entered_at"] = enteredSHA256, "mio", "2026-08-07T00:00:00Z"
	}
	return b
}

var (
	creating  = []string{"create"}
	updating  = []string{"update"}
	deleting  = []string{"delete"}
	nothing   = []string{"no-op"}
	replacing = []string{"delete", "create"}
)

func factsOf(t testing.TB, plan string, log ...string) facts {
	t.Helper()
	read, err := declared.ReadPlan(strings.NewReader(plan))
	if err != nil {
		t.Fatal(err)
	}
	said, err := readLog(strings.NewReader(strings.Join(log, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return gather(&read, said, false)
}

func executeReport(t testing.TB, stdin string, args ...string) clitest.Result {
	t.Helper()
	return clitest.Run(t, New(), stdin, args...)
}

// markdownOf is the report of a plan, which must be there.
func markdownOf(t testing.TB, plan string, args ...string) string {
	t.Helper()
	got := executeReport(t, plan, append([]string{"-"}, args...)...)
	if got.Code != 0 || got.Stderr != "" {
		t.Fatalf("got %+v", got)
	}
	return got.Stdout
}

// diagnosticLine is one of a log.
func diagnosticLine(t testing.TB, severity, address, summary, detail string) string {
	t.Helper()
	return encoded(t, value{"type": "diagnostic", "@timestamp": "2026-11-27T11:17:05.18Z", "diagnostic": value{
		"severity": severity, "address": address, "summary": summary, "detail": detail,
		"range": value{"filename": "main.tf", "start": value{"line": 7}}}})
}
