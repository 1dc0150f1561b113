package clevertap_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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

func TestProfile(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	const identity = "ü+&=/?#%20 1"
	server.SetProfile(identity, map[string]any{"LineID": "U1", "Big": json.Number("12345678901234567890.10"), "On": true})
	server.SetProfile("bare", nil)
	client := newClient(t, server.URL)
	want := map[string]clevertap.Profile{
		identity: {Exists: true, Properties: map[string]any{
			"LineID": "U1", "Big": json.Number("12345678901234567890.10"), "On": true,
		}},
		"bare":   {Exists: true, Properties: map[string]any{}},
		"nobody": {Absence: clevertap.AbsentWithoutRecord},
	}
	for identity, want := range want {
		got, err := client.Profile(t.Context(), identity)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, %v; want %#v", identity, got, err, want)
		}
	}
	_, err := client.Profile(t.Context(), "undefined")
	wantParts(t, err, `"undefined"`)
	if got := len(server.Requests()); got != len(want) {
		t.Errorf("%d requests, want %d", got, len(want))
	}
}

func TestMissingProfile(t *testing.T) {
	t.Parallel()
	for form, absence := range map[clevertaptest.MissingProfile]clevertap.Absence{
		clevertaptest.MissingIsFailure: clevertap.AbsentFailure, clevertaptest.MissingIsEmpty: clevertap.AbsentWithoutRecord,
		clevertaptest.MissingIsNotFound: clevertap.AbsentNotFound,
	} {
		server := start(t, clevertaptest.Config{MissingProfile: form})
		got, err := newClient(t, server.URL).Profile(t.Context(), "nobody")
		if err != nil || got.Exists || got.Properties != nil || got.Absence != absence {
			t.Errorf("form %d: got %+v, %v", form, got, err)
		}
	}
	tests := []struct {
		fault   standin.Fault
		missing bool
	}{
		{standin.Fault{Status: 200, Body: `{"status":"success","record":null}`}, true},
		{standin.Fault{Status: 200, Body: `{"status":"fail","error":"User does not exist"}`}, true},
		{standin.Fault{Status: 200, Body: `{"status":"fail","error":"No record found","code":3}`}, true},
		{standin.Fault{Status: 200, Body: `{"status":"fail","error":"Gone","code":404}`}, true},
		{standin.Fault{Status: 200, Body: `{"status":"fail","error":"Gone","code":"404"}`}, true},
		{standin.Fault{Status: 403, Body: `{"status":"fail","error":"Gone","code":404}`}, false},
		{standin.Fault{Status: 200, Body: `{"status":"success","error":"User does not exist"}`}, true}, // it has no record
		{standin.Fault{Status: 200, Body: `{"status":"error","error":"User does not exist"}`}, false},
		{clevertaptest.FailureFault(400, "No such identity"), true},
		{clevertaptest.FailureFault(404, "Resource not found"), true},
		{clevertaptest.FailureFault(400, "Account not found"), false},
		{clevertaptest.FailureFault(400, "Identity is not valid"), false},
		{clevertaptest.FailureFault(401, "User not found"), false},
		{clevertaptest.FailureFault(403, "User not found"), false},
		{standin.Fault{Status: 200, Body: `{"status":"fail","error":"Incorrect usage","code":3}`}, false},
		{standin.Fault{Status: 404}, false},
		{standin.Fault{Status: 200, Body: `{"status":"success","record":{"profileData":[]}}`}, false},
		{standin.Fault{Status: 200, Body: `{"status":"success","record":"gone"}`}, false},
	}
	server := start(t, clevertaptest.Config{})
	client := newClient(t, server.URL)
	for _, test := range tests {
		server.AddFaults(test.fault)
		got, err := client.Profile(t.Context(), "user-0")
		if got.Exists || test.missing != (err == nil) {
			t.Errorf("%d %s: got %+v, %v; want missing %t", test.fault.Status, test.fault.Body, got, err, test.missing)
		}
	}
}

func TestUserProperties(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	client := newClient(t, server.URL)
	if got, err := client.UserProperties(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("without any: %v, %v", got, err)
	}
	server.SetProfile("a", map[string]any{"lineID": "U1", "Age": 3})
	if _, err := client.Upload(t.Context(), records(0, 1)); err != nil {
		t.Fatal(err)
	}
	want := []clevertap.Property{
		{Name: "Age", Type: "number", TypeKey: "type"}, {Name: "LineID", Type: "string", TypeKey: "type"},
		{Name: "lineID", Type: "string", TypeKey: "type"},
	}
	if got, err := client.UserProperties(t.Context()); err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
	server.AddFaults(standin.Fault{Status: 200, Body: `{"userProperties":[{"name":"A","dataType":"date"},{"name":"B"},` +
		`{"name":"C","type":"x","dataType":"y"}]}`})
	want = []clevertap.Property{{Name: "A", Type: "date", TypeKey: "dataType"}, {Name: "B"}, {Name: "C", Type: "x", TypeKey: "type"}}
	if got, err := client.UserProperties(t.Context()); err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
	for body, part := range map[string]string{
		`{"status":"success","events":[]}`:         "without userProperties",
		`{"userProperties":[{"name":"A"},{}]}`:     "property 2 has no name",
		`{"userProperties":["A"]}`:                 "not with a list of properties",
		`{"status":"fail","error":"Wrong params"}`: "Wrong params",
	} {
		server.AddFaults(standin.Fault{Status: 200, Body: body})
		_, err := client.UserProperties(t.Context())
		wantParts(t, err, part)
	}
}

// However many ask, and however often, CleverTap is asked once.
func TestKnownUserPropertiesAreAskedForOnce(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{Latency: 20 * time.Millisecond})
	server.SetProfile("a", map[string]any{"lineID": "U1"})
	client := newClient(t, server.URL)
	want := []clevertap.Property{{Name: "lineID", Type: "string", TypeKey: "type"}}
	for range 2 {
		var group errgroup.Group
		for range 50 {
			group.Go(func() error {
				got, err := client.KnownUserProperties(t.Context())
				if err == nil && !slices.Equal(got, want) {
					err = fmt.Errorf("got %v", got)
				}
				return err
			})
		}
		if err := group.Wait(); err != nil {
			t.Error(err)
		}
	}
	if got := len(server.Requests()); got != 1 {
		t.Errorf("%d requests, want 1", got)
	}
	if fresh, err := client.UserProperties(t.Context()); err != nil || !slices.Equal(fresh, want) || len(server.Requests()) != 2 {
		t.Errorf("got %v, %v; UserProperties asks each time", fresh, err)
	}
}

func TestKnownUserPropertiesAreAskedForAgain(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	client := newClient(t, server.URL)
	count := func(want int) {
		t.Helper()
		if got, err := client.KnownUserProperties(t.Context()); err != nil || len(got) != want {
			t.Errorf("got %v, %v; want %d", got, err, want)
		}
	}
	server.AddFaults(clevertaptest.FailureFault(401, clevertaptest.MessageUnauthorized))
	_, err := client.KnownUserProperties(t.Context())
	wantParts(t, err, "list the properties of user profiles: ", "401")
	count(0) // no properties are remembered as well
	count(0)
	if got := len(server.Requests()); got != 2 {
		t.Errorf("%d requests, want a failure and a list", got)
	}
	if _, err := client.Upload(t.Context(), records(0, 1)); err != nil {
		t.Fatal(err)
	}
	count(1)
	err = client.UploadAll(t.Context(), func(yield func([]clevertap.Record, error) bool) {
		yield([]clevertap.Record{{Identity: "b", Set: map[string]string{"Other": "x"}}}, nil)
	}, func(int, clevertap.UploadResult) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	count(2)
	// An upload while the list is on its way.
	if _, err := client.Upload(t.Context(), []clevertap.Record{{Identity: "b", Delete: []string{"Other"}}}); err != nil {
		t.Fatal(err)
	}
	server.AddFaults(standin.Fault{Method: "GET", Done: true, Delay: 200 * time.Millisecond})
	var group errgroup.Group
	group.Go(func() error { count(2); return nil })
	for before := len(server.Requests()); len(server.Requests()) == before; {
		time.Sleep(time.Millisecond)
	}
	if _, err := client.Upload(t.Context(), []clevertap.Record{{Identity: "c", Set: map[string]string{"Third": "x"}}}); err != nil {
		t.Fatal(err)
	}
	count(3)
	_ = group.Wait()
	count(3)
}

// One caller's end is not the others'.
func TestKnownUserPropertiesSurviveTheirFirstCaller(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	server.SetProfile("a", map[string]any{"lineID": "U1"})
	server.AddFaults(standin.Fault{Delay: time.Hour})
	client := newClient(t, server.URL)
	ctx, cancel := context.WithCancel(t.Context())
	var first, second errgroup.Group
	first.Go(func() error {
		_, err := client.KnownUserProperties(ctx)
		return err
	})
	for len(server.Requests()) == 0 {
		time.Sleep(time.Millisecond)
	}
	second.Go(func() error {
		got, err := client.KnownUserProperties(t.Context())
		if err == nil && len(got) != 1 {
			err = fmt.Errorf("got %v", got)
		}
		return err
	})
	time.Sleep(20 * time.Millisecond) // in which the second comes to wait for the first
	cancel()
	if err := first.Wait(); !errors.Is(err, context.Canceled) || !strings.HasPrefix(err.Error(), "list the properties of user profiles: ") {
		t.Errorf("the first: %v", err)
	}
	if err := second.Wait(); err != nil {
		t.Errorf("the second: %v", err)
	}
}

func TestSpelledOtherwise(t *testing.T) {
	t.Parallel()
	properties := []clevertap.Property{{Name: "lineID"}, {Name: "LINEID"}, {Name: "Plan"}, {Name: "Straße"}}
	for name, want := range map[string][]string{
		"LineID": {"lineID", "LINEID"}, "lineID": nil, "LINEID": nil, "plan": {"Plan"}, "Line": nil, "": nil, "STRAßE": {"Straße"},
	} {
		if got := clevertap.SpelledOtherwise(properties, name); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
