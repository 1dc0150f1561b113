package dashboard

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// authenticationModel is how CleverTap authenticates a webhook's requests, if not by headers. At most one of its blocks is given.
type authenticationModel struct {
	BasicAuth  types.Object `tfsdk:"basic_auth"`
	OAuth2     types.Object `tfsdk:"oauth2"`
	LineOAuth2 types.Object `tfsdk:"line_oauth2"`
}

type basicAuthModel struct {
	Username          types.String `tfsdk:"username"`
	PasswordWO        types.String `tfsdk:"password_wo"`
	PasswordWOVersion types.Int64  `tfsdk:"password_wo_version"`
}

type oauth2Model struct {
	GrantType                types.String `tfsdk:"grant_type"`
	ClientID                 types.String `tfsdk:"client_id"`
	SecretWO                 types.String `tfsdk:"secret_wo"`
	SecretWOVersion          types.Int64  `tfsdk:"secret_wo_version"`
	Username                 types.String `tfsdk:"username"`
	PasswordWO               types.String `tfsdk:"password_wo"`
	PasswordWOVersion        types.Int64  `tfsdk:"password_wo_version"`
	Scopes                   types.String `tfsdk:"scopes"`
	AccessTokenURL           types.String `tfsdk:"access_token_url"`
	RefreshTokenURL          types.String `tfsdk:"refresh_token_url"`
	ClientAuthenticationType types.String `tfsdk:"client_authentication_type"`
	JWT                      types.Object `tfsdk:"jwt"`
}

type jwtModel struct {
	Alg  types.String `tfsdk:"alg"`
	Typ  types.String `tfsdk:"typ"`
	Kid  types.String `tfsdk:"kid"`
	Cty  types.String `tfsdk:"cty"`
	Crit types.String `tfsdk:"crit"`
	Iss  types.String `tfsdk:"iss"`
	Sub  types.String `tfsdk:"sub"`
	Aud  types.String `tfsdk:"aud"`
	Iat  types.Bool   `tfsdk:"iat"`
	Exp  types.String `tfsdk:"exp"`
	Jti  types.String `tfsdk:"jti"`
}

type lineOAuth2Model struct {
	ChannelID types.String `tfsdk:"channel_id"`
	KeyID     types.String `tfsdk:"key_id"`
}

// given are the names of the blocks that are there, known or not.
func (m *authenticationModel) given() []string {
	var names []string
	for _, block := range []struct {
		name  string
		value types.Object
	}{{basicAuthName, m.BasicAuth}, {oauth2Name, m.OAuth2}, {lineOAuth2Name, m.LineOAuth2}} {
		if !block.value.IsNull() {
			names = append(names, block.name)
		}
	}
	return names
}

// write puts it into the content of a document.
func (m *authenticationModel) write(ctx context.Context, content *templatestore.WebhookTemplate, diags *diag.Diagnostics) {
	if !m.BasicAuth.IsNull() {
		b := values.ObjectAs[basicAuthModel](ctx, m.BasicAuth, diags)
		content.BasicAuth = &templatestore.BasicAuth{Username: b.Username.ValueString(), PasswordVersion: b.PasswordWOVersion.ValueInt64()}
	}
	if !m.OAuth2.IsNull() {
		o := values.ObjectAs[oauth2Model](ctx, m.OAuth2, diags)
		content.OAuth2 = &templatestore.OAuth2{
			GrantType: o.GrantType.ValueString(), ClientID: o.ClientID.ValueString(), SecretVersion: o.SecretWOVersion.ValueInt64Pointer(),
			Username: o.Username.ValueStringPointer(), PasswordVersion: o.PasswordWOVersion.ValueInt64Pointer(),
			Scopes: o.Scopes.ValueStringPointer(), AccessTokenURL: o.AccessTokenURL.ValueString(),
			RefreshTokenURL: o.RefreshTokenURL.ValueStringPointer(), ClientAuthenticationType: o.ClientAuthenticationType.ValueString(),
		}
		if !o.JWT.IsNull() {
			t := values.ObjectAs[jwtModel](ctx, o.JWT, diags)
			content.OAuth2.JWT = &templatestore.JWT{
				Alg: t.Alg.ValueString(), Typ: t.Typ.ValueStringPointer(), Kid: t.Kid.ValueStringPointer(), Cty: t.Cty.ValueStringPointer(),
				Crit: t.Crit.ValueStringPointer(), Iss: t.Iss.ValueString(), Sub: t.Sub.ValueString(), Aud: t.Aud.ValueString(),
				Iat: t.Iat.ValueBoolPointer(), Exp: t.Exp.ValueString(), Jti: t.Jti.ValueStringPointer(),
			}
		}
	}
	if !m.LineOAuth2.IsNull() {
		l := values.ObjectAs[lineOAuth2Model](ctx, m.LineOAuth2, diags)
		content.LineOAuth2 = &templatestore.LineOAuth2{ChannelID: l.ChannelID.ValueString(), KeyID: l.KeyID.ValueStringPointer()}
	}
}

// refreshAuthentication takes over what the template store holds.
func (m *authenticationModel) refreshAuthentication(ctx context.Context, content *templatestore.WebhookTemplate, diags *diag.Diagnostics) {
	var basic *basicAuthModel
	if b := content.BasicAuth; b != nil {
		basic = &basicAuthModel{Username: types.StringValue(b.Username), PasswordWOVersion: types.Int64Value(b.PasswordVersion)}
	}
	var line *lineOAuth2Model
	if l := content.LineOAuth2; l != nil {
		line = &lineOAuth2Model{ChannelID: types.StringValue(l.ChannelID), KeyID: types.StringPointerValue(l.KeyID)}
	}
	m.BasicAuth = block(ctx, blockType(basicAuthName), basic, diags)
	m.OAuth2 = block(ctx, blockType(oauth2Name), refreshedOAuth2(ctx, content.OAuth2, diags), diags)
	m.LineOAuth2 = block(ctx, blockType(lineOAuth2Name), line, diags)
}

func refreshedOAuth2(ctx context.Context, o *templatestore.OAuth2, diags *diag.Diagnostics) *oauth2Model {
	if o == nil {
		return nil
	}
	var jwt *jwtModel
	if t := o.JWT; t != nil {
		jwt = &jwtModel{
			Alg: types.StringValue(t.Alg), Typ: types.StringPointerValue(t.Typ), Kid: types.StringPointerValue(t.Kid),
			Cty: types.StringPointerValue(t.Cty), Crit: types.StringPointerValue(t.Crit), Iss: types.StringValue(t.Iss),
			Sub: types.StringValue(t.Sub), Aud: types.StringValue(t.Aud), Iat: types.BoolPointerValue(t.Iat), Exp: types.StringValue(t.Exp),
			Jti: types.StringPointerValue(t.Jti),
		}
	}
	jwtType, _ := blockType(oauth2Name)["jwt"].(types.ObjectType)
	return &oauth2Model{
		GrantType: types.StringValue(o.GrantType), ClientID: types.StringValue(o.ClientID),
		SecretWOVersion: types.Int64PointerValue(o.SecretVersion), Username: types.StringPointerValue(o.Username),
		PasswordWOVersion: types.Int64PointerValue(o.PasswordVersion), Scopes: types.StringPointerValue(o.Scopes),
		AccessTokenURL: types.StringValue(o.AccessTokenURL), RefreshTokenURL: types.StringPointerValue(o.RefreshTokenURL),
		ClientAuthenticationType: types.StringValue(o.ClientAuthenticationType), JWT: block(ctx, jwtType.AttrTypes, jwt, diags),
	}
}

// block is null for nil.
func block[T any](ctx context.Context, attributes map[string]attr.Type, model *T, diags *diag.Diagnostics) types.Object {
	if model == nil {
		return types.ObjectNull(attributes)
	}
	object, failed := types.ObjectValueFrom(ctx, attributes, *model)
	diags.Append(failed...)
	return object
}
