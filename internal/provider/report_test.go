package provider_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// reported is a plan of which there is a report. Its folder in testdata/report has the configuration that was applied before, if
// any, the one that is planned, and the report, which is the same with each Terraform and OpenTofu.
type reported struct {
	name string
	// between is what happens between the apply and the plan, args are more arguments of the plan.
	between func(*reporting)
	args    []string
	// log gives the report the log of the plan. Without a plan, it failed.
	log, noPlan bool
	// formats are those that are pinned besides Markdown, flags more of the command's.
	formats, flags []string
}

var reports = []reported{
	{name: "create", log: true, formats: []string{"json", "html"}},
	{name: "text", formats: []string{"json", "html"}},
	{name: "tags", log: true},
	{name: "stale", between: func(r *reporting) {
		r.enter("webhook-templates/LINE push", "line-campaign-bodies/receipt", "line-campaign-bodies/welcome", "linked-content/line_messages")
	}},
	{name: "unknown"},
	{name: "sensitive", log: true, formats: []string{"json", "html"}},
	{name: "import", between: func(r *reporting) {
		acctest.Rename(r.t, filepath.Join(r.Dir, "terraform.tfstate"), filepath.Join(r.Dir, "lost"))
	}},
	{name: "replace", between: func(r *reporting) { r.enter("line-campaign-bodies/receipt") }},
	{name: "destroy", args: []string{"-destroy"}, between: func(r *reporting) { r.enter("line-campaign-bodies/receipt") }},
	{name: "forget"},
	{name: "moved"},
	{name: "drift", between: func(r *reporting) {
		r.enter("line-campaign-bodies/receipt")
		r.edit("published/default/line-linked-messages/welcome.json", "Welcome to the shop", "Buy more")
	}},
	{name: "none", between: func(r *reporting) {
		r.enter("webhook-templates/LINE push", "line-campaign-bodies/receipt", "line-campaign-bodies/welcome", "linked-content/line_messages")
		r.Run("apply", "-refresh-only", "-auto-approve")
	}},
	{name: "many", flags: []string{"--artifact-url", "https://ci.example.com/jobs/1/report.html"}},
	{name: "hostile", formats: []string{"html"}},
	{name: "failed", log: true, noPlan: true, formats: []string{"json", "html"}},
	{name: "languages"},
	{name: "templates", between: func(r *reporting) { r.enter("linked-content/line_messages") }},
	{name: "request", args: []string{"-replace=clevertap_line_linked_messages.welcome"},
		between: func(r *reporting) { r.Run("taint", "clevertap_line_campaign_body.receipt") }},
	{name: "target", log: true, args: []string{"-target=clevertap_line_linked_messages.welcome"}},
	{name: "errored", log: true},
	{name: "errored_sensitive", log: true, formats: []string{"json", "html"}},
}

// styleSheet is a page's, which says how pictures are drawn, with its hash. It is no part of what is pinned.
var styleSheet = regexp.MustCompile(`(?s)<style>.*</style>|sha256-.*?&#39;`)

// reporting is a directory with the configuration of one plan.
type reporting struct {
	*acctest.Command
	t       *testing.T
	program string
}

// TestAccReports makes each plan twice, and wants both reports to be the one that is kept.
func TestAccReports(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	programs := t.TempDir()
	acctest.BuildProvider(t, programs, "github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line")
	for _, plan := range reports {
		t.Run(plan.name, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join("testdata", "report", plan.name)
			r := &reporting{acctest.NewCommand(t, "CLEVERTAP_DASHBOARD_REMINDERS=false"), t, filepath.Join(programs, "terraform-provider-clevertap")}
			r.Write("provider.tf", acctest.ReadFile(t, filepath.Join("testdata", "report", "provider.tf")))
			if before, err := os.ReadFile(filepath.Join(folder, "before.tf")); err == nil {
				r.Write("main.tf", string(before))
				r.Run("apply", "-auto-approve")
			}
			if plan.between != nil {
				plan.between(r)
			}
			r.Write("main.tf", acctest.ReadFile(t, filepath.Join(folder, "after.tf")))
			for range 2 {
				r.plan(plan)
				for _, format := range append([]string{"markdown"}, plan.formats...) {
					name := "report." + map[string]string{"markdown": "md", "json": "json", "html": "html"}[format]
					got := r.report(plan, format)
					if strings.HasSuffix(plan.name, "sensitive") && strings.Contains(got, "CANARY") {
						t.Errorf("what is sensitive is in the report:\n%s", got)
					}
					acctest.Golden(t, filepath.Join("report", plan.name, name), styleSheet.ReplaceAllString(got, "…"))
				}
			}
		})
	}
}

func (r *reporting) plan(plan reported) {
	r.t.Helper()
	log, exitCode := r.Try(append([]string{"plan", "-json", "-out=tfplan"}, plan.args...)...)
	r.Write("plan.jsonl", log)
	if failed := plan.noPlan || strings.HasPrefix(plan.name, "errored"); failed != (exitCode == 1) {
		r.t.Fatalf("the plan ends with %d:\n%s", exitCode, log)
	}
	if !plan.noPlan {
		r.Write("plan.json", r.Run("show", "-json", "tfplan"))
	}
}

// report runs the command in the format.
func (r *reporting) report(plan reported, format string) string {
	r.t.Helper()
	args := []string{"report", "--format", format}
	if format == "markdown" {
		args = append(args, plan.flags...)
	}
	if plan.log {
		args = append(args, "--log", "plan.jsonl")
	}
	if !plan.noPlan {
		args = append(args, "plan.json")
	}
	return r.command(args...)
}

// command runs clevertap-line.
func (r *reporting) command(args ...string) string {
	r.t.Helper()
	var stdout, stderr bytes.Buffer
	command := exec.CommandContext(r.t.Context(), r.program, args...)
	command.Dir, command.Env, command.Stdout, command.Stderr = r.Dir, r.Env, &stdout, &stderr
	if err := command.Run(); err != nil || stderr.Len() > 0 {
		r.t.Fatalf("%q: %v\n%s", args, err, stderr.String())
	}
	return stdout.String()
}

// receiptsMoment is when a receipt was written.
var receiptsMoment = regexp.MustCompile(`"at": *"[^"]*"`)

// enter notes objects as entered, at a time of the tests' own.
func (r *reporting) enter(documents ...string) {
	r.t.Helper()
	r.command(append([]string{"entered", "--by", "mio@example.com", "templates"}, documents...)...)
	files, err := filepath.Glob(filepath.Join(r.Dir, "templates", "default", "receipts", "*", "*"))
	if err != nil || len(files) != len(documents) {
		r.t.Fatalf("the receipts are %q, %v", files, err)
	}
	for _, file := range files {
		acctest.WriteFile(r.t, file, receiptsMoment.ReplaceAllString(acctest.ReadFile(r.t, file), `"at": "2026-08-07T09:30:00Z"`))
	}
}

// edit replaces a text in a document, as somebody does behind Terraform's back.
func (r *reporting) edit(document, from, to string) {
	r.t.Helper()
	file := filepath.Join(r.Dir, filepath.FromSlash(document))
	text := acctest.ReadFile(r.t, file)
	if !strings.Contains(text, from) {
		r.t.Fatalf("%s does not hold %q:\n%s", document, from, text)
	}
	acctest.WriteFile(r.t, file, strings.ReplaceAll(text, from, to))
}
