package declared

import (
	"strconv"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// authentication is nil where credentials are headers.
func authentication(t templatestore.WebhookTemplate) dialog.Authentication {
	switch {
	case t.BasicAuth != nil:
		return dialog.BasicAuth{Username: t.BasicAuth.Username, PasswordVersion: strconv.FormatInt(t.BasicAuth.PasswordVersion, 10)}
	case t.LineOAuth2 != nil:
		return dialog.LineOAuth2(t.LineOAuth2.ChannelID, text(t.LineOAuth2.KeyID))
	case t.OAuth2 == nil:
		return nil
	}
	o, assertion := t.OAuth2, dialog.JWT{}
	if j := o.JWT; j != nil {
		assertion = dialog.JWT{
			Alg: j.Alg, Typ: text(j.Typ), Kid: text(j.Kid), Cty: text(j.Cty), Crit: text(j.Crit), Iss: j.Iss, Sub: j.Sub, Aud: j.Aud,
			Iat: dialog.No, Exp: j.Exp, Jti: text(j.Jti),
		}
		if j.Iat != nil && *j.Iat {
			assertion.Iat = dialog.Yes
		}
	}
	return dialog.OAuth2{
		GrantType: o.GrantType, ClientID: o.ClientID, SecretVersion: number(o.SecretVersion), Username: text(o.Username),
		PasswordVersion: number(o.PasswordVersion), Scopes: text(o.Scopes), AccessTokenURL: o.AccessTokenURL,
		RefreshTokenURL: text(o.RefreshTokenURL), ClientAuthenticationType: o.ClientAuthenticationType, JWT: assertion,
	}
}

// text is "" for nil.
func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}

// The blocks as a plan has them, which calls the versions otherwise than a document.
type (
	basicAuth struct {
		Username        string `json:"username"`
		PasswordVersion int64  `json:"password_wo_version"`
	}
	oauth2 struct {
		GrantType                string             `json:"grant_type"`
		ClientID                 string             `json:"client_id"`
		SecretVersion            *int64             `json:"secret_wo_version"`
		Username                 *string            `json:"username"`
		PasswordVersion          *int64             `json:"password_wo_version"`
		Scopes                   *string            `json:"scopes"`
		AccessTokenURL           string             `json:"access_token_url"`
		RefreshTokenURL          *string            `json:"refresh_token_url"`
		ClientAuthenticationType string             `json:"client_authentication_type"`
		JWT                      *templatestore.JWT `json:"jwt"`
	}
)
