// Package servedcontent looks at published messages where CleverTap finds them, and as CleverTap would: one GET within five
// seconds, never repeated, no redirect followed, an answer of JSON (docs.clevertap.com, "Linked Content" and its
// "Performance and Caching"). It knows httpclient, exactjson, linebody and linkedcontent.
package servedcontent

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
)

// Timeout is how long CleverTap waits for an answer.
const Timeout = 5 * time.Second

// maxBytes is more than any document has.
const maxBytes = 8 << 20

// pause is how long a wait rests between two looks.
const pause = time.Second

// Config is how a [Reader] looks.
type Config struct {
	UserAgent string
	// HeaderName and HeaderValue are sent with each request, if there is a name: what the server wants to see from CleverTap.
	// The value is secret.
	HeaderName, HeaderValue string
	// Timeout is how long one look may take. 0: [Timeout].
	Timeout time.Duration
	// Wait is how long, in all, a Reader waits for what was published to be served.
	Wait time.Duration
	// Log is that of httpclient.
	Log func(ctx context.Context, message string, fields map[string]any)
}

// Reader looks at URLs. It is safe for concurrent use, and made to live as long as one plan or apply.
type Reader struct {
	client  *httpclient.Client
	header  http.Header
	secrets httpclient.Secrets
	timeout time.Duration
	wait    time.Duration

	mu       sync.Mutex
	deadline time.Time          // of all waits; zero before the first
	silent   map[string]silence // by host
}

// silence is how many looks had no answer, and why the last one had none.
type silence struct {
	looks int
	why   error
}

// mostSilent is how many looks at one host may end without an answer before it is asked no more: many resources are served
// by the same one, and each look costs its whole time.
const mostSilent = 5

// New makes a Reader.
func New(c Config) *Reader {
	r := &Reader{
		silent: map[string]silence{}, header: http.Header{"Accept": {"application/json"}}, timeout: cmp.Or(c.Timeout, Timeout), wait: c.Wait,
	}
	r.client = httpclient.New(httpclient.Config{UserAgent: c.UserAgent, Timeout: r.timeout, MaxConcurrent: 10, Log: c.Log})
	if c.HeaderName != "" {
		r.header.Set(c.HeaderName, c.HeaderValue)
		// Of "Bearer abc" a server may repeat abc alone.
		_, credential, _ := strings.Cut(c.HeaderValue, " ")
		r.secrets = httpclient.NewSecrets(c.HeaderValue, strings.TrimSpace(credential))
	}
	return r
}

// Expected is what was published, as far as it is looked for. VariantOf is "" where the document has none.
type Expected struct{ Name, VariantOf, Shape, ContentSHA256 string }

// Served is what a URL serves.
type Served struct {
	// ContentSHA256 is that of the messages; "" if none could be read, and of the messages that were published if campaigns
	// would not send them as they are served.
	ContentSHA256 string
	// Fault says why CleverTap would not send what was published, as sentences; "" if it would.
	Fault string
	// Unseen says that the Fault is this reader's own, which had no answer or may not read: CleverTap may get what was published.
	Unseen bool
}

// CheckURL says what is wrong with a URL to look at.
func CheckURL(text string) error {
	if strings.ContainsAny(text, "{}") {
		return fmt.Errorf("%q holds a parameter: give the URL of these messages alone, with their name in it", text)
	}
	_, err := httpclient.ParseBaseURL(text)
	return err
}

// Look reads a URL once, unless its host has been silent too often.
func (r *Reader) Look(ctx context.Context, address string, want Expected) Served {
	at, err := httpclient.ParseBaseURL(address)
	if err != nil {
		return Served{Fault: err.Error() + "."}
	}
	if silence := r.silence(at.Host); silence.looks >= mostSilent {
		return Served{Unseen: true, Fault: fmt.Sprintf("The host %s has not answered %d times in this run, and is asked no more. The last "+
			"time, this was why: %s.", at.Host, silence.looks, silence.why)}
	}
	return r.look(ctx, at, want)
}

func (r *Reader) look(ctx context.Context, at *url.URL, want Expected) Served {
	response, err := r.client.Do(ctx, httpclient.Request{
		Method: http.MethodGet, URL: at, Header: r.header, Secrets: r.secrets, MaxResponseBytes: maxBytes,
	})
	switch {
	case errors.Is(err, httpclient.ErrTooLarge):
		return Served{Fault: fmt.Sprintf("What is served is no document of published messages: %s.", err)}
	case err != nil:
		r.noteSilence(at.Host, err)
		return Served{Unseen: true, Fault: fmt.Sprintf("There is no answer: %s. CleverTap waits for %s at most, and does not try again.",
			err, r.timeout)}
	}
	document, _, fault := read(response, at)
	if fault != "" {
		return Served{Fault: fault, Unseen: isForbidden(response.StatusCode)}
	}
	return document.compare(want, response)
}

func (r *Reader) silence(host string) silence {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.silent[host]
}

func (r *Reader) noteSilence(host string, why error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.silent[host] = silence{r.silent[host].looks + 1, why}
}

// Await looks until the URL serves what was published, or until the time of all waits of this Reader has passed: then it is
// what was seen last. It looks once at least, and within that time at a silent
// host, too.
func (r *Reader) Await(ctx context.Context, address string, want Expected) Served {
	until := r.until()
	at, err := httpclient.ParseBaseURL(address)
	if err != nil || time.Until(until) <= 0 {
		return r.Look(ctx, address, want)
	}
	for {
		served := r.look(ctx, at, want)
		left := time.Until(until)
		if served.Fault == "" || ctx.Err() != nil || left <= 0 {
			return served
		}
		select {
		case <-ctx.Done():
			return served
		case <-time.After(min(pause, left)):
		}
	}
}

// until is the end of all waits, which begins to run with the first.
func (r *Reader) until() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.deadline.IsZero() {
		r.deadline = time.Now().Add(r.wait)
	}
	return r.deadline
}

// document is what CleverTap makes labels of.
type document struct {
	name, variantOf, shape, unit string
	parts, tags                  []string
}

// parse reads a document exactly: a label is found by the letters of its key as they are. What is missing, or no text, is
// nothing.
func parse(text string) (found document, ok bool) {
	d, fault := exactjson.Parse(text)
	if fault != nil || d.Kind(exactjson.Root) != exactjson.Object {
		return found, false
	}
	return document{
		name: textOf(d, "name"), variantOf: textOf(d, "variant_of"), shape: textOf(d, "shape"), unit: textOf(d, "unit"),
		parts: textsOf(d, "parts"), tags: textsOf(d, "tags"),
	}, true
}

func textOf(d *exactjson.Document, key string) string {
	value, ok := d.Member(exactjson.Root, key)
	if !ok || d.Kind(value) != exactjson.String {
		return ""
	}
	return d.Text(value)
}

// textsOf is nil for what is no list of texts.
func textsOf(d *exactjson.Document, key string) []string {
	list, ok := d.Member(exactjson.Root, key)
	if !ok || d.Kind(list) != exactjson.Array {
		return nil
	}
	texts := []string{}
	for element := range d.Children(list) {
		if d.Kind(element) != exactjson.String {
			return nil
		}
		texts = append(texts, d.Text(element))
	}
	return texts
}

// read takes an answer as CleverTap would, or says why it would not.
func read(response *httpclient.Response, at *url.URL) (found document, flaw Flaw, fault string) {
	answered := strings.TrimSpace(fmt.Sprintf("The answer is %d %s", response.StatusCode, http.StatusText(response.StatusCode))) +
		requestNote(response)
	switch status := response.StatusCode; {
	case status >= 300 && status < 400:
		return found, Redirects, answered + redirection(response, at) + ". CleverTap follows no redirect: give the URL that answers by itself."
	case isForbidden(status):
		return found, Forbidden, answered + ". Reading is not allowed. If the server wants a header from CleverTap, the provider sends it, " +
			"too, when it is set in the block read_back of publish_store; else look at the access to the published files."
	case status == http.StatusNotFound:
		return found, Missing, answered + ". Nothing is served under this URL: compare it with the place of the publish store, its prefix and " +
			"account included, or wait until the CDN has it."
	case status != http.StatusOK:
		return found, OtherStatus, answered + ", and begins " + response.Excerpt() + ". CleverTap takes 200 alone."
	}
	kind, parameters, err := mime.ParseMediaType(response.Header.Get("Content-Type"))
	found, ok := parse(string(response.Body))
	if !ok {
		if kind == "text/html" {
			return found, HTMLPage, answered + ", but it is a page of HTML; it begins " + response.Excerpt() + ". CleverTap takes JSON alone."
		}
		what := "no document of published messages"
		if len(response.Body) == 0 {
			what = "empty"
		}
		// Not quoted: it may be half a document, with texts that are not published yet.
		return found, NoDocument, answered + ", but it is " + what + ". CleverTap takes JSON alone."
	}
	if err != nil || kind != "application/json" && !strings.HasSuffix(kind, "+json") {
		return found, OtherType, fmt.Sprintf("%s, and its Content-Type is %s. CleverTap wants JSON, said so: serve the files as "+
			"application/json; charset=utf-8.", answered, httpclient.Excerpt(response.Redact(response.Header.Get("Content-Type"))))
	}
	if !isASCII(response.Body) && !strings.EqualFold(parameters["charset"], "utf-8") {
		return found, NoCharset, answered + ", and it holds other characters than ASCII without charset=utf-8 in its Content-Type, which " +
			"CleverTap wants. What the provider publishes is ASCII: somebody edited the file."
	}
	return found, NoFlaw, ""
}

func isForbidden(status int) bool {
	return status == http.StatusForbidden || status == http.StatusUnauthorized
}

func isASCII(text []byte) bool {
	return !slices.ContainsFunc(text, func(b byte) bool { return b >= utf8.RuneSelf })
}

// redirection says where a redirect leads, without what may be secret in it.
func redirection(response *httpclient.Response, at *url.URL) string {
	target, err := at.Parse(response.Header.Get("Location"))
	if err != nil || response.Header.Get("Location") == "" {
		return ""
	}
	return ", a redirect to " + httpclient.Excerpt(response.Redact(target.Scheme+"://"+target.Host+target.EscapedPath()))
}

func requestNote(response *httpclient.Response) string {
	if id := response.RequestID(); id != "" {
		return " (request id " + id + ")"
	}
	return ""
}

// messages are those that could be sent; the zero value if they cannot be.
func (d document) messages() linkedcontent.Messages {
	texts, ok := linkedcontent.Join(d.parts, d.tags)
	if !ok || len(d.parts) != len(d.tags)+1 {
		return linkedcontent.Messages{}
	}
	cut, err := linkedcontent.Cut(linebody.ParseMessages(texts...))
	if err != nil {
		return linkedcontent.Messages{}
	}
	return cut
}

// compare says whether it is what was published, and what a campaign's body takes.
func (d document) compare(want Expected, response *httpclient.Response) Served {
	cut := d.messages()
	served := Served{ContentSHA256: cut.ContentSHA256}
	quoted := func(text string) string { return httpclient.Excerpt(response.Redact(text)) }
	switch {
	case d.name != want.Name:
		served.Fault = fmt.Sprintf("It serves the messages named %s, not %q: the URL is that of another document.", quoted(d.name), want.Name)
	case served.ContentSHA256 == "":
		served.Fault = "What it serves are no messages that could be sent: the file was edited or is of another kind."
	case served.ContentSHA256 != want.ContentSHA256:
		served.Fault = fmt.Sprintf("It serves other messages, with the content_sha256 %s%s. Usually they are older ones that a CDN keeps: "+
			"they are sent until it lets them go.", served.ContentSHA256, age(response.Header))
	case d.shape != want.Shape || d.variantOf != want.VariantOf:
		served.Fault = fmt.Sprintf("It serves the same messages with the shape %s and variant_of %s, and not %q and %q%s. The body of a "+
			"campaign takes neither for what it was made for, and sends nothing.",
			quoted(d.shape), quoted(d.variantOf), want.Shape, want.VariantOf, age(response.Header))
	case !slices.Equal(cut.Parts, d.parts):
		served.Fault = "It serves the same messages, cut in other places than their Liquid, which people would see. Somebody edited the file."
	}
	if served.ContentSHA256 == want.ContentSHA256 && served.Fault != "" {
		served.ContentSHA256 = "" // the same messages, and yet nobody gets them
	}
	return served
}

// age is what a server says of how old its answer is (RFC 9111, section 5.1).
func age(header http.Header) string {
	seconds, err := strconv.ParseUint(header.Get("Age"), 10, 31)
	if err != nil {
		return ""
	}
	return fmt.Sprintf(", kept by a cache for %s", time.Duration(seconds)*time.Second)
}
