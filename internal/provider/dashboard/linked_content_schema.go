package dashboard

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
)

func (r *linkedContentResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"http_method": schema.StringAttribute{
			MarkdownDescription: "HTTP method: `GET`, or `POST`, which has no request body here. What is published as files is read by `GET`.",
			Required:            true,
			// The methods of CleverTap's dialog: "Linked Content", docs.clevertap.com.
			Validators: []validator.String{stringvalidator.OneOf("GET", "POST")},
		},
		"endpoint_url": schema.StringAttribute{
			MarkdownDescription: "URL that CleverTap reads when a campaign sends, with `https`, as in " +
				"`https://line.example.com/default/line-linked-messages/{{message}}.json`. `{{parameters}}` in its path and query are letters, " +
				"digits and `_`; each campaign maps them to constants or profile properties. No credentials in it.",
			Required:   true,
			Validators: []validator.String{endpointURL()},
		},
		"parameters": schema.ListAttribute{
			MarkdownDescription: "Names of the parameters, in the order in which they first stand in the URL.",
			ElementType:         types.StringType,
			Computed:            true,
		},
	}
	name := validators.Text("letters, digits and _, not beginning with a digit", func(value string) (summary, detail string) {
		if err := linkedcontent.CheckAPIName(value); err != nil {
			return "The name cannot be used", err.Error() + "."
		}
		return "", ""
	})
	attributes["name"] = stored.NameAttribute("API Name, by which bodies read it: `Linked.line_messages`. Letters, digits and `_`. Another "+
		"name is another API: it replaces this one.", name)
	maps.Copy(attributes, headerAttributes())
	maps.Copy(attributes, stored.ReceiptAttributes(
		"SHA-256 (hexadecimal) of the canonical JSON of what is to be entered: name, method, URL, headers, names and "+
			"version of the secret headers."))
	resp.Schema = schema.Schema{
		MarkdownDescription: "A Linked Content API of CleverTap, by which campaigns read LINE messages when they send, kept in the template " +
			"store. CleverTap has no API to set one up: an apply records what is declared, and a person enters it in the dashboard, row by " +
			"row as the function `dialog_rows` lists it. One serves any number of campaigns.",
		Attributes: attributes,
	}
}

func endpointURL() validator.String {
	return validators.Text("an https URL with {{parameters}}, without credentials", func(value string) (summary, detail string) {
		const what = "The endpoint URL cannot be used"
		endpoint, err := linkedcontent.ParseEndpoint(value)
		if err != nil {
			return what, "Of endpoint_url, " + err.Error() + "."
		}
		const example = "https://line.example.com/default/line-linked-messages/{{message}}.json"
		if fault := urlFault(endpoint.URL, example, "secret_headers_wo"); fault != "" {
			return what, "Of endpoint_url, " + fault + "."
		}
		return "", ""
	})
}
