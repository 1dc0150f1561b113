package storetest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// Run is what a Store does over any backend. Every call of newBackend gives an empty store.
func Run(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	for name, test := range map[string]func(*testing.T, func(*testing.T) ts.Backend){
		"round trip":             testRoundTrip,
		"every kind":             testKinds,
		"conditions":             testConditions,
		"lost answers":           testLostAnswers,
		"failures":               testFailures,
		"concurrent writers":     testConcurrentWriters,
		"names":                  testNames,
		"listed names":           testListedNames,
		"a thousand documents":   testThousandDocuments,
		"missing and other":      testMissingAndOther,
		"identity lost":          testIdentityLost,
		"damaged documents":      testDamagedDocuments,
		"damaged templates":      testDamagedTemplates,
		"duplicates":             testDuplicates,
		"edited by hand":         testEditedByHand,
		"end of the context":     testContextEnd,
		"refused names":          testRefusedNames,
		"refused contents":       testRefusedContents,
		"snapshot of the store":  testSnapshot,
		"abandoned listing":      testAbandonedListing,
		"backend by its own":     testBackendContract,
		"first write of a store": testFirstWrite,
		"incomplete listing":     testIncompleteListing,
		"taken names":            testTaken,
		"receipts":               testReceipts,
		"receipts of one Store":  testReceiptsOfOneStore,
		"receipts, refused":      testRefusedReceipts,
		"receipts, lost answers": testLostReceipts,
		"receipts, contested":    testContestedReceipts,
		"receipts, damaged":      testDamagedReceipts,
		"receipts, alone":        testReceiptsAlone,
		"receipts, unlisted":     testUnlistedReceipt,
		"standings":              testStandings,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, newBackend)
		})
	}
}

func testRoundTrip(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	backend := newBackend(t)
	roundTrip(t, backend, FullTemplate(), Template("https://example.com/"))
	roundTrip(t, backend, FullBody(), ts.LineCampaignBody{Messages: []json.RawMessage{}})
	roundTrip(t, backend, ts.LineCampaignBody{LinkedMessages: new(`{"name":"a"}`), TrackVersions: new(false)}, FullBody())
	roundTrip(t, backend, FullLinkedContent(), ts.LinkedContent{})
	roundTrip(t, backend, FullLinkedMessages(), LinkedMessages("世"))
	empty := Template("")
	empty.Headers, empty.SecretHeaders = map[string]string{}, []string{}
	roundTrip(t, backend, empty, FullTemplate())
}

// roundTrip takes one document through its life, with a fresh Store for every step as with one process each.
func roundTrip[T ts.Content](t *testing.T, backend ts.Backend, first, second T) {
	t.Helper()
	ctx := t.Context()
	const name = "LINE push"
	created := Must(ts.Create(ctx, ts.New(backend, ""), name, first))(t)
	content, revision, err := ts.Read[T](ctx, ts.New(backend, ""), name, ts.Revision{})
	if err != nil || !reflect.DeepEqual(content, &first) || revision != created {
		t.Fatalf("created %+v at %+v, read %+v at %+v, %v", first, created, content, revision, err)
	}
	content, revision, err = ts.Read[T](ctx, ts.New(backend, ""), name, created)
	if content != nil || revision != created || err != nil {
		t.Fatalf("unchanged: got %v, %+v, %v", content, revision, err)
	}
	replaced := Must(ts.Replace(ctx, ts.New(backend, ""), name, second, revision))(t)
	if replaced.ETag == created.ETag || replaced.StoreID != created.StoreID || replaced.Account != ts.DefaultAccount {
		t.Fatalf("replaced %+v by %+v", created, replaced)
	}
	content, revision, err = ts.Read[T](ctx, ts.New(backend, ""), name, created)
	if err != nil || !reflect.DeepEqual(content, &second) || revision != replaced {
		t.Fatalf("replaced by %+v, read %+v at %+v, %v", second, content, revision, err)
	}
	if err := ts.Delete[T](ctx, ts.New(backend, ""), name, revision); err != nil {
		t.Fatal(err)
	}
	_, _, err = ts.Read[T](ctx, ts.New(backend, ""), name, revision)
	WantReason(t, err, ts.NotFound, name)
	if err := ts.Delete[T](ctx, ts.New(backend, ""), name, revision); err != nil {
		t.Fatalf("deleting what is gone: %v", err)
	}
}

func testConditions(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), newBackend(t)
	store := ts.New(backend, "")
	first := Must(ts.Create(ctx, store, "a", Template("1")))(t)
	_, err := ts.Create(ctx, store, "a", Template("1"))
	WantReason(t, err, ts.NameTaken, "a.json", "exists already")
	Must(ts.Create(ctx, store, "a", FullBody()))(t) // another kind is another name
	second := Must(ts.Replace(ctx, store, "a", Template("2"), first))(t)

	_, err = ts.Replace(ctx, store, "a", Template("3"), first)
	WantReason(t, err, ts.Changed, "a.json")
	WantReason(t, ts.Delete[ts.WebhookTemplate](ctx, store, "a", first), ts.Changed, "a.json")
	unknown := ts.Revision{StoreID: first.StoreID}
	_, err = ts.Replace(ctx, store, "a", Template("3"), unknown)
	WantReason(t, err, ts.Changed, "a.json")
	WantReason(t, ts.Delete[ts.WebhookTemplate](ctx, store, "a", unknown), ts.Changed, "a.json")
	if content := Read(t, backend, "a"); content.DestinationURL != "2" {
		t.Fatalf("a refused write changed it to %q", content.DestinationURL)
	}

	if err := ts.Delete[ts.WebhookTemplate](ctx, store, "a", second); err != nil {
		t.Fatal(err)
	}
	_, err = ts.Replace(ctx, store, "a", Template("3"), second)
	WantReason(t, err, ts.Changed, "deleted meanwhile")
}

func testConcurrentWriters(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), newBackend(t)
	const writers = 20
	var won atomic.Int64
	ids := make([]string, writers)
	var all sync.WaitGroup
	for i := range writers {
		all.Go(func() {
			store := ts.New(backend, "")
			own, err := ts.Create(ctx, store, fmt.Sprint("own ", i), Template(""))
			if err != nil {
				t.Error(err)
			}
			ids[i] = own.StoreID
			if _, err := ts.Create(ctx, store, "contested", Template(fmt.Sprint(i))); err == nil {
				won.Add(1)
			} else if !IsReason(err, ts.NameTaken) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 {
		t.Errorf("%d writers created one document", won.Load())
	}
	for _, id := range ids {
		if id == "" || id != ids[0] {
			t.Fatalf("one store has the ids %q", ids)
		}
	}

	_, start, err := ts.Read[ts.WebhookTemplate](ctx, ts.New(backend, ""), "contested", ts.Revision{})
	if err != nil {
		t.Fatal(err)
	}
	won.Store(0)
	for i := range writers {
		all.Go(func() {
			if _, err := ts.Replace(ctx, ts.New(backend, ""), "contested", Template(fmt.Sprint(i)), start); err == nil {
				won.Add(1)
			} else if !IsReason(err, ts.Changed) {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if won.Load() != 1 {
		t.Errorf("%d writers replaced one revision", won.Load())
	}
}

func names() []string {
	return []string{
		"welcome", "Two Words", "a/b", `a\b`, "..", ".", ".hidden", "~", "a~0123456789abcdef", "100%", "%2F", "a%20b",
		"ようこそ", "é", "e\u0301", "😀", `"quoted"`, "<b>&amp;</b>", "a:b*c?d|e", "nul", "trailing.", "trailing ", " leading",
		"a+b", "welcome.json", "clevertap-template-store", "#", "?x=1", strings.Repeat("長い名前", 60), strings.Repeat("長い名前", 60) + "!",
		strings.Repeat("a", 200), strings.Repeat("a", 201), strings.Repeat("a", 5000),
	}
}

func testNames(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), newBackend(t)
	store := ts.New(backend, "W9R-486 4W5Z/..")
	for _, name := range names() {
		Must(ts.Create(ctx, store, name, Template(name)))(t)
	}
	store = ts.New(backend, "W9R-486 4W5Z/..")
	for _, name := range names() {
		content, revision, err := ts.Read[ts.WebhookTemplate](ctx, store, name, ts.Revision{})
		if err != nil || content.DestinationURL != name {
			t.Fatalf("%q: read %+v, %v", name, content, err)
		}
		if err := ts.Delete[ts.WebhookTemplate](ctx, store, name, revision); err != nil {
			t.Fatalf("%q: %v", name, err)
		}
	}
	entries := Must(backend.List(ctx, ""))(t)
	for _, entry := range entries {
		if entry.Key != ts.IdentityKey {
			t.Errorf("%s is left", entry.Key)
		}
	}
}

func testMissingAndOther(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend, elsewhere := t.Context(), newBackend(t), newBackend(t)
	known := Must(ts.Create(ctx, ts.New(backend, "one"), "a", Template("")))(t)

	missing := ts.New(elsewhere, "one")
	WantAllRefused(t, missing, known, ts.StoreMissing, elsewhere.Location(""), known.StoreID, "fresh checkout",
		"wrong path or bucket", "Nothing was changed")
	_, _, err := ts.Read[ts.WebhookTemplate](ctx, missing, "a", ts.Revision{})
	WantReason(t, err, ts.NotFound, elsewhere.Location("one/webhook-templates/a.json"))
	if entries := Must(elsewhere.List(ctx, ""))(t); len(entries) != 0 {
		t.Fatalf("a refused operation wrote %v", entries)
	}

	other := Must(ts.Create(ctx, missing, "a", Template("")))(t)
	if other.StoreID == known.StoreID {
		t.Fatal("two stores have one id")
	}
	WantAllRefused(t, ts.New(elsewhere, "one"), known, ts.OtherStore, known.StoreID, other.StoreID)

	renamed := ts.New(backend, "two")
	WantAllRefused(t, renamed, known, ts.OtherStore, `"one"`, `"two"`)
	Must(ts.Create(ctx, renamed, "a", Template("another")))(t)
	WantAllRefused(t, ts.New(backend, "two"), known, ts.OtherStore, `"one"`, `"two"`)
	if content := Must(readAgain(ctx, backend))(t); content.DestinationURL != "another" {
		t.Fatalf("the object of the other account is now %+v", content)
	}
}

// readAgain reads the object of account two as nothing but it is known.
func readAgain(ctx context.Context, backend ts.Backend) (*ts.WebhookTemplate, error) {
	content, _, err := ts.Read[ts.WebhookTemplate](ctx, ts.New(backend, "two"), "a", ts.Revision{})
	return content, err
}

func testIdentityLost(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), newBackend(t)
	known := Must(ts.Create(ctx, ts.New(backend, "one"), "a", Template("")))(t)
	_, etag, err := backend.Get(ctx, ts.IdentityKey)
	if err != nil {
		t.Fatal(err)
	}
	if err := backend.Delete(ctx, ts.IdentityKey, etag); err != nil {
		t.Fatal(err)
	}
	WantAllRefused(t, ts.New(backend, "one"), known, ts.StoreMissing, ts.IdentityKey)
	_, err = ts.Create(ctx, ts.New(backend, "two"), "b", Template(""))
	WantReason(t, err, ts.Damaged, backend.Location(ts.IdentityKey), "documents")
	_, _, err = ts.Read[ts.WebhookTemplate](ctx, ts.New(backend, "one"), "a", ts.Revision{})
	WantReason(t, err, ts.Damaged, backend.Location(ts.IdentityKey), "documents")

	for text, place := range map[string]string{
		"<<<<<<< HEAD\n{}":                      ":1:1: unresolved merge conflict",
		`{"schema_version":1}`:                  `:1:1: "id" is missing`,
		"{\n \"schema_version\":2,\"id\":\"\"}": ":2:2: schema_version: written by a newer version",
		"<html>":                                ":1:1: not JSON",
	} {
		Plant(t, backend, ts.IdentityKey, []byte(text))
		WantAllRefused(t, ts.New(backend, "one"), known, ts.Damaged, backend.Location(ts.IdentityKey)+place)
		_, err = ts.Create(ctx, ts.New(backend, "one"), "b", Template(""))
		WantReason(t, err, ts.Damaged, backend.Location(ts.IdentityKey)+place)
	}
}

func testBackendContract(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), newBackend(t)
	const key = "default/webhook-templates/a.json"
	if _, _, err := backend.Get(ctx, key); !errors.Is(err, ts.ErrAbsent) {
		t.Fatalf("Get of nothing: %v", err)
	}
	if entries, err := backend.List(ctx, "default/webhook-templates/"); err != nil || len(entries) != 0 {
		t.Fatalf("List of nothing: %v, %v", entries, err)
	}
	if err := backend.Delete(ctx, key, "x"); err != nil {
		t.Fatalf("Delete of nothing: %v", err)
	}
	if _, err := backend.Put(ctx, key, []byte("1"), "x"); !errors.Is(err, ts.ErrCondition) {
		t.Fatalf("Put over nothing: %v", err)
	}
	first := Must(backend.Put(ctx, key, []byte("1"), ""))(t)
	if _, err := backend.Put(ctx, key, []byte("2"), ""); !errors.Is(err, ts.ErrCondition) {
		t.Fatalf("Put where something is: %v", err)
	}
	second := Must(backend.Put(ctx, key, []byte("2"), first))(t)
	if err := backend.Delete(ctx, key, first); !errors.Is(err, ts.ErrCondition) {
		t.Fatalf("Delete of another revision: %v", err)
	}
	data, etag, err := backend.Get(ctx, key)
	if err != nil || !bytes.Equal(data, []byte("2")) || etag != second || first == second {
		t.Fatalf("got %q as %q, %v", data, etag, err)
	}
	for _, prefix := range []string{"", "default/webhook-templates/"} {
		entries, err := backend.List(ctx, prefix)
		if err != nil || len(entries) != 1 || entries[0].Key != key || entries[0].ETag != second {
			t.Fatalf("List of %q: %v, %v", prefix, entries, err)
		}
	}
	if entries, err := backend.List(ctx, "default/line-campaign-bodies/"); err != nil || len(entries) != 0 {
		t.Fatalf("List of the other kind: %v, %v", entries, err)
	}
}
