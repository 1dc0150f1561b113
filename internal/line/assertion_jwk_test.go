package line_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"os"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

func pemText(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

func pkix(t *testing.T, key any) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pemText("PUBLIC KEY", der)
}

func rsaKey(t *testing.T, bits int) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// The key of testdata was made by openssl, and its JWK by another program: what the console gets is pinned.
func TestAssertionJWK(t *testing.T) {
	t.Parallel()
	public, err := os.ReadFile("testdata/assertion-key.pem")
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/assertion-key.jwk.json")
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(public)
	parsed, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	text := string(public)
	for name, given := range map[string]string{
		"as it is":            text,
		"PKCS #1":             pemText("RSA PUBLIC KEY", x509.MarshalPKCS1PublicKey(parsed.(*rsa.PublicKey))),
		"line breaks":         strings.ReplaceAll(text, "\n", "\r\n"),
		"spaces":              "\n\n  " + strings.ReplaceAll(text, "\n", "  \n\t") + "  ",
		"no line breaks":      strings.ReplaceAll(text, "\n", ""),
		"spaces in between":   strings.ReplaceAll(text, "\n", " "),
		"no break at its end": strings.TrimSpace(text),
	} {
		if jwk, err := line.AssertionJWK(given); err != nil || jwk+"\n" != string(want) {
			t.Errorf("%s: %s, %v", name, jwk, err)
		}
	}
	server := linetest.NewServer(linetest.Config{})
	t.Cleanup(server.Close)
	if _, err := server.RegisterKey(want); err != nil {
		t.Errorf("LINE does not take it: %v", err)
	}
}

func TestNoAssertionJWK(t *testing.T) {
	t.Parallel()
	good := rsaKey(t, 2048)
	text := pkix(t, &good.PublicKey)
	pkcs8, err := x509.MarshalPKCS8PrivateKey(good)
	if err != nil {
		t.Fatal(err)
	}
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	edwards, _, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	private := pemText("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(good))
	body := strings.Join(strings.Split(strings.TrimSpace(text), "\n")[1:8], "\n")
	for name, test := range map[string]struct{ given, want string }{
		"private":             {private, "this is a private key"},
		"private, PKCS #8":    {pemText("PRIVATE KEY", pkcs8), "this is a private key"},
		"private, encrypted":  {pemText("ENCRYPTED PRIVATE KEY", pkcs8), "this is a private key"},
		"both":                {text + private, "this is a private key"},
		"private in one line": {strings.ReplaceAll(private, "\n", " "), "this is a private key"},
		"private as public":   {pemText("PUBLIC KEY", pkcs8), "this is a private key"},
		"private, lines gone": {base64.StdEncoding.EncodeToString(pkcs8), "this is a private key"},
		"of SSH":              {"ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ== me@example.com", "ssh-keygen -e -m PKCS8"},
		"EC":                  {pkix(t, &curve.PublicKey), "no RSA key"},
		"Ed25519":             {pkix(t, edwards), "no RSA key"},
		"1024":                {pkix(t, &rsaKey(t, 1024).PublicKey), "has 1024 bits"},
		"4096":                {pkix(t, &rsaKey(t, 4096).PublicKey), "has 4096 bits"},
		"2047":                {pkix(t, &rsaKey(t, 2047).PublicKey), "has 2047 bits"},
		"certificate":         {pemText("CERTIFICATE", pkcs8), "this is a certificate"},
		"another PEM":         {pemText("CERTIFICATE REQUEST", pkcs8), "holds no public key"},
		"two":                 {text + text, "several blocks"},
		"text before":         {"Public Key: " + text, "around or in it"},
		"text behind":         {text + "kid 1", "around or in it"},
		"PKCS #1 as SPKI":     {pemText("PUBLIC KEY", x509.MarshalPKCS1PublicKey(&good.PublicKey)), "no public key that can be read"},
		"cut":                 {text[:len(text)/2], "around or in it"},
		"a line missing":      {strings.Replace(text, body[:65], "", 1), "no public key that can be read"},
		"no base64":           {strings.Replace(text, body[:5], "=====", 1), "no public key that can be read"},
		"other end":           {strings.Replace(text, "END PUBLIC", "END RSA PUBLIC", 1), "around or in it"},
		"empty block":         {"-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", "no public key that can be read"},
		"base64 alone":        {body, "this is no PEM text"},
		"JWK":                 {`{"kty":"RSA","d":"secret"}`, "this is no PEM text"},
		"nothing":             {"", "this is no PEM text"},
		"bytes":               {"\xff\x00-----BEGIN PUBLIC KEY-----", "around or in it"},
	} {
		jwk, err := line.AssertionJWK(test.given)
		if err == nil || !strings.Contains(err.Error(), test.want) || jwk != "" {
			t.Errorf("%s: %s, %v", name, jwk, err)
			continue
		}
		for word := range strings.FieldsSeq(test.given) {
			if len(word) > 20 && strings.Contains(err.Error(), word) || bytes.Contains([]byte(err.Error()), []byte("secret")) {
				t.Errorf("%s: the error quotes what was given: %v", name, err)
			}
		}
	}
}
