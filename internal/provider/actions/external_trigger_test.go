package actions_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const externalTrigger = "clevertap_external_trigger"

func newCleverTapWorld(t *testing.T) (*acctest.Server, *clevertaptest.Server) {
	t.Helper()
	api := acctest.CleverTapServer(t, 2, clevertaptest.Config{})
	api.PublishTriggered("1695721550")
	return acctest.NewServer(t, fmt.Sprintf(`{"account_id":%q,"passcode":%q,"api_url":%q}`,
		acctest.CleverTapAccount, acctest.CleverTapPasscode, api.URL)), api
}

func triggerOf(more map[string]any) map[string]any {
	attributes := map[string]any{
		"campaign_id": "1695721550", "identities": []string{acctest.User(0), acctest.User(1)},
		"parameters": map[string]string{"Name": "Aya", "Code": "42"},
	}
	for name, value := range more {
		attributes[name] = value
	}
	return attributes
}

func TestExternalTriggerIsDryByDefault(t *testing.T) {
	t.Parallel()
	s, api := newCleverTapWorld(t)
	for _, more := range []map[string]any{nil, {"dry_run": true}} {
		calls := s.InvokeAction(externalTrigger, object(t, triggerOf(more)))
		want := []string{"Dry run: this would fire campaign 1695721550 for 2 users with the parameters Code, Name. Nothing was sent. To fire it, set dry_run = false."}
		if calls.Validate+calls.Plan+calls.Invoke != "" || !slices.Equal(calls.Progress, want) {
			t.Errorf("got %+v", calls)
		}
	}
	calls := s.InvokeAction(externalTrigger, object(t, triggerOf(map[string]any{"campaign_id": "x"})))
	if calls.Progress != nil || !strings.HasPrefix(calls.Invoke, `ERROR The campaign cannot be fired: "x" is no ID of a campaign`) {
		t.Errorf("got %+v", calls)
	}
	if got := api.Requests(); len(got) > 0 {
		t.Errorf("CleverTap was asked %v", got)
	}
}

func TestExternalTriggerFires(t *testing.T) {
	t.Parallel()
	s, api := newCleverTapWorld(t)
	calls := s.InvokeAction(externalTrigger, object(t, triggerOf(map[string]any{"dry_run": false})))
	want := []string{
		"Firing campaign 1695721550 for 2 users with the parameters Code, Name.",
		"CleverTap took it. It sends the message on its own time: see the campaign's report in the dashboard.",
	}
	if calls.Validate+calls.Plan+calls.Invoke != "" || !slices.Equal(calls.Progress, want) {
		t.Errorf("got %+v", calls)
	}
	calls = s.InvokeAction(externalTrigger, object(t, triggerOf(map[string]any{"dry_run": false, "parameters": nil})))
	if calls.Invoke != "" || calls.Progress[0] != "Firing campaign 1695721550 for 2 users." {
		t.Errorf("got %+v", calls)
	}
	users := []string{acctest.User(0), acctest.User(1)}
	fired := []clevertaptest.Fired{
		{Identities: users, Parameters: map[string]string{"Name": "Aya", "Code": "42"}}, {Identities: users, Parameters: map[string]string{}},
	}
	if got := api.Fired("1695721550"); !reflect.DeepEqual(got, fired) {
		t.Errorf("fired %+v", got)
	}
}

func TestExternalTriggerIsValidated(t *testing.T) {
	t.Parallel()
	s, api := newCleverTapWorld(t)
	many := make([]string, 1001)
	for i := range many {
		many[i] = acctest.User(i)
	}
	for want, more := range map[string]map[string]any{
		`"x" is no ID of a campaign`:             {"campaign_id": "x"},
		"0 users are not between 1 and 1000.":    {"identities": []string{}},
		"1001 users are not between 1 and 1000.": {"identities": many},
		"the identity is empty.":                 {"identities": []string{""}},
		`"a b" is no name of a parameter`:        {"parameters": map[string]string{"a b": "c"}},
	} {
		more["dry_run"] = false
		calls := s.InvokeAction(externalTrigger, object(t, triggerOf(more)))
		for _, said := range []string{calls.Validate, calls.Plan, calls.Invoke} {
			if !strings.HasPrefix(said, "ERROR The campaign cannot be fired: "+want) || calls.Progress != nil {
				t.Errorf("got %+v, want %q", calls, want)
			}
		}
	}
	if got := api.Requests(); len(got) > 0 {
		t.Errorf("CleverTap was asked %v", got)
	}
}

func TestExternalTriggerWithoutCredentials(t *testing.T) {
	for _, variable := range []string{"CLEVERTAP_ACCOUNT_ID", "CLEVERTAP_PASSCODE", "CLEVERTAP_REGION", "CLEVERTAP_API_URL"} {
		t.Setenv(variable, "")
	}
	s := acctest.NewServer(t, `{}`)
	calls := s.InvokeAction(externalTrigger, object(t, triggerOf(map[string]any{"dry_run": false})))
	for _, said := range []string{calls.Plan, calls.Invoke} {
		if !strings.Contains(said, "ERROR The provider's passcode is missing: ") {
			t.Errorf("got %+v", calls)
		}
	}
	if calls = s.InvokeAction(externalTrigger, object(t, triggerOf(nil))); calls.Plan+calls.Invoke != "" || len(calls.Progress) != 1 {
		t.Errorf("got %+v", calls)
	}
}

// Whatever CleverTap answers, the campaign is fired once at most, and only its "success" is one.
func TestFaultsOfCleverTap(t *testing.T) {
	t.Parallel()
	const unsure, unknown = "ERROR CleverTap did not say that it fired the campaign: fire the campaign: ", "Whether the campaign was fired is not known."
	for name, test := range map[string]struct {
		fault standin.Fault
		more  map[string]any
		want  string
		fired int
		open  bool // whether it is not known
	}{
		"unknown campaign": {want: unsure + "CleverTap answered 200 OK: Invalid campaign id (code 400)", more: map[string]any{"campaign_id": "1"}},
		"unknown user":     {want: unsure + "CleverTap took it for some of the users only", more: map[string]any{"identities": []string{acctest.User(0), "nobody"}}, fired: 1},
		"lost":             {fault: standin.Fault{Done: true, Reset: true}, want: unsure + "no answer from CleverTap", fired: 1, open: true},
		"500":              {fault: standin.Fault{Status: 500}, want: unsure + "CleverTap answered 500", open: true},
		"401":              {fault: clevertaptest.FailureFault(401, clevertaptest.MessageUnauthorized), want: unsure + "CleverTap answered 401 Unauthorized: Account ID is not valid"},
		"429":              {fault: clevertaptest.FailureFault(429, clevertaptest.MessageTooMany), want: unsure + "CleverTap answered 429 Too Many Requests"},
		"HTML":             {fault: standin.Fault{Status: 200, Body: "<html>"}, want: unsure + "CleverTap answered 200 OK, but", open: true},
		"empty":            {fault: standin.Fault{Status: 200}, want: unsure, open: true},
	} {
		s, api := newCleverTapWorld(t)
		api.AddFaults(test.fault)
		more := map[string]any{"dry_run": false}
		for attribute, value := range test.more {
			more[attribute] = value
		}
		calls := s.InvokeAction(externalTrigger, object(t, triggerOf(more)))
		if !strings.HasPrefix(calls.Invoke, test.want) || strings.Contains(calls.Invoke, unknown) != test.open || len(calls.Progress) != 1 ||
			strings.Contains(fmt.Sprint(calls), acctest.CleverTapPasscode) {
			t.Errorf("%s: got %+v, want %q", name, calls, test.want)
		}
		if got := len(api.Requests()); got != 1 || len(api.Fired("1695721550")) != test.fired {
			t.Errorf("%s: %d requests, fired %v", name, got, api.Fired("1695721550"))
		}
	}
}
