package line

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// serve serves pages without an end, each with a continuation that never was before; ids says what page n, from 1, holds.
func serve(t *testing.T, ids func(page int64) string) (*Client, *atomic.Int64) {
	t.Helper()
	var pages atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		n := pages.Add(1)
		fmt.Fprintf(w, `{"userIds":[%s],"next":"%d"}`, ids(n), n)
	}))
	t.Cleanup(server.Close)
	client, err := New(Config{ChannelAccessToken: "token", BaseURL: server.URL, HTTP: httpclient.New(httpclient.Config{})})
	if err != nil {
		t.Fatal(err)
	}
	return client, &pages
}

// endless serves pages of an ID, or of none; withID says which.
func endless(t *testing.T, withID func(page int64) bool) (*Client, *atomic.Int64) {
	t.Helper()
	return serve(t, func(page int64) string {
		if !withID(page) {
			return ""
		}
		return `"U` + strings.Repeat("0", 32) + `"`
	})
}

func TestPagesWithoutIDsEnd(t *testing.T) {
	t.Parallel()
	const before = 5 // pages with an ID, and one between those without
	client, pages := endless(t, func(page int64) bool { return page <= before || page == before+mostEmptyPages })
	_, err := client.FollowerIDs(t.Context(), FollowerIDsOptions{})
	want := fmt.Sprintf("list follower IDs: after %d pages with %d IDs, the last %d pages held none, and LINE says that there are more: "+
		"its pages do not end (no request id)", before+2*mostEmptyPages, before+1, mostEmptyPages)
	if err == nil || err.Error() != want || pages.Load() != before+2*mostEmptyPages {
		t.Errorf("after %d pages: %v, want %s", pages.Load(), err, want)
	}
}

// Pages that hold the same IDs again and again end after twice as many as there were, and are not taken for the end.
func TestPagesWithoutNewIDsEnd(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ fresh, want int }{{1, 256}, {127, 256}, {128, 256}, {129, 512}, {256, 512}} {
		client, pages := serve(t, func(page int64) string { return fmt.Sprintf(`"U%032x"`, min(page, int64(test.fresh))) })
		_, err := client.FollowerIDs(t.Context(), FollowerIDsOptions{})
		want := fmt.Sprintf("after %d pages with %[1]d IDs, the last %d pages held none that is new, and", test.want, test.want/2)
		if err == nil || !strings.Contains(err.Error(), want) || pages.Load() != int64(test.want) {
			t.Errorf("%d with an ID that is new: after %d pages: %v, want %s", test.fresh, pages.Load(), err, want)
		}
	}
}

func TestPagesAndIDsAreBounded(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ pages, ids, want int }{{20, 99, 20}, {99, 20, 21}} {
		client, pages := serve(t, func(page int64) string { return fmt.Sprintf(`"U%032x"`, page) })
		_, err := client.listFollowers(t.Context(), FollowerIDsOptions{}, test.pages, test.ids)
		want := fmt.Sprintf("after %d pages with %[1]d IDs, which is more than there can be, and", test.want)
		if err == nil || !strings.Contains(err.Error(), want) || pages.Load() != int64(test.want) {
			t.Errorf("after %d pages: %v, want %s", pages.Load(), err, want)
		}
	}
}

// Whoever waits says how long.
func TestEndlessPagesEndWithTheContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	client, pages := serve(t, func(page int64) string {
		if page == 20 {
			cancel()
		}
		return fmt.Sprintf(`"U%032x"`, page)
	})
	if _, err := client.FollowerIDs(ctx, FollowerIDsOptions{}); !errors.Is(err, context.Canceled) || pages.Load() != 20 {
		t.Errorf("after %d pages: %v", pages.Load(), err)
	}
}

// Each page has a name and a continuation that never was before.
func TestPagesOfUnitNamesEnd(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string // on each page
		pages int64
		want  string
	}{
		{`"a"`, mostUnitPages, "which is more than there can be"},
		{"", mostEmptyPages, "the last 100 pages held none"},
	} {
		var pages atomic.Int64
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, `{"customAggregationUnits":[%s],"next":"%d"}`, test.name, pages.Add(1))
		}))
		t.Cleanup(server.Close)
		client, err := New(Config{ChannelAccessToken: "token", BaseURL: server.URL, HTTP: httpclient.New(httpclient.Config{})})
		if err != nil {
			t.Fatal(err)
		}
		_, err = client.UnitNames(t.Context())
		if err == nil || !strings.Contains(err.Error(), test.want) || pages.Load() != test.pages {
			t.Errorf("after %d pages: %v, want %s", pages.Load(), err, test.want)
		}
	}
}
