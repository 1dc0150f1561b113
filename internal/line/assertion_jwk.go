package line

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// AssertionJWK makes the JWK of a public key, as the LINE Developers Console takes it under Assertion Signing Key: RSA of 2048 bits
// for RS256, without a kid, which the console gives it ("Issue channel access token v2.1", Create a key pair for the assertion
// signing key). The key is one block of PEM, as SubjectPublicKeyInfo (PUBLIC KEY) or PKCS #1 (RSA PUBLIC KEY). Errors quote nothing
// of what was given, which may be a private key.
func AssertionJWK(publicKeyPEM string) (jwk string, err error) {
	key, err := publicKey(publicKeyPEM)
	if err != nil {
		return "", err
	}
	if bits := key.N.BitLen(); bits != 2048 {
		return "", fmt.Errorf("the key has %d bits, and LINE takes keys of 2048 bits alone", bits)
	}
	number := func(n *big.Int) string { return base64.RawURLEncoding.EncodeToString(n.Bytes()) } // RFC 7518, section 6.3.1
	text, err := json.Marshal(struct {
		Kty string `json:"kty"`
		Alg string `json:"alg"`
		Use string `json:"use"`
		E   string `json:"e"`
		N   string `json:"n"`
	}{"RSA", "RS256", "sig", number(big.NewInt(int64(key.E))), number(key.N)})
	return string(text), err
}

// pemBlock is one block of PEM and nothing else. What was copied from a page may have lost its line breaks, or have others.
var pemBlock = lazyregexp.New(`^\s*-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]*)-----END ([A-Z0-9 ]+)-----\s*$`)

var errPrivateKey = errors.New("this is a private key: give the public one. A private key that was written down where others may read " +
	"it is of no use any more: make another pair")

// isPrivate says whether these are the bytes of a private key, PKCS #8 or PKCS #1.
func isPrivate(der []byte) bool {
	if _, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		return true
	}
	_, err := x509.ParsePKCS1PrivateKey(der)
	return err == nil
}

func publicKey(text string) (*rsa.PublicKey, error) {
	block := pemBlock.FindStringSubmatch(text)
	switch {
	case strings.Contains(text, "PRIVATE KEY"):
		return nil, errPrivateKey
	case strings.HasPrefix(strings.TrimSpace(text), "ssh-"):
		return nil, errors.New("this is a key of SSH: give the public key in PEM, as `ssh-keygen -e -m PKCS8` writes it")
	case !strings.Contains(text, "-----BEGIN"):
		if der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), "")); err == nil && isPrivate(der) {
			return nil, errPrivateKey
		}
		return nil, errors.New("this is no PEM text, which begins with -----BEGIN PUBLIC KEY----- and ends with -----END PUBLIC KEY-----: " +
			"where only what stands between is shown, put the two lines around it")
	case strings.Count(text, "-----BEGIN") > 1:
		return nil, errors.New("there are several blocks of PEM: give one public key")
	case block == nil, block[1] != block[3]:
		return nil, errors.New("the key is not whole, or there is something else around or in it: give all from -----BEGIN PUBLIC KEY----- " +
			"to -----END PUBLIC KEY-----, and nothing more")
	}
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(block[2]), ""))
	var parsed any
	switch {
	case block[1] == "CERTIFICATE":
		return nil, errors.New("this is a certificate: give the public key in it, as `openssl x509 -pubkey -noout` writes it")
	case block[1] == "RSA PUBLIC KEY" && err == nil:
		parsed, err = x509.ParsePKCS1PublicKey(der)
	case block[1] == "PUBLIC KEY" && err == nil:
		parsed, err = x509.ParsePKIXPublicKey(der)
	case err == nil:
		return nil, errors.New("this PEM text holds no public key: it begins with -----BEGIN PUBLIC KEY-----")
	}
	switch {
	case err != nil && isPrivate(der):
		return nil, errPrivateKey
	case err != nil:
		return nil, errors.New("what stands between the two lines is no public key that can be read: copy it once more, whole. RSA-PSS keys " +
			"are not taken, and BEGIN RSA PUBLIC KEY stands before PKCS #1 alone")
	}
	key, isRSA := parsed.(*rsa.PublicKey)
	if !isRSA {
		return nil, errors.New("this is no RSA key, and LINE takes RSA keys of 2048 bits alone")
	}
	return key, nil
}
