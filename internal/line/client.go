// Package line is a client of the LINE Messaging API (https://developers.line.biz/en/reference/messaging-api/): it lists
// followers and unit names, reads statistics and the message quota, verifies tokens and asks for LINE's verdict on messages. It
// knows HTTP through package httpclient, and nothing of Terraform, of CleverTap or of what is in a message.
package line

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/time/rate"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// DefaultBaseURL is where LINE serves the Messaging API.
const DefaultBaseURL = "https://api.line.me"

// Config is what a [Client] needs.
type Config struct {
	// ChannelAccessToken is the token of a Messaging API channel, without the word Bearer. It is never in an error.
	ChannelAccessToken string
	// BaseURL replaces [DefaultBaseURL], for a gateway or a server on this machine; see [httpclient.ParseBaseURL].
	BaseURL string
	// HTTP sends the requests.
	HTTP *httpclient.Client
	// Statistics limits the requests for statistics; see [NewStatisticsLimit]. nil: a limit of the client's own.
	Statistics *rate.Limiter
}

// Client calls the Messaging API for one channel. It is safe for use by many goroutines.
type Client struct {
	token      string
	secrets    httpclient.Secrets
	base       *url.URL
	http       *httpclient.Client
	statistics *rate.Limiter
}

// New checks a configuration without calling LINE.
func New(config Config) (*Client, error) {
	if config.BaseURL == "" {
		config.BaseURL = DefaultBaseURL
	}
	base, err := httpclient.ParseBaseURL(config.BaseURL)
	if err != nil {
		return nil, fmt.Errorf("LINE API URL: %w", err)
	}
	if err := checkToken(config.ChannelAccessToken); err != nil {
		return nil, err
	}
	if config.Statistics == nil {
		config.Statistics = NewStatisticsLimit()
	}
	client := &Client{base: base, http: config.HTTP, statistics: config.Statistics}
	return client.with(config.ChannelAccessToken), nil
}

// with is the client for another token.
func (c *Client) with(token string) *Client {
	other := *c
	other.token, other.secrets = token, httpclient.NewSecrets(token)
	return &other
}

// checkToken recognises what cannot be a token, without calling LINE.
func checkToken(token string) error {
	notVisible := func(r rune) bool { return r <= ' ' || r > '~' }
	switch {
	case token == "":
		return errors.New("the LINE channel access token is empty")
	case strings.HasPrefix(token, "Bearer "):
		return errors.New(`the LINE channel access token is given without the word "Bearer"`)
	case strings.ContainsFunc(token, notVisible):
		return errors.New("the LINE channel access token holds a space, a line break or another character " +
			"that no token has: was it copied whole, and nothing else?")
	}
	return nil
}

// get calls an endpoint that reads, with the channel's token.
func (c *Client) get(ctx context.Context, operation, path string, query url.Values) (*httpclient.Response, error) {
	return c.do(ctx, operation, httpclient.Request{Method: http.MethodGet, URL: c.endpoint(path, query),
		Header: http.Header{"Authorization": {"Bearer " + c.token}}})
}

func (c *Client) endpoint(path string, query url.Values) *url.URL {
	u := c.base.JoinPath(path)
	u.RawQuery = query.Encode()
	return u
}

// do sends a request that changes nothing at LINE, whatever its method, so that it may be repeated. An answer other
// than 200 is an [*APIError].
func (c *Client) do(ctx context.Context, operation string, r httpclient.Request) (*httpclient.Response, error) {
	r.Header.Set("Accept", "application/json")
	r.Secrets = c.secrets
	r.Repeatable = true
	if r.RetryStatus == nil {
		r.RetryStatus = func(status int, body []byte) bool { return httpclient.TransientStatus(status) && !spent(body) }
	}
	response, err := c.http.Do(ctx, r)
	if err != nil {
		return nil, vendor.NoAnswer(operation, err)
	}
	if response.StatusCode != http.StatusOK {
		return nil, apiError(operation, response)
	}
	return response, nil
}
