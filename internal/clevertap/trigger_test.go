package clevertap_test

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const triggerPath = "/1/send/externaltrigger.json"

func identities(n int) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprint("user-", i))
	}
	return all
}

// The body is the one of "External Trigger API" with users by identity.
func TestFire(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	server.PublishTriggered("1695721550")
	for _, identity := range identities(clevertap.MaxTriggered) {
		server.SetProfile(identity, map[string]any{"a": 1})
	}
	client := newClient(t, server.URL)
	for _, test := range []struct {
		trigger clevertap.Trigger
		want    string
	}{
		{clevertap.Trigger{CampaignID: "1695721550", Identities: identities(2), Parameters: map[string]string{"Name": `J"é`, "A_1": ""}}, `{"to":{"identity":["user-0","user-1"]},"campaign_id":"1695721550","ExternalTrigger":{"A_1":"","Name":"J\"é"}}`},
		{clevertap.Trigger{CampaignID: "1695721550", Identities: identities(1)}, `{"to":{"identity":["user-0"]},"campaign_id":"1695721550","ExternalTrigger":{}}`},
	} {
		if err := client.Fire(t.Context(), test.trigger); err != nil {
			t.Fatal(err)
		}
		requests := server.Requests()
		if last := requests[len(requests)-1]; last.Method != http.MethodPost || last.Path != triggerPath || string(last.Body) != test.want || !last.Authorized {
			t.Errorf("sent %s %s %s, want %s", last.Method, last.Path, last.Body, test.want)
		}
	}
	if err := client.Fire(t.Context(), clevertap.Trigger{CampaignID: "1695721550", Identities: identities(clevertap.MaxTriggered)}); err != nil {
		t.Fatal(err)
	}
	if got := server.Fired("1695721550"); len(got) != 3 || !reflect.DeepEqual(got[0], clevertaptest.Fired{Identities: identities(2), Parameters: map[string]string{"Name": `J"é`, "A_1": ""}}) {
		t.Errorf("fired %+v", got)
	}
}

func TestFireRefuses(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	client := newClient(t, server.URL)
	for want, trigger := range map[string]clevertap.Trigger{
		`"" is no ID of a campaign`:                     {Identities: identities(1)},
		`"-1" is no ID of a campaign`:                   {CampaignID: "-1", Identities: identities(1)},
		`"12345678901234567890" is no ID of a campaign`: {CampaignID: "12345678901234567890", Identities: identities(1)},
		"0 users are not between 1 and 1000":            {CampaignID: "1"},
		"1001 users are not between 1 and 1000":         {CampaignID: "1", Identities: identities(1001)},
		"a user is named twice":                         {CampaignID: "1", Identities: []string{"a", "b", "a"}},
		"the identity is empty":                         {CampaignID: "1", Identities: []string{""}},
		`"a b" is no name of a parameter`:               {CampaignID: "1", Identities: identities(1), Parameters: map[string]string{"a b": ""}},
		`"1a" is no name of a parameter`:                {CampaignID: "1", Identities: identities(1), Parameters: map[string]string{"1a": ""}},
	} {
		err := client.Fire(t.Context(), trigger)
		if err == nil || !strings.HasPrefix(err.Error(), "fire the campaign: "+want) || !strings.HasSuffix(err.Error(), ". The call was not made") {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if got := server.Requests(); len(got) > 0 {
		t.Errorf("sent %v", got)
	}
}

// What users read, whole. Whatever happens, the request is sent once.
func TestFireErrorsWordForWord(t *testing.T) {
	t.Parallel()
	const (
		asked   = "fire the campaign: CleverTap answered "
		unknown = "Whether the campaign was fired is not known. It is not fired again by itself, since CleverTap would send it a second time: look at the campaign's report in the dashboard first"
		proxy   = ". Check the API URL, and what stands between here and CleverTap: a proxy's page looks like this\n" + unknown
	)
	answer := func(status int, body string) standin.Fault { return standin.Fault{Status: status, Body: body} }
	for name, test := range map[string]struct {
		fault standin.Fault
		want  string
	}{
		"unknown campaign": {standin.Fault{}, asked + "200 OK: Invalid campaign id (code 400). Check the campaign's ID, which the dashboard shows, and the account: it must be a published campaign with the qualification criteria External trigger."},
		"fail":             {answer(200, `{"status":"fail","error":"No","code":200}`), asked + "200 OK: No"},
		"Fail, 500":        {answer(200, `{"status":"Fail","error":"No","code":500}`), asked + "200 OK: No. " + unknown},
		"partial":          {answer(200, `{"status":"partial","processed":1}`), `fire the campaign: CleverTap took it for some of the users only, and answered "{\"status\":\"partial\",\"processed\":1}"` + "\nThose it took get the message: see the campaign's report in the dashboard before it is fired for the others"},
		"another status":   {answer(200, `{"status":"queued"}`), asked + `200 OK, but without the status success; the answer begins "{\"status\":\"queued\"}"` + proxy},
		"HTML":             {answer(200, "<html>"), asked + `200 OK, but without the status success; the answer begins "<html>"` + proxy},
		"empty":            {answer(200, ""), "fire the campaign: HOST answered 200 OK with an empty body, which is how CleverTap answers at an address that it does not know. Check the region and the API URL\n" + unknown},
		"401":              {clevertaptest.FailureFault(401, clevertaptest.MessageUnauthorized), asked + "401 Unauthorized: Account ID is not valid. Check the account ID, the passcode (it may have expired) and the region: an account is known in its own region alone, and HOST was asked. The dashboard's address begins with the region."},
		"429":              {clevertaptest.FailureFault(429, clevertaptest.MessageTooMany), asked + "429 Too Many Requests: Too many concurrent requests. CleverTap counts the requests that are under way for an account, whoever sends them: 15 uploads and 3 others at a time. Try again later, or lower the number of concurrent requests."},
		"503":              {answer(503, "busy"), asked + `503 Service Unavailable: "busy". ` + unknown},
		"202":              {answer(202, `{"status":"success"}`), asked + `202 Accepted: "{\"status\":\"success\"}". ` + unknown},
		"lost":             {standin.Fault{Done: true, Reset: true}, "fire the campaign: no answer from CleverTap: POST HOST/1/send/externaltrigger.json: LOST (1 attempt; not repeated, because the server may have acted on it)\n" + unknown},
	} {
		server := start(t, clevertaptest.Config{})
		server.AddFaults(test.fault)
		err := newClient(t, server.URL).Fire(t.Context(), clevertap.Trigger{CampaignID: "1", Identities: identities(1)})
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		got := strings.ReplaceAll(err.Error(), strings.TrimPrefix(server.URL, "http://"), "HOST")
		if before, after, lost := strings.Cut(got, ".json: read tcp"); lost {
			_, after, _ = strings.Cut(after, " (1 attempt")
			got = before + ".json: LOST (1 attempt" + after
		}
		if got != test.want || len(server.Requests()) != 1 {
			t.Errorf("%s after %d requests:\n%s\nwant\n%s", name, len(server.Requests()), got, test.want)
		}
	}
}
