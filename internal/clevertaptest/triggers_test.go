package clevertaptest_test

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
)

const triggerPath = "/1/send/externaltrigger.json"

// The request is the one of "External Trigger API", of 2026-01-27, with a user by identity; the answer to it that of "Target
// Users by Identity API".
func TestExternalTrigger(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	server.PublishTriggered("1695721550")
	for _, identity := range []string{"user-1", "user-2"} {
		server.SetProfile(identity, map[string]any{"Plan": "gold"})
	}
	for _, test := range []struct{ body, want string }{
		{`{"to":{"identity":["user-1"]},"campaign_id":"1695721550","ExternalTrigger":{"Name":"John Doe"}}`, `{ "status" : "success" , "message" : "Added to queue for processing"}`},
		{`{"to":{"identity":["user-2","user-3","user-1"]},"campaign_id":"1695721550","ExternalTrigger":{}}`, `{ "status" : "partial" , "error" : "1 users were not found" , "code" : 200}`},
		{`{"to":{"identity":["user-1"]},"campaign_id":"1695721551","ExternalTrigger":{}}`, `{ "status" : "fail" , "error" : "Invalid campaign id" , "code" : 400}`},
	} {
		status, answer := ask(t, server, "POST", triggerPath, test.body)
		if status != http.StatusOK || answer != test.want {
			t.Errorf("%s: %d %s, want %s", test.body, status, answer, test.want)
		}
	}
	want := []clevertaptest.Fired{
		{Identities: []string{"user-1"}, Parameters: map[string]string{"Name": "John Doe"}},
		{Identities: []string{"user-2", "user-1"}, Parameters: map[string]string{}},
	}
	if got := server.Fired("1695721550"); !reflect.DeepEqual(got, want) {
		t.Errorf("fired %+v, want %+v", got, want)
	}
	if got := server.Fired("1695721551"); got != nil {
		t.Errorf("fired %+v", got)
	}
}

func TestExternalTriggerIsRefused(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	server.PublishTriggered("1")
	many := `"u"` + strings.Repeat(`,"u"`, 1000)
	for _, body := range []string{"", "{", `{}`, `{"to":{"identity":[]},"campaign_id":"1"}`, `{"to":{"identity":[` + many + `]},"campaign_id":"1"}`} {
		if status, answer := ask(t, server, "POST", triggerPath, body); status != http.StatusBadRequest || !strings.Contains(answer, clevertaptest.MessageBadRequest) {
			t.Errorf("%.60s: %d %s", body, status, answer)
		}
	}
	if status, answer := ask(t, server, "POST", triggerPath, `{}`, accountID, "other"); status != http.StatusUnauthorized || !strings.Contains(answer, clevertaptest.MessageUnauthorized) {
		t.Errorf("%d %s", status, answer)
	}
	if got := server.Unserved(); len(got) > 0 {
		t.Errorf("not served: %v", got)
	}
	for body, what := range map[string]string{
		`{"to":{"email":["a@example.com"]},"campaign_id":"1"}`:                          `unknown field "email"`,
		`{"to":{"identity":["u"]},"campaign_id_list":[1]}`:                              `unknown field "campaign_id_list"`,
		`{"to":{"identity":["u"]},"campaign_id":1}`:                                     "cannot unmarshal number",
		`{"to":{"identity":["u"]},"campaign_id":"1","ExternalTrigger":{"products":[]}}`: "cannot unmarshal array",
	} {
		status, answer := ask(t, server, "POST", triggerPath, body)
		if status != http.StatusNotImplemented || !strings.Contains(answer, what) {
			t.Errorf("%s: %d %s", body, status, answer)
		}
	}
	if got := server.Fired("1"); len(got) > 0 {
		t.Errorf("fired %+v", got)
	}
}
