package httpclient

import (
	"net/http"
	"slices"
	"testing"
	"time"
)

func TestRetryAfterIsWaitedFor(t *testing.T) {
	t.Parallel()
	tests := map[string]func() (header string, earliest time.Time){
		"seconds": func() (string, time.Time) { return "1", time.Now().Add(time.Second) },
		"date": func() (string, time.Time) {
			date := time.Now().Add(2 * time.Second).Truncate(time.Second)
			return date.UTC().Format(http.TimeFormat), date
		},
	}
	for name, ask := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var earliest, came time.Time
			server := newServer(t, nil)
			server.handler = func(w http.ResponseWriter, _ *http.Request) {
				if server.hits.Load() > 1 {
					came = time.Now()
					return
				}
				var header string
				header, earliest = ask()
				w.Header().Set("Retry-After", header)
				w.WriteHeader(http.StatusTooManyRequests)
			}
			response, err := New(retrying(1)).Do(t.Context(), get(server.URL))
			if err != nil || response.StatusCode != http.StatusOK {
				t.Fatalf("got %v, %v", response, err)
			}
			if came.Before(earliest) {
				t.Errorf("came back %s too early", earliest.Sub(came))
			}
		})
	}
}

func TestLongRetryAfterIsLeftToTheCaller(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"61", "4294967295", time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)} {
		server := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", value)
			w.WriteHeader(http.StatusTooManyRequests)
		})
		response, err := New(retrying(3)).Do(t.Context(), get(server.URL))
		if err != nil || response.StatusCode != http.StatusTooManyRequests || server.hits.Load() != 1 {
			t.Errorf("Retry-After %s: got %v, %v after %d attempts", value, response, err, server.hits.Load())
		}
	}
}

func TestHowLongIsTooLong(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		longestPause time.Duration
		value        string
		want         bool
	}{
		{0, "60", false}, {0, "61", true}, {59 * time.Second, "60", false}, {2 * time.Minute, "120", false}, {2 * time.Minute, "121", true},
		{0, "", false}, {0, "0", false}, {0, "-61", false}, {0, "4294967295", true},
		{0, "4294967296", false}, // more than a server can mean: no number of seconds, and no date
		{0, "61.5", false}, {0, " 61", false},
	} {
		c := &call{client: New(Config{RetryWaitMax: test.longestPause})}
		if got := c.tooLong(http.Header{"Retry-After": {test.value}}); got != test.want {
			t.Errorf("Retry-After %q with pauses of up to %s: too long is %t", test.value, test.longestPause, got)
		}
	}
	c := &call{client: New(Config{})}
	for after, want := range map[time.Duration]bool{-time.Hour: false, 58 * time.Second: false, 63 * time.Second: true} {
		date := time.Now().Add(after).UTC().Format(http.TimeFormat)
		if got := c.tooLong(http.Header{"Retry-After": {date}}); got != want {
			t.Errorf("in %s: too long is %t", after, got)
		}
	}
}

func TestWhatIsTransient(t *testing.T) {
	t.Parallel()
	var transient []int
	for status := range 1000 {
		if TransientStatus(status) {
			transient = append(transient, status)
		}
	}
	if want := []int{429, 500, 502, 503, 504}; !slices.Equal(transient, want) {
		t.Errorf("%v, want %v", transient, want)
	}
}

func TestBackoff(t *testing.T) {
	t.Parallel()
	const shortest, longest = 100 * time.Millisecond, time.Second
	asking := func(value string) *http.Response {
		return &http.Response{Header: http.Header{"Retry-After": {value}}}
	}
	tests := []struct {
		name          string
		attempt       int
		response      *http.Response
		atLeast, most time.Duration
	}{
		{"first", 0, nil, 50 * time.Millisecond, 100 * time.Millisecond},
		{"doubled", 1, nil, 100 * time.Millisecond, 200 * time.Millisecond},
		{"bounded", 10, nil, 500 * time.Millisecond, longest},
		{"beyond counting", 5000, nil, 500 * time.Millisecond, longest},
		{"asked", 0, asking("30"), 30 * time.Second, 30 * time.Second},
		{"asked for less", 0, asking("0"), 50 * time.Millisecond, 100 * time.Millisecond},
		{"date gone by", 0, asking("Mon, 02 Jan 2006 15:04:05 GMT"), 50 * time.Millisecond, 100 * time.Millisecond},
		{"nonsense", 0, asking("soon"), 50 * time.Millisecond, 100 * time.Millisecond},
		{"negative", 0, asking("-5"), 50 * time.Millisecond, 100 * time.Millisecond},
	}
	for _, test := range tests {
		least := test.most
		for range 100 {
			wait := backoff(shortest, longest, test.attempt, test.response)
			if wait < test.atLeast || wait > test.most {
				t.Fatalf("%s: %s, want %s to %s", test.name, wait, test.atLeast, test.most)
			}
			least = min(least, wait)
		}
		if least > test.atLeast+(test.most-test.atLeast)*3/10 {
			t.Errorf("%s: of 100 pauses none is below %s", test.name, least)
		}
	}
	if wait := backoff(0, 0, 3, nil); wait != 0 {
		t.Errorf("no pause configured, got %s", wait)
	}
}
