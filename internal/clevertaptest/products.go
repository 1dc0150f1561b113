package clevertaptest

import (
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"
)

// Limits of the Catalog API ("Create Single Product API", "Create Products (Bulk) API"; "List Catalogs API" for the size of
// a page, which the list of products does not say).
const (
	maxProductBytes = 100_000
	maxIdentity     = 500
	maxName         = 1000
	maxImageURL     = 2000
	maxPage         = 100
	defaultPage     = 20
)

// Product is a product as it is kept.
type Product struct {
	Name, ImageURL string
	// Attributes are texts, numbers as json.Number, and booleans.
	Attributes map[string]any
	// Inactive is a product after the deletion of a single one.
	Inactive bool
}

// state is a product at one time.
type state struct {
	name, imageURL string
	attributes     map[string]json.RawMessage
	inactive       bool
}

// product is an identity of a catalog. now is nil where there is no product, any more or yet.
type product struct {
	identity string
	now      *state
	// before is what is read until stale reads have passed; nil if there was no product.
	before *state
	stale  int
}

// SetProduct makes or replaces a product, at once and for every read.
func (s *Server) SetProduct(catalogID int64, identity string, p Product) {
	attributes := map[string]json.RawMessage{}
	for name, value := range p.Attributes {
		attributes[name] = compact(value)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	found := s.catalogs[strconv.FormatInt(catalogID, 10)].at(identity)
	*found = product{identity: identity, now: &state{p.Name, p.ImageURL, attributes, p.Inactive}}
}

// Products are the products of a catalog by identity, as they are, even where reads are still stale.
func (s *Server) Products(catalogID int64) map[string]Product {
	s.mu.Lock()
	defer s.mu.Unlock()
	products := map[string]Product{}
	for _, p := range s.catalogs[strconv.FormatInt(catalogID, 10)].products {
		if p.now == nil {
			continue
		}
		attributes := map[string]any{}
		for name, raw := range p.now.attributes {
			attributes[name] = value(raw)
		}
		products[p.identity] = Product{p.now.name, p.now.imageURL, attributes, p.now.inactive}
	}
	return products
}

// at is the place of an identity, whether there is a product or not.
func (c *catalog) at(identity string) *product {
	i := slices.IndexFunc(c.products, func(p *product) bool { return p.identity == identity })
	if i >= 0 {
		return c.products[i]
	}
	p := &product{identity: identity}
	c.products = append(c.products, p)
	return p
}

// become gives a product another state, nil for none.
func (s *Server) become(p *product, now *state) {
	if p.stale == 0 {
		p.before = p.now
	}
	p.now, p.stale = now, s.config.Catalogs.StaleReads
}

// read is what a read sees of a product.
func (p *product) read() *state {
	if p.stale > 0 {
		p.stale--
		return p.before
	}
	return p.now
}

// visible is what a read sees of a product that may be inactive.
func (s *Server) visible(p *product) *state {
	seen := p.read()
	if seen != nil && seen.inactive && s.config.Catalogs.InactiveIsMissing {
		return nil
	}
	return seen
}

// written is a product in a request.
type written struct {
	Identity   *string                    `json:"identity"`
	Name       *string                    `json:"name"`
	ImageURL   *string                    `json:"imageUrl"`
	Attributes map[string]json.RawMessage `json:"attributes"`
}

// readWritten reads a product from a request, and answers if it cannot be taken. How CleverTap answers then is not
// documented.
func (c *catalog) readWritten(w http.ResponseWriter, r *http.Request) (written, bool) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return written{}, false // the client has gone
	}
	var asked written
	var message string
	switch err := json.Unmarshal(body, &asked); {
	case len(body) > maxProductBytes:
		message = "Payload exceeds 100 KB"
	case err != nil:
		message = MessageBadRequest
	case c.inactive:
		message = MessageCatalogInactive
	case !fits(asked.Identity, 1, maxIdentity), !fits(asked.Name, 1, maxName), !fits(asked.ImageURL, 1, maxImageURL):
		message = "Invalid length of identity, name or imageUrl"
	default:
		message = c.check(asked.Attributes)
	}
	if message != "" {
		writeFailure(w, http.StatusBadRequest, message)
	}
	return asked, message == ""
}

// fits says whether a text has so many characters, if it is there.
func fits(text *string, least, most int) bool {
	if text == nil {
		return true
	}
	length := utf8.RuneCountInString(*text)
	return length >= least && length <= most
}

// createProduct serves POST /v2/catalogs/{id}/products ("Create Single Product API").
func (s *Server) createProduct(w http.ResponseWriter, r *http.Request, c *catalog) {
	asked, ok := c.readWritten(w, r)
	if !ok {
		return
	}
	if asked.Identity == nil || asked.Name == nil || asked.ImageURL == nil {
		writeFailure(w, http.StatusBadRequest, "identity, name and imageUrl are required")
		return
	}
	p := c.at(*asked.Identity)
	if p.now != nil && !s.config.Catalogs.CreateOverwrites {
		writeFailure(w, http.StatusConflict, MessageProductExists)
		return
	}
	inactive := s.config.Catalogs.CreatesInactive
	s.become(p, &state{name: *asked.Name, imageURL: *asked.ImageURL, attributes: asked.Attributes, inactive: inactive})
	done(w)
}

// updateProduct serves PUT /v2/catalogs/{id}/products/{product} ("Update Single Product API").
func (s *Server) updateProduct(w http.ResponseWriter, r *http.Request, c *catalog) {
	asked, ok := c.readWritten(w, r)
	if !ok {
		return
	}
	if asked.Identity != nil {
		s.NotServed(w, r, "an identity in an update")
		return
	}
	p := c.at(r.PathValue("product"))
	if p.now == nil {
		writeFailure(w, http.StatusNotFound, MessageNoProduct)
		return
	}
	now := state{name: p.now.name, imageURL: p.now.imageURL, attributes: map[string]json.RawMessage{}, inactive: p.now.inactive}
	if !s.config.Catalogs.UpdateReplaces {
		maps.Copy(now.attributes, p.now.attributes)
	}
	maps.Copy(now.attributes, asked.Attributes)
	if asked.Name != nil {
		now.name = *asked.Name
	}
	if asked.ImageURL != nil {
		now.imageURL = *asked.ImageURL
	}
	s.become(p, &now)
	done(w)
}

// deactivateProduct serves DELETE /v2/catalogs/{id}/products/{product} ("Delete Single Product API"), which removes nothing.
func (s *Server) deactivateProduct(w http.ResponseWriter, r *http.Request, c *catalog) {
	p := c.at(r.PathValue("product"))
	if p.now == nil {
		writeFailure(w, http.StatusNotFound, MessageNoProduct)
		return
	}
	now := *p.now
	now.inactive = true
	s.become(p, &now)
	done(w)
}

// deleteProducts serves DELETE /v2/catalogs/{id}/products/bulk ("Delete Products (Bulk) API"). How it reports what it could
// not delete is not documented.
func (s *Server) deleteProducts(w http.ResponseWriter, r *http.Request, c *catalog) {
	var asked struct {
		Identities []string `json:"identities"`
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil || len(asked.Identities) == 0 {
		writeFailure(w, http.StatusBadRequest, MessageBadRequest)
		return
	}
	failed := []string{} // never null
	for _, identity := range asked.Identities {
		p := c.at(identity)
		if p.now == nil {
			failed = append(failed, identity)
			continue
		}
		s.become(p, nil)
	}
	writeJSON(w, http.StatusOK, map[string]any{"message": messageDone, "failed": failed})
}

// getProduct serves GET /v2/catalogs/{id}/products/{product} ("Get Single Product API"): an object without an envelope.
func (s *Server) getProduct(w http.ResponseWriter, r *http.Request, c *catalog) {
	p := c.at(r.PathValue("product"))
	seen := s.visible(p)
	if seen == nil {
		writeFailure(w, http.StatusNotFound, MessageNoProduct)
		return
	}
	writeJSON(w, http.StatusOK, s.answer(p.identity, seen, true))
}

// answer is a product as it is answered. That it says whether it is active is not documented; a catalog does.
func (s *Server) answer(identity string, p *state, withAttributes bool) map[string]any {
	answer := map[string]any{"identity": identity, "name": p.name, "imageUrl": p.imageURL, "isActive": !p.inactive}
	if withAttributes {
		answer[cmp.Or(s.config.Catalogs.AttributesKey, "attributes")] = p.attributes
	}
	return answer
}

// listProducts serves GET /v2/catalogs/{id}/products ("List Products API"), without sorting and search.
func (s *Server) listProducts(w http.ResponseWriter, r *http.Request, c *catalog) {
	page, pageErr := strconv.Atoi(cmp.Or(r.URL.Query().Get("page"), "0"))
	size, sizeErr := strconv.Atoi(cmp.Or(r.URL.Query().Get("size"), strconv.Itoa(defaultPage)))
	if pageErr != nil || sizeErr != nil || page < 0 || size < 1 {
		writeFailure(w, http.StatusBadRequest, MessageBadRequest)
		return
	}
	size = min(size, cmp.Or(s.config.Catalogs.MaxPage, maxPage))
	products := []any{} // never null
	for _, p := range c.products {
		if seen := s.visible(p); seen != nil {
			products = append(products, s.answer(p.identity, seen, !s.config.Catalogs.ListWithoutAttributes))
		}
	}
	first := min(page*size, len(products))
	products = products[first:min(first+size, len(products))]
	writeJSON(w, http.StatusOK, map[string]any{cmp.Or(s.config.Catalogs.ListKey, "content"): products, "page": page, "size": size})
}
