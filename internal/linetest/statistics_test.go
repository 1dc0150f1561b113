package linetest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

const (
	statisticsPath = "/v2/bot/insight/message/event/aggregation?customAggregationUnit=spring&from=20270301&to=20270331"
	noMedia        = `"mediaPlayed":null,"mediaPlayed25Percent":null,"mediaPlayed50Percent":null,"mediaPlayed75Percent":null,` +
		`"mediaPlayed100Percent":null,"uniqueMediaPlayed":null,"uniqueMediaPlayed25Percent":null,"uniqueMediaPlayed50Percent":null,` +
		`"uniqueMediaPlayed75Percent":null,"uniqueMediaPlayed100Percent":null`
	nobody = `{"overview":{"uniqueImpression":null,"uniqueClick":null,"uniqueMediaPlayed":null,"uniqueMediaPlayed100Percent":null},`
)

// The shape is that of "Get statistics per unit".
func TestStatisticsCountWhatUsersDid(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 3, 31, 14, 59, 0, 0, time.UTC) // a minute before April in Japan
	ids := linetest.UserIDs(40)
	server := start(t, linetest.Config{Token: token, Followers: ids, Now: func() time.Time { return now }})
	if got := text(t, server, statisticsPath); got != nobody+`"messages":[],"clicks":[]}` {
		t.Errorf("before anything is sent: %s", got)
	}
	const link = `{"type":"text","text":"Read https:\/\/example.com\/a"}`
	sendAll := func(unit, messages string) {
		for _, id := range ids {
			push(t, server, `{"to":"`+id+`","messages":[`+messages+`],"customAggregationUnits":["`+unit+`"]}`, nil)
		}
	}
	sendAll("spring", hello+`,`+link)
	sendAll("Spring", hello) // another unit: case counts
	for _, id := range ids[:19] {
		server.Open(id)
		server.Open(id)
	}
	none := `{"seq":1,"impression":null,"uniqueImpression":null,` + noMedia + `},{"seq":2,"impression":null,"uniqueImpression":null,` + noMedia + `}`
	if got, want := text(t, server, statisticsPath), nobody+`"messages":[`+none+`],"clicks":[]}`; got != want {
		t.Errorf("38 impressions by 19 users:\n%s, want\n%s", got, want)
	}
	server.Open(ids[19])
	for _, id := range ids[:30] {
		server.Click(id, "https://example.com/a")
	}
	server.Click(ids[0], "https://example.com/other")
	const counted = `{"overview":{"uniqueImpression":20,"uniqueClick":30,"uniqueMediaPlayed":null,"uniqueMediaPlayed100Percent":null},` +
		`"messages":[{"seq":1,"impression":39,"uniqueImpression":20,` + noMedia + `},{"seq":2,"impression":39,"uniqueImpression":20,` + noMedia + `}],` +
		`"clicks":[{"seq":2,"url":"https://example.com/a","click":30,"uniqueClick":30,"uniqueClickOfRequest":30}]}`
	if got := text(t, server, statisticsPath); got != counted {
		t.Errorf("got\n%s, want\n%s", got, counted)
	}
	now = now.Add(time.Minute)
	sendAll("spring", hello+`,`+hello+`,`+hello)
	if got := text(t, server, statisticsPath); got != counted {
		t.Errorf("what was sent after the period counts:\n%s", got)
	}
	april := strings.NewReplacer("20270301", "20270401", "20270331", "20270401").Replace(statisticsPath)
	none += strings.Replace(none[len(none)/2:], `"seq":2`, `"seq":3`, 1)
	if got, want := text(t, server, april), nobody+`"messages":[`+none+`],"clicks":[]}`; got != want {
		t.Errorf("the day itself:\n%s, want\n%s", got, want)
	}
}

func TestStatisticsAreRefused(t *testing.T) {
	t.Parallel()
	now := time.Date(2027, 3, 31, 0, 0, 0, 0, time.UTC)
	server := start(t, linetest.Config{Token: token, Now: func() time.Time { return now }})
	base := "/v2/bot/insight/message/event/aggregation?"
	bad := []string{
		"from=20270301&to=20270331", "customAggregationUnit=a&to=20270331", "customAggregationUnit=a&from=20270301",
		"customAggregationUnit=a&from=20270301&to=20270401", "customAggregationUnit=a&from=20270302&to=20270301",
		"customAggregationUnit=a&from=2027-03-01&to=20270331", "customAggregationUnit=a&from=20270229&to=20270301",
	}
	for _, query := range bad {
		if status, got := get(t, server, base+query); status != 400 || got != `{"code":null,"key":null,"message":null,"stacktrace":null}` {
			t.Errorf("%s: %d %s", query, status, got)
		}
	}
	for range 60 - len(bad) {
		text(t, server, statisticsPath)
	}
	if status, got := get(t, server, statisticsPath); status != http.StatusTooManyRequests || got != `{"message":"`+linetest.MessageRateLimit+`"}` {
		t.Errorf("the 61st in an hour: %d %s", status, got)
	}
	now = now.Add(time.Minute)
	text(t, server, statisticsPath)
	if status, _ := get(t, server, statisticsPath); status != http.StatusTooManyRequests {
		t.Errorf("a minute brought more than one: %d", status)
	}
}
