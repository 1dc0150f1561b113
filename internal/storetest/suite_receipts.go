package storetest

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// receiptA is the key of the receipt of the campaign body "a".
const receiptA = "default/receipts/line-campaign-bodies/a.json"

// noon is when things are entered here; it is not in UTC.
func noon() time.Time {
	return time.Date(2026, time.March, 1, 12, 0, 0, 999, time.FixedZone("", int((9*time.Hour).Seconds())))
}

func body(sum string) ts.LineCampaignBody {
	b := FullBody()
	b.ContentSHA256 = sum
	return b
}

func enter(ctx context.Context, s *ts.Store, name, sum string) (ts.Receipt, error) {
	return ts.Enter(ctx, s, ts.LineCampaignBodies, name, ts.Entering{ContentSHA256: sum, By: "ann@example.com", At: noon()})
}

func readReceipt(ctx context.Context, s *ts.Store, name, known string) (*ts.Receipt, string, error) {
	return ts.ReadReceipt(ctx, s, ts.LineCampaignBodies, name, known)
}

// testReceipts takes the receipts of one object through their life, with a fresh Store for every step as with one process
// each.
func testReceipts(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), newBackend(t)
	fresh := func() *ts.Store { return ts.New(backend, "") }
	if receipt, etag, err := readReceipt(ctx, fresh(), "a", ""); receipt != nil || etag != "" || err != nil {
		t.Fatalf("of nothing: got %+v, %q, %v", receipt, etag, err)
	}
	_, err := enter(ctx, fresh(), "a", "")
	WantReason(t, err, ts.NotFound, `there is no LINE campaign body "a"`)
	_, err = enter(ctx, fresh(), "a", "1")
	WantReason(t, err, ts.NotFound, `there is no LINE campaign body "a"`)
	known := Must(ts.Create(ctx, fresh(), "a", body("1")))(t)

	first := Must(enter(ctx, fresh(), "a", ""))(t)
	if first.ContentSHA256 != "1" || first.By != "ann@example.com" || first.At != "2026-03-01T03:00:00Z" ||
		!strings.Contains(string(first.Content), `"text":"{{ Profile.Name | default: 'x' }} <b>&</b> > \u003e","alt":1e2}`) {
		t.Fatalf("entered %+v", first)
	}
	receipt, etag, err := readReceipt(ctx, fresh(), "a", "")
	if err != nil || !reflect.DeepEqual(receipt, &first) || etag == "" {
		t.Fatalf("entered %+v, read %+v, %q, %v", first, receipt, etag, err)
	}
	if receipt, again, err := readReceipt(ctx, fresh(), "a", etag); receipt != nil || again != etag || err != nil {
		t.Fatalf("unchanged: got %+v, %q, %v", receipt, again, err)
	}
	if receipt, etag, err := ts.ReadReceipt(ctx, fresh(), ts.WebhookTemplates, "a", ""); receipt != nil || etag != "" || err != nil {
		t.Fatalf("of another kind: got %+v, %q, %v", receipt, etag, err)
	}
	if receipt, etag, err := readReceipt(ctx, ts.New(backend, "other"), "a", ""); receipt != nil || etag != "" || err != nil {
		t.Fatalf("of another account: got %+v, %q, %v", receipt, etag, err)
	}

	// What is declared now is "2"; of "1" the receipt still has the content, of any other nobody has.
	known = Must(ts.Replace(ctx, fresh(), "a", body("2"), known))(t)
	if older := Must(enter(ctx, fresh(), "a", "1"))(t); !reflect.DeepEqual(older, first) {
		t.Fatalf("entered %+v again as %+v", first, older)
	}
	second := Must(enter(ctx, fresh(), "a", "2"))(t)
	if second.ContentSHA256 != "2" || !strings.Contains(string(second.Content), `"content_sha256":"2"`) {
		t.Fatalf("entered %+v", second)
	}
	if unknown := Must(enter(ctx, fresh(), "a", "0"))(t); unknown.ContentSHA256 != "0" || unknown.Content != nil {
		t.Fatalf("entered %+v", unknown)
	}
	receipt, changed, err := readReceipt(ctx, fresh(), "a", etag)
	if err != nil || receipt == nil || receipt.ContentSHA256 != "0" || receipt.Content != nil || changed == etag {
		t.Fatalf("read %+v, %q, %v", receipt, changed, err)
	}

	// It outlives its object, and is what it was: nothing of the document's revision.
	if err := ts.Delete[ts.LineCampaignBody](ctx, fresh(), "a", known); err != nil {
		t.Fatal(err)
	}
	if receipt, again, err := readReceipt(ctx, fresh(), "a", changed); receipt != nil || again != changed || err != nil {
		t.Fatalf("without its object: got %+v, %q, %v", receipt, again, err)
	}
	if err := ts.RemoveReceipt(ctx, fresh(), ts.LineCampaignBodies, "a"); err != nil {
		t.Fatal(err)
	}
	if receipt, etag, err := readReceipt(ctx, fresh(), "a", changed); receipt != nil || etag != "" || err != nil {
		t.Fatalf("removed: got %+v, %q, %v", receipt, etag, err)
	}
	WantReason(t, ts.RemoveReceipt(ctx, fresh(), ts.LineCampaignBodies, "a"), ts.NotFound, `no receipt of the LINE campaign body "a"`)
}

// testReceiptsOfOneStore: own writes show at once.
func testReceiptsOfOneStore(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), newBackend(t)
	store := ts.New(backend, "")
	Must(ts.Create(ctx, store, "a", body("1")))(t)
	if receipt, _, err := readReceipt(ctx, store, "a", ""); receipt != nil || err != nil {
		t.Fatalf("got %+v, %v", receipt, err)
	}
	Must(enter(ctx, store, "a", ""))(t)
	receipt, etag, err := readReceipt(ctx, store, "a", "")
	if receipt == nil || receipt.ContentSHA256 != "1" || err != nil {
		t.Fatalf("entered: got %+v, %v", receipt, err)
	}
	if err := ts.RemoveReceipt(ctx, store, ts.LineCampaignBodies, "a"); err != nil {
		t.Fatal(err)
	}
	if receipt, etag, err := readReceipt(ctx, store, "a", etag); receipt != nil || etag != "" || err != nil {
		t.Fatalf("removed: got %+v, %q, %v", receipt, etag, err)
	}
}

func testRefusedReceipts(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), newBackend(t)
	store := ts.New(backend, "")
	Must(ts.Create(ctx, store, "a", body("1")))(t)
	for text, entering := range map[string]ts.Entering{
		"is empty":          {At: noon()},
		"control character": {By: "ann\nbob", At: noon()},
		"U+202E":            {By: "ann\u202e", At: noon()},
		"content.at":        {By: "ann", At: time.Date(10000, time.January, 1, 0, 0, 0, 0, time.UTC)},
	} {
		_, err := ts.Enter(ctx, store, ts.LineCampaignBodies, "a", entering)
		WantReason(t, err, ts.Invalid, text, "Nothing was written")
	}
	for _, kind := range []ts.Kind{"", "bodies", ts.LineCampaignBodies.Receipts()} {
		_, _, read := ts.ReadReceipt(ctx, store, kind, "a", "")
		_, written := ts.Enter(ctx, store, kind, "a", ts.Entering{By: "ann"})
		for _, err := range []error{read, written, ts.RemoveReceipt(ctx, store, kind, "a")} {
			WantReason(t, err, ts.Invalid, fmt.Sprintf("there is no kind %q", kind))
		}
	}
	_, _, read := readReceipt(ctx, store, "a\u200b", "")
	_, written := enter(ctx, store, "a\u200b", "")
	for _, err := range []error{read, written, ts.RemoveReceipt(ctx, store, ts.LineCampaignBodies, "a\u200b")} {
		WantReason(t, err, ts.Invalid, "U+200B", "receipt of the LINE campaign body")
	}
	if entries := Must(backend.List(ctx, "default/receipts/line-campaign-bodies/"))(t); len(entries) != 0 {
		t.Fatalf("refused receipts left %v", entries)
	}
}

// testLostReceipts: the deed is done and the answer is an error, or the refusal of the backend's own repetition.
func testLostReceipts(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx := t.Context()
	for _, answer := range []error{errLost, ts.ErrCondition} {
		backend := &faults{Backend: newBackend(t), after: answer}
		store := ts.New(backend, "")
		Must(ts.Create(ctx, store, "a", body("1")))(t)
		for _, sum := range []string{"1", "0"} {
			if _, err := enter(ctx, store, "a", sum); err != nil {
				t.Fatalf("answered %v: %v", answer, err)
			}
			if receipt, _, err := readReceipt(ctx, ts.New(backend, ""), "a", ""); receipt == nil || receipt.ContentSHA256 != sum || err != nil {
				t.Fatalf("answered %v: read %+v, %v", answer, receipt, err)
			}
		}
		if err := ts.RemoveReceipt(ctx, store, ts.LineCampaignBodies, "a"); err != nil {
			t.Fatalf("answered %v: %v", answer, err)
		}
	}
	backend := &faults{Backend: newBackend(t)}
	Must(ts.Create(ctx, ts.New(backend, ""), "a", body("1")))(t)
	Must(enter(ctx, ts.New(backend, ""), "a", ""))(t)
	backend.before = errLost
	_, err := enter(ctx, ts.New(backend, ""), "a", "0")
	WantReason(t, err, ts.Unavailable, "a.json: cannot be written: connection reset")
	err = ts.RemoveReceipt(ctx, ts.New(backend, ""), ts.LineCampaignBodies, "a")
	WantReason(t, err, ts.Unavailable, "a.json: cannot be deleted: connection reset")
	backend.before = nil
	if receipt, _, err := readReceipt(ctx, ts.New(backend, ""), "a", ""); receipt == nil || receipt.ContentSHA256 != "1" || err != nil {
		t.Fatalf("failed writes left %+v, %v", receipt, err)
	}
}

// testContestedReceipts: what another wrote since the receipt was read is not overwritten, nor removed.
func testContestedReceipts(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), &faults{Backend: newBackend(t)}
	Must(ts.Create(ctx, ts.New(backend, ""), "a", body("1")))(t)
	other := func() {
		backend.meanwhile = nil
		Must(enter(ctx, ts.New(backend, ""), "a", "theirs"))(t)
	}
	for _, reason := range []ts.Reason{ts.NameTaken, ts.Changed} {
		backend.meanwhile = other
		_, err := enter(ctx, ts.New(backend, ""), "a", "ours")
		WantReason(t, err, reason, receiptA[strings.LastIndex(receiptA, "/"):], `the receipt of the LINE campaign body "a"`)
	}
	backend.meanwhile = other
	WantReason(t, ts.RemoveReceipt(ctx, ts.New(backend, ""), ts.LineCampaignBodies, "a"), ts.Changed, "receipt")
	if receipt, _, err := readReceipt(ctx, ts.New(backend, ""), "a", ""); receipt == nil || receipt.ContentSHA256 != "theirs" || err != nil {
		t.Fatalf("left %+v, %v", receipt, err)
	}
}

// receiptText is the receipt of "a" as another program might write it.
const receiptText = `{
  "schema_version": 1,
  "kind": "receipts/line-campaign-bodies",
  "name": "a",
  "write_id": "1",
  "content": {
    "content_sha256": "1",
    "by": "bob",
    "at": "2026-03-01T03:00:00Z"
  }
}
`

func testDamagedReceipts(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), newBackend(t)
	known := Must(ts.Create(ctx, ts.New(backend, ""), "a", body("1")))(t)
	Must(ts.Create(ctx, ts.New(backend, ""), "b", body("2")))(t)
	Must(enter(ctx, ts.New(backend, ""), "b", ""))(t)
	edit := func(old, new string) string {
		if !strings.Contains(receiptText, old) {
			t.Fatalf("nothing to edit: %s", old)
		}
		return strings.Replace(receiptText, old, new, 1)
	}
	for text, want := range map[string]string{
		"":                                      ":1:1: not JSON",
		"<<<<<<< HEAD\n" + receiptText:          ":1:1: unresolved merge conflict",
		edit(`"by"`, `"By"`):                    `:6:3: content: "by" is missing`,
		edit(`"bob"`, `""`):                     ":8:5: content.by: does not meet the rule minLength",
		edit(`T03:00:00Z`, ``):                  ":9:5: content.at: does not meet the rule pattern",
		edit(`T03:00:00Z`, `T25:00:00Z`):        ":9:5: content.at: does not meet the rule pattern",
		edit(`"1"`, `"2"`)[:40]:                 ":3:",
		edit(`"a"`, `"c"`):                      `:4:3: name: the document in this file is named "c", not "a"`,
		edit(`"kind": "receipts/`, `"kind": "`): `"line-campaign-bodies", and "receipts/line-campaign-bodies" belong here`,
		edit(`receipts/line-campaign-bodies`, `receipts/webhook-templates`): `:3:3: kind: this is a document of the kind "receipts/webhook`,
		edit(`"by": "bob"`, `"by": "bob", "entered_content": []`):           ":8:18: content.entered_content: array where object is expected",
		MinimalBody: `:3:3: kind: this is a document of the kind "line-campaign-bodies"`,
	} {
		Plant(t, backend, receiptA, []byte(text))
		store := ts.New(backend, "")
		_, _, err := readReceipt(ctx, store, "a", "")
		WantReason(t, err, ts.Damaged, backend.Location(receiptA)+":", want)
		if _, revision, err := ts.Read[ts.LineCampaignBody](ctx, store, "a", known); revision != known || err != nil {
			t.Errorf("its object: %+v, %v", revision, err)
		}
		if receipt, _, err := readReceipt(ctx, store, "b", ""); receipt == nil || err != nil {
			t.Errorf("another receipt: %+v, %v", receipt, err)
		}
		_, err = enter(ctx, store, "a", "")
		WantReason(t, err, ts.Damaged, backend.Location(receiptA))
	}
	Plant(t, backend, receiptA, []byte(receiptText))
	if receipt, _, err := readReceipt(ctx, ts.New(backend, ""), "a", ""); err != nil || receipt.By != "bob" || receipt.Content != nil {
		t.Fatalf("by hand: %+v, %v", receipt, err)
	}
	Plant(t, backend, strings.Replace(receiptA, "a.json", "a~HEAD.json", 1), []byte(receiptText))
	_, _, err := readReceipt(ctx, ts.New(&faults{Backend: backend, keysOnly: true}, ""), "a", "")
	WantReason(t, err, ts.DuplicateName, "a~HEAD.json", `the receipt of the LINE campaign body "a"`)
	if err := ts.RemoveReceipt(ctx, ts.New(backend, ""), ts.LineCampaignBodies, "a"); err != nil {
		t.Fatal(err)
	}

	// Nor is a receipt a document.
	Plant(t, backend, Bodies+"a.json", []byte(receiptText))
	_, _, err = ts.Read[ts.LineCampaignBody](ctx, ts.New(backend, ""), "a", known)
	WantReason(t, err, ts.Damaged, backend.Location(Bodies+"a.json")+":3:3: kind")
	_, err = enter(ctx, ts.New(backend, ""), "a", "")
	WantReason(t, err, ts.Damaged, backend.Location(Bodies+"a.json")+":3:3: kind")
}

// testReceiptsAlone: receipts are of a store like documents, and count for none.
func testReceiptsAlone(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), newBackend(t)
	Plant(t, backend, receiptA, []byte(receiptText))
	_, _, err := ts.Read[ts.LineCampaignBody](ctx, ts.New(backend, ""), "a", ts.Revision{})
	WantReason(t, err, ts.NotFound)
	if Must(ts.Taken[ts.LineCampaignBody](ctx, ts.New(backend, ""), "a"))(t) {
		t.Error("a receipt takes its object's name")
	}
	_, err = ts.Create(ctx, ts.New(backend, ""), "a", FullBody())
	WantReason(t, err, ts.Damaged, ts.IdentityKey, "documents beside it")
	found := Must(ts.Contents(ctx, backend))(t)
	if len(found.Documents) != 0 || len(found.Receipts) != 1 || found.Receipts[0].Name != "a" ||
		found.Receipts[0].Kind != ts.LineCampaignBodies || found.Receipts[0].ETag == "" {
		t.Errorf("found %+v", found)
	}
	if data, err := ts.ReadRaw(ctx, ts.New(backend, ""), ts.LineCampaignBodies.Receipts(), "a"); string(data) != receiptText || err != nil {
		t.Errorf("raw: %s, %v", data, err)
	}
	// An account may have the name of their folder.
	store := ts.New(newBackend(t), "receipts")
	known := Must(ts.Create(ctx, store, "a", body("1")))(t)
	Must(enter(ctx, store, "a", ""))(t)
	if _, revision, err := ts.Read[ts.LineCampaignBody](ctx, store, "a", known); revision != known || err != nil {
		t.Errorf("in the account receipts: %+v, %v", revision, err)
	}
}

// testUnlistedReceipt: a receipt that was known and is missing in a listing is looked for; one that was not known is not.
func testUnlistedReceipt(t *testing.T, newBackend func(*testing.T) ts.Backend) {
	ctx, backend := t.Context(), &faults{Backend: newBackend(t), omits: []string{receiptA}}
	Must(ts.Create(ctx, ts.New(backend, ""), "a", body("1")))(t)
	Must(enter(ctx, ts.New(backend, ""), "a", ""))(t)
	_, etag, err := backend.Get(ctx, receiptA)
	if err != nil {
		t.Fatal(err)
	}
	store := ts.New(backend, "")
	for range 2 {
		if receipt, again, err := readReceipt(ctx, store, "a", etag); receipt != nil || again != etag || err != nil {
			t.Fatalf("unchanged: got %+v, %q, %v", receipt, again, err)
		}
	}
	if !store.Unlisted(ts.LineCampaignBodies, "a") || store.Unlisted(ts.WebhookTemplates, "a") {
		t.Error("the listing omits the receipt of the body a, and no other")
	}
	if receipt, again, err := readReceipt(ctx, ts.New(backend, ""), "a", "older"); receipt == nil || again != etag || err != nil {
		t.Fatalf("changed: got %+v, %q, %v", receipt, again, err)
	}
	backend.gets.Store(0)
	if receipt, again, err := readReceipt(ctx, ts.New(backend, ""), "a", ""); receipt != nil || again != "" || err != nil {
		t.Fatalf("not known: got %+v, %q, %v", receipt, again, err)
	}
	if backend.gets.Load() != 0 {
		t.Errorf("a receipt that is not known took %d reads", backend.gets.Load())
	}
}
