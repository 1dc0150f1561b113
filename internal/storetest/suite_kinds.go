package storetest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// testKinds takes an object of each kind through all that a Store does.
func testKinds(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	life(t, newBackend, FullTemplate(), Template("2"))
	life(t, newBackend, FullBody(), ts.LineCampaignBody{Messages: []json.RawMessage{}, ContentSHA256: "2"})
	life(t, newBackend, FullLinkedContent(), ts.LinkedContent{ContentSHA256: "2"})
	life(t, newBackend, FullLinkedMessages(), LinkedMessages("2"))
}

func life[T ts.Content](t *testing.T, newBackend func(*testing.T) ts.Backend, first, second T) {
	t.Helper()
	ctx, kind, backend := t.Context(), ts.KindOf[T](), &faults{Backend: newBackend(t)}
	fresh := func() *ts.Store { return ts.New(backend, "") }
	key := fmt.Sprintf("default/%s/welcome_ja.json", kind)
	if Must(ts.Taken[T](ctx, fresh(), "welcome_ja"))(t) {
		t.Fatalf("%s: a name is taken in a store that does not exist", kind)
	}
	created := Must(ts.Create(ctx, fresh(), "welcome_ja", first))(t)
	if !Must(ts.Taken[T](ctx, fresh(), "welcome_ja"))(t) || Must(ts.Taken[T](ctx, fresh(), "welcome"))(t) {
		t.Fatalf("%s: welcome_ja is taken, and welcome is not", kind)
	}
	for _, store := range []*ts.Store{ts.New(backend, "other"), fresh()} {
		_, err := ts.Create(ctx, store, "welcome_ja", second)
		if store.Account() == "other" && err == nil {
			continue
		}
		WantReason(t, err, ts.NameTaken, key, `"welcome_ja" exists already`)
	}

	backend.omits = []string{key}
	store := fresh()
	content, revision, err := ts.Read[T](ctx, store, "welcome_ja", ts.Revision{})
	if err != nil || !reflect.DeepEqual(content, &first) || revision != created || !store.Unlisted(kind, "welcome_ja") {
		t.Fatalf("%s: not listed: %+v at %+v, %v", kind, content, revision, err)
	}
	backend.omits = nil

	if kind.Live() {
		noReceipt(t, backend, key)
	} else {
		oneReceipt(t, backend, kind, first)
	}

	replaced := Must(ts.Replace(ctx, fresh(), "welcome_ja", second, created))(t)
	_, err = ts.Replace(ctx, fresh(), "welcome_ja", first, created)
	WantReason(t, err, ts.Changed, key)
	WantReason(t, ts.Delete[T](ctx, fresh(), "welcome_ja", created), ts.Changed, key)

	elsewhere := newBackend(t)
	documents, receipts, err := ts.Copy(ctx, backend, elsewhere)
	if wanted := len(Must(ts.Contents(ctx, backend))(t).Receipts); documents != 2 || receipts != wanted || err != nil {
		t.Fatalf("%s: copied %d documents and %d receipts, %v", kind, documents, receipts, err)
	}
	// The ETag may be another there.
	content, revision, err = ts.Read[T](ctx, ts.New(elsewhere, ""), "welcome_ja", ts.Revision{StoreID: replaced.StoreID})
	if err != nil || !reflect.DeepEqual(content, &second) || revision.StoreID != replaced.StoreID {
		t.Fatalf("%s: the copy is %+v at %+v, %v", kind, content, revision, err)
	}

	if err := ts.Delete[T](ctx, fresh(), "welcome_ja", replaced); err != nil {
		t.Fatal(err)
	}
	_, _, err = ts.Read[T](ctx, fresh(), "welcome_ja", replaced)
	WantReason(t, err, ts.NotFound, key)
	Plant(t, backend, key, []byte("{"))
	_, _, err = ts.Read[T](ctx, fresh(), "welcome_ja", replaced)
	WantReason(t, err, ts.Damaged, key+":1:2: not JSON")
}

// oneReceipt enters an object, and leaves the receipt.
func oneReceipt[T ts.Content](t *testing.T, backend ts.Backend, kind ts.Kind, declared T) {
	t.Helper()
	ctx := t.Context()
	entered := Must(ts.Enter(ctx, ts.New(backend, ""), kind, "welcome_ja", ts.Entering{By: "ann", At: noon()}))(t)
	var content T
	if err := json.Unmarshal(entered.Content, &content); err != nil || !reflect.DeepEqual(content, declared) {
		t.Fatalf("%s: entered %s, %v", kind, entered.Content, err)
	}
	receipt, etag, err := ts.ReadReceipt(ctx, ts.New(backend, ""), kind, "welcome_ja", "")
	if err != nil || !reflect.DeepEqual(receipt, &entered) || etag == "" {
		t.Fatalf("%s: entered %+v, read %+v, %q, %v", kind, entered, receipt, etag, err)
	}
	if err := ts.RemoveReceipt(ctx, ts.New(backend, ""), kind, "welcome_ja"); err != nil {
		t.Fatal(err)
	}
	if receipt, _, err := ts.ReadReceipt(ctx, ts.New(backend, ""), kind, "welcome_ja", etag); receipt != nil || err != nil {
		t.Fatalf("%s: removed, and read %+v, %v", kind, receipt, err)
	}
	Must(ts.Enter(ctx, ts.New(backend, ""), kind, "welcome_ja", ts.Entering{By: "bob", At: noon()}))(t)
}

// noReceipt wants receipts of linked messages to be refused, and not to be found where somebody left one.
func noReceipt(t *testing.T, backend ts.Backend, key string) {
	t.Helper()
	ctx, store := t.Context(), ts.New(backend, "")
	left := strings.Replace(key, "default/", "default/receipts/", 1)
	Plant(t, backend, left, []byte("{}"))
	_, written := ts.Enter(ctx, store, ts.LinkedMessages, "welcome_ja", ts.Entering{By: "ann", At: noon()})
	_, _, read := ts.ReadReceipt(ctx, store, ts.LinkedMessages, "welcome_ja", "")
	for _, err := range []error{written, read, ts.RemoveReceipt(ctx, store, ts.LinkedMessages, "welcome_ja")} {
		WantReason(t, err, ts.Invalid, "a set of LINE linked messages has no receipt", "nothing to enter")
	}
	_, err := ts.ReadRaw(ctx, store, ts.LinkedMessages.Receipts(), "welcome_ja")
	WantReason(t, err, ts.Invalid, `there is no kind "receipts/line-linked-messages"`, "linked-content and line-linked-messages")
	if found := Must(ts.Contents(ctx, backend))(t); len(found.Documents) != 2 || len(found.Receipts) != 0 {
		t.Errorf("found %+v", found)
	}
	remove(t, backend, left)
}
