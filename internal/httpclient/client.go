// Package httpclient is the one place through which this module talks HTTP. It decides what is repeated and when,
// keeps to a rate and a number of requests at a time, names the user agent, bounds what is read, refuses redirects,
// and writes log lines and errors that hold no header value, no body and no value of a query.
package httpclient

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"time"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"
)

// DefaultMaxResponseBytes is how much of an answer is read when a [Request] names no limit: 4 MiB.
const DefaultMaxResponseBytes = 4 << 20

// ErrTooLarge is in the error of a request whose answer is longer than its limit. Such a request is not repeated.
var ErrTooLarge = errors.New("the answer is too large")

// Config is what all requests of a [Client] have in common. The zero value repeats nothing and limits nothing.
type Config struct {
	// UserAgent is sent with every request.
	UserAgent string
	// MaxRetries is how often a request that is safe to repeat is sent again after its first attempt.
	MaxRetries int
	// RetryWaitMin and RetryWaitMax bound the pause before a repetition. It doubles from the one to the other and is
	// then shortened by up to half, at random, so that many clients do not come back together. A Retry-After header
	// lengthens it; one that asks for more than both RetryWaitMax and a minute is not waited for, and the answer that
	// carried it is returned.
	RetryWaitMin, RetryWaitMax time.Duration
	// Timeout is for one attempt, from its start until the last byte of the answer. Time spent waiting for a turn does
	// not count. 0: none.
	Timeout time.Duration
	// RequestsPerSecond is the rate at which attempts start, repetitions included. 0: no limit.
	RequestsPerSecond float64
	// MaxConcurrent is how many attempts may be under way at a time. 0: no limit.
	MaxConcurrent int
	// Log receives one line for each attempt: method, url (host and path), query (names only), attempt, duration_ms,
	// and status and request_id, or error. It is called from many goroutines. nil: no log.
	Log func(ctx context.Context, message string, fields map[string]any)
}

// Client sends requests. It is safe for use by many goroutines, which share its rate and its number of places.
type Client struct {
	config    Config
	transport http.RoundTripper
	limiter   *rate.Limiter
	places    *semaphore.Weighted
}

// New returns a client with a connection pool of its own. Proxies are taken from the environment (HTTPS_PROXY and its
// kind), as usual with Go.
func New(config Config) *Client {
	c := &Client{config: config, limiter: rate.NewLimiter(rate.Inf, 1), places: semaphore.NewWeighted(math.MaxInt64)}
	if perSecond := config.RequestsPerSecond; perSecond > 0 {
		// Timers wake up late by a millisecond or so. What ten milliseconds bring may be made up for, no more.
		c.limiter = rate.NewLimiter(rate.Limit(perSecond), int(math.Ceil(perSecond/100)))
	}
	if config.MaxConcurrent > 0 {
		c.places = semaphore.NewWeighted(int64(config.MaxConcurrent))
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = transport.MaxIdleConns
	c.transport = transport
	return c
}

// Request is one request to send, possibly several times.
type Request struct {
	Method string
	URL    *url.URL
	// Header is copied, so that it may be shared between requests.
	Header http.Header
	Body   []byte
	// Secrets are the credentials that it carries. No error, no line of the log and nothing that the [Response] says of
	// itself repeats them.
	Secrets Secrets
	// Repeatable says that a request is safe to send again although its method is not GET or HEAD.
	Repeatable bool
	// MaxResponseBytes is the length, after decompression, at which an answer becomes an error.
	// 0: [DefaultMaxResponseBytes].
	MaxResponseBytes int64
	// RetryStatus says which answers to a request that is safe to repeat are worth another attempt.
	// nil: [TransientStatus].
	RetryStatus func(status int, body []byte) bool
}

// Response is an answer that was read to its end.
type Response struct {
	StatusCode int
	Header     http.Header
	Body       []byte

	secrets Secrets // of the request
}

// RequestID returns what the server calls this exchange, for its support desk: X-Line-Request-Id or X-Request-Id;
// empty if it sent neither. What no server would call it is quoted and cut.
func (r *Response) RequestID() string { return requestID(r.Header, r.secrets) }

// HeaderID is an ID that the server sent in another header; empty if it did not. What is none is quoted and cut.
func (r *Response) HeaderID(name string) string { return headerID(r.Header, name, r.secrets) }

// Redact removes the request's credentials from a text of the answer, which must be whole: of one that was cut, the
// beginning would stay.
func (r *Response) Redact(text string) string { return r.secrets.Redact(text) }

// Excerpt is the beginning of the answer, quoted, without the request's credentials.
func (r *Response) Excerpt() string { return r.secrets.Excerpt(r.Body) }

// Do sends a request and returns the answer, whatever its status: also a redirect, which is never followed, and the
// last of several failures. There is an error only when there is no answer; it names the method, host and path and
// the number of attempts. An error that wraps ctx's own comes at once when ctx ends.
//
// GET, HEAD and Repeatable requests are sent again when the connection fails, when the answer breaks off or comes too
// late, and when RetryStatus wants it. Other requests are sent once.
func (c *Client) Do(ctx context.Context, r Request) (*Response, error) {
	if r.MaxResponseBytes == 0 {
		r.MaxResponseBytes = DefaultMaxResponseBytes
	}
	if r.RetryStatus == nil {
		r.RetryStatus = func(status int, _ []byte) bool { return TransientStatus(status) }
	}
	request, err := c.request(ctx, r)
	if err != nil {
		return nil, r.Secrets.redactError(fmt.Errorf("%s %s: %w", r.Method, address(r.URL), withoutURL(err)))
	}
	call := &call{client: c, request: r}
	retrying := &retryablehttp.Client{
		HTTPClient: &http.Client{
			Transport:     call,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		RetryMax:     c.config.MaxRetries,
		RetryWaitMin: c.config.RetryWaitMin,
		RetryWaitMax: c.config.RetryWaitMax,
		CheckRetry:   call.checkRetry,
		Backoff:      backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	response, err := retrying.Do(request)
	if err != nil {
		return nil, r.Secrets.redactError(call.failure(err))
	}
	return &Response{StatusCode: response.StatusCode, Header: response.Header, Body: call.body, secrets: r.Secrets}, nil
}

func (c *Client) request(ctx context.Context, r Request) (*retryablehttp.Request, error) {
	var body any
	if r.Body != nil {
		body = r.Body
	}
	request, err := retryablehttp.NewRequestWithContext(ctx, r.Method, r.URL.String(), body)
	if err != nil {
		return nil, err
	}
	if r.Header != nil {
		request.Header = r.Header.Clone()
	}
	request.Header.Set("User-Agent", c.config.UserAgent)
	return request, nil
}

// readAll reads an answer to its end or to one byte more than it may have.
func readAll(body io.Reader, limit int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(body, limit+1))
	if err != nil {
		return nil, fmt.Errorf("the answer broke off after %d bytes: %w", len(content), err)
	}
	if int64(len(content)) > limit {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLarge, limit)
	}
	return content, nil
}
