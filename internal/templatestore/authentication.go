package templatestore

// BasicAuth is how CleverTap authenticates a webhook's requests by name and password, of which the version alone is kept.
type BasicAuth struct {
	Username        string `json:"username"`
	PasswordVersion int64  `json:"password_version"`
}

// OAuth2 is how CleverTap gets a webhook's access tokens. Of secrets the version alone is kept.
type OAuth2 struct {
	GrantType                string  `json:"grant_type"`
	ClientID                 string  `json:"client_id"`
	SecretVersion            *int64  `json:"secret_version,omitempty"`
	Username                 *string `json:"username,omitempty"`
	PasswordVersion          *int64  `json:"password_version,omitempty"`
	Scopes                   *string `json:"scopes,omitempty"`
	AccessTokenURL           string  `json:"access_token_url"`
	RefreshTokenURL          *string `json:"refresh_token_url,omitempty"`
	ClientAuthenticationType string  `json:"client_authentication_type"`
	JWT                      *JWT    `json:"jwt,omitempty"`
}

// JWT is header and payload of the assertion by which CleverTap asks for an access token, without the key that signs it.
type JWT struct {
	Alg  string  `json:"alg"`
	Typ  *string `json:"typ,omitempty"`
	Kid  *string `json:"kid,omitempty"`
	Cty  *string `json:"cty,omitempty"`
	Crit *string `json:"crit,omitempty"`
	Iss  string  `json:"iss"`
	Sub  string  `json:"sub"`
	Aud  string  `json:"aud"`
	// Iat says whether the claim is used.
	Iat *bool   `json:"iat,omitempty"`
	Exp string  `json:"exp"`
	Jti *string `json:"jti,omitempty"`
}

// LineOAuth2 is how CleverTap gets LINE's stateless channel access tokens. KeyID is nil until LINE's console has told it.
type LineOAuth2 struct {
	ChannelID string  `json:"channel_id"`
	KeyID     *string `json:"key_id,omitempty"`
}
