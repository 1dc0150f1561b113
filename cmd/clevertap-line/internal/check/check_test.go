package check

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
)

// checkText runs the subcommand on a text from standard input.
func checkText(t *testing.T, text string, args ...string) clitest.Result {
	t.Helper()
	return clitest.Run(t, New(), text, args...)
}

func TestCheckTellsShapesApart(t *testing.T) {
	t.Parallel()
	const to = `{"to":"U00000000000000000000000000000000","messages":`
	const text = `{"type":"text","text":""}`
	const box = `{"type":"box","layout":"vertical","contents":[{"type":"text","text":""}]}`
	const bubble = `{"type":"bubble","body":` + box + `}`
	const boxPath = "body.contents[0].text: "
	const empty = "must not be empty [empty-text]\n"
	for name, test := range map[string]struct{ text, want string }{
		"body":              {to + `[` + text + `]}`, "1:77: error: messages[0].text: " + empty},
		"body without to":   {`{"messages":[{"type":"text","text":"a"}]}`, `1:1: error: to: a push body needs "to"`},
		"body in capitals":  {`{"To":"U00000000000000000000000000000000","messages":[{"type":"text","text":"a"}]}`, `1:2: error: To: a push body has no`},
		"body without list": {`{"to":"U00000000000000000000000000000000"}`, `1:1: error: messages: a push body needs`},
		"messages":          {"[\n" + text + `]`, "2:23: error: [0].text: " + empty},
		"no messages":       {" []\n", "1:2: error: has 0 messages, but must have 1 to 5 [item-count]\n"},
		"message":           {"\t" + text + "\n", "1:24: error: text: " + empty},
		"flex message":      {`{"type":"flex","altText":"é","contents":` + bubble + `}`, "error: contents." + boxPath + empty},
		"bubble":            {bubble, "1:93: error: " + boxPath + empty},
		"carousel":          {`{"type":"carousel","contents":[` + bubble + `]}`, "error: contents[0]." + boxPath + empty},
		"template":          {`{"type":"carousel","columns":[]}`, "error: type: is a template where a message belongs; wrap it: "},
		"quote in a tag":    {`{"type":"text","text":"{{ Profile.A | default: "a" }}"}`, "1:48: error: a double quote in {{ Profile.A | default: \"a\" }} ends"},
		"empty object":      {`{}`, `1:1: error: type: a message needs "type"`},
		"number":            {`7`, "1:1: error: must be an object, but is a number [wrong-json-type]\n"},
		"nothing":           {"", "1:1: error: "},
		"two messages":      {text + "," + text, "[json-trailing-data]\n"},
		"key twice":         {`{"type":"text","text":"a","text":"b"}`, "1:27: error: text: the key"},
		"not UTF-8":         {"{\"type\":\"text\",\"text\":\"\xff\"}", "1:24: error: byte 0xFF is not valid UTF-8; save the text as UTF-8 [json-utf8]\n"},
		"deep":              {strings.Repeat("[", 20_000), "[json-depth]\n"},
	} {
		got := checkText(t, test.text)
		if got.Code != 1 || got.Stderr != "" || strings.Count(got.Stdout, "\n") != 1 ||
			!strings.HasPrefix(got.Stdout, "<stdin>:") || !strings.Contains(got.Stdout, test.want) {
			t.Errorf("%s: got %+v, want %q", name, got, test.want)
		}
	}
}

func TestCheckIgnores(t *testing.T) {
	t.Parallel()
	const text = `{"type":"image","originalContentUrl":"https://a.example/{{ Profile.A | default: 'a' }}","previewImageUrl":""}`
	if got := checkText(t, text, "--ignore", "liquid-raw-value,empty-text"); got.Code != 1 || strings.Count(got.Stdout, "\n") != 1 ||
		!strings.Contains(got.Stdout, "error: previewImageUrl") {
		t.Errorf("got %+v", got)
	}
	if got := checkText(t, text, "--ignore", "liquid-row-value"); got.Code != cli.ExitUsage || !strings.HasPrefix(got.Stderr, "Error: --ignore: there is no rule \"liquid-row-value\"\n") {
		t.Errorf("got %+v", got)
	}
	if got := checkText(t, text); !strings.Contains(got.Stdout, "warning: originalContentUrl: puts {{ Profile.A | default: 'a' }} into a URL") {
		t.Errorf("got %+v", got)
	}
}

func TestCheckAcceptsGoodMessages(t *testing.T) {
	t.Parallel()
	flex, err := os.ReadFile("../../../../examples/complete/receipt.flex.json")
	if err != nil {
		t.Fatal(err)
	}
	var message struct{ Contents json.RawMessage }
	if err := json.Unmarshal(flex, &message); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"message": string(flex), "list": `[` + string(flex) + `]`, "container": string(message.Contents),
		"body": `{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[` + string(flex) + `]}`,
	} {
		if got := checkText(t, text); got != (clitest.Result{}) {
			t.Errorf("%s: got %+v, want nothing", name, got)
		}
	}
}

// TestCheckAcceptsSamples checks the messages whose pictures are in the documentation, one of each type at least.
func TestCheckAcceptsSamples(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../../../examples/messages/*.line.json")
	if err != nil || len(files) != 12 {
		t.Fatalf("the samples are %q, %v", files, err)
	}
	if got := executeCheck(t, append(files, "--strict")...); got != (clitest.Result{}) {
		t.Errorf("got %+v, want nothing", got)
	}
	for _, file := range files {
		picture := "../../../../docs/images/" + strings.TrimSuffix(filepath.Base(file), ".line.json") + ".png"
		if _, err := os.Stat(picture); err != nil {
			t.Errorf("there is no picture, which make pictures takes: %v", err)
		}
	}
}

func TestCheckOfSeveralFiles(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	bad, good, odd := filepath.Join(folder, "z bad.json"), filepath.Join(folder, "good.json"), filepath.Join(folder, "odd.json")
	writeFiles(t, map[string]string{
		bad:  "{\"type\": \"text\",\n  \"text\": \"\",\n  \"emojis\": 1}",
		good: `{"type":"text","text":"a"}`,
		odd:  `{"type":"text","text":"a","Text2":"b"}`,
	})
	got := executeCheck(t, bad, odd, good, bad)
	lines := strings.Split(strings.TrimSuffix(got.Stdout, "\n"), "\n")
	if got.Code != 1 || got.Stderr != "" || len(lines) != 3 ||
		!strings.HasPrefix(lines[0], bad+":2:11: error: text: ") || !strings.HasPrefix(lines[1], bad+":3:13: error: emojis: ") ||
		!strings.HasPrefix(lines[2], odd+":1:27: warning: Text2: ") || !strings.HasSuffix(lines[2], " [unknown-property]") {
		t.Errorf("got %+v", got)
	}
	if got := executeCheck(t, odd); got.Code != 0 || strings.Count(got.Stdout, "\n") != 1 {
		t.Errorf("only warnings: got %+v", got)
	}
	got = checkText(t, `{"type":"text","text":""}`, good, "-", "-")
	if got.Code != 1 || got.Stdout != "<stdin>:1:23: error: text: must not be empty [empty-text]\n" {
		t.Errorf("standard input among files: got %+v", got)
	}
}

func TestCheckStrict(t *testing.T) {
	t.Parallel()
	const text = `{"type":"hologram"}`
	for want, args := range map[string][]string{"warning: type: ": nil, "error: type: ": {"--strict"}} {
		if got := checkText(t, text, args...); !strings.Contains(got.Stdout, want) || (got.Code == 1) != (args != nil) {
			t.Errorf("%v: got %+v", args, got)
		}
	}
}

func TestCheckAsJSON(t *testing.T) {
	t.Parallel()
	got := checkText(t, `{"type":"text","text":"","<x>":1}`, "--format=json")
	var problems []map[string]any
	if err := json.Unmarshal([]byte(got.Stdout), &problems); err != nil || got.Code != 1 || len(problems) != 2 {
		t.Fatalf("%v, got %+v", err, got)
	}
	want := map[string]any{"file": "<stdin>", "line": 1.0, "column": 23.0, "severity": "error", "path": "text",
		"message": "must not be empty", "rule": "empty-text",
		"source": "https://developers.line.biz/en/reference/messaging-api/#text-message"}
	for name, value := range want {
		if problems[0][name] != value {
			t.Errorf("%s is %v, want %v", name, problems[0][name], value)
		}
	}
	if path := problems[1]["path"]; path != `["<x>"]` || !strings.Contains(got.Stdout, "<x>") {
		t.Errorf("path %v of %s", path, got.Stdout)
	}
	if got := checkText(t, `{"type":"text","text":"a"}`, "--format=json"); got.Code != 0 || got.Stdout != "[]\n" {
		t.Errorf("without a problem: got %+v", got)
	}
}

func TestCheckAsSARIF(t *testing.T) {
	t.Parallel()
	name := filepath.Join(t.TempDir(), "a b é%.json")
	writeFiles(t, map[string]string{name: "[{\"type\":\"text\",\"text\":\"\",\"x\":1},\n{\"type\":\"location\",\"title\":\"\"}]"})
	got := executeCheck(t, "--format=sarif", name)
	var log sarifLog
	if err := json.Unmarshal([]byte(got.Stdout), &log); err != nil || got.Code != 1 || log.Version != "2.1.0" || len(log.Runs) != 1 {
		t.Fatalf("%v, got %+v", err, got)
	}
	run := log.Runs[0]
	var rules, results []string
	for _, rule := range run.Tool.Driver.Rules {
		rules = append(rules, rule.ID)
		if rule.ShortDescription.Text == "" || rule.FullDescription.Text == "" || rule.Help.Text == "" {
			t.Errorf("rule %+v", rule)
		}
	}
	for _, r := range run.Results {
		results = append(results, r.Level+" "+r.RuleID)
		if place := r.Locations[0].PhysicalLocation; !slices.Contains(rules, r.RuleID) ||
			!strings.HasPrefix(place.ArtifactLocation.URI, "file:///") ||
			!strings.HasSuffix(place.ArtifactLocation.URI, "/a%20b%20%C3%A9%25.json") || place.Region.StartColumn == 0 {
			t.Errorf("result %+v", r)
		}
	}
	want := []string{"error empty-text", "warning unknown-property", "error missing-property", "error missing-property",
		"error missing-property", "error empty-text"}
	if !slices.Equal(results, want) || !slices.Equal(rules, []string{"empty-text", "unknown-property", "missing-property"}) {
		t.Errorf("results %q, rules %q", results, rules)
	}
	if first := run.Results[0]; first.Message.Text != "[0].text: must not be empty" ||
		first.Locations[0].PhysicalLocation.Region.StartColumn != 24 || run.ColumnKind != "utf16CodeUnits" {
		t.Errorf("got %+v", first)
	}
	if last := run.Results[5].Locations[0].PhysicalLocation.Region.StartLine; last != 2 {
		t.Errorf("the last is on line %d", last)
	}
	if help := run.Tool.Driver.Rules[0].Help.Text; strings.Count(help, "https://") != 2 {
		t.Errorf("both pages about empty texts belong in %q", help)
	}
	if help := run.Tool.Driver.Rules[2].Help.Text; strings.Count(help, "https://") != 1 {
		t.Errorf("one page belongs in %q", help)
	}
	got = executeCheck(t, "--format=sarif", "../../../../examples/complete/receipt.flex.json")
	if !strings.Contains(got.Stdout, `"results": []`) || !strings.Contains(got.Stdout, `"rules": []`) || got.Code != 0 {
		t.Errorf("without a problem: got %+v", got)
	}
}

func TestSARIFNamesFilesLikeTheCommandLine(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a.json": "a.json", "./folder/a.json": "folder/a.json", "../a b.json": "../a%20b.json", "<stdin>": "%3Cstdin%3E",
		"a:b.json": "./a:b.json", // or it would be a scheme
	} {
		if got := sarifURI(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

func TestCheckOfWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	bad, huge, missing := filepath.Join(folder, "bad.json"), filepath.Join(folder, "huge.json"), filepath.Join(folder, "missing")
	writeFiles(t, map[string]string{bad: `{"type":"text","text":""}`, huge: strings.Repeat(" ", cli.MaxMessages+1)})
	got := executeCheck(t, missing, bad, folder, huge)
	if got.Code != 2 || !strings.HasPrefix(got.Stdout, bad+":1:23: error: ") || strings.Count(got.Stdout, "\n") != 1 {
		t.Errorf("got %+v", got)
	}
	_, missed := os.ReadFile(missing)
	isFolder := folder + ": no file in this directory has a name that ends with .line.json or .flex.json"
	for _, want := range []string{missed.Error(), isFolder, huge + ": it has more than 2097152 bytes"} {
		if !strings.Contains(got.Stderr, want) {
			t.Errorf("%q is not in %q", want, got.Stderr)
		}
	}
	if got := checkText(t, strings.Repeat(" ", cli.MaxMessages-2)+"{}"); got.Code != 1 || !strings.Contains(got.Stdout, " [body-size]") {
		t.Errorf("as large as can be: %+v", got)
	}
	for want, args := range map[string][]string{"--format is text, json, sarif, github or gitlab": {"--format=xml"}, "unknown flag": {"--fix"},
		"--fail-on is error or warning":           {"--fail-on=info"},
		"names standard input, which is not read": {"--stdin-filename=a", "b.json"}, "--sample is name=value": {"--sample=a"},
		"another one gives a value": {"--sample=Profile=a", "--sample=Profile.A=b"}} {
		if got := checkText(t, "{}", args...); got.Code != 2 || got.Stdout != "" || !strings.Contains(got.Stderr, want) {
			t.Errorf("%v: got %+v", args, got)
		}
	}
}

func executeCheck(t *testing.T, args ...string) clitest.Result {
	t.Helper()
	return clitest.Run(t, New(), "", args...)
}

func writeFiles(t *testing.T, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
