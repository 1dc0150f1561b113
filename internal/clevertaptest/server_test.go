package clevertaptest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const (
	accountID = "TEST-AAA-BBB-CCCC"
	passcode  = "CANARY-PASS-CODE"
)

func start(t *testing.T, config clevertaptest.Config) *clevertaptest.Server {
	t.Helper()
	config.AccountID, config.Passcode = accountID, passcode
	server := clevertaptest.NewServer(config)
	t.Cleanup(server.Close)
	return server
}

func send(t *testing.T, server *clevertaptest.Server, method, path, body string, sign ...string) (*http.Response, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if sign == nil {
		sign = []string{accountID, passcode}
	}
	request.Header.Set("X-CleverTap-Account-Id", sign[0])
	request.Header.Set("X-CleverTap-Passcode", sign[1])
	request.Close = true // the standard client repeats by itself what fails on a connection that was used before
	return http.DefaultClient.Do(request)
}

func ask(t *testing.T, server *clevertaptest.Server, method, path, body string, sign ...string) (status int, answer string) {
	t.Helper()
	response, err := send(t, server, method, path, body, sign...)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(text)
}

// The answers are recordings of CleverTap's, in its own spacing: https://github.com/tradeo/clevertap-ruby,
// spec/vcr_cassettes, of 2018. Where those say "success" although records were refused, CleverTap now says "partial" or
// "fail"; those of 2017 have the record as a text. That of 525 is for ts:0.
func TestUploadAnswersAreThoseOfCleverTap(t *testing.T) {
	t.Parallel()
	const (
		good     = `{"identity":"3","ts":1508483325,"type":"profile","profileData":{"Name":"John Rush","Email":"example@gmail.com"}}`
		badEmail = `{"identity":"8","ts":1488267393,"type":"profile","profileData":{"id":8,"created_at":"2017-02-28 09:36:33 +0200",` +
			`"Email":"1234","Age":"18"}}`
		noIdentity = `{"identity":"","ts":1488804867,"type":"profile","profileData":{}}`

		noTime = `{"identity":"9","ts":0,"type":"profile","profileData":{"Name":"John"}}`

		refusedEmail = `{ "status" : "fail" , "code" : 515 , "error" : "Profile data is incorrect. Email is not valid.` +
			`Skipped record number : %d" , "record" : { "identity" : "8" , "ts" : 1488267393 , "type" : "profile" , ` +
			`"profileData" : { "id" : 8 , "created_at" : "2017-02-28 09:36:33 +0200" , "Email" : "1234" , "Age" : "18"}}}`
		refusedIdentity = `{ "status" : "fail" , "code" : 523 , "error" : "'identity' or 'fbId' or 'gpId' or 'objectId' is ` +
			`necessary under 120 chars to identify the user. Skipped record number : %d" , "record" : { "identity" : "" , ` +
			`"ts" : 1488804867 , "type" : "profile" , "profileData" : { }}}`
		refusedTime = `{ "status" : "fail" , "code" : 525 , "error" : "Timestamp should be present in the Unix Epoch format. ` +
			`Skipped record number : %d" , "record" : { "identity" : "9" , "ts" : 0 , "type" : "profile" , "profileData" : ` +
			`{ "Name" : "John"}}}`
	)
	tests := []struct{ name, records, want string }{
		{"success", good, `{ "status" : "success" , "processed" : 1 , "unprocessed" : [ ]}`},
		{"partial", good + "," + noIdentity,
			`{ "status" : "partial" , "processed" : 1 , "unprocessed" : [ ` + fmt.Sprintf(refusedIdentity, 2) + `]}`},
		{"fail", badEmail + "," + noIdentity, `{ "status" : "fail" , "processed" : 0 , "unprocessed" : [ ` +
			fmt.Sprintf(refusedEmail, 1) + ` , ` + fmt.Sprintf(refusedIdentity, 2) + `]}`},
		{"time", noTime, `{ "status" : "fail" , "processed" : 0 , "unprocessed" : [ ` + fmt.Sprintf(refusedTime, 1) + `]}`},
	}
	for _, test := range tests {
		status, answer := ask(t, start(t, clevertaptest.Config{}), "POST", "/1/upload", `{"d":[`+test.records+`]}`)
		if status != http.StatusOK || answer != test.want {
			t.Errorf("%s: %d\n%s, want 200\n%s", test.name, status, answer, test.want)
		}
	}
}

func TestWrongCredentials(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	const want = `{ "status" : "fail" , "error" : "Account ID is not valid" , "code" : 401}` // recorded
	for _, sign := range [][]string{{accountID, "other"}, {"other", passcode}, {"", ""}} {
		for _, path := range []string{"POST /1/upload", "GET /1/profile.json?identity=a", "GET /getSchema?type=userProperties"} {
			method, path, _ := strings.Cut(path, " ")
			if status, answer := ask(t, server, method, path, upload("a", `{"x":1}`), sign...); status != 401 || answer != want {
				t.Errorf("%s: %d %s", path, status, answer)
			}
		}
	}
	if got := server.Profiles(); len(got) != 0 {
		t.Errorf("profiles %v", got)
	}
}

func TestWhatIsNotServedIsLoud(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	record := func(record string) string { return `/1/upload {"d":[` + record + `]}` }
	const notServed = "POST /1/upload: "
	var want []string
	for request, what := range map[string]string{
		"POST / {}": "POST /", "POST /1/webhooks {}": "POST /1/webhooks", "GET /1/upload": "GET /1/upload",
		"GET /1/profile.json?email=a":                                                                 "GET /1/profile.json: the parameter email",
		"GET /1/profile.json?identity=a&objectId=a":                                                   "GET /1/profile.json: the parameter objectId",
		"GET /getSchema?type=events":                                                                  "GET /getSchema: the type events",
		"POST /1/upload?dryRun=1 {}":                                                                  "POST /1/upload: the parameter dryRun",
		"POST " + record(`{"identity":"a","type":"event","evtName":"x","evtData":{}}`):                notServed + "a record of an event",
		"POST " + record(`{"objectId":"a","type":"profile","profileData":{"x":1}}`):                   notServed + "a record with another key than identity",
		"POST " + record(`{"FBID":"a","type":"profile","profileData":{"x":1}}`):                       notServed + "a record with another key than identity",
		"POST " + record(`{"GPID":"a","type":"profile","profileData":{"x":1}}`):                       notServed + "a record with another key than identity",
		"POST " + record(`{"identity":"a","type":"profile","profileData":{"y":1,"x":{"$incr":1}}}`):   notServed + "the operator $incr",
		"POST " + record(`{"identity":"a","type":"profile","profileData":{"x":{"$add":["a"]}}}`):      notServed + "the operator $add",
		"POST " + record(`{"identity":"a","type":"profile","profileData":{"x":{"$delete":0}}}`):       notServed + "the operator $",
		"POST " + record(`{"identity":"a","type":"profile","profileData":{"x":{"$delete":1,"y":1}}}`): notServed + "the operator $",
		"POST " + record(`{"identity":"b","type":"profile","profileData":{"y":1}},{"GPID":"a"}`):      notServed + "a record with another key than identity",
	} {
		parts := append(strings.SplitN(request, " ", 3), "")
		status, answer := ask(t, server, parts[0], parts[1], parts[2])
		if status != http.StatusNotImplemented || answer != "This stand-in does not serve "+what+"\n" {
			t.Errorf("%s: %d %q", request, status, answer)
		}
		want = append(want, what)
	}
	if got := server.Unserved(); !slices.Equal(got, want) || len(server.Profiles()) > 0 {
		t.Errorf("unserved %q, want %q; profiles %v", got, want, server.Profiles())
	}
	ask(t, server, "POST", "/1/upload", upload("a", `{"x":{"y":1},"z":{"$delete":1}}`))
	if got := server.Profiles(); len(server.Unserved()) != len(want) || len(got["a"]) != 1 {
		t.Errorf("an object and a deletion: %v, %q", got, server.Unserved())
	}
}

func upload(identity, data string) string {
	return fmt.Sprintf(`{"d":[{"identity":%q,"type":"profile","profileData":%s}]}`, identity, data)
}

func TestUploadsMerge(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	for _, data := range []string{
		`{"LineID":"U1","Plan":"gold","n":12345678901234567890}`, `{"LineID":"U2"}`, `{"Plan":{"$delete":1},"Never":{"$delete":1}}`,
	} {
		if status, answer := ask(t, server, "POST", "/1/upload", upload("a", data)); !strings.Contains(answer, "success") {
			t.Fatalf("%d %s", status, answer)
		}
	}
	want := map[string]map[string]any{"a": {"LineID": "U2", "n": json.Number("12345678901234567890")}}
	if got := server.Profiles(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	const record = `{ "status" : "success" , "record" : { "identity" : "a" , "profileData" : { "LineID" : "U2" , ` +
		`"n" : 12345678901234567890} , "events" : { }}}`
	if status, answer := ask(t, server, "GET", "/1/profile.json?identity=a", ""); status != 200 || answer != record {
		t.Errorf("%d %s, want %s", status, answer, record)
	}
	const schema = `{ "status" : "success" , "userProperties" : [ { "name" : "LineID" , "type" : "string"} , ` +
		`{ "name" : "Plan" , "type" : "string"} , { "name" : "n" , "type" : "number"}]}`
	if status, answer := ask(t, server, "GET", "/getSchema?type=userProperties", ""); status != 200 || answer != schema {
		t.Errorf("%d %s, want %s", status, answer, schema)
	}
	server.DeleteProfile("a")
	if got := server.Profiles(); len(got) != 0 {
		t.Errorf("profiles %v", got)
	}
}

func TestRefusedRecords(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	server.Refuse("b", clevertaptest.CodeOther, "Miscellaneous server error. ")
	tests := map[string]int{ // record → code
		`{"identity":"a","type":"profile","profileData":{"x":1}}`:                                        0,
		`{"identity":7,"type":"profile","profileData":{"x":1}}`:                                          0,
		`{"identity":"a","type":"profile","ts":1,"profileData":{"x":1}}`:                                 0,
		`{"type":"profile","profileData":{"x":1}}`:                                                       523,
		`{"identity":"Null","type":"profile","profileData":{"x":1}}`:                                     523,
		`{"identity":{},"type":"profile","profileData":{"x":1}}`:                                         523,
		`{"identity":"a","type":"thing","profileData":{"x":1}}`:                                          524,
		`{"identity":"a","profileData":{"x":1}}`:                                                         524,
		`{"identity":"a","type":"profile"}`:                                                              524,
		`{"identity":"a","type":"profile","ts":"now","profileData":{"x":1}}`:                             525,
		`{"identity":"a","type":"profile","ts":"0","profileData":{"x":1}}`:                               525,
		`{"identity":"a","type":"profile","ts":-1,"profileData":{"x":1}}`:                                525,
		`{"identity":"b","type":"profile","profileData":{"x":1}}`:                                        555,
		fmt.Sprintf(`{"identity":%q,"type":"profile","profileData":{"x":1}}`, strings.Repeat("x", 1024)): 523,
	}
	for record, code := range tests {
		_, answer := ask(t, server, "POST", "/1/upload", `{"d":[`+record+`]}`)
		if got := strings.Contains(answer, fmt.Sprintf(`"code" : %d`, code)); got != (code != 0) {
			t.Errorf("%s: %s, want code %d", record, answer, code)
		}
	}
	server.Refuse("b", 0, "")
	if _, answer := ask(t, server, "POST", "/1/upload", upload("b", `{}`)); !strings.Contains(answer, "success") {
		t.Errorf("after it is taken back: %s", answer)
	}
	if got := len(server.Profiles()); got != 3 {
		t.Errorf("%d profiles, want 3", got)
	}
}

func TestRefusedRequests(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	many := func(n int) string {
		records := make([]string, n)
		for i := range records {
			records[i] = fmt.Sprintf(`{"identity":"u%d","type":"profile","profileData":{"x":1}}`, i)
		}
		return `{"d":[` + strings.Join(records, ",") + `]}`
	}
	for _, request := range []string{
		"POST /1/upload", "POST /1/upload {}", "POST /1/upload " + many(0), "POST /1/upload " + many(1001),
		"GET /1/profile.json", "GET /getSchema?type=things",
	} {
		parts := append(strings.SplitN(request, " ", 3), "")
		if status, answer := ask(t, server, parts[0], parts[1], parts[2]); status != 400 || !strings.Contains(answer, `"fail"`) {
			t.Errorf("%.40s: %d %s", request, status, answer)
		}
	}
	if got := server.Profiles(); len(got) != 0 {
		t.Errorf("%d profiles", len(got))
	}
	if _, answer := ask(t, server, "POST", "/1/upload", many(1000)); !strings.Contains(answer, `"processed" : 1000`) {
		t.Errorf("a thousand records: %s", answer)
	}
}

func TestMissingProfiles(t *testing.T) {
	t.Parallel()
	for form, want := range map[clevertaptest.MissingProfile]struct {
		status int
		answer string
	}{
		0:                               {200, `{ "status" : "success"}`}, // what three clients take for it
		clevertaptest.MissingIsFailure:  {200, `{ "status" : "fail" , "error" : "Profile not found" , "code" : 404}`},
		clevertaptest.MissingIsNotFound: {404, `{ "status" : "fail" , "error" : "Profile not found" , "code" : 404}`},
	} {
		server := start(t, clevertaptest.Config{MissingProfile: form})
		status, answer := ask(t, server, "GET", "/1/profile.json?identity=a", "")
		if status != want.status || answer != want.answer {
			t.Errorf("form %d: %d %s", form, status, answer)
		}
	}
}

func TestReadsMayBeStale(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{StaleReads: 2})
	server.SetProfile("old", map[string]any{"LineID": "U1"})
	for _, body := range []string{upload("old", `{"LineID":"U2"}`), upload("old", `{"x":1}`), upload("new", `{"LineID":"U2"}`)} {
		ask(t, server, "POST", "/1/upload", body)
	}
	for read := range 4 {
		_, old := ask(t, server, "GET", "/1/profile.json?identity=old", "")
		_, added := ask(t, server, "GET", "/1/profile.json?identity=new", "")
		stale := read < 2
		if strings.Contains(old, "U1") != stale || strings.Contains(old, `"x"`) == stale || strings.Contains(added, "record") == stale {
			t.Errorf("read %d: %s and %s", read, old, added)
		}
	}
	if got := server.Profiles()["old"]["LineID"]; got != "U2" {
		t.Errorf("LineID is %v", got)
	}
}

func TestTooManyAtATime(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{MaxUploads: 2, Latency: time.Second})
	var mu sync.Mutex
	statuses := map[int]int{}
	var group sync.WaitGroup
	for i := range 5 {
		group.Go(func() {
			status, answer := ask(t, server, "POST", "/1/upload", upload(fmt.Sprint("u", i), `{"x":1}`))
			if status == 429 && answer != `{ "status" : "fail" , "error" : "Too many concurrent requests" , "code" : 429}` {
				t.Errorf("got %s", answer)
			}
			mu.Lock()
			defer mu.Unlock()
			statuses[status]++
		})
	}
	group.Wait()
	uploads, reads := server.HighestConcurrency()
	if statuses[200] < 2 || statuses[200]+statuses[429] != 5 || len(server.Profiles()) != statuses[200] {
		t.Errorf("statuses %v, %d profiles", statuses, len(server.Profiles()))
	}
	if (uploads > 2) != (statuses[429] > 0) || uploads > 5 || reads != 0 {
		t.Errorf("at most %d uploads and %d reads at a time with statuses %v", uploads, reads, statuses)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	const path = "/1/upload"
	try := func(name string, fault standin.Fault) (*http.Response, error) {
		fault.Path = path
		server.AddFaults(fault)
		if status, _ := ask(t, server, "GET", "/1/profile.json?identity=u", ""); status != http.StatusOK {
			t.Errorf("%s: it came to another path", name)
		}
		return send(t, server, "POST", path, upload(name, `{"x":1}`))
	}
	for _, stored := range []bool{false, true} {
		name := fmt.Sprint("reset", stored)
		if _, err := try(name, standin.Fault{Reset: true, Done: stored}); !standin.IsReset(err) {
			t.Errorf("%s: %v", name, err)
		}
		name = fmt.Sprint("status", stored)
		fault := clevertaptest.FailureFault(503, "Service Unavailable")
		fault.Done = stored
		if response, err := try(name, fault); err != nil || response.StatusCode != 503 || response.Header.Get("Content-Type") == "" {
			t.Errorf("%s: %v, %v", name, response, err)
		}
		name = fmt.Sprint("truncated", stored)
		response, err := try(name, standin.Fault{Truncate: true, Done: stored})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if text, err := io.ReadAll(response.Body); !errors.Is(err, io.ErrUnexpectedEOF) || len(text) == 0 {
			t.Errorf("%s: %q, %v", name, text, err)
		}
		name = fmt.Sprint("late", stored)
		before := time.Now()
		if response, err = try(name, standin.Fault{Delay: 20 * time.Millisecond, Done: stored}); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		text, _ := io.ReadAll(response.Body)
		if !strings.Contains(string(text), `"processed" : 1`) || time.Since(before) < 20*time.Millisecond {
			t.Errorf("%s: %s after %s", name, text, time.Since(before))
		}
	}
	var stored []string
	for identity := range server.Profiles() {
		stored = append(stored, identity)
	}
	slices.Sort(stored)
	want := []string{"latefalse", "latetrue", "resettrue", "statustrue", "truncatedfalse", "truncatedtrue"}
	if !slices.Equal(stored, want) {
		t.Errorf("stored %v, want %v", stored, want)
	}
}

func TestRequestsAreRecordedWithoutSecrets(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	ask(t, server, "GET", "/1/profile.json?identity=a%20b", "")
	ask(t, server, "POST", "/1/upload", "{}", accountID, "other")
	requests := server.Requests()
	if len(requests) != 2 {
		t.Fatalf("%d requests", len(requests))
	}
	if r := requests[0]; r.Method != "GET" || r.Path != "/1/profile.json" || r.Query != "identity=a%20b" || !r.Authorized ||
		r.Header["X-Clevertap-Passcode"] == nil {
		t.Errorf("got %+v", r)
	}
	if r := requests[1]; r.Authorized || string(r.Body) != "{}" {
		t.Errorf("got %+v", r)
	}
	if text := fmt.Sprintf("%+v", requests); strings.Contains(text, passcode) {
		t.Errorf("the passcode is in %s", text)
	}
}
