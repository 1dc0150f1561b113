package campaigntest

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// OAuth2 is what Authentication asks for with OAuth 2.0 and the grant type Client Credentials with JWT ("Set Up Webhooks"); the other
// grant types are not served. A new assertion is signed for each token: the guide shows a point in time as exp, and does not say
// whether "Generate Client Assertion" is clicked once for all tokens.
type OAuth2 struct {
	ClientID, Scopes, AccessTokenURL string
	// Algorithm, Type and KeyID are the assertion's header; a type or key ID that is "" is left out, as are cty and crit.
	Algorithm, Type, KeyID string
	// Issuer, Subject and Audience are its payload, and Expiration how long it lives. There are no iat and no jti.
	Issuer, Subject, Audience string
	Expiration                time.Duration
	// Expiry is how long a token is used; 0 is what the answer's expires_in says. How CleverTap renews is not documented: the next
	// token is asked for by the first message after the end of the one before.
	Expiry time.Duration
}

// token is an access token that serves until its end.
type token struct {
	text  string
	until time.Time
}

// GeneratePublicKey is a click on Generate Public Key, or on Regenerate Public Key, in the dialog of a webhook template. The private
// key stays here. That each template has a pair of its own, and that the public key is shown as PEM, is not documented.
func (d *Dashboard) GeneratePublicKey(template string) (publicKeyPEM string, err error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return "", err
	}
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return "", err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.keys[template] = key
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})), nil
}

func (o OAuth2) check(key *rsa.PrivateKey) error {
	switch {
	case key == nil:
		return errors.New("there is no public key: Generate Public Key was not clicked")
	case !slices.Contains([]string{"RS256", "RS384", "RS512"}, o.Algorithm):
		return fmt.Errorf("the algorithm is %q", o.Algorithm)
	}
	return checkURL(o.AccessTokenURL)
}

// headers are those that a message of a template is sent with.
func (d *Dashboard) headers(ctx context.Context, t WebhookTemplate) (map[string]string, error) {
	if t.OAuth2 == nil {
		return t.Headers, nil
	}
	now := d.Clock.Now()
	d.mu.Lock()
	kept, key := d.tokens[t.Name], d.keys[t.Name]
	d.mu.Unlock()
	if !now.Before(kept.until) {
		var err error
		if kept, err = d.newToken(ctx, *t.OAuth2, key, now); err != nil {
			return nil, err
		}
		d.mu.Lock()
		d.tokens[t.Name] = kept
		d.mu.Unlock()
	}
	headers := maps.Clone(t.Headers)
	if headers == nil {
		headers = map[string]string{}
	}
	headers["Authorization"] = "Bearer " + kept.text
	return headers, nil
}

// newToken asks the Access Token URL. What CleverTap sends besides the assertion is not documented: here it is what OAuth wants (RFC
// 7521, section 4.2), form-encoded.
func (d *Dashboard) newToken(ctx context.Context, o OAuth2, key *rsa.PrivateKey, now time.Time) (token, error) {
	assertion := jwt.NewWithClaims(jwt.GetSigningMethod(o.Algorithm), jwt.MapClaims{
		"iss": o.Issuer, "sub": o.Subject, "aud": o.Audience, "exp": now.Add(o.Expiration).Unix(),
	})
	for name, value := range map[string]string{"typ": o.Type, "kid": o.KeyID} {
		if delete(assertion.Header, name); value != "" {
			assertion.Header[name] = value
		}
	}
	signed, err := assertion.SignedString(key)
	if err != nil {
		return token{}, err
	}
	form := url.Values{
		"grant_type": {"client_credentials"}, "client_id": {o.ClientID}, "client_assertion": {signed},
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
	}
	if o.Scopes != "" {
		form.Set("scope", o.Scopes)
	}
	headers := map[string]string{"Content-Type": "application/x-www-form-urlencoded"}
	answer, err := d.exchange(ctx, d.config.WebhookTimeout, http.MethodPost, o.AccessTokenURL, headers, []byte(form.Encode()))
	var issued struct {
		AccessToken string `json:"access_token"`
		ExpiresIn   int64  `json:"expires_in"`
	}
	switch {
	case err != nil:
		return token{}, fmt.Errorf("no access token: %w", err)
	case answer.status != http.StatusOK:
		return token{}, fmt.Errorf("no access token: POST %s: %d %s", o.AccessTokenURL, answer.status, answer.body)
	case json.Unmarshal(answer.body, &issued) != nil || issued.AccessToken == "":
		return token{}, fmt.Errorf("no access token: POST %s: there is none in the answer", o.AccessTokenURL)
	}
	life := o.Expiry
	if life == 0 {
		life = time.Duration(issued.ExpiresIn) * time.Second
	}
	return token{issued.AccessToken, now.Add(life)}, nil
}
