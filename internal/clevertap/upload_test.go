package clevertap_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

func TestUploadMergesCreatesAndDeletes(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	server.SetProfile("a", map[string]any{"LineID": "old", "Plan": "gold", "Old": 1})
	result, err := newClient(t, server.URL).Upload(t.Context(), []clevertap.Record{
		{Identity: "a", Set: map[string]string{"LineID": "U1", "City 名": "<Zürich> \"1\"\\\t"}, Delete: []string{"Old", "Never"}},
		{Identity: "b", Set: map[string]string{"LineID": "U2"}},
	})
	if err != nil || result.Processed != 2 || len(result.Refused) != 0 {
		t.Fatalf("got %+v, %v", result, err)
	}
	want := map[string]map[string]any{
		"a": {"LineID": "U1", "Plan": "gold", "City 名": "<Zürich> \"1\"\\\t"},
		"b": {"LineID": "U2"},
	}
	if got := server.Profiles(); !reflect.DeepEqual(got, want) {
		t.Errorf("profiles %v, want %v", got, want)
	}
}

func TestUploadOnTheWire(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	_, err := newClient(t, server.URL).Upload(t.Context(), []clevertap.Record{
		{Identity: "a", Set: map[string]string{"LineID": "U1"}, Delete: []string{"lineID", "Line Id"}},
		{Identity: "é", Delete: []string{"LineID"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"d":[{"identity":"a","type":"profile",` +
		`"profileData":{"LineID":"U1","lineID":{"$delete":1},"Line Id":{"$delete":1}}},` +
		`{"identity":"é","type":"profile","profileData":{"LineID":{"$delete":1}}}]}`
	if request := server.Requests()[0]; request.Method != "POST" || request.Path != "/1/upload" || string(request.Body) != want {
		t.Errorf("sent %s %s\n%s, want\n%s", request.Method, request.Path, request.Body, want)
	}
}

func TestRefusedRecordsAreInTheResult(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	server.Refuse("user-1", clevertaptest.CodeOther, "Miscellaneous "+passcode+". ")
	server.Refuse("user-3", clevertaptest.CodeIdentity, "Missing identity.")
	client := newClient(t, server.URL)
	want := []clevertap.Refusal{
		{Index: 1, Identity: "user-1", Code: 555, Message: "Miscellaneous [redacted]."},
		{Index: 3, Identity: "user-3", Code: 523, Message: "Missing identity."},
	}
	result, err := client.Upload(t.Context(), records(0, 4))
	if err != nil || result.Processed != 2 || !slices.Equal(result.Refused, want) {
		t.Errorf("some refused: got %+v, %v; want %+v", result, err, want)
	}
	result, err = client.Upload(t.Context(), records(3, 4))
	want = []clevertap.Refusal{{Index: 0, Identity: "user-3", Code: 523, Message: "Missing identity."}}
	if err != nil || result.Processed != 0 || !slices.Equal(result.Refused, want) {
		t.Errorf("all refused: got %+v, %v; want %+v", result, err, want)
	}
	if got := slices.Sorted(maps.Keys(server.Profiles())); !slices.Equal(got, []string{"user-0", "user-2"}) {
		t.Errorf("profiles %v", got)
	}
	if got := want[0].String(); got != "Missing identity. (code 523)" {
		t.Errorf("a refusal reads %q", got)
	}
}

// The forms in which CleverTap repeats a refused record; the first three are recorded.
func TestFormsOfRefusals(t *testing.T) {
	t.Parallel()
	email := func(index int) []clevertap.Refusal {
		return []clevertap.Refusal{{Index: index, Identity: fmt.Sprintf("user-%d", index), Code: 515,
			Message: "Profile data is incorrect. Email is not valid."}}
	}
	uncoded := email(1)
	uncoded[0].Code = 0
	const head = `{ "status" : "success" , "processed" : 1 , "unprocessed" : [ `
	const message = `"Profile data is incorrect. Email is not valid.Skipped record number : 2"`
	tests := []struct {
		name, body string
		want       []clevertap.Refusal
	}{
		{"text", head + `{ "status" : "fail" , "code" : 515 , "error" : ` + message +
			` , "record" : "{ \"identity\" : \"user-1\" , \"type\" : \"profile\"}"}]}`, email(1)},
		{"object", head + `{ "status" : "fail" , "code" : 515 , "error" : ` + message +
			` , "record" : { "identity" : "user-1"}}]}`, email(1)},
		{"key", head + `{ "{ \"identity\" : \"user-1\" , \"type\" : \"profile\"}" : ` + message + `}]}`, uncoded},
		{"no record", head + `{ "status" : "fail" , "code" : 515 , "error" : ` + message + `}]}`, email(1)},
		{"no identity", head + `{ "code" : 515 , "error" : ` + message + ` , "record" : { }}]}`, email(1)},
		{"the identity counts", head + `{ "code" : 515 , "error" : ` + message +
			` , "record" : { "identity" : "user-0"}}]}`, email(0)},
		{"another identity", head + `{ "code" : 515 , "error" : ` + message +
			` , "record" : { "identity" : "USER-1"}}]}`, email(1)},
		{"code as text", head + `{ "code" : "515" , "error" : ` + message + `}]}`, email(1)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			server := start(t, clevertaptest.Config{})
			server.AddFaults(standin.Fault{Status: 200, Body: test.body})
			result, err := newClient(t, server.URL).Upload(t.Context(), records(0, 2))
			if err != nil || result.Processed != 1 || !slices.Equal(result.Refused, test.want) {
				t.Errorf("got %+v, %v; want %+v", result, err, test.want)
			}
		})
	}
}

func TestNumberIsRepeatedForAnIdentity(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	server.AddFaults(standin.Fault{Status: 200, Body: `{"status":"fail","processed":0,"unprocessed":[` +
		`{"code":555,"error":"No","record":{"identity":12345678901234567890}}]}`})
	result, err := newClient(t, server.URL).Upload(t.Context(), []clevertap.Record{
		{Identity: "12345678901234567890", Set: map[string]string{"LineID": "U1"}},
	})
	if err != nil || len(result.Refused) != 1 || result.Refused[0].Identity != "12345678901234567890" {
		t.Errorf("got %+v, %v", result, err)
	}
}

// Every character that a value may have arrives as it is.
func TestValuesArriveAsTheyAre(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	sent := map[string]string{"世界": "\u2028\u2029é世😀<>&"}
	for c := range rune(0x80) {
		sent[fmt.Sprintf("ASCII %d", c)] = "a" + string(c) + "b"
	}
	record := clevertap.Record{Identity: `a"b\c`, Set: sent}
	if _, err := newClient(t, server.URL).Upload(t.Context(), []clevertap.Record{record}); err != nil {
		t.Fatal(err)
	}
	got := server.Profiles()[record.Identity]
	for name, value := range sent {
		if got[name] != value {
			t.Errorf("%s: %q arrived as %q", name, value, got[name])
		}
	}
}

// An answer repeats the records that it refuses, so that it may be as much longer as eight times the request.
func TestAnswerOfAnUploadMayBeLong(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	client := newClient(t, server.URL)
	sent := records(0, 1)
	if _, err := client.Upload(t.Context(), sent); err != nil {
		t.Fatal(err)
	}
	longest := 4<<20 + 8*len(server.Requests()[0].Body)
	const answer = `{"status":"success","processed":1,"unprocessed":[]}`
	for length, large := range map[int]bool{longest: false, longest + 1: true} {
		server.AddFaults(standin.Fault{Status: 200, Body: answer + strings.Repeat(" ", length-len(answer))})
		result, err := client.Upload(t.Context(), sent)
		if errors.Is(err, httpclient.ErrTooLarge) != large || !large && result.Processed != 1 {
			t.Errorf("%d bytes: %+v, %v", length, result, err)
		}
	}
}

// What stands for an identity in an answer is taken for one only where it can be no other.
func TestRefusalsNameTheRightRecord(t *testing.T) {
	t.Parallel()
	var sent []clevertap.Record
	for _, identity := range []string{"12", "0012", "true", "<nil>", "map[]", "[]", "5"} {
		sent = append(sent, clevertap.Record{Identity: identity, Set: map[string]string{"LineID": "U1"}})
	}
	const unknown = -1
	for refusal, want := range map[string]int{
		`{"error":"No. Skipped record number : 2","record":{"identity":12}}`:                    1,
		`{"error":"No. Skipped record number : 1","record":{"identity":12}}`:                    0,
		`{"error":"No. Skipped record number : 99","record":{"identity":12}}`:                   0,
		`{"error":"No. Skipped record number : 1","record":{"identity":"0012"}}`:                1,
		`{"error":"No. Skipped record number : 1","record":"{\"identity\":\"5\"}"}`:             6,
		`{"error":"No","record":{"identity":5}}`:                                                6,
		`{"error":"No","record":{"identity":5.0}}`:                                              unknown,
		`{"error":"No","record":{"identity":true}}`:                                             unknown,
		`{"error":"No","record":{"identity":null}}`:                                             unknown,
		`{"error":"No","record":{}}`:                                                            unknown,
		`{"error":"No","record":{"identity":{}}}`:                                               unknown,
		`{"error":"No","record":{"identity":[]}}`:                                               unknown,
		`{"error":"No","record":[{"identity":"5"}]}`:                                            unknown,
		`{"error":"No","record":"\"5\""}`:                                                       unknown,
		`{"error":"No. Skipped record number : 0"}`:                                             unknown,
		`{"error":"No. Skipped record number : 7"}`:                                             6,
		`{"error":"No. Skipped record number : 8"}`:                                             unknown,
		`{"error":"No. Skipped record number : -1"}`:                                            unknown,
		`{"error":"No. Skipped record number : 18446744073709551617"}`:                          unknown,
		`{"error":"No. Skipped record number : 1, or another"}`:                                 unknown,
		`{"{\"identity\":\"5\"}":"No"}`:                                                         6,
		`{"{\"identity\":\"5\"}":"No","{\"identity\":\"12\"}":"No. Skipped record number : 1"}`: unknown,
		`{"{\"identity\":\"5\"}":5}`:                                                            unknown,
		`{"{identity":"No"}`:                                                                    unknown,
	} {
		server := start(t, clevertaptest.Config{})
		server.AddFaults(standin.Fault{Status: 200, Body: `{"status":"partial","processed":6,"unprocessed":[` + refusal + `]}`})
		result, err := newClient(t, server.URL).Upload(t.Context(), sent)
		if want == unknown {
			if err == nil || !strings.Contains(err.Error(), "says of which") {
				t.Errorf("%s: got %+v, %v", refusal, result, err)
			}
			continue
		}
		if err != nil || len(result.Refused) != 1 || result.Refused[0].Index != want || result.Refused[0].Identity != sent[want].Identity {
			t.Errorf("%s: got %+v, %v, want record %d", refusal, result, err, want)
		}
	}
}

func TestAnswersThatLeaveRecordsOpen(t *testing.T) {
	t.Parallel()
	const refusal = `{"code":555,"error":"No","record":{"identity":"user-0"}}`
	tests := map[string]struct {
		body  string
		parts []string
	}{
		"too few":        {`{"status":"success","processed":1,"unprocessed":[]}`, []string{"of 2 records", "took 1", "refused 0"}},
		"too many":       {`{"status":"success","processed":3,"unprocessed":[]}`, []string{"took 3"}},
		"no numbers":     {`{"status":"success"}`, []string{"took 0"}},
		"negative":       {`{"status":"success","processed":-1,"unprocessed":[` + strings.Repeat(refusal+",", 2) + refusal + `]}`, []string{"took -1"}},
		"refused twice":  {`{"status":"fail","processed":0,"unprocessed":[` + refusal + "," + refusal + `]}`, []string{"says of which"}},
		"unknown record": {`{"status":"partial","processed":1,"unprocessed":[{"code":555,"error":"No"}]}`, []string{"says of which", `"No"`}},
		"all but overflow": {`{"status":"success","processed":9223372036854775807,"unprocessed":[` + strings.Repeat(refusal+",", 2) + refusal + `]}`,
			[]string{"took 9223372036854775807"}},
		"overflow":   {`{"status":"success","processed":9223372036854775808,"unprocessed":[]}`, []string{"not with the result of an upload"}},
		"a part":     {`{"status":"success","processed":1.5,"unprocessed":[]}`, []string{"not with the result of an upload"}},
		"null list":  {`{"status":"success","processed":1,"unprocessed":null}`, []string{"took 1", "refused 0"}},
		"null entry": {`{"status":"partial","processed":1,"unprocessed":[null]}`, []string{"says of which"}},
		"far position": {`{"status":"partial","processed":1,"unprocessed":[{"error":"No. Skipped record number : 3"}]}`,
			[]string{"says of which"}},
		"nothing said": {`{"status":"partial","processed":1,"unprocessed":[{}]}`, []string{"says of which"}},
		"not a list":   {`{"status":"partial","processed":1,"unprocessed":5}`, []string{"not with the result of an upload"}},
		"failure":      {`{"status":"fail","error":"Payload is bad","code":509}`, []string{"200 OK: Payload is bad (code 509)"}},
		"bare failure": {`{"status":"fail"}`, []string{`{\"status\":\"fail\"}`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := start(t, clevertaptest.Config{})
			server.AddFaults(standin.Fault{Status: 200, Body: test.body})
			_, err := newClient(t, server.URL).Upload(t.Context(), records(0, 2))
			wantParts(t, err, append(test.parts, "upload profiles")...)
		})
	}
}

func TestRefusedRequestIsAnAPIError(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	client := newClient(t, server.URL, func(config *clevertap.Config) { config.Passcode = "OTHER" })
	_, err := client.Upload(t.Context(), records(0, 1))
	refused, ok := errors.AsType[*clevertap.APIError](err)
	if !ok || refused.StatusCode != 401 || refused.Code != 401 || refused.Message != "Account ID is not valid" {
		t.Errorf("got %v", err)
	}
	if got := server.Profiles(); len(got) != 0 {
		t.Errorf("profiles %v", got)
	}
}

// Whatever happens to an upload on its way, once it succeeds every profile is as it should be.
func TestUploadIsRepeated(t *testing.T) {
	t.Parallel()
	tooMany := clevertaptest.FailureFault(429, clevertaptest.MessageTooMany)
	tests := map[string][]standin.Fault{
		"too many":               {tooMany, tooMany, tooMany, tooMany},
		"down":                   {{Status: 502}, {Status: 503}, {Status: 500}, {Status: 504}},
		"reset":                  {{Reset: true}},
		"reset after storing":    {{Reset: true, Done: true}, {Reset: true, Done: true}},
		"broken off":             {{Truncate: true}},
		"down after storing":     {{Status: 502, Done: true}},
		"too late after storing": {{Delay: time.Hour, Done: true}},
	}
	for name, faults := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := start(t, clevertaptest.Config{})
			server.SetProfile("user-0", map[string]any{"Plan": "gold"})
			server.AddFaults(faults...)
			client := newClient(t, server.URL, func(config *clevertap.Config) { config.HTTP.Timeout = time.Second })
			result, err := client.Upload(t.Context(), records(0, 3))
			if err != nil || result.Processed != 3 {
				t.Fatalf("got %+v, %v", result, err)
			}
			want := wantProfiles(3)
			want["user-0"]["Plan"] = "gold"
			if got := server.Profiles(); !reflect.DeepEqual(got, want) {
				t.Errorf("profiles %v, want %v", got, want)
			}
			if got := len(server.Requests()); got <= len(faults) {
				t.Errorf("%d requests, and %d of them failed", got, len(faults))
			}
		})
	}
}

// wantProfiles is what records(0, n) make.
func wantProfiles(n int) map[string]map[string]any {
	want := map[string]map[string]any{}
	for _, record := range records(0, n) {
		want[record.Identity] = map[string]any{"LineID": record.Set["LineID"]}
	}
	return want
}

func TestUploadChecksBeforeItSends(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	client := newClient(t, server.URL)
	tests := map[string]struct {
		records []clevertap.Record
		parts   []string
	}{
		"none":     {nil, []string{"0 records"}},
		"too many": {records(0, 1001), []string{"1001 records are not between 1 and 1000"}},
		"twice":    {slices.Concat(records(0, 2), records(1, 2)), []string{"records 2 and 3", `"user-1"`}},
		"junk":     {append(records(0, 1), clevertap.Record{Identity: "null"}), []string{"record 2", `"null"`}},
	}
	for name, test := range tests {
		_, err := client.Upload(t.Context(), test.records)
		wantParts(t, err, append(test.parts, "The call was not made")...)
		if len(server.Requests()) != 0 {
			t.Fatalf("%s: a request was sent", name)
		}
	}
	if _, err := client.Upload(t.Context(), records(0, 1000)); err != nil {
		t.Errorf("a thousand records: %v", err)
	}
}

func TestUploadEndsWithItsContext(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	server.AddFaults(standin.Fault{Delay: time.Hour})
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if _, err := newClient(t, server.URL).Upload(ctx, records(0, 1)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}
