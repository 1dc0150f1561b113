package catalogstore_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/catalogstore"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

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
		"unit":            {func(p *product) { p.Attributes["unit"], p.Attributes["brand"] = "x", nil }, func(m *ts.LineLinkedMessages) { m.Unit = "x" }},
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
	text, _ := b.Products(catalogID)["a"].Attributes["document"].(string)
	edited := func(old, now string) string {
		if !strings.Contains(text, old) {
			t.Fatalf("nothing to edit: %s", old)
		}
		return strings.Replace(text, old, now, 1)
	}
	for text, part := range map[string]string{
		"x": "a:1:1: not JSON", "{}": `"schema_version" is missing`, "[]": "it is not a JSON object", "[[]": "not JSON",
		edited(`"shape"`, `"name":"a","shape"`): `the key "name" is there twice`, edited(`"tags"`, `"x":0,"tags"`): "x: unknown field",
		edited(`"parts"`, `"x":0,"parts"`): `"schema_version" is missing`, edited(`"default"`, `""`): `"schema_version" is missing`,
		edited(`"parts":3`, `"parts":1000000`): `"schema_version" is missing`, edited(`"parts":3`, `"parts":-1`): "parts: ",
		edited(`"parts":3`, `"parts":4`): "one part more than tags, and there are 4 and 2", edited(`"parts":3`, `"parts":1.5`): `"schema_version" is missing`,
		`{"account":"default","parts":1,"document":{}}`: "not JSON", `{"account":"default","parts":1,"document":[]}`: `"schema_version" is missing`,
	} {
		b.edit("a", func(p *product) { p.Attributes["document"] = text })
		_, _, err := ts.Read[ts.LineLinkedMessages](ctx, b.store(), "a", known)
		if !storetest.IsReason(err, ts.Damaged) || !strings.Contains(err.Error(), part) || !strings.Contains(err.Error(), productAt+"a:") {
			t.Errorf("%s: got %v", text, err)
		}
		if data, _, err := b.Get(ctx, messages+"a.json"); err != nil || len(data) > 3000 {
			t.Errorf("%s: %d bytes, %v", text, len(data), err)
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

	refused := start(t, clevertaptest.CatalogConfig{})
	refused.AddFaults(standin.Fault{Path: "/v2/catalogs/7", Status: 403})
	if err := create(refused); err != nil {
		t.Errorf("the headers of one call decide about all: %v", err)
	}

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

// A product that is made and comes back inactive is not published, whatever the create has answered.
func TestCreateComesBackInactive(t *testing.T) {
	t.Parallel()
	good := start(t, clevertaptest.CatalogConfig{})
	storetest.Must(ts.Create(t.Context(), good.store(), "a", full()))(t)
	const key = messages + "a.json"
	document, _, err := good.Get(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	b := start(t, clevertaptest.CatalogConfig{CreatesInactive: true})
	_, err = b.Put(t.Context(), key, document, "")
	wantError(t, err, `the product "a" of the catalog 7 is inactive`, "bulk deletion")
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
		"as usual":    {"a", full(), ""},
		"13 parts":    {"b", many(13), ""},
		"14 parts":    {"c", many(14), "cut into 14 parts at their Liquid, and a catalog has columns for 13"},
		"just fits":   {"d", plain(strings.Repeat("x", 97_500)), ""},
		"too large":   {"e", plain(strings.Repeat("x", 100_000)), "bytes of JSON; CleverTap takes up to 100000"},
		"many quotes": {"f", plain(strings.Repeat(`\"`, 25_000)), "bytes of JSON; CleverTap takes up to 100000"},
		"reserved":    {"clevertap-template-store", plain(""), "is reserved in a catalog"},
		"an endpoint": {"Bulk", plain(""), `"Bulk" is reserved in a catalog`},
		"no name":     {"ü", plain(""), "is no name for linked messages"},
		"delete":      {"g", plain("\x7f"), `ASCII alone, and this has the character '\x7f'`},
		"not ASCII":   {"g", plain("世"), `ASCII alone, and this has the character '世': write it as \uXXXX`},
	} {
		err := catalogstore.Check(test.name, test.content)
		if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
			t.Errorf("%s: got %v, want %s", what, err, test.want)
		}
		if _, written := ts.Create(t.Context(), b.store(), test.name, test.content); (written == nil) != (err == nil) {
			t.Errorf("%s: checked %v, written %v", what, err, written)
		}
	}
	// What passes the check can be written.
	for size := 97_000; size < 100_000; size += 100 {
		sized := plain(strings.Repeat("x", size))
		if _, err := ts.Create(t.Context(), b.store(), fmt.Sprint(size), sized); catalogstore.Check("a", sized) == nil && err != nil {
			t.Fatal(err)
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
