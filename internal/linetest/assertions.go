package linetest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"slices"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"
)

// What LINE asks of assertions ("Issue channel access token v2.1" in its documentation, generate-json-web-token).
const (
	// Audience is the aud of every assertion.
	Audience = "https://api.line.me/"
	// LongestAssertionLife is how far ahead the exp of an assertion may be.
	LongestAssertionLife = 30 * time.Minute

	keyBits = 2048
)

// RegisterKey takes the public key of an assertion signing key, as a JWK, and gives the key ID (kid), as the channel's basic settings
// in the LINE Developers Console do. The errors' words are not the console's, which are not documented.
func (s *Server) RegisterKey(jwk []byte) (keyID string, err error) {
	key, err := assertionKey(jwk)
	if err != nil {
		return "", err
	}
	keyID = uuid.NewString()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys[keyID] = key
	return keyID, nil
}

// NewKey makes an assertion signing key and registers it: the private key in PEM, and the key ID.
func (s *Server) NewKey() (privateKey, keyID string, err error) {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return "", "", err
	}
	encoded, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", "", err
	}
	encode := base64.RawURLEncoding.EncodeToString
	keyID, err = s.RegisterKey(fmt.Appendf(nil, `{"kty":"RSA","alg":"RS256","use":"sig","n":%q,"e":%q}`,
		encode(key.N.Bytes()), encode(big.NewInt(int64(key.E)).Bytes())))
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: encoded})), keyID, err
}

func assertionKey(jwk []byte) (*rsa.PublicKey, error) {
	var key struct {
		KeyType    string   `json:"kty"`
		Algorithm  string   `json:"alg"`
		Use        string   `json:"use"`
		Operations []string `json:"key_ops"`
		KeyID      *string  `json:"kid"`
		Modulus    string   `json:"n"`
		Exponent   string   `json:"e"`
		Private    string   `json:"d"`
	}
	if err := json.Unmarshal(jwk, &key); err != nil {
		return nil, fmt.Errorf("not a JWK: %w", err)
	}
	modulus, err := base64.RawURLEncoding.DecodeString(key.Modulus)
	if err != nil {
		return nil, fmt.Errorf("n: %w", err)
	}
	exponent, err := base64.RawURLEncoding.DecodeString(key.Exponent)
	if err != nil {
		return nil, fmt.Errorf("e: %w", err)
	}
	public := &rsa.PublicKey{N: new(big.Int).SetBytes(modulus), E: int(new(big.Int).SetBytes(exponent).Int64())}
	switch {
	case key.KeyType != "RSA" || key.Algorithm != "RS256":
		return nil, errors.New("kty is RSA and alg RS256")
	case (key.Use == "sig") == slices.Equal(key.Operations, []string{"verify"}):
		return nil, errors.New(`either use is sig or key_ops is ["verify"]`)
	case key.KeyID != nil:
		return nil, errors.New("a key that is registered has no kid")
	case key.Private != "":
		return nil, errors.New("the key is private")
	case public.N.BitLen() != keyBits || len(exponent) > 4 || public.E < 3:
		return nil, fmt.Errorf("the key has %d bits and the exponent %d", public.N.BitLen(), public.E)
	}
	return public, nil
}

// checkAssertion gives an assertion's claims, if LINE takes it, and answers otherwise. The status is documented for each refusal, the
// words for three: an unknown key, another channel's, an expired assertion. One that would live too long has expired, too, here.
func (s *Server) checkAssertion(w http.ResponseWriter, assertion string) (claims jwt.MapClaims, ok bool) {
	claims = jwt.MapClaims{}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"RS256"}), jwt.WithoutClaimsValidation(), jwt.WithJSONNumber())
	_, err := parser.ParseWithClaims(assertion, claims, func(token *jwt.Token) (any, error) {
		_, critical := token.Header["crit"]
		if token.Header["typ"] != "JWT" || critical { // what is critical and not understood is refused (RFC 7515, section 4.1.11)
			return nil, jwt.ErrTokenUnverifiable
		}
		keyID, _ := token.Header["kid"].(string)
		s.mu.Lock()
		defer s.mu.Unlock()
		if key, known := s.keys[keyID]; known {
			return key, nil
		}
		return nil, errNoKey
	})
	now := s.config.Now()
	expiry, whole := integer(claims["exp"])
	switch left := time.Unix(expiry, 0).Sub(now); {
	case errors.Is(err, errNoKey):
		writeError(w, http.StatusNotFound, MessageNoKey)
	case err != nil:
		refuseAssertion(w, "Invalid client_assertion")
	case claims["iss"] != s.channelID():
		refuseAssertion(w, DescriptionIssuer)
	case claims["sub"] != claims["iss"]:
		refuseAssertion(w, "Invalid sub")
	case claims["aud"] != Audience:
		refuseAssertion(w, "Invalid aud")
	case !whole || left <= 0 || left > LongestAssertionLife:
		refuseAssertion(w, DescriptionExpiry)
	default:
		return claims, true
	}
	return nil, false
}

var errNoKey = errors.New("no such key")

func refuseAssertion(w http.ResponseWriter, description string) {
	OAuthError{InvalidClient, description}.write(w)
}

// integer is a claim that is a whole number.
func integer(claim any) (n int64, whole bool) {
	number, is := claim.(json.Number)
	if !is {
		return 0, false
	}
	n, err := number.Int64()
	return n, err == nil
}
