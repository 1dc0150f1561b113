package dialog

import "fmt"

// Authentication is what the dialog of a webhook template asks for to authenticate requests: a [BasicAuth] or an [OAuth2]. A
// version is that of a secret that nobody keeps.
type Authentication interface {
	rows(words *wording) []Row
}

// BasicAuth is "Basic Authorization".
type BasicAuth struct{ Username, PasswordVersion string }

// OAuth2 is "OAuth 2.0": CleverTap gets access tokens itself, and renews them. What a grant type does not ask for is ignored; what
// is "" else is to be left empty.
type OAuth2 struct {
	// GrantType is one of [GrantTypes].
	GrantType, ClientID string
	// SecretVersion is of all grant types but [GrantJWT].
	SecretVersion string
	// Username, PasswordVersion and RefreshTokenURL are of [GrantPassword].
	Username, PasswordVersion, RefreshTokenURL string
	Scopes, AccessTokenURL                     string
	// ClientAuthenticationType is one of [ClientAuthenticationTypes].
	ClientAuthenticationType string
	// JWT is of [GrantJWT].
	JWT JWT

	line bool
}

// JWT is header and payload of a client assertion, which CleverTap signs with a key of its own. Alg is one of [Algorithms]; Iat is
// [Yes] or [No], whether the claim is used.
type JWT struct{ Alg, Typ, Kid, Cty, Crit, Iss, Sub, Aud, Iat, Exp, Jti string }

// What the dialog has to choose from ("Set Up Webhooks", Authentication Type, docs.clevertap.com).
const (
	GrantPassword = "Password Credentials"
	GrantSecret   = "Client Credentials without JWT"
	GrantJWT      = "Client Credentials with JWT"

	sendBearer = "Send Bearer Authentication in Header"

	Yes = "Yes"
	No  = "No"
)

// GrantTypes are those of the dialog.
func GrantTypes() []string { return []string{GrantPassword, GrantSecret, GrantJWT} }

// ClientAuthenticationTypes are how CleverTap authenticates itself.
func ClientAuthenticationTypes() []string {
	return []string{"Send Basic Authentication in Header", sendBearer}
}

// Algorithms are those of a signature.
func Algorithms() []string { return []string{"RS256", "RS384", "RS512"} }

// assertionType is the only one for a JWT that there is (RFC 7523, section 2.2).
const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// LineOAuth2 is the way to LINE's stateless channel access tokens without any secret: the issuer of the assertion is the channel,
// and the key the one that LINE's console has called keyID, which is "" where that is not known yet ("Issue stateless channel
// access token" and "Issue channel access token v2.1", Messaging API docs).
func LineOAuth2(channelID, keyID string) OAuth2 {
	return OAuth2{
		GrantType: GrantJWT, ClientID: channelID, AccessTokenURL: "https://api.line.me/oauth2/v3/token", ClientAuthenticationType: sendBearer,
		JWT: JWT{
			Alg: "RS256", Typ: "JWT", Kid: keyID, Iss: channelID, Sub: channelID, Aud: "https://api.line.me/", Iat: No,
		},
		line: true,
	}
}

func (a BasicAuth) rows(words *wording) []Row {
	return []Row{
		{Field: "Authentication", Value: "Basic Authorization", Note: words.basicAuthorization, Act: Choose},
		{Field: "Username", Value: a.Username, Act: Enter},
		words.secretRow("Password", a.PasswordVersion),
	}
}

// rows follow "Configure OAuth 2.0" of "Set Up Webhooks", docs.clevertap.com. Where it says nothing of the order of fields, they
// come as its tables have them.
func (a OAuth2) rows(words *wording) []Row {
	rows := []Row{
		{Field: "Authentication", Value: "OAuth 2.0", Note: words.oauth2, Act: Choose},
		{Field: "Grant Type", Value: a.GrantType, Act: Choose},
	}
	if a.GrantType == GrantJWT {
		rows = append(rows, a.JWT.rows(words, a.line)...)
	}
	rows = append(rows, Row{Field: "Client ID", Value: a.ClientID, Act: Enter})
	if a.GrantType == GrantJWT {
		rows = append(rows, Row{Field: "Client Assertion Type", Value: assertionType, Act: Enter})
	} else {
		rows = append(rows, words.secretRow("Secret", a.SecretVersion))
	}
	if a.GrantType == GrantPassword {
		rows = append(rows, Row{Field: "Username", Value: a.Username, Act: Enter}, words.secretRow("Password", a.PasswordVersion))
	}
	rows = append(rows, words.fieldRow("Scopes", a.Scopes), Row{Field: "Access Token URL", Value: a.AccessTokenURL, Act: Enter})
	if a.GrantType == GrantPassword {
		rows = append(rows, words.fieldRow("Refresh Token URL", a.RefreshTokenURL))
	}
	expiry := Row{Field: "Expiry", Value: words.expiry, Act: Choose}
	if a.line {
		expiry.Value, expiry.Note = words.lineExpiry, words.lineExpiryNote
	}
	rows = append(rows,
		Row{Field: "Client Authentication Type", Value: a.ClientAuthenticationType, Act: Choose},
		Row{Field: "Generate", Value: words.click, Note: words.generate},
		Row{Field: "Access Token", Value: "access_token", Note: words.mapToken, Act: Choose},
	)
	if a.GrantType == GrantPassword && a.RefreshTokenURL != "" {
		rows = append(rows, Row{Field: "Refresh Token", Value: "refresh_token", Note: words.mapToken, Act: Choose})
	}
	return append(rows, expiry)
}

func (t JWT) rows(words *wording, line bool) []Row {
	key := Row{Field: "Generate Public Key", Value: words.registerKey, Note: words.regenerate}
	kid, exp := words.fieldRow("Key ID (kid)", t.Kid), words.fieldRow("Expiration Time (exp)", t.Exp)
	exp.Note = words.expiration
	if line {
		key.Value = words.lineRegisterKey
		exp = Row{Field: exp.Field, Value: words.lineExpiration, Note: words.lineExpirationNote, Act: Choose}
		if t.Kid == "" {
			kid.Value, kid.Note = words.lineKid, words.lineKidNote
		}
	}
	return []Row{
		key,
		{Field: "Algorithm (alg)", Value: t.Alg, Act: Choose},
		words.fieldRow("Type (typ)", t.Typ),
		kid,
		words.fieldRow("Content Type (cty)", t.Cty),
		words.fieldRow("Critical (crit)", t.Crit),
		words.fieldRow("Issuer (iss)", t.Iss),
		words.fieldRow("Subject (sub)", t.Sub),
		words.fieldRow("Audience (aud)", t.Aud),
		{Field: "Use Issued At (iat)", Value: t.Iat, Act: Choose},
		exp,
		words.fieldRow("JWT ID (jti)", t.Jti),
		{Field: "Generate Client Assertion", Value: words.click},
	}
}

// fieldRow is one that may be left empty.
func (w *wording) fieldRow(field, value string) Row {
	if value == "" {
		return Row{Field: field, Value: w.leaveEmpty, Act: Choose}
	}
	return Row{Field: field, Value: value, Act: Enter}
}

// secretRow is one whose value nobody keeps.
func (w *wording) secretRow(field, version string) Row {
	value := w.secret
	if version != "" {
		value = fmt.Sprintf(w.secretVersion, version)
	}
	return Row{Field: field, Value: value, Act: Choose}
}
