package clevertaptest_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
)

const reportPath = "/1/message/report.json"

// The shape is the one that users of the API read: onlyprod5/clevertap-campaign-planner, api_helper.py (the ID's name and the
// form of start_date), and "Get Message Reports API" for the words of channels, deliveries and statuses.
func TestMessageReport(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	account := time.FixedZone("UTC+9", 9*60*60)
	first := clevertaptest.Campaign{
		ID: 1457432766, Name: `"Spring", <sale>`, Channel: "webhooks", Delivery: "one_time", Status: "scheduled",
		Start: time.Date(2027, 3, 1, 0, 30, 0, 0, account), // the day before in UTC
	}
	second := clevertaptest.Campaign{
		ID: 2, Name: "Welcome", Channel: "push", Delivery: "action", Status: "running", Start: time.Date(2027, 3, 31, 23, 59, 59, 0, account),
	}
	for _, c := range []clevertaptest.Campaign{first, second} {
		server.AddCampaign(c)
	}
	const (
		one = `{ "message id" : 1457432766 , "message_name" : "\"Spring\", <sale>" , "channel" : "webhooks" , "delivery" : "one_time" , ` +
			`"start_date" : "01 Mar, 2027 00:30:00" , "status" : "scheduled"}`
		two = `{ "message id" : 2 , "message_name" : "Welcome" , "channel" : "push" , "delivery" : "action" , ` +
			`"start_date" : "31 Mar, 2027 23:59:59" , "status" : "running"}`
	)
	answers := func(body string, want ...string) {
		t.Helper()
		whole := `{ "status" : "success" , "messages" : [ ` + strings.Join(want, " , ") + `]}`
		if status, answer := ask(t, server, "POST", reportPath, body); status != http.StatusOK || answer != whole {
			t.Errorf("%s: %d\n%s, want 200\n%s", body, status, answer, whole)
		}
	}
	answers(`{"from":"20270301","to":"20270331"}`, one, two)
	answers(`{"from":"20270301","to":"20270330"}`, one)
	answers(`{"from":"20270302","to":"20270331"}`, two)
	answers(`{"from":"20270228","to":"20270228"}`)
	answers(`{"from":"20270301","to":"20270331","channel":["email","webhooks"]}`, one)
	answers(`{"from":"20270301","to":"20270331","status":["running","stopped"]}`, two)
	answers(`{"from":"20270301","to":"20270331","channel":["webhooks"],"status":["running"]}`)
	first.Status = "stopped"
	server.AddCampaign(first)
	answers(`{"from":"20270301","to":"20270331"}`, strings.Replace(one, "scheduled", "stopped", 1), two)
}

func TestMessageReportIsRefused(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	for _, body := range []string{
		"", "{", `{}`, `{"from":"20270301"}`, `{"from":"2027-03-01","to":"20270331"}`, `{"from":"20270301","to":"20270332"}`,
		`{"from":"20270302","to":"20270301"}`,
	} {
		status, answer := ask(t, server, "POST", reportPath, body)
		if status != http.StatusBadRequest || answer != `{ "status" : "fail" , "error" : "Bad Request" , "code" : 400}` {
			t.Errorf("%s: %d %s", body, status, answer)
		}
	}
	status, answer := ask(t, server, "POST", reportPath, `{"from":"20270301","to":"20270331"}`, accountID, "other")
	if status != http.StatusUnauthorized || !strings.Contains(answer, clevertaptest.MessageUnauthorized) {
		t.Errorf("%d %s", status, answer)
	}
	if got := server.Unserved(); len(got) > 0 {
		t.Errorf("not served: %v", got)
	}
	for body, what := range map[string]string{
		`{"from":20270301,"to":20270331}`:                          "cannot unmarshal number",
		`{"from":"20270301","to":"20270331","daily":true}`:         `unknown field "daily"`,
		`{"from":"20270301","to":"20270331","channel":["line"]}`:   "a report of line",
		`{"from":"20270301","to":"20270331","status":["Running"]}`: "a report of Running",
	} {
		ask(t, server, "POST", reportPath, body)
		said := server.Unserved()
		if len(said) == 0 || !strings.Contains(said[len(said)-1], what) {
			t.Errorf("%s: not served %v, want %q", body, slices.Compact(said), what)
		}
	}
}
