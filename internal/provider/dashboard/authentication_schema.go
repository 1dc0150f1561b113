package dashboard

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
)

// The blocks of an authenticationModel. Fields are named as CleverTap's dialog names them ("Set Up Webhooks", Authentication
// Type, docs.clevertap.com).
const (
	basicAuthName  = "basic_auth"
	oauth2Name     = "oauth2"
	lineOAuth2Name = "line_oauth2"
)

func authenticationBlocks() map[string]schema.Block {
	return map[string]schema.Block{
		basicAuthName: schema.SingleNestedBlock{
			MarkdownDescription: "*Basic Authorization*: CleverTap sends a user name and a password with each request. Not for LINE, which " +
				"takes tokens alone. At most one of `basic_auth`, `oauth2` and `line_oauth2` is given, and with it no header `Authorization`.",
			Attributes: map[string]schema.Attribute{
				"username": schema.StringAttribute{
					MarkdownDescription: "Required. User name.",
					Optional:            true,
					Validators: []validator.String{validators.PlainText(), unquoted("a name without a colon", `^[^:]*$`,
						"The user name has the wrong form", "A colon ends the name in the header (RFC 7617), and what follows is the password, "+
							"which belongs in password_wo.")},
				},
				"password_wo":         secretAttribute("Password.", "basic_auth.password_wo"),
				"password_wo_version": versionAttribute("the password"),
			},
		},
		oauth2Name: oauth2Block(),
		lineOAuth2Name: schema.SingleNestedBlock{
			MarkdownDescription: "*OAuth 2.0* towards LINE: CleverTap gets LINE's tokens of 15 minutes itself, with assertions that it signs " +
				"with a key of its own, so that nobody holds a token. For a `destination_url` at LINE. `dialog_rows` has the values of all fields; " +
				"the guide *Which token* says how the key is registered and renewed, and what only a live account can tell.",
			Attributes: map[string]schema.Attribute{
				"channel_id": schema.StringAttribute{
					MarkdownDescription: "Required. ID of the Messaging API channel, digits.",
					Optional:            true,
					Validators: []validator.String{unquoted("a channel ID", `^[0-9]{1,20}$`, "The channel ID has the wrong form",
						"It must be digits, as under Basic settings of the channel in the LINE Developers Console; its secret belongs nowhere here.")},
				},
				"key_id": schema.StringAttribute{
					MarkdownDescription: "The `kid` that the LINE Developers Console shows for the registered public key. Leave it out until the key is " +
						"registered: the rows say where it comes from.",
					Optional: true,
					Validators: []validator.String{unquoted("the kid of a registered key", `^[A-Za-z0-9_-]{1,128}$`, "The key ID has the wrong form",
						"It must be the kid alone, as the LINE Developers Console shows it beside the registered key: letters, digits, - and _, such as "+
							"536e453c-aa93-4449-8e90-add2608c6d4b.")},
				},
			},
		},
	}
}

// forGrant ends the description of what only some grant types ask for.
func forGrant(grants ...string) string { return " For *" + strings.Join(grants, "* and *") + "*." }

func oauth2Block() schema.SingleNestedBlock {
	password := forGrant(dialog.GrantPassword)
	secret := forGrant(dialog.GrantPassword, dialog.GrantSecret)
	return schema.SingleNestedBlock{
		MarkdownDescription: "*OAuth 2.0*: CleverTap gets access tokens itself, and sends them in the header `Authorization`. For LINE, " +
			"`line_oauth2` has it all filled in.",
		Attributes: map[string]schema.Attribute{
			"grant_type": schema.StringAttribute{
				MarkdownDescription: "Required. *Grant Type*: " + codes(dialog.GrantTypes()) + ".",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf(dialog.GrantTypes()...)},
			},
			"client_id": schema.StringAttribute{
				MarkdownDescription: "Required. *Client ID*.",
				Optional:            true,
				Validators:          []validator.String{validators.PlainText()},
			},
			"secret_wo":           secretAttribute("*Secret* of the client."+secret, "oauth2.secret_wo"),
			"secret_wo_version":   versionAttribute("the secret"),
			"username":            plainAttribute("*Username* of the resource's owner." + password),
			"password_wo":         secretAttribute("*Password* of the resource's owner."+password, "oauth2.password_wo"),
			"password_wo_version": versionAttribute("the password"),
			"scopes":              plainAttribute("*Scopes*, as they are typed."),
			"access_token_url": schema.StringAttribute{
				MarkdownDescription: "Required. *Access Token URL*, with `https`. No credentials in it.",
				Optional:            true,
				Validators:          []validator.String{tokenURL("access_token_url")},
			},
			"refresh_token_url": schema.StringAttribute{
				MarkdownDescription: "*Refresh Token URL*, with `https`." + password,
				Optional:            true,
				Validators:          []validator.String{tokenURL("refresh_token_url")},
			},
			"client_authentication_type": schema.StringAttribute{
				MarkdownDescription: "Required. *Client Authentication Type*: " + codes(dialog.ClientAuthenticationTypes()) + ".",
				Optional:            true,
				Validators:          []validator.String{stringvalidator.OneOf(dialog.ClientAuthenticationTypes()...)},
			},
		},
		Blocks: map[string]schema.Block{"jwt": schema.SingleNestedBlock{
			MarkdownDescription: "Header and payload of the client assertion, which CleverTap signs with a key of its own." +
				forGrant(dialog.GrantJWT),
			Attributes: map[string]schema.Attribute{
				"alg": schema.StringAttribute{
					MarkdownDescription: "Required. *Algorithm*: " + codes(dialog.Algorithms()) + ".",
					Optional:            true,
					Validators:          []validator.String{stringvalidator.OneOf(dialog.Algorithms()...)},
				},
				"typ":  plainAttribute("*Type*, such as `JWT`."),
				"kid":  plainAttribute("*Key ID*, by which the server finds the public key."),
				"cty":  plainAttribute("*Content Type*."),
				"crit": plainAttribute("*Critical*, as it is typed."),
				"iss":  plainAttribute("Required. *Issuer*, mostly the client ID."),
				"sub":  plainAttribute("Required. *Subject*, mostly the client ID."),
				"aud":  plainAttribute("Required. *Audience*, as the server wants it."),
				"iat": schema.BoolAttribute{
					MarkdownDescription: "*Use Issued At*: whether the assertion says when it was made. Default `false`.",
					Optional:            true,
				},
				"exp": plainAttribute("Required. *Expiration Time*, as it is typed: CleverTap's guide shows a point in time, in seconds since 1970."),
				"jti": plainAttribute("*JWT ID*."),
			},
		}},
	}
}

func codes(values []string) string { return "`" + strings.Join(values, "`, `") + "`" }

func plainAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description,
		Optional:            true,
		Validators:          []validator.String{validators.PlainText()},
	}
}

func secretAttribute(description, name string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " Checked and dropped: neither state, plan nor template store keeps it. Give it through an " +
			"`ephemeral` variable or resource.",
		Optional:  true,
		Sensitive: true,
		WriteOnly: true,
		Validators: []validator.String{validators.Text("a secret on one line", func(value string) (summary, detail string) {
			if value == "" || strings.TrimSpace(value) != value || strings.ContainsFunc(value, unicode.IsControl) {
				return "Secret of the wrong form", fmt.Sprintf("The value of %s is empty, begins or ends with white space, or holds a line break "+
					"or another control character: it would be entered otherwise than it is declared. It is not shown.", name)
			}
			return "", ""
		})},
	}
}

func versionAttribute(of string) schema.Int64Attribute {
	return schema.Int64Attribute{
		MarkdownDescription: "Version of " + of + ", required with it. Raise it with a new value: Terraform cannot see that by itself, and the " +
			"value has to be entered in the dashboard anew. Without a value the version may stay as it was.",
		Optional:   true,
		Validators: []validator.Int64{int64validator.AtLeast(0)},
	}
}

func tokenURL(name string) validator.String {
	return validators.Text("an https URL without credentials", func(value string) (summary, detail string) {
		if fault := urlFault(value, "https://auth.example.com/oauth2/token", "secret_wo"); fault != "" {
			return "The URL cannot be used", "Of " + name + ", " + fault + "."
		}
		return "", ""
	})
}

// unquoted checks the form of a text in whose place somebody may paste a secret.
func unquoted(description, syntax, summary, detail string) validator.String {
	form := lazyregexp.New(syntax)
	return validators.Text(description, func(value string) (string, string) {
		if form.MatchString(value) {
			return "", ""
		}
		return summary, detail + " The value is not shown."
	})
}

// blockType is the type of a block's attributes, to build it from what a store holds.
func blockType(name string) map[string]attr.Type {
	object, _ := authenticationBlocks()[name].Type().(types.ObjectType)
	return object.AttrTypes
}
