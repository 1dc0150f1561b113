package store

import (
	"context"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// message is a request of the test. Each is sent once.
type message struct {
	method, key string
	query       url.Values
	body        string
	// create sends If-None-Match: *, ifMatch the ETag.
	create  bool
	ifMatch string
	// authorization replaces the right one if it is not nil.
	authorization *string
}

func (v *verification) send(ctx context.Context, m message) (*httpclient.Response, error) {
	address := v.address
	if m.key != "" {
		address = address.JoinPath(m.key)
	}
	if m.query != nil {
		with := *address
		with.RawQuery = m.query.Encode()
		address = &with
	}
	header := http.Header{"Accept": {"application/json, application/problem+json"}, "Accept-Encoding": {"identity"}}
	request := httpclient.Request{
		Method: m.method, URL: address, Header: header, Secrets: httpclient.NewSecrets(v.token), MaxResponseBytes: 16 << 20,
	}
	if m.method == http.MethodPut {
		header.Set("Content-Type", "application/json")
		request.Body = []byte(m.body)
		v.touch(m.key, 1)
	}
	if m.create {
		header.Set("If-None-Match", "*")
	}
	if m.ifMatch != "" {
		header.Set("If-Match", m.ifMatch)
	}
	switch {
	case m.authorization != nil && *m.authorization != "":
		header.Set("Authorization", *m.authorization)
	case m.authorization == nil && v.token != "":
		header.Set("Authorization", "Bearer "+v.token)
	}
	answer, err := v.client.Do(ctx, request)
	if m.method == http.MethodPut && err == nil {
		v.touch(m.key, -1)
	}
	return answer, err
}

// touch notes that a key may be there, and how many writes of it have no answer yet.
func (v *verification) touch(key string, unanswered int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.touched[key] += unanswered
}

// expect sends a message and wants one of the statuses; of a refusal it wants problem details, too.
func (v *verification) expect(ctx context.Context, m message, statuses ...int) (*httpclient.Response, error) {
	answer, err := v.send(ctx, m)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(statuses, answer.StatusCode) {
		return nil, m.unexpected(answer, "status "+strings.Trim(strings.ReplaceAll(fmt.Sprint(statuses), " ", " or "), "[]"))
	}
	if answer.StatusCode >= http.StatusBadRequest && mediaType(answer) != "application/problem+json" {
		return nil, m.unexpected(answer, "problem details, of the type application/problem+json")
	}
	return answer, nil
}

// unexpected says which request had which answer, and what was expected.
func (m message) unexpected(answer *httpclient.Response, want string) error {
	condition := ""
	if m.create {
		condition = " with If-None-Match: *"
	} else if m.ifMatch != "" {
		condition = " with If-Match: " + m.ifMatch
	}
	details := fmt.Sprint(answer.StatusCode)
	if media := answer.Header.Get("Content-Type"); media != "" {
		details += ", " + cli.Printable(media)
	}
	if id := answer.RequestID(); id != "" {
		details += ", request id " + cli.Printable(id)
	}
	return errors.New(answer.Redact(fmt.Sprintf("%s /%s%s: answered %s; expected %s", m.method, m.key, condition, details, want)))
}

func mediaType(answer *httpclient.Response) string {
	media, _, err := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return media
}

// create makes a document and gives its ETag.
func (v *verification) create(ctx context.Context, key, body string) (etag string, err error) {
	return v.write(ctx, message{method: http.MethodPut, key: key, body: body, create: true})
}

// write wants a PUT to succeed with a strong ETag.
func (v *verification) write(ctx context.Context, m message) (etag string, err error) {
	answer, err := v.expect(ctx, m, http.StatusCreated, http.StatusOK, http.StatusNoContent)
	if err != nil {
		return "", err
	}
	etag = answer.Header.Get("ETag")
	if len(etag) < 3 || etag[0] != '"' || etag[len(etag)-1] != '"' {
		return "", m.unexpected(answer, fmt.Sprintf("a strong ETag in quotation marks, not %q", etag))
	}
	return etag, nil
}

// holds wants a document to be there as it was written.
func (v *verification) holds(ctx context.Context, key, body, etag string) error {
	m := message{method: http.MethodGet, key: key}
	answer, err := v.expect(ctx, m, http.StatusOK)
	switch {
	case err != nil:
		return err
	case mediaType(answer) != "application/json":
		return m.unexpected(answer, "the type application/json")
	case string(answer.Body) != body:
		return m.unexpected(answer, fmt.Sprintf("the %d bytes that were written, not these %d", len(body), len(answer.Body)))
	case answer.Header.Get("ETag") != etag:
		return m.unexpected(answer, fmt.Sprintf("the ETag of the write, %s, not %s", etag, cli.Printable(answer.Header.Get("ETag"))))
	}
	return nil
}

// isAbsent wants nothing to be there.
func (v *verification) isAbsent(ctx context.Context, key string) error {
	_, err := v.expect(ctx, message{method: http.MethodGet, key: key}, http.StatusNotFound)
	return err
}

// errNoToken is of a check that cannot be made.
var errNoToken = errors.New("not tested, since " + cli.EnvStoreToken + " is not set")
