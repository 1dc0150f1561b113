package templatestore

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// HTTPConfig says where a template store API is. The protocol is in the guide "A template store of your own".
type HTTPConfig struct {
	// Address is the base URL; https, or http on this machine.
	Address string
	// Token is sent as a bearer token, and never to another host; "" sends none.
	Token string
	// Client decides about retries and timeouts. All requests are safe to repeat.
	Client *httpclient.Client
}

const (
	mediaJSON    = "application/json"
	mediaProblem = "application/problem+json" // RFC 9457
	pageSize     = "1000"
	// maxAnswerBytes is enough for what is refused as too large to be shown as that.
	maxAnswerBytes = 2 * MaxDocumentBytes
)

type httpStore struct {
	address *url.URL
	token   string
	secrets httpclient.Secrets // the token
	client  *httpclient.Client
}

// NewHTTP is a Backend that speaks the template store protocol. It asks the server nothing. ETags are as the server gives
// them, with their quotation marks. A server that ignores conditions is refused with the first write.
func NewHTTP(c HTTPConfig) (Backend, error) {
	address, err := httpclient.ParseBaseURL(strings.TrimRight(c.Address, "/"))
	if err != nil {
		return nil, fmt.Errorf("the address of the http store cannot be used: %w", err)
	}
	if strings.ContainsFunc(c.Token, func(char rune) bool { return char <= ' ' || char > '~' }) {
		return nil, errors.New("the token of the http store has white space or another character that no token " +
			"has: remove it")
	}
	return guard(&httpStore{address: address, token: c.Token, secrets: httpclient.NewSecrets(c.Token), client: c.Client}), nil
}

// resourcePath is a key as the protocol writes it: "=" stands for "%", which servers and proxies would decode.
func resourcePath(key string) string { return strings.ReplaceAll(key, "%", "=") }

func (s *httpStore) url(key string) *url.URL {
	if key == "" {
		return s.address
	}
	return s.address.JoinPath(resourcePath(key))
}

func (s *httpStore) Location(key string) string { return s.url(key).String() }

// listingPage is a page of a listing in the protocol.
type listingPage struct {
	// Documents is nil in an answer that is something else.
	Documents []struct {
		Key  string `json:"key"`
		ETag string `json:"etag"`
	} `json:"documents"`
	Next string `json:"next"`
}

func (s *httpStore) List(ctx context.Context, prefix string) ([]Entry, error) {
	listing := newPaging()
	for next := ""; ; {
		page, err := s.page(ctx, prefix, next)
		if err != nil {
			return nil, err
		}
		var entries []Entry
		for _, document := range page.Documents {
			entries = append(entries, Entry{Key: strings.ReplaceAll(document.Key, "=", "%"), ETag: document.ETag})
		}
		next = page.Next
		if err := listing.add(entries, next != ""); err != nil {
			return nil, err
		}
		if next == "" {
			return slices.DeleteFunc(listing.entries, func(e Entry) bool { return !strings.HasPrefix(e.Key, prefix) }), nil
		}
	}
}

func (s *httpStore) page(ctx context.Context, prefix, next string) (listingPage, error) {
	query := url.Values{"prefix": {resourcePath(prefix)}, "limit": {pageSize}}
	if next != "" {
		query.Set("next", next)
	}
	address := *s.address
	address.RawQuery = query.Encode()
	request := httpclient.Request{
		Method: http.MethodGet, URL: &address,
		RetryStatus: func(status int, body []byte) bool {
			_, err := readPage(body)
			return retryStatus(status, body) || status == http.StatusOK && err != nil
		},
	}
	answer, err := s.do(ctx, request, "", "")
	if err != nil {
		return listingPage{}, err
	}
	if answer.StatusCode != http.StatusOK {
		return listingPage{}, s.refusal(answer)
	}
	page, err := readPage(answer.Body)
	if err != nil {
		return listingPage{}, s.foreign(answer, "200 with "+foreignPage(answer.Body, err))
	}
	return page, nil
}

func readPage(body []byte) (page listingPage, _ error) {
	if err := json.Unmarshal(body, &page); err != nil {
		// The other way to decode tells a text that ends too early from one that is something else.
		if early := json.NewDecoder(bytes.NewReader(body)).Decode(&page); errors.Is(early, io.ErrUnexpectedEOF) {
			return page, early
		}
		return page, err
	}
	if page.Documents == nil {
		return page, errors.New(`there is no list of "documents"`)
	}
	return page, nil
}

// retryStatus is for all requests. A 404 that does not say in the protocol's words that there is no such document may be
// that of a gateway whose server is just being replaced.
func retryStatus(status int, body []byte) bool {
	return httpclient.TransientStatus(status) || status == http.StatusNotFound && !isProblem(body)
}

// isProblem tells problem details by what is in them.
func isProblem(body []byte) bool {
	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) != nil {
		return false
	}
	for _, name := range []string{"type", "title", "status", "detail", "instance"} {
		if _, there := members[name]; there {
			return true
		}
	}
	return false
}

func (s *httpStore) Get(ctx context.Context, key string) (data []byte, etag string, err error) {
	answer, err := s.do(ctx, httpclient.Request{Method: http.MethodGet, URL: s.url(key)}, "", "")
	if err != nil {
		return nil, "", err
	}
	switch {
	case absent(answer):
		return nil, "", ErrAbsent
	case answer.StatusCode != http.StatusOK:
		return nil, "", s.refusal(answer)
	case mediaType(answer) != mediaJSON:
		return nil, "", s.foreign(answer, "200 without a JSON document")
	}
	etag, err = s.etag(answer)
	return answer.Body, etag, err
}

func (s *httpStore) Put(ctx context.Context, key string, data []byte, etag string) (string, error) {
	condition, value := "If-Match", etag
	if etag == "" {
		condition, value = "If-None-Match", "*"
	}
	answer, err := s.do(ctx, httpclient.Request{Method: http.MethodPut, URL: s.url(key), Body: data}, condition, value)
	if err != nil {
		return "", err
	}
	switch answer.StatusCode {
	case http.StatusOK, http.StatusCreated, http.StatusNoContent:
		return s.etag(answer)
	case http.StatusPreconditionFailed:
		return "", ErrCondition
	}
	return "", s.refusal(answer)
}

func (s *httpStore) Delete(ctx context.Context, key, etag string) error {
	answer, err := s.do(ctx, httpclient.Request{Method: http.MethodDelete, URL: s.url(key)}, "If-Match", etag)
	if err != nil {
		return err
	}
	switch {
	case answer.StatusCode == http.StatusNoContent, absent(answer):
		return nil
	case answer.StatusCode == http.StatusPreconditionFailed:
		return ErrCondition
	case answer.StatusCode >= 200 && answer.StatusCode < 300:
		return proveDeleted(ctx, s, key, s.foreign(answer, fmt.Sprintf("%d %s in place of 204 to a DELETE, and the document is "+
			"still there", answer.StatusCode, http.StatusText(answer.StatusCode))))
	}
	return s.refusal(answer)
}

// do sends a request with its condition, if it has one. Repeating it is safe: the Store knows its own write again.
func (s *httpStore) do(ctx context.Context, r httpclient.Request, condition, value string) (*httpclient.Response, error) {
	r.Repeatable = true
	r.Secrets = s.secrets
	if r.RetryStatus == nil {
		r.RetryStatus = retryStatus
	}
	r.MaxResponseBytes = maxAnswerBytes
	r.Header = http.Header{
		"Accept": {mediaJSON + ", " + mediaProblem},
		// Servers that compress change the ETag, which would then differ from the listing's.
		"Accept-Encoding": {"identity"},
	}
	if s.token != "" {
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	if condition != "" {
		r.Header.Set(condition, value)
	}
	if r.Body != nil {
		r.Header.Set("Content-Type", mediaJSON)
	}
	return s.client.Do(ctx, r)
}

// absent tells "there is no such document" from the 404 of a gateway or of a wrong address.
func absent(answer *httpclient.Response) bool {
	return answer.StatusCode == http.StatusNotFound && mediaType(answer) == mediaProblem
}

func mediaType(answer *httpclient.Response) string {
	media, _, err := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return media
}

func (s *httpStore) etag(answer *httpclient.Response) (string, error) {
	etag := answer.Header.Get("ETag")
	if len(etag) < 3 || etag[0] != '"' || etag[len(etag)-1] != '"' {
		return "", s.foreign(answer, strconv.Itoa(answer.StatusCode)+" without a strong ETag in quotation marks")
	}
	return etag, nil
}

// foreign is an answer that no template store API gives.
func (s *httpStore) foreign(answer *httpclient.Response, what string) error {
	return fmt.Errorf("the server answers %s%s: it is no template store API, or a proxy on the way changes its answers; "+
		"check the address", what, withRequestID(answer))
}

// refusal is an answer that says no, in the server's words.
func (s *httpStore) refusal(answer *httpclient.Response) error {
	words := s.problem(answer)
	if answer.StatusCode == http.StatusNotFound && words == "" && len(answer.Body) > 0 {
		words = ", and begins " + answer.Excerpt()
	}
	text := fmt.Sprintf("the server answers %d %s%s%s", answer.StatusCode, http.StatusText(answer.StatusCode), words,
		withRequestID(answer))
	switch status := answer.StatusCode; {
	case status == http.StatusUnauthorized:
		text += ": the token is missing, wrong or expired; renew it"
	case status == http.StatusForbidden:
		text += ": the token has no right to this; ask who runs the server"
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed:
		text += ": there is no template store API at this address, or a gateway before it does not reach it; correct the address, " +
			"or ask who runs the server"
	case status >= 300 && status < 400:
		text += ": redirects are not followed, since the token would go along; set the address to where it leads" +
			redirectHost(answer)
	}
	return errors.New(text)
}

func redirectHost(answer *httpclient.Response) string {
	target, err := url.Parse(answer.Header.Get("Location"))
	if err != nil || target.Host == "" {
		return ""
	}
	return fmt.Sprintf(" (the host %s)", answer.Redact(target.Host))
}

// maxProblemRunes keeps a talkative server from filling the screen.
const maxProblemRunes = 500

// problem is what the problem details of an answer say, if there are any.
func (s *httpStore) problem(answer *httpclient.Response) string {
	var details struct {
		Title  string `json:"title"`
		Detail string `json:"detail"`
	}
	if mediaType(answer) != mediaProblem || json.Unmarshal(answer.Body, &details) != nil {
		return ""
	}
	text := ""
	for _, part := range []string{details.Title, details.Detail} {
		if part != "" {
			text += ": " + part
		}
	}
	text = answer.Redact(text)
	if runes := []rune(text); len(runes) > maxProblemRunes {
		text = string(runes[:maxProblemRunes]) + "…"
	}
	gap := func(char rune) bool { return unicode.IsSpace(char) || unicode.IsControl(char) }
	return strings.Join(strings.FieldsFunc(text, gap), " ")
}

func withRequestID(answer *httpclient.Response) string {
	if id := answer.RequestID(); id != "" {
		return fmt.Sprintf(" (request id %s)", id)
	}
	return ""
}
