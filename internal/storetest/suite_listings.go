package storetest

import (
	"testing"

	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const templateA = "default/webhook-templates/a.json"

// testIncompleteListing: what a listing omits is there until a look says otherwise, and only once is looked.
func testIncompleteListing(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), &faults{Backend: newBackend(t)}
	first := Must(ts.Create(ctx, ts.New(backend, ""), "a", Template("1")))(t)
	listed := Must(ts.Create(ctx, ts.New(backend, ""), "listed", Template("2")))(t)
	backend.omits = []string{templateA}

	store := ts.New(backend, "")
	content, revision, err := ts.Read[ts.WebhookTemplate](ctx, store, "a", first)
	if content != nil || revision != first || err != nil {
		t.Fatalf("unchanged: got %v, %+v, %v", content, revision, err)
	}
	gets := backend.gets.Load()
	if _, revision, err = ts.Read[ts.WebhookTemplate](ctx, store, "a", first); revision != first || err != nil || backend.gets.Load() != gets {
		t.Fatalf("again: got %+v, %v, and %d more reads", revision, err, backend.gets.Load()-gets)
	}
	if _, _, err := ts.Read[ts.WebhookTemplate](ctx, store, "listed", listed); err != nil {
		t.Fatal(err)
	}
	if !store.Unlisted(ts.WebhookTemplates, "a") || store.Unlisted(ts.WebhookTemplates, "listed") ||
		store.Unlisted(ts.LineCampaignBodies, "a") {
		t.Error("the listing omits a, and the others it does not")
	}
	content, revision, err = ts.Read[ts.WebhookTemplate](ctx, ts.New(backend, ""), "a", ts.Revision{})
	if err != nil || content.DestinationURL != "1" || revision != first {
		t.Fatalf("an import: got %+v, %+v, %v", content, revision, err)
	}
	second := Must(ts.Replace(ctx, ts.New(backend, ""), "a", Template("3"), first))(t)
	content, revision, err = ts.Read[ts.WebhookTemplate](ctx, ts.New(backend, ""), "a", first)
	if err != nil || content == nil || content.DestinationURL != "3" || revision != second {
		t.Fatalf("changed: got %+v, %+v, %v", content, revision, err)
	}
	_, err = ts.Create(ctx, ts.New(backend, ""), "a", Template("4"))
	WantReason(t, err, ts.NameTaken)
	if err := ts.Delete[ts.WebhookTemplate](ctx, store, "a", second); err != nil {
		t.Fatal(err)
	}
	for _, store := range []*ts.Store{store, ts.New(backend, "")} {
		_, _, err = ts.Read[ts.WebhookTemplate](ctx, store, "a", second)
		WantReason(t, err, ts.NotFound)
	}
	if store := ts.New(backend, ""); store.Unlisted(ts.WebhookTemplates, "a") {
		t.Error("a listing that is right is called incomplete")
	}

	backend.onGet = func(key string) error {
		if key == templateA {
			return errLost
		}
		return nil
	}
	_, _, err = ts.Read[ts.WebhookTemplate](ctx, ts.New(backend, ""), "a", second)
	WantReason(t, err, ts.Unavailable, "a.json: cannot be read: connection reset")
}

func testTaken(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), &faults{Backend: newBackend(t)}
	taken := func(name string) bool {
		t.Helper()
		return Must(ts.Taken[ts.WebhookTemplate](ctx, ts.New(backend, ""), name))(t)
	}
	if taken("a") {
		t.Error("a name is taken in a store that does not exist")
	}
	known := Must(ts.Create(ctx, ts.New(backend, ""), "a", Template("")))(t)
	Must(ts.Create(ctx, ts.New(backend, ""), "b", FullBody()))(t)
	if !taken("a") || taken("b") {
		t.Error("a is taken, and b is not: that is another kind")
	}

	// A listing may be older than the last deletion.
	backend.extra = []ts.Entry{{Key: "default/webhook-templates/gone.json", ETag: "x"}}
	store := ts.New(backend, "")
	backend.gets.Store(0)
	for range 2 {
		if Must(ts.Taken[ts.WebhookTemplate](ctx, store, "gone"))(t) {
			t.Error("what is gone takes its name")
		}
	}
	for _, free := range []string{"c", "d", "e"} {
		if Must(ts.Taken[ts.WebhookTemplate](ctx, store, free))(t) {
			t.Errorf("%s is taken", free)
		}
	}
	if lists, gets := backend.lists.Load(), backend.gets.Load(); gets != 2 {
		t.Errorf("%d listings and %d reads, want one for what is gone and one for the identity", lists, gets)
	}
	Must(ts.Create(ctx, store, "gone", Template("")))(t)
	if err := ts.Delete[ts.WebhookTemplate](ctx, store, "a", known); err != nil {
		t.Fatal(err)
	}
	if !Must(ts.Taken[ts.WebhookTemplate](ctx, store, "gone"))(t) || Must(ts.Taken[ts.WebhookTemplate](ctx, store, "a"))(t) {
		t.Error("own writes do not show")
	}

	// As a file system that does not tell upper from lower case answers.
	Plant(t, backend, Bodies+"A.json", []byte(MinimalBody))
	_, err := ts.Taken[ts.LineCampaignBody](ctx, ts.New(backend, ""), "A")
	WantReason(t, err, ts.Damaged, "A.json", "upper from lower case")
	Plant(t, backend, Bodies+"b.json", []byte("<<<<<<< HEAD"))
	if !Must(ts.Taken[ts.LineCampaignBody](ctx, ts.New(backend, ""), "b"))(t) {
		t.Error("what is damaged takes its name")
	}
	_, err = ts.Taken[ts.LineCampaignBody](ctx, ts.New(backend, ""), "a\u200b")
	WantReason(t, err, ts.Invalid, "U+200B")
	remove(t, backend, ts.IdentityKey)
	_, err = ts.Taken[ts.LineCampaignBody](ctx, ts.New(backend, ""), "b")
	WantReason(t, err, ts.Damaged, ts.IdentityKey)
	backend.reads = errLost
	_, err = ts.Taken[ts.WebhookTemplate](ctx, ts.New(backend, ""), "a")
	WantReason(t, err, ts.Unavailable, "cannot be listed: connection reset")
}
