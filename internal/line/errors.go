package line

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// vendor is LINE in errors.
var vendor = httpclient.Vendor{Name: "LINE", Credential: "the channel access token", NoRequestID: " (no request id)"}

// LINE's words that decide what happens next (Messaging API reference, "Error messages" and "Get a list of users who
// added your LINE Official Account as a friend").
const (
	messageMonthlyLimit = "You have reached your monthly limit."
	messageInvalidStart = "Invalid start param"
	messageMostTokens   = "The maximum number of access tokens has already been issued"
	messageNoRecipient  = "Failed to send messages"
)

// APIError is an answer of LINE other than 200.
type APIError struct {
	httpclient.Refusal
	Details []ErrorDetail

	inForm bool // Message and Details are LINE's, not the beginning of something else
	issued bool // the token of the request was issued for the channel's ID and secret
}

// ErrorDetail is one fault that LINE found in a request; either part may be empty.
type ErrorDetail struct {
	Message  string `json:"message"`
	Property string `json:"property"`
}

// Error says what was asked, what LINE answered, word for word, and what to do next.
func (e *APIError) Error() string {
	var details strings.Builder
	for _, detail := range e.Details {
		details.WriteString("; ")
		if detail.Property != "" {
			details.WriteString(detail.Property + ": ")
		}
		details.WriteString(detail.Message)
	}
	return vendor.Sentence(e.Refusal, details.String(), e.Advice())
}

// Advice says what to do about the error, in one or two sentences; empty if LINE's own words are all there is.
func (e *APIError) Advice() string {
	switch {
	case e.issued && e.StatusCode == http.StatusUnauthorized:
		return "The token was issued a moment ago for the channel ID and secret that are given: are they those of a Messaging API channel?"
	case e.Operation == issueStateless && e.StatusCode == http.StatusBadRequest:
		return "Check the channel ID and the channel secret. The LINE Developers Console shows both on the channel's Basic settings tab."
	case e.Operation == issueVersion21 && e.Message == messageMostTokens:
		return "A channel may have 30 tokens of version 2.1 that are alive. One that is not revoked ends by itself: wait, or give " +
			"tokens a shorter lifetime."
	case e.Operation == issueVersion21 && e.StatusCode == http.StatusBadRequest:
		return "Check the channel ID, the private key and its key ID, which belong together, and this machine's clock: the assertion " +
			"ends ten minutes after it is made."
	case e.Operation == issueVersion21 && e.StatusCode == http.StatusNotFound:
		return "Check the key ID. The LINE Developers Console shows it on the channel's Basic settings tab, once the public key is " +
			"registered as an assertion signing key."
	case e.Operation == revokeToken && e.StatusCode == http.StatusBadRequest:
		return "LINE revokes a token for its channel's ID and secret alone: check both."
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
	case e.Operation == getUnitStatistics && e.StatusCode == http.StatusTooManyRequests:
		return fmt.Sprintf("LINE answers %d requests for statistics an hour for a channel, whoever sends them. Ask for fewer units, or "+
			"later.", StatisticsPerHour)
	case e.Operation == getUnitStatistics && e.StatusCode == http.StatusBadRequest:
		return "LINE gives no reasons here. Those that it documents are a unit name or a day that is missing or invalid."
	case e.Operation == pushMessages && e.StatusCode == http.StatusBadRequest && e.Message == messageNoRecipient:
		return "LINE says so where the channel does not know the user. A user has another ID with each provider of the LINE Developers " +
			"Console: was this one given to a channel of the same provider?"
	case e.Operation == pushMessages && e.StatusCode >= http.StatusInternalServerError:
		return "The failure is at LINE's end. " + perhapsSent + "."
	case e.StatusCode == http.StatusTooManyRequests:
		return "LINE counts requests for each channel and endpoint, whoever sends them. Try again later, or lower the " +
			"number of requests a second."
	}
	return vendor.Advice(e.StatusCode)
}

// apiError reads an error in one of LINE's forms, {"message", "details"} or, of the endpoints about tokens, {"error",
// "error_description"}, and takes anything else as it is: gateways and proxies answer in HTML.
func apiError(operation string, response *httpclient.Response) *APIError {
	e := &APIError{Refusal: httpclient.Refusal{
		Operation: operation, StatusCode: response.StatusCode, RequestID: response.RequestID(),
	}}
	var body struct {
		Message string        `json:"message"`
		Details []ErrorDetail `json:"details"`

		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	readable := len(response.Body) <= httpclient.MaxErrorBody && json.Unmarshal(response.Body, &body) == nil
	switch {
	case readable && body.Message != "":
		e.Message, e.Details, e.inForm = response.Redact(body.Message), body.Details, true
		for i, detail := range e.Details {
			e.Details[i] = ErrorDetail{Message: response.Redact(detail.Message), Property: response.Redact(detail.Property)}
		}
	case readable && body.Description != "":
		e.Message, e.inForm = response.Redact(fmt.Sprintf("%s (%s)", body.Description, body.Error)), true
	case len(response.Body) > 0:
		e.Message = response.Excerpt()
	}
	return e
}

// unusable is the error of an answer with status 200 that is not what the endpoint promises.
func unusable(operation string, response *httpclient.Response, reason string) error {
	return vendor.Unusable(operation, response, reason)
}

// spent recognises the 429 that no repetition cures.
func spent(body []byte) bool { return bytes.Contains(body, []byte(messageMonthlyLimit)) }
