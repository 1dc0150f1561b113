package clevertap_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

func march(day int) time.Time { return time.Date(2027, 3, day, 10, 0, 0, 0, time.UTC) }

func TestCampaigns(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	var want []clevertap.Campaign
	for i, day := range rand.Perm(31) {
		campaign := clevertaptest.Campaign{
			ID: int64(1457432000 + i), Name: fmt.Sprint("ü\" ", i/2), Channel: []string{"webhooks", "push"}[i%2], Delivery: "one_time",
			Status: []string{"running", "stopped", "completed"}[i%3], Start: march(day + 1),
		}
		server.AddCampaign(campaign)
		want = append(want, clevertap.Campaign{
			ID: fmt.Sprint(campaign.ID), Name: campaign.Name, Status: campaign.Status, Start: fmt.Sprintf("%02d Mar, 2027 10:00:00", day+1),
			Channel: campaign.Channel, Delivery: campaign.Delivery,
		})
	}
	client := newClient(t, server.URL)
	list := func(query clevertap.CampaignQuery, keep func(clevertap.Campaign) bool) {
		t.Helper()
		got, err := client.Campaigns(t.Context(), query)
		if err != nil || got == nil {
			t.Fatalf("got %v, %v", got, err)
		}
		byID := func(a, b clevertap.Campaign) int { return strings.Compare(a.ID, b.ID) }
		slices.SortFunc(got, byID)
		kept := slices.DeleteFunc(slices.Clone(want), func(c clevertap.Campaign) bool { return !keep(c) })
		if !slices.Equal(got, kept) {
			t.Errorf("%+v:\ngot  %v\nwant %v", query, got, kept)
		}
	}
	all := func(clevertap.Campaign) bool { return true }
	list(clevertap.CampaignQuery{From: march(1), To: march(31)}, all)
	list(clevertap.CampaignQuery{From: time.Date(2027, 3, 1, 23, 59, 0, 0, time.FixedZone("", -3600)), To: march(31)}, all)
	list(clevertap.CampaignQuery{From: march(14), To: march(15)}, func(c clevertap.Campaign) bool {
		return strings.HasPrefix(c.Start, "14") || strings.HasPrefix(c.Start, "15")
	})
	list(clevertap.CampaignQuery{From: march(14), To: march(14).Add(-time.Hour)}, func(c clevertap.Campaign) bool {
		return strings.HasPrefix(c.Start, "14")
	})
	list(clevertap.CampaignQuery{From: march(1).AddDate(1, 0, 0), To: march(9).AddDate(1, 0, 0)}, func(clevertap.Campaign) bool { return false })
	list(clevertap.CampaignQuery{From: march(1), To: march(31), Channels: []string{"webhooks"}, Statuses: []string{"running", "stopped"}},
		func(c clevertap.Campaign) bool { return c.Channel == "webhooks" && c.Status != "completed" })
}

// Each day is asked for once, and none that was not asked for.
func TestReportIsAskedForInParts(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		from, to string
		want     []string
	}{
		{"20270301", "20270301", []string{"20270301 20270301"}},
		{"20270301", "20270314", []string{"20270301 20270314"}},
		{"20270301", "20270315", []string{"20270301 20270314", "20270315 20270315"}},
		{"20270220", "20270331", []string{"20270220 20270305", "20270306 20270319", "20270320 20270331"}},
	} {
		server := start(t, clevertaptest.Config{})
		from, _ := clevertap.ParseDay(test.from)
		to, _ := clevertap.ParseDay(test.to)
		if _, err := newClient(t, server.URL).Campaigns(t.Context(), clevertap.CampaignQuery{From: from, To: to}); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, request := range server.Requests() {
			got = append(got, strings.NewReplacer(`{"from":"`, "", `","to":"`, " ", `"}`, "").Replace(string(request.Body)))
			if request.Method != "POST" || request.Path != "/1/message/report.json" || !request.Authorized {
				t.Errorf("asked %+v", request)
			}
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("asked for %q, want %q", got, test.want)
		}
	}
}

func TestCampaignsAsCleverTapMayWriteThem(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	answer := func(messages string) standin.Fault {
		return standin.Fault{Status: 200, Body: `{"status":"success","messages":[` + messages + `]}`}
	}
	server.AddFaults(
		answer(`{"message id":"a-1","message_name":"One","sent":5,"labels":["x"]},{"message id":12345678901234567890,"status":null}`),
		answer(`{"message id":2,"message_name":"Two","status":"Running"},{"message id":"a-1","message_name":"One, variant B"}`),
		answer(""),
	)
	got, err := newClient(t, server.URL).Campaigns(t.Context(), clevertap.CampaignQuery{From: march(1), To: march(31)})
	want := []clevertap.Campaign{{ID: "a-1", Name: "One"}, {ID: "12345678901234567890"}, {ID: "2", Name: "Two", Status: "Running"}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestCampaignsFailures(t *testing.T) {
	t.Parallel()
	ok := func(body string) standin.Fault { return standin.Fault{Status: http.StatusOK, Body: body} }
	for part, fault := range map[string]standin.Fault{
		"Account ID is not valid":     clevertaptest.FailureFault(401, clevertaptest.MessageUnauthorized),
		"paid plans":                  clevertaptest.FailureFault(403, "Forbidden"),
		"404 Not Found":               {Status: http.StatusNotFound},
		"200 OK: Wrong dates":         ok(`{"status":"fail","error":"Wrong dates"}`),
		"empty body":                  ok(""),
		"not with a message report":   ok("<html>"),
		"cannot unmarshal object":     ok(`{"status":"success","messages":{}}`),
		"cannot unmarshal number":     ok(`{"status":"success","messages":[{"message id":1,"message_name":7}]}`),
		"more follows after the JSON": ok(`{"status":"success","messages":[]}{}`),
		"without messages":            ok(`{"status":"success"}`),
		`with the status "partial"`:   ok(`{"status":"partial","req_id":"x","messages":[]}`),
		`with the status ""`:          ok("null"),
		"message 2 has no ID":         ok(`{"status":"success","messages":[{"message id":1},{"message_id":2}]}`),
		"message 1 has no ID":         ok(`{"status":"success","messages":[{"message id":true}]}`),
	} {
		server := start(t, clevertaptest.Config{})
		server.AddFaults(fault)
		got, err := newClient(t, server.URL).Campaigns(t.Context(), clevertap.CampaignQuery{From: march(1), To: march(31)})
		wantParts(t, err, "read the report of campaigns from 20270301 to 20270314: ", part)
		if got != nil || len(server.Requests()) != 1 {
			t.Errorf("%s: got %v after %d requests", part, got, len(server.Requests()))
		}
	}
	server := start(t, clevertaptest.Config{})
	server.AddFaults(standin.Fault{}, clevertaptest.FailureFault(401, clevertaptest.MessageUnauthorized))
	_, err := newClient(t, server.URL).Campaigns(t.Context(), clevertap.CampaignQuery{From: march(1), To: march(31)})
	wantParts(t, err, "from 20270315 to 20270328", "401")
	if _, ok := errors.AsType[*clevertap.APIError](err); !ok {
		t.Errorf("%v is no APIError", err)
	}
}

// A report only reads, although it is a POST.
func TestReportOutlastsPassingFaults(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	server.AddCampaign(clevertaptest.Campaign{ID: 1, Start: march(2)})
	server.AddFaults(clevertaptest.FailureFault(429, clevertaptest.MessageTooMany), standin.Fault{Status: 503}, standin.Fault{Truncate: true})
	got, err := newClient(t, server.URL).Campaigns(t.Context(), clevertap.CampaignQuery{From: march(1), To: march(2)})
	if err != nil || len(got) != 1 {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestReportsKeepToThePlacesOfReads(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{Latency: 5 * time.Millisecond})
	client := newClient(t, server.URL)
	var group errgroup.Group
	for range 12 {
		group.Go(func() error {
			_, err := client.Campaigns(t.Context(), clevertap.CampaignQuery{From: march(1), To: march(2)})
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
	if uploads, reads := server.HighestConcurrency(); uploads != 0 || reads != clevertap.DefaultReadConcurrency {
		t.Errorf("%d uploads and %d reads at a time", uploads, reads)
	}
}

func TestReportPeriodsAreChecked(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	client := newClient(t, server.URL)
	for want, period := range map[string][2]time.Time{
		"before it begins on 20270302":     {march(2), march(1)},
		"20280229 at the latest, 366 days": {march(1), march(1).AddDate(0, 0, 366)},
		"no first or no last day":          {{}, march(1)},
		"has no first or no last day":      {march(1), {}},
	} {
		_, err := client.Campaigns(t.Context(), clevertap.CampaignQuery{From: period[0], To: period[1]})
		wantParts(t, err, "read the report of campaigns: ", want)
	}
	if err := clevertap.CheckReportPeriod(march(1), march(1).AddDate(0, 0, clevertap.LongestReport-1)); err != nil {
		t.Error(err)
	}
	for _, text := range []string{"", "2027-03-01", "20270229", "202703011"} {
		_, err := clevertap.ParseDay(text)
		wantParts(t, err, "is no day in the form YYYYMMDD")
	}
	if day, err := clevertap.ParseDay("20280229"); err != nil || clevertap.FormatDay(day) != "20280229" {
		t.Errorf("got %s, %v", day, err)
	}
	if got := len(server.Requests()); got != 0 {
		t.Errorf("%d requests", got)
	}
}
