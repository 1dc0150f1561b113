package clevertaptest_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
)

const products = "/v2/catalogs/7/products"

// startCatalog starts a server that has the catalog 7.
func startCatalog(t *testing.T, config clevertaptest.CatalogConfig) *clevertaptest.Server {
	t.Helper()
	server := start(t, clevertaptest.Config{Catalogs: config})
	server.AddCatalog(7, clevertaptest.Column{Name: "a", Type: "string"}, clevertaptest.Column{Name: "b", Type: "string"},
		clevertaptest.Column{Name: "n", Type: "number"}, clevertaptest.Column{Name: "on", Type: "boolean"})
	return server
}

// asked is a request and what its answer must hold.
type asked struct {
	method, path, body string
	status             int
	parts              string // separated by |
}

func askAll(t *testing.T, server *clevertaptest.Server, all ...asked) {
	t.Helper()
	for _, a := range all {
		status, answer := ask(t, server, a.method, a.path, a.body)
		answer = strings.ReplaceAll(answer, " ", "")
		for part := range strings.SplitSeq(strings.ReplaceAll(a.parts, " ", ""), "|") {
			if status != a.status || !strings.Contains(answer, part) {
				t.Errorf("%s %s %.80s: %d %.200s, want %d with %s", a.method, a.path, a.body, status, answer, a.status, part)
			}
		}
	}
	if unserved := server.Unserved(); len(unserved) > 0 {
		t.Errorf("not served: %v", unserved)
	}
}

func TestLifeOfAProduct(t *testing.T) {
	t.Parallel()
	server := startCatalog(t, clevertaptest.CatalogConfig{})
	const done = `"message":"Operation completed successfully"`
	askAll(t, server,
		asked{"GET", "/v2/catalogs/7", "", 200, `{"id":7,"catalogName":|"catalogSchema":[{"name":"a","type":"string","filterable":false}` +
			`|"totalProducts":0,"status":"ACTIVE","createdAt":1699564800|"isActive":true,"attributeCount":4,"totalColumns":7}`},
		asked{"GET", products + "/x", "", 404, `Product not found`},
		asked{"PUT", products + "/x", `{"name":"X"}`, 404, `Product not found`},
		asked{"DELETE", products + "/x", ``, 404, `Product not found`},
		asked{"POST", products, `{"identity":"x","name":"X","imageUrl":"https://i","attributes":{"a":"1","n":1.5,"on":true}}`, 200, done},
		asked{"POST", products, `{"identity":"x","name":"Y","imageUrl":"https://i"}`, 409, `Resource already exists`},
		asked{"GET", products + "/x", "", 200, `"attributes":{"a":"1","n":1.5,"on":true}|"identity":"x","imageUrl":"https://i"|"name":"X"`},
		asked{"PUT", products + "/x", `{"attributes":{"b":"2"}}`, 200, done},
		asked{"GET", products + "/x", "", 200, `"attributes":{"a":"1","b":"2","n":1.5,"on":true}|"isActive":true|"name":"X"`},
		asked{"GET", products, "", 200, `"content":[{"attributes":{"a":"1","b":"2"|"identity":"x"`},
		asked{"DELETE", products + "/x", ``, 200, done},
		asked{"GET", products + "/x", "", 200, `"isActive":false`},
		asked{"POST", products, `{"identity":"x","name":"Y","imageUrl":"https://i"}`, 409, `Resource already exists`},
		asked{"DELETE", products + "/bulk", `{"identities":["x","y"]}`, 200, done + `|"failed":["y"]`},
		asked{"GET", products + "/x", "", 404, `Product not found`},
		asked{"GET", products, "", 200, `"content":[]`},
		asked{"POST", products, `{"identity":"x","name":"Y","imageUrl":"https://i"}`, 200, done},
	)
	if got, want := server.Products(7), map[string]clevertaptest.Product{
		"x": {Name: "Y", ImageURL: "https://i", Attributes: map[string]any{}},
	}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v", got)
	}
	server.DeactivateCatalog(7)
	askAll(t, server,
		asked{"GET", "/v2/catalogs/7", "", 200, `"status":"INACTIVE"|"isActive":false`},
		asked{"PUT", products + "/x", `{"name":"X"}`, 400, clevertaptest.MessageCatalogInactive})
}

func TestWhatTheCatalogAPIRefuses(t *testing.T) {
	t.Parallel()
	server := startCatalog(t, clevertaptest.CatalogConfig{})
	product := func(attributes string) string {
		return `{"identity":"x","name":"X","imageUrl":"https://i","attributes":{` + attributes + `}}`
	}
	long := func(n int) string { return strings.Repeat("é", n) }
	askAll(t, server,
		asked{"GET", "/v2/catalogs/8", "", 404, "CATALOG_NOT_FOUND"},
		asked{"GET", "/v2/catalogs/8/products", "", 404, "CATALOG_NOT_FOUND"},
		asked{"GET", "/v2/catalogs/8/products/x", "", 404, "CATALOG_NOT_FOUND"},
		asked{"POST", products, `{`, 400, "Bad Request"},
		asked{"POST", products, `{"identity":"x","name":"X"}`, 400, "imageUrl are required"},
		asked{"POST", products, `{"identity":"x","name":"X","imageUrl":""}`, 400, "length"},
		asked{"POST", products, `{"identity":"","name":"X","imageUrl":"i"}`, 400, "length"},
		asked{"POST", products, `{"identity":"` + long(501) + `","name":"X","imageUrl":"i"}`, 400, "length"},
		asked{"POST", products, `{"identity":"x","name":"` + long(1001) + `","imageUrl":"i"}`, 400, "length"},
		asked{"POST", products, `{"identity":"x","name":"X","imageUrl":"` + long(2001) + `"}`, 400, "length"},
		asked{"POST", products, product(`"z":"1"`), 400, "Unknown attribute: z"},
		asked{"POST", products, product(`"a":1`), 400, "type of attribute: a"},
		asked{"POST", products, product(`"a":null`), 400, "type of attribute: a"},
		asked{"POST", products, product(`"n":"1"`), 400, "type of attribute: n"},
		asked{"POST", products, product(`"n":null`), 400, "type of attribute: n"},
		asked{"POST", products, product(`"on":"true"`), 400, "type of attribute: on"},
		asked{"POST", products, product(`"a":"` + strings.Repeat("x", 100_000) + `"`), 400, "100 KB"},
		asked{"DELETE", products + "/bulk", `{}`, 400, "Bad Request"},
		asked{"GET", products + "?page=-1", "", 400, "Bad Request"},
		asked{"GET", products + "?size=x", "", 400, "Bad Request"},
	)
	if got := server.Products(7); len(got) != 0 {
		t.Errorf("refused products are kept: %v", got)
	}
	for _, unserved := range []string{
		"GET /v2/catalogs", "POST /v2/catalogs", "PUT /v2/catalogs/7", "PUT /v2/catalogs/delete/7", "POST " + products + "/bulk",
		"PUT " + products + "/bulk", "GET " + products + "/bulk", "GET " + products + "?search=x", "GET " + products + "?sortBy=name",
	} {
		method, path, _ := strings.Cut(unserved, " ")
		if status, answer := ask(t, server, method, path, "{}"); status != 501 {
			t.Errorf("%s: %d %s", unserved, status, answer)
		}
	}
}

// What the documentation leaves open can be had in each way.
func TestCatalogsAsTheyMayBe(t *testing.T) {
	t.Parallel()
	const create = `{"identity":"x","name":"X","imageUrl":"https://i","attributes":{"a":"1"}}`
	server := startCatalog(t, clevertaptest.CatalogConfig{
		AttributesKey: "customAttributes", ListKey: "products", CreateOverwrites: true, UpdateReplaces: true, InactiveIsMissing: true,
		MaxPage: 2, Token: "token",
	})
	server.SetProduct(7, "inactive", clevertaptest.Product{Name: "I", Inactive: true})
	askAll(t, server,
		asked{"GET", "/v2/catalogs/7", "", 401, "Account ID is not valid"},
		asked{"GET", products + "/inactive", "", 404, "Product not found"},
		asked{"POST", products, create, 200, ""},
		asked{"POST", products, strings.Replace(create, `"1"`, `"2"`, 1), 200, ""},
		asked{"GET", products + "/x", "", 200, `"customAttributes":{"a":"2"}`},
		asked{"PUT", products + "/x", `{"attributes":{"b":"3"}}`, 200, ""},
		asked{"GET", products + "/x", "", 200, `"customAttributes":{"b":"3"}`},
	)
	for i := range 3 {
		server.SetProduct(7, fmt.Sprint(i), clevertaptest.Product{Name: "N"})
	}
	askAll(t, server,
		asked{"GET", products + "?page=0&size=100", "", 200, `"products":[|"identity":"x"|"identity":"0"|"page":0,|"size":2}`},
		asked{"GET", products + "?page=1&size=100", "", 200, `"identity":"1"|"identity":"2"`},
		asked{"GET", products + "?page=2&size=100", "", 200, `"products":[]`},
	)
	off := startCatalog(t, clevertaptest.CatalogConfig{Disabled: 403})
	for _, path := range []string{"/v2/catalogs/7", products, products + "/x"} {
		askAll(t, off, asked{"GET", path, "", 403, clevertaptest.MessageNoCatalogs})
	}
	bare := startCatalog(t, clevertaptest.CatalogConfig{ListWithoutAttributes: true})
	bare.SetProduct(7, "x", clevertaptest.Product{Name: "X", Attributes: map[string]any{"a": "1"}})
	if _, answer := ask(t, bare, "GET", products, ""); strings.Contains(answer, "ttributes") {
		t.Errorf("got %s", answer)
	}
}

func TestStaleReadsOfACatalog(t *testing.T) {
	t.Parallel()
	server := startCatalog(t, clevertaptest.CatalogConfig{StaleReads: 1})
	const create = `{"identity":"x","name":"X","imageUrl":"https://i"}`
	missing := asked{"GET", products + "/x", "", 404, "Product not found"}
	named := func(name string) asked { return asked{"GET", products + "/x", "", 200, `"name":"` + name + `"`} }
	askAll(t, server, asked{"POST", products, create, 200, ""}, missing, named("X"),
		asked{"PUT", products + "/x", `{"name":"Y"}`, 200, ""}, named("X"), named("Y"),
		asked{"DELETE", products + "/bulk", `{"identities":["x"]}`, 200, ""}, named("Y"), missing,
		asked{"POST", products, create, 200, ""}, asked{"GET", products, "", 200, `"content":[]`},
		asked{"GET", products, "", 200, `"identity":"x"`})
}

func TestCatalogsWantCredentialsAndAPlace(t *testing.T) {
	t.Parallel()
	server := startCatalog(t, clevertaptest.CatalogConfig{})
	for _, call := range []string{
		"GET /v2/catalogs/7", "GET " + products, "POST " + products, "GET " + products + "/x", "PUT " + products + "/x",
		"DELETE " + products + "/x", "DELETE " + products + "/bulk",
	} {
		method, path, _ := strings.Cut(call, " ")
		if status, _ := ask(t, server, method, path, "{}", accountID, "other"); status != 401 {
			t.Errorf("%s: %d", call, status)
		}
	}
	if uploads, reads := server.HighestConcurrency(); uploads != 0 || reads != 1 {
		t.Errorf("%d uploads and %d others at a time", uploads, reads)
	}
}
