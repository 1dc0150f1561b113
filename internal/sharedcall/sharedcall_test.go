package sharedcall_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/sharedcall"
)

func TestShared(t *testing.T) {
	t.Parallel()
	failure := errors.New("refused")
	for _, want := range []error{nil, failure} {
		synctest.Test(t, func(t *testing.T) {
			var group sharedcall.Group[int]
			var calls, agree atomic.Int32
			release := make(chan struct{})
			for range 5 {
				go func() {
					got, err := group.Do(t.Context(), "a", func() (int, error) {
						calls.Add(1)
						<-release
						return 7, want
					})
					if got == 7 && errors.Is(err, want) {
						agree.Add(1)
					}
				}()
			}
			synctest.Wait()
			if other, err := group.Do(t.Context(), "b", func() (int, error) { return 8, nil }); other != 8 || err != nil {
				t.Errorf("another key gives %d, %v", other, err)
			}
			close(release)
			synctest.Wait()
			if calls.Load() != 1 || agree.Load() != 5 {
				t.Errorf("%v: %d calls, %d agree", want, calls.Load(), agree.Load())
			}
		})
	}
}

// Whoever goes away takes nobody along, and who waits waits no longer than they want to.
func TestCallerGone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var group sharedcall.Group[string]
		first, leave := context.WithCancel(t.Context())
		impatient, give := context.WithCancel(t.Context())
		wait := func(ctx context.Context) func() (string, error) {
			return func() (string, error) { <-ctx.Done(); return "", errors.New("broken off") }
		}
		errs := make(chan error, 2)
		go func() { _, err := group.Do(first, "a", wait(first)); errs <- err }()
		synctest.Wait()
		go func() {
			_, err := group.Do(impatient, "a", func() (string, error) { t.Error("it was called"); return "", nil })
			errs <- err
		}()
		synctest.Wait()
		give()
		if err := <-errs; !errors.Is(err, context.Canceled) {
			t.Errorf("who gives up gets %v", err)
		}
		others := make(chan string, 2)
		for range 2 {
			go func() {
				got, _ := group.Do(t.Context(), "a", func() (string, error) { return "taken up", nil })
				others <- got
			}()
		}
		synctest.Wait()
		leave()
		if err := <-errs; !errors.Is(err, context.Canceled) {
			t.Errorf("who goes gets %v", err)
		}
		for range 2 {
			if got := <-others; got != "taken up" {
				t.Errorf("who stays gets %q", got)
			}
		}
	})
}
