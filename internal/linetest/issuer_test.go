package linetest_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/big"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

const channelSecret = "a+channel/secret="

// signingKey is one key for all tests, since making one takes long.
var signingKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
})

func jwk(key *rsa.PublicKey, members string) []byte {
	encode := base64.RawURLEncoding.EncodeToString
	return fmt.Appendf(nil, `{"n":%q,"e":%q,%s}`, encode(key.N.Bytes()), encode(big.NewInt(int64(key.E)).Bytes()), members)
}

const registered = `"kty":"RSA","alg":"RS256","use":"sig"`

// clock is set by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// issuer is a server that issues tokens, with a key registered.
type issuer struct {
	*linetest.Server
	*clock
	keyID string
}

func startIssuer(t *testing.T) issuer {
	t.Helper()
	c := &clock{now: time.Unix(1559700000, 0)}
	server := start(t, linetest.Config{Token: token, ChannelSecret: channelSecret, Now: c.Now})
	keyID, err := server.RegisterKey(jwk(&signingKey().PublicKey, registered))
	if err != nil {
		t.Fatal(err)
	}
	return issuer{server, c, keyID}
}

// claims are what LINE documents, with changes; one of nil leaves a claim out.
func (i issuer) claims(changes map[string]any) jwt.MapClaims {
	claims := jwt.MapClaims{
		"iss": linetest.ChannelID, "sub": linetest.ChannelID, "aud": "https://api.line.me/", "exp": i.Now().Add(30 * time.Minute).Unix(),
		"token_exp": 86400,
	}
	maps.Copy(claims, changes)
	maps.DeleteFunc(claims, func(_ string, value any) bool { return value == nil })
	return claims
}

func (i issuer) sign(t *testing.T, header map[string]any, claims jwt.MapClaims) string {
	t.Helper()
	assertion := jwt.NewWithClaims(jwt.SigningMethodRS256, claims)
	assertion.Header["kid"] = i.keyID
	maps.Copy(assertion.Header, header)
	text, err := assertion.SignedString(signingKey())
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func byAssertion(assertion string) url.Values {
	return url.Values{
		"grant_type":            {"client_credentials"},
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
		"client_assertion":      {assertion},
	}
}

func bySecret(id, secret string) url.Values {
	return url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {secret}}
}

func (i issuer) post(t *testing.T, path string, form url.Values) (status int, body string) {
	t.Helper()
	response, err := http.PostForm(i.URL+path, form)
	if err != nil {
		t.Fatal(err)
	}
	return answer(t, response)
}

func answer(t *testing.T, response *http.Response) (status int, body string) {
	t.Helper()
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, strings.TrimSpace(string(content))
}

// issue gets a token, and fails the test if there is none.
func (i issuer) issue(t *testing.T, path string, form url.Values) (token, rest string) {
	t.Helper()
	status, body := i.post(t, path, form)
	var members map[string]any
	if err := json.Unmarshal([]byte(body), &members); err != nil || status != http.StatusOK {
		t.Fatalf("%d %s", status, body)
	}
	token, _ = members["access_token"].(string)
	if keyID, has := members["key_id"].(string); has && len(keyID) == 22 {
		members["key_id"] = "KEY"
	}
	delete(members, "access_token")
	others, err := json.Marshal(members)
	if err != nil || !strings.HasPrefix(token, "eyJhbGciOiJIUz") {
		t.Fatalf("%s, %v", body, err)
	}
	return token, string(others)
}

func (i issuer) status(t *testing.T, token string) int {
	t.Helper()
	response, _ := ask(t, i.Server, "", token)
	return response.StatusCode
}

func (i issuer) verify(t *testing.T, token string) string {
	t.Helper()
	response, err := http.Get(i.URL + "/oauth2/v2.1/verify?access_token=" + url.QueryEscape(token))
	if err != nil {
		t.Fatal(err)
	}
	_, body := answer(t, response)
	return body
}
