package line

import (
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// What LINE asks of an assertion signing key and of an assertion (LINE Developers, "Issue channel access token v2.1").
const (
	assertionKeyBits  = 2048
	assertionAudience = "https://api.line.me/" // whatever the address of the API
	// assertionLife is a third of what LINE takes, so that clocks may differ both ways.
	assertionLife = 10 * time.Minute
)

// AssertionKey is a channel's assertion signing key.
type AssertionKey struct {
	// ChannelID is the channel that the public key is registered for, KeyID what the LINE Developers Console called it (kid).
	ChannelID, KeyID string
	// Private is the private key; see [ParseAssertionKey].
	Private *rsa.PrivateKey
}

// sign makes the assertion that asks for a token of version 2.1 with a life.
func (k AssertionKey) sign(now time.Time, life time.Duration) (string, error) {
	switch {
	case k.ChannelID == "":
		return "", errors.New("the LINE channel ID is empty")
	case k.KeyID == "":
		return "", errors.New("the ID of the assertion signing key is empty")
	case life < time.Second || life > LongestTokenLife:
		return "", fmt.Errorf("a token lives for 1 to %d seconds", LongestTokenLife/time.Second)
	}
	assertion := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{
		"iss": k.ChannelID, "sub": k.ChannelID, "aud": assertionAudience,
		"exp": now.Add(assertionLife).Unix(), "token_exp": int64(life / time.Second),
	})
	assertion.Header["kid"] = k.KeyID
	text, err := assertion.SignedString(k.Private)
	if err != nil {
		return "", fmt.Errorf("sign the assertion: %w", err)
	}
	return text, nil
}

// ParseAssertionKey reads the private key of an assertion signing key: RSA with 2048 bits, in PEM (PKCS #8 or PKCS #1, without a
// password) or as a JWK. No error quotes it.
func ParseAssertionKey(text string) (*rsa.PrivateKey, error) {
	read := privateKeyOfPEM
	if strings.HasPrefix(strings.TrimSpace(text), "{") {
		read = privateKeyOfJWK
	}
	key, err := read(text)
	if err != nil {
		return nil, err
	}
	if bits := key.N.BitLen(); bits != assertionKeyBits {
		return nil, fmt.Errorf("the key has %d bits; LINE takes %d", bits, assertionKeyBits)
	}
	return key, nil
}

func privateKeyOfPEM(text string) (*rsa.PrivateKey, error) {
	key, err := jwt.ParseRSAPrivateKeyFromPEM([]byte(text))
	switch {
	case err == nil:
		return key, nil
	case errors.Is(err, jwt.ErrKeyMustBePEMEncoded):
		return nil, errors.New("it is neither PEM, which begins with -----BEGIN, nor a JWK, which begins with {")
	case strings.Contains(text, "PUBLIC KEY-----"):
		return nil, errors.New("it is a public key; the private one signs")
	case strings.Contains(text, "ENCRYPTED"):
		return nil, errors.New("it is encrypted; give it without a password (openssl pkey -in …)")
	}
	return nil, errors.New("it is no private key of RSA in PEM (PKCS #8 or PKCS #1)")
}

func privateKeyOfJWK(text string) (*rsa.PrivateKey, error) {
	var jwk struct {
		Type     string `json:"kty"`
		Modulus  number `json:"n"`
		Exponent number `json:"e"`
		Private  number `json:"d"`
		P        number `json:"p"`
		Q        number `json:"q"`
	}
	if err := json.Unmarshal([]byte(text), &jwk); err != nil {
		return nil, errors.New("it is no JWK: JSON with numbers in base64url")
	}
	switch {
	case jwk.Type != "RSA":
		return nil, errors.New("the JWK's kty is not RSA")
	case jwk.Private.BitLen() == 0:
		return nil, errors.New("the JWK has no d: it is a public key; the private one signs")
	case jwk.Modulus.BitLen() == 0 || jwk.P.BitLen() == 0 || jwk.Q.BitLen() == 0:
		return nil, errors.New("the JWK lacks n, p or q")
	case jwk.Modulus.BitLen() > 2*assertionKeyBits || !jwk.Exponent.IsInt64() || jwk.Exponent.BitLen() > 31:
		return nil, errors.New("the JWK's n or e is too large")
	}
	key := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: &jwk.Modulus.Int, E: int(jwk.Exponent.Int64())},
		D:         &jwk.Private.Int,
		Primes:    []*big.Int{&jwk.P.Int, &jwk.Q.Int},
	}
	if key.Validate() != nil {
		return nil, errors.New("the JWK's numbers are not those of one key")
	}
	key.Precompute()
	return key, nil
}

// number is one of a JWK (RFC 7518, section 6.3).
type number struct{ big.Int }

func (n *number) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	bytes, err := base64.RawURLEncoding.DecodeString(text)
	n.SetBytes(bytes)
	return err
}
