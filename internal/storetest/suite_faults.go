package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

var errLost = errors.New("connection reset")

// faults is a backend with troubles: whatever is set to an error fails with it, before or after the deed.
type faults struct {
	ts.Backend
	before, after error
	reads         error
	// keysOnly makes listings as a remote store gives them, without contents.
	keysOnly bool
	// omits are keys that listings lack, and extra is what they have though nothing is there.
	omits       []string
	extra       []ts.Entry
	lists, gets atomic.Int64
	onList      func(context.Context) error
	onGet       func(key string) error
	// meanwhile is done before the next write.
	meanwhile func()
}

func (f *faults) List(ctx context.Context, prefix string) ([]ts.Entry, error) {
	f.lists.Add(1)
	if f.onList != nil {
		if err := f.onList(ctx); err != nil {
			return nil, err
		}
	}
	if f.reads != nil {
		return nil, f.reads
	}
	entries, err := f.Backend.List(ctx, prefix)
	entries = slices.DeleteFunc(entries, func(e ts.Entry) bool { return slices.Contains(f.omits, e.Key) })
	for _, entry := range f.extra {
		if strings.HasPrefix(entry.Key, prefix) {
			entries = append(entries, entry)
		}
	}
	for i := range entries {
		if f.keysOnly {
			entries[i].Data = nil
		}
	}
	return entries, err
}

func (f *faults) Get(ctx context.Context, key string) ([]byte, string, error) {
	f.gets.Add(1)
	if f.onGet != nil {
		if err := f.onGet(key); err != nil {
			return nil, "", err
		}
	}
	if f.reads != nil {
		return nil, "", f.reads
	}
	return f.Backend.Get(ctx, key)
}

func (f *faults) Put(ctx context.Context, key string, data []byte, etag string) (string, error) {
	if f.meanwhile != nil {
		f.meanwhile()
	}
	if f.before != nil {
		return "", f.before
	}
	etag, err := f.Backend.Put(ctx, key, data, etag)
	if f.after != nil {
		return "", f.after
	}
	return etag, err
}

func (f *faults) Delete(ctx context.Context, key, etag string) error {
	if f.meanwhile != nil {
		f.meanwhile()
	}
	if f.before != nil {
		return f.before
	}
	err := f.Backend.Delete(ctx, key, etag)
	if f.after != nil {
		return f.after
	}
	return err
}

// testLostAnswers: the deed is done and the answer is an error, or the refusal of the backend's own repetition.
func testLostAnswers(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx := t.Context()
	for _, answer := range []error{errLost, ts.ErrCondition} {
		backend := &faults{Backend: newBackend(t), after: answer}
		store := ts.New(backend, "")
		first, err := ts.Create(ctx, store, "a", Template("1"))
		if err != nil {
			t.Fatalf("create, answered %v: %v", answer, err)
		}
		second, err := ts.Replace(ctx, store, "a", Template("2"), first)
		if err != nil {
			t.Fatalf("replace, answered %v: %v", answer, err)
		}
		_, revision, err := ts.Read[ts.WebhookTemplate](ctx, ts.New(backend, ""), "a", second)
		if revision != second || err != nil {
			t.Fatalf("after a lost answer: got %+v, %v", revision, err)
		}
		if err := ts.Delete[ts.WebhookTemplate](ctx, store, "a", second); err != nil {
			t.Fatalf("delete, answered %v: %v", answer, err)
		}
		_, _, err = ts.Read[ts.WebhookTemplate](ctx, ts.New(backend, ""), "a", second)
		WantReason(t, err, ts.NotFound)
	}
}

func testFailures(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), &faults{Backend: newBackend(t)}
	known := Must(ts.Create(ctx, ts.New(backend, ""), "a", Template("1")))(t)

	backend.before = errLost
	_, err := ts.Create(ctx, ts.New(backend, ""), "b", Template(""))
	WantReason(t, err, ts.Unavailable, "b.json: cannot be written: connection reset")
	_, err = ts.Replace(ctx, ts.New(backend, ""), "a", Template(""), known)
	WantReason(t, err, ts.Unavailable, "a.json: cannot be written: connection reset")
	err = ts.Delete[ts.WebhookTemplate](ctx, ts.New(backend, ""), "a", known)
	WantReason(t, err, ts.Unavailable, "a.json: cannot be deleted: connection reset")
	_, err = ts.Create(ctx, ts.New(&faults{Backend: newBackend(t), before: errLost}, ""), "a", Template(""))
	WantReason(t, err, ts.Unavailable, ts.IdentityKey+": cannot be written: connection reset")
	backend.before = nil
	if content := Read(t, backend, "a"); content.DestinationURL != "1" {
		t.Fatalf("failed writes left %+v", content)
	}

	backend.reads = errLost
	store := ts.New(backend, "")
	_, _, err = ts.Read[ts.WebhookTemplate](ctx, store, "a", known)
	WantReason(t, err, ts.Unavailable, backend.Location("")+": cannot be listed: connection reset")
	if !errors.Is(err, errLost) {
		t.Fatalf("%v does not wrap its cause", err)
	}
	_, err = ts.Create(ctx, store, "b", Template(""))
	WantReason(t, err, ts.Unavailable, "connection reset")
	_, err = ts.Replace(ctx, store, "a", Template(""), known)
	WantReason(t, err, ts.Unavailable, ts.IdentityKey, "connection reset")
	WantReason(t, ts.Delete[ts.WebhookTemplate](ctx, store, "a", known), ts.Unavailable, ts.IdentityKey, "connection reset")
	backend.reads = nil
	// One listing serves a whole plan, and so does its failure: nothing is asked, and repeated, for each document again.
	_, _, err = ts.Read[ts.WebhookTemplate](ctx, store, "a", known)
	WantReason(t, err, ts.Unavailable, "cannot be listed: connection reset")
	if _, _, err := ts.Read[ts.WebhookTemplate](ctx, ts.New(backend, ""), "a", known); err != nil {
		t.Fatalf("the failure outlived its plan: %v", err)
	}
}

// documents is how many a plan may have to refresh.
const documents = 1000

func testThousandDocuments(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), &faults{Backend: newBackend(t)}
	store := ts.New(backend, "")
	revisions := make([]ts.Revision, documents)
	name := func(i int) string { return fmt.Sprintf("template %d", i) }
	inParallel(func(i int) {
		var err error
		if revisions[i], err = ts.Create(ctx, store, name(i), Template(name(i))); err != nil {
			t.Error(err)
		}
	})
	backend.lists.Store(0)
	backend.gets.Store(0)
	store = ts.New(backend, "")
	inParallel(func(i int) {
		content, revision, err := ts.Read[ts.WebhookTemplate](ctx, store, name(i), revisions[i])
		if content != nil || revision != revisions[i] || err != nil {
			t.Errorf("%s: got %v, %v, %v", name(i), content, revision, err)
		}
	})
	if lists, gets := backend.lists.Load(), backend.gets.Load(); lists != 1 || gets != 1 {
		t.Errorf("%d unchanged documents took %d listings and %d reads, want one of each", documents, lists, gets)
	}

	Must(ts.Replace(ctx, ts.New(backend, ""), name(7), Template("changed"), revisions[7]))(t)
	backend.gets.Store(0)
	store = ts.New(backend, "")
	inParallel(func(i int) {
		content, _, err := ts.Read[ts.WebhookTemplate](ctx, store, name(i), revisions[i])
		if err != nil || (content != nil) != (i == 7) {
			t.Errorf("%s: got %v, %v", name(i), content, err)
		}
	})
	if backend.gets.Load() != 2 {
		t.Errorf("one changed document took %d reads, want its own and the store's", backend.gets.Load())
	}

	receipts := make([]string, documents)
	inParallel(func(i int) {
		writer := ts.New(backend, "")
		if _, err := ts.Enter(ctx, writer, ts.WebhookTemplates, name(i), ts.Entering{By: "ann", At: noon()}); err != nil {
			t.Error(err)
		}
		var err error
		if _, receipts[i], err = backend.Backend.Get(ctx, "default/receipts/webhook-templates/template%20"+fmt.Sprint(i)+".json"); err != nil {
			t.Error(err)
		}
	})
	backend.lists.Store(0)
	backend.gets.Store(0)
	store = ts.New(backend, "")
	inParallel(func(i int) {
		if _, _, err := ts.Read[ts.WebhookTemplate](ctx, store, name(i), revisions[i]); i != 7 && err != nil {
			t.Error(err)
		}
		receipt, etag, err := ts.ReadReceipt(ctx, store, ts.WebhookTemplates, name(i), receipts[i])
		if receipt != nil || etag != receipts[i] || err != nil {
			t.Errorf("%s: got %v, %v, %v", name(i), receipt, etag, err)
		}
	})
	if lists, gets := backend.lists.Load(), backend.gets.Load(); lists != 2 || gets != 2 {
		t.Errorf("with receipts: %d listings and %d reads, want one for objects and one for receipts, and the changed document "+
			"and the store's", lists, gets)
	}
}

// inParallel does something for each of the documents, as wild as a run with -parallelism=100.
func inParallel(do func(int)) {
	slots := make(chan struct{}, 100)
	var all sync.WaitGroup
	for i := range documents {
		slots <- struct{}{}
		all.Go(func() {
			do(i)
			<-slots
		})
	}
	all.Wait()
}

// testSnapshot: own writes show, those of others do not and do no harm.
func testSnapshot(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), newBackend(t)
	store, other := ts.New(backend, ""), ts.New(backend, "")
	_, _, err := ts.Read[ts.WebhookTemplate](ctx, store, "a", ts.Revision{})
	WantReason(t, err, ts.NotFound)
	first := Must(ts.Create(ctx, store, "a", Template("1")))(t)
	content, revision, err := ts.Read[ts.WebhookTemplate](ctx, store, "a", first)
	if content != nil || revision != first || err != nil {
		t.Fatalf("own write: got %v, %v, %v", content, revision, err)
	}
	Must(ts.Replace(ctx, other, "a", Template("2"), first))(t)
	if content, _, err := ts.Read[ts.WebhookTemplate](ctx, store, "a", first); content != nil || err != nil {
		t.Fatalf("another's write: got %v, %v", content, err)
	}
	_, err = ts.Replace(ctx, store, "a", Template("3"), first)
	WantReason(t, err, ts.Changed)
	if content := Read(t, backend, "a"); content.DestinationURL != "2" {
		t.Fatalf("another's write was lost: %+v", content)
	}
}

// testAbandonedListing: the listing is shared, the contexts are not.
func testAbandonedListing(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	begun := make(chan struct{}, 2)
	backend := &faults{Backend: newBackend(t)}
	known := Must(ts.Create(t.Context(), ts.New(backend, ""), "a", Template("")))(t)
	var calls atomic.Int64
	backend.onList = func(ctx context.Context) error {
		if calls.Add(1) > 1 {
			return nil
		}
		begun <- struct{}{}
		<-ctx.Done()
		return ctx.Err()
	}
	store := ts.New(backend, "")
	leader, abandon := context.WithCancel(t.Context())
	left := make(chan error)
	go func() {
		_, _, err := ts.Read[ts.WebhookTemplate](leader, store, "a", known)
		left <- err
	}()
	<-begun
	stays := make(chan error)
	go func() {
		_, _, err := ts.Read[ts.WebhookTemplate](t.Context(), store, "a", known)
		stays <- err
	}()
	late, stop := context.WithTimeout(t.Context(), time.Millisecond)
	defer stop()
	_, _, err := ts.Read[ts.WebhookTemplate](late, store, "a", known)
	WantReason(t, err, ts.Unavailable)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("a waiter whose context ended got %v", err)
	}
	abandon()
	if err := <-left; !IsReason(err, ts.Unavailable) || !errors.Is(err, context.Canceled) {
		t.Fatalf("the caller whose context ended got %v", err)
	}
	if err := <-stays; err != nil {
		t.Fatalf("the caller that stayed got %v", err)
	}
}

func testContextEnd(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	backend := newBackend(t)
	known := Must(ts.Create(t.Context(), ts.New(backend, ""), "a", Template("1")))(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	store := ts.New(backend, "")
	_, created := ts.Create(ctx, store, "b", Template(""))
	_, _, got := ts.Read[ts.WebhookTemplate](ctx, store, "a", known)
	_, replaced := ts.Replace(ctx, store, "a", Template("2"), known)
	for _, err := range []error{created, got, replaced, ts.Delete[ts.WebhookTemplate](ctx, store, "a", known)} {
		if !IsReason(err, ts.Unavailable) || !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
	if content := Read(t, backend, "a"); content.DestinationURL != "1" {
		t.Fatalf("left %+v", content)
	}
}

func testRefusedNames(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	backend := newBackend(t)
	for name, text := range map[string]string{
		"": "is empty", "a\nb": "control character", "\x00": "control character", "a\u0085": "control character",
		"a\xff": "not valid UTF-8", "a\u200bb": "the character U+200B in place 2", "a\u202eb": "U+202E", "a\u2028": "U+2028",
		"\u3000a": "the space U+3000",
	} {
		_, err := ts.Create(t.Context(), ts.New(backend, ""), name, Template(""))
		WantReason(t, err, ts.Invalid, text, "webhook template")
		_, _, err = ts.Read[ts.LineCampaignBody](t.Context(), ts.New(backend, ""), name, ts.Revision{})
		WantReason(t, err, ts.Invalid, text, "LINE campaign body")
	}
}

func testRefusedContents(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	backend := newBackend(t)
	huge := FullBody()
	huge.Body = strings.Repeat("x", ts.MaxDocumentBytes)
	cases := map[string]ts.LineCampaignBody{"larger than 4 MB": huge}
	for message, text := range map[string]string{
		`{"a":1,"a":2}`: `the key "a" is there twice`, `{`: "unexpected end", `"x"`: "string where object is expected",
		"{\"a\":\"\xff\"}": "invalid UTF-8",
	} {
		body := FullBody()
		body.Messages = append(body.Messages, json.RawMessage(message))
		cases[text] = body
	}
	for text, body := range cases {
		_, err := ts.Create(t.Context(), ts.New(backend, ""), "a", body)
		WantReason(t, err, ts.Invalid, `the LINE campaign body "a" cannot be stored`, text, "Nothing was written")
	}
	if entries := Must(backend.List(t.Context(), ""))(t); len(entries) != 0 {
		t.Fatalf("refused contents left %v", entries)
	}
}

// testFirstWrite: a document exists only in a store that has an identity.
func testFirstWrite(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	backend := newBackend(t)
	if _, err := ts.Replace(t.Context(), ts.New(backend, ""), "a", Template(""), ts.Revision{}); !IsReason(err, ts.Changed) {
		t.Fatal(err)
	}
	if err := ts.Delete[ts.WebhookTemplate](t.Context(), ts.New(backend, ""), "a", ts.Revision{}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := backend.Get(t.Context(), ts.IdentityKey); !errors.Is(err, ts.ErrAbsent) {
		t.Fatalf("only a create begins a store: %v", err)
	}
	revision := Must(ts.Create(t.Context(), ts.New(backend, ""), "a", Template("")))(t)
	data, _, err := backend.Get(t.Context(), ts.IdentityKey)
	if want := fmt.Sprintf("{\n  \"schema_version\": 1,\n  \"id\": %q\n}\n", revision.StoreID); err != nil || string(data) != want {
		t.Fatalf("the identity is %s, want %s (%v)", data, want, err)
	}
}
