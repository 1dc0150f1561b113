// Package clevertap is a client of CleverTap's documented REST API
// (https://developer.clevertap.com/docs/api-overview): it writes and reads properties of user profiles, and products of
// catalogs, reads what the message report tells of campaigns, and fires those that wait for it. It knows HTTP through package
// httpclient, and nothing of Terraform or of LINE.
package clevertap

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

// How many requests CleverTap takes at a time from an account ("API Request Limit"; "Upload User Profiles API").
// Beyond that it answers 429.
const (
	DefaultUploadConcurrency = 15
	DefaultReadConcurrency   = 3
)

// Regions are the regions in which a CleverTap account may live ("Common API Components", "Region"). The eu1 API also
// answers at api.clevertap.com, and the dashboard calls it global.
func Regions() []string { return []string{"eu1", "in1", "sg1", "us1", "aps3", "mec1"} }

// Config is what a [Client] needs.
type Config struct {
	// AccountID is the project's ID, for example RRR-XXX-XXXX or TEST-XXX-XXX-XXXX.
	AccountID string
	// Passcode is an account passcode or a user passcode. It is never in an error or a log.
	Passcode string
	// Region is one of [Regions]. It is needed unless APIURL is given, and then not used.
	Region string
	// APIURL replaces the region's https://REGION.api.clevertap.com, for a gateway or a server on this machine; see
	// [httpclient.ParseBaseURL].
	APIURL string
	// HTTP is how requests are sent. Its MaxConcurrent is replaced by the two numbers that follow.
	HTTP httpclient.Config
	// UploadConcurrency is how many uploads may be under way at a time. 0: [DefaultUploadConcurrency].
	UploadConcurrency int
	// ReadConcurrency is how many other requests may be under way at a time. 0: [DefaultReadConcurrency].
	ReadConcurrency int
}

// Client calls the API for one account. It is safe for use by many goroutines, which share its two limits: a process
// needs one for each account.
type Client struct {
	config  Config
	secrets httpclient.Secrets
	base    *url.URL
	uploads *httpclient.Client
	reads   *httpclient.Client
	schema  schema
}

// New checks a configuration without calling CleverTap.
func New(config Config) (*Client, error) {
	if config.APIURL == "" {
		if !slices.Contains(Regions(), config.Region) {
			return nil, fmt.Errorf("%q is no CleverTap region; those are %s (the dashboard's address begins with it)",
				config.Region, strings.Join(Regions(), ", "))
		}
		config.APIURL = "https://" + config.Region + ".api.clevertap.com"
	}
	base, err := httpclient.ParseBaseURL(config.APIURL)
	if err != nil {
		return nil, fmt.Errorf("CleverTap API URL: %w", err)
	}
	if err := checkCredential("account ID", config.AccountID); err != nil {
		return nil, err
	}
	if err := checkCredential("passcode", config.Passcode); err != nil {
		return nil, err
	}
	config.UploadConcurrency = cmp.Or(config.UploadConcurrency, DefaultUploadConcurrency)
	config.ReadConcurrency = cmp.Or(config.ReadConcurrency, DefaultReadConcurrency)
	if config.UploadConcurrency < 0 || config.ReadConcurrency < 0 {
		return nil, errors.New("a number of concurrent requests to CleverTap is negative")
	}
	limited := func(places int) *httpclient.Client {
		http := config.HTTP
		http.MaxConcurrent = places
		return httpclient.New(http)
	}
	return &Client{
		config:  config,
		secrets: httpclient.NewSecrets(config.Passcode),
		base:    base,
		uploads: limited(config.UploadConcurrency),
		reads:   limited(config.ReadConcurrency),
	}, nil
}

func checkCredential(name, value string) error {
	notVisible := func(r rune) bool { return r <= ' ' || r > '~' }
	switch {
	case value == "":
		return fmt.Errorf("the CleverTap %s is empty", name)
	case strings.ContainsFunc(value, notVisible):
		return fmt.Errorf("the CleverTap %s holds a space, a line break or another character that none has: "+
			"was it copied whole, and nothing else?", name)
	}
	return nil
}

// get calls an endpoint that only reads.
func (c *Client) get(ctx context.Context, operation, path string, query url.Values) (*httpclient.Response, error) {
	u := c.base.JoinPath(path)
	u.RawQuery = query.Encode()
	return c.do(ctx, c.reads, operation, httpclient.Request{Method: http.MethodGet, URL: u})
}

// post sends an upload. It is sent again after an answer that was lost: the same values twice make the same profile.
func (c *Client) post(ctx context.Context, operation, path string, body []byte) (*httpclient.Response, error) {
	return c.do(ctx, c.uploads, operation, httpclient.Request{
		Method:     http.MethodPost,
		URL:        c.base.JoinPath(path),
		Body:       body,
		Repeatable: true,
		// An answer repeats each refused record, quoted once more: a character may take up to seven bytes then.
		MaxResponseBytes: httpclient.DefaultMaxResponseBytes + 8*int64(len(body)),
	})
}

// do signs and sends a request ("Common API Components", "Headers"). Headers that the request has are sent, too.
func (c *Client) do(
	ctx context.Context, via *httpclient.Client, operation string, request httpclient.Request,
) (*httpclient.Response, error) {
	header := http.Header{
		"X-Clevertap-Account-Id": {c.config.AccountID},
		"X-Clevertap-Passcode":   {c.config.Passcode},
		"Content-Type":           {"application/json; charset=utf-8"},
	}
	maps.Copy(header, request.Header)
	request.Header = header
	request.Secrets = c.secrets
	response, err := via.Do(ctx, request)
	if err != nil {
		return nil, vendor.NoAnswer(operation, err)
	}
	return response, nil
}
