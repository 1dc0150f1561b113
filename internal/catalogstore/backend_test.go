package catalogstore_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/catalogstore"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// asTheyMayBe are the catalogs that the documentation leaves room for.
func asTheyMayBe() []clevertaptest.CatalogConfig {
	return []clevertaptest.CatalogConfig{
		{},
		{AttributesKey: "customAttributes", ListKey: "products", MaxPage: 2},
		{CreateOverwrites: true, UpdateReplaces: true},
		{ListWithoutAttributes: true, Token: "another"},
		{StaleReads: 2},
		{StaleReads: 1, InactiveIsMissing: true, UpdateReplaces: true, Token: "PASS"},
	}
}

// One document's life, with a fresh Store for every step as with one process each.
func TestLife(t *testing.T) {
	t.Parallel()
	for _, config := range asTheyMayBe() {
		t.Run(fmt.Sprintf("%+v", config), func(t *testing.T) {
			t.Parallel()
			b, ctx := start(t, config), t.Context()
			const key = messages + "welcome_ja.json"
			created := storetest.Must(ts.Create(ctx, b.store(), "welcome_ja", full()))(t)
			read := func(want ts.LineLinkedMessages, at ts.Revision) {
				t.Helper()
				got, revision, err := ts.Read[ts.LineLinkedMessages](ctx, b.store(), "welcome_ja", ts.Revision{})
				if err != nil || !reflect.DeepEqual(*got, want) || revision != at {
					t.Fatalf("got %+v at %+v, %v; want %+v at %+v", got, revision, err, want, at)
				}
				if got, revision, err := ts.Read[ts.LineLinkedMessages](ctx, b.store(), "welcome_ja", at); got != nil || revision != at || err != nil {
					t.Fatalf("unchanged: got %+v at %+v, %v", got, revision, err)
				}
			}
			read(full(), created)
			_, err := ts.Create(ctx, b.store(), "welcome_ja", plain(""))
			storetest.WantReason(t, err, ts.NameTaken, b.URL+productAt+"welcome_ja", "exists already")
			replaced := storetest.Must(ts.Replace(ctx, b.store(), "welcome_ja", plain("2"), created))(t)
			read(plain("2"), replaced)
			// Where the catalog's columns cannot be found out, those that no document had are left alone.
			for _, column := range []string{"part1", "part2", "part12"} {
				if text := b.Products(catalogID)["welcome_ja"].Attributes[column]; text != "" && (text != nil || column != "part12") {
					t.Errorf("%s holds %v", column, text)
				}
			}
			_, err = ts.Replace(ctx, b.store(), "welcome_ja", full(), created)
			storetest.WantReason(t, err, ts.Changed, b.URL+productAt+"welcome_ja", "not the revision that was last seen")
			storetest.WantReason(t, ts.Delete[ts.LineLinkedMessages](ctx, b.store(), "welcome_ja", created), ts.Changed)
			read(plain("2"), replaced)
			if err := ts.Delete[ts.LineLinkedMessages](ctx, b.store(), "welcome_ja", replaced); err != nil {
				t.Fatal(err)
			}
			_, _, err = ts.Read[ts.LineLinkedMessages](ctx, b.store(), "welcome_ja", replaced)
			storetest.WantReason(t, err, ts.NotFound, b.URL+productAt+"welcome_ja")
			if _, there := b.Products(catalogID)["welcome_ja"]; there {
				t.Error("the product is still there: only the bulk deletion removes it")
			}
			if err := ts.Delete[ts.LineLinkedMessages](ctx, b.store(), "welcome_ja", replaced); err != nil {
				t.Fatalf("deleting what is gone: %v", err)
			}
			_, err = ts.Replace(ctx, b.store(), "welcome_ja", full(), replaced)
			storetest.WantReason(t, err, ts.Changed, "deleted meanwhile")
			storetest.Must(ts.Create(ctx, b.store(), "welcome_ja", full()))(t)
			if _, _, err := b.Get(ctx, key); err != nil {
				t.Error(err)
			}
			if unserved := b.Unserved(); len(unserved) > 0 {
				t.Errorf("not served: %v", unserved)
			}
		})
	}
}

var random = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{27}`)

// What a catalog holds, for campaigns and for later versions of this program.
func TestGoldenProducts(t *testing.T) {
	t.Parallel()
	b := start(t, clevertaptest.CatalogConfig{}, append(catalogstore.Columns()[:8], "brand")...)
	storetest.Must(ts.Create(t.Context(), b.store(), "welcome_ja", full()))(t)
	storetest.Must(ts.Create(t.Context(), b.store(), "plain", plain("x")))(t)
	for identity, want := range map[string]string{
		"welcome_ja": `{"Name":"welcome","ImageURL":"https://example.com/images/line-message.png","Attributes":{` +
			`"content_sha256":"` + strings.Repeat("f", 64) + `","document":"{\"account\":\"default\",\"parts\":3,\"document\":` +
			`{\"$schema\":\"https://raw.githubusercontent.com/clevertap-line/terraform-provider-clevertap/main/docs/schemas/` +
			`line-linked-messages.v1.json\",\"schema_version\":1,\"kind\":\"line-linked-messages\",\"name\":\"welcome_ja\",` +
			`\"write_id\":\"ID\",\"shape\":null,\"parts\":null,\"unit\":null,\"content_sha256\":null,` +
			`\"tags\":[\"{{ Profile.Name | default: '\\u4e16\u003c' }}\",\"{% comment %}{% endcomment %}\"],` +
			`\"linked_content\":\"line_messages\",\"variant_of\":\"welcome\",\"track_versions\":true,\"frozen\":false,` +
			`\"served_at\":\"https://line.example.com/?a=\u003cb\u003e\u0026c\"}}",` +
			`"part0":"[{\"type\":\"text\",\"text\":\"Hello, ","part1":"! \u003cb\u003e\u0026\u003c/b\u003e \\\\ \\\" \\u003e ` +
			`\u003c/script\u003e \\u4e16\\ud83d\\ude00 {{\"}]","part2":"","part3":"",` +
			`"shape":"3f2a9b1c","unit":"welcome_1a2b3c4d"},"Inactive":false}`,
		"clevertap-template-store": `{"Name":"clevertap-template-store","ImageURL":"https://example.com/images/line-message.png",` +
			`"Attributes":{"content_sha256":"","document":"{\"schema_version\":1,\"id\":\"ID\"}","part0":"","part1":"","part2":"",` +
			`"part3":"","shape":"","unit":""},"Inactive":false}`,
	} {
		got, err := json.Marshal(b.Products(catalogID)[identity])
		if text := random.ReplaceAllString(string(got), "ID"); err != nil || text != want {
			t.Errorf("%s is\n%s, want\n%s", identity, text, want)
		}
	}
	if name := b.Products(catalogID)["plain"].Name; name != "plain" {
		t.Errorf("the name is %s", name)
	}
	wanted := "shape unit content_sha256 document part0 part1 part2 part3 part4 part5 part6 part7 part8 part9 part10 part11 part12"
	if got := strings.Join(catalogstore.Columns(), " "); got != wanted {
		t.Errorf("the columns are %s", got)
	}
}

// A catalog gives back what it was given, byte for byte, so that a copy that was cut short can be taken up again.
func TestCopies(t *testing.T) {
	t.Parallel()
	ctx, b := t.Context(), start(t, clevertaptest.CatalogConfig{})
	from := ts.NewLocal(t.TempDir())
	store := ts.New(from, "")
	storetest.Must(ts.Create(ctx, store, "welcome_ja", full()))(t)
	storetest.Must(ts.Create(ctx, store, "plain", plain("x")))(t)
	to := ts.NewLocal(t.TempDir())
	for _, way := range [][2]ts.Backend{{from, b.Backend}, {from, b.Backend}, {b.Backend, to}, {from, to}} {
		if documents, receipts, err := ts.Copy(ctx, way[0], way[1]); documents != 2 || receipts != 0 || err != nil {
			t.Fatalf("copied %d documents, %d receipts, %v", documents, receipts, err)
		}
	}
	for _, key := range []string{messages + "welcome_ja.json", messages + "plain.json", ts.IdentityKey} {
		want, _, err := from.Get(ctx, key)
		if got, _, again := b.Get(ctx, key); err != nil || again != nil || string(got) != string(want) {
			t.Errorf("%s: got %s, want %s (%v, %v)", key, got, want, err, again)
		}
	}
}

func TestAccountsAndForeignProducts(t *testing.T) {
	t.Parallel()
	for _, config := range asTheyMayBe()[:4] {
		accountsAndForeignProducts(t, start(t, config))
	}
}

func accountsAndForeignProducts(t *testing.T, b bench) {
	t.Helper()
	ctx := t.Context()
	for i := range 3 {
		b.SetProduct(catalogID, fmt.Sprint("sku-", i), clevertaptest.Product{Name: "N", Attributes: map[string]any{"brand": "x"}})
	}
	b.SetProduct(catalogID, "SKU 1/ü", clevertaptest.Product{Name: "N", Attributes: map[string]any{"document": "x"}})
	b.SetProduct(catalogID, "bare", clevertaptest.Product{Name: "N"})
	known := storetest.Must(ts.Create(ctx, b.store(), "welcome", plain("1")))(t)
	storetest.Must(ts.Create(ctx, b.store(), "a", plain("a")))(t)
	other := ts.New(b.Backend, "Other 1")
	storetest.Must(ts.Create(ctx, other, "theirs", plain("2")))(t)

	for _, name := range []string{"welcome", "sku-1"} {
		_, _, err := ts.Read[ts.LineLinkedMessages](ctx, ts.New(b.Backend, "Other 1"), name, ts.Revision{})
		storetest.WantReason(t, err, ts.NotFound)
		if storetest.Must(ts.Taken[ts.LineLinkedMessages](ctx, ts.New(b.Backend, "Other 1"), name))(t) {
			t.Errorf("%s is no document of this account", name)
		}
	}
	_, err := ts.Create(ctx, ts.New(b.Backend, "Other 1"), "welcome", plain("3"))
	storetest.WantReason(t, err, ts.Unavailable, `has a product "welcome" already, which is a document of the account default`)
	_, err = ts.Create(ctx, b.store(), "sku-1", plain("3"))
	storetest.WantReason(t, err, ts.Unavailable, `has a product "sku-1" already, which is no document of linked messages: choose another`)
	key := "Other%201/line-linked-messages/welcome.json"
	if _, err := b.Put(ctx, key, []byte(`{}`), known.ETag); err == nil || errors.Is(err, ts.ErrCondition) {
		t.Errorf("an account's document is put over another's: %v", err)
	}
	if err := b.Backend.Delete(ctx, key, known.ETag); err != nil {
		t.Error(err)
	}
	if err := b.Backend.Delete(ctx, messages+"sku-1.json", ""); err != nil {
		t.Error(err)
	}
	if n := len(b.Products(catalogID)); n != 9 {
		t.Errorf("%d products, want 5 foreign ones, the documents and the store's", n)
	}
	for prefix, want := range map[string][]string{
		"":                                {"a", "clevertap-template-store", "theirs", "welcome"},
		messages:                          {"a", "welcome"},
		"Other%201/line-linked-messages/": {"theirs"},
		"nobody/line-linked-messages/":    nil,
	} {
		var got []string
		for _, entry := range storetest.Must(b.List(ctx, prefix))(t) {
			_, etag, err := b.Get(ctx, entry.Key)
			if err != nil || etag != entry.ETag || entry.Data != nil {
				t.Errorf("%s is listed as %s, and read as %s, %v", entry.Key, entry.ETag, etag, err)
			}
			got = append(got, strings.TrimSuffix(entry.Key[strings.LastIndex(entry.Key, "/")+1:], ".json"))
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("%q holds %v", prefix, got)
		}
	}
}

// A product whose place changes while the pages are read comes twice: if it differs, only a look tells what is true.
func TestRepeatedPages(t *testing.T) {
	t.Parallel()
	ctx, b := t.Context(), start(t, clevertaptest.CatalogConfig{})
	storetest.Must(ts.Create(ctx, b.store(), "a", plain("1")))(t)
	product := b.Products(catalogID)["a"]
	one := answerOf("a", product)
	_, etag, err := b.Get(ctx, messages+"a.json")
	if err != nil {
		t.Fatal(err)
	}
	product.Attributes["part0"] = "[]"
	two := answerOf("a", product)
	page := func(products ...string) standin.Fault {
		path := strings.TrimSuffix(productAt, "/")
		return standin.Fault{Method: "GET", Path: path, Status: 200, Body: `{"content":[` + strings.Join(products, ",") + `]}`}
	}
	for _, test := range []struct {
		pages []standin.Fault
		etag  string
	}{
		{[]standin.Fault{page(one, one), page()}, etag},
		{[]standin.Fault{page(one, two), page()}, ""},
		{[]standin.Fault{page(one), page(`{"identity":"x","attributes":{}}`, two), page()}, ""},
	} {
		b.AddFaults(test.pages...)
		entries, err := b.List(ctx, messages)
		if err != nil || len(entries) != 1 || entries[0].ETag != test.etag {
			t.Errorf("got %+v, %v", entries, err)
		}
	}
	b.AddFaults(page(one), page(one))
	_, err = b.List(ctx, messages)
	wantError(t, err, "pages do not end")
}

func TestOtherKindsAreRefused(t *testing.T) {
	t.Parallel()
	ctx, b := t.Context(), start(t, clevertaptest.CatalogConfig{})
	for _, key := range []string{
		"default/webhook-templates/a.json", "default/receipts/line-linked-messages/a.json", "a.json", "", "default/line-linked-messages",
		messages + "a", messages + "a.txt", "/line-linked-messages/a.json", messages + "a/b.json", messages + ".json", messages + "..json",
		messages + "%E4%B8%96.json", messages + "bulk.json", messages + "clevertap-template-store.json", messages + "CleverTap-template-store.json",
	} {
		_, _, err := b.Get(ctx, key)
		if err == nil || errors.Is(err, ts.ErrAbsent) {
			t.Errorf("%s is read: %v", key, err)
		}
		if _, err := b.Put(ctx, key, []byte(`{"parts":["x"]}`), ""); err == nil {
			t.Errorf("%s is written", key)
		}
		if err := b.Backend.Delete(ctx, key, ""); err == nil {
			t.Errorf("%s is deleted", key)
		}
		if at := b.Location(key); at != b.URL+"/v2/catalogs/7" {
			t.Errorf("%s is at %s", key, at)
		}
	}
	_, err := ts.Create(ctx, b.store(), "a", storetest.Template(""))
	storetest.WantReason(t, err, ts.Unavailable, "keeps documents of the kind line-linked-messages alone")
	for _, prefix := range []string{"default/", "default/webhook-templates/", "default/receipts/line-linked-messages/"} {
		if _, err := b.List(ctx, prefix); err == nil {
			t.Errorf("%s is listed", prefix)
		}
	}
	if requests := b.Requests(); len(requests) != 0 {
		t.Errorf("%d requests", len(requests))
	}
	for _, id := range []int64{0, -1} {
		_, err := catalogstore.New(catalogstore.Config{CatalogID: id})
		wantError(t, err, fmt.Sprint(id), "dashboard shows it")
	}
}

func TestConcurrentWriters(t *testing.T) {
	t.Parallel()
	for _, config := range asTheyMayBe()[:3] {
		ctx, b := t.Context(), start(t, config)
		const writers = 20
		var won atomic.Int64
		race := func(write func(i int) error, lost ts.Reason) {
			t.Helper()
			won.Store(0)
			var all sync.WaitGroup
			for i := range writers {
				all.Go(func() {
					if err := write(i); err == nil {
						won.Add(1)
					} else if !storetest.IsReason(err, lost) {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if won.Load() != 1 {
				t.Errorf("%d writers won", won.Load())
			}
		}
		race(func(i int) error {
			_, err := ts.Create(ctx, b.store(), "a", plain(fmt.Sprint(i)))
			return err
		}, ts.NameTaken)
		_, known, err := ts.Read[ts.LineLinkedMessages](ctx, b.store(), "a", ts.Revision{})
		if err != nil {
			t.Fatal(err)
		}
		race(func(i int) error {
			_, err := ts.Replace(ctx, b.store(), "a", plain(fmt.Sprint(i)), known)
			return err
		}, ts.Changed)
		if uploads, reads := b.HighestConcurrency(); uploads != 0 || reads > 3 {
			t.Errorf("%d uploads and %d others at a time", uploads, reads)
		}
		catalogs := 0
		for _, request := range b.Requests() {
			if request.Path == "/v2/catalogs/7" {
				catalogs++
			}
		}
		if catalogs != 1 {
			t.Errorf("the catalog was looked at %d times", catalogs)
		}
	}
}

// A refresh of many takes few requests.
func TestRefresh(t *testing.T) {
	t.Parallel()
	ctx, b := t.Context(), start(t, clevertaptest.CatalogConfig{})
	const documents = 300
	revisions := make([]ts.Revision, documents)
	var all sync.WaitGroup
	writer := b.store()
	for i := range documents {
		all.Go(func() {
			var err error
			if revisions[i], err = ts.Create(ctx, writer, fmt.Sprint("m", i), plain("")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	b.Forget()
	store := b.store()
	for i := range documents {
		content, revision, err := ts.Read[ts.LineLinkedMessages](ctx, store, fmt.Sprint("m", i), revisions[i])
		if content != nil || revision != revisions[i] || err != nil {
			t.Fatalf("got %+v at %+v, %v", content, revision, err)
		}
	}
	if requests := len(b.Requests()); requests != documents/100+3 {
		t.Errorf("%d requests, want one a hundred products, one for the rest, one for the end, and the store's", requests)
	}
}

func TestContextEnd(t *testing.T) {
	t.Parallel()
	b := start(t, clevertaptest.CatalogConfig{StaleReads: 1000})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	_, err := b.Put(ctx, messages+"a.json", []byte(`{"parts":["x"],"write_id":"1"}`), "")
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if err := b.Backend.Delete(ctx, messages+"a.json", ""); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}
