package live_test

import (
	"os"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// From the create to the end: what is planned, what is published, what the body of a campaign sees of it.
func TestAccLife(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	d.declare(acctest.LinkedMessages(greeting), body)
	d.wantPlan([]string{
		"clevertap_line_campaign_body.welcome [create]",
		address + " [create]",
	}, "+ reference", "+ shape", "+ content_sha256")
	d.Run("apply", "-auto-approve", "tfplan")
	d.wantPlan(nil)
	pasted, hash := d.value("clevertap_line_campaign_body.welcome", "body"), d.value(address, "content_sha256")
	published := acctest.ReadFile(t, d.document("welcome"))

	d.declare(acctest.LinkedMessages(farewell), body)
	d.wantPlan([]string{address + " [update] content_sha256 messages"})
	d.wantWarnings(d.Run("apply", "-auto-approve", "tfplan"))
	if d.value(address, "content_sha256") == hash || acctest.ReadFile(t, d.document("welcome")) == published {
		t.Error("nothing was published")
	}
	if after := d.value("clevertap_line_campaign_body.welcome", "body"); after != pasted {
		t.Errorf("the body became %s", after)
	}
	d.wantPlan(nil)

	d.declare(acctest.LinkedMessages(nameless), body)
	changes := []string{
		"clevertap_line_campaign_body.welcome [update] body content_sha256 linked_messages",
		address + " [update] content_sha256 messages reference shape",
	}
	d.wantPlan(changes, "Campaigns with the body of before send nothing from the apply on")
	d.wantWarnings(d.Run("plan"), `The body of campaigns that read the LINE linked messages "welcome" changes`)
	d.Run("apply", "-auto-approve", "tfplan")
	d.wantPlan(nil)

	d.declare()
	output := d.Run("apply", "-auto-approve")
	d.wantWarnings(output, `Campaigns that read the LINE linked messages "welcome" get nothing any more`)
	if _, err := os.Stat(d.document("welcome")); err == nil {
		t.Error("the document is still there")
	}
}
