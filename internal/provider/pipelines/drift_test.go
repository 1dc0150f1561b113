package pipelines_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// One issue is opened when something is off, edited while it is, and closed by the repair.
func TestAccDriftAndRepair(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world, p pipeline) {
		p.apply().want(true, "", "handoff.html", "report.html")
		for _, object := range []string{"webhook-templates/LINE push", "linked-content/line_messages", "line-campaign-bodies/welcome"} {
			p.entered("mio@example.com", object, "", false).want(true, "")
		}
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

// tamper changes what is published, as somebody with a console might.
func (w *world) tamper() {
	w.t.Helper()
	changed := strings.NewReader(strings.Replace(w.published(), "free coffee", "free beer", 1))
	_, err := w.s3.PutObject(w.t.Context(), &s3.PutObjectInput{Bucket: messages, Key: documentKey, Body: changed})
	must(w.t, err)
}
