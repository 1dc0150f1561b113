package line

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

const (
	issueStateless = "issue a stateless channel access token"
	issueVersion21 = "issue a channel access token v2.1"
	revokeToken    = "revoke the channel access token"
)

// LongestTokenLife is the most that a channel access token v2.1 may live (LINE Developers, "Issue channel access token v2.1").
const LongestTokenLife = 30 * 24 * time.Hour

// Channel is a Messaging API channel, as those know it who may issue its tokens.
type Channel struct {
	// ID and Secret are on the channel's Basic settings tab in the LINE Developers Console. The secret is never in an error.
	ID, Secret string
}

// Check recognises what cannot be a channel, without calling LINE.
func (c Channel) Check() error {
	for _, part := range []struct{ name, text string }{{"ID", c.ID}, {"secret", c.Secret}} {
		switch {
		case part.text == "":
			return fmt.Errorf("the LINE channel %s is empty", part.name)
		case strings.ContainsFunc(part.text, notVisible):
			return fmt.Errorf("the LINE channel %s holds a space, a line break or another character that none has", part.name)
		}
	}
	if strings.Trim(c.ID, "0123456789") != "" {
		return errors.New("the LINE channel ID has other characters than digits: it is on the channel's Basic settings tab in the LINE " +
			"Developers Console")
	}
	return nil
}

// Issuer gets channel access tokens from LINE, and revokes them. It needs no token itself. It is safe for use by many goroutines.
type Issuer struct{ api }

// NewIssuer checks a configuration, whose credentials do not matter, without calling LINE.
func NewIssuer(config Config) (*Issuer, error) {
	api, err := newAPI(config)
	if err != nil {
		return nil, err
	}
	return &Issuer{api}, nil
}

// IssuedToken is a channel access token and what LINE says of it.
type IssuedToken struct {
	Token string
	// ExpiresIn is its life, which is never 0.
	ExpiresIn time.Duration
	// KeyID is LINE's name for a token of version 2.1; "" for a stateless one.
	KeyID string
}

// Stateless issues a token that lives for 15 minutes and cannot be revoked. A channel may have any number of them (Messaging API
// reference, "Issue stateless channel access token"), so that the request is repeated where an answer is lost. A refusal is an
// [*APIError], which has status 400 for a wrong ID or secret.
func (i *Issuer) Stateless(ctx context.Context, channel Channel) (IssuedToken, error) {
	if err := channel.Check(); err != nil {
		return IssuedToken{}, fmt.Errorf("%s: %w", issueStateless, err)
	}
	request := i.form("/oauth2/v3/token", url.Values{
		"grant_type": {"client_credentials"}, "client_id": {channel.ID}, "client_secret": {channel.Secret},
	})
	request.Repeatable = true
	request.Secrets = httpclient.NewSecrets(channel.Secret)
	return i.issue(ctx, issueStateless, request)
}

// Version21 issues a token of version 2.1, which lives as long as it is to and can be revoked (Messaging API reference, "Issue channel
// access token v2.1"). A channel has at most 30 that are alive, so that the request is sent once: where an answer is lost, a token
// may have been issued. A refusal is an [*APIError], with status 404 for an unknown key ID.
func (i *Issuer) Version21(ctx context.Context, key AssertionKey, life time.Duration) (IssuedToken, error) {
	assertion, err := key.sign(time.Now(), life)
	if err != nil {
		return IssuedToken{}, fmt.Errorf("%s: %w", issueVersion21, err)
	}
	request := i.form("/oauth2/v2.1/token", url.Values{
		"grant_type":            {"client_credentials"},
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
		"client_assertion":      {assertion},
	})
	request.Secrets = httpclient.NewSecrets(assertion)
	return i.issue(ctx, issueVersion21, request)
}

// issue asks for a token. What LINE answers is in no error but for a refusal, since a token may be in it.
func (i *Issuer) issue(ctx context.Context, operation string, r httpclient.Request) (IssuedToken, error) {
	response, err := i.exchange(ctx, operation, r)
	if err != nil {
		return IssuedToken{}, err
	}
	if response.StatusCode/100 != 2 {
		return IssuedToken{}, apiError(operation, response)
	}
	token, err := readToken(response)
	if err != nil {
		return IssuedToken{}, fmt.Errorf("%s: LINE answered %d %s, but %w; the answer of %d bytes is not shown, since a token may be in "+
			"it%s. Check the API URL, and what stands between here and LINE", operation, response.StatusCode,
			http.StatusText(response.StatusCode), err, len(response.Body), vendor.RequestIDNote(response.RequestID()))
	}
	return token, nil
}

func readToken(response *httpclient.Response) (IssuedToken, error) {
	var answer struct {
		Token     string `json:"access_token"`
		Type      string `json:"token_type"`
		ExpiresIn int64  `json:"expires_in"`
		KeyID     string `json:"key_id"`
	}
	switch err := json.Unmarshal(response.Body, &answer); {
	case response.StatusCode != http.StatusOK:
		return IssuedToken{}, errors.New("a token comes with 200 OK")
	case err != nil:
		return IssuedToken{}, errors.New("not with a token in JSON")
	case answer.ExpiresIn <= 0:
		return IssuedToken{}, errors.New("the token's expires_in is missing or impossible")
	case !strings.EqualFold(answer.Type, "Bearer"):
		return IssuedToken{}, errors.New("the token's token_type is not Bearer")
	}
	if err := checkToken(answer.Token); err != nil {
		return IssuedToken{}, err
	}
	return IssuedToken{Token: answer.Token, ExpiresIn: seconds(answer.ExpiresIn), KeyID: answer.KeyID}, nil
}

// Revoke ends the life of a token of version 2.1; one that has ended already is no error (Messaging API reference, "Revoke channel
// access token v2.1"). It takes the channel's secret; an assertion is no way.
func (i *Issuer) Revoke(ctx context.Context, channel Channel, token string) error {
	if err := errors.Join(channel.Check(), checkToken(token)); err != nil {
		return fmt.Errorf("%s: %w", revokeToken, err)
	}
	request := i.form("/oauth2/v2.1/revoke", url.Values{
		"client_id": {channel.ID}, "client_secret": {channel.Secret}, "access_token": {token},
	})
	request.Repeatable = true
	request.Secrets = httpclient.NewSecrets(token, channel.Secret)
	response, err := i.exchange(ctx, revokeToken, request)
	switch {
	case err != nil:
		return err
	case response.StatusCode != http.StatusOK:
		return apiError(revokeToken, response)
	case len(response.Body) > 0: // LINE answers with an empty body
		return unusable(revokeToken, response, "with a body")
	}
	return nil
}

// form is a request with parameters in its body.
func (a api) form(path string, parameters url.Values) httpclient.Request {
	return httpclient.Request{
		Method:           http.MethodPost,
		URL:              a.endpoint(path, nil),
		Header:           http.Header{"Content-Type": {"application/x-www-form-urlencoded"}},
		Body:             []byte(parameters.Encode()),
		MaxResponseBytes: httpclient.MaxErrorBody,
	}
}
