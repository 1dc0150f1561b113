package line_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const token = "channel+access/token="

func TestFollowerIDsAreSortedAndDistinct(t *testing.T) {
	t.Parallel()
	want := linetest.UserIDs(2345)
	configs := map[string]linetest.Config{
		"plain":            {Token: token, Followers: want},
		"uneven":           {Token: token, Pages: linetest.UnevenPages(want, 500)},
		"last page empty":  {Token: token, Pages: [][]string{want, {}}},
		"first page empty": {Token: token, Pages: [][]string{{}, {}, want}},
		"all twice":        {Token: token, Pages: [][]string{want, want}},
	}
	want = slices.Sorted(slices.Values(want))
	for name, config := range configs {
		server := start(t, config)
		ids, err := newClient(t, server.URL).FollowerIDs(t.Context(), line.FollowerIDsOptions{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !slices.Equal(ids.Strings(), want) || !slices.Equal(slices.Collect(ids.All()), want) ||
			ids.Len() != len(want) || ids.Truncated() {
			t.Errorf("%s: %d IDs, truncated %t; want all %d in order", name, ids.Len(), ids.Truncated(), len(want))
		}
		for _, request := range server.Requests() {
			if !strings.HasPrefix(request.Query, "limit=1000") || !request.Authorized ||
				request.Header.Get("Accept") != "application/json" {
				t.Errorf("%s: asked %+v", name, request)
			}
		}
	}
}

func TestNoFollowers(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	ids, err := newClient(t, server.URL).FollowerIDs(t.Context(), line.FollowerIDsOptions{})
	if err != nil {
		t.Fatal(err)
	}
	sumOfNothing := sha256.Sum256(nil)
	if ids.Len() != 0 || ids.Strings() == nil || ids.SHA256() != hex.EncodeToString(sumOfNothing[:]) {
		t.Errorf("%d IDs, %v, %s", ids.Len(), ids.Strings(), ids.SHA256())
	}
}

func TestWriteToIsOneIDALine(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(5000)})
	ids, err := newClient(t, server.URL).FollowerIDs(t.Context(), line.FollowerIDsOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	n, err := ids.WriteTo(&b)
	if err != nil || n != int64(b.Len()) || b.String() != strings.Join(ids.Strings(), "\n")+"\n" {
		t.Errorf("wrote %d of %d bytes: %v", n, b.Len(), err)
	}
	if sum := sha256.Sum256(b.Bytes()); ids.SHA256() != hex.EncodeToString(sum[:]) {
		t.Errorf("checksum %s is not that of what was written", ids.SHA256())
	}
	full := &fullDisk{room: 100_000}
	if n, err := ids.WriteTo(full); !errors.Is(err, errFull) || n != 100_000 {
		t.Errorf("on a full disk: %d bytes, %v", n, err)
	}
}

func TestMaxResults(t *testing.T) {
	t.Parallel()
	ids := linetest.UserIDs(25)
	tests := []struct {
		name           string
		pages          [][]string
		max            int
		want, requests int
		truncated      bool
	}{
		{"in the middle of a page", [][]string{ids[:10], ids[10:]}, 5, 5, 1, true},
		{"at the end of a page", [][]string{ids[:10], ids[10:]}, 10, 10, 1, true},
		{"in a later page", [][]string{ids[:10], ids[10:]}, 12, 12, 2, true},
		{"exactly all", [][]string{ids[:10], ids[10:]}, 25, 25, 2, false},
		{"all, and then repeated ones", [][]string{ids, append(slices.Clone(ids[:5]), ids[:5]...)}, 25, 25, 1, true},
		{"repeated ones on the same page", [][]string{append(slices.Clone(ids), ids...)}, 25, 25, 1, false},
		{"more than there are", [][]string{ids[:10], ids[10:]}, 26, 25, 2, false},
		{"only different ones count", [][]string{ids[:10], ids[:10], ids[:12]}, 11, 11, 3, true},
	}
	for _, test := range tests {
		server := start(t, linetest.Config{Token: token, Pages: test.pages})
		got, err := newClient(t, server.URL).FollowerIDs(t.Context(), line.FollowerIDsOptions{MaxResults: test.max})
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if got.Len() != test.want || got.Truncated() != test.truncated || len(server.Requests()) != test.requests {
			t.Errorf("%s: %d IDs, truncated %t, %d requests; want %d, %t, %d", test.name, got.Len(), got.Truncated(),
				len(server.Requests()), test.want, test.truncated, test.requests)
		}
	}
}

func TestPageSize(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(10)})
	client := newClient(t, server.URL)
	var progress []int
	options := line.FollowerIDsOptions{PageSize: 4, Progress: func(n int) { progress = append(progress, n) }}
	if _, err := client.FollowerIDs(t.Context(), options); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(progress, []int{4, 8, 10}) {
		t.Errorf("progress %v", progress)
	}
	for _, options := range []line.FollowerIDsOptions{{PageSize: -1}, {PageSize: 1001}, {MaxResults: -1}} {
		if _, err := client.FollowerIDs(t.Context(), options); err == nil {
			t.Errorf("%+v is accepted", options)
		}
	}
	if got := len(server.Requests()); got != 3 {
		t.Errorf("%d requests, want 3", got)
	}
}

func TestExpiredContinuationStartsOverOnce(t *testing.T) {
	t.Parallel()
	all := linetest.UserIDs(30)
	for _, expiries := range []int{1, 2} {
		server := start(t, linetest.Config{Token: token, Followers: all})
		pages := 0
		options := line.FollowerIDsOptions{PageSize: 10, Progress: func(int) {
			if pages++; pages%2 == 0 && pages/2 <= expiries { // after the second page of a listing
				server.ExpireContinuations()
			}
		}}
		ids, err := newClient(t, server.URL).FollowerIDs(t.Context(), options)
		if expiries == 1 {
			if err != nil || !slices.Equal(ids.Strings(), slices.Sorted(slices.Values(all))) {
				t.Errorf("expired once: %v", err)
			}
			continue
		}
		wantParts(t, err, "Invalid start param", "request id", "started over")
		if got := len(server.Requests()); got != 6 {
			t.Errorf("expired twice: %d requests, want 6", got)
		}
	}
}

func TestInvalidStartOnTheFirstPageIsAnError(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	server.AddFaults(linetest.ErrorFault(http.StatusBadRequest, linetest.MessageInvalidStart))
	_, err := newClient(t, server.URL).FollowerIDs(t.Context(), line.FollowerIDsOptions{})
	wantParts(t, err, "400", "Invalid start param")
	if got := len(server.Requests()); got != 1 {
		t.Errorf("%d requests, want 1", got)
	}
}

func TestCircleOfPagesEnds(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	for _, next := range []string{"a", "b", "a"} {
		server.AddFaults(standin.Fault{Status: 200, Body: `{"userIds":[],"next":"` + next + `"}`})
	}
	_, err := newClient(t, server.URL).FollowerIDs(t.Context(), line.FollowerIDsOptions{})
	wantParts(t, err, "after 3 pages with 0 IDs, the same continuation token came a second time", "request id")
	if got := len(server.Requests()); got != 3 {
		t.Errorf("%d requests, want 3", got)
	}
}

// However many IDs come twice, all pages are read and counted.
func TestManyPagesAreAllRead(t *testing.T) {
	t.Parallel()
	var pages [][]string
	for page := range 400 {
		pages = append(pages, []string{linetest.UserID(page / 2), linetest.UserID(page / 4)})
	}
	server := start(t, linetest.Config{Token: token, Pages: pages})
	var read []int
	ids, err := newClient(t, server.URL).FollowerIDs(t.Context(), line.FollowerIDsOptions{Progress: func(n int) { read = append(read, n) }})
	if err != nil || ids.Len() != 200 || len(read) != 400 || read[399] != 800 || !slices.IsSorted(read) {
		t.Errorf("%v, %v, progress %v", ids, err, read)
	}
}

func TestEmptyNextIsTheEnd(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	server.AddFaults(standin.Fault{Status: 200, Body: `{"userIds":["` + linetest.UserID(1) + `"],"next":""}`})
	ids, err := newClient(t, server.URL).FollowerIDs(t.Context(), line.FollowerIDsOptions{})
	if err != nil || ids.Len() != 1 {
		t.Errorf("got %v", err)
	}
}

func TestBadIDsAreNamed(t *testing.T) {
	t.Parallel()
	good := linetest.UserID(1)
	for _, bad := range []string{
		"", "U", good[1:], good + "0", "C" + good[1:], "U" + strings.Repeat("A", 32), "U" + strings.Repeat("g", 32), good[:32] + "F",
		" " + good[1:], "U" + strings.Repeat("é", 16), "\x1b[31m", strings.Repeat("x", 10_000),
	} {
		server := start(t, linetest.Config{Token: token, Pages: [][]string{{good, bad}}})
		_, err := newClient(t, server.URL).FollowerIDs(t.Context(), line.FollowerIDsOptions{})
		wantParts(t, err, strconv.Quote(bad[:min(len(bad), 200)]), "32 lower-case", "request id")
	}
}

// A 200 is a list of IDs or an error that shows what came.
func TestUnusableAnswers(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ body, want string }{
		"empty":        {"", "empty body"},
		"HTML":         {"<html><title>Sign in</title>" + strings.Repeat("x", 9000), `"<html><title>Sign in`},
		"broken off":   {`{"userIds":["U`, "unexpected end"},
		"no userIds":   {`{}`, "no userIds"},
		"null userIds": {`{"userIds":null}`, "no userIds"},
		"null":         {`null`, "no userIds"},
		"list":         {`[]`, `"[]"`},
		"null ID":      {`{"userIds":[null]}`, `""`},
		"number ID":    {`{"userIds":[1]}`, `[1]`},
		"number next":  {`{"userIds":[],"next":1}`, `\"next\":1`},
		"two":          {`{"userIds":[]}{"userIds":[]}`, "after top-level value"},
		"binary":       {"\x00\x1b[31m\xff", `"\x00\x1b[31m\xff"`},
		"echo":         {"Authorization: Bearer " + token, "Bearer [redacted]"},
	}
	for name, test := range tests {
		server := start(t, linetest.Config{Token: token})
		server.AddFaults(standin.Fault{Status: http.StatusOK, Body: test.body})
		_, err := newClient(t, server.URL).FollowerIDs(t.Context(), line.FollowerIDsOptions{})
		wantParts(t, err, "list follower IDs: ", test.want, "request id ")
		if err != nil && len(err.Error()) > 700 {
			t.Errorf("%s: an error of %d bytes", name, len(err.Error()))
		}
		if got := len(server.Requests()); got != 1 {
			t.Errorf("%s: %d requests, want 1", name, got)
		}
	}
}

func TestPassingFaultsAreOvercome(t *testing.T) {
	t.Parallel()
	all := linetest.UserIDs(30)
	server := start(t, linetest.Config{Token: token, Followers: all})
	server.AddFaults(
		standin.Fault{Reset: true},
		standin.Fault{}, // the first page
		standin.Fault{Truncate: true},
		linetest.ErrorFault(http.StatusTooManyRequests, linetest.MessageRateLimit),
		standin.Fault{Status: http.StatusBadGateway, Body: "<html>"},
	)
	ids, err := newClient(t, server.URL).FollowerIDs(t.Context(), line.FollowerIDsOptions{PageSize: 10})
	if err != nil || !slices.Equal(ids.Strings(), slices.Sorted(slices.Values(all))) {
		t.Errorf("got %v", err)
	}
	if got := len(server.Requests()); got != 7 {
		t.Errorf("%d requests, want 7", got)
	}
}

func TestCancelEndsAListing(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(30)})
	server.AddFaults(standin.Fault{}, standin.Fault{Delay: time.Hour})
	ctx, cancel := context.WithCancel(t.Context())
	options := line.FollowerIDsOptions{PageSize: 10, Progress: func(int) { cancel() }}
	if _, err := newClient(t, server.URL).FollowerIDs(ctx, options); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

var errFull = errors.New("no space left")

// fullDisk takes so many bytes and then fails.
type fullDisk struct{ room int }

func (d *fullDisk) Write(p []byte) (int, error) {
	n := min(d.room, len(p))
	d.room -= n
	if n < len(p) {
		return n, errFull
	}
	return n, nil
}

func start(t testing.TB, config linetest.Config) *linetest.Server {
	t.Helper()
	server := linetest.NewServer(config)
	t.Cleanup(server.Close)
	return server
}

func newClient(t testing.TB, url string) *line.Client {
	t.Helper()
	client, err := line.New(line.Config{
		ChannelAccessToken: token,
		BaseURL:            url,
		HTTP: httpclient.New(httpclient.Config{
			MaxRetries: 4, RetryWaitMin: time.Millisecond, RetryWaitMax: 2 * time.Millisecond,
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func wantParts(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("no error, want one with %q", parts)
		return
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q is not in the error: %v", part, err)
		}
	}
	if strings.Contains(err.Error(), token) {
		t.Errorf("the token is in the error")
	}
}
