package clevertaptest

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// CatalogConfig is how the Catalog API behaves where its documentation is silent, or disagrees with itself.
type CatalogConfig struct {
	// Disabled is the status, 401 or 403, with which everything is refused for want of the feature. 0: it is enabled.
	Disabled int
	// Token is what the call about a catalog wants besides what all calls want: in X-CleverTap-Token, with the account ID in
	// X-Account-Id ("Get Catalog API"). "": nothing.
	Token string
	// AttributesKey is what answers call the attributes. "": attributes.
	AttributesKey string
	// ListKey is what a list calls its products. "": content.
	ListKey string
	// ListWithoutAttributes leaves the attributes out of a list.
	ListWithoutAttributes bool
	// MaxPage is the most products in a page, whatever is asked for. 0: 100.
	MaxPage int
	// CreateOverwrites has a create overwrite the product of its identity, in place of 409.
	CreateOverwrites bool
	// CreatesInactive has a create make products that are not active, as one that follows the deletion of a single product may.
	CreatesInactive bool
	// UpdateReplaces has an update remove the attributes that it does not name.
	UpdateReplaces bool
	// InactiveIsMissing has an inactive product be read as if there were none. A create finds it all the same.
	InactiveIsMissing bool
	// StaleReads is how often a product is read, and listed, as it was before a write changed it.
	StaleReads int
}

// CleverTap's words about catalogs. The first is documented, as is the code of the second and the last; the others stand
// for words that are not.
const (
	// MessageNoCatalogs is for an account without the feature.
	MessageNoCatalogs = "Catalog feature is not enabled for this account."
	// MessageNoCatalog is for a catalog that does not exist.
	MessageNoCatalog = "CATALOG_NOT_FOUND"
	// MessageNoProduct is for a product that does not exist.
	MessageNoProduct = "Product not found"
	// MessageProductExists is for a create of an identity that has a product.
	MessageProductExists = "Resource already exists"
	// MessageCatalogInactive is for a write to a catalog that is not active.
	MessageCatalogInactive = "Catalog is not active"

	messageDone = "Operation completed successfully"
)

// catalog is a catalog and its products, in the order in which their identities were first heard of.
type catalog struct {
	id       int64
	columns  []Column
	inactive bool
	products []*product
}

// Column is an attribute that products of a catalog may have.
type Column struct {
	Name string `json:"name"`
	// Type is string, number or boolean.
	Type       string `json:"type"`
	Filterable bool   `json:"filterable"`
}

// AddCatalog makes an active catalog without products, in place of one that had the ID.
func (s *Server) AddCatalog(id int64, columns ...Column) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catalogs[strconv.FormatInt(id, 10)] = &catalog{id: id, columns: columns}
}

// DeactivateCatalog makes a catalog inactive.
func (s *Server) DeactivateCatalog(id int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catalogs[strconv.FormatInt(id, 10)].inactive = true
}

// serveCatalogs serves the documented parts of the Catalog API that are needed here.
func (s *Server) serveCatalogs(mux *http.ServeMux) {
	const catalogs, products = "/v2/catalogs/{catalog}", "/v2/catalogs/{catalog}/products"
	serve := func(pattern string, next catalogHandler, parameters ...string) {
		mux.Handle(pattern, s.limited(&s.reads, func(w http.ResponseWriter, r *http.Request) { s.withCatalog(w, r, next) }, parameters...))
	}
	serve("GET "+catalogs, s.getCatalog)
	serve("POST "+products, s.createProduct)
	serve("GET "+products, s.listProducts, "page", "size")
	serve("GET "+products+"/{product}", s.getProduct)
	serve("PUT "+products+"/{product}", s.updateProduct)
	serve("DELETE "+products+"/{product}", s.deactivateProduct)
	serve("DELETE "+products+"/bulk", s.deleteProducts)
}

// catalogHandler answers for a catalog, while mu is held.
type catalogHandler func(w http.ResponseWriter, r *http.Request, c *catalog)

func (s *Server) withCatalog(w http.ResponseWriter, r *http.Request, next catalogHandler) {
	if status := s.config.Catalogs.Disabled; status != 0 {
		writeFailure(w, status, MessageNoCatalogs)
		return
	}
	if r.PathValue("product") == "bulk" {
		s.NotServed(w, r, "")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.catalogs[r.PathValue("catalog")]
	if c == nil {
		writeFailure(w, http.StatusNotFound, MessageNoCatalog)
		return
	}
	next(w, r, c)
}

// getCatalog serves GET /v2/catalogs/{id} ("Get Catalog API").
func (s *Server) getCatalog(w http.ResponseWriter, r *http.Request, c *catalog) {
	token := s.config.Catalogs.Token
	if token != "" && (r.Header.Get("X-Account-Id") != s.config.AccountID || r.Header.Get("X-CleverTap-Token") != token) {
		writeFailure(w, http.StatusUnauthorized, MessageUnauthorized)
		return
	}
	status := "ACTIVE"
	if c.inactive {
		status = "INACTIVE"
	}
	writeJSON(w, http.StatusOK, struct {
		ID             int64    `json:"id"`
		CatalogName    string   `json:"catalogName"`
		CatalogSchema  []Column `json:"catalogSchema"`
		FieldMappings  struct{} `json:"fieldMappings"`
		Description    string   `json:"description"`
		TotalProducts  int      `json:"totalProducts"`
		Status         string   `json:"status"`
		CreatedAt      int64    `json:"createdAt"`
		CreatedBy      string   `json:"createdBy"`
		UpdatedBy      string   `json:"updatedBy"`
		IsActive       bool     `json:"isActive"`
		AttributeCount int      `json:"attributeCount"`
		TotalColumns   int      `json:"totalColumns"`
	}{
		ID: c.id, CatalogName: "catalog " + strconv.FormatInt(c.id, 10), CatalogSchema: append([]Column{}, c.columns...),
		TotalProducts: len(c.products), Status: status, CreatedAt: 1_699_564_800, CreatedBy: "ann@example.com",
		UpdatedBy: "ann@example.com", IsActive: !c.inactive, AttributeCount: len(c.columns), TotalColumns: len(c.columns) + 3,
	})
}

// check says what is wrong with attributes, in words that are not documented; "" if nothing is.
func (c *catalog) check(attributes map[string]json.RawMessage) string {
	types := map[string]string{}
	for _, column := range c.columns {
		types[column.Name] = column.Type
	}
	for name, value := range attributes {
		switch wanted, known := types[name]; {
		case !known:
			return "Unknown attribute: " + name
		case typeOf(value) != wanted || string(value) == "null":
			return "Invalid type of attribute: " + name
		}
	}
	return ""
}

// done answers as the deletion of a product does ("Delete Single Product API"). How writes answer is not documented.
func done(w http.ResponseWriter) {
	writeJSON(w, http.StatusOK, map[string]string{"message": messageDone})
}

// CatalogFault is a failure in the form of the Catalog API's page about deletions.
func CatalogFault(status int, code, message string) standin.Fault {
	return standin.AnswerFault(func(w http.ResponseWriter) {
		writeJSON(w, status, map[string]string{"errorCode": code, "message": message})
	})
}
