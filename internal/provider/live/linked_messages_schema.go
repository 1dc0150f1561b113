package live

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/servedcontent"
)

func (r *linkedMessagesResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "LINE messages that CleverTap reads when a campaign sends, kept in the publish store: an apply changes what " +
			"people get, within minutes and with nothing done in the dashboard. The campaign's body is pasted once, from a " +
			"`clevertap_line_campaign_body` with the `reference` of these messages. See the guide " +
			"[Messages that change with an apply](../guides/linked-messages).",
		Attributes: map[string]schema.Attribute{
			"name": stored.NameAttribute("Name of the messages: letters, digits, `_` and `-`. It is the file's name in the publish store, and "+
				"the constant that a campaign gives to the Linked Content API. Another name is another document: it replaces this one.", name()),
			"linked_content": schema.StringAttribute{
				MarkdownDescription: "Name of the Linked Content API in the dashboard by which campaigns read them, as in " +
					"`clevertap_linked_content.line_messages.name`.",
				Required: true,
				Validators: []validator.String{validators.Text("the name of a Linked Content API", func(value string) (summary, detail string) {
					return fault("The name of the Linked Content API cannot be used", linkedcontent.CheckAPIName(value))
				})},
			},
			"variant_of": schema.StringAttribute{
				MarkdownDescription: "Name that the campaign's body asks for where these are one of several variants, such as languages: " +
					"`welcome` for messages named `welcome_ja` and `welcome_th`. Left out, it asks for `name`.",
				Optional:   true,
				Validators: []validator.String{name()},
			},
			"messages": schema.ListAttribute{
				MarkdownDescription: "One to five messages, each one LINE message object as JSON text: `jsonencode({ type = \"text\", text = " +
					"\"…\" })` or `file(\"menu.flex.json\")`. They are checked at plan. White space and the order of keys are no change. " +
					"A `$schema` is for editors, and left out.",
				ElementType: types.StringType,
				Required:    true,
			},
			"track_versions": schema.BoolAttribute{
				MarkdownDescription: "Whether bodies tell LINE which version they send, by `version_unit` as `customAggregationUnits`. Each " +
					"version takes one of the 1,000 names that LINE counts in a month.",
				Optional: true,
			},
			"frozen": schema.BoolAttribute{
				MarkdownDescription: "`true` makes a change or delete of the messages an error at plan: for a one-time send, once it is " +
					"scheduled. An edit of the published file is still put right.",
				Optional: true,
			},
			"served_at": schema.StringAttribute{
				MarkdownDescription: "URL under which CleverTap finds the document, `https` unless it is a loopback address. It is read after a " +
					"write, until it serves what was published, and in each refresh; what it does not serve is a warning.",
				Optional: true,
				Validators: []validator.String{validators.Text("a URL", func(value string) (summary, detail string) {
					return fault("The URL cannot be read back", servedcontent.CheckURL(value))
				})},
			},
			"reference": schema.StringAttribute{
				MarkdownDescription: "What the attribute `linked_messages` of a `clevertap_line_campaign_body` takes. It does not change with the " +
					"texts, only with names and with the Liquid between them.",
				Computed: true,
			},
			"shape": schema.StringAttribute{
				MarkdownDescription: "8 hexadecimal digits of the Liquid in the messages. A campaign's body sends only what has the shape that it " +
					"was made for.",
				Computed: true,
			},
			"content_sha256": schema.StringAttribute{
				MarkdownDescription: "SHA-256 (hexadecimal) of the canonical JSON of the messages.",
				Computed:            true,
			},
			"version_unit": schema.StringAttribute{
				MarkdownDescription: "Name under which LINE counts this version, where `track_versions` is set: see the data source " +
					"`clevertap_line_unit_names`.",
				Computed: true,
			},
			"served_sha256": schema.StringAttribute{
				MarkdownDescription: "The `content_sha256` of what `served_at` was last seen to serve; null where it served no messages.",
				Computed:            true,
			},
		},
	}
}

func name() validator.String {
	return validators.Text("letters, digits, _ and -", func(value string) (summary, detail string) {
		return fault("The name cannot be used", linkedcontent.CheckName(value))
	})
}

func fault(what string, err error) (summary, detail string) {
	if err == nil {
		return "", ""
	}
	return what, err.Error() + "."
}
