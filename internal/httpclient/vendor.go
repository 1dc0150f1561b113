package httpclient

import (
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"
)

// Vendor is whom a client talks to, as far as errors say it.
type Vendor struct {
	// Name is the vendor's in a sentence.
	Name string
	// Credential is what a redirect would carry away: "the passcode".
	Credential string
	// NoRequestID is said of an answer without a request id; "" if that is as usual.
	NoRequestID string
}

// Refusal is what the refusals of all vendors have in common.
type Refusal struct {
	// Operation is what was asked, in words: "list follower IDs".
	Operation string
	// StatusCode is that of HTTP.
	StatusCode int
	// Message is the vendor's own, or in quotes the beginning of an answer that is not in the vendor's form.
	Message string
	// RequestID is what the vendor's support asks for; see [Response.RequestID]. It may be empty.
	RequestID string
}

// MaxErrorBody is the length in bytes beyond which an error is not one that a vendor wrote.
const MaxErrorBody = 64 << 10

// maxExcerpt is how many bytes of a text that is not what it should be are repeated in an error.
const maxExcerpt = 200

// NoAnswer is the error of a request that [Client.Do] failed to send.
func (v Vendor) NoAnswer(operation string, err error) error {
	return fmt.Errorf("%s: no answer from %s: %w", operation, v.Name, err)
}

// Unusable is the error of an answer with status 200 that is not what the endpoint promises. The reason may quote it.
func (v Vendor) Unusable(operation string, response *Response, reason string) error {
	return fmt.Errorf("%s: %s answered 200 OK, but %s; the answer begins %s%s. Check the API URL, and what stands between "+
		"here and %s: a proxy's page looks like this", operation, v.Name, response.Redact(reason), response.Excerpt(),
		v.RequestIDNote(response.RequestID()), v.Name)
}

// RequestIDNote is a request id in parentheses, with a space before them, for the support desk.
func (v Vendor) RequestIDNote(id string) string {
	if id == "" {
		return v.NoRequestID
	}
	return " (request id " + id + ")"
}

// Sentence says what was asked, what the vendor answered, word for word, with details after its message, and what to do
// next.
func (v Vendor) Sentence(r Refusal, details, advice string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s answered %d %s", r.Operation, v.Name, r.StatusCode, http.StatusText(r.StatusCode))
	if r.Message != "" {
		b.WriteString(": " + r.Message)
	}
	b.WriteString(details + v.RequestIDNote(r.RequestID))
	if advice != "" {
		b.WriteString(". " + advice)
	}
	return b.String()
}

// Advice says what to do about a status that means the same everywhere: a redirect or a failure of the server; empty for
// others.
func (v Vendor) Advice(status int) string {
	switch {
	case status >= 300 && status < 400:
		return fmt.Sprintf("The redirect was refused, because it would carry %s to another address. Check the API URL: "+
			"%s does not redirect its API.", v.Credential, v.Name)
	case status >= 500:
		return fmt.Sprintf("The failure is at %s's end. Try again later.", v.Name)
	}
	return ""
}

// Excerpt is the beginning of a text, cut between characters and quoted, so that it is printable.
func Excerpt(text string) string {
	if len(text) > maxExcerpt {
		end := maxExcerpt
		for end > maxExcerpt-utf8.UTFMax && !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end]
	}
	return fmt.Sprintf("%q", text)
}
