package servedcontent

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// Flaw is why CleverTap would not send what a URL serves, whatever it is.
type Flaw int

// The flaws there are, in the order in which they are found.
const (
	NoFlaw      Flaw = iota
	NoAnswer         // in the time that CleverTap waits
	TooLarge         // for a document
	Redirects        // which CleverTap does not follow
	Forbidden        // 401 or 403
	Missing          // 404
	OtherStatus      // but 200
	HTMLPage
	NoDocument  // of published messages
	OtherType   // than JSON, though JSON is served
	NoCharset   // for characters that need one
	NotSendable // a document whose messages are edited, or of another kind
)

// Inspection is what a URL serves, without anything to compare it with.
type Inspection struct {
	Flaw Flaw
	// Fault says in sentences what the flaw is; "" if there is none.
	Fault string
	// Status is that of the answer; 0 if there was none.
	Status int
	// Unit is the unit name of LINE's statistics that the messages have, and ContentSHA256 what tells their version.
	Unit, ContentSHA256 string
	// MaxAge is how long the answer says that a cache may keep it (RFC 9111, section 5.2.2); negative if it does not say.
	MaxAge time.Duration
}

// Inspect reads a URL once, and looks at what any document must have. An address that [CheckURL] refuses is [NoAnswer].
func (r *Reader) Inspect(ctx context.Context, address string) Inspection {
	found := Inspection{MaxAge: -1}
	at, err := httpclient.ParseBaseURL(address)
	if err != nil {
		found.Flaw, found.Fault = NoAnswer, err.Error()+"."
		return found
	}
	response, err := r.client.Do(ctx, httpclient.Request{
		Method: http.MethodGet, URL: at, Header: r.header, Secrets: r.secrets, MaxResponseBytes: maxBytes,
	})
	if err != nil {
		found.Flaw, found.Fault = NoAnswer, err.Error()+"."
		if errors.Is(err, httpclient.ErrTooLarge) {
			found.Flaw = TooLarge
		}
		return found
	}
	found.Status, found.MaxAge = response.StatusCode, maxAge(response.Header)
	var document document
	if document, found.Flaw, found.Fault = read(response, at); found.Flaw != NoFlaw {
		return found
	}
	cut := document.messages()
	if cut.ContentSHA256 == "" || cut.Shape != document.shape || !slices.Equal(cut.Parts, document.parts) {
		found.Flaw, found.Fault = NotSendable, "What it serves are no messages that could be sent: the file was edited or is of another kind."
		return found
	}
	found.Unit, found.ContentSHA256 = document.unit, cut.ContentSHA256
	return found
}

// maxAge is the age up to which a shared cache may keep an answer; negative if the answer does not say.
func maxAge(header http.Header) time.Duration {
	longest := time.Duration(-1)
	shared := false
	for _, directive := range strings.Split(strings.Join(header.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(directive)), "=")
		switch name {
		case "no-store", "no-cache", "private":
			return 0
		case "s-maxage", "max-age":
			seconds, err := strconv.ParseUint(strings.Trim(value, `"`), 10, 31)
			if err == nil && (name == "s-maxage" || !shared) {
				longest, shared = time.Duration(seconds)*time.Second, name == "s-maxage"
			}
		}
	}
	return longest
}
