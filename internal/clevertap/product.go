package clevertap

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// MaxProductBytes is the largest request that writes one product: 100 KB ("Create Single Product API"), of the smaller kind.
const MaxProductBytes = 100_000

// Limits of a product, in characters ("Create Products (Bulk) API").
const (
	maxProductIdentity = 500
	maxProductName     = 1000
	maxImageURL        = 2000
)

// Product is one row of a catalog.
type Product struct {
	// Identity is unique in the catalog.
	Identity string
	Name     string
	// ImageURL is the address of a picture. CleverTap's pages differ about whether there must be one.
	ImageURL string
	// Attributes are the values of the catalog's columns, as encoding/json decodes them, but numbers as json.Number. It is
	// nil in an answer that says nothing of them.
	Attributes map[string]any
	// Inactive is what the deletion of a single product makes of it; see [Client.DeleteProduct]. It is not written.
	Inactive bool
}

// Check says why CleverTap would not take a product in any catalog, or would take it for something else, or nil.
func (p Product) Check() error {
	if err := checkProductIdentity(p.Identity); err != nil {
		return err
	}
	switch length := utf8.RuneCountInString(p.Name); {
	case length < 1 || length > maxProductName:
		return fmt.Errorf("product %q: its name has %d characters; CleverTap takes 1 to %d", p.Identity, length, maxProductName)
	case utf8.RuneCountInString(p.ImageURL) > maxImageURL:
		return fmt.Errorf("product %q: its image URL has more than %d characters", p.Identity, maxImageURL)
	}
	body, err := p.encode(p.Identity)
	if err == nil && len(body) > MaxProductBytes {
		err = fmt.Errorf("it takes %d bytes of JSON; CleverTap takes up to %d", len(body), MaxProductBytes)
	}
	if err != nil {
		return fmt.Errorf("product %q: %w", p.Identity, err)
	}
	return nil
}

// checkProductIdentity keeps to what is a product in an address, too: "bulk" is an endpoint for many there.
func checkProductIdentity(identity string) error {
	switch length := utf8.RuneCountInString(identity); {
	case identity == "":
		return errors.New("the identity of a product is empty")
	case length > maxProductIdentity:
		return fmt.Errorf("the identity %s… of a product has %d characters; CleverTap takes up to %d",
			httpclient.Excerpt(string([]rune(identity)[:20])), length, maxProductIdentity)
	case strings.EqualFold(identity, "bulk"), identity == ".", identity == "..":
		return fmt.Errorf("a product cannot have the identity %q: in CleverTap's API that is another address", identity)
	}
	return nil
}

// encode is the body of a request that writes the product; an update says the identity in its address alone.
func (p Product) encode(identity string) ([]byte, error) {
	return json.Marshal(struct {
		Identity   string         `json:"identity,omitempty"`
		Name       string         `json:"name"`
		ImageURL   string         `json:"imageUrl"`
		Attributes map[string]any `json:"attributes"`
	}{identity, p.Name, p.ImageURL, p.Attributes})
}

// CreateProduct makes a product ("Create Single Product API"). What CleverTap does with an identity that exists is not
// documented: it may refuse it, with status 409, or overwrite the product. The request may be sent twice.
func (c *Client) CreateProduct(ctx context.Context, catalog int64, product Product) error {
	return c.writeProduct(ctx, "create", http.MethodPost, c.catalogURL(catalog, "products"), product, product.Identity)
}

// UpdateProduct changes a product ("Update Single Product API"). What becomes of attributes that it does not name is not
// documented. The request may be sent twice.
func (c *Client) UpdateProduct(ctx context.Context, catalog int64, product Product) error {
	return c.writeProduct(ctx, "update", http.MethodPut, c.productURL(catalog, product.Identity), product, "")
}

func (c *Client) writeProduct(ctx context.Context, verb, method string, address *url.URL, product Product, identity string) error {
	operation := fmt.Sprintf("%s the product %q", verb, product.Identity)
	if err := product.Check(); err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	body, err := product.encode(identity)
	if err != nil {
		return fmt.Errorf("%s: %w", operation, err)
	}
	_, err = c.change(ctx, operation, method, address, body)
	return err
}

// DeleteProduct removes a product for good, and gives what CleverTap answered, quoted, since its form for what it could not
// delete is not documented: only a look tells what was done. It is the bulk deletion of one ("Delete Products (Bulk) API"):
// the deletion of a single product makes it inactive.
func (c *Client) DeleteProduct(ctx context.Context, catalog int64, identity string) (answer string, err error) {
	operation := fmt.Sprintf("delete the product %q", identity)
	if err := checkProductIdentity(identity); err != nil {
		return "", fmt.Errorf("%s: %w", operation, err)
	}
	body, err := json.Marshal(map[string][]string{"identities": {identity}})
	if err != nil {
		return "", fmt.Errorf("%s: %w", operation, err)
	}
	return c.change(ctx, operation, http.MethodDelete, c.catalogURL(catalog, "products", "bulk"), body)
}

// change sends a request that may be sent twice: it says what there is to be in the end.
func (c *Client) change(ctx context.Context, operation, method string, address *url.URL, body []byte) (answer string, err error) {
	request := httpclient.Request{Method: method, URL: address, Body: body, Repeatable: true}
	response, err := c.do(ctx, c.reads, operation, request)
	if err != nil {
		return "", err
	}
	var object map[string]any // what is in it is not documented for all endpoints
	if err := c.readCatalogAnswer(operation, response, &object, "a JSON object"); err != nil {
		return "", err
	}
	return response.Excerpt(), nil
}

// ProductURL is the address of a product in CleverTap's API.
func (c *Client) ProductURL(catalog int64, identity string) string {
	return c.productURL(catalog, identity).String()
}

func (c *Client) productURL(catalog int64, identity string) *url.URL {
	return c.catalogURL(catalog, "products", url.PathEscape(identity))
}

// productAnswer is a product as CleverTap gives it. The pages of the endpoints call its attributes "attributes"; that about
// the model, "customAttributes".
type productAnswer struct {
	Identity         string         `json:"identity"`
	Name             string         `json:"name"`
	ImageURL         string         `json:"imageUrl"`
	Attributes       map[string]any `json:"attributes"`
	CustomAttributes map[string]any `json:"customAttributes"`
	activity
}

func (p productAnswer) product() Product {
	if p.Attributes == nil {
		p.Attributes = p.CustomAttributes
	}
	return Product{
		Identity: p.Identity, Name: p.Name, ImageURL: p.ImageURL, Attributes: p.Attributes, Inactive: !p.active(),
	}
}

// Product reads one product ("Get Single Product API"); nil if there is none. What was just written may not be there yet.
//
// How CleverTap says that there is no such product is not documented. Taken for that is a failure in JSON that is a 404 and
// not about the catalog, or says so in words; any other failure is an [*APIError].
func (c *Client) Product(ctx context.Context, catalog int64, identity string) (*Product, error) {
	operation := fmt.Sprintf("read the product %q", identity)
	if err := checkProductIdentity(identity); err != nil {
		return nil, fmt.Errorf("%s: %w", operation, err)
	}
	response, err := c.do(ctx, c.reads, operation, httpclient.Request{
		Method: http.MethodGet, URL: c.productURL(catalog, identity),
	})
	if err != nil {
		return nil, err
	}
	if noSuchProduct(response) {
		return nil, nil
	}
	var answer productAnswer
	if err := c.readCatalogAnswer(operation, response, &answer, "a product"); err != nil {
		return nil, err
	}
	if answer.Identity != identity {
		return nil, c.unusable(operation, response, fmt.Sprintf("with the product %q", answer.Identity))
	}
	product := answer.product()
	return &product, nil
}

var (
	aboutCatalog = lazyregexp.New(`(?i)catalog`)
	aboutProduct = lazyregexp.New(`(?i)product|identity|item`)
	noProduct    = lazyregexp.New(`(?i)\b(product|identity|item)\b.*(not[ _]found|(does not|doesn't) exist)|` +
		`PRODUCT_NOT_FOUND|\bno (such )?(product|identity|item)`)
)

func noSuchProduct(response *httpclient.Response) bool {
	var failure catalogFailure
	if decode(response.Body, &failure) != nil {
		return false
	}
	words := failure.words()
	switch response.StatusCode {
	case http.StatusNotFound:
		return words != "" && (aboutProduct.MatchString(words) || !aboutCatalog.MatchString(words))
	case http.StatusOK, http.StatusBadRequest:
		return failure.failed() && noProduct.MatchString(words)
	}
	return false
}

// productsPerPage is the most that the list of catalogs gives in a page ("List Catalogs API"). For products that is not
// documented; a page with fewer is none the less followed by the next.
const productsPerPage = 100

// What no catalog of the size that can be listed comes near to. CleverTap that goes on beyond it would keep a run waiting
// for ever.
const (
	mostPages    = 10_000
	mostProducts = 500_000
)

// Products lists a catalog ("List Products API"), page by page, in CleverTap's order. A product whose place changes
// meanwhile may come twice or be missed. An error ends it. The pages end with one that is empty; one that repeats only what
// was there before is an error, since then they never would.
func (c *Client) Products(ctx context.Context, catalog int64) iter.Seq2[Product, error] {
	return func(yield func(Product, error) bool) {
		seen := map[string]struct{}{}
		for page := 0; ; page++ {
			products, err := c.productsPage(ctx, catalog, page)
			before := len(seen)
			for _, product := range products {
				seen[product.Identity] = struct{}{}
			}
			switch {
			case err != nil:
			case len(products) == 0:
				return
			case len(seen) == before, page == mostPages, len(seen) > mostProducts:
				err = fmt.Errorf("list the products of the catalog %d: CleverTap's pages do not end: after %d pages with %d products, "+
					"another came that %s", catalog, page, before, endless(len(seen) == before))
			}
			if err != nil {
				yield(Product{}, err)
				return
			}
			for _, product := range products {
				if !yield(product.product(), nil) {
					return
				}
			}
		}
	}
}

func endless(again bool) string {
	if again {
		return "has only products of those before"
	}
	return "is more than can be listed. Give the messages a catalog of their own"
}

// productsPage reads one page, from 0. The envelope of products is not documented: that of catalogs has "content", and what
// writes many products "products".
func (c *Client) productsPage(ctx context.Context, catalog int64, page int) ([]productAnswer, error) {
	operation := fmt.Sprintf("list the products of the catalog %d", catalog)
	address := c.catalogURL(catalog, "products")
	address.RawQuery = url.Values{"page": {strconv.Itoa(page)}, "size": {strconv.Itoa(productsPerPage)}}.Encode()
	response, err := c.do(ctx, c.reads, operation, httpclient.Request{
		Method: http.MethodGet, URL: address,
		MaxResponseBytes: productsPerPage * 3 * MaxProductBytes, // quotation marks are two bytes each, and there are spaces
	})
	if err != nil {
		return nil, err
	}
	var answer struct {
		Content  *[]productAnswer `json:"content"`
		Products *[]productAnswer `json:"products"`
	}
	if err := c.readCatalogAnswer(operation, response, &answer, "a list of products"); err != nil {
		return nil, err
	}
	if answer.Content == nil {
		answer.Content = answer.Products
	}
	if answer.Content == nil {
		return nil, c.unusable(operation, response, "without content")
	}
	for i, product := range *answer.Content {
		if product.Identity == "" {
			return nil, c.unusable(operation, response, fmt.Sprintf("product %d has no identity", i+1))
		}
	}
	return *answer.Content, nil
}
