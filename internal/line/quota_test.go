package line_test

import (
	"math"
	"net/http"
	"reflect"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const (
	quotaPath       = "/v2/bot/message/quota"
	consumptionPath = "/v2/bot/message/quota/consumption"
)

func TestMessageQuota(t *testing.T) {
	t.Parallel()
	user := linetest.UserID(0)
	for _, limit := range []int{0, 2} {
		server := start(t, linetest.Config{Token: token, Followers: []string{user}, MonthlyLimit: limit})
		for sent := range int64(3) {
			if sent > 0 {
				pushUnit(t, server, user, "a")
			}
			want, remaining := line.MessageQuota{Type: line.QuotaNone, Used: sent}, (*int64)(nil)
			if limit > 0 {
				want, remaining = line.MessageQuota{Type: line.QuotaLimited, Value: new(int64(2)), Used: sent}, new(2-sent)
			}
			quota, err := newClient(t, server.URL).MessageQuota(t.Context())
			if err != nil || !reflect.DeepEqual(quota, want) || !reflect.DeepEqual(quota.Remaining(), remaining) {
				t.Errorf("got %+v, %v; want %+v", quota, err, want)
			}
		}
	}
}

func TestMessageQuotaAsLINEWritesIt(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	client := newClient(t, server.URL)
	for _, test := range []struct {
		quota, consumption string
		want               line.MessageQuota
		remaining          *int64
	}{
		{`{"type":"limited","value":1000}`, `{"totalUsage":500}`, line.MessageQuota{Type: "limited", Value: new(int64(1000)), Used: 500}, new(int64(500))},
		// The number of messages is approximate: it may be above the limit.
		{`{"type":"limited","value":0}`, `{"totalUsage":3}`, line.MessageQuota{Type: "limited", Value: new(int64(0)), Used: 3}, new(int64(0))},
		{`{"type":"none","value":7}`, `{"totalUsage":9223372036854775807}`, line.MessageQuota{Type: "none", Used: math.MaxInt64}, nil},
	} {
		server.AddFaults(standin.Fault{Path: quotaPath, Status: 200, Body: test.quota}, standin.Fault{Path: consumptionPath, Status: 200, Body: test.consumption})
		got, err := client.MessageQuota(t.Context())
		if err != nil || !reflect.DeepEqual(got, test.want) || !reflect.DeepEqual(got.Remaining(), test.remaining) {
			t.Errorf("%s: got %+v, %v", test.quota, got, err)
		}
	}
}

func TestMessageQuotaFailures(t *testing.T) {
	t.Parallel()
	const (
		limit = "get the limit of messages: LINE answered "
		used  = "get the number of messages sent this month: LINE answered "
	)
	for _, test := range []struct {
		path, body string
		want       []string
	}{
		{quotaPath, "", []string{limit, "unexpected end"}},
		{quotaPath, "<html>", []string{limit, `"<html>"`}},
		{quotaPath, "[]", []string{limit, "not with what is asked for"}},
		{quotaPath, "{}", []string{limit, "neither none nor limited"}},
		{quotaPath, `{"type":"Limited","value":1}`, []string{limit, "neither none nor limited"}},
		{quotaPath, `{"type":"limited"}`, []string{limit, "the value is missing or impossible"}},
		{quotaPath, `{"type":"limited","value":-1}`, []string{limit, "the value is missing or impossible"}},
		{quotaPath, `{"type":"limited","value":"1000"}`, []string{limit, "not with what is asked for"}},
		{quotaPath, `{"type":"limited","value":1e99}`, []string{limit, "not with what is asked for"}},
		{consumptionPath, "", []string{used, "unexpected end"}},
		{consumptionPath, "null", []string{used, "the totalUsage is missing or impossible"}},
		{consumptionPath, `{"totalUsage":-1}`, []string{used, "the totalUsage is missing or impossible"}},
		{consumptionPath, `{"totalUsage":"5"}`, []string{used, "not with what is asked for"}},
	} {
		server := start(t, linetest.Config{Token: token})
		server.AddFaults(standin.Fault{Path: test.path, Status: http.StatusOK, Body: test.body})
		_, err := newClient(t, server.URL).MessageQuota(t.Context())
		wantParts(t, err, append(test.want, "request id ")...)
	}
	for path, want := range map[string]string{quotaPath: limit, consumptionPath: used} {
		server := start(t, linetest.Config{Token: token})
		fault := linetest.ErrorFault(http.StatusUnauthorized, linetest.MessageBadToken)
		fault.Path = path
		server.AddFaults(fault)
		_, err := newClient(t, server.URL).MessageQuota(t.Context())
		wantParts(t, err, want+"401", "LINE Developers Console")
	}
}

func TestMayListFollowers(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		config linetest.Config
		may    bool
	}{
		{linetest.Config{Token: token, Followers: linetest.UserIDs(5)}, true},
		{linetest.Config{Token: token}, true},
		{linetest.Config{Token: token, Unverified: true}, false},
	} {
		server := start(t, test.config)
		if may, err := newClient(t, server.URL).MayListFollowers(t.Context()); err != nil || may != test.may {
			t.Errorf("got %t, %v; want %t", may, err, test.may)
		}
		if requests := server.Requests(); len(requests) != 1 || requests[0].Query != "limit=1" {
			t.Errorf("asked %+v", requests)
		}
	}
	for part, fault := range map[string]standin.Fault{
		"401":              linetest.ErrorFault(http.StatusUnauthorized, linetest.MessageBadToken),
		"404":              {Status: http.StatusNotFound},
		`403 Forbidden: "`: {Status: http.StatusForbidden, Body: "<html>"}, // a proxy's
		"no userIds":       {Status: http.StatusOK, Body: "{}"},
	} {
		server := start(t, linetest.Config{Token: token})
		server.AddFaults(fault)
		may, err := newClient(t, server.URL).MayListFollowers(t.Context())
		wantParts(t, err, "list follower IDs: LINE answered ", part)
		if may {
			t.Errorf("%s: may", part)
		}
	}
}
