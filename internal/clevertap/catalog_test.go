package clevertap_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sync/errgroup"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// startCatalog starts a server that has the catalog 7.
func startCatalog(t *testing.T, config clevertaptest.CatalogConfig) *clevertaptest.Server {
	t.Helper()
	server := start(t, clevertaptest.Config{Catalogs: config})
	server.AddCatalog(7, clevertaptest.Column{Name: "a", Type: "string"}, clevertaptest.Column{Name: "n", Type: "number"})
	return server
}

func aProduct() clevertap.Product {
	return clevertap.Product{
		Identity: "x", Name: "X", ImageURL: "https://example.com/x.png",
		Attributes: map[string]any{"a": "<\"é世\u2028\\", "n": json.Number("1.50")},
	}
}

func TestCatalog(t *testing.T) {
	t.Parallel()
	server := startCatalog(t, clevertaptest.CatalogConfig{Token: passcode})
	client := newClient(t, server.URL+"/")
	want := clevertap.Catalog{ID: 7, Name: "catalog 7", Columns: map[string]string{"a": "string", "n": "number"}, Active: true}
	if got, err := client.Catalog(t.Context(), 7); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v", got, err)
	}
	server.DeactivateCatalog(7)
	if got, err := client.Catalog(t.Context(), 7); err != nil || got.Active {
		t.Errorf("got %+v, %v", got, err)
	}
	for body, active := range map[string]bool{
		`{"id":7,"catalogSchema":[]}`: true, `{"id":7,"catalogSchema":[],"status":"DELETED"}`: false,
		`{"id":7,"catalogSchema":[],"status":1,"isActive":null}`: true, `{"id":7,"catalogSchema":[],"isActive":false}`: false,
	} {
		server.AddFaults(standin.Fault{Status: 200, Body: body})
		if got, err := client.Catalog(t.Context(), 7); err != nil || got.Active != active {
			t.Errorf("%s: got %+v, %v", body, got, err)
		}
	}
	for body, part := range map[string]string{
		`{"id":7}`: "without catalogSchema", `{"id":8,"catalogSchema":[]}`: "with the catalog 8", `[]`: "not with a catalog",
		`{"id":"7","catalogSchema":[]}`: "not with a catalog", ``: "empty body",
	} {
		server.AddFaults(standin.Fault{Status: 200, Body: body})
		_, err := client.Catalog(t.Context(), 7)
		wantParts(t, err, part)
	}
	_, err := client.Catalog(t.Context(), 8)
	wantParts(t, err, "read the catalog 8: CleverTap answered 404 Not Found: CATALOG_NOT_FOUND", "Check the catalog's ID")
	// The passcode goes nowhere but to headers.
	for _, request := range server.Requests() {
		if request.Header.Get("X-Clevertap-Token") != standin.Secret || request.Header.Get("X-Account-Id") != accountID {
			t.Errorf("headers %v", request.Header)
		}
	}
}

func TestLifeOfAProduct(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"attributes", "customAttributes"} {
		server := startCatalog(t, clevertaptest.CatalogConfig{AttributesKey: key})
		client, ctx := newClient(t, server.URL), t.Context()
		product := aProduct()
		read := func(want *clevertap.Product) {
			t.Helper()
			if got, err := client.Product(ctx, 7, "x"); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s: got %+v, %v; want %+v", key, got, err, want)
			}
		}
		read(nil)
		if err := client.CreateProduct(ctx, 7, product); err != nil {
			t.Fatal(err)
		}
		read(&product)
		err := client.CreateProduct(ctx, 7, product)
		wantParts(t, err, `create the product "x": CleverTap answered 409 Conflict: Resource already exists`)
		product.Attributes["a"] = ""
		if err := client.UpdateProduct(ctx, 7, product); err != nil {
			t.Fatal(err)
		}
		read(&product)
		if answer, err := client.DeleteProduct(ctx, 7, "x"); err != nil || !strings.Contains(answer, "completed") {
			t.Fatalf("got %s, %v", answer, err)
		}
		read(nil)
		err = client.UpdateProduct(ctx, 7, product)
		wantParts(t, err, `update the product "x": CleverTap answered 404`, "Product not found")
		server.SetProduct(7, "x", clevertaptest.Product{Name: "X", Inactive: true})
		if got, err := client.Product(ctx, 7, "x"); err != nil || !got.Inactive {
			t.Errorf("got %+v, %v", got, err)
		}
		for _, request := range server.Requests() {
			if request.Header.Get("X-Clevertap-Token") != "" {
				t.Error("a call about products has the headers of those about catalogs")
			}
		}
	}
}

// What is sent, word for word.
func TestProductRequests(t *testing.T) {
	t.Parallel()
	server := startCatalog(t, clevertaptest.CatalogConfig{})
	client := newClient(t, server.URL)
	product := aProduct()
	product.Identity = "a/b ü?"
	_ = client.CreateProduct(t.Context(), 7, product)
	_ = client.UpdateProduct(t.Context(), 7, product)
	_, _ = client.DeleteProduct(t.Context(), 7, product.Identity)
	const rest = `"name":"X","imageUrl":"https://example.com/x.png","attributes":{"a":"\u003c\"é世\u2028\\","n":1.50}}`
	want := []string{
		`POST /v2/catalogs/7/products {"identity":"a/b ü?",` + rest, `PUT /v2/catalogs/7/products/a%2Fb%20%C3%BC%3F {` + rest,
		`DELETE /v2/catalogs/7/products/bulk {"identities":["a/b ü?"]}`,
	}
	var got []string
	for _, r := range server.Requests() {
		got = append(got, r.Method+" "+r.Path+" "+string(r.Body))
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if url := client.ProductURL(7, "a/b"); url != server.URL+"/v2/catalogs/7/products/a%2Fb" {
		t.Errorf("the product is at %s", url)
	}
	if url := client.CatalogURL(7); url != server.URL+"/v2/catalogs/7" {
		t.Errorf("the catalog is at %s", url)
	}
}

func TestProductsThatCannotBe(t *testing.T) {
	t.Parallel()
	server := startCatalog(t, clevertaptest.CatalogConfig{})
	client := newClient(t, server.URL)
	long := func(n int) string { return strings.Repeat("é", n) }
	for part, change := range map[string]func(*clevertap.Product){
		"identity of a product is empty":           func(p *clevertap.Product) { p.Identity = "" },
		"501 characters; CleverTap takes up to":    func(p *clevertap.Product) { p.Identity = long(501) },
		`identity "."`:                             func(p *clevertap.Product) { p.Identity = "." },
		`identity ".."`:                            func(p *clevertap.Product) { p.Identity = ".." },
		`identity "Bulk"`:                          func(p *clevertap.Product) { p.Identity = "Bulk" },
		"its name has 0 characters":                func(p *clevertap.Product) { p.Name = "" },
		"its name has 1001 characters":             func(p *clevertap.Product) { p.Name = long(1001) },
		"its image URL has more than 2000":         func(p *clevertap.Product) { p.ImageURL = long(2001) },
		"it takes 100001 bytes of JSON; CleverTap": func(p *clevertap.Product) { fillUp(p, clevertap.MaxProductBytes+1) },
	} {
		product := aProduct()
		change(&product)
		wantParts(t, product.Check(), part)
		wantParts(t, client.CreateProduct(t.Context(), 7, product), part)
		wantParts(t, client.UpdateProduct(t.Context(), 7, product), part)
		if strings.Contains(part, "identity") || strings.HasPrefix(part, "501") {
			_, err := client.Product(t.Context(), 7, product.Identity)
			wantParts(t, err, part)
			_, err = client.DeleteProduct(t.Context(), 7, product.Identity)
			wantParts(t, err, part)
		}
	}
	if requests := server.Requests(); len(requests) != 0 {
		t.Errorf("%d requests", len(requests))
	}
	largest := aProduct()
	largest.Identity, largest.Name, largest.ImageURL = long(500), long(1000), long(2000)
	fillUp(&largest, clevertap.MaxProductBytes)
	if err := client.CreateProduct(t.Context(), 7, largest); err != nil {
		t.Error(err)
	}
}

// fillUp gives a product so many bytes.
func fillUp(p *clevertap.Product, size int) {
	p.Attributes = map[string]any{"a": ""}
	body, _ := json.Marshal(map[string]any{"identity": p.Identity, "name": p.Name, "imageUrl": p.ImageURL, "attributes": p.Attributes})
	p.Attributes["a"] = strings.Repeat("x", size-len(body))
}

// Which answers mean that there is no product, and which are failures.
func TestMissingProduct(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status  int
		body    string
		missing bool
	}{
		{404, `{"message":"Resource not found"}`, true},
		{404, `{"errorCode":"PRODUCT_NOT_FOUND","message":"Product x not found in catalog 7"}`, true},
		{404, `{"error":{"code":"PRODUCT_NOT_FOUND"}}`, true},
		{404, `{"status":"fail","error":"Item not found","code":404}`, true},
		{200, `{"status":"fail","error":"No such product"}`, true},
		{400, `{"error":"identity does not exist"}`, true},
		{404, `{"errorCode":"CATALOG_NOT_FOUND","message":"Catalog - 7 not found"}`, false},
		{404, `{"error":{"code":"CATALOG_NOT_FOUND"}}`, false},
		{404, `{}`, false},
		{404, ``, false},
		{404, `<html>Product not found</html>`, false},
		{403, `{"error":"Product not found"}`, false},
		{500, `{"error":"Product not found"}`, false},
		{200, `{"message":"Product not found"}`, false},
		{200, `{"error":"Catalog not found"}`, false},
		{400, `{"error":"Bad identity"}`, false},
	}
	server := startCatalog(t, clevertaptest.CatalogConfig{})
	client := newClient(t, server.URL, func(config *clevertap.Config) { config.HTTP.MaxRetries = 0 })
	for _, test := range tests {
		server.AddFaults(standin.Fault{Status: test.status, Body: test.body})
		got, err := client.Product(t.Context(), 7, "x")
		if got != nil || test.missing != (err == nil) {
			t.Errorf("%d %s: got %+v, %v; want missing %t", test.status, test.body, got, err, test.missing)
		}
	}
}

// What users read, whole.
func TestCatalogErrorsWordForWord(t *testing.T) {
	t.Parallel()
	const (
		asked   = `read the product "x": CleverTap answered `
		feature = ". The Catalog API needs the Catalogs feature on the account and in its plan: ask your Customer Success Manager at " +
			"CleverTap to enable it. If it is enabled, the passcode has no right to it."
		catalog = ". Check the catalog's ID, which CleverTap's dashboard shows, the account and the region."
	)
	for answer, want := range map[string]string{
		`403 {"message":"Catalog feature is not enabled for this account."}`: asked + "403 Forbidden: Catalog feature is not enabled " +
			"for this account." + feature,
		`401 {"message":"Catalog feature is not enabled for this account."}`: asked + "401 Unauthorized: Catalog feature is not enabled " +
			"for this account." + feature,
		`401 {"error":"No"}`: asked + "401 Unauthorized: No. Check the account ID, the passcode (it may have expired) and the region: " +
			"an account is known in its own region alone, and HOST was asked. The dashboard's address begins with the region.",
		`403 `: asked + "403 Forbidden" + feature,
		`404 {"errorCode":"CATALOG_NOT_FOUND","message":"Catalog - 7 not found"}`: asked + "404 Not Found: CATALOG_NOT_FOUND: Catalog - 7 " +
			"not found" + catalog,
		`404 <html>`: asked + `404 Not Found: "<html>"` + catalog,
		`200 {"error":{"code":"INTERNAL_ERROR","message":"CANARY-PASS-CODE"}}`: asked + "200 OK: INTERNAL_ERROR: [redacted]",
		`400 {"status":"fail","error":"No","code":499}`:                        asked + "400 Bad Request: No (code 499)",
		`200 `: `read the product "x": HOST answered 200 OK with an empty body, which is how CleverTap answers at an address that it ` +
			"does not know. Check the region and the API URL",
		`200 {"identity":"y"}`: asked + `200 OK, but with the product "y"; the answer begins "{\"identity\":\"y\"}". Check the API URL, and ` +
			"what stands between here and CleverTap: a proxy's page looks like this",
		`204 `: asked + "204 No Content",
	} {
		server := startCatalog(t, clevertaptest.CatalogConfig{})
		var status int
		var body string
		_, _ = fmt.Sscanf(answer, "%d", &status)
		_, body, _ = strings.Cut(answer, " ")
		server.AddFaults(standin.Fault{Status: status, Body: body})
		client := newClient(t, server.URL, func(config *clevertap.Config) { config.HTTP.MaxRetries = 0 })
		_, err := client.Product(t.Context(), 7, "x")
		want = strings.ReplaceAll(want, "HOST", strings.TrimPrefix(server.URL, "http://"))
		if err == nil || err.Error() != want {
			t.Errorf("%s:\n%v, want\n%s", answer, err, want)
		}
	}
}

func TestProducts(t *testing.T) {
	t.Parallel()
	for _, config := range []clevertaptest.CatalogConfig{
		{}, {MaxPage: 10}, {ListKey: "products", AttributesKey: "customAttributes"}, {ListWithoutAttributes: true, MaxPage: 7},
	} {
		server := startCatalog(t, config)
		for i := range 250 {
			server.SetProduct(7, fmt.Sprint(i), clevertaptest.Product{Name: "N", Attributes: map[string]any{"a": "1"}})
		}
		client := newClient(t, server.URL)
		n := 0
		for product, err := range client.Products(t.Context(), 7) {
			if err != nil {
				t.Fatal(err)
			}
			if product.Identity != fmt.Sprint(n) || (product.Attributes == nil) != config.ListWithoutAttributes {
				t.Fatalf("product %d is %+v", n, product)
			}
			n++
		}
		if n != 250 {
			t.Errorf("%d products", n)
		}
		if requests := len(server.Requests()); config.MaxPage == 0 && requests != 4 {
			t.Errorf("%d requests", requests)
		}
		for _, err := range client.Products(t.Context(), 7) {
			if err != nil {
				t.Error(err)
			}
			break
		}
	}
}

func TestProductsThatCannotBeListed(t *testing.T) {
	t.Parallel()
	list := func(identities ...string) standin.Fault {
		return standin.Fault{Status: 200, Body: `{"content":[{"identity":"` + strings.Join(identities, `"},{"identity":"`) + `"}]}`}
	}
	server := startCatalog(t, clevertaptest.CatalogConfig{})
	client := newClient(t, server.URL)
	for part, faults := range map[string][]standin.Fault{
		"after 1 pages with 2 products, another came that has only products of those before": {list("a", "b"), list("b", "a")},
		"after 2 pages with 3 products": {list("a", "b"), list("b", "c"), list("c")},
		"without content":               {{Status: 200, Body: `{"items":[]}`}},
		"product 2 has no identity":     {list("a", "")},
		"not with a list of products":   {{Status: 200, Body: `{"content":[1]}`}},
		"a proxy's page":                {{Status: 200, Body: `<html>`}},
		"empty body":                    {{Status: 200}},
		"404 Not Found":                 {{Status: 404}},
	} {
		server.AddFaults(faults...)
		var err error
		for _, err = range client.Products(t.Context(), 7) {
		}
		wantParts(t, err, "list the products of the catalog 7", part)
	}
	if _, err := client.Product(t.Context(), 7, "a"); err != nil {
		t.Errorf("faults are left: %v", err)
	}
}

// However many write, three are under way, and what CleverTap would not take at the time is sent again.
func TestProductWritesKeepToTheLimit(t *testing.T) {
	t.Parallel()
	server := startCatalog(t, clevertaptest.CatalogConfig{})
	server.AddFaults(clevertaptest.FailureFault(http.StatusTooManyRequests, clevertaptest.MessageTooMany),
		standin.Fault{Method: "POST", Done: true, Reset: true})
	client := newClient(t, server.URL)
	group, ctx := errgroup.WithContext(t.Context())
	for i := range 50 {
		group.Go(func() error {
			product := aProduct()
			product.Identity = fmt.Sprint(i)
			return client.CreateProduct(ctx, 7, product)
		})
	}
	// One of them was done although its answer was lost, and its second request finds it done.
	if err := group.Wait(); err == nil || !strings.Contains(err.Error(), "409") {
		t.Errorf("got %v", err)
	}
	if uploads, reads := server.HighestConcurrency(); uploads != 0 || reads > 3 {
		t.Errorf("%d uploads and %d others at a time", uploads, reads)
	}
	err := whileServerHangs(t, server, 3, func(ctx context.Context) error { return client.CreateProduct(ctx, 7, aProduct()) })
	wantParts(t, err, `create the product "x": no answer from CleverTap`)
}
