package campaigntest_test

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

func TestSend(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	at := w.Clock.Now()
	message := func(identity, body string) campaigntest.Message {
		return campaigntest.Message{
			Identity: identity, Outcome: campaigntest.Sent, Method: http.MethodPost, URL: w.destination.URL + "/v2/bot/message/push",
			Body: body, Requests: []campaigntest.Request{{At: at, Status: http.StatusOK, Answer: "{}\n"}},
		}
	}
	want := campaigntest.Report{Campaign: "welcome", Messages: []campaigntest.Message{
		message("customer-1", messageToMia), message("customer-2", messageToLeo),
	}}
	if got := w.send(t); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	for i, request := range w.destination.Requests() {
		if request.Method != http.MethodPost || request.Path != "/v2/bot/message/push" || string(request.Body) != want.Messages[i].Body ||
			request.Header.Get("Content-Type") != "application/json" || request.Header.Get("Authorization") != standin.Secret {
			t.Errorf("the destination got %+v", request)
		}
	}
}

// CleverTap's own LINE guide pastes a body that is no JSON.
func TestBodyThatIsNoJSON(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	campaign := welcome(nil)
	campaign.HasProperty, campaign.Body = "", `{"to": {{ Profile.LineID | default: 'none' }}, {{ Profile.Identity }}`
	if err := w.SaveCampaign(campaign); err != nil {
		t.Fatal(err)
	}
	w.send(t)
	var got []string
	for _, request := range w.destination.Requests() {
		got = append(got, string(request.Body))
	}
	if want := []string{`{"to": U1, customer-1`, `{"to": U2, customer-2`, `{"to": none, customer-3`}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestProfilesOfCleverTap(t *testing.T) {
	t.Parallel()
	server := clevertaptest.NewServer(clevertaptest.Config{})
	t.Cleanup(server.Close)
	server.SetProfile("customer-1", map[string]any{"LineID": "U1", "Points": 1000000, "Name": "Mia"})
	w := newWorld(t, campaigntest.StopsMessage)
	campaign := welcome(nil)
	campaign.Body = "{{ Profile.Name }} {{ Profile.Points }}"
	if err := w.SaveCampaign(campaign); err != nil {
		t.Fatal(err)
	}
	profiles := server.Profiles()
	report, err := w.Send(t.Context(), "welcome", profiles)
	if err != nil || len(report.Messages) != 1 || report.Messages[0].Body != "Mia 1000000" {
		t.Errorf("got %+v, %v", report, err)
	}
	if _, added := profiles["customer-1"]["Identity"]; added {
		t.Error("the caller's profiles are changed")
	}
}

func TestNotRendered(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	campaign := welcome(nil)
	campaign.Body = "{{ Profile.Name | at_least: 3 }}"
	if err := w.SaveCampaign(campaign); err != nil {
		t.Fatal(err)
	}
	report := w.send(t)
	w.wantOutcomes(t, report, campaigntest.NotRendered)
	if got := report.Messages[0].Cause; !strings.Contains(got, "at_least") {
		t.Errorf("the cause is %q", got)
	}
}

// "When CleverTap sends the payload and … we do not receive a 200 OK response after retrying three times after a wait of 15
// seconds" (the FAQ on webhooks).
func TestRepetitions(t *testing.T) {
	t.Parallel()
	redirect := standin.Fault{Status: http.StatusFound, Header: http.Header{"Location": {"/elsewhere"}}}
	slow, reset := standin.Fault{Done: true, Delay: tooLong}, standin.Fault{Reset: true}
	status := func(status int) standin.Fault { return standin.Fault{Status: status, Body: "no"} }
	for name, test := range map[string]struct {
		faults []standin.Fault
		want   campaigntest.Outcome
		status []int // 0 where there is no answer
	}{
		"at the second":  {[]standin.Fault{status(503)}, campaigntest.Sent, []int{503, 200}},
		"at the fourth":  {[]standin.Fault{status(429), slow, reset}, campaigntest.Sent, []int{429, 0, 0, 200}},
		"never":          {[]standin.Fault{status(500), status(500), status(500), status(500)}, campaigntest.NotDispatched, []int{500, 500, 500, 500}},
		"client's fault": {[]standin.Fault{status(400), status(400), status(400), status(400)}, campaigntest.NotDispatched, []int{400, 400, 400, 400}},
		"not just 200":   {[]standin.Fault{status(204), status(201), status(202), redirect}, campaigntest.NotDispatched, []int{204, 201, 202, 302}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newWorld := newWorld
			if slices.ContainsFunc(test.faults, func(fault standin.Fault) bool { return fault.Delay > 0 }) {
				newWorld = newImpatientWorld
			}
			w := newWorld(t, campaigntest.StopsMessage)
			w.destination.AddFaults(test.faults...)
			start := w.Clock.Now()
			report, err := w.Send(t.Context(), "welcome", map[string]map[string]any{"customer-1": customers()["customer-1"]})
			if err != nil || report.Count(test.want) != 1 {
				t.Fatalf("got %+v, %v; want %q", report, err, test.want)
			}
			message := report.Messages[0]
			var status []int
			for i, request := range message.Requests {
				status = append(status, request.Status)
				if want := start.Add(time.Duration(i) * 15 * time.Second); !request.At.Equal(want) {
					t.Errorf("request %d is at %s, not at %s", i, request.At, want)
				}
				if (request.Status == 0) != (request.Err != "") {
					t.Errorf("request %d has the status %d and the error %q", i, request.Status, request.Err)
				}
			}
			if !slices.Equal(status, test.status) {
				t.Errorf("got %v, want %v", status, test.status)
			}
			if (message.Cause == "") != (test.want == campaigntest.Sent) {
				t.Errorf("the cause is %q", message.Cause)
			}
			if got := w.Clock.Now(); !got.Equal(start) {
				t.Errorf("the clock was moved to %s", got)
			}
			if got := len(w.destination.Requests()); got != len(test.status) {
				t.Errorf("the destination got %d requests", got)
			}
			for _, request := range w.destination.Requests() {
				if string(request.Body) != messageToMia {
					t.Errorf("the destination got %s", request.Body)
				}
			}
			w.wantFetches(t, path)
		})
	}
}

func TestSaveRefuses(t *testing.T) {
	t.Parallel()
	template := func(change func(*campaigntest.WebhookTemplate)) func(*world) error {
		return func(w *world) error {
			object := campaigntest.WebhookTemplate{Name: "n", Method: http.MethodPost, URL: "https://api.line.me/v2/bot/message/push"}
			change(&object)
			return w.SaveWebhookTemplate(object)
		}
	}
	api := func(change func(*campaigntest.LinkedContent)) func(*world) error {
		return func(w *world) error {
			object := campaigntest.LinkedContent{Name: "n", Method: http.MethodGet, EndpointURL: "https://example.com/{{a}}?b={{c}}"}
			change(&object)
			return w.SaveLinkedContent(object)
		}
	}
	campaign := func(change func(*campaigntest.Campaign)) func(*world) error {
		return func(w *world) error {
			object := welcome(map[string]campaigntest.Value{"message": {Constant: "welcome"}})
			change(&object)
			return w.SaveCampaign(object)
		}
	}
	for name, test := range map[string]struct {
		save func(*world) error
		want string // "" is none
	}{
		"template":                  {template(func(*campaigntest.WebhookTemplate) {}), ""},
		"template without a name":   {template(func(t *campaigntest.WebhookTemplate) { t.Name = " " }), "the name is empty"},
		"template's method":         {template(func(t *campaigntest.WebhookTemplate) { t.Method = http.MethodPatch }), "PATCH"},
		"template's URL":            {template(func(t *campaigntest.WebhookTemplate) { t.URL = "api.line.me" }), "no https or http URL"},
		"template's parameters":     {template(func(t *campaigntest.WebhookTemplate) { t.URL += "{{x}}" }), "brace"},
		"API":                       {api(func(*campaigntest.LinkedContent) {}), ""},
		"API without a name":        {api(func(a *campaigntest.LinkedContent) { a.Name = "" }), "the name is empty"},
		"API's method":              {api(func(a *campaigntest.LinkedContent) { a.Method = http.MethodPut }), "PUT"},
		"API's URL":                 {api(func(a *campaigntest.LinkedContent) { a.EndpointURL = "ftp://example.com" }), "no https or http URL"},
		"API's braces":              {api(func(a *campaigntest.LinkedContent) { a.EndpointURL += "{{" }), "brace"},
		"API's empty braces":        {api(func(a *campaigntest.LinkedContent) { a.EndpointURL += "{{ }}" }), "brace"},
		"campaign":                  {campaign(func(*campaigntest.Campaign) {}), ""},
		"campaign without a name":   {campaign(func(c *campaigntest.Campaign) { c.Name = "" }), "the name is empty"},
		"campaign's template":       {campaign(func(c *campaigntest.Campaign) { c.WebhookTemplate = "no" }), `no webhook template "no"`},
		"campaign's API":            {campaign(func(c *campaigntest.Campaign) { c.LinkedContent["no"] = nil }), `no Linked Content API "no"`},
		"API that is not mapped":    {campaign(func(c *campaigntest.Campaign) { c.LinkedContent = nil }), "reads Linked.line_messages"},
		"API by its name in braces": {campaign(func(c *campaigntest.Campaign) { c.Body = `{{ Linked["A name"].x }}` }), "reads Linked.A name"},
		"API in single quotes":      {campaign(func(c *campaigntest.Campaign) { c.Body = `{{ Linked['A name'].x }}` }), "reads Linked.A name"},
		"parameter that is not":     {campaign(func(c *campaigntest.Campaign) { c.LinkedContent["line_messages"]["no"] = campaigntest.Value{} }), `no parameter "no"`},
		"parameter of two values": {campaign(func(c *campaigntest.Campaign) {
			c.LinkedContent["line_messages"]["message"] = campaigntest.Value{"a", "b"}
		}), "to a constant and"},
		"campaign's Liquid":          {campaign(func(c *campaigntest.Campaign) { c.Body += "{% endif %}" }), "endif"},
		"a token of CleverTap's own": {campaign(func(c *campaigntest.Campaign) { c.Body = `{"to": "@Profile - LineID | default: " N.A" "}` }), "token of the picker"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := test.save(newWorld(t, campaigntest.StopsMessage))
			if (err == nil) != (test.want == "") || (err != nil && !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}

// What is saved is not changed by the caller's maps afterwards, and saving again replaces.
func TestSave(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	template := campaigntest.WebhookTemplate{
		Name: "LINE push", Method: http.MethodPut, URL: w.destination.URL, Headers: map[string]string{"X-Version": "1"},
	}
	api := campaigntest.LinkedContent{
		Name: "line_messages", Method: http.MethodGet, EndpointURL: w.origin.URL + "/messages/{{message}}.json",
		Headers: map[string]string{"X-Version": "1"},
	}
	campaign := welcome(map[string]campaigntest.Value{"message": {Constant: "welcome"}})
	save := func() {
		if err := errors.Join(w.SaveWebhookTemplate(template), w.SaveLinkedContent(api), w.SaveCampaign(campaign)); err != nil {
			t.Fatal(err)
		}
	}
	save()
	template.Headers["X-Version"], api.Headers["X-Version"] = "2", "2"
	campaign.LinkedContent["line_messages"]["message"] = campaigntest.Value{Constant: "bye"}
	w.wantOutcomes(t, w.send(t), campaigntest.Sent)
	asked, posted := w.origin.Requests()[0].Header.Get("X-Version"), w.destination.Requests()[0].Header.Get("X-Version")
	if asked != "1" || posted != "1" || w.destination.Requests()[0].Method != http.MethodPut {
		t.Errorf("the headers are %q and %q", asked, posted)
	}
	save()
	if report := w.send(t); report.Count(campaigntest.ClientError) != 2 {
		t.Errorf("got %+v", report)
	}
}

func TestSendNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	if _, err := w.Send(t.Context(), "bye", customers()); err == nil || !strings.Contains(err.Error(), `"bye"`) {
		t.Errorf("got %v", err)
	}
	if report, err := w.Send(t.Context(), "welcome", nil); err != nil || len(report.Messages) != 0 {
		t.Errorf("got %+v, %v", report, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if report, err := w.Send(ctx, "welcome", customers()); !errors.Is(err, context.Canceled) || len(report.Messages) != 0 {
		t.Errorf("got %+v, %v", report, err)
	}
	w.wantFetches(t)
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			report, err := w.Send(t.Context(), "welcome", customers())
			if err != nil || report.Count(campaigntest.Sent) != 2 {
				t.Errorf("got %+v, %v", report, err)
			}
			w.Clock.Advance(time.Minute)
			if err := w.SaveCampaign(welcome(map[string]campaigntest.Value{"message": {Constant: "welcome"}})); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got := len(w.destination.Requests()); got != 16 {
		t.Errorf("the destination got %d requests, not 16", got)
	}
}

func TestClockGoesForward(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("the clock went back")
		}
	}()
	campaigntest.NewDashboard(campaigntest.Config{}).Clock.Advance(-1)
}
