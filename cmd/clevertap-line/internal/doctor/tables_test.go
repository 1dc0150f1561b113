package doctor

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

const guide = "../../../../templates/guides/open-questions.md"

// The guide has the id and the words of each question, and no other ids.
func TestGuideHasTheQuestions(t *testing.T) {
	t.Parallel()
	text := readFile(t, guide)
	var got, want []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z0-9-]+)` (.*?) \\|").FindAllStringSubmatch(text, -1) {
		question, _, _ := strings.Cut(row[2], "?")
		got = append(got, fmt.Sprintf("%s: %s?", row[1], question))
	}
	for _, q := range questions {
		want = append(want, fmt.Sprintf("%s: %s", q.id, q.text))
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("the guide has\n%s\nand doctor\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Ids are unique, texts are sentences that stand in a table, and every question can be answered.
func TestTables(t *testing.T) {
	t.Parallel()
	ids, answered := map[string]bool{}, map[question]bool{}
	for _, g := range groups {
		for _, c := range g.checks {
			if ids[c.id] {
				t.Errorf("two checks are %s", c.id)
			}
			ids[c.id] = true
			of := map[string]bool{failed.id: true}
			for _, a := range c.answers {
				if of[a.id] {
					t.Errorf("two answers of %s are %s", c.id, a.id)
				}
				of[a.id] = true
				if !strings.HasSuffix(a.found, ".") || a.next != "" && !strings.HasSuffix(a.next, ".") || strings.ContainsAny(a.found+a.next+a.choice, "|\n") ||
					(a.is != well) && a.next == "" && len(a.learnt) == 0 {
					t.Errorf("%s %s: %q %q", c.id, a.id, a.found, a.next)
				}
				if (a.choice == "") != (g.id != stepsID) {
					t.Errorf("%s %s: the choice is %q", c.id, a.id, a.choice)
				}
				for _, lesson := range a.learnt {
					answered[lesson.of] = true
				}
			}
		}
	}
	for _, q := range questions {
		if !answered[q.id] {
			t.Errorf("nothing answers %s", q.id)
		}
	}
	if len(answered) != len(questions) {
		t.Errorf("%d questions are answered, and there are %d", len(answered), len(questions))
	}
}

func TestProgressFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "progress.json")
	p, err := load(file)
	if err != nil || len(p.Groups) != 0 {
		t.Fatalf("%v, %v", p, err)
	}
	found := results{"catalog": {Answer: "refused", Status: 403, Code: 12}}
	if err := p.keep(groupOf("catalog"), trace("a", "b"), found, time.Date(2026, 3, 1, 12, 0, 0, 5, time.FixedZone("", 9*60*60))); err != nil {
		t.Fatal(err)
	}
	golden(t, "progress.json", readFile(t, file))
	again, err := load(file)
	if err != nil || again.Groups["catalog"].Of != trace("a", "b") || again.all()["catalog"] != found["catalog"] {
		t.Errorf("%v, %v", again, err)
	}
	const unknown = "it holds what this command does not know"
	for text, want := range map[string]string{
		"":                               "it is no JSON of this command",
		"[]":                             "it is no JSON of this command",
		`{"clevertap_line_doctor":1} {}`: "it is no JSON of this command",
		`{"clevertap_line_doctor":1,"groups":{},"x":1}`: "it is no JSON of this command",
		`{}`:                          "it has version 0, and this command knows version 1",
		`{"clevertap_line_doctor":2}`: "it has version 2, and this command knows version 1",
		`{"clevertap_line_doctor":1,"groups":{"x":{"of":"abcd"}}}`:                                                                unknown,
		`{"clevertap_line_doctor":1,"groups":{"line":{"of":"CANARY"}}}`:                                                           unknown,
		`{"clevertap_line_doctor":1,"groups":{"line":{"of":"abcd","results":{"catalog":{"answer":"there"}}}}}`:                    unknown,
		`{"clevertap_line_doctor":1,"groups":{"line":{"of":"abcd","results":{"token":{"answer":"CANARY"}}}}}`:                     unknown,
		`{"clevertap_line_doctor":1,"groups":{"line":{"of":"abcd","results":{"token":{"answer":"dead","status":16500310990}}}}}`:  unknown,
		`{"clevertap_line_doctor":1,"groups":{"line":{"of":"abcd","results":{"token":{"answer":"dead","status":-1}}}}}`:           unknown,
		`{"clevertap_line_doctor":1,"groups":{"line":{"of":"abcd","results":{"token":{"answer":"dead","code":1650031099}}}}}`:     unknown,
		`{"clevertap_line_doctor":1,"groups":{"steps":{"of":"abcd","results":{"send-test":{"answer":"failed"}}}}}`:                unknown,
		`{"clevertap_line_doctor":1,"groups":{"line":{"of":"abcd","results":{"token":{"answer":"dead","found":"CANARY"}}}}}`:      "it is no JSON of this command",
		`{"clevertap_line_doctor":1,"groups":{"line":` + strings.Repeat("[", 100) + `}}`:                                          "it is no JSON of this command",
		`{"clevertap_line_doctor":1}` + strings.Repeat(" ", maxProgress):                                                          "it has more than 1048576 bytes",
		`{"clevertap_line_doctor":1,"groups":{"line":{"of":"abcd","results":{"token":{"answer":"failed","status":500}}}}}`:        "",
		`{"clevertap_line_doctor":1,"groups":{"line":{"of":"abcd","results":{"token":{"answer":"dead","status":401,"code":9}}}}}`: "",
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := load(file)
		said := ""
		if err != nil {
			said = err.Error()
		}
		if want != "" {
			want = fmt.Sprintf("the progress file %s cannot be read: %s. Name another file to begin anew", file, want)
		}
		if said != want {
			t.Errorf("%.120s: %s, want %s", text, said, want)
		}
	}
	if _, err := load(filepath.Dir(file)); err == nil {
		t.Error("a folder is no progress file")
	}
}

// What is given wrong is an error before anybody is asked, and never 2, which is for what is not well.
func TestUsage(t *testing.T) {
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"--unknown"}, "unknown flag"}, {[]string{"x"}, "unexpected argument"}, {[]string{"--catalog=-1"}, "--catalog is the ID"},
		{[]string{"--property", "a:b"}, "--property: "}, {[]string{"--profile", "undefined"}, "--profile: "}, {[]string{"--unit", "a b"}, "--unit: "},
		{[]string{"--messages", "a"}, "--messages names messages in a store"}, {[]string{"--served-at", "http://example.com"}, "--served-at: "},
		{[]string{"--served-at", "https://example.com/{{message}}"}, "--served-at: "}, {[]string{"--publish-store", "gs://x"}, "--publish-store: "},
		{[]string{"-o", ""}, "--output is the name of a file"}, {[]string{"-o", "./x.md", "--progress", "x.md"}, "the same file"}, {[]string{"--account", ".."}, "--account"}, {[]string{"--progress", os.DevNull}, "is no regular file"}, {[]string{"-o", "none/report.md"}, "write the report: "},
		{[]string{"--progress", "testdata"}, "testdata"}, {[]string{"--progress", "none/x.json"}, "write the progress file: "},
	} {
		w := newWorld(t, nil)
		got := w.run(test.args...)
		if got.code != 1 || got.report != "" || !strings.Contains(got.said, "Error: ") || !strings.Contains(got.said, test.want) {
			t.Errorf("%q: exit %d, %s", test.args, got.code, got.said)
		}
		if len(w.requests()) != 0 && !strings.HasPrefix(test.want, "write") {
			t.Errorf("%q: sent %v", test.args, w.requests())
		}
	}
	w := newWorld(t, nil)
	t.Setenv(cli.EnvReadBackHeaderValue, "")
	if got := w.run(); got.code != 1 || !strings.Contains(got.said, "or neither") {
		t.Errorf("half a header: exit %d, %s", got.code, got.said)
	}
}

// The region is told where it is one of CleverTap's, and no address that is a team's own.
func TestRegion(t *testing.T) {
	w := newWorld(t, nil)
	t.Setenv(cli.EnvCleverTapRegion, "in1")
	w.refuses = map[string]bool{}
	if got := w.run(); got.code != 0 || strings.Contains(got.report, "in1") {
		t.Errorf("exit %d, %s", got.code, got.report)
	}
	t.Setenv(cli.EnvCleverTapAPIURL, "")
	for _, g := range groups {
		w.refuses[g.title] = true
	}
	got := w.run()
	if got.code != 0 || !strings.Contains(got.report, "\nCleverTap's region is in1.\n") ||
		!strings.Contains(got.said, "\n  GET  https://in1.api.clevertap.com/getSchema, 1 request") {
		t.Errorf("exit %d, %s\n%s", got.code, got.said, got.report)
	}
	t.Setenv(cli.EnvCleverTapRegion, "CANARY")
	if got := w.run(); strings.Contains(got.report, "CANARY") {
		t.Errorf("exit %d, %s\n%s", got.code, got.said, got.report)
	}
}

// What comes from outside gives a terminal no orders.
func TestTerminalIsSafe(t *testing.T) {
	w := newWorld(t, func(c *config) { c.line.BotName = "a\x1b[2Jb" })
	w.cleverTap.AddFaults(clevertaptest.FailureFault(500, "a\x1b[2J\nb"))
	fault(lineFront, "GET", "/v2/bot/message/quota", linetest.ErrorFault(500, "a\x1b[2J\nb"))(t, w)
	if got := w.run(); strings.ContainsAny(got.said, "\x1b\r") || !strings.Contains(got.said, `a\x1b[2Jb`) {
		t.Errorf("said %q", got.said)
	}
}

// A report is written whole, in place of the one before.
func TestReportFile(t *testing.T) {
	w := newWorld(t, nil)
	file := filepath.Join(t.TempDir(), "report.md")
	if err := os.WriteFile(file, []byte(strings.Repeat("old", 10000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := w.run("--output", file); got.code != 0 || got.report != "" {
		t.Errorf("exit %d, %s", got.code, got.report)
	}
	w = newWorld(t, nil)
	if got := w.run(); got.report != readFile(t, file) {
		t.Errorf("got %s", readFile(t, file))
	}
	// Without a progress file, a stop is told as the end of it.
	w.patience = 2
	if got := w.run(); got.code != 1 || !strings.HasSuffix(got.said, "Error: stopped, and nothing is kept: --progress names a file to go on from\n") {
		t.Errorf("exit %d, %s", got.code, got.said)
	}
}
