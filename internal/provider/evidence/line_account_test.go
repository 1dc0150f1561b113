package evidence_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const (
	botInfo = `data "clevertap_line_bot_info" "x" {}`
	quota   = `data "clevertap_line_message_quota" "x" {}`
)

func TestAccLineBotInfo(t *testing.T) {
	t.Parallel()
	for want, config := range map[string]linetest.Config{
		`{"basic_id":"@216ru0000","chat_mode":"bot","display_name":"Brown Cafe","mark_as_read_mode":"auto",` +
			`"picture_url":"https://example.com/brown","premium_id":"@brown","user_id":"USER"}`: {
			BotName: "Brown Cafe", PremiumID: "@brown", PictureURL: "https://example.com/brown",
		},
		`{"basic_id":"@216ru0000","chat_mode":"bot","display_name":"Example name","mark_as_read_mode":"auto",` +
			`"picture_url":null,"premium_id":null,"user_id":"USER"}`: {},
	} {
		t.Run(config.BotName, func(t *testing.T) {
			t.Parallel()
			server := acctest.LineServer(t, config)
			c := acctest.NewCommand(t)
			c.Write("main.tf", acctest.RequiredProviders+lineProvider(server.URL)+botInfo+`
output "bot" {
  value = jsonencode(data.clevertap_line_bot_info.x)
}
`)
			c.Run("apply", "-auto-approve")
			want := strings.Replace(want, "USER", linetest.UserID(-1), 1)
			if got := strings.TrimSpace(c.Run("output", "-raw", "bot")); got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestAccLineMessageQuota(t *testing.T) {
	t.Parallel()
	user := linetest.UserID(0)
	limited := acctest.LineServer(t, linetest.Config{Followers: []string{user}, MonthlyLimit: 3})
	unlimited := acctest.LineServer(t, linetest.Config{Followers: []string{user}})
	read := func(server *linetest.Server, want string) {
		t.Helper()
		c := acctest.NewCommand(t)
		c.Write("main.tf", acctest.RequiredProviders+lineProvider(server.URL)+quota+`
output "quota" {
  value = jsonencode(data.clevertap_line_message_quota.x)
}
`)
		c.Run("apply", "-auto-approve")
		if got := strings.TrimSpace(c.Run("output", "-raw", "quota")); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	read(limited, `{"remaining":3,"type":"limited","used":0,"value":3}`)
	for range 2 {
		push(t, limited, user, "a")
		push(t, unlimited, user, "a")
	}
	read(limited, `{"remaining":1,"type":"limited","used":2,"value":3}`)
	read(unlimited, `{"remaining":null,"type":"none","used":2,"value":null}`)
}

func TestAccLineAccountFailures(t *testing.T) {
	t.Parallel()
	const consumption = "/v2/bot/message/quota/consumption"
	rate := linetest.ErrorFault(429, linetest.MessageRateLimit)
	for name, test := range map[string]struct {
		config string
		faults []standin.Fault
		want   string
	}{
		"bot: token":         {botInfo, []standin.Fault{linetest.ErrorFault(401, linetest.MessageBadToken)}, `(?s)Cannot read the bot's information from LINE.*401.*invalid\s+token.*request\s+id`},
		"bot: 403":           {botInfo, []standin.Fault{linetest.ErrorFault(403, linetest.MessageNotAvailable)}, `(?s)403.*not\s+available\s+for\s+your\s+account`},
		"bot: 404":           {botInfo, []standin.Fault{{Status: http.StatusNotFound}}, `(?s)404\s+Not\s+Found`},
		"bot: rate":          {botInfo, []standin.Fault{rate, rate}, `(?s)429.*rate\s+limit`},
		"bot: empty":         {botInfo, []standin.Fault{{Status: http.StatusOK}}, `(?s)not\s+with\s+the\s+bot's\s+information`},
		"bot: HTML":          {botInfo, []standin.Fault{{Status: http.StatusOK, Body: "<html>"}}, `(?s)not\s+with\s+the\s+bot's\s+information.*"<html>"`},
		"bot: type":          {botInfo, []standin.Fault{{Status: http.StatusOK, Body: `{"userId":1}`}}, `(?s)cannot\s+unmarshal\s+number`},
		"quota: token":       {quota, []standin.Fault{linetest.ErrorFault(401, linetest.MessageBadToken)}, `(?s)Cannot read the message quota from LINE.*the\s+limit\s+of\s+messages.*401.*request\s+id`},
		"quota: rate":        {quota, []standin.Fault{rate, rate}, `(?s)429.*rate\s+limit`},
		"quota: HTML":        {quota, []standin.Fault{{Status: http.StatusOK, Body: "<html>"}}, `(?s)not\s+with\s+what\s+is\s+asked\s+for.*"<html>"`},
		"quota: type":        {quota, []standin.Fault{{Status: http.StatusOK, Body: `{"type":"limited","value":"1"}`}}, `(?s)cannot\s+unmarshal\s+string`},
		"consumption: empty": {quota, []standin.Fault{{Path: consumption, Status: http.StatusOK}}, `(?s)messages\s+sent\s+this\s+month.*unexpected\s+end`},
		"consumption: none":  {quota, []standin.Fault{{Path: consumption, Status: http.StatusOK, Body: `{}`}}, `(?s)totalUsage\s+is\s+missing`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.LineServer(t, linetest.Config{})
			server.AddFaults(test.faults...)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps:                    []resource.TestStep{{Config: lineProvider(server.URL) + test.config, ExpectError: regexp.MustCompile(test.want)}},
			})
		})
	}
}
