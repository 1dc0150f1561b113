package catalogstore_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/catalogstore"
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

// A product that somebody edited is other content; only one that cannot be read is damaged.
func TestEdited(t *testing.T) {
	t.Parallel()
	ctx, b := t.Context(), start(t, clevertaptest.CatalogConfig{})
	type product = clevertaptest.Product
	for what, test := range map[string]struct {
		edit func(*product)
		want func(*ts.LineLinkedMessages)
	}{
		"part":            {func(p *product) { p.Attributes["part1"] = "世\u2028" }, func(m *ts.LineLinkedMessages) { m.Parts[1] = "世\u2028" }},
		"part emptied":    {func(p *product) { delete(p.Attributes, "part1") }, func(m *ts.LineLinkedMessages) { m.Parts[1] = "" }},
		"part, a number":  {func(p *product) { p.Attributes["part1"] = json.Number("1.50") }, func(m *ts.LineLinkedMessages) { m.Parts[1] = "1.50" }},
		"shape":           {func(p *product) { p.Attributes["shape"] = "x" }, func(m *ts.LineLinkedMessages) { m.Shape = "x" }},
		"unit":            {func(p *product) { p.Attributes["unit"] = "x" }, func(m *ts.LineLinkedMessages) { m.Unit = "x" }},
		"content_sha256":  {func(p *product) { p.Attributes["content_sha256"] = nil }, func(m *ts.LineLinkedMessages) { m.ContentSHA256 = "" }},
		"name":            {func(p *product) { p.Name = "x" }, func(m *ts.LineLinkedMessages) { m.VariantOf = new("x") }},
		"image, and more": {func(p *product) { p.ImageURL, p.Attributes["brand"], p.Attributes["part9"] = "https://i", "x", "y" }, func(*ts.LineLinkedMessages) {}},
	} {
		for name, written := range map[string]ts.LineLinkedMessages{"variant": full(), "plain": func() ts.LineLinkedMessages {
			m := full()
			m.VariantOf = nil
			return m
		}()} {
			b := start(t, clevertaptest.CatalogConfig{UpdateReplaces: true})
			known := storetest.Must(ts.Create(ctx, b.store(), name, written))(t)
			b.edit(name, test.edit)
			content, revision, err := ts.Read[ts.LineLinkedMessages](ctx, b.store(), name, ts.Revision{})
			wanted := full()
			wanted.VariantOf = written.VariantOf
			test.want(&wanted)
			if err != nil || !reflect.DeepEqual(*content, wanted) || (revision == known) != strings.HasPrefix(what, "image") {
				t.Errorf("%s of %s: got %+v at %+v, %v", what, name, content, revision, err)
			}
			if _, _, err := ts.Read[ts.LineLinkedMessages](ctx, b.store(), name, known); err != nil {
				t.Errorf("%s of %s: %v", what, name, err)
			}
			storetest.Must(ts.Replace(ctx, b.store(), name, written, revision))(t)
			again := b.Products(catalogID)[name]
			if _, other := again.Attributes["brand"]; other != strings.HasPrefix(what, "image") || again.Attributes["part9"] != "" {
				t.Errorf("%s of %s: left %v", what, name, again.Attributes)
			}
		}
	}

	known := storetest.Must(ts.Create(ctx, b.store(), "a", full()))(t)
	const document = `{"account":"default","parts":1,"document":{"kind":"line-linked-messages"}}`
	for text, part := range map[string]string{
		"x": "a:1:1: not JSON", "{}": `"schema_version" is missing`, "[]": "it is not a JSON object", document: `"schema_version" is missing`,
		strings.Replace(document, `{"kind`, `{"a":1,"a":2,"kind`, 1): `the key "a" is there twice`,
		strings.Replace(document, `1`, `-1`, 1):                      "a:1:", strings.Replace(document, `1`, `14`, 1): "a:1:",
		strings.Replace(document, `"parts"`, `"x":0,"parts"`, 1): "a:1:", strings.Replace(document, `default`, ``, 1): "a:1:",
		strings.Replace(document, `{"kind":"line-linked-messages"}`, `{}`, 1): "a:1:",
	} {
		b.edit("a", func(p *product) { p.Attributes["document"] = text })
		_, _, err := ts.Read[ts.LineLinkedMessages](ctx, b.store(), "a", known)
		if !storetest.IsReason(err, ts.Damaged) || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: got %v", text, err)
		}
		_, err = ts.Create(ctx, b.store(), "a", full())
		storetest.WantReason(t, err, ts.NameTaken)
	}
	found := storetest.Must(ts.Contents(ctx, b.Backend))(t)
	if len(found.Documents) != 1 || found.Documents[0].Name != "a" {
		t.Errorf("found %+v", found)
	}
	b.edit("a", func(p *product) { p.Attributes["document"] = "" })
	_, _, err := ts.Read[ts.LineLinkedMessages](ctx, b.store(), "a", known)
	storetest.WantReason(t, err, ts.NotFound)
	_, err = ts.Create(ctx, b.store(), "a", full())
	wantError(t, err, "which is no document of linked messages")
}

func TestCatalogsThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	create := func(b bench) error {
		_, err := ts.Create(ctx, b.store(), "a", full())
		if n := len(b.Products(catalogID)); err != nil && n > 0 && b.Products(catalogID)["a"].Name != "" {
			t.Errorf("refused, and %d products are there", n)
		}
		return err
	}
	inactive := start(t, clevertaptest.CatalogConfig{})
	inactive.DeactivateCatalog(catalogID)
	wantError(t, create(inactive), "the catalog 7 (catalog 7) is not active: activate it")
	wantError(t, create(start(t, clevertaptest.CatalogConfig{}, "shape", "part0", "part1")),
		"lacks these columns of the type string: unit, content_sha256, document. It needs shape, unit, content_sha256, document, part0")
	numbers := start(t, clevertaptest.CatalogConfig{})
	numbers.AddCatalog(catalogID, clevertaptest.Column{Name: "shape", Type: "number"})
	wantError(t, create(numbers), "type string: shape, unit")
	few := start(t, clevertaptest.CatalogConfig{}, catalogstore.Columns()[:6]...)
	wantError(t, create(few), "more parts at their Liquid than the catalog 7 has columns for: it ends with part1", "up to part12")
	if _, err := ts.Create(ctx, few.store(), "b", plain("")); err != nil {
		t.Error(err)
	}
	wantError(t, create(start(t, clevertaptest.CatalogConfig{Disabled: 403})), "is not enabled for this account", "ask your Customer Success")
	wantError(t, create(start(t, clevertaptest.CatalogConfig{Disabled: 401})), "is not enabled for this account", "ask your Customer Success")

	// Where the catalog's columns cannot be found out, CleverTap's refusal says which one it does not know.
	blind := start(t, clevertaptest.CatalogConfig{Token: "another"}, catalogstore.Columns()[:6]...)
	wantError(t, create(blind), "400 Bad Request: Unknown attribute: part2")

	for _, hidden := range []bool{false, true} {
		b := start(t, clevertaptest.CatalogConfig{InactiveIsMissing: hidden})
		known := storetest.Must(ts.Create(ctx, b.store(), "a", full()))(t)
		b.edit("a", func(p *clevertaptest.Product) { p.Inactive = true })
		_, _, err := ts.Read[ts.LineLinkedMessages](ctx, b.store(), "a", known)
		if hidden {
			storetest.WantReason(t, err, ts.NotFound)
		} else {
			storetest.WantReason(t, err, ts.Unavailable, `the product "a" of the catalog 7 is inactive`, "bulk deletion")
		}
		_, err = ts.Create(ctx, b.store(), "a", full())
		wantError(t, err, "inactive", "bulk deletion")
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	many := func(parts int) ts.LineLinkedMessages {
		m := full()
		m.Parts, m.Tags = make([]string, parts), make([]string, parts-1)
		return m
	}
	if catalogstore.MaxParts != 13 {
		t.Errorf("%d parts", catalogstore.MaxParts)
	}
	b := start(t, clevertaptest.CatalogConfig{})
	for what, test := range map[string]struct {
		name    string
		content ts.LineLinkedMessages
		want    string
	}{
		"as usual":      {"a", full(), ""},
		"13 parts":      {"b", many(13), ""},
		"14 parts":      {"c", many(14), "cut into 14 parts at their Liquid, and a catalog has columns for 13"},
		"just fits":     {"d", plain(strings.Repeat("x", 97_500)), ""},
		"too large":     {"e", plain(strings.Repeat("x", 100_000)), "bytes of JSON; CleverTap takes up to 100000"},
		"many quotes":   {"f", plain(strings.Repeat(`\"`, 25_000)), "bytes of JSON; CleverTap takes up to 100000"},
		"reserved":      {"clevertap-template-store", plain(""), "is reserved in a catalog"},
		"an endpoint":   {"Bulk", plain(""), `"Bulk" is reserved in a catalog`},
		"no name":       {"ü", plain(""), "is no name for linked messages"},
		"not ASCII":     {"g", plain("世"), `ASCII alone, and this has the character '世': write it as \uXXXX`},
		"Liquid is not": {"h", full(), ""},
	} {
		err := catalogstore.Check(test.name, test.content)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s: got %v, want %s", what, err, test.want)
		}
		if _, written := ts.Create(t.Context(), b.store(), test.name, test.content); (written == nil) != (err == nil) {
			t.Errorf("%s: checked %v, written %v", what, err, written)
		}
	}
	for _, document := range []string{`{`, `[]`, `{"parts":1}`, `{"parts":[],"parts":[]}`, `"x"`} {
		if _, err := b.Put(t.Context(), messages+"x.json", []byte(document), ""); err == nil || errors.Is(err, ts.ErrCondition) {
			t.Errorf("%s: got %v", document, err)
		}
	}
	if _, err := b.Put(t.Context(), ts.IdentityKey, []byte(`{`), ""); err == nil {
		t.Error("an identity that is no JSON")
	}
}
