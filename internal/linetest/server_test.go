package linetest_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const token = "the+channel/token="

func TestPagesFollowLimitAndNext(t *testing.T) {
	t.Parallel()
	ids := linetest.UserIDs(2345)
	server := start(t, linetest.Config{Token: token, Followers: ids})
	tests := map[string][]int{ // limit parameter → lengths of the pages
		"":            {300, 300, 300, 300, 300, 300, 300, 245},
		"limit=1000&": {1000, 1000, 345},
		"limit=469&":  {469, 469, 469, 469, 469},
	}
	for limit, want := range tests {
		var got []string
		var lengths []int
		for next := ""; ; {
			query := limit
			if next != "" {
				query += "start=" + next
			}
			page := getPage(t, server, query)
			got = append(got, page.UserIDs...)
			lengths = append(lengths, len(page.UserIDs))
			if next = page.Next; next == "" {
				break
			}
		}
		if !slices.Equal(lengths, want) {
			t.Errorf("%q: pages of %v, want %v", limit, lengths, want)
		}
		if !slices.Equal(got, ids) {
			t.Errorf("%q: the IDs differ", limit)
		}
	}
}

func TestNoFollowersIsAnEmptyList(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	if _, body := ask(t, server, "", token); strings.TrimSpace(body) != `{"userIds":[]}` {
		t.Errorf("got %s", body)
	}
}

// The bodies are those of the Messaging API reference, "Error messages" and "Get a list of users who added your LINE
// Official Account as a friend".
func TestErrorsAreInTheWordsOfLINE(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(500)})
	unverified := start(t, linetest.Config{Token: token, Unverified: true})
	tests := []struct {
		name, query, token string
		server             *linetest.Server
		status             int
		message            string
	}{
		{"no token", "", "", server, 401,
			"Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'"},
		{"bad token", "", "other", server, 401, "Authentication failed due to the following reason: invalid token. " +
			"Confirm that the access token in the authorization header is valid."},
		{"unverified", "", token, unverified, 403, "Access to this API is not available for your account"},
		{"unknown start", "start=abc", token, server, 400, "Invalid start param"},
		{"start that is not base64", "start=%25", token, server, 400, "Invalid start param"},
		{"empty start", "start=", token, server, 400, "Invalid start param"},
		{"limit 0", "limit=0", token, server, 400, "The value for the 'limit' parameter is invalid"},
		{"limit 1001", "limit=1001", token, server, 400, "The value for the 'limit' parameter is invalid"},
	}
	for _, test := range tests {
		response, body := ask(t, test.server, test.query, test.token)
		var got map[string]string
		if err := json.Unmarshal([]byte(body), &got); err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if response.StatusCode != test.status || len(got) != 1 || got["message"] != test.message {
			t.Errorf("%s: %d %v, want %d %q", test.name, response.StatusCode, got, test.status, test.message)
		}
	}
}

func TestContinuationsExpire(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(500)})
	next := getPage(t, server, "").Next
	if again := getPage(t, server, "start="+next); len(again.UserIDs) != 200 {
		t.Fatalf("a token is good more than once; got %d IDs", len(again.UserIDs))
	}
	server.ExpireContinuations()
	if response, _ := ask(t, server, "start="+next, token); response.StatusCode != http.StatusBadRequest {
		t.Errorf("an expired token got %d", response.StatusCode)
	}
	if fresh := getPage(t, server, "start="+getPage(t, server, "").Next); len(fresh.UserIDs) != 200 {
		t.Errorf("a new token got %d IDs", len(fresh.UserIDs))
	}
}

func TestEveryAnswerHasARequestID(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	server.AddFaults(standin.Fault{Status: http.StatusOK})
	seen := map[string]bool{}
	for _, given := range []string{token, token, "", "other"} {
		response, _ := ask(t, server, "", given)
		seen[response.Header.Get("X-Line-Request-Id")] = true
	}
	if len(seen) != 4 || seen[""] {
		t.Errorf("request ids %v, want four different ones", seen)
	}
}

func TestWhatIsNotServedIsLoud(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	var want []string
	for request, what := range map[string]string{
		"GET /v2/nothing": "", "POST /v2/bot/message/multicast": "", "POST /v2/bot/followers/ids": "",
		"GET /v2/bot/followers/ids?limit=1&cursor=x": ": the parameter cursor", "GET /v2/bot/info?x=1": ": the parameter x",
		"POST /v2/bot/message/validate/push?x=1": ": the parameter x", "POST /v2/oauth/verify?access_token=x": ": the parameter access_token",
		"GET /oauth2/v2.1/verify?access_token=x&y=1": ": the parameter y", "POST /v2/bot/message/push?x=1": ": the parameter x",
		"GET /v2/bot/message/aggregation/info?limit=1":         ": the parameter limit",
		"GET /v2/bot/message/aggregation/list?limit=1&x=1":     ": the parameter x",
		"GET /v2/bot/insight/message/event/aggregation?unit=a": ": the parameter unit",
	} {
		method, path, _ := strings.Cut(request, " ")
		sent, _ := http.NewRequestWithContext(t.Context(), method, server.URL+path, nil)
		response, err := http.DefaultClient.Do(sent)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusNotImplemented || response.Header.Get("X-Line-Request-Id") == "" {
			t.Errorf("%s: %v", request, response)
		}
		path, _, _ = strings.Cut(path, "?")
		want = append(want, method+" "+path+what)
	}
	if got := server.Unserved(); !slices.Equal(got, want) {
		t.Errorf("unserved %q, want %q", got, want)
	}
}

func TestFaultsComeOnceAndInOrder(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(100)})
	server.AddFaults(
		linetest.ErrorFault(429, linetest.MessageRateLimit),
		standin.Fault{Status: 502, Header: http.Header{"Retry-After": {"7"}}, Body: "<html>"},
		standin.Fault{Status: 200},
		standin.Fault{Truncate: true},
		standin.Fault{Reset: true},
		standin.Fault{Delay: 30 * time.Millisecond},
	)
	if response, body := ask(t, server, "", token); response.StatusCode != 429 ||
		strings.TrimSpace(body) != `{"message":"The API rate limit has been exceeded. Try again later."}` {
		t.Errorf("error: %d %s", response.StatusCode, body)
	}
	if response, body := ask(t, server, "", token); response.StatusCode != 502 || body != "<html>" ||
		response.Header.Get("Retry-After") != "7" {
		t.Errorf("HTML: %d %v %s", response.StatusCode, response.Header, body)
	}
	if response, body := ask(t, server, "", token); response.StatusCode != 200 || body != "" {
		t.Errorf("empty: %d %s", response.StatusCode, body)
	}
	response, err := send(t, server, "", token)
	if err != nil {
		t.Fatalf("truncated: %v", err)
	}
	half, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	if !errors.Is(err, io.ErrUnexpectedEOF) || len(half) == 0 || int64(len(half)) >= response.ContentLength {
		t.Errorf("truncated: %d of %d bytes, %v", len(half), response.ContentLength, err)
	}
	if _, err := send(t, server, "", token); !standin.IsReset(err) {
		t.Errorf("reset: %v", err)
	}
	before := time.Now()
	if page := getPage(t, server, ""); len(page.UserIDs) != 100 || time.Since(before) < 30*time.Millisecond {
		t.Errorf("delay: %d IDs after %s", len(page.UserIDs), time.Since(before))
	}
}

func TestRecorderKeepsNoToken(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	ask(t, server, "limit=5", token)
	response, err := http.Post(server.URL+"/v2/bot/message/push", "application/json", strings.NewReader("body"))
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	got := server.Requests()
	if len(got) != 2 {
		t.Fatalf("%d requests", len(got))
	}
	first := got[0]
	if first.Method != "GET" || first.Path != "/v2/bot/followers/ids" || first.Query != "limit=5" || !first.Authorized ||
		first.Header["Authorization"] == nil || first.Header.Get("User-Agent") == "" {
		t.Errorf("recorded %+v", got)
	}
	if second := got[1]; second.Method != "POST" || string(second.Body) != "body" || second.Authorized {
		t.Errorf("recorded %+v", second)
	}
	if text, _ := json.Marshal(got); strings.Contains(string(text), token) {
		t.Error("the token was recorded")
	}
}

func TestUserIDsHaveTheFormOfLINE(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^U[0-9a-f]{32}$`)
	ids := linetest.UserIDs(1000)
	for _, id := range ids {
		if !form.MatchString(id) {
			t.Fatalf("%q", id)
		}
	}
	if ids[7] != linetest.UserID(7) {
		t.Error("not the same for the same number")
	}
	slices.Sort(ids)
	if len(slices.Compact(ids)) != 1000 {
		t.Error("not all different")
	}
}

func TestUnevenPages(t *testing.T) {
	t.Parallel()
	ids := linetest.UserIDs(2345)
	pages := linetest.UnevenPages(ids, 1000)
	var lengths []int
	var all []string
	for _, page := range pages {
		lengths = append(lengths, len(page))
		all = append(all, page...)
	}
	if want := []int{1000, 2, 0, 1000, 346}; !slices.Equal(lengths, want) {
		t.Errorf("pages of %v, want %v", lengths, want)
	}
	if len(all) == len(ids) {
		t.Error("no ID is repeated")
	}
	slices.Sort(all)
	slices.Sort(ids)
	if !slices.Equal(slices.Compact(all), ids) {
		t.Error("the pages do not hold the IDs")
	}
	server := start(t, linetest.Config{Token: token, Pages: pages})
	next := ""
	for i, want := range lengths {
		page := getPage(t, server, "limit=1000&"+next)
		if len(page.UserIDs) != want || (page.Next == "") != (i == len(lengths)-1) {
			t.Errorf("page %d: %d IDs, next %q", i, len(page.UserIDs), page.Next)
		}
		next = "start=" + page.Next
	}
}

func start(t *testing.T, config linetest.Config) *linetest.Server {
	t.Helper()
	server := linetest.NewServer(config)
	t.Cleanup(server.Close)
	return server
}

func send(t *testing.T, server *linetest.Server, query, token string) (*http.Response, error) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/v2/bot/followers/ids?"+query, nil)
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	request.Close = true // the standard client repeats by itself what fails on a connection that was used before
	return http.DefaultClient.Do(request)
}

func ask(t *testing.T, server *linetest.Server, query, token string) (*http.Response, string) {
	t.Helper()
	response, err := send(t, server, query, token)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

type page struct {
	UserIDs []string
	Next    string
}

func getPage(t *testing.T, server *linetest.Server, query string) page {
	t.Helper()
	response, body := ask(t, server, query, token)
	var page page
	if err := json.Unmarshal([]byte(body), &page); err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%d %s: %v", response.StatusCode, body, err)
	}
	return page
}
