package evidence_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// campaign is a data source with attributes.
func campaign(label, attributes string) string {
	return fmt.Sprintf("data \"clevertap_campaign\" %q {\n%s\n}\n", label, attributes)
}

func TestAccCampaign(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 0, clevertaptest.Config{})
	spring := clevertaptest.Campaign{
		ID: 1457432766, Name: "Spring \"sale\"", Channel: "webhooks", Delivery: "one_time", Status: "running",
		Start: time.Date(2027, 3, 2, 10, 0, 0, 0, time.UTC),
	}
	server.AddCampaign(spring)
	server.AddCampaign(clevertaptest.Campaign{ID: 2, Name: "Spring", Channel: "push", Status: "completed", Start: spring.Start})
	const march = "\nfrom = \"20270301\"\nto = \"20270331\""
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+acctest.CleverTapProvider(server.URL)+
		campaign("name", `name = "Spring \"sale\""`+march)+campaign("id", `id = "1457432766"`+march)+
		campaign("before", "name = \"Spring\"\nfrom = \"20270201\"\nto = \"20270301\"")+campaign("nobody", `id = "3"`+march)+`
check "running" {
  assert {
    condition     = data.clevertap_campaign.name.in_report && data.clevertap_campaign.name.status == "running"
    error_message = "NOT RUNNING"
  }
}
output "all" {
  value = jsonencode([for c in [
    data.clevertap_campaign.name, data.clevertap_campaign.id, data.clevertap_campaign.before, data.clevertap_campaign.nobody,
  ] : [c.name, c.id, c.from, c.to, c.in_report, c.status, c.start, c.channel, c.delivery]])
}
`)
	apply := func(status string) {
		t.Helper()
		output := c.Run("apply", "-auto-approve")
		if strings.Contains(output, "NOT RUNNING") != (status != "running") {
			t.Errorf("%s:\n%s", status, output)
		}
		found := `["Spring \"sale\"","1457432766","20270301","20270331",true,"` + status + `","02 Mar, 2027 10:00:00","webhooks","one_time"]`
		want := `[` + found + `,` + found + `,["Spring",null,"20270201","20270301",false,null,null,null,null],` +
			`[null,"3","20270301","20270331",false,null,null,null,null]]`
		if got := strings.TrimSpace(c.Run("output", "-raw", "all")); got != want {
			t.Errorf("got\n%s, want\n%s", got, want)
		}
	}
	apply("running")
	spring.Status = "stopped"
	server.AddCampaign(spring)
	apply("stopped")
}

// Without days, a campaign that starts tomorrow is found, and one that started a month and a half ago is not.
func TestAccCampaignAroundToday(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 0, clevertaptest.Config{})
	now := time.Now().UTC()
	for i, days := range []int{1, -29, -45} {
		server.AddCampaign(clevertaptest.Campaign{ID: int64(i + 1), Name: "x", Start: now.AddDate(0, 0, days)})
	}
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+acctest.CleverTapProvider(server.URL)+
		campaign("tomorrow", `id = "1"`)+campaign("recent", `id = "2"`)+campaign("old", `id = "3"`)+`
output "all" {
  value = jsonencode([for c in [data.clevertap_campaign.tomorrow, data.clevertap_campaign.recent, data.clevertap_campaign.old] : c.in_report])
}
output "days" {
  value = "${data.clevertap_campaign.old.from} ${data.clevertap_campaign.old.to}"
}
`)
	c.Run("apply", "-auto-approve")
	if got := strings.TrimSpace(c.Run("output", "-raw", "all")); got != "[true,true,false]" {
		t.Errorf("got %s", got)
	}
	around := func(at time.Time) string {
		return at.AddDate(0, 0, -30).Format("20060102 ") + at.AddDate(0, 0, 30).Format("20060102")
	}
	if got := strings.TrimSpace(c.Run("output", "-raw", "days")); got != around(now) && got != around(time.Now().UTC()) { // past midnight
		t.Errorf("asked for %s", got)
	}
}

func TestAccCampaignFailures(t *testing.T) {
	t.Parallel()
	const march = "\nfrom = \"20270301\"\nto = \"20270301\""
	good := campaign("x", `name = "Spring"`+march)
	answer := func(body string) []standin.Fault { return []standin.Fault{{Status: http.StatusOK, Body: body}} }
	tooMany := clevertaptest.FailureFault(429, clevertaptest.MessageTooMany)
	for name, test := range map[string]struct {
		config string
		faults []standin.Fault
		want   string
	}{
		"several":        {good, nil, `(?s)Several campaigns have the name "Spring".*20270301\s+to\s+20270301\s+has\s+2.*7 \(webhooks, running, 01 Mar, 2027 10:00:00\)\n[ │]*8 \(push, 01 Mar, 2027 10:00:00\)`},
		"401":            {good, []standin.Fault{clevertaptest.FailureFault(401, clevertaptest.MessageUnauthorized)}, `(?s)Cannot read the campaign "Spring" from CleverTap.*Account\s+ID\s+is\s+not\s+valid`},
		"403":            {campaign("x", `id = "7"`+march), []standin.Fault{clevertaptest.FailureFault(403, "Forbidden")}, `(?s)Cannot read the campaign 7 from CleverTap.*paid\s+plans`},
		"404":            {good, []standin.Fault{{Status: 404}}, `(?s)Cannot read the campaign.*404\s+Not\s+Found`},
		"429":            {good, []standin.Fault{tooMany, tooMany}, `(?s)Too\s+many\s+concurrent\s+requests.*15\s+uploads\s+and\s+3\s+others`},
		"empty":          {good, answer(""), `(?s)empty\s+body.*Check\s+the\s+region`},
		"HTML":           {good, answer("<html>"), `(?s)not\s+with\s+a\s+message\s+report.*"<html>"`},
		"type":           {good, answer(`{"status":"success","messages":[{"message id":[]}]}`), `(?s)message\s+1\s+has\s+no\s+ID`},
		"failure in 200": {good, answer(`{"status":"fail","error":"Nothing today"}`), `Nothing\s+today`},
		"neither":        {campaign("x", march), nil, `(?s)Exactly\s+one\s+of\s+these\s+attributes`},
		"both":           {campaign("x", "name = \"a\"\nid = \"1\""), nil, `(?s)Exactly\s+one\s+of\s+these\s+attributes`},
		"no name":        {campaign("x", `name = ""`), nil, `(?s)string\s+length\s+must\s+be\s+at\s+least\s+1`},
		"no id":          {campaign("x", `id = " "`), nil, `Empty value`},
		"only from":      {campaign("x", "name = \"a\"\nfrom = \"20270301\""), nil, `(?s)must\s+be\s+configured\s+together`},
		"only to":        {campaign("x", "name = \"a\"\nto = \"20270301\""), nil, `(?s)must\s+be\s+configured\s+together`},
		"from":           {campaign("x", "name = \"a\"\nfrom = \"2027-03-01\"\nto = \"20270301\""), nil, `(?s)"2027-03-01"\s+is\s+no\s+day`},
		"to":             {campaign("x", "name = \"a\"\nfrom = \"20270301\"\nto = \"20270332\""), nil, `(?s)"20270332"\s+is\s+no\s+day`},
		"backwards":      {campaign("x", "name = \"a\"\nfrom = \"20270302\"\nto = \"20270301\""), nil, `(?s)not\s+asked\s+for\s+this\s+period.*before\s+it\s+begins`},
		"too long":       {campaign("x", "name = \"a\"\nfrom = \"20270301\"\nto = \"20280301\""), nil, `(?s)20280229\s+at\s+the\s+latest`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.CleverTapServer(t, 0, clevertaptest.Config{})
			start := time.Date(2027, 3, 1, 10, 0, 0, 0, time.UTC)
			server.AddCampaign(clevertaptest.Campaign{ID: 7, Name: "Spring", Channel: "webhooks", Status: "running", Start: start})
			server.AddCampaign(clevertaptest.Campaign{ID: 8, Name: "Spring", Channel: "push", Start: start})
			server.AddFaults(test.faults...)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config: acctest.CleverTapProvider(server.URL) + test.config, ExpectError: regexp.MustCompile(test.want),
				}},
			})
			if name != "several" && test.faults == nil && len(server.Requests()) > 0 {
				t.Errorf("asked CleverTap: %+v", server.Requests())
			}
		})
	}
}
