package evidence_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const statisticsPath = "/v2/bot/insight/message/event/aggregation"

// push sends a message with a unit name, as a campaign does.
func push(t *testing.T, server *linetest.Server, to, unit string) {
	t.Helper()
	body := fmt.Sprintf(`{"to":%q,"messages":[{"type":"text","text":"Hello"}],"customAggregationUnits":[%q]}`, to, unit)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/v2/bot/message/push", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{"Authorization": {"Bearer " + acctest.LineToken}, "Content-Type": {"application/json"}}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("status %d", response.StatusCode)
	}
}

func lineProvider(url string) string {
	return fmt.Sprintf(`
provider "clevertap" {
  line {
    channel_access_token = %q
    api_url              = %q
  }
  max_retries            = 1
  retry_max_wait_seconds = 1
}
`, acctest.LineToken, url)
}

const unitNames = `
data "clevertap_line_unit_names" "this_month" {}
data "clevertap_line_unit_names" "again" {}
check "version_was_sent" {
  assert {
    condition     = contains(data.clevertap_line_unit_names.this_month.names, "welcome_2")
    error_message = "VERSION NOT SENT"
  }
}
output "names" {
  value = jsonencode(data.clevertap_line_unit_names.this_month.names)
}
output "total" {
  value = data.clevertap_line_unit_names.again.total
}
`

func TestAccLineUnitNames(t *testing.T) {
	t.Parallel()
	var months atomic.Int32 // later
	user := linetest.UserID(0)
	server := acctest.LineServer(t, linetest.Config{Followers: []string{user}, Now: func() time.Time {
		return time.Date(2027, 3, 5, 0, 0, 0, 0, time.UTC).AddDate(0, int(months.Load()), 0)
	}})
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+lineProvider(server.URL)+unitNames)
	apply := func(total int, sent bool, warning string) {
		t.Helper()
		output := c.Run("apply", "-auto-approve")
		if strings.Contains(output, "VERSION NOT SENT") == sent {
			t.Errorf("sent: %t\n%s", sent, output)
		}
		if got := strings.TrimSpace(c.Run("output", "-raw", "total")); got != fmt.Sprint(total) {
			t.Errorf("total %s, want %d", got, total)
		}
		for _, possible := range []string{"LINE has assigned all 1,000 unit names", "LINE has assigned 800 of the 1,000 unit names"} {
			want := 0
			if possible == warning {
				want = 1
			}
			if got := strings.Count(output, "Warning: "+possible+" of this month"); got != want {
				t.Errorf("%q is %d times in\n%s", possible, got, output)
			}
		}
	}
	apply(0, false, "")
	for _, name := range []string{"welcome_2", "Welcome_2", "a"} {
		push(t, server, user, name)
	}
	apply(3, true, "")
	if got := strings.TrimSpace(c.Run("output", "-raw", "names")); got != `["Welcome_2","a","welcome_2"]` {
		t.Errorf("names %s", got)
	}
	for i := range 796 {
		push(t, server, user, fmt.Sprintf("other_team_%03d", i))
	}
	apply(799, true, "")
	push(t, server, user, "one_more")
	apply(800, true, "LINE has assigned 800 of the 1,000 unit names")
	for i := range 210 {
		push(t, server, user, fmt.Sprintf("last_%03d", i))
	}
	apply(1000, true, "LINE has assigned all 1,000 unit names")
	months.Add(1)
	apply(0, false, "")
	if _, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
		t.Errorf("what is absent makes a plan end with %d", exitCode)
	}
}

func TestAccLineUnitStatistics(t *testing.T) {
	t.Parallel()
	server := acctest.LineServer(t, linetest.Config{})
	// The answer of LINE's reference, with a number for each property.
	const answer = `{"overview":{"uniqueImpression":40,"uniqueClick":30,"uniqueMediaPlayed":25,"uniqueMediaPlayed100Percent":null},
	  "messages":[{"seq":1,"impression":42,"uniqueImpression":41,"mediaPlayed":43,"mediaPlayed25Percent":44,"mediaPlayed50Percent":45,
	    "mediaPlayed75Percent":46,"mediaPlayed100Percent":47,"uniqueMediaPlayed":48,"uniqueMediaPlayed25Percent":49,
	    "uniqueMediaPlayed50Percent":50,"uniqueMediaPlayed75Percent":51,"uniqueMediaPlayed100Percent":52},{"seq":2}],
	  "clicks":[{"seq":1,"url":"https://developers.line.biz/","click":35,"uniqueClick":25,"uniqueClickOfRequest":26}]}`
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+lineProvider(server.URL)+`
data "clevertap_line_unit_statistics" "spring" {
  unit = "spring"
  from = "20270301"
  to   = "20270331"
}
output "all" {
  value = jsonencode([for part in ["overview", "messages", "clicks"] : data.clevertap_line_unit_statistics.spring[part]])
}
`)
	none := func(names ...string) string { return `"` + strings.Join(names, `":null,"`) + `":null` }
	media := []string{
		"media_played", "media_played_100_percent", "media_played_25_percent", "media_played_50_percent", "media_played_75_percent", "seq",
		"unique_impression", "unique_media_played", "unique_media_played_100_percent", "unique_media_played_25_percent",
		"unique_media_played_50_percent", "unique_media_played_75_percent",
	}
	want := `[{"unique_click":30,"unique_impression":40,"unique_media_played":25,"unique_media_played_100_percent":null},` +
		`[{"impression":42,"media_played":43,"media_played_100_percent":47,"media_played_25_percent":44,"media_played_50_percent":45,` +
		`"media_played_75_percent":46,"seq":1,"unique_impression":41,"unique_media_played":48,"unique_media_played_100_percent":52,` +
		`"unique_media_played_25_percent":49,"unique_media_played_50_percent":50,"unique_media_played_75_percent":51},` +
		`{"impression":null,` + strings.Replace(none(media...), `"seq":null`, `"seq":2`, 1) + `}],` +
		`[{"click":35,"seq":1,"unique_click":25,"unique_click_of_request":26,"url":"https://developers.line.biz/"}]]`
	server.AddFaults(standin.Fault{Path: statisticsPath, Status: http.StatusOK, Body: answer})
	c.Run("apply", "-auto-approve")
	if got := strings.TrimSpace(c.Run("output", "-raw", "all")); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
	if got := server.Requests()[0]; got.Query != "customAggregationUnit=spring&from=20270301&to=20270331" || !got.Authorized {
		t.Errorf("asked %+v", got)
	}
	// A unit that was never sent is no error.
	c.Run("apply", "-auto-approve")
	want = `[{` + none("unique_click", "unique_impression", "unique_media_played", "unique_media_played_100_percent") + `},[],[]]`
	if got := strings.TrimSpace(c.Run("output", "-raw", "all")); got != want {
		t.Errorf("got\n%s, want\n%s", got, want)
	}
}

// One run of Terraform keeps to LINE's sixty an hour, and says so at once.
func TestAccLineUnitStatisticsLimit(t *testing.T) {
	t.Parallel()
	server := acctest.LineServer(t, linetest.Config{})
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+lineProvider(server.URL)+`
data "clevertap_line_unit_statistics" "all" {
  count = 61
  unit  = "unit_${count.index}"
  from  = "20270301"
  to    = "20270301"
}
`)
	output, exitCode := c.Try("plan")
	said := strings.Join(strings.Fields(strings.ReplaceAll(output, "│", "")), " ")
	if exitCode != 1 || strings.Count(said, "not sent, because LINE answers 60 of these requests an hour") != 1 {
		t.Errorf("exit code %d\n%s", exitCode, output)
	}
	if got := len(server.Requests()); got != 60 {
		t.Errorf("%d requests", got)
	}
}

func TestAccLineUnitFailures(t *testing.T) {
	t.Parallel()
	const names = `data "clevertap_line_unit_names" "x" {}`
	statistics := func(unit, from, to string) string {
		return fmt.Sprintf("data \"clevertap_line_unit_statistics\" \"x\" {\n unit = %q\n from = %q\n to = %q\n}", unit, from, to)
	}
	good := statistics("a", "20270301", "20270331")
	for name, test := range map[string]struct {
		config string
		faults []standin.Fault
		want   string
	}{
		"names: token":     {names, []standin.Fault{linetest.ErrorFault(401, linetest.MessageBadToken)}, `(?s)Cannot read the unit names from LINE.*401.*request id`},
		"names: circle":    {names, []standin.Fault{{Status: 200, Body: `{"customAggregationUnits":[],"next":"a"}`}, {Status: 200, Body: `{"customAggregationUnits":[],"next":"a"}`}}, `(?s)pages\s+do\s+not\s+end`},
		"statistics: 400":  {good, []standin.Fault{{Status: 400, Body: `{"message":null}`}}, `(?s)Cannot read the statistics of the unit a from LINE.*gives\s+no\s+reasons`},
		"statistics: HTML": {good, []standin.Fault{{Status: 200, Body: "<html>"}}, `(?s)not\s+with\s+statistics`},
		"unit":             {statistics("a-b", "20270301", "20270331"), nil, `(?s)"a-b"\s+is\s+no\s+unit\s+name`},
		"from":             {statistics("a", "2027-03-01", "20270331"), nil, `(?s)"2027-03-01"\s+is\s+no\s+day`},
		"to":               {statistics("a", "20270301", "20270332"), nil, `(?s)"20270332"\s+is\s+no\s+day`},
		"backwards":        {statistics("a", "20270331", "20270301"), nil, `(?s)no\s+statistics\s+for\s+this\s+period.*before\s+it\s+begins`},
		"too long":         {statistics("a", "20270301", "20270401"), nil, `(?s)20270331\s+at\s+the\s+latest`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.LineServer(t, linetest.Config{})
			server.AddFaults(test.faults...)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps:                    []resource.TestStep{{Config: lineProvider(server.URL) + test.config, ExpectError: regexp.MustCompile(test.want)}},
			})
			if test.faults == nil && len(server.Requests()) > 0 {
				t.Errorf("asked LINE: %+v", server.Requests())
			}
		})
	}
}
