package line_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const statisticsPath = "/v2/bot/insight/message/event/aggregation"

// pushUnit sends a message with a unit name to a follower.
func pushUnit(t *testing.T, server *linetest.Server, to, unit string) {
	t.Helper()
	body := fmt.Sprintf(`{"to":%q,"messages":[%s],"customAggregationUnits":[%q]}`, to, goodText, unit)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+"/v2/bot/message/push", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{"Authorization": {"Bearer " + token}, "Content-Type": {"application/json"}}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Fatalf("status %d", response.StatusCode)
	}
}

func TestUnitNamesOfAllPages(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(1)})
	client := newClient(t, server.URL)
	names, err := client.UnitNames(t.Context())
	if err != nil || names == nil || len(names) != 0 {
		t.Errorf("before anything is sent: %v, %v", names, err)
	}
	var want []string
	for i := 249; i >= 0; i-- {
		want = append(want, fmt.Sprintf("unit_%03d", i))
		pushUnit(t, server, linetest.UserID(0), want[len(want)-1])
	}
	slices.Sort(want)
	server.Forget()
	if names, err = client.UnitNames(t.Context()); err != nil || !slices.Equal(names, want) {
		t.Errorf("%d names, want %d in order: %v", len(names), len(want), err)
	}
	requests := server.Requests()
	for _, request := range requests {
		if !strings.HasPrefix(request.Query, "limit=100") || !request.Authorized {
			t.Errorf("asked %+v", request)
		}
	}
	if len(requests) != 3 {
		t.Errorf("%d requests, want 3", len(requests))
	}
}

// Pages may be short, empty and overlap.
func TestUnitNamesComeOnce(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	for _, page := range []string{`["b","a"],"next":"1"`, `[],"next":"2"`, `["a","A"],"next":""`} {
		server.AddFaults(standin.Fault{Status: 200, Body: `{"customAggregationUnits":` + page + `}`})
	}
	names, err := newClient(t, server.URL).UnitNames(t.Context())
	if err != nil || !slices.Equal(names, []string{"A", "a", "b"}) {
		t.Errorf("got %q, %v", names, err)
	}
}

func TestUnitNamesFailures(t *testing.T) {
	t.Parallel()
	circle := func(next string) standin.Fault {
		return standin.Fault{Status: 200, Body: `{"customAggregationUnits":[],"next":"` + next + `"}`}
	}
	answer := func(body string) []standin.Fault { return []standin.Fault{{Status: 200, Body: body}} }
	for name, test := range map[string]struct {
		faults []standin.Fault
		want   []string
	}{
		"circle":       {[]standin.Fault{circle("a"), circle("b"), circle("a")}, []string{"after 3 pages with 0 names, the same continuation token came a second time"}},
		"start":        {[]standin.Fault{circle("a")}, []string{"400 Bad Request: Invalid start param"}},
		"token":        {[]standin.Fault{linetest.ErrorFault(401, linetest.MessageBadToken)}, []string{"401 Unauthorized", "LINE Developers Console"}},
		"account":      {[]standin.Fault{linetest.ErrorFault(403, linetest.MessageNotAvailable)}, []string{"403 Forbidden: " + linetest.MessageNotAvailable}},
		"empty":        {answer(""), []string{"not with a page of unit names", "unexpected end"}},
		"HTML":         {answer("<html>"), []string{"not with a page of unit names", `"<html>"`}},
		"no names":     {answer(`{}`), []string{"no customAggregationUnits"}},
		"null":         {answer(`{"customAggregationUnits":null}`), []string{"no customAggregationUnits"}},
		"numbers":      {answer(`{"customAggregationUnits":[1]}`), []string{"not with a page of unit names"}},
		"echo":         {answer("Authorization: Bearer " + token), []string{"Bearer [redacted]"}},
		"huge":         {answer(`{"customAggregationUnits":[` + strings.Repeat(`"a",`, 100_000) + `"a"],"next":"x"}`), []string{"after 1 pages with 100001 names, which is more than there can be"}},
		"two answers":  {answer(`{"customAggregationUnits":[]}{}`), []string{"after top-level value"}},
		"number next":  {answer(`{"customAggregationUnits":[],"next":1}`), []string{"not with a page of unit names"}},
		"names of one": {answer(`{"customAggregationUnits":"a"}`), []string{"not with a page of unit names"}},
	} {
		server := start(t, linetest.Config{Token: token})
		server.AddFaults(test.faults...)
		_, err := newClient(t, server.URL).UnitNames(t.Context())
		t.Log(name)
		wantParts(t, err, append(test.want, "list unit names: ", "request id ")...)
	}
}

func TestUnitNamesOutlastPassingFaults(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(1)})
	pushUnit(t, server, linetest.UserID(0), "a")
	server.AddFaults(standin.Fault{Reset: true}, linetest.ErrorFault(429, linetest.MessageRateLimit), standin.Fault{Status: 503})
	if names, err := newClient(t, server.URL).UnitNames(t.Context()); err != nil || !slices.Equal(names, []string{"a"}) {
		t.Errorf("got %q, %v", names, err)
	}
}

func TestUnitStatistics(t *testing.T) {
	t.Parallel()
	at := time.Date(2027, 3, 5, 0, 0, 0, 0, time.UTC)
	ids := linetest.UserIDs(20)
	server := start(t, linetest.Config{Token: token, Followers: ids, Now: func() time.Time { return at }})
	for _, id := range ids {
		pushUnit(t, server, id, "spring")
		server.Open(id)
	}
	client := newClient(t, server.URL)
	got, err := client.UnitStatistics(t.Context(), "spring", "20270301", "20270331")
	if err != nil || got.Overview.UniqueImpression == nil || *got.Overview.UniqueImpression != 20 || got.Overview.UniqueClick != nil ||
		len(got.Messages) != 1 || got.Messages[0].Seq != 1 || *got.Messages[0].Impression != 20 || len(got.Clicks) != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
	requests := server.Requests()
	if last := requests[len(requests)-1]; last.Path != statisticsPath || !last.Authorized || last.Header.Get("Accept") != "application/json" ||
		last.Query != "customAggregationUnit=spring&from=20270301&to=20270331" {
		t.Errorf("asked %+v", last)
	}
	none, err := client.UnitStatistics(t.Context(), "other", "20270301", "20270301")
	if err != nil || none.Overview != (line.UnitOverview{}) || none.Messages == nil || len(none.Messages) != 0 || none.Clicks == nil {
		t.Errorf("of a unit that never was: %+v, %v", none, err)
	}
}

func TestUnitStatisticsFailures(t *testing.T) {
	t.Parallel()
	answer := func(body string) standin.Fault { return standin.Fault{Status: 200, Body: body} }
	for name, test := range map[string]struct {
		fault    standin.Fault
		want     []string
		requests int
	}{
		"refused": {standin.Fault{Status: 400, Body: `{"message":null,"key":null,"stacktrace":null,"code":null}`},
			[]string{"400 Bad Request", "LINE gives no reasons here"}, 1},
		"token":       {linetest.ErrorFault(401, linetest.MessageBadToken), []string{"401 Unauthorized", "LINE Developers Console"}, 1},
		"rate limit":  {linetest.ErrorFault(429, linetest.MessageRateLimit), []string{linetest.MessageRateLimit, "60 requests for statistics an hour"}, 1},
		"server":      {standin.Fault{Status: 503}, []string{"503 Service Unavailable"}, 5},
		"HTML":        {answer("<html>"), []string{"not with statistics"}, 1},
		"empty":       {answer(""), []string{"not with statistics"}, 1},
		"overview":    {answer(`{"messages":[],"clicks":[]}`), []string{"are missing"}, 1},
		"messages":    {answer(`{"overview":{},"messages":null,"clicks":[]}`), []string{"are missing"}, 1},
		"clicks":      {answer(`{"overview":{},"messages":[]}`), []string{"are missing"}, 1},
		"huge number": {answer(`{"overview":{"uniqueClick":9223372036854775808},"messages":[],"clicks":[]}`), []string{"not with statistics"}, 1},
		"echo":        {linetest.ErrorFault(400, "you sent "+token), []string{"[redacted]"}, 1},
	} {
		server := start(t, linetest.Config{Token: token})
		for range test.requests {
			server.AddFaults(test.fault)
		}
		_, err := newClient(t, server.URL).UnitStatistics(t.Context(), "a", "20270301", "20270331")
		t.Log(name)
		wantParts(t, err, append(test.want, "get statistics of a unit: ", "request id ")...)
		if got := len(server.Requests()); got != test.requests {
			t.Errorf("%d requests, want %d", got, test.requests)
		}
	}
}

// A request costs one of sixty an hour; what LINE would refuse is not asked.
func TestUnitStatisticsChecksWhatIsAsked(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	client := newClient(t, server.URL)
	for _, test := range []struct{ unit, from, to, want string }{
		{"", "20270301", "20270331", `"" is no unit name`},
		{"a-b", "20270301", "20270331", `"a-b" is no unit name`},
		{"a\n", "20270301", "20270331", `"a\n" is no unit name`},
		{strings.Repeat("a", 31), "20270301", "20270331", "is no unit name"},
		{"a", "2027-03-01", "20270331", `"2027-03-01" is no day`},
		{"a", "20270301", "20270229", `"20270229" is no day`},
		{"a", "20270301", "", `"" is no day`},
		{"a", "20270302", "20270301", "ends on 20270301, before it begins on 20270302"},
		{"a", "20270301", "20270401", "its last day may be 20270331 at the latest"},
	} {
		_, err := client.UnitStatistics(t.Context(), test.unit, test.from, test.to)
		wantParts(t, err, test.want)
	}
	if got := server.Requests(); len(got) != 0 {
		t.Errorf("asked %+v", got)
	}
	if _, err := client.UnitStatistics(t.Context(), strings.Repeat("Z", 30), "20280229", "20280330"); err != nil {
		t.Errorf("thirty days and thirty letters: %v", err)
	}
}

// Clients that share a limit send sixty requests, repetitions included, and no more.
func TestUnitStatisticsKeepsToSixtyAnHour(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	limit := line.NewStatisticsLimit()
	ask := func(ctx context.Context) error {
		client, err := line.New(line.Config{ChannelAccessToken: token, BaseURL: server.URL, Statistics: limit,
			HTTP: httpclient.New(httpclient.Config{MaxRetries: 4})})
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.UnitStatistics(ctx, "a", "20270301", "20270331")
		return err
	}
	for range 58 {
		if err := ask(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for range 5 {
		server.AddFaults(standin.Fault{Status: 503})
	}
	if err := ask(t.Context()); err == nil || len(server.Requests()) != 60 {
		t.Errorf("%d requests, %v", len(server.Requests()), err)
	}
	wantParts(t, ask(t.Context()), "not sent, because LINE answers 60 of these requests an hour", "fewer units")
	if got := len(server.Requests()); got != 60 {
		t.Errorf("%d requests", got)
	}
}

func TestCancelEndsUnitNames(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	server.AddFaults(standin.Fault{Delay: time.Hour})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := newClient(t, server.URL).UnitNames(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}
