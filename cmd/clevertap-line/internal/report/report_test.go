package report

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
)

// A plan says the same whatever differs between two runs.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	one := resource("clevertap_line_linked_messages.a", updating, linked("a", "Hi"), linked("a", "Bye"))
	two := resource("clevertap_line_campaign_body.b", creating, nil, body("b", "Hi", ""))
	log := []string{diagnosticLine(t, "warning", "x", "One", ""), `{"type":"planned_change","@timestamp":"1"}`, diagnosticLine(t, "error", "", "Unsupported argument", "")}
	first := factsOf(t, planOf(t, value{"timestamp": "1", "terraform_version": "1.11.4"}, one, two), append(log, log...)...)
	slices.Reverse(log)
	log = append(log, diagnosticLine(t, "warning", "", overridesSummary, "/a, /b"))
	second := factsOf(t, planOf(t, value{"timestamp": "2", "terraform_version": "1.15.0"}, two, one), log...)
	for _, format := range formats {
		r := &report{format: format, bounds: cli.MarkdownFlags{Limit: 1 << 20}}
		a, err := r.write(first)
		b, err2 := r.write(second)
		if err != nil || err2 != nil || string(a) != string(b) || len(a) < 500 {
			t.Errorf("%s: %v, %v, %d bytes\n%s\n%s", format, err, err2, len(a), a, b)
		}
	}
	if len(first.Diagnostics) != 2 || len(second.Diagnostics) != 2 || first.Diagnostics[0].Summary != "Unsupported argument" {
		t.Errorf("the diagnostics are %+v", first.Diagnostics)
	}
}

func TestFirstLine(t *testing.T) {
	t.Parallel()
	bad := linked("a", "Hi")
	bad["messages"] = []string{`{"type":"text","text":""}`}
	for want, plan := range map[string]string{
		"**Nothing changes.**\n": planOf(t, nil, resource("clevertap_line_campaign_body.a", nothing, body("a", "Hi", "Hi"), body("a", "Hi", "Hi"))),
		"**Nothing changes.**\n\nThe plan is of a part only, and leaves changes for a later one.\n": planOf(t, value{"complete": false}),
		"**The plan failed. Nothing can be applied.**\n\nIts errors are in the log":                 planOf(t, value{"errored": true}),
		"**Messages that change for people: 1 with the apply. Problems: 1 error, 0 warnings.**\n":   planOf(t, nil, resource("clevertap_line_linked_messages.a", creating, nil, bad)),
		"**Messages that change for people: 1 once entered in the dashboard. To do in the dashboard: 1.**\n": planOf(t, nil,
			resource("clevertap_line_campaign_body.a", updating, body("a", "Hi", "Hi"), body("a", "Ho", "Hi"))),
		"**Messages that change for people: none. To do in the dashboard: 1.**\n": planOf(t, nil,
			resource("clevertap_line_campaign_body.a", deleting, body("a", "Hi", "Hi"), nil)),
		"**Messages that change for people: none.**\n\n### Other resources\n\n- `clevertap_line_profiles.p`: `update`\n": planOf(t, nil,
			resource("clevertap_line_profiles.p", updating, value{}, value{}), resource("aws_s3_bucket.b", updating, value{}, value{})),
	} {
		if got := markdownOf(t, plan); !strings.HasPrefix(got, want) {
			t.Errorf("got\n%s\nwant it to begin with\n%s", got, want)
		}
	}
}

func TestRows(t *testing.T) {
	t.Parallel()
	shaped := linked("a", "Hi")
	shaped["reference"] = `{"linked_content":"api","name":"a","shape":"4f53cda1","tags":[],"track_versions":true}`
	reshaped, edited := linked("a", "Ho"), linked("a", "Ho")
	tags := []string{"{{ x }}"}
	reshaped["reference"] = linkedcontent.Reference{LinkedContent: "api", Name: "a", Shape: linkedcontent.Shape(tags), Tags: tags}.String()
	edited["content_sha256"] = "Hi"
	unknown := value{"name": "a", "linked_content": "api", "track_versions": true}
	renamed := resource("clevertap_line_campaign_body.a", replacing, body("old", "Hi", "Hi"), body("new", "Hi", ""))
	for want, r := range map[string]value{
		"- What is called `old` there is to be removed.\n":                                   renamed,
		"- Not known before the apply: `messages`.\n":                                        resource("clevertap_line_linked_messages.a", updating, linked("a", "Hi"), unknown, value{"after_unknown": value{"messages": true, "content_sha256": true}}),
		"- The body of campaigns that read it changes, and ":                                 resource("clevertap_line_linked_messages.a", updating, linked("a", "Hi"), shaped),
		"- It is what a replacement that failed has left: the object with the key `00aa`.\n": resource("clevertap_line_campaign_body.a", deleting, body("a", "Hi", "Hi"), nil, value{"deposed": "00aa"}),
		"- It exists already, and comes under Terraform with this apply.\n":                  resource("clevertap_line_campaign_body.a", nothing, body("a", "Hi", "Hi"), body("a", "Hi", "Hi"), value{"importing": value{"id": "a"}}),
		"- Terraform's reason is `because`.\n":                                               resource("clevertap_line_campaign_body.a", deleting, body("a", "Hi", ""), nil, value{"action_reason": "because"}),
		"`: `create, forget`\n":                                                              resource("clevertap_line_campaign_body.a", []string{"create", "forget"}, nil, body("a", "Hi", "Hi")),
		"under `Campaigns > + Campaign > Webhooks`, unless it is there as it will be.": resource("clevertap_line_campaign_body.a", creating, nil,
			value{"name": "a"}, value{"after_unknown": value{"entered": true, "messages": true}}),
		"From the apply until then they send nothing.\n":                                 resource("clevertap_line_linked_messages.a", updating, linked("a", "Hi"), reshaped),
		"**Messages that change for people: 1 with the apply.**\n\n### With the apply\n": resource("clevertap_line_linked_messages.a", replacing, linked("a", "Hi"), linked("a", "Hi")),
		"changed\n\n- Address: `clevertap_line_linked_messages.a`\n\nTexts:\n":           resource("clevertap_line_linked_messages.a", updating, edited, linked("a", "Hi")),
		"- Address: `clevertap_line_linked_messages.b`\n- It stays published, and campaigns go on with it. Terraform no longer knows it.\n": resource(
			"clevertap_line_linked_messages.b", []string{"forget"}, linked("a", "Hi"), nil, value{"action_reason": "delete_because_no_resource_config"}),
		"+headers.label: \"b\"\n":                                                           resource("clevertap_webhook_template.a", updating, value{"name": "a", "headers": value{"label": "a"}}, value{"name": "a", "headers": value{"label": "b"}}),
		" message 1 (text)\n   text: a\n-    b\n+    /c\n":                                  resource("clevertap_line_linked_messages.a", updating, linked("a", "a\nb"), linked("a", "a\n/c")),
		"`````diff\n+message 1 (text)\n+  text: ````\n`````\n":                              resource("clevertap_line_campaign_body.a", creating, nil, body("a", "````", "")),
		"- To be changed in the dashboard, under `Campaigns`, which has another content.\n": resource("clevertap_line_campaign_body.a", updating, body("a", "Hi", "Hi"), body("a", "Ho", "Hi")),
		"- To be removed from the dashboard, under `Campaigns`.\n":                          resource("clevertap_line_campaign_body.a", deleting, body("a", "Hi", "Hi"), nil),
		"#### Linked messages whose name is not known yet: new\n": resource("clevertap_line_linked_messages.a", creating, nil, value{"linked_content": "api"},
			value{"after_unknown": value{"name": true}}),
		"- It is deleted and published anew: campaigns that send in between send nothing.\n": resource("clevertap_line_linked_messages.a", replacing, linked("a", "Hi"), linked("a", "Ho")),
		"- Campaigns that read it under its name of before send nothing from the apply on, ": resource("clevertap_line_linked_messages.a", replacing, linked("a", "Hi"), linked("b", "Hi")),
		"### Unchanged, with problems\n": resource("clevertap_line_campaign_body.a", nothing, body("a", "", ""), body("a", "", "")),
	} {
		if got := markdownOf(t, planOf(t, nil, r)); !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	moved := linked("b", "Hi")
	moved["reference"] = `{"linked_content":"api","name":"b","shape":"4f53cda1","tags":[]}`
	got := markdownOf(t, planOf(t, nil, resource("clevertap_line_linked_messages.a", replacing, linked("a", "Hi"), moved)))
	if strings.Contains(got, "anew: campaigns") || strings.Contains(got, "name of before") || strings.Count(got, "send nothing") != 1 {
		t.Errorf("of messages with another name it says\n%s", got)
	}
	changed := resource("clevertap_line_campaign_body.a", updating, body("a", "Hi", "Hi"), body("a", "Ho", "Hi"))
	if got := markdownOf(t, planOf(t, value{"errored": true, "complete": false}, changed)); strings.Contains(got, "to be removed") || strings.Contains(got, "of a part") {
		t.Errorf("got\n%s", got)
	}
}

func TestSensitive(t *testing.T) {
	t.Parallel()
	const canary = "CANARY"
	secret := func() value {
		b := body(canary, "Hi "+canary, canary)
		b["webhook_template"] = canary
		b["messages"] = []string{`{"type":"text","text":"Hi ` + canary + `","` + canary + `":1}`}
		return b
	}
	after := secret()
	after["messages"] = []string{`{"type":"text","text":"Bye ` + canary + `","` + canary + `":2}`}
	marks := value{"before_sensitive": value{"name": true}, "after_sensitive": value{"messages": []bool{true}}}
	drifted := resource("clevertap_line_campaign_body.a", updating, secret(), after, marks)
	before := secret()
	before["name"], after["name"], after["entered_by"] = canary+"2", canary, canary
	plan := planOf(t, value{"resource_drift": []value{drifted}}, resource("clevertap_line_campaign_body.a", replacing, before, after, marks))
	log := filepath.Join(t.TempDir(), "log")
	line := diagnosticLine(t, "warning", "clevertap_line_campaign_body.a", canary, canary)
	if err := os.WriteFile(log, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	unchanged := resource("clevertap_line_campaign_body.a", nothing, body("a", "1", "1"), body("a", "1", "1"), value{"after_sensitive": value{"to": true}})
	if f := factsOf(t, planOf(t, nil, unchanged), line); len(f.Objects) != 0 || f.Diagnostics[0].Detail != "" {
		t.Errorf("got %+v", f)
	}
	for _, format := range formats {
		hidden := markdownOf(t, plan, "--log", log, "--format", format)
		if strings.Contains(hidden, canary) || !strings.Contains(strings.ToLower(hidden), "sensitive") {
			t.Errorf("%s shows what is sensitive:\n%s", format, hidden)
		}
		if open := markdownOf(t, plan, "--log", log, "--format", format, "--show-sensitive"); strings.Count(open, canary) < 5 {
			t.Errorf("%s hides what is to be shown:\n%s", format, open)
		}
	}
}

func TestLog(t *testing.T) {
	t.Parallel()
	failed := diagnosticLine(t, "error", "aws_s3_bucket.a", "Unsupported argument", "Since it is `bad`.\n/merge")
	const summary = `{"type":"change_summary","changes":{"add":1}}`
	for want, lines := range map[string][]string{
		"**The plan failed: 1 error. Nothing can be applied.**\n\n### Errors of the plan\n\n#### Error in `main.tf`, line 7, of `aws_s3_bucket.a`\n\n```text\n Unsupported argument\n \n Since it is `bad`.\n /merge\n```\n": {failed, failed, summary},
		"**The plan did not end: nothing is known of it.**\n":                                                                     {`{"type":"version"}`},
		"**The plan failed: 1 error. Nothing can be applied.**\n\nThe log of the plan has 2 lines that no plan writes as JSON.\n": {"panic", "[]", "", failed},
	} {
		got := executeReport(t, strings.Join(lines, "\r\n"), "--log", "-")
		if got.Code != 0 || got.Stderr != "" || !strings.HasPrefix(got.Stdout, want) {
			t.Errorf("got %+v, want\n%s", got, want)
		}
	}
	got := executeReport(t, summary, "--log", "-")
	if got.Code != 1 || got.Stdout != "" || !strings.Contains(got.Stderr, "by <stdin>, the plan did not fail: give PLAN.json, too") {
		t.Errorf("got %+v", got)
	}
	f := factsOf(t, planOf(t, nil), diagnosticLine(t, "warning", "", targetedSummary, "x"))
	if !f.Partial || len(f.Diagnostics) != 0 {
		t.Errorf("got %+v", f)
	}
}

// What the provider warned of in a plan is found again, and not told twice.
func TestWarningsAreToldOnce(t *testing.T) {
	t.Parallel()
	odd := linked("a", "Hi")
	odd["messages"] = []string{`{"type":"text","text":"Hi","x":1}`}
	const address = "clevertap_line_linked_messages.a"
	detail := `messages[0].x, line 1, column 28 of its JSON: a text message has no property "x" in LINE's reference of 2026-08-07 (unknown-property)`
	f := factsOf(t, planOf(t, nil, resource(address, creating, nil, odd)), diagnosticLine(t, "warning", address, "s", detail),
		diagnosticLine(t, "warning", "other", "s", detail))
	if len(f.Diagnostics) != 1 || f.Diagnostics[0].Address != "other" || f.Counts.Warnings != 2 {
		t.Errorf("got %+v, %+v", f.Diagnostics, f.Objects)
	}
}

func TestArguments(t *testing.T) {
	t.Parallel()
	missing := filepath.Join(t.TempDir(), "missing")
	for want, args := range map[string][]string{
		"report: missing PLAN.json, or --log of a plan that failed": {},
		"--format is markdown, html or json":                        {"-", "--format", "text"},
		"cannot both be standard input":                             {"-", "--log", "-"},
		"--limit is a number of bytes":                              {"-", "--limit", "-1"},
		"--limit is for --format markdown":                          {"-", "--format", "html", "--limit", "7"},
		"--artifact-url is for --format markdown":                   {"-", "--format", "json", "--artifact-url", "https://a"},
		"--artifact-url is an http or https address":                {"-", "--artifact-url", "https://a>) @all"},
		"--artifact-url is an http or https":                        {"-", "--artifact-url", "javascript:alert(1)"},
		"unexpected argument":                                       {"-", "x"},
	} {
		if got := executeReport(t, "{}", args...); got.Code != 2 || got.Stdout != "" || !strings.Contains(got.Stderr, want) {
			t.Errorf("%v: got %+v", args, got)
		}
	}
	for want, args := range map[string][]string{
		"read <stdin>: this is not what `terraform show -json PLANFILE` writes": {"-"},
		missing: {missing},
	} {
		if got := executeReport(t, "{}", args...); got.Code != 1 || got.Stdout != "" || !strings.Contains(got.Stderr, want) {
			t.Errorf("%v: got %+v", args, got)
		}
	}
	got := executeReport(t, planOf(t, nil), "-", "--limit", "7")
	if got.Code != 1 || got.Stdout != "" || !strings.Contains(got.Stderr, "the report does not fit into 7 bytes: its first lines alone have 21") {
		t.Errorf("got %+v", got)
	}
}

func TestProperties(t *testing.T) {
	t.Parallel()
	messages := func(p, q string) value {
		l := linked("a", "x")
		l["messages"] = []string{p, `{"type":"flex","altText":"a","contents":` + q + `}`}
		return l
	}
	before := messages(`{"type":"text","text":"a","n":1.0}`, `{"a":[1,2,3],"b":{"c d":true},"s":"x"}`)
	after := messages(`{"text":"b","n":1,"type":"text"}`, `{"a":[1,9],"b":{"c d":null},"new":{"text":"t"},"s":["x"]}`)
	after["linked_content"], after["frozen"] = "other", true
	f := factsOf(t, planOf(t, nil, resource("clevertap_line_linked_messages.a", updating, before, after)))
	var got []string
	for _, p := range f.Objects[0].Properties {
		got = append(got, fmt.Sprintf("%s %s %s", p.Path, p.Before, p.After))
	}
	want := []string{
		`linked_content "api" "other"`, `messages[1].contents.a[1] 2 9`, `messages[1].contents.a[2] 3 `, `messages[1].contents.b["c d"] true null`,
		`messages[1].contents.s "x" ["x"]`, `messages[1].contents.new  {"text":"t"}`, `frozen  true`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	var many, none []string
	for i := range 100 {
		many, none = append(many, fmt.Sprintf(`"k%02d":"%s"`, i, strings.Repeat("あ", 300))), append(none, fmt.Sprintf(`"k%02d":0`, i))
	}
	f = factsOf(t, planOf(t, nil, resource("clevertap_line_linked_messages.a", updating,
		messages("{}", "{"+strings.Join(none, ",")+"}"), messages("{}", "{"+strings.Join(many, ",")+"}"))))
	o := f.Objects[0]
	if len(o.Properties) != mostProperties || o.MoreProperties != 100-mostProperties || len([]rune(o.Properties[0].After)) != mostValue+1 {
		t.Errorf("got %d and %d more, %q", len(o.Properties), o.MoreProperties, o.Properties[0].After)
	}
	deep := strings.Repeat("[", 254) + strings.Repeat("]", 254)
	f = factsOf(t, planOf(t, nil, resource("clevertap_line_linked_messages.a", updating, messages("{}", "1"), messages(`{}`, deep))))
	if got := f.Objects[0].Properties; len(got) != 1 || got[0] != (property{Path: "messages"}) {
		t.Errorf("of what nests too deep, got %+v", got)
	}
}

func TestHTML(t *testing.T) {
	t.Parallel()
	for _, text := range hostile {
		page := markdownOf(t, hostilePlan(t, text, text, text), "--format", "html")
		if strings.Contains(page, "<img") || strings.Contains(page, "<script") || strings.Contains(page, "ZgotmplZ") || strings.Contains(page, " style=") ||
			strings.Contains(page, " href=") {
			t.Errorf("of %q, the page has a way out:\n%s", text, page)
		}
	}
	page := markdownOf(t, planOf(t, nil, resource("clevertap_line_linked_messages.a", updating, linked("a", "Hi"), linked("a", "Bye"))), "--format", "html")
	if strings.Count(page, `class="phone"`) != 2 || !strings.Contains(page, `<h4>Before</h4>`) || !strings.Contains(page, `<h4>After</h4>`) {
		t.Errorf("the page is\n%s", page)
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	text := markdownOf(t, planOf(t, nil, resource("clevertap_line_linked_messages.a", updating, linked("a", "Hi"), linked("a", "<Bye>"))), "--format", "json")
	if !strings.Contains(text, `+  text: <Bye>`) {
		t.Errorf("got %s", text)
	}
	schema, err := jsonschema.NewCompiler().Compile("../../../../docs/schemas/report.v1.json")
	if err != nil {
		t.Fatal(err)
	}
	log := diagnosticLine(t, "warning", "x", "y", "z")
	for _, plan := range []string{planOf(t, nil), hostilePlan(t, "a", "b", "c"), planOf(t, nil, resource("clevertap_line_campaign_body.a", creating, nil, body("a", "", "")))} {
		r := &report{format: formatJSON}
		text, err := r.write(factsOf(t, plan, log))
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err == nil {
			err = schema.Validate(value)
		}
		if err != nil {
			t.Errorf("%v: %s", err, text)
		}
	}
}

// BenchmarkReport reports 200 bodies of 2 KB that change, as Markdown and as HTML. It is to take less than a second.
func BenchmarkReport(b *testing.B) {
	var resources []value
	texts := func(name string) string {
		var rows []string
		for i := range 14 {
			rows = append(rows, fmt.Sprintf(`{"type":"box","layout":"horizontal","margin":"md","contents":[{"type":"text","text":"お買い上げ %s %d","size":"sm"}]}`, name, i))
		}
		return `{"type":"flex","altText":"Receipt","contents":{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[` +
			strings.Join(rows, ",") + `]}}}`
	}
	for i := range 200 {
		before, after := body(fmt.Sprint(i), "1", "1"), body(fmt.Sprint(i), "2", "1")
		before["messages"], after["messages"] = []string{texts("Item")}, []string{texts("Things")}
		resources = append(resources, resource(fmt.Sprintf("clevertap_line_campaign_body.b[%d]", i), updating, before, after))
	}
	plan := planOf(b, nil, resources...)
	b.ReportMetric(float64(len(texts("Item"))), "body-bytes")
	for _, format := range []string{formatMarkdown, formatHTML} {
		b.Run(format, func(b *testing.B) {
			size := 0
			for b.Loop() {
				size = len(markdownOf(b, plan, "--format", format))
			}
			b.ReportMetric(float64(size), "report-bytes")
		})
	}
}

// What a sensitive object was called is said, unless the name is what is sensitive.
func TestRenamedSensitive(t *testing.T) {
	t.Parallel()
	const hidden = "What is there under the name of before, which is not shown, is to be removed."
	for mark, want := range map[string]string{"messages": "old", "name": ""} {
		plan := planOf(t, nil, resource("clevertap_line_campaign_body.a", replacing, body("old", "a", "1"), body("new", "b", ""),
			value{"after_sensitive": value{mark: true}}))
		if d := factsOf(t, plan).Objects[0].Dashboard; d == nil || d.Remove != want || d.RemoveHidden != (want == "") || d.By != "" {
			t.Errorf("with %s got %+v", mark, d)
		}
		if text := markdownOf(t, plan, "--show-sensitive"); strings.Contains(text, hidden) || !strings.Contains(text, "What is called `old` there") {
			t.Errorf("with %s got %s", mark, text)
		}
		for _, format := range formats[:2] {
			if text := markdownOf(t, plan, "--format", format); strings.Contains(text, hidden) != (want == "") {
				t.Errorf("with %s got %s", mark, text)
			}
		}
	}
}
