package line

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// endless serves pages of an ID, or of none, each with a continuation that never was before; withID says which.
func endless(t *testing.T, withID func(page int64) bool) (*Client, *atomic.Int64) {
	t.Helper()
	var pages atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		n, ids := pages.Add(1), ""
		if withID(n) {
			ids = `"U` + strings.Repeat("0", 32) + `"`
		}
		fmt.Fprintf(w, `{"userIds":[%s],"next":"%d"}`, ids, n)
	}))
	t.Cleanup(server.Close)
	client, err := New(Config{ChannelAccessToken: "token", BaseURL: server.URL, HTTP: httpclient.New(httpclient.Config{})})
	if err != nil {
		t.Fatal(err)
	}
	return client, &pages
}

func TestPagesWithoutIDsEnd(t *testing.T) {
	t.Parallel()
	const before = 5 // pages with an ID, and one between those without
	client, pages := endless(t, func(page int64) bool { return page <= before || page == before+mostEmptyPages })
	_, err := client.FollowerIDs(t.Context(), FollowerIDsOptions{})
	want := fmt.Sprintf("list follower IDs: LINE sent %d IDs, the last %d pages without any, and says that there are more: "+
		"its pages do not end (no request id)", before+1, mostEmptyPages)
	if err == nil || err.Error() != want || pages.Load() != before+2*mostEmptyPages {
		t.Errorf("after %d pages: %v, want %s", pages.Load(), err, want)
	}
}

func TestIDsEnd(t *testing.T) {
	t.Parallel()
	client, pages := endless(t, func(int64) bool { return true })
	_, err := client.listFollowers(t.Context(), FollowerIDsOptions{}, 20)
	if err == nil || !strings.Contains(err.Error(), "LINE sent 21 IDs, the last 0 pages without any") || pages.Load() != 21 {
		t.Errorf("after %d pages: %v", pages.Load(), err)
	}
}
