package dashboard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

// checkAuthentication checks configured blocks together, and for the URL that requests are sent to.
func (m *authenticationModel) checkAuthentication(destination types.String, diags *diag.Diagnostics) {
	given := m.given()
	if len(given) > 1 {
		diags.AddAttributeError(path.Root(given[1]), "Authentication given twice", fmt.Sprintf("There is %s, too. CleverTap's dialog takes one "+
			"of them.", given[0]))
	}
	toLine, known := dialog.PostsToLine(destination.ValueString()), !destination.IsUnknown()
	if !m.BasicAuth.IsNull() && toLine {
		diags.AddAttributeError(path.Root(basicAuthName), "LINE takes no user name and password",
			"LINE takes channel access tokens alone. Use line_oauth2, or a token in secret_headers_wo.")
	}
	if !m.LineOAuth2.IsNull() && known && !toLine {
		diags.AddAttributeError(path.Root(lineOAuth2Name), "LINE's tokens are for LINE", "The destination_url is not at https://api.line.me: "+
			"CleverTap would send the channel's tokens to another server. For a server of your own, use oauth2 or basic_auth.")
	}
	requireAll(path.Root(basicAuthName), m.BasicAuth, diags, "username", "password_wo_version")
	requireAll(path.Root(lineOAuth2Name), m.LineOAuth2, diags, "channel_id")
	requireAll(path.Root(oauth2Name), m.OAuth2, diags, "grant_type", "client_id", "access_token_url", "client_authentication_type")
	oauth2 := m.OAuth2.Attributes()
	if jwt, ok := oauth2["jwt"].(types.Object); ok {
		requireAll(path.Root(oauth2Name).AtName("jwt"), jwt, diags, "alg", "iss", "sub", "aud", "exp") // RFC 7523, section 3
	}
	if grant, ok := oauth2["grant_type"].(types.String); ok {
		checkGrant(grant.ValueString(), oauth2, diags)
	}
}

// requireAll wants arguments of a block that is there. As required attributes they would be wanted of one that is not.
func requireAll(at path.Path, block types.Object, diags *diag.Diagnostics, names ...string) {
	for _, name := range names {
		if value, there := block.Attributes()[name]; there && value.IsNull() {
			diags.AddAttributeError(at.AtName(name), "Missing argument", fmt.Sprintf("The block %s needs %s.", at, name))
		}
	}
}

// checkGrant wants what a grant type asks for, and nothing else. A type that is not known yet, or is none, asks for nothing.
func checkGrant(grant string, oauth2 map[string]attr.Value, diags *diag.Diagnostics) {
	if !slices.Contains(dialog.GrantTypes(), grant) {
		return
	}
	withSecret, withPassword := []string{dialog.GrantPassword, dialog.GrantSecret}, []string{dialog.GrantPassword}
	for _, argument := range []struct {
		name     string
		grants   []string
		required bool
	}{
		{"secret_wo", withSecret, false},
		{"secret_wo_version", withSecret, true},
		{"username", withPassword, true},
		{"password_wo", withPassword, false},
		{"password_wo_version", withPassword, true},
		{"refresh_token_url", withPassword, false},
		{"jwt", []string{dialog.GrantJWT}, true},
	} {
		at, missing := path.Root(oauth2Name).AtName(argument.name), oauth2[argument.name].IsNull()
		switch asked := slices.Contains(argument.grants, grant); {
		case !asked && !missing:
			diags.AddAttributeError(at, "Not asked for", fmt.Sprintf("CleverTap's dialog does not ask for %s with the grant type %q.",
				argument.name, grant))
		case asked && argument.required && missing:
			diags.AddAttributeError(at, "Missing for the grant type", fmt.Sprintf("The grant type %q needs %s.", grant, argument.name))
		}
	}
}

// checkHeaderNames refuses a secret header beside a block that makes the same header.
func (m *authenticationModel) checkHeaderNames(names []string, diags *diag.Diagnostics) {
	given := m.given()
	if len(given) > 0 && slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, "Authorization") }) {
		diags.AddAttributeError(path.Root(given[0]), "Authentication given twice", fmt.Sprintf("With %s, CleverTap makes the header "+
			"Authorization itself, and secret_headers_wo has one, too. Take it out there; where no other secret header is left, take out "+
			"secret_headers_wo_version as well.", given[0]))
	}
}

// planAuthentication refuses versions of secrets that move without a value to go with them. prior is what state has, nil on
// create.
func (m *authenticationModel) planAuthentication(
	ctx context.Context, config tfsdk.Config, prior *authenticationModel, diags *diag.Diagnostics,
) {
	if prior == nil {
		prior = &authenticationModel{}
	}
	var given authenticationModel
	diags.Append(config.GetAttribute(ctx, path.Root(basicAuthName), &given.BasicAuth)...)
	diags.Append(config.GetAttribute(ctx, path.Root(oauth2Name), &given.OAuth2)...)
	basic, oauth2 := values.ObjectAs[basicAuthModel](ctx, given.BasicAuth, diags), values.ObjectAs[oauth2Model](ctx, given.OAuth2, diags)
	basicBefore := values.ObjectAs[basicAuthModel](ctx, prior.BasicAuth, diags)
	oauth2Before := values.ObjectAs[oauth2Model](ctx, prior.OAuth2, diags)
	for _, secret := range []struct {
		block, name     string
		value           types.String
		version, before types.Int64
	}{
		{basicAuthName, "password_wo", basic.PasswordWO, basic.PasswordWOVersion, basicBefore.PasswordWOVersion},
		{oauth2Name, "secret_wo", oauth2.SecretWO, oauth2.SecretWOVersion, oauth2Before.SecretWOVersion},
		{oauth2Name, "password_wo", oauth2.PasswordWO, oauth2.PasswordWOVersion, oauth2Before.PasswordWOVersion},
	} {
		if secret.value.IsNull() && versionMoved(secret.version, secret.before) {
			diags.AddAttributeError(path.Root(secret.block).AtName(secret.name), "The version of a secret moved without a value",
				fmt.Sprintf("%[1]s.%[2]s_version is %[3]d, which state does not know, but %[2]s is null. Give the value (is the ephemeral "+
					"variable set in this run?), or leave the version as it was.", secret.block, secret.name, secret.version.ValueInt64()))
		}
	}
}

// versionMoved says whether a secret needs a value. A lower version in the configuration is somebody's edit of the document, which
// the plan puts right without it.
func versionMoved(version, before types.Int64) bool {
	return !version.IsNull() && !version.IsUnknown() && (before.IsNull() || version.ValueInt64() > before.ValueInt64())
}

// warnOfTokenURL warns of a way of one's own to LINE's tokens.
func (m *authenticationModel) warnOfTokenURL(ctx context.Context, c *connect.Connections, name string, diags *diag.Diagnostics) {
	o := values.ObjectAs[oauth2Model](ctx, m.OAuth2, diags)
	if !dialog.PostsToLine(o.AccessTokenURL.ValueString()) {
		return
	}
	c.Warn(diags, diag.NewAttributeWarningDiagnostic(path.Root(oauth2Name).AtName("access_token_url"),
		fmt.Sprintf("The webhook template %q may get no tokens from LINE", name),
		"LINE takes an assertion of its own form, or a secret in the body of the request, which CleverTap's dialog does not offer. The block "+
			"line_oauth2 has the form that LINE documents."))
}
