package clevertap

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// Catalog is a catalog of products, as CleverTap describes it ("Get Catalog API").
type Catalog struct {
	ID   int64
	Name string
	// Columns has the types of the attributes that its products may have, by name: "string", "number" or "boolean".
	Columns map[string]string
	// Active is false for a catalog that was switched off or deleted.
	Active bool
}

// Catalog reads what CleverTap knows of a catalog.
//
// The pages of the Catalog API disagree about its headers: those about products name X-CleverTap-Account-Id and
// X-CleverTap-Passcode, as everywhere else, and those about catalogs X-Account-Id and X-CleverTap-Token, "API token". Here
// both pairs are sent, the passcode as the token: no other credential of the API is documented.
func (c *Client) Catalog(ctx context.Context, id int64) (Catalog, error) {
	operation := fmt.Sprintf("read the catalog %d", id)
	response, err := c.do(ctx, c.reads, operation, httpclient.Request{
		Method: http.MethodGet,
		URL:    c.catalogURL(id),
		Header: http.Header{"X-Account-Id": {c.config.AccountID}, "X-Clevertap-Token": {c.config.Passcode}},
	})
	if err != nil {
		return Catalog{}, err
	}
	var answer struct {
		ID            int64  `json:"id"`
		CatalogName   string `json:"catalogName"`
		CatalogSchema *[]struct {
			Name string `json:"name"`
			Type string `json:"type"`
		} `json:"catalogSchema"`
		activity
	}
	if err := c.readCatalogAnswer(operation, response, &answer, "a catalog"); err != nil {
		return Catalog{}, err
	}
	switch {
	case answer.CatalogSchema == nil:
		return Catalog{}, c.unusable(operation, response, "without catalogSchema")
	case answer.ID != id:
		return Catalog{}, c.unusable(operation, response, fmt.Sprintf("with the catalog %d", answer.ID))
	}
	catalog := Catalog{ID: id, Name: answer.CatalogName, Columns: map[string]string{}, Active: answer.active()}
	for _, column := range *answer.CatalogSchema {
		catalog.Columns[column.Name] = column.Type
	}
	return catalog, nil
}

// CatalogURL is the address of a catalog in CleverTap's API.
func (c *Client) CatalogURL(id int64) string { return c.catalogURL(id).String() }

func (c *Client) catalogURL(id int64, steps ...string) *url.URL {
	return c.base.JoinPath(append([]string{"/v2/catalogs", strconv.FormatInt(id, 10)}, steps...)...)
}

// activity says whether a catalog or a product is in use. That products say it in this way, too, is not documented.
type activity struct {
	Status   any   `json:"status"`
	IsActive *bool `json:"isActive"`
}

func (a activity) active() bool {
	status, _ := a.Status.(string)
	off := strings.EqualFold(status, "INACTIVE") || strings.EqualFold(status, "DELETED")
	return !off && (a.IsActive == nil || *a.IsActive)
}

// notEnabled is in the words for an account without catalogs ("Product Catalog API").
var notEnabled = lazyregexp.New(`(?i)\bnot enabled\b`)

const catalogsAdvice = "The Catalog API needs the Catalogs feature on the account and in its plan: ask your Customer Success " +
	"Manager at CleverTap to enable it. If it is enabled, the passcode has no right to it."

// catalogFailure is a failure of the Catalog API. Its page about deletions has codes such as CATALOG_NOT_FOUND; under which
// key they are, and which the words are under, is not documented, so that all that is usual is read.
type catalogFailure struct {
	Status    any `json:"status"`
	Error     any `json:"error"`
	ErrorCode any `json:"errorCode"`
	Code      any `json:"code"`
	Message   any `json:"message"`
}

// failed tells a failure from an answer, whatever the status of HTTP says.
func (f catalogFailure) failed() bool {
	return f.Status == "fail" || f.Status == "error" || f.Error != nil || f.ErrorCode != nil
}

// words are all that the failure says, in its order; "" if it says nothing.
func (f catalogFailure) words() string {
	var said []string
	add := func(values ...any) {
		for _, value := range values {
			if text, ok := value.(string); ok && text != "" {
				said = append(said, text)
			}
		}
	}
	if inner, ok := f.Error.(map[string]any); ok {
		add(inner["code"], inner["message"])
	}
	add(f.Error, f.ErrorCode, f.Code, f.Message)
	return strings.Join(said, ": ")
}

// readCatalogAnswer decodes the JSON object that an endpoint of the Catalog API promises, in words what it is. Anything else
// is an error: an [*APIError] if CleverTap refuses.
func (c *Client) readCatalogAnswer(operation string, response *httpclient.Response, answer any, what string) error {
	var failure catalogFailure
	err := decode(response.Body, &failure)
	success := response.StatusCode >= 200 && response.StatusCode < 300
	switch {
	case !success, err == nil && failure.failed(), err != nil && response.StatusCode != http.StatusOK:
		return c.catalogError(operation, response)
	case err == nil:
		err = decode(response.Body, answer)
	}
	if err != nil {
		return c.unusable(operation, response, fmt.Sprintf("not with %s (%v)", what, err))
	}
	return nil
}

func (c *Client) catalogError(operation string, response *httpclient.Response) *APIError {
	e := c.apiError(operation, response)
	e.catalogs = true
	var failure catalogFailure
	if len(response.Body) <= httpclient.MaxErrorBody && decode(response.Body, &failure) == nil && failure.words() != "" {
		e.Message = response.Redact(failure.words())
	}
	return e
}
