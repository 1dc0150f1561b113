package dashboard

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

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
		"headers": schema.MapAttribute{
			MarkdownDescription: "Headers by name, in plain sight: they are kept in state and in the template store. `Authorization`, " +
				"`Cookie` and whatever looks like a credential is refused: it belongs in `secret_headers_wo`.",
			ElementType: types.StringType,
			Optional:    true,
			Validators:  []validator.Map{plainHeaders{}},
		},
		"secret_headers_wo": schema.MapAttribute{
			MarkdownDescription: "Secret headers by name, such as `Authorization`. The values are checked and dropped: neither state, plan " +
				"nor template store keeps them, only their names. Give them through an `ephemeral` variable or resource; any other variable is " +
				"in the plan file whatever a provider does.",
			ElementType: types.StringType,
			Optional:    true,
			Sensitive:   true,
			WriteOnly:   true,
		},
		"secret_headers_wo_version": schema.Int64Attribute{
			MarkdownDescription: "Version of the secret headers. Raise it with a new value: Terraform cannot see that by itself, and the " +
				"value has to be entered in the dashboard anew. Without a value the version may stay as it was; to have no secret headers any " +
				"more, remove it together with `secret_headers_wo`.",
			Optional:   true,
			Validators: []validator.Int64{int64validator.AtLeast(0)},
		},
		"secret_header_names": schema.ListAttribute{
			MarkdownDescription: "Names of the secret headers, sorted.",
			ElementType:         types.StringType,
			Computed:            true,
		},
	}
	attributes["name"] = stored.NameAttribute(
		"Name of the template, by which campaigns choose it. Another name is another template: it replaces this one.", validators.PlainText())
	maps.Copy(attributes, stored.ReceiptAttributes(
		"SHA-256 (hexadecimal) of the canonical JSON of what is to be entered: name, method, URL, headers, names and "+
			"version of the secret headers."))
	resp.Schema = schema.Schema{
		MarkdownDescription: "A webhook template of CleverTap, kept in the template store. CleverTap has no API for it: an apply records " +
			"what is declared, and a person enters it in the dashboard, row by row as the function `dialog_rows` lists it.",
		Attributes: attributes,
	}
}
