package campaigntest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// world is a dashboard with a campaign, the origin that it reads and the destination that it posts to.
type world struct {
	*campaigntest.Dashboard
	origin, destination *standin.Front
}

// tooLong is longer than an impatient dashboard waits.
const tooLong = 10 * time.Second

// newWorld has the campaign "welcome" ready to be sent to all who have a LineID. Its origin has one document.
func newWorld(t *testing.T, failed campaigntest.FailedFetch) *world {
	t.Helper()
	const busyMachine = time.Minute
	return newWorldWith(t, campaigntest.Config{FailedFetch: failed, FetchTimeout: busyMachine, WebhookTimeout: busyMachine})
}

// newImpatientWorld is one for tests of what does not come in time.
func newImpatientWorld(t *testing.T, failed campaigntest.FailedFetch) *world {
	t.Helper()
	const patience = 500 * time.Millisecond
	return newWorldWith(t, campaigntest.Config{FailedFetch: failed, FetchTimeout: patience, WebhookTimeout: patience})
}

func newWorldWith(t *testing.T, config campaigntest.Config) *world {
	t.Helper()
	w := &world{
		Dashboard: campaigntest.NewDashboard(config),
		origin: standin.Start(standin.Config{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasPrefix(r.URL.Path, "/messages/welcome") {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			_, _ = w.Write([]byte(document))
		})}),
		destination: standin.Start(standin.Config{Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			standin.WriteJSON(w, http.StatusOK, map[string]any{})
		})}),
	}
	t.Cleanup(w.origin.Close)
	t.Cleanup(w.destination.Close)
	w.fill(t, campaigntest.LinkedContent{
		Name: "line_messages", Method: http.MethodGet, EndpointURL: w.origin.URL + "/messages/{{message}}.json",
		Headers: map[string]string{"X-Origin-Key": "open sesame"},
	}, welcome(map[string]campaigntest.Value{"message": {Constant: "welcome"}}))
	return w
}

func welcome(mapping map[string]campaigntest.Value) campaigntest.Campaign {
	return campaigntest.Campaign{
		Name: "welcome", WebhookTemplate: "LINE push", HasProperty: "LineID", Body: guarded,
		LinkedContent: map[string]map[string]campaigntest.Value{"line_messages": mapping},
	}
}

// fill fills in the template, the API and the campaign.
func (w *world) fill(t *testing.T, api campaigntest.LinkedContent, campaign campaigntest.Campaign) {
	t.Helper()
	template := campaigntest.WebhookTemplate{
		Name: "LINE push", Method: http.MethodPost, URL: w.destination.URL + "/v2/bot/message/push",
		Headers: map[string]string{"Content-Type": "application/json", "Authorization": "Bearer token"},
	}
	for _, err := range []error{w.SaveWebhookTemplate(template), w.SaveLinkedContent(api), w.SaveCampaign(campaign)} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

// customers are those that most tests send to. The last is not of the audience.
func customers() map[string]map[string]any {
	return map[string]map[string]any{
		"customer-2": {"LineID": "U2", "Language": "ja"},
		"customer-1": {"LineID": "U1", "Language": "en", "Name": "Mia"},
		"customer-3": {"LineID": nil, "Name": "Zoe"},
	}
}

func (w *world) send(t *testing.T) campaigntest.Report {
	t.Helper()
	report, err := w.Send(t.Context(), "welcome", customers())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// wantOutcomes checks that both customers got an outcome, and that only messages that were sent reached the destination.
func (w *world) wantOutcomes(t *testing.T, report campaigntest.Report, want campaigntest.Outcome) {
	t.Helper()
	if len(report.Messages) != 2 || report.Count(want) != 2 {
		t.Errorf("the report is %+v, not twice %q", report, want)
	}
	posted := 0
	if want == campaigntest.Sent {
		posted = 2
	}
	if got := len(w.destination.Requests()); got != posted {
		t.Errorf("the destination got %d requests, not %d", got, posted)
	}
}

func (w *world) wantFetches(t *testing.T, want ...string) {
	t.Helper()
	var got []string
	for _, request := range w.origin.Requests() {
		got = append(got, strings.TrimSuffix(request.Path+"?"+request.Query, "?"))
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("the origin was asked for %q, not %q", got, want)
	}
}
