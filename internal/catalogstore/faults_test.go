package catalogstore_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// answerOf is a product as an answer.
func answerOf(identity string, p clevertaptest.Product) string {
	text, _ := json.Marshal(map[string]any{"identity": identity, "name": p.Name, "imageUrl": p.ImageURL, "attributes": p.Attributes})
	return string(text)
}

// Whatever comes in between, a write is done once, and known to be.
func TestWritesThroughFaults(t *testing.T) {
	t.Parallel()
	for what, fault := range map[string]standin.Fault{
		"answer lost":        {Done: true, Reset: true},
		"answer breaks off":  {Truncate: true},
		"gateway":            {Done: true, Status: 502, Body: "<html>"},
		"429":                clevertaptest.FailureFault(http.StatusTooManyRequests, clevertaptest.MessageTooMany),
		"connection refused": {Reset: true},
	} {
		for _, config := range []clevertaptest.CatalogConfig{{}, {CreateOverwrites: true, UpdateReplaces: true}, {StaleReads: 1}} {
			for _, retries := range []int{4, 0} {
				t.Run(fmt.Sprintf("%s, %+v, %d retries", what, config, retries), func(t *testing.T) {
					t.Parallel()
					writesThrough(t, fault, config, retries)
				})
			}
		}
	}
}

func writesThrough(t *testing.T, fault standin.Fault, config clevertaptest.CatalogConfig, retries int) {
	t.Helper()
	ctx, b := t.Context(), start(t, config)
	b.Backend = over(t, b.Server, retries)
	storetest.Must(ts.Create(ctx, b.store(), "other", plain("")))(t)
	done := fault.Done || fault.Truncate
	lost := func(err error) bool { return retries == 0 && storetest.IsReason(err, ts.Unavailable) }

	b.AddFaults(withMethod(fault, "POST"))
	known, err := ts.Create(ctx, b.store(), "a", plain("1"))
	switch {
	case lost(err) && !done:
		known = storetest.Must(ts.Create(ctx, b.store(), "a", plain("1")))(t)
	case lost(err) && config.StaleReads > 0:
		return // the Store looks once, and what it saw is old
	case err != nil:
		t.Fatalf("create: %v", err)
	}
	b.AddFaults(withMethod(fault, "PUT"))
	replaced, err := ts.Replace(ctx, b.store(), "a", plain("2"), known)
	switch {
	case lost(err) && !done:
		replaced = storetest.Must(ts.Replace(ctx, b.store(), "a", plain("2"), known))(t)
	case err != nil:
		t.Fatalf("replace: %v", err)
	}
	if _, revision, err := ts.Read[ts.LineLinkedMessages](ctx, b.store(), "a", replaced); err != nil || revision != replaced {
		t.Fatalf("read %+v, %v", revision, err)
	}
	b.AddFaults(withMethod(fault, "DELETE"))
	if err = ts.Delete[ts.LineLinkedMessages](ctx, b.store(), "a", replaced); err != nil && !lost(err) {
		t.Fatalf("delete: %v", err)
	}
	if _, there := b.Products(catalogID)["a"]; there && (err == nil || done) {
		t.Errorf("deleted (%v), and still there", err)
	}
}

func withMethod(fault standin.Fault, method string) standin.Fault {
	fault.Method = method
	return fault
}

// What is no answer of the Catalog API is never taken for an absence, nor for a success.
func TestAnswersThatAreNone(t *testing.T) {
	t.Parallel()
	ctx, b := t.Context(), start(t, clevertaptest.CatalogConfig{})
	b.Backend = over(t, b.Server, 0)
	known := storetest.Must(ts.Create(ctx, b.store(), "a", plain("1")))(t)
	for part, fault := range map[string]standin.Fault{
		"empty body":             {Status: 200},
		"a proxy's page":         {Status: 200, Body: "<html>"},
		`404 Not Found: "<html>`: {Status: 404, Body: "<html>"},
		"404 Not Found. Check":   {Status: 404},
		"CATALOG_NOT_FOUND":      clevertaptest.CatalogFault(404, "CATALOG_NOT_FOUND", "Catalog - 7 not found"),
		"needs the Catalogs":     clevertaptest.CatalogFault(401, "AUTHORIZATION_FAILED", clevertaptest.MessageNoCatalogs),
		"INTERNAL_ERROR: Oops":   clevertaptest.CatalogFault(500, "INTERNAL_ERROR", "Oops"),
		"Too many concurrent":    clevertaptest.FailureFault(429, clevertaptest.MessageTooMany),
		"Bad thing":              {Status: 200, Body: `{"status":"fail","error":"Bad thing"}`},
	} {
		for _, path := range []string{productAt + "a", productAt + "clevertap-template-store", strings.TrimSuffix(productAt, "/")} {
			fault.Method, fault.Path = "GET", path
			b.AddFaults(fault)
			_, _, err := ts.Read[ts.LineLinkedMessages](ctx, b.store(), "a", ts.Revision{})
			storetest.WantReason(t, err, ts.Unavailable)
			wantError(t, err, part)
		}
		for method, path := range map[string]string{"PUT": productAt + "a", "DELETE": productAt + "bulk", "GET": productAt + "a"} {
			fault.Method, fault.Path = method, path
			b.AddFaults(fault)
			var err error
			if method == "DELETE" {
				err = ts.Delete[ts.LineLinkedMessages](ctx, b.store(), "a", known)
			} else {
				_, err = ts.Replace(ctx, b.store(), "a", plain("2"), known)
			}
			storetest.WantReason(t, err, ts.Unavailable)
			wantError(t, err, part)
			if b.Products(catalogID)["a"].Attributes["part0"] != plain("1").Parts[0] {
				t.Fatalf("%s to %s: the product was written", part, method)
			}
		}
	}
}

// A catalog that shows writes late is waited for, and not for ever.
func TestStaleReads(t *testing.T) {
	t.Parallel()
	ctx, b := t.Context(), start(t, clevertaptest.CatalogConfig{})
	// reading does something while reads of the product see this.
	reading := func(status int, body string, do func()) {
		const enough = 20
		b.Forget()
		for range enough {
			b.AddFaults(standin.Fault{Method: "GET", Path: productAt + "a", Status: status, Body: body})
		}
		do()
		left := enough
		for _, request := range b.Requests() {
			if request.Method == "GET" && request.Path == productAt+"a" {
				left--
			}
		}
		for range left {
			_, _, _ = b.Get(ctx, messages+"a.json")
		}
	}
	known := storetest.Must(ts.Create(ctx, b.store(), "a", plain("1")))(t)
	reading(200, answerOf("a", b.Products(catalogID)["a"]), func() {
		_, err := ts.Replace(ctx, b.store(), "a", plain("2"), known)
		storetest.WantReason(t, err, ts.Unavailable, `took the product "a" of the catalog 7, but does not show it as it was written after 400ms`)
	})
	_, after, err := ts.Read[ts.LineLinkedMessages](ctx, b.store(), "a", known)
	if err != nil || after == known {
		t.Fatalf("got %+v, %v", after, err)
	}
	reading(200, answerOf("a", b.Products(catalogID)["a"]), func() {
		err := ts.Delete[ts.LineLinkedMessages](ctx, b.store(), "a", after)
		storetest.WantReason(t, err, ts.Unavailable, `still shows the product "a" of the catalog 7 400ms after its deletion`, "Operation completed")
	})
	reading(404, `{"message":"Product not found"}`, func() {
		_, err := ts.Create(ctx, b.store(), "a", plain("1"))
		storetest.WantReason(t, err, ts.Unavailable, "does not show it as it was written")
	})
	reading(404, `{"message":"Product not found"}`, func() {
		_, err := ts.Create(ctx, b.store(), "a", plain("1"))
		storetest.WantReason(t, err, ts.Unavailable, "409 Conflict", "may be inactive", "bulk deletion")
	})
}

// Somebody else's write between ours and the reading back wins, and is not taken for ours.
func TestOvertaken(t *testing.T) {
	t.Parallel()
	ctx, b := t.Context(), start(t, clevertaptest.CatalogConfig{CreateOverwrites: true})
	storetest.Must(ts.Create(ctx, b.store(), "a", plain("1")))(t)
	theirs := b.Products(catalogID)["a"]
	document := func(id string) []byte {
		return fmt.Appendf(nil, `{"kind":"line-linked-messages","name":"b","write_id":%q,"parts":["1"]}`, id)
	}
	etag, err := b.Put(ctx, messages+"b.json", document("1"), "")
	if err != nil {
		t.Fatal(err)
	}
	get := func(status int, body string) standin.Fault {
		return standin.Fault{Method: "GET", Path: productAt + "b", Status: status, Body: body}
	}
	ours := b.Products(catalogID)["b"]
	for what, after := range map[string]standin.Fault{
		"another document":            get(200, answerOf("b", theirs)),
		"deleted":                     get(404, `{"message":"Product not found"}`),
		"another's product":           get(200, `{"identity":"b","name":"B","attributes":{"brand":"x"}}`),
		"an identity, and no content": get(200, `{"identity":"b","name":"B","attributes":{}}`),
	} {
		b.AddFaults(get(200, answerOf("b", ours)), after)
		if _, err := b.Put(ctx, messages+"b.json", document("2"), etag); !errors.Is(err, ts.ErrCondition) {
			t.Errorf("%s: got %v", what, err)
		}
		b.AddFaults(get(404, `{"message":"Product not found"}`), after)
		if _, err := b.Put(ctx, messages+"b.json", document("2"), ""); what != "deleted" && !errors.Is(err, ts.ErrCondition) {
			t.Errorf("%s: got %v", what, err)
		}
	}
}

// What CleverTap keeps otherwise than it was written is told, not taken for somebody's edit.
func TestSpoiled(t *testing.T) {
	t.Parallel()
	ctx, b := t.Context(), start(t, clevertaptest.CatalogConfig{})
	known := storetest.Must(ts.Create(ctx, b.store(), "a", plain("1")))(t)
	product := b.Products(catalogID)["a"]
	document := []byte(`{"kind":"line-linked-messages","name":"a","write_id":"2","parts":["\\\"1"]}`)
	if _, err := b.Put(ctx, messages+"a.json", document, known.ETag); err != nil {
		t.Fatal(err)
	}
	spoiled := b.Products(catalogID)["a"]
	spoiled.Name, spoiled.Attributes["part0"] = "A", `"1`
	for body, parts := range map[string][]string{
		answerOf("a", spoiled): {"shows other values than were written in part0, name"},
		`{"identity":"a"}`:     {"its answer about it has no attributes"},
	} {
		b.SetProduct(catalogID, "a", product)
		b.AddFaults(standin.Fault{Method: "GET", Path: productAt + "a", Status: 200, Body: answerOf("a", product)},
			standin.Fault{Method: "GET", Path: productAt + "a", Status: 200, Body: body})
		_, err := b.Put(ctx, messages+"a.json", document, known.ETag)
		wantError(t, err, parts...)
	}
}
