package clevertap

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// vendor is CleverTap in errors. It documents no request id, but something in between may set one.
var vendor = httpclient.Vendor{Name: "CleverTap", Credential: "the passcode"}

// APIError is an answer by which CleverTap refuses a whole request. Its status may be 200: CleverTap reports failures
// with it, too.
type APIError struct {
	httpclient.Refusal
	// Code is the one in CleverTap's answer; 0 if there is none.
	Code int

	host     string // that was asked
	catalogs bool   // it is an answer of the Catalog API
}

// Error says what was asked, what CleverTap answered, word for word, and what to do next.
func (e *APIError) Error() string {
	details := ""
	if e.Code != 0 && e.Code != e.StatusCode {
		details = fmt.Sprintf(" (code %d)", e.Code)
	}
	return vendor.Sentence(e.Refusal, details, e.Advice())
}

// Advice says what to do about the error, in one or two sentences; empty if CleverTap's own words are all there is.
func (e *APIError) Advice() string {
	code := e.StatusCode
	if code == http.StatusOK {
		code = cmp.Or(e.Code, code)
	}
	switch {
	case e.catalogs && (code == http.StatusForbidden || notEnabled.MatchString(e.Message)):
		return catalogsAdvice
	case e.catalogs && code == http.StatusNotFound:
		return "Check the catalog's ID, which CleverTap's dashboard shows, the account and the region."
	case e.Operation == fireCampaign && code == http.StatusBadRequest:
		return "Check the campaign's ID, which the dashboard shows, and the account: it must be a published campaign with the " +
			"qualification criteria External trigger."
	case code == http.StatusUnauthorized:
		return "Check the account ID, the passcode (it may have expired) and the region: an account is known in its own " +
			"region alone, and " + e.host + " was asked. The dashboard's address begins with the region."
	case code == http.StatusForbidden:
		return "The account or the passcode has no right to this. API access is part of CleverTap's paid plans."
	case code == http.StatusTooManyRequests:
		return "CleverTap counts the requests that are under way for an account, whoever sends them: 15 uploads and 3 others " +
			"at a time. Try again later, or lower the number of concurrent requests."
	case code >= 509 && code != 555: // about records ("API Errors")
		return ""
	}
	return vendor.Advice(code)
}

// envelope is what CleverTap's answers have in common ("API Errors").
type envelope struct {
	Status string      `json:"status"`
	Error  string      `json:"error"`
	Code   json.Number `json:"code"`
}

// apiError reads a failure in CleverTap's form and takes anything else as it is: gateways and proxies answer in HTML.
func (c *Client) apiError(operation string, response *httpclient.Response) *APIError {
	e := &APIError{
		Refusal: httpclient.Refusal{Operation: operation, StatusCode: response.StatusCode, RequestID: response.RequestID()},
		host:    c.base.Host,
	}
	var body envelope
	if len(response.Body) <= httpclient.MaxErrorBody && decode(response.Body, &body) == nil && body.Error != "" {
		e.Message, e.Code = response.Redact(body.Error), number(body.Code)
	} else if len(response.Body) > 0 {
		e.Message = response.Excerpt()
	}
	return e
}

// unusable is the error of an answer with status 200 that is not what the endpoint promises.
func (c *Client) unusable(operation string, response *httpclient.Response, reason string) error {
	if len(response.Body) == 0 {
		return fmt.Errorf("%s: %s answered 200 OK with an empty body%s, which is how CleverTap answers at an address that it "+
			"does not know. Check the region and the API URL", operation, c.base.Host, vendor.RequestIDNote(response.RequestID()))
	}
	return vendor.Unusable(operation, response, reason)
}

// number is a code as a number, 0 if it is none.
func number(n json.Number) int {
	i, err := n.Int64()
	if err != nil {
		return 0
	}
	return int(i)
}

// decode reads one JSON value and nothing after it, numbers as they are written.
func decode(body []byte, value any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(value); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more follows after the JSON")
	}
	return nil
}
