package linetest_test

import (
	"crypto/rsa"
	"fmt"
	"maps"
	"math/big"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

// The answers are those of the Messaging API reference, "Issue stateless channel access token" and "Issue channel access token v2.1".
func TestTokensAreIssued(t *testing.T) {
	t.Parallel()
	i := startIssuer(t)
	for name, test := range map[string]struct {
		path string
		form func() url.Values
		want string
		life time.Duration
	}{
		"by secret": {"/oauth2/v3/token", func() url.Values { return bySecret(linetest.ChannelID, channelSecret) },
			`{"expires_in":900,"token_type":"Bearer"}`, 900 * time.Second},
		"by secret, with empty parameters": {"/oauth2/v3/token", func() url.Values {
			form := byAssertion("")
			maps.Copy(form, bySecret(linetest.ChannelID, channelSecret))
			return form
		}, `{"expires_in":900,"token_type":"Bearer"}`, 900 * time.Second},
		"by assertion": {"/oauth2/v3/token", func() url.Values { return byAssertion(i.sign(t, nil, i.claims(map[string]any{"token_exp": nil}))) },
			`{"expires_in":900,"token_type":"Bearer"}`, 900 * time.Second},
		"v2.1": {"/oauth2/v2.1/token", func() url.Values {
			return byAssertion(i.sign(t, nil, i.claims(map[string]any{"token_exp": 2592000})))
		}, `{"expires_in":2592000,"key_id":"KEY","token_type":"Bearer"}`, 2592000 * time.Second},
		"v2.1, short": {"/oauth2/v2.1/token", func() url.Values {
			return byAssertion(i.sign(t, nil, i.claims(map[string]any{"token_exp": 1})))
		}, `{"expires_in":1,"key_id":"KEY","token_type":"Bearer"}`, time.Second},
	} {
		token, rest := i.issue(t, test.path, test.form())
		if rest != test.want {
			t.Errorf("%s: %s, want %s", name, rest, test.want)
		}
		i.advance(test.life - time.Nanosecond)
		if got := i.status(t, token); got != http.StatusOK {
			t.Errorf("%s: %d before its end", name, got)
		}
		i.advance(time.Nanosecond)
		if got := i.status(t, token); got != http.StatusUnauthorized {
			t.Errorf("%s: %d at its end", name, got)
		}
	}
	for _, request := range i.Requests() {
		for _, secret := range []string{url.QueryEscape(channelSecret), "eyJ"} {
			if strings.Contains(string(request.Body), secret) {
				t.Errorf("%q was recorded: %s", secret, request.Body)
			}
		}
	}
}

const (
	noKey      = `404 {"message":"Cannot find channel key that satisfies the conditions"}`
	parameters = `400 {"error":"invalid_request","error_description":"some parameters missed or invalid"}`
	badSecret  = `400 {"error":"invalid_request","error_description":"Invalid 'client_credentials'."}`
	expired    = `400 {"error":"invalid_client","error_description":"Invalid exp"}`
	issuerOf   = `400 {"error":"invalid_client","error_description":"iss and clientId of key do not match"}`
	unworded   = `400 {"error":"invalid_client"` // the reference shows no words
)

func TestTokensAreRefused(t *testing.T) {
	t.Parallel()
	i := startIssuer(t)
	claim := func(name string, value any) url.Values {
		return byAssertion(i.sign(t, nil, i.claims(map[string]any{name: value})))
	}
	head := func(name string, value any) url.Values {
		return byAssertion(i.sign(t, map[string]any{name: value}, i.claims(nil)))
	}
	without := func(form url.Values, name string) url.Values {
		form.Del(name)
		return form
	}
	signed := i.sign(t, nil, i.claims(nil))
	hmac, err := jwt.NewWithClaims(jwt.SigningMethodHS256, i.claims(nil)).SignedString([]byte("key"))
	if err != nil {
		t.Fatal(err)
	}
	both := byAssertion(i.sign(t, nil, i.claims(map[string]any{"token_exp": nil})))
	maps.Copy(both, bySecret(linetest.ChannelID, channelSecret))
	in := func(d time.Duration) int64 { return i.Now().Add(d).Unix() }
	const v2, v3 = "/oauth2/v2.1/token", "/oauth2/v3/token"
	for name, test := range map[string]struct {
		path string
		form url.Values
		want string
	}{
		"wrong secret":             {v3, bySecret(linetest.ChannelID, "other"), badSecret},
		"wrong channel":            {v3, bySecret("1", channelSecret), badSecret},
		"no secret":                {v3, bySecret(linetest.ChannelID, ""), parameters},
		"no grant":                 {v3, without(bySecret(linetest.ChannelID, channelSecret), "grant_type"), parameters},
		"both":                     {v3, both, parameters},
		"stateless with token_exp": {v3, byAssertion(signed), unworded},
		"secret for v2.1":          {v2, bySecret(linetest.ChannelID, channelSecret), parameters},
		"no grant for v2.1":        {v2, without(byAssertion(signed), "grant_type"), parameters},
		"no type":                  {v2, without(byAssertion(signed), "client_assertion_type"), parameters},
		"no assertion":             {v2, byAssertion(""), parameters},
		"no JWT":                   {v2, byAssertion("x"), unworded},
		"changed":                  {v2, byAssertion(signed[:len(signed)-8] + "AAAAAAAA"), unworded},
		"HMAC":                     {v2, byAssertion(hmac), unworded},
		"unknown key":              {v2, head("kid", "other"), noKey},
		"no key":                   {v2, head("kid", nil), noKey},
		"typ":                      {v2, head("typ", "at+jwt"), unworded},
		"crit":                     {v2, head("crit", []string{"exp"}), unworded},
		"iss":                      {v2, claim("iss", "1"), issuerOf},
		"no iss":                   {v2, claim("iss", nil), issuerOf},
		"sub":                      {v2, claim("sub", "1"), unworded},
		"no sub":                   {v2, claim("sub", nil), unworded},
		"aud":                      {v2, claim("aud", "https://api.line.me"), unworded},
		"several aud":              {v2, claim("aud", []string{"https://api.line.me/"}), unworded},
		"no exp":                   {v2, claim("exp", nil), expired},
		"exp now":                  {v2, claim("exp", in(0)), expired},
		"exp too late":             {v2, claim("exp", in(30*time.Minute+time.Second)), expired},
		"exp as text":              {v2, claim("exp", fmt.Sprint(in(time.Minute))), expired},
		"no token_exp":             {v2, claim("token_exp", nil), unworded},
		"token_exp of nothing":     {v2, claim("token_exp", 0), unworded},
		"token_exp too long":       {v2, claim("token_exp", 2592001), unworded},
		"token_exp as text":        {v2, claim("token_exp", "60"), unworded},
	} {
		status, body := i.post(t, test.path, test.form)
		if got := fmt.Sprint(status, " ", body); got != test.want && (test.want != unworded || !strings.HasPrefix(got, unworded)) {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
	basic, err := http.NewRequestWithContext(t.Context(), http.MethodPost, i.URL+v3, strings.NewReader("grant_type=client_credentials"))
	if err != nil {
		t.Fatal(err)
	}
	basic.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	basic.SetBasicAuth(linetest.ChannelID, channelSecret)
	response, err := http.DefaultClient.Do(basic)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusBadRequest {
		t.Errorf("credentials in the header: %d", response.StatusCode)
	}
}

func TestATokenIsRevoked(t *testing.T) {
	t.Parallel()
	i := startIssuer(t)
	const v2 = "/oauth2/v2.1/token"
	one, _ := i.issue(t, v2, byAssertion(i.sign(t, nil, i.claims(nil))))
	two, _ := i.issue(t, v2, byAssertion(i.sign(t, nil, i.claims(nil))))
	if got, want := i.verify(t, one), `{"client_id":"1350031035","expires_in":86400,"scope":"profile chat_message.write"}`; got != want {
		t.Errorf("verified: %s", got)
	}
	revoke := func(id, secret, token string) string {
		status, body := i.post(t, "/oauth2/v2.1/revoke", url.Values{"client_id": {id}, "client_secret": {secret}, "access_token": {token}})
		return fmt.Sprint(status, " ", body)
	}
	for _, test := range []struct{ id, secret, token, want string }{
		{linetest.ChannelID, "other", one, badSecret},
		{"1", channelSecret, one, badSecret},
		{linetest.ChannelID, channelSecret, token, `400 {"error":"invalid_request","error_description":"The access token not JWS"}`},
		{linetest.ChannelID, channelSecret, one + "x", `400 {"error":"invalid_request","error_description":"The access token malformed"}`},
	} {
		if got := revoke(test.id, test.secret, test.token); got != test.want {
			t.Errorf("%+v: %s", test, got)
		}
	}
	if got := i.status(t, one); got != http.StatusOK {
		t.Errorf("%d after refusals", got)
	}
	for range 2 { // a token that is revoked already is no error
		if got := revoke(linetest.ChannelID, channelSecret, one); got != "200 " {
			t.Errorf("revoked: %s", got)
		}
		if got, other := i.status(t, one), i.status(t, two); got != http.StatusUnauthorized || other != http.StatusOK {
			t.Errorf("%d, and the other %d", got, other)
		}
	}
	if got := i.verify(t, one); got != `{"error":"invalid_request","error_description":"The access token expired"}` {
		t.Errorf("verified: %s", got)
	}
	stateless, _ := i.issue(t, "/oauth2/v3/token", bySecret(linetest.ChannelID, channelSecret))
	revoke(linetest.ChannelID, channelSecret, stateless)
	i.verify(t, stateless)
	if got := i.Unserved(); len(got) != 2 || i.status(t, stateless) != http.StatusOK {
		t.Errorf("a stateless token: %q", got)
	}
}

func TestTokensOfAChannelAreCounted(t *testing.T) {
	t.Parallel()
	i := startIssuer(t)
	const path = "/oauth2/v2.1/token"
	form := func() url.Values { return byAssertion(i.sign(t, nil, i.claims(map[string]any{"token_exp": 60}))) }
	var last string
	for range 30 {
		i.issue(t, "/oauth2/v3/token", bySecret(linetest.ChannelID, channelSecret)) // does not count
		last, _ = i.issue(t, path, form())
	}
	const most = `400 {"message":"The maximum number of access tokens has already been issued"}`
	refused := func() bool {
		status, body := i.post(t, path, form())
		return fmt.Sprint(status, " ", body) == most
	}
	if !refused() {
		t.Error("the 31st is not refused")
	}
	i.post(t, "/oauth2/v2.1/revoke",
		url.Values{"client_id": {linetest.ChannelID}, "client_secret": {channelSecret}, "access_token": {last}})
	if i.issue(t, path, form()); !refused() {
		t.Error("one that is revoked makes room for more than one")
	}
	i.advance(time.Minute)
	i.issue(t, path, form())
}

func TestKeysAreRegistered(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{})
	public := &signingKey().PublicKey
	short := &rsa.PublicKey{N: new(big.Int).Rsh(public.N, 1), E: public.E}
	for name, test := range map[string]struct {
		jwk  []byte
		good bool
	}{
		"use":             {jwk(public, registered), true},
		"key_ops":         {jwk(public, `"kty":"RSA","alg":"RS256","key_ops":["verify"],"ext":true`), true},
		"both":            {jwk(public, registered+`,"key_ops":["verify"]`), false},
		"neither":         {jwk(public, `"kty":"RSA","alg":"RS256"`), false},
		"more operations": {jwk(public, `"kty":"RSA","alg":"RS256","key_ops":["verify","sign"]`), false},
		"encryption":      {jwk(public, `"kty":"RSA","alg":"RS256","use":"enc"`), false},
		"another kind":    {jwk(public, `"kty":"EC","alg":"RS256","use":"sig"`), false},
		"another alg":     {jwk(public, `"kty":"RSA","alg":"RS512","use":"sig"`), false},
		"no alg":          {jwk(public, `"kty":"RSA","use":"sig"`), false},
		"kid":             {jwk(public, registered+`,"kid":""`), false},
		"private":         {jwk(public, registered+`,"d":"AQ"`), false},
		"2047 bits":       {jwk(short, registered), false},
		"exponent":        {jwk(&rsa.PublicKey{N: public.N, E: 1 << 40}, registered), false},
		"padded":          {[]byte(strings.Replace(string(jwk(public, registered)), `"AQAB"`, `"AQAB="`, 1)), false},
		"no JSON":         {[]byte("-----BEGIN PUBLIC KEY-----"), false},
	} {
		keyID, err := server.RegisterKey(test.jwk)
		if (err == nil) != test.good || (keyID != "") != test.good {
			t.Errorf("%s: %q, %v", name, keyID, err)
		}
	}
}
