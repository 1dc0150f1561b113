// Package line is a client of the LINE Messaging API (https://developers.line.biz/en/reference/messaging-api/): it lists
// followers and unit names, reads statistics and the message quota, issues, verifies and revokes tokens, asks for LINE's verdict on
// messages and pushes them. It knows HTTP through package httpclient, and nothing of Terraform, of CleverTap or of what is in a
// message.
package line

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// DefaultBaseURL is where LINE serves the Messaging API.
const DefaultBaseURL = "https://api.line.me"

// Config is what a [Client] needs: a token or a channel, and whom to ask.
type Config struct {
	// ChannelAccessToken is the token of a Messaging API channel, without the word Bearer. It is never in an error.
	ChannelAccessToken string
	// Channel stands in place of a token: a stateless one is issued with the first request, and the next before it ends.
	Channel Channel
	// BaseURL replaces [DefaultBaseURL], for a gateway or a server on this machine; see [httpclient.ParseBaseURL].
	BaseURL string
	// HTTP sends the requests.
	HTTP *httpclient.Client
	// Statistics limits the requests for statistics; see [NewStatisticsLimit]. nil: a limit of the client's own.
	Statistics *rate.Limiter
}

// HasCredentials says whether there is anything to sign requests with.
func (c Config) HasCredentials() bool { return c.ChannelAccessToken != "" || c.Channel != Channel{} }

// Client calls the Messaging API for one channel. It is safe for use by many goroutines.
type Client struct {
	api
	tokens     *tokenSource
	statistics *rate.Limiter
}

// New checks a configuration without calling LINE.
func New(config Config) (*Client, error) {
	api, err := newAPI(config)
	if err != nil {
		return nil, err
	}
	tokens := &tokenSource{given: config.ChannelAccessToken}
	switch {
	case config.Channel == Channel{}:
		err = checkToken(config.ChannelAccessToken)
	case config.ChannelAccessToken != "":
		err = errors.New("both a LINE channel access token and a channel's ID and secret are given, and one of them is enough")
	default:
		err = config.Channel.Check()
		tokens = &tokenSource{issuer: &Issuer{api}, channel: config.Channel, now: time.Now}
	}
	if err != nil {
		return nil, err
	}
	if config.Statistics == nil {
		config.Statistics = NewStatisticsLimit()
	}
	return &Client{api: api, tokens: tokens, statistics: config.Statistics}, nil
}

// api is where LINE is asked, and how.
type api struct {
	base *url.URL
	http *httpclient.Client
}

func newAPI(config Config) (api, error) {
	base, err := httpclient.ParseBaseURL(cmp.Or(config.BaseURL, DefaultBaseURL))
	if err != nil {
		return api{}, fmt.Errorf("LINE API URL: %w", err)
	}
	return api{base, config.HTTP}, nil
}

// checkToken recognises what cannot be a token, without calling LINE.
func checkToken(token string) error {
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

func notVisible(r rune) bool { return r <= ' ' || r > '~' }

// get calls an endpoint that reads, with the channel's token.
func (c *Client) get(ctx context.Context, operation, path string, query url.Values) (*httpclient.Response, error) {
	return c.do(ctx, operation, httpclient.Request{Method: http.MethodGet, URL: c.endpoint(path, query)})
}

// do is send where an answer other than 200 is an [*APIError].
func (c *Client) do(ctx context.Context, operation string, r httpclient.Request) (*httpclient.Response, error) {
	response, err := c.send(ctx, operation, r)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		refused := apiError(operation, response)
		refused.issued = c.tokens.issuer != nil
		return nil, refused
	}
	return response, nil
}

// unsent is the error of a request that never reached what it was for, since there is no token for it.
type unsent struct{ error }

func (e unsent) Unwrap() error { return e.error }

// send signs a request with the channel's token and sends it. It may be repeated, whatever its method: it changes nothing at LINE, or
// has a retry key. A token that was issued and is refused gives way to another one, once.
func (c *Client) send(ctx context.Context, operation string, r httpclient.Request) (*httpclient.Response, error) {
	r.Repeatable = true
	token, err := c.tokens.get(ctx)
	if err != nil {
		return nil, unsent{fmt.Errorf("%s: %w", operation, err)}
	}
	response, err := c.signed(ctx, operation, r, token)
	if err != nil || response.StatusCode != http.StatusUnauthorized {
		return response, err
	}
	another, err := c.tokens.instead(ctx, token)
	switch {
	case err != nil:
		return nil, unsent{fmt.Errorf("%s: LINE answered 401 Unauthorized to the token that it had issued, and there is no other: %w",
			operation, err)}
	case another == "":
		return response, nil
	}
	return c.signed(ctx, operation, r, another)
}

func (c *Client) signed(ctx context.Context, operation string, r httpclient.Request, token string) (*httpclient.Response, error) {
	r.Header = r.Header.Clone()
	if r.Header == nil {
		r.Header = http.Header{}
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Secrets = httpclient.NewSecrets(token, c.tokens.channel.Secret)
	return c.exchange(ctx, operation, r)
}

func (a api) endpoint(path string, query url.Values) *url.URL {
	u := a.base.JoinPath(path)
	u.RawQuery = query.Encode()
	return u
}

// exchange sends a request as it is, and gives whatever LINE answers.
func (a api) exchange(ctx context.Context, operation string, r httpclient.Request) (*httpclient.Response, error) {
	r.Header.Set("Accept", "application/json")
	if r.RetryStatus == nil {
		r.RetryStatus = func(status int, body []byte) bool { return httpclient.TransientStatus(status) && !spent(body) }
	}
	response, err := a.http.Do(ctx, r)
	if err != nil {
		return nil, vendor.NoAnswer(operation, err)
	}
	return response, nil
}
