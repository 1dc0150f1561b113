package clevertap_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

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
		"nobody": {},
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
	for _, form := range []clevertaptest.MissingProfile{
		clevertaptest.MissingIsFailure, clevertaptest.MissingIsEmpty, clevertaptest.MissingIsNotFound,
	} {
		server := start(t, clevertaptest.Config{MissingProfile: form})
		got, err := newClient(t, server.URL).Profile(t.Context(), "nobody")
		if err != nil || got.Exists || got.Properties != nil {
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
	want := []clevertap.Property{{Name: "Age", Type: "number"}, {Name: "LineID", Type: "string"}, {Name: "lineID", Type: "string"}}
	if got, err := client.UserProperties(t.Context()); err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v; want %v", got, err, want)
	}
	server.AddFaults(standin.Fault{Status: 200, Body: `{"userProperties":[{"name":"A","dataType":"date"},{"name":"B"},` +
		`{"name":"C","type":"x","dataType":"y"}]}`})
	want = []clevertap.Property{{Name: "A", Type: "date"}, {Name: "B"}, {Name: "C", Type: "x"}}
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
