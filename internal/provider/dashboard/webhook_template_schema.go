package dashboard

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
)

func (r *webhookTemplateResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"http_method": schema.StringAttribute{
			MarkdownDescription: "HTTP method: `POST`, `GET`, `PUT` or `DELETE`. LINE's push API takes `POST`.",
			Required:            true,
			// The methods of CleverTap's dialog: "Set Up Webhooks", docs.clevertap.com.
			Validators: []validator.String{stringvalidator.OneOf("POST", "GET", "PUT", "DELETE")},
		},
		"destination_url": schema.StringAttribute{
			MarkdownDescription: "URL that CleverTap calls, with `https`; for LINE `https://api.line.me/v2/bot/message/push`. No credentials in it.",
			Required:            true,
			Validators:          []validator.String{destinationURL()},
		},
	}
	attributes["name"] = stored.NameAttribute(
		"Name of the template, by which campaigns choose it. Another name is another template: it replaces this one.", validators.PlainText())
	maps.Copy(attributes, headerAttributes())
	maps.Copy(attributes, stored.ReceiptAttributes(
		"SHA-256 (hexadecimal) of the canonical JSON of what is to be entered: name, method, URL, headers, names and "+
			"version of the secret headers, and authentication with the versions of its secrets."))
	resp.Schema = schema.Schema{
		MarkdownDescription: "A webhook template of CleverTap, kept in the template store. CleverTap has no API for it: an apply records " +
			"what is declared, and a person enters it in the dashboard, row by row as the function `dialog_rows` lists it.",
		Attributes: attributes,
		Blocks:     authenticationBlocks(),
	}
}
