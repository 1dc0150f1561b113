package check

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestGitHub(t *testing.T) {
	t.Parallel()
	got := checkText(t, "{\"type\":\"text\",\n\"text\":\"\",\"a%\\n:,b\":1}", "--format=github", "--stdin-filename=a,b:%.json")
	want := "::error file=a%2Cb%3A%25.json,line=2,endLine=2,col=8,endColumn=10,title=empty-text::text: must not be empty\n" +
		`::warning file=a%2Cb%3A%25.json,line=2,endLine=2,col=11,endColumn=20,title=unknown-property::["a%25\n:,b"]: a text message ` +
		`has no property "a%25\n:,b" in LINE's reference of 2026-08-07` + "\n"
	if got.Code != 1 || got.Stdout != want {
		t.Errorf("got %+v\nwant %s", got, want)
	}
	got = checkText(t, `{"type":"text","text":""}`, "--format=github")
	if got.Stdout != "::error title=empty-text::text: must not be empty\n" {
		t.Errorf("without a file: got %+v", got)
	}
	if got := checkText(t, `{"type":"text","text":"a"}`, "--format=github"); got.Stdout != "" {
		t.Errorf("without a problem: got %+v", got)
	}
	if got := commandData.Replace("a\r\n%0A"); got != "a%0D%0A%250A" {
		t.Errorf("got %s", got)
	}
}

func TestGitHubSaysWhatItDoesNotShow(t *testing.T) {
	t.Parallel()
	for count, notice := range map[int]bool{10: false, 11: true} {
		empty := `{"type":"text","text":""}`
		got := checkText(t, `{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[`+strings.Repeat(empty+",", count-1)+empty+`]}}`,
			"--format=github")
		if strings.Count(got.Stdout, "::error ") != count || strings.Contains(got.Stdout, "::notice::11 errors and 0 warnings; GitHub shows 10") != notice {
			t.Errorf("%d: got %+v", count, got)
		}
	}
}

func TestGitLab(t *testing.T) {
	t.Parallel()
	report := func(text string) []gitLabProblem {
		t.Helper()
		got := checkText(t, text, "--format=gitlab", "--stdin-filename=./messages/a.line.json")
		var problems []gitLabProblem
		if err := json.Unmarshal([]byte(got.Stdout), &problems); err != nil {
			t.Fatalf("%v, got %+v", err, got)
		}
		return problems
	}
	const first = `[{"type":"text","text":"","x":1},{"type":"text","text":""}]`
	one, moved := report(first), report("\n\n"+first)
	if len(one) != 3 || one[0].Severity != "major" || one[1].Severity != "minor" || one[0].CheckName != "empty-text" ||
		one[0].Location.Path != "messages/a.line.json" || one[0].Location.Lines.Begin != 1 || one[0].Description != "[0].text: must not be empty" {
		t.Fatalf("got %+v", one)
	}
	seen := map[string]bool{}
	for i := range one {
		if seen[one[i].Fingerprint] || one[i].Fingerprint != moved[i].Fingerprint || moved[i].Location.Lines.Begin != 3 {
			t.Errorf("got %+v and %+v", one[i], moved[i])
		}
		seen[one[i].Fingerprint] = true
	}
	twice := []finding{{Rule: "a"}, {Rule: "a"}}
	if equal := gitLabOf(twice); equal[0].Fingerprint == equal[1].Fingerprint {
		t.Errorf("two equal problems are one to GitLab: %+v", equal)
	}
	if one[0].Fingerprint != "47314dd8760a9c0586dff4c86d37fb682bf33fbbb66b57fdb62ab6072147cdd4" {
		t.Errorf("the fingerprint, which GitLab compares with earlier ones, is now %s", one[0].Fingerprint)
	}
	if got := checkText(t, `{"type":"text","text":"a"}`, "--format=gitlab"); got.Stdout != "[]\n" {
		t.Errorf("without a problem: got %+v", got)
	}
}

func TestInRepository(t *testing.T) {
	t.Parallel()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"./a/../b.json":                  "b.json",
		filepath.Join(folder, "a", "b"):  "a/b",
		filepath.Join(folder, "..", "b"): filepath.ToSlash(filepath.Join(filepath.Dir(folder), "b")),
	} {
		if got := inRepository(filepath.FromSlash(name)); got != want {
			t.Errorf("%s is %s, not %s", name, got, want)
		}
	}
}

// TestColumns: text counts characters, SARIF UTF-16 code units.
func TestColumns(t *testing.T) {
	t.Parallel()
	const text = "{\"type\":\"text\",\n\"quoteToken\":\"😀é\",\"text\":\"\"}"
	if got := checkText(t, text); !strings.Contains(got.Stdout, ":2:26: error: ") {
		t.Errorf("got %+v", got)
	}
	var log sarifLog
	if err := json.Unmarshal([]byte(checkText(t, text, "--format=sarif").Stdout), &log); err != nil {
		t.Fatal(err)
	}
	region := log.Runs[0].Results[1].Locations[0].PhysicalLocation.Region
	if region.StartLine != 2 || region.StartColumn != 27 || region.EndLine != 2 || region.EndColumn != 29 {
		t.Errorf("got %+v", region)
	}
}
