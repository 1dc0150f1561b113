package line

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// LINE's words that decide what happens next (Messaging API reference, "Error messages" and "Get a list of users who
// added your LINE Official Account as a friend").
const (
	messageMonthlyLimit = "You have reached your monthly limit."
	messageInvalidStart = "Invalid start param"
)

const (
	// maxExcerpt is how many bytes of an answer that is not what it should be are repeated in an error.
	maxExcerpt = 200
	// maxErrorBody is the length in bytes beyond which an error is not one that LINE wrote.
	maxErrorBody = 64 << 10
)

// APIError is an answer of LINE other than 200.
type APIError struct {
	// Operation is what was asked of LINE, in words: "list follower IDs".
	Operation  string
	StatusCode int
	// Message is LINE's own, or in quotes the beginning of an answer that is not in LINE's form.
	Message string
	Details []ErrorDetail
	// RequestID is the X-Line-Request-Id of the answer: LINE's support asks for it. It may be empty.
	RequestID string

	inForm bool // Message and Details are LINE's, not the beginning of something else
}

// ErrorDetail is one fault that LINE found in a request; either part may be empty.
type ErrorDetail struct {
	Message  string `json:"message"`
	Property string `json:"property"`
}

// Error says what was asked, what LINE answered, word for word, and what to do next.
func (e *APIError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: LINE answered %d %s", e.Operation, e.StatusCode, http.StatusText(e.StatusCode))
	if e.Message != "" {
		fmt.Fprintf(&b, ": %s", e.Message)
	}
	for _, detail := range e.Details {
		b.WriteString("; ")
		if detail.Property != "" {
			b.WriteString(detail.Property + ": ")
		}
		b.WriteString(detail.Message)
	}
	b.WriteString(requestIDNote(e.RequestID))
	if advice := e.Advice(); advice != "" {
		fmt.Fprintf(&b, ". %s", advice)
	}
	return b.String()
}

// Advice says what to do about the error, in one or two sentences; empty if LINE's own words are all there is.
func (e *APIError) Advice() string {
	switch {
	case e.StatusCode >= 300 && e.StatusCode < 400:
		return "The redirect was refused, because it would carry the channel access token to another address. " +
			"Check the API URL: LINE does not redirect its API."
	case e.StatusCode == http.StatusUnauthorized, e.Operation == verifyToken && e.StatusCode == http.StatusBadRequest:
		return "Check the channel access token: it may be of another channel, expired, reissued or revoked. " +
			"The LINE Developers Console shows a channel's long-lived token on its Messaging API tab."
	case e.Operation == listFollowerIDs && e.StatusCode == http.StatusForbidden:
		return "LINE gives follower IDs to verified and premium accounts only, and no API tells which an account is: " +
			"see the account's settings in LINE Official Account Manager, where verification is applied for, too. " +
			"Until then, user IDs come from the channel's webhook events only."
	case e.StatusCode == http.StatusRequestEntityTooLarge:
		return "LINE takes request bodies of up to 2 MB."
	case e.StatusCode == http.StatusTooManyRequests && e.Message == messageMonthlyLimit:
		return "The account has used up the messages of this month; waiting a moment does not help. " +
			"See its plan in LINE Official Account Manager."
	case e.StatusCode == http.StatusTooManyRequests:
		return "LINE counts requests for each channel and endpoint, whoever sends them. Try again later, or lower the " +
			"number of requests a second."
	case e.StatusCode >= 500:
		return "The failure is at LINE's end. Try again later."
	}
	return ""
}

// apiError reads an error in one of LINE's forms, {"message", "details"} or, of the endpoints about tokens, {"error",
// "error_description"}, and takes anything else as it is: gateways and proxies answer in HTML.
func (c *Client) apiError(operation string, response *httpclient.Response) *APIError {
	e := &APIError{Operation: operation, StatusCode: response.StatusCode, RequestID: response.RequestID()}
	var body struct {
		Message string        `json:"message"`
		Details []ErrorDetail `json:"details"`

		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	readable := len(response.Body) <= maxErrorBody && json.Unmarshal(c.redact(response.Body), &body) == nil
	switch {
	case readable && body.Message != "":
		e.Message, e.Details, e.inForm = body.Message, body.Details, true
	case readable && body.Description != "":
		e.Message, e.inForm = fmt.Sprintf("%s (%s)", body.Description, body.Error), true
	case len(response.Body) > 0:
		e.Message = c.excerpt(response.Body)
	}
	return e
}

// unusable is the error of an answer with status 200 that is not what the endpoint promises.
func (c *Client) unusable(operation string, response *httpclient.Response, reason string) error {
	return fmt.Errorf("%s: LINE answered 200 OK, but %s; the answer begins %s%s. "+
		"Check the API URL, and what stands between here and LINE: a proxy's page looks like this",
		operation, reason, c.excerpt(response.Body), requestIDNote(response.RequestID()))
}

// excerpt is the beginning of an answer, quoted, so that it is printable.
func (c *Client) excerpt(body []byte) string {
	text := c.redact(body)
	return fmt.Sprintf("%q", text[:min(len(text), maxExcerpt)])
}

// redact removes the token, which a server that echoes requests sends back as it is or as it stands in a form.
func (c *Client) redact(body []byte) []byte {
	for _, token := range []string{c.token, url.QueryEscape(c.token)} {
		body = bytes.ReplaceAll(body, []byte(token), []byte("[redacted]"))
	}
	return body
}

func requestIDNote(id string) string {
	if id == "" {
		return " (no request id)"
	}
	return " (request id " + id + ")"
}

// spent recognises the 429 that no repetition cures.
func spent(body []byte) bool { return bytes.Contains(body, []byte(messageMonthlyLimit)) }
