package clevertap

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

const (
	// maxExcerpt is how many bytes of an answer that is not what it should be are repeated in an error.
	maxExcerpt = 200
	// maxErrorBody is the length in bytes beyond which an error is not one that CleverTap wrote.
	maxErrorBody = 64 << 10
)

// APIError is an answer by which CleverTap refuses a whole request.
type APIError struct {
	// Operation is what was asked of CleverTap, in words: "upload profiles".
	Operation string
	// StatusCode is that of HTTP. It may be 200: CleverTap reports failures with it, too.
	StatusCode int
	// Code is the one in CleverTap's answer; 0 if there is none.
	Code int
	// Message is CleverTap's own, or in quotes the beginning of an answer that is not in its form.
	Message string
	// RequestID is the X-Request-Id of the answer. CleverTap documents none, but something in between may set it.
	RequestID string

	host string // that was asked
}

// Error says what was asked, what CleverTap answered, word for word, and what to do next.
func (e *APIError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: CleverTap answered %d %s", e.Operation, e.StatusCode, http.StatusText(e.StatusCode))
	if e.Message != "" {
		fmt.Fprintf(&b, ": %s", e.Message)
	}
	if e.Code != 0 && e.Code != e.StatusCode {
		fmt.Fprintf(&b, " (code %d)", e.Code)
	}
	b.WriteString(requestIDNote(e.RequestID))
	if advice := e.Advice(); advice != "" {
		fmt.Fprintf(&b, ". %s", advice)
	}
	return b.String()
}

// Advice says what to do about the error, in one or two sentences; empty if CleverTap's own words are all there is.
func (e *APIError) Advice() string {
	code := e.StatusCode
	if code == http.StatusOK {
		code = cmp.Or(e.Code, code)
	}
	switch {
	case code >= 300 && code < 400:
		return "The redirect was refused, because it would carry the passcode to another address. Check the API URL: " +
			"CleverTap does not redirect its API."
	case code == http.StatusUnauthorized:
		return "Check the account ID, the passcode (it may have expired) and the region: an account is known in its own " +
			"region alone, and " + e.host + " was asked. The dashboard's address begins with the region."
	case code == http.StatusForbidden:
		return "The account or the passcode has no right to this. API access is part of CleverTap's paid plans."
	case code == http.StatusTooManyRequests:
		return "CleverTap counts the requests that are under way for an account, whoever sends them: 15 uploads and 3 others " +
			"at a time. Try again later, or lower the number of concurrent requests."
	case code >= 500 && code < 509 || code == 555: // the others in this range are about records
		return "The failure is at CleverTap's end. Try again later."
	}
	return ""
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
		Operation:  operation,
		StatusCode: response.StatusCode,
		RequestID:  response.RequestID(),
		host:       c.base.Host,
	}
	var body envelope
	if len(response.Body) <= maxErrorBody && decode(response.Body, &body) == nil && body.Error != "" {
		e.Message, e.Code = c.redact(body.Error), number(body.Code)
	} else if len(response.Body) > 0 {
		e.Message = c.excerpt(response.Body)
	}
	return e
}

// unusable is the error of an answer with status 200 that is not what the endpoint promises.
func (c *Client) unusable(operation string, response *httpclient.Response, reason string) error {
	note := requestIDNote(response.RequestID())
	if len(response.Body) == 0 {
		return fmt.Errorf("%s: %s answered 200 OK with an empty body%s, which is how CleverTap answers at an address that it "+
			"does not know. Check the region and the API URL", operation, c.base.Host, note)
	}
	return fmt.Errorf("%s: CleverTap answered 200 OK, but %s; the answer begins %s%s. Check the API URL, and what stands "+
		"between here and CleverTap: a proxy's page looks like this", operation, reason, c.excerpt(response.Body), note)
}

// excerpt is the beginning of an answer, quoted, so that it is printable.
func (c *Client) excerpt(body []byte) string {
	text := c.redact(string(body[:min(len(body), maxErrorBody)]))
	return fmt.Sprintf("%q", text[:min(len(text), maxExcerpt)])
}

// redact removes the passcode, which a server that echoes requests sends back.
func (c *Client) redact(text string) string {
	return strings.ReplaceAll(text, c.config.Passcode, "[redacted]")
}

func requestIDNote(id string) string {
	if id == "" {
		return ""
	}
	return " (request id " + id + ")"
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
