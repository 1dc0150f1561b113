package line_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
)

func encodePEM(t *testing.T, kind string, der []byte, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func privateJWK(t *testing.T, key *rsa.PrivateKey, changes map[string]any) string {
	t.Helper()
	encode := func(n *big.Int) string { return base64.RawURLEncoding.EncodeToString(n.Bytes()) }
	members := map[string]any{
		"kty": "RSA", "alg": "RS256", "use": "sig", "n": encode(key.N), "e": encode(big.NewInt(int64(key.E))), "d": encode(key.D),
		"p": encode(key.Primes[0]), "q": encode(key.Primes[1]),
	}
	for name, value := range changes {
		members[name] = value
	}
	text, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAssertionKeys(t *testing.T) {
	t.Parallel()
	make := func(bits int) *rsa.PrivateKey {
		key, err := rsa.GenerateKey(rand.Reader, bits)
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
	key, short := make(2048), make(1024)
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8 := func(key any) string {
		der, err := x509.MarshalPKCS8PrivateKey(key)
		return encodePEM(t, "PRIVATE KEY", der, err)
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	publicPEM := encodePEM(t, "PUBLIC KEY", public, err)
	for name, text := range map[string]string{
		"PKCS #8": pkcs8(key), "PKCS #1": encodePEM(t, "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key), nil),
		"JWK": privateJWK(t, key, nil), "white space": "\n " + privateJWK(t, key, map[string]any{"kid": "x", "dp": "AQ"}) + "\n",
		"with its public key": pkcs8(key) + publicPEM, "CRLF": strings.ReplaceAll(pkcs8(key), "\n", "\r\n"),
	} {
		if got, err := line.ParseAssertionKey(text); err != nil || !got.Equal(key) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for text, want := range map[string]string{
		"":                        "neither PEM",
		"canary":                  "neither PEM",
		publicPEM:                 "it is a public key",
		pkcs8(curve):              "no private key of RSA",
		pkcs8(short):              "1024 bits; LINE takes 2048",
		privateJWK(t, short, nil): "1024 bits; LINE takes 2048",
		encodePEM(t, "ENCRYPTED PRIVATE KEY", []byte("canary"), nil): "it is encrypted",
		encodePEM(t, "PRIVATE KEY", []byte("canary"), nil):           "no private key of RSA",
		"{": "no JWK", `{"kty":"RSA","n":"canary!"}`: "no JWK", `{"kty":"RSA","n":7}`: "no JWK", `{}`: "kty is not RSA",
		privateJWK(t, key, map[string]any{"kty": "EC"}):                         "kty is not RSA",
		privateJWK(t, key, map[string]any{"d": nil}):                            "no d: it is a public key",
		privateJWK(t, key, map[string]any{"p": ""}):                             "lacks n, p or q",
		privateJWK(t, key, map[string]any{"d": "AQ"}):                           "not those of one key",
		privateJWK(t, key, map[string]any{"p": "Ag"}):                           "not those of one key",
		privateJWK(t, key, map[string]any{"e": ""}):                             "not those of one key",
		privateJWK(t, key, map[string]any{"e": strings.Repeat("A", 9) + "_v_"}): "not those of one key",
		privateJWK(t, key, map[string]any{"e": "_____w"}):                       "too large",
		privateJWK(t, key, map[string]any{"e": strings.Repeat("_", 100)}):       "too large",
		privateJWK(t, key, map[string]any{"n": strings.Repeat("_", 10000)}):     "too large",
	} {
		_, err := line.ParseAssertionKey(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v, want %s", text, err, want)
		}
		if strings.Contains(fmt.Sprint(err), "canary") {
			t.Errorf("the key is in the error: %v", err)
		}
	}
}
