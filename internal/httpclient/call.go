package httpclient

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// call is one [Client.Do]. It is the transport below the retry loop, so that an attempt is over only when its answer
// was read: what breaks off in the middle of a body is repeated like any other failure. The loop makes one attempt
// after the other, so that nothing here is shared.
type call struct {
	client   *Client
	request  Request
	attempts int
	body     []byte // of the last attempt
}

// errNoTurn is in the error of an attempt that was not made, because ctx ended or would end before its turn.
var errNoTurn = errors.New("not sent")

// RoundTrip makes one attempt: it waits for its turn, and then has the time of one attempt.
func (c *call) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx := request.Context()
	if err := c.client.places.Acquire(ctx, 1); err != nil {
		return nil, fmt.Errorf("%w: %w", errNoTurn, err)
	}
	defer c.client.places.Release(1)
	if c.client.limiter.Wait(ctx) != nil { // also at once, if the turn would come after ctx's deadline
		return nil, fmt.Errorf("%w: %w", errNoTurn, context.DeadlineExceeded)
	}
	c.attempts++
	start := time.Now()
	response, err := c.exchange(request)
	c.log(ctx, response, err, time.Since(start))
	return response, err
}

func (c *call) exchange(request *http.Request) (*http.Response, error) {
	if timeout := c.client.config.Timeout; timeout > 0 {
		within, cancel := context.WithTimeoutCause(request.Context(), timeout, fmt.Errorf("no complete answer within %s", timeout))
		defer cancel()
		request = request.WithContext(within)
	}
	response, err := c.client.transport.RoundTrip(request)
	if err == nil {
		c.body, err = readAll(response.Body, c.request.MaxResponseBytes)
		_ = response.Body.Close() // everything that matters was read
		response.Body = http.NoBody
	}
	if err == nil {
		return response, nil
	}
	if request.Context().Err() != nil {
		return nil, context.Cause(request.Context())
	}
	return nil, err
}

func (c *call) log(ctx context.Context, response *http.Response, err error, duration time.Duration) {
	if c.client.config.Log == nil {
		return
	}
	fields := map[string]any{
		"method":      c.request.Method,
		"url":         c.request.Secrets.Redact(address(c.request.URL)),
		"query":       strings.Join(slices.Sorted(maps.Keys(c.request.URL.Query())), ","),
		"attempt":     c.attempts,
		"duration_ms": duration.Milliseconds(),
	}
	if err != nil {
		fields["error"] = c.request.Secrets.Redact(err.Error())
	} else {
		fields["status"] = response.StatusCode
		fields["request_id"] = requestID(response.Header, c.request.Secrets)
	}
	c.client.config.Log(ctx, "HTTP request", fields)
}

// failure says which request had no answer, after how many attempts, and why it was not repeated if it never is.
func (c *call) failure(err error) error {
	detail := fmt.Sprintf("%d attempts", c.attempts)
	if c.attempts == 1 {
		detail = "1 attempt"
		if !c.repeatable() {
			detail += "; not repeated, because the server may have acted on it"
		}
	}
	return fmt.Errorf("%s %s: %w (%s)", c.request.Method, address(c.request.URL), withoutURL(err), detail)
}

// address is what may be said of a URL.
func address(u *url.URL) string { return u.Host + u.EscapedPath() }

// withoutURL takes off the wrapping in which the standard library repeats the whole URL.
func withoutURL(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}

func requestID(header http.Header, secrets Secrets) string {
	for _, name := range []string{"X-Line-Request-Id", "X-Request-Id"} {
		if id := headerID(header, name, secrets); id != "" {
			return id
		}
	}
	return ""
}

// headerID is what a header says, quoted and cut where that is no ID.
func headerID(header http.Header, name string, secrets Secrets) string {
	id := secrets.Redact(header.Get(name))
	if quoted := Excerpt(id); id != "" && quoted != `"`+id+`"` {
		return quoted
	}
	return id
}
