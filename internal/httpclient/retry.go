package httpclient

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"time"

	"github.com/hashicorp/go-retryablehttp"
)

// longestRetryAfter is how long a server may ask to wait and be obeyed, unless RetryWaitMax is longer.
const longestRetryAfter = time.Minute

// TransientStatus says whether an answer may be another one a moment later: 429, 500, 502, 503 and 504.
func TransientStatus(status int) bool {
	switch status {
	case http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

func (c *call) repeatable() bool {
	return c.request.Repeatable || c.request.Method == http.MethodGet || c.request.Method == http.MethodHead
}

// checkRetry decides whether an attempt is worth another one. The library's own policy would repeat every method; of
// it only the knowledge is used which errors of a connection are for good.
func (c *call) checkRetry(ctx context.Context, response *http.Response, err error) (bool, error) {
	switch {
	case err == nil:
		return c.repeatable() && c.request.RetryStatus(response.StatusCode, c.body) && !c.tooLong(response.Header), nil
	case ctx.Err() != nil:
		return false, ctx.Err()
	case !c.repeatable(), errors.Is(err, errNoTurn), errors.Is(err, ErrTooLarge):
		return false, nil
	default:
		return retryablehttp.DefaultRetryPolicy(ctx, nil, err)
	}
}

// tooLong says whether the server wants a pause that is not worth waiting for.
func (c *call) tooLong(header http.Header) bool {
	wait, asked := retryAfter(header)
	return asked && wait > max(longestRetryAfter, c.client.config.RetryWaitMax)
}

// backoff is the pause before the next attempt.
func backoff(shortest, longest time.Duration, attempt int, response *http.Response) time.Duration {
	wait := retryablehttp.DefaultBackoff(shortest, longest, attempt, nil)
	wait -= rand.N(wait/2 + 1)
	if response != nil {
		if asked, ok := retryAfter(response.Header); ok {
			return max(wait, asked)
		}
	}
	return wait
}

// retryAfter reads a Retry-After header, which holds seconds or a date (RFC 9110, section 10.2.3).
func retryAfter(header http.Header) (time.Duration, bool) {
	value := header.Get("Retry-After")
	if seconds, err := strconv.ParseUint(value, 10, 32); err == nil {
		return time.Duration(seconds) * time.Second, true
	}
	if date, err := http.ParseTime(value); err == nil {
		return time.Until(date), true
	}
	return 0, false
}
