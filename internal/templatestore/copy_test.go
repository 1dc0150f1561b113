package templatestore_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

func localIn(t *testing.T) ts.Backend {
	t.Helper()
	return ts.NewLocal(filepath.Join(t.TempDir(), "store"))
}

// TestCopy moves house from a folder to a bucket to a server and back, with a state that knows only the first.
func TestCopy(t *testing.T) {
	t.Parallel()
	first := localIn(t)
	names := []string{"LINE push", "ようこそ", "..", "a/b", strings.Repeat("長い名前", 60)}
	known := map[string]ts.Revision{}
	for _, name := range names {
		known[name] = storetest.Must(ts.Create(t.Context(), ts.New(first, "W9R/1"), name, storetest.FullTemplate()))(t)
	}
	storetest.Must(ts.Create(t.Context(), ts.New(first, ""), "welcome", storetest.FullBody()))(t)
	storetest.Plant(t, first, storetest.Bodies+"damaged.json", []byte("<html>"))
	storetest.Must(ts.Enter(t.Context(), ts.New(first, "W9R/1"), ts.WebhookTemplates, "a/b", ts.Entering{By: "a"}))(t)
	storetest.Plant(t, first, "default/receipts/line-campaign-bodies/deleted.json", []byte("<html>"))

	from := first
	for _, to := range []ts.Backend{
		storetest.Must(ts.NewS3(t.Context(), storetest.StartS3(t).Config()))(t),
		openHTTP(t, startHTTP(t, storetest.ServerConfig{Token: token, PageSize: 2}).Address),
		localIn(t),
	} {
		const documents, receipts = 7, 2
		for range 2 { // the second finds all done
			if copied, also, err := ts.Copy(t.Context(), from, to); copied != documents || also != receipts || err != nil {
				t.Fatalf("from %s to %s: %d, %d, %v", from.Location(""), to.Location(""), copied, also, err)
			}
		}
		from = to
		store := ts.New(to, "W9R/1")
		for _, name := range names {
			content, revision, err := ts.Read[ts.WebhookTemplate](t.Context(), store, name, known[name])
			if err != nil || content != nil && content.DestinationURL != storetest.FullTemplate().DestinationURL ||
				revision.StoreID != known[name].StoreID {
				t.Fatalf("%q in %s: %+v, %+v, %v", name, to.Location(""), content, revision, err)
			}
			known[name] = revision
		}
		changed := storetest.Must(ts.Replace(t.Context(), store, "..", storetest.Template("2"), known[".."]))(t)
		known[".."] = storetest.Must(ts.Replace(t.Context(), store, "..", storetest.FullTemplate(), changed))(t)
		found, err := ts.Contents(t.Context(), to)
		if found.StoreID != known[".."].StoreID || len(found.Documents) != documents || len(found.Receipts) != receipts || err != nil {
			t.Fatalf("%s has %+v, %v", to.Location(""), found, err)
		}
		receipt, _, err := ts.ReadReceipt(t.Context(), store, ts.WebhookTemplates, "a/b", "")
		if err != nil || receipt == nil || receipt.By != "a" {
			t.Fatalf("%s has the receipt %+v, %v", to.Location(""), receipt, err)
		}
		for _, item := range found.Documents {
			if item.Account == "W9R/1" && !slices.Contains(names, item.Name) || item.ETag == "" {
				t.Errorf("%+v", item)
			}
		}
	}
}

func TestCopyRefuses(t *testing.T) {
	t.Parallel()
	source, empty, other := localIn(t), localIn(t), localIn(t)
	storetest.Must(ts.Create(t.Context(), ts.New(source, ""), "a", storetest.Template("")))(t)
	storetest.Must(ts.Create(t.Context(), ts.New(other, ""), "b", storetest.Template("")))(t)
	_, _, err := ts.Copy(t.Context(), empty, other)
	storetest.WantReason(t, err, ts.StoreMissing, empty.Location(""))
	_, _, err = ts.Copy(t.Context(), source, other)
	storetest.WantReason(t, err, ts.OtherStore, other.Location(ts.IdentityKey), "another store")

	const key = "default/webhook-templates/a.json"
	strange := localIn(t)
	storetest.Plant(t, strange, key, []byte("{}"))
	_, _, err = ts.Copy(t.Context(), source, strange)
	storetest.WantReason(t, err, ts.Changed, strange.Location(key), "differs")
	if data, _, err := strange.Get(t.Context(), key); string(data) != "{}" || err != nil {
		t.Errorf("it was overwritten with %q, %v", data, err)
	}
	storetest.Plant(t, empty, "default/webhook-templates/more.json", []byte("{}"))
	_, _, err = ts.Copy(t.Context(), source, empty)
	storetest.WantReason(t, err, ts.Changed, "more.json", "is not in the store to be copied")
	entered := localIn(t)
	storetest.Plant(t, entered, "default/receipts/webhook-templates/a.json", []byte("{}"))
	_, _, err = ts.Copy(t.Context(), source, entered)
	storetest.WantReason(t, err, ts.Changed, "receipts", "is not in the store to be copied")
}

// interrupted ends all writes after some.
type interrupted struct {
	ts.Backend
	left atomic.Int64
	stop func()
}

func (i *interrupted) Put(ctx context.Context, key string, data []byte, etag string) (string, error) {
	if i.left.Add(-1) < 0 {
		i.stop()
	}
	return i.Backend.Put(ctx, key, data, etag)
}

// TestCopyIsInterrupted: what has no identity is no store, and is finished by the next copy.
func TestCopyIsInterrupted(t *testing.T) {
	t.Parallel()
	source, target := localIn(t), localIn(t)
	known := fill(t, source, 40, storetest.FullTemplate())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	interrupted := &interrupted{Backend: target, stop: cancel}
	interrupted.left.Store(10)
	_, _, err := ts.Copy(ctx, source, interrupted)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if found, err := ts.Contents(t.Context(), target); len(found.Documents) == 0 || len(found.Documents) == 40 || err != nil {
		t.Fatalf("%d documents arrived, %v", len(found.Documents), err)
	}
	_, _, err = ts.Read[ts.WebhookTemplate](t.Context(), ts.New(target, ""), "name 0", known["name 0"])
	storetest.WantReason(t, err, ts.StoreMissing)
	if documents, _, err := ts.Copy(t.Context(), source, target); documents != 40 || err != nil {
		t.Fatalf("%d, %v", documents, err)
	}
	refresh[ts.WebhookTemplate](t, target, known)
}

// busy is a source that somebody writes to between two listings.
type busy struct {
	ts.Backend
	lists int
	write func()
}

func (b *busy) List(ctx context.Context, prefix string) ([]ts.Entry, error) {
	if b.lists++; b.lists == 2 {
		b.write()
	}
	return b.Backend.List(ctx, prefix)
}

func TestCopyOfABusyStore(t *testing.T) {
	t.Parallel()
	source, target := localIn(t), localIn(t)
	known := storetest.Must(ts.Create(t.Context(), ts.New(source, ""), "a", storetest.Template("1")))(t)
	_, _, err := ts.Copy(t.Context(), &busy{Backend: source, write: func() {
		storetest.Must(ts.Replace(t.Context(), ts.New(source, ""), "a", storetest.Template("2"), known))(t)
	}}, target)
	storetest.WantReason(t, err, ts.Changed, "while it was copied", "has no identity")
	if found, err := ts.Contents(t.Context(), target); found.StoreID != "" || err != nil {
		t.Errorf("the target is the store %s, %v", found.StoreID, err)
	}
}

func TestReadRaw(t *testing.T) {
	t.Parallel()
	backend := localIn(t)
	storetest.Plant(t, backend, storetest.Bodies+"a.json", []byte("<html>"))
	store := ts.New(backend, "")
	if data, err := ts.ReadRaw(t.Context(), store, ts.LineCampaignBodies, "a"); string(data) != "<html>" || err != nil {
		t.Errorf("%q, %v", data, err)
	}
	_, err := ts.ReadRaw(t.Context(), store, ts.WebhookTemplates, "a")
	storetest.WantReason(t, err, ts.NotFound)
	_, err = ts.ReadRaw(t.Context(), store, "bodies", "a")
	storetest.WantReason(t, err, ts.Invalid, "webhook-templates, line-campaign-bodies, linked-content and line-linked-messages")
}
