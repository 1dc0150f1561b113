package clevertap_test

import (
	"context"
	"errors"
	"iter"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// small yields n batches of ten records.
func small(n int) iter.Seq2[[]clevertap.Record, error] {
	return func(yield func([]clevertap.Record, error) bool) {
		for i := range n {
			if !yield(records(10*i, 10*i+10), nil) {
				return
			}
		}
	}
}

func TestUploadAllThroughAStorm(t *testing.T) {
	t.Parallel()
	const n = 200
	server := start(t, clevertaptest.Config{MaxUploads: 5, Latency: time.Millisecond}) // the client uses 15
	for range 20 {
		server.AddFaults(standin.Fault{Reset: true, Done: true}, standin.Fault{Status: 503},
			standin.Fault{Truncate: true}, clevertaptest.FailureFault(429, clevertaptest.MessageTooMany))
	}
	server.Refuse("user-777", clevertaptest.CodeOther, "Miscellaneous server error. ")
	client := newClient(t, server.URL, func(config *clevertap.Config) { config.HTTP.MaxRetries = 1000 })
	var reported []int
	refused := map[int][]clevertap.Refusal{}
	err := client.UploadAll(t.Context(), small(n), func(index int, result clevertap.UploadResult) error {
		reported = append(reported, index)
		if len(result.Refused) > 0 {
			refused[index] = result.Refused
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(reported)
	for i := range n {
		if len(reported) != n || reported[i] != i {
			t.Fatalf("reported %v, want each of %d once", reported, n)
		}
	}
	want := wantProfiles(10 * n)
	delete(want, "user-777")
	if got := server.Profiles(); !reflect.DeepEqual(got, want) {
		t.Errorf("%d profiles that differ from the %d wanted", len(got), len(want))
	}
	if len(refused) != 1 || len(refused[77]) != 1 || refused[77][0].Index != 7 {
		t.Errorf("refused %v", refused)
	}
}

func TestUploadAllUsesItsPlacesAndNoMore(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ set, want int }{"default": {0, 15}, "set": {4, 4}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := start(t, clevertaptest.Config{})
			client := newClient(t, server.URL, func(config *clevertap.Config) { config.UploadConcurrency = test.set })
			var pulled int
			err := whileServerHangs(t, server, test.want, func(ctx context.Context) error {
				return client.UploadAll(ctx, endless(&pulled), func(int, clevertap.UploadResult) error { return nil })
			})
			if got := len(server.Requests()); got != test.want || !errors.Is(err, context.Canceled) {
				t.Errorf("%d uploads at a time, want %d: %v", got, test.want, err)
			}
			if pulled > 2*test.want+1 {
				t.Errorf("%d batches were pulled while %d were under way", pulled, test.want)
			}
		})
	}
}

func TestUploadAllOfNothing(t *testing.T) {
	t.Parallel()
	server := start(t, clevertaptest.Config{})
	err := newClient(t, server.URL).UploadAll(t.Context(), small(0), func(int, clevertap.UploadResult) error {
		t.Error("a batch is reported")
		return nil
	})
	if err != nil || len(server.Requests()) != 0 {
		t.Errorf("%d requests: %v", len(server.Requests()), err)
	}
}

// endless yields batches for as long as it is asked, and counts them.
func endless(pulled *int) iter.Seq2[[]clevertap.Record, error] {
	return func(yield func([]clevertap.Record, error) bool) {
		for *pulled = 0; yield(records(*pulled, *pulled+1), nil); {
			*pulled++
		}
	}
}

var errHere = errors.New("here it ends")

func TestUploadAllStopsAtTheFirstError(t *testing.T) {
	t.Parallel()
	t.Run("of an upload", func(t *testing.T) {
		t.Parallel()
		server := start(t, clevertaptest.Config{Latency: time.Millisecond})
		client := newClient(t, server.URL)
		var pulled, reported int
		err := client.UploadAll(t.Context(), endless(&pulled), func(int, clevertap.UploadResult) error {
			if reported++; reported == 20 {
				server.AddFaults(clevertaptest.FailureFault(401, clevertaptest.MessageUnauthorized))
			}
			return nil
		})
		wantParts(t, err, "batch ", "Account ID is not valid")
		// All but the refused one were stored, and what was stored was reported.
		if stored := len(server.Profiles()); stored != reported || len(server.Requests()) != reported+1 {
			t.Errorf("%d stored, %d reported, %d requests", stored, reported, len(server.Requests()))
		}
	})
	t.Run("with one that waits for room", func(t *testing.T) {
		t.Parallel()
		server := start(t, clevertaptest.Config{Latency: 200 * time.Millisecond}) // the second is under way when the first is told
		refused := clevertaptest.FailureFault(401, clevertaptest.MessageUnauthorized)
		refused.Delay = 50 * time.Millisecond // meanwhile a second batch waits for its turn, and a third for room
		server.AddFaults(refused)
		client := newClient(t, server.URL, func(config *clevertap.Config) { config.UploadConcurrency = 1 })
		var pulled int
		err := client.UploadAll(t.Context(), endless(&pulled), func(int, clevertap.UploadResult) error { return nil })
		wantParts(t, err, "batch ", "Account ID is not valid")
		if got := len(server.Requests()); got > 2 {
			t.Errorf("%d requests, want no more than were under way", got)
		}
	})
	t.Run("of a report", func(t *testing.T) {
		t.Parallel()
		server := start(t, clevertaptest.Config{})
		var pulled, reported int
		err := newClient(t, server.URL).UploadAll(t.Context(), endless(&pulled), func(int, clevertap.UploadResult) error {
			if reported++; reported == 3 {
				return errHere
			}
			return nil
		})
		if !errors.Is(err, errHere) || len(server.Profiles()) != reported {
			t.Errorf("%d stored, %d reported: %v", len(server.Profiles()), reported, err)
		}
	})
	t.Run("of the batches", func(t *testing.T) {
		t.Parallel()
		server := start(t, clevertaptest.Config{})
		reported := 0
		err := newClient(t, server.URL).UploadAll(t.Context(), func(yield func([]clevertap.Record, error) bool) {
			if yield(records(0, 1), nil) && yield(nil, errHere) {
				t.Error("asked for more after an error")
			}
		}, func(int, clevertap.UploadResult) error {
			reported++
			return nil
		})
		if !errors.Is(err, errHere) || len(server.Profiles()) != reported {
			t.Errorf("%d stored, %d reported: %v", len(server.Profiles()), reported, err)
		}
	})
	t.Run("of the context", func(t *testing.T) {
		t.Parallel()
		server := start(t, clevertaptest.Config{})
		ctx, cancel := context.WithCancel(t.Context())
		var pulled, reported int
		err := newClient(t, server.URL).UploadAll(ctx, endless(&pulled), func(int, clevertap.UploadResult) error {
			if reported++; reported == 5 {
				cancel()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("after %d reports: %v", reported, err)
		}
	})
}
