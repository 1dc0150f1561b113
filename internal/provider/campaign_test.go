package provider_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// cdn serves a folder as a content delivery network does, which may keep what it has.
type cdn struct {
	*standin.Front
	folder string

	mu   sync.Mutex
	kept map[string][]byte // by path, served in place of the files
	// looks is for how many requests what is kept is served; negative for ever.
	looks int
}

func newCDN(t *testing.T, folder string) *cdn {
	t.Helper()
	c := &cdn{folder: folder}
	c.Front = standin.Start(standin.Config{Handler: http.HandlerFunc(c.serve)})
	t.Cleanup(c.Close)
	return c
}

func (c *cdn) serve(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	content, err := os.ReadFile(filepath.Join(c.folder, filepath.FromSlash(r.URL.Path)))
	if kept, has := c.kept[r.URL.Path]; has && c.looks != 0 {
		c.looks--
		content, err = kept, nil
		w.Header().Set("Age", "20")
	}
	if err != nil {
		http.Error(w, "<html>not here</html>", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(content)
}

// keep has all that is there now served for so many looks.
func (c *cdn) keep(t *testing.T, looks int) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.kept, c.looks = map[string][]byte{}, looks
	files, err := filepath.Glob(filepath.Join(c.folder, "*", "*", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		relative, _ := filepath.Rel(c.folder, file)
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c.kept["/"+filepath.ToSlash(relative)] = content
	}
}

// loop is the whole way of a message: Terraform, the published file, a campaign that was set up once, LINE.
type loop struct {
	*acctest.Command
	t         *testing.T
	cdn       *cdn
	line      *linetest.Server
	dashboard *campaigntest.Dashboard
	people    map[string]map[string]any
	served    string
}

const loopMain = `
variable "text" { default = "Hello" }
variable "served_at" { default = null }
provider "clevertap" {
  template_store {
    local {
      path = "store"
    }
  }
  publish_store {
    local {
      path = "published"
    }
    read_back {
      wait_seconds = 2
    }
  }
}
resource "clevertap_line_linked_messages" "welcome" {
  name           = "welcome"
  linked_content = "line_messages"
  messages       = [jsonencode({ type = "text", text = "${var.text}, {{ Profile.Name | default: 'there' }}!" })]
  served_at      = var.served_at
  track_versions = true
}
resource "clevertap_line_campaign_body" "welcome" {
  name            = "welcome"
  linked_messages = clevertap_line_linked_messages.welcome.reference
}
output "body" { value = clevertap_line_campaign_body.welcome.body }
output "unit" { value = clevertap_line_linked_messages.welcome.version_unit }
output "content" { value = clevertap_line_linked_messages.welcome.content_sha256 }
`

// newLoop applies the first version, and a person sets the campaign up.
func newLoop(t *testing.T, failed campaigntest.FailedFetch) *loop {
	t.Helper()
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+loopMain)
	l := &loop{Command: c, t: t, cdn: newCDN(t, filepath.Join(c.Dir, "published"))}
	l.line = acctest.LineServer(t, linetest.Config{Followers: linetest.UserIDs(2)})
	l.people = map[string]map[string]any{
		"mia": {"LineID": linetest.UserID(0), "Name": "Mia"}, "noa": {"LineID": linetest.UserID(1)}, "no follower": {"Name": "Zoe"},
	}
	l.served = l.cdn.URL + "/default/line-linked-messages/welcome.json"
	l.apply("Hello")
	l.setUp(failed)
	return l
}

// setUp is what a person does in the dashboard.
func (l *loop) setUp(failed campaigntest.FailedFetch) {
	l.t.Helper()
	l.dashboard = campaigntest.NewDashboard(campaigntest.Config{FailedFetch: failed, FetchTimeout: time.Second})
	must(l.t, l.dashboard.SaveWebhookTemplate(campaigntest.WebhookTemplate{
		Name: "LINE push", Method: "POST", URL: l.line.URL + "/v2/bot/message/push",
		Headers: map[string]string{"Authorization": "Bearer " + acctest.LineToken, "Content-Type": "application/json"},
	}))
	must(l.t, l.dashboard.SaveLinkedContent(campaigntest.LinkedContent{
		Name: "line_messages", Method: "GET", EndpointURL: l.cdn.URL + "/default/line-linked-messages/{{message}}.json",
	}))
	l.mapTo("welcome")
}

// mapTo saves the campaign with the constant that its API gets.
func (l *loop) mapTo(constant string) {
	l.t.Helper()
	must(l.t, l.dashboard.SaveCampaign(campaigntest.Campaign{
		Name: "welcome", WebhookTemplate: "LINE push", HasProperty: "LineID", Body: l.Run("output", "-raw", "body"),
		LinkedContent: map[string]map[string]campaigntest.Value{"line_messages": {"message": {Constant: constant}}},
	}))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (l *loop) apply(text string) string {
	l.t.Helper()
	return l.Run("apply", "-auto-approve", "-var=text="+text, "-var=served_at="+l.served)
}

func (l *loop) plan(text string) (output string, exitCode int) {
	l.t.Helper()
	return l.Try("plan", "-detailed-exitcode", "-var=text="+text, "-var=served_at="+l.served)
}

// send lets the campaign run, and gives what Mia and Noa got by it.
func (l *loop) send() (report campaigntest.Report, got []string) {
	l.t.Helper()
	before := [2]int{len(l.line.Received(linetest.UserID(0))), len(l.line.Received(linetest.UserID(1)))}
	report, err := l.dashboard.Send(l.t.Context(), "welcome", l.people)
	must(l.t, err)
	for i, count := range before {
		for _, received := range l.line.Received(linetest.UserID(i))[count:] {
			var message struct{ Text string }
			must(l.t, json.Unmarshal(received.Messages[0], &message))
			got = append(got, message.Text)
		}
	}
	return report, got
}

func (l *loop) wantSent(want ...string) {
	l.t.Helper()
	if report, got := l.send(); fmt.Sprint(got) != fmt.Sprint(want) {
		l.t.Errorf("people got %q, not %q: %+v", got, want, report)
	}
}

// An apply changes what people get, with nothing done in the dashboard.
func TestAccCampaignSendsWhatIsApplied(t *testing.T) {
	t.Parallel()
	l := newLoop(t, campaigntest.StopsMessage)
	first := l.Run("output", "-raw", "unit")
	l.wantSent("Hello, Mia!", "Hello, there!")
	output := l.apply("Hi")
	if !strings.Contains(output, "1 changed") || strings.Contains(output, "still to be entered") {
		t.Errorf("the dashboard is to be changed:\n%s", output)
	}
	l.wantSent("Hello, Mia!", "Hello, there!") // which CleverTap keeps for five minutes
	l.dashboard.Clock.Advance(6 * time.Minute)
	l.wantSent("Hi, Mia!", "Hi, there!")
	received := l.line.Received(linetest.UserID(0))
	if second := l.Run("output", "-raw", "unit"); received[0].Unit != first || received[2].Unit != second || first == second {
		t.Errorf("LINE counts %q and %q, and the versions are %q and %q", received[0].Unit, received[2].Unit, first, second)
	}

	file := filepath.Join(l.Dir, "published", "default", "line-linked-messages", "welcome.json")
	acctest.WriteFile(t, file, strings.Replace(acctest.ReadFile(t, file), "Hi, ", "Foreign, ", 1))
	if output, exitCode := l.plan("Hi"); exitCode != 2 || !strings.Contains(output, "Foreign, ") || !strings.Contains(output, "0 to add, 1 to change, 0 to destroy") {
		t.Errorf("the edit is not planned to be repaired: %d\n%s", exitCode, output)
	}
	l.apply("Hi")
	if output, exitCode := l.plan("Hi"); exitCode != 0 {
		t.Errorf("after the repair changes are planned:\n%s", output)
	}
	l.dashboard.Clock.Advance(6 * time.Minute)
	l.wantSent("Hi, Mia!", "Hi, there!")
}

// What stands between the published file and CleverTap, what people get, and what the next plan says.
func TestAccCampaignWithFaultsOnTheWay(t *testing.T) {
	t.Parallel()
	html := standin.Fault{Status: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: "<html>Welcome</html>"}
	for name, test := range map[string]struct {
		fault standin.Fault
		said  string
	}{
		"404":       {standin.Fault{Status: 404}, "404 Not Found"},
		"403":       {standin.Fault{Status: 403}, "403 Forbidden"},
		"500":       {standin.Fault{Status: 500}, "500 Internal Server Error"},
		"HTML":      {html, "a page of HTML"},
		"redirect":  {standin.Fault{Status: 302, Header: http.Header{"Location": {"/elsewhere.json"}}}, "CleverTap follows no redirect"},
		"reset":     {standin.Fault{Reset: true}, "There is no answer"},
		"truncated": {standin.Fault{Truncate: true}, "There is no answer"},
		"slow":      {standin.Fault{Delay: 6 * time.Second, Status: 200}, "There is no answer"},
		"empty":     {standin.Fault{Status: 200, Header: http.Header{"Content-Type": {"application/json"}}}, "but it is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLoop(t, campaigntest.StopsMessage)
			for range 100 { // of what fails nothing is kept: each recipient is a fetch
				l.cdn.AddFaults(test.fault)
			}
			for _, failed := range []campaigntest.FailedFetch{campaigntest.StopsMessage, campaigntest.LeavesLabelsEmpty} {
				l.setUp(failed)
				report, got := l.send()
				if len(got) > 0 || report.Count(campaigntest.Sent) > 0 {
					t.Errorf("people got %q: %+v", got, report)
				}
			}
			if output, exitCode := l.plan("Hello"); exitCode != 0 || !says(output, test.said) || !says(output, `LINE linked messages "welcome"`) {
				t.Errorf("the plan ends with %d and does not say %q:\n%s", exitCode, test.said, output)
			}
		})
	}
}

// says looks for words in what Terraform printed, however it broke the lines.
func says(output, want string) bool {
	return strings.Contains(strings.Join(strings.FieldsFunc(output, func(r rune) bool { return r == ' ' || r == '\n' || r == '│' }), " "), want)
}

// A network that keeps the old version for a while, and for ever.
func TestAccCampaignBehindAStaleNetwork(t *testing.T) {
	t.Parallel()
	l := newLoop(t, campaigntest.StopsMessage)
	l.cdn.keep(t, 2) // for the refresh, and the first look after the write
	if output := l.apply("Hi"); says(output, "CleverTap would not send") {
		t.Errorf("a short delay is told:\n%s", output)
	}
	l.wantSent("Hi, Mia!", "Hi, there!")

	old := l.Run("output", "-raw", "content")
	l.cdn.keep(t, -1)
	output := l.apply("Hey")
	for _, want := range []string{`CleverTap would not send the LINE linked messages "welcome" as they are published`, "kept by a cache for 20s"} {
		if !says(output, want) {
			t.Errorf("the apply does not say %q:\n%s", want, output)
		}
	}
	if output, exitCode := l.plan("Hey"); exitCode != 0 || !says(output, old) || !says(output, "It serves other messages") {
		t.Errorf("the plan ends with %d and does not tell of %s:\n%s", exitCode, old, output)
	}
	l.dashboard.Clock.Advance(6 * time.Minute)
	l.wantSent("Hi, Mia!", "Hi, there!")
	l.cdn.keep(t, 0)
	l.dashboard.Clock.Advance(6 * time.Minute)
	l.wantSent("Hey, Mia!", "Hey, there!")
	if output, exitCode := l.plan("Hey"); exitCode != 0 || says(output, "CleverTap would not send") {
		t.Errorf("the plan ends with %d:\n%s", exitCode, output)
	}
}

// One edge of a network still has the old version: people get the one or the other, whole.
func TestAccCampaignWithOneOldEdge(t *testing.T) {
	t.Parallel()
	l := newLoop(t, campaigntest.StopsMessage)
	l.cdn.keep(t, 1) // for the refresh of the apply
	l.apply("Hi")
	l.cdn.mu.Lock()
	l.cdn.looks = 1 // the next request comes to the old edge
	l.cdn.mu.Unlock()
	if output, exitCode := l.plan("Hi"); exitCode != 0 || !says(output, "It serves other messages") {
		t.Errorf("the plan ends with %d:\n%s", exitCode, output)
	}
	l.cdn.mu.Lock()
	l.cdn.looks = 1
	l.cdn.mu.Unlock()
	l.wantSent("Hello, Mia!", "Hello, there!")
	l.dashboard.Clock.Advance(6 * time.Minute)
	l.wantSent("Hi, Mia!", "Hi, there!")
}

// A wrong constant in the campaign's mapping sends nothing, whether there are such messages or not; nor does a body of another
// shape.
func TestAccCampaignOfOtherMessages(t *testing.T) {
	t.Parallel()
	l := newLoop(t, campaigntest.LeavesLabelsEmpty)
	l.Write("other.tf", `
resource "clevertap_line_linked_messages" "other" {
  name           = "other"
  linked_content = "line_messages"
  messages       = [jsonencode({ type = "text", text = "For others, {{ Profile.Name | default: 'there' }}!" })]
}
`)
	l.apply("Hello")
	for _, constant := range []string{"other", "nothing"} {
		l.mapTo(constant)
		if report, got := l.send(); len(got) > 0 || report.Count(campaigntest.Aborted) != 2 {
			t.Errorf("mapped to %s people got %q: %+v", constant, got, report)
		}
	}
	l.mapTo("welcome")
	l.wantSent("Hello, Mia!", "Hello, there!")
	output := l.apply("Dear {{ Profile.Name }}")
	if !says(output, `The LINE campaign body "welcome" is still to be entered`) {
		t.Errorf("another body is not to be entered:\n%s", output)
	}
	l.dashboard.Clock.Advance(6 * time.Minute)
	if report, got := l.send(); len(got) > 0 || report.Count(campaigntest.Aborted) != 2 {
		t.Errorf("by the old body people got %q: %+v", got, report)
	}
	l.mapTo("welcome")
	l.wantSent("Dear Mia, Mia!", "Dear , there!")
}
