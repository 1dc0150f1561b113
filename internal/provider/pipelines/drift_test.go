package pipelines_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/forgetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// One issue is opened when something is off, edited while it is, and closed by the repair.
func TestAccDriftAndRepair(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world, p pipeline) {
		applyAndEnter(p)
		p.drift().want(true, "")
		if issues := w.forge.Issues(); len(issues) != 0 {
			t.Fatalf("there is nothing to open an issue for: %+v", issues)
		}
		w.tamper()
		for night := range 2 {
			p.drift().want(true, "")
			if issues := w.forge.Issues(); len(issues) != 1 || issues[0].Closed || issues[0].Edits != night ||
				issues[0].Title != "LINE: production is not as it is declared" || !strings.Contains(issues[0].Body, "welcome") {
				t.Fatalf("in night %d the issues are %+v", night, issues)
			}
		}
		p.apply().want(true, "", "handoff.html", "report.html")
		for range 2 {
			p.drift().want(true, "")
			if issues := w.forge.Issues(); len(issues) != 1 || !issues[0].Closed || issues[0].Edits != 2 {
				t.Fatalf("after the repair the issues are %+v", issues)
			}
		}
	})
}

// What was off stays in the issue until it was looked at again: a secret that is gone closes nothing.
func TestAccDriftThatIsNotLookedAt(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world, p pipeline) {
		applyAndEnter(p)
		open := func(says string, edits int) {
			t.Helper()
			p.drift().want(true, says)
			if issues := w.forge.Issues(); len(issues) != 1 || issues[0].Closed || issues[0].Edits != edits ||
				!strings.Contains(issues[0].Body, "\n<!-- off in: LINE -->\n") {
				t.Fatalf("the issues are %+v", issues)
			}
		}
		w.lineToken = "a-token-that-line-does-not-know"
		open("Something is off in production", 0)
		w.lineToken = ""
		open("The issue stays open, since it names as off what was not: LINE.", 0)
		w.tamper()
		open("Something is off in production", 1)
		if body := w.forge.Issues()[0].Body; !strings.Contains(body, "\nSomething was off in these, too, and they were not looked at as a whole this time: LINE.\n") {
			t.Errorf("the issue says %s", body)
		}
		p.apply().want(true, "", "handoff.html", "report.html")
		open("The issue stays open", 1)
		w.lineToken = lineToken
		p.drift().want(true, "Nothing is off")
		if issues := w.forge.Issues(); len(issues) != 1 || !issues[0].Closed {
			t.Errorf("the issues are %+v", issues)
		}
	})
}

// An issue that would be too long names what it leaves out, and leads to all of it.
func TestAccDriftOverTheLimit(t *testing.T) {
	t.Parallel()
	w := newWorld(t, forgetest.NewGitHub())
	acctest.WriteFile(t, filepath.Join(w.repository, "modules", "line", "more.tf"), `resource "clevertap_line_campaign_body" "more" {
  count            = 230
  name             = "body ${count.index}"
  webhook_template = clevertap_webhook_template.line_push.name
  messages         = [jsonencode({ type = "text", text = "Hi" })]
}
`)
	g := github{w}
	g.apply().want(true, "", "handoff.html", "report.html")
	drift := g.drift()
	drift.want(true, "Something is off", "drift.txt")
	issues := w.forge.Issues()
	const link = "](<https://github.example.com/acme/line/actions/runs/1>)"
	if len(issues) != 1 || len(issues[0].Body) > 65_536 || !strings.Contains(issues[0].Body, link) ||
		strings.Count(drift.artifacts["drift.txt"], "not-entered: ") != 233 {
		t.Errorf("the issues are %+v, and all is %s", issues, drift.artifacts["drift.txt"])
	}
	for i := range 230 {
		if !strings.Contains(issues[0].Body, fmt.Sprintf(" line-campaign-bodies/body %d", i)) {
			t.Errorf("the issue does not name body %d", i)
		}
	}
}

// applyAndEnter applies what is declared, and notes that all of it was entered.
func applyAndEnter(p pipeline) {
	applied := p.apply()
	applied.want(true, "", "handoff.html", "report.html")
	for object, sha256 := range applied.form() {
		p.entered("mio@example.com", object, sha256, false).want(true, "")
	}
}

// tamper changes what is published, as somebody with a console might.
func (w *world) tamper() {
	w.t.Helper()
	changed := strings.NewReader(strings.Replace(w.published(), "free coffee", "free beer", 1))
	_, err := w.s3.PutObject(w.t.Context(), &s3.PutObjectInput{Bucket: messages, Key: documentKey, Body: changed})
	must(w.t, err)
}
