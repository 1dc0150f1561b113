package templatestore_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// TestFaults makes the faults of a network before both kinds of servers.
func TestFaults(t *testing.T) {
	t.Parallel()
	gateway := storetest.StartS3(t)
	for name, test := range map[string]func(*testing.T, *standin.Front, ts.Backend){
		"foreign deletes": testForeignDeletes, "unlisted documents": testUnlisted,
		"lost answers": testLostAnswers, "passing faults": testPassingFaults, "dead servers": testDeadServers,
	} {
		t.Run(name+", http", func(t *testing.T) {
			t.Parallel()
			server := startHTTP(t, storetest.ServerConfig{Token: token})
			test(t, server.Front, openHTTP(t, server.Address))
		})
		t.Run(name+", s3", func(t *testing.T) {
			t.Parallel()
			front, config := gateway.Front(t), gateway.Config()
			config.Endpoint, config.MaxRetries, config.RetryWaitMax = front.URL, 2, time.Millisecond
			test(t, front, storetest.Must(ts.NewS3(t.Context(), config))(t))
		})
	}
}

// testLostAnswers: the server carries out what it then has no connection to answer. The client repeats it and is refused.
func testLostAnswers(t *testing.T, front *standin.Front, backend ts.Backend) {
	store := ts.New(backend, "")
	storetest.Must(ts.Create(t.Context(), store, "warm", storetest.Template("")))(t)
	lost := func(method string) { front.AddFaults(standin.Fault{Method: method, Reset: true, Done: true}) }

	lost(http.MethodPut)
	first := storetest.Must(ts.Create(t.Context(), store, "a", storetest.Template("1")))(t)
	lost(http.MethodPut)
	second := storetest.Must(ts.Replace(t.Context(), store, "a", storetest.Template("2"), first))(t)
	if url := storetest.Read(t, backend, "a").DestinationURL; url != "2" {
		t.Errorf("read %q", url)
	}
	lost(http.MethodDelete) // the first deletion is the one that must be refused
	lost(http.MethodDelete)
	if err := ts.Delete[ts.WebhookTemplate](t.Context(), store, "a", second); err != nil {
		t.Error(err)
	}
	_, _, err := ts.Read[ts.WebhookTemplate](t.Context(), ts.New(backend, ""), "a", second)
	storetest.WantReason(t, err, ts.NotFound)
}

// testPassingFaults: what passes is not noticed.
func testPassingFaults(t *testing.T, front *standin.Front, backend ts.Backend) {
	for _, fault := range []standin.Fault{
		{Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {"1"}}},
		{Status: http.StatusServiceUnavailable, Header: http.Header{"Retry-After": {time.Now().UTC().Format(http.TimeFormat)}}},
		{Status: http.StatusInternalServerError, Body: "<html>"}, {Reset: true}, {Truncate: true},
		{Status: http.StatusNotFound, Body: "<html>no backend"}, {Status: http.StatusNotFound}, {Status: http.StatusOK},
		{Status: http.StatusOK, Body: "<!DOCTYPE html><html>Sign in"}, {Status: http.StatusOK, Body: `{"documents": [`},
		{Status: http.StatusOK, Body: "<ListBucketResult><IsTruncated>false</IsTruncated>"},
	} {
		front.AddFaults(fault)
		if _, err := backend.List(t.Context(), ""); err != nil {
			t.Errorf("%+v: %v", fault, err)
		}
	}
}

// testForeignDeletes: a proxy's answer to a DELETE is no proof, and no reason to accuse the server.
func testForeignDeletes(t *testing.T, front *standin.Front, backend ts.Backend) {
	store := ts.New(backend, "")
	known := storetest.Must(ts.Create(t.Context(), store, "a", storetest.Template("")))(t)
	page := standin.Fault{
		Method: http.MethodDelete, Status: http.StatusOK, Header: http.Header{"Content-Type": {"text/html"}}, Body: "<html>",
	}
	front.AddFaults(page) // to the first deletion, which is the one that must be refused
	err := ts.Delete[ts.WebhookTemplate](t.Context(), store, "a", known)
	storetest.WantReason(t, err, ts.Unavailable, "a.json: cannot be deleted", "200", "in place of 204 to a DELETE", "still there")
	storetest.Read(t, backend, "a")

	other := storetest.Must(ts.Create(t.Context(), store, "other", storetest.Template("")))(t)
	if err := ts.Delete[ts.WebhookTemplate](t.Context(), store, "other", other); err != nil {
		t.Fatal(err)
	}
	front.AddFaults(page)
	err = ts.Delete[ts.WebhookTemplate](t.Context(), store, "a", known)
	storetest.WantReason(t, err, ts.Unavailable, "a.json: cannot be deleted", "in place of 204")
	page.Done = true
	front.AddFaults(page)
	if err := ts.Delete[ts.WebhookTemplate](t.Context(), store, "a", known); err != nil {
		t.Error(err)
	}
	_, _, err = ts.Read[ts.WebhookTemplate](t.Context(), ts.New(backend, ""), "a", known)
	storetest.WantReason(t, err, ts.NotFound)
}

// testUnlisted: a listing that lags behind costs one look, and no document.
func testUnlisted(t *testing.T, front *standin.Front, backend ts.Backend) {
	known := storetest.Must(ts.Create(t.Context(), ts.New(backend, ""), "a", storetest.Template("")))(t)
	listing := standin.Fault{Status: http.StatusOK, Body: `{"documents": []}`}
	if strings.HasPrefix(backend.Location(""), "s3://") {
		listing.Body = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"
	}
	front.Forget()
	front.AddFaults(listing)
	store := ts.New(backend, "")
	content, revision, err := ts.Read[ts.WebhookTemplate](t.Context(), store, "a", known)
	if content != nil || revision != known || err != nil || !store.Unlisted(ts.WebhookTemplates, "a") {
		t.Errorf("got %+v, %+v, %v", content, revision, err)
	}
	if requests := front.Requests(); len(requests) != 3 {
		t.Errorf("%d requests, want the listing, the identity and one look", len(requests))
	}
}

// testDeadServers: nobody listens, or somebody listens and never answers.
func testDeadServers(t *testing.T, front *standin.Front, backend ts.Backend) {
	front.AddFaults(standin.Fault{Delay: time.Hour})
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := backend.List(ctx, ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	front.Close()
	_, _, err := ts.Read[ts.WebhookTemplate](t.Context(), ts.New(backend, ""), "a", ts.Revision{})
	storetest.WantReason(t, err, ts.Unavailable)
	// What the system calls it is its own affair.
	var refused *net.OpError
	if !errors.As(err, &refused) || refused.Op != "dial" {
		t.Errorf("got %v, want a connection that cannot be made", err)
	}
}
