package campaigntest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const path = "/messages/welcome.json"

// "This response is stored for up to 5 minutes" ("Linked Content Functionality").
func TestAnswersAreKeptFiveMinutes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	w.wantOutcomes(t, w.send(t), campaigntest.Sent)
	w.wantFetches(t, path) // one for both

	w.Clock.Advance(5*time.Minute - time.Nanosecond)
	w.send(t)
	w.wantFetches(t, path)

	w.Clock.Advance(time.Nanosecond)
	w.send(t)
	w.wantFetches(t, path, path)
}

// A campaign sends what it kept while the origin has something else, and the new text from five minutes on.
func TestOldTextUntilFiveMinutes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	w.send(t)
	next := strings.Replace(document, "Hello", "Goodbye", 1)
	w.origin.AddFaults(standin.Fault{Status: http.StatusOK, Body: next})
	if got := w.send(t).Messages[0].Body; got != messageToMia {
		t.Errorf("within five minutes: got %s", got)
	}
	w.Clock.Advance(5 * time.Minute)
	if got, want := w.send(t).Messages[0].Body, strings.Replace(messageToMia, "Hello", "Goodbye", 1); got != want {
		t.Errorf("after five minutes: got %s, want %s", got, want)
	}
}

func TestAnswersAreKeptByURLAndParameters(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	w.fill(t, campaigntest.LinkedContent{
		Name: "line_messages", Method: http.MethodGet, EndpointURL: w.origin.URL + "/messages/{{message}}_{{language}}.json?v={{v}}",
	}, welcome(map[string]campaigntest.Value{
		"message": {Constant: "welcome"}, "language": {ProfileProperty: "Language"}, "v": {Constant: "1"},
	}))
	w.wantOutcomes(t, w.send(t), campaigntest.Sent)
	w.send(t)
	w.wantFetches(t, "/messages/welcome_en.json?v=1", "/messages/welcome_ja.json?v=1")
}

// "CleverTap can store up to 1,000 unique combinations" ("Linked Content Functionality").
func TestAThousandAnswersAreKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	w.fill(t, campaigntest.LinkedContent{
		Name: "line_messages", Method: http.MethodGet, EndpointURL: w.origin.URL + path + "?for={{who}}",
	}, welcome(map[string]campaigntest.Value{"who": {ProfileProperty: "LineID"}}))
	profiles := map[string]map[string]any{}
	for i := range 1001 {
		profiles[fmt.Sprint(i)] = map[string]any{"LineID": i}
	}
	for range 2 {
		if report, err := w.Send(t.Context(), "welcome", profiles); err != nil || report.Count(campaigntest.Sent) != 1001 {
			t.Fatalf("%d were sent: %v", report.Count(campaigntest.Sent), err)
		}
	}
	if got := len(w.origin.Requests()); got != 1002 {
		t.Errorf("the origin was asked %d times, not 1001 and once more", got)
	}
	w.origin.Forget()
	w.Clock.Advance(5 * time.Minute)
	for range 2 {
		if _, err := w.Send(t.Context(), "welcome", map[string]map[string]any{"1000": profiles["1000"]}); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(w.origin.Requests()); got != 1 {
		t.Errorf("after those that are no longer kept, the origin was asked %d times, not once", got)
	}
}

// faults are what can be between CleverTap and the URL.
func faults() map[string]struct {
	fault standin.Fault
	want  campaigntest.Outcome
} {
	type row = struct {
		fault standin.Fault
		want  campaigntest.Outcome
	}
	html := http.Header{"Content-Type": {"text/html"}}
	return map[string]row{
		"301": {standin.Fault{Status: http.StatusMovedPermanently, Header: http.Header{"Location": {"/messages/welcome_en.json"}}},
			campaigntest.Redirected},
		"302": {standin.Fault{Status: http.StatusFound, Header: http.Header{"Location": {"/messages/welcome_en.json"}}},
			campaigntest.Redirected},
		"304":           {standin.Fault{Status: http.StatusNotModified}, campaigntest.Redirected},
		"401":           {standin.Fault{Status: http.StatusUnauthorized}, campaigntest.ClientError},
		"403":           {standin.Fault{Status: http.StatusForbidden, Header: html, Body: "<html>"}, campaigntest.ClientError},
		"404 with JSON": {standin.Fault{Status: http.StatusNotFound, Body: document}, campaigntest.ClientError},
		"500":           {standin.Fault{Status: http.StatusInternalServerError}, campaigntest.ServerError},
		"503":           {standin.Fault{Status: http.StatusServiceUnavailable, Body: document}, campaigntest.ServerError},
		"201":           {standin.Fault{Status: http.StatusCreated, Body: document}, campaigntest.ResponseException},
		"204":           {standin.Fault{Status: http.StatusNoContent}, campaigntest.ResponseException},
		"HTML":          {standin.Fault{Status: http.StatusOK, Header: html, Body: "<html></html>"}, campaigntest.ResponseException},
		"empty":         {standin.Fault{Status: http.StatusOK}, campaigntest.ResponseException},
		"half of JSON":  {standin.Fault{Status: http.StatusOK, Body: document[:99]}, campaigntest.ResponseException},
		"huge":          {standin.Fault{Status: http.StatusOK, Body: `"` + strings.Repeat("x", 8<<20) + `"`}, campaigntest.ContentAPIInvalid},
		"truncated":     {standin.Fault{Truncate: true}, campaigntest.ContentAPIInvalid},
		"reset":         {standin.Fault{Reset: true}, campaigntest.ContentAPIInvalid},
		"slow":          {standin.Fault{Delay: tooLong}, campaigntest.ContentAPIInvalid},
	}
}

// A failure is met by each recipient anew, is not repeated, and is over with the first valid answer.
func TestFailedFetchStopsMessage(t *testing.T) {
	t.Parallel()
	for name, test := range faults() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newWorld := newWorld
			if test.fault.Delay > 0 {
				newWorld = newImpatientWorld
			}
			w := newWorld(t, campaigntest.StopsMessage)
			w.origin.AddFaults(test.fault, test.fault)
			report := w.send(t)
			w.wantOutcomes(t, report, test.want)
			if got := report.Messages[0].Cause; !strings.Contains(got, "GET "+w.origin.URL+path) {
				t.Errorf("the cause is %q", got)
			}
			w.wantFetches(t, path, path)
			w.wantOutcomes(t, w.send(t), campaigntest.Sent)
			w.wantFetches(t, path, path, path)
		})
	}
}

// The guard of the body takes empty labels for another message.
func TestFailedFetchLeavesLabelsEmpty(t *testing.T) {
	t.Parallel()
	for name, test := range faults() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			newWorld := newWorld
			if test.fault.Delay > 0 {
				newWorld = newImpatientWorld
			}
			w := newWorld(t, campaigntest.LeavesLabelsEmpty)
			w.origin.AddFaults(test.fault, test.fault)
			w.wantOutcomes(t, w.send(t), campaigntest.Aborted)
			w.wantFetches(t, path, path)
			w.wantOutcomes(t, w.send(t), campaigntest.Sent)
		})
	}
}

// "There is no retry mechanism for failed requests" ("Linked Content Functionality"), not even the standard client's own.
func TestResetIsNotRepeated(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	w.send(t)
	w.Clock.Advance(5 * time.Minute)
	w.origin.AddFaults(standin.Fault{Reset: true}, standin.Fault{Reset: true})
	if report := w.send(t); report.Count(campaigntest.ContentAPIInvalid) != 2 {
		t.Errorf("got %+v", report)
	}
	w.wantFetches(t, path, path, path)
}

// Each API is read once, in the order of their names; the first that fails stops the message.
func TestTwoAPIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	mapping := map[string]map[string]campaigntest.Value{}
	for _, name := range []string{"b", "a"} {
		api := campaigntest.LinkedContent{Name: name, Method: http.MethodGet, EndpointURL: w.origin.URL + path + "?" + name}
		if err := w.SaveLinkedContent(api); err != nil {
			t.Fatal(err)
		}
		mapping[name] = nil
	}
	campaign := welcome(nil)
	campaign.Body, campaign.LinkedContent = "{{ Linked.b.name }} {{ Linked.a.shape }} {{ Linked['b'].unit }}", mapping
	if err := w.SaveCampaign(campaign); err != nil {
		t.Fatal(err)
	}
	w.origin.AddFaults(standin.Fault{Status: http.StatusNotFound})
	report := w.send(t)
	if got, want := report.Messages[1].Body, "welcome 3f2a9b1c welcome_1a2b3c4d"; got != want || report.Messages[0].Outcome != campaigntest.ClientError {
		t.Errorf("got %+v, want %q", report, want)
	}
	w.wantFetches(t, path+"?a", path+"?a", path+"?b")
}

func TestSystemLabels(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.LeavesLabelsEmpty)
	campaign := welcome(map[string]campaigntest.Value{"message": {Constant: "welcome"}})
	campaign.Body = "{{ Linked.line_messages.http_status_code }} {{ Linked.line_messages.headers['Content-Type'] }} " +
		"{{ Linked.line_messages.raw }} {{ Linked.line_messages.name }}"
	if err := w.SaveCampaign(campaign); err != nil {
		t.Fatal(err)
	}
	w.origin.AddFaults(standin.Fault{Status: http.StatusNotFound, Header: http.Header{"Content-Type": {"text/plain"}}, Body: `{"name":"x"}`})
	report := w.send(t)
	want := []string{`404 text/plain {"name":"x"} `, "200 application/json; charset=utf-8 " + document + " welcome"}
	if report.Messages[0].Body != want[0] || report.Messages[1].Body != want[1] {
		t.Errorf("got %+v, want %q", report, want)
	}
}

func TestParameters(t *testing.T) {
	t.Parallel()
	constant := func(value string) campaigntest.Value { return campaigntest.Value{Constant: value} }
	property := func(name string) campaigntest.Value { return campaigntest.Value{ProfileProperty: name} }
	for name, test := range map[string]struct {
		endpoint string
		value    campaigntest.Value
		fetched  string // for the first of the two; "" if it is not
		want     campaigntest.Outcome
	}{
		"constant":                        {"/messages/{{x}}.json", constant("welcome"), path, campaigntest.Sent},
		"spaces in the braces":            {"/messages/{{ x }}.json", constant("welcome"), path, campaigntest.Sent},
		"wrong constant":                  {"/messages/{{x}}.json", constant("welcom"), "/messages/welcom.json", campaigntest.ClientError},
		"constant of another message":     {"/messages/welcome{{x}}", constant("2"), "/messages/welcome2", campaigntest.Aborted},
		"constant that is escaped":        {"/messages/welcome/{{x}}", constant("a/b?c#d é"), "/messages/welcome/a%2Fb%3Fc%23d%20%C3%A9", campaigntest.Sent},
		"property":                        {"/messages/welcome_{{x}}", property("Language"), "/messages/welcome_en", campaigntest.Sent},
		"property in the host":            {"http://{{x}}/", property("Host"), "", campaigntest.InvalidURL},
		"number":                          {"/messages/welcome_{{x}}", property("Age"), "/messages/welcome_41", campaigntest.Sent},
		"missing property":                {"/messages/{{x}}.json", property("Gone"), "", campaigntest.InvalidURL},
		"empty property":                  {"/messages/{{x}}.json", property("Empty"), "", campaigntest.InvalidURL},
		"list":                            {"/messages/{{x}}.json", property("Tags"), "", campaigntest.InvalidURL},
		"empty constant":                  {"/messages/{{x}}.json", campaigntest.Value{}, "", campaigntest.InvalidURL},
		"constant in the query":           {path + "?a=b&{{x}}=d", constant("c&d"), path + "?a=b&c%26d=d", campaigntest.Sent},
		"missing property in the query":   {path + "?a={{x}}", property("Gone"), path + "?a=", campaigntest.Sent},
		"question mark of the path value": {"/messages/{{x}}?a=b", constant("welcome?"), "/messages/welcome%3F?a=b", campaigntest.Sent},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, campaigntest.StopsMessage)
			if test.want == campaigntest.Aborted {
				other := strings.Replace(document, `"welcome"`, `"welcome2"`, 1)
				w.origin.AddFaults(standin.Fault{Status: http.StatusOK, Body: other})
			}
			endpoint := test.endpoint
			if strings.HasPrefix(endpoint, "/") {
				endpoint = w.origin.URL + endpoint
			}
			w.fill(t, campaigntest.LinkedContent{Name: "line_messages", Method: http.MethodGet, EndpointURL: endpoint},
				welcome(map[string]campaigntest.Value{"x": test.value}))
			report, err := w.Send(t.Context(), "welcome", map[string]map[string]any{"one": {
				"LineID": "U1", "Language": "en", "Empty": "", "Tags": []any{"welcome"}, "Age": 41, "Host": "x y",
			}})
			if err != nil || report.Count(test.want) != 1 {
				t.Errorf("got %+v, %v; want %q", report, err, test.want)
			}
			var want []string
			if test.fetched != "" {
				want = []string{test.fetched}
			}
			w.wantFetches(t, want...)
		})
	}
	t.Run("not mapped", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, campaigntest.LeavesLabelsEmpty)
		if err := w.SaveCampaign(welcome(nil)); err != nil {
			t.Fatal(err)
		}
		w.wantOutcomes(t, w.send(t), campaigntest.Aborted)
		w.wantFetches(t)
	})
}

func TestOriginThatCannotBeReached(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	w.origin.Close()
	w.wantOutcomes(t, w.send(t), campaigntest.InvalidURL)
}

func TestLinkedContentRequest(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	w.fill(t, campaigntest.LinkedContent{
		Name: "line_messages", Method: http.MethodPost, EndpointURL: w.origin.URL + path,
		Headers: map[string]string{"X-Origin-Key": "open sesame", "Authorization": "Bearer token"},
	}, welcome(nil))
	w.wantOutcomes(t, w.send(t), campaigntest.Sent)
	request := w.origin.Requests()[0]
	if request.Method != http.MethodPost || request.Header.Get("X-Origin-Key") != "open sesame" ||
		request.Header.Get("Authorization") != standin.Secret || len(request.Body) != 0 {
		t.Errorf("got %+v", request)
	}
}

// What the body does not read is not fetched, though it is mapped.
func TestBodyThatReadsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, campaigntest.StopsMessage)
	campaign := welcome(map[string]campaigntest.Value{"message": {Constant: "welcome"}})
	campaign.Body = `{"to":"{{ Profile.LineID }}","text":"Linked.line_messages"}`
	if err := w.SaveCampaign(campaign); err != nil {
		t.Fatal(err)
	}
	w.wantOutcomes(t, w.send(t), campaigntest.Sent)
	w.wantFetches(t)
}
