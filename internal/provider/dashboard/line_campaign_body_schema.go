package dashboard

import (
	"context"
	"fmt"
	"maps"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
)

// aggregationUnit is the form that LINE documents ("Send push message", customAggregationUnits).
var aggregationUnit = regexp.MustCompile(`^[a-zA-Z0-9_]{1,30}$`)

func (r *lineCampaignBodyResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := map[string]schema.Attribute{
		"webhook_template": schema.StringAttribute{
			MarkdownDescription: "Name of the webhook template that the campaign chooses.",
			Optional:            true,
			Validators:          []validator.String{validators.PlainText()},
		},
		"messages": schema.ListAttribute{
			MarkdownDescription: "One to five messages, each one LINE message object as JSON text: `jsonencode({ type = \"text\", text = " +
				"\"…\" })` or `file(\"menu.flex.json\")`. They are checked at plan. White space and the order of keys are no change. " +
				"A `$schema` is for editors, and left out.",
			ElementType: types.StringType,
			Optional:    true,
		},
		"linked_messages": schema.StringAttribute{
			MarkdownDescription: "The `reference` of a `clevertap_line_linked_messages`, in place of `messages`: the body reads them when the " +
				"campaign sends, and stays the same while their texts change. It sends nothing else: where they cannot be read, where the " +
				"campaign asks for others, and where their Liquid has changed, it ends in CleverTap's `{% abort %}`.",
			Optional: true,
			Validators: []validator.String{validators.Text("the reference of linked messages", func(value string) (summary, detail string) {
				if _, err := linkedcontent.ParseReference(value); err != nil {
					return "The linked messages cannot be read", fmt.Sprintf("%s. Give the attribute reference of a "+
						"clevertap_line_linked_messages, as in linked_messages = clevertap_line_linked_messages.welcome.reference.", err)
				}
				return "", ""
			})},
		},
		"track_versions": schema.BoolAttribute{
			MarkdownDescription: "Whether the body tells LINE which version of its `messages` it sends, by `version_unit` as " +
				"`customAggregationUnits`. Of `linked_messages` it is set there. Each version takes one of the 1,000 names that LINE counts " +
				"in a month.",
			Optional: true,
		},
		"version_unit": schema.StringAttribute{
			MarkdownDescription: "Name under which LINE counts this version, where `track_versions` is set: see the data source " +
				"`clevertap_line_unit_names`. It is in the body, so that it says what was entered: an edit in the dashboard keeps it.",
			Computed: true,
		},
		"notification_disabled": schema.BoolAttribute{
			MarkdownDescription: "`true` sends without a push notification on the device (`notificationDisabled`). Left out of the body unless set.",
			Optional:            true,
		},
		"custom_aggregation_units": schema.ListAttribute{
			MarkdownDescription: "One name under which LINE counts the messages for statistics (`customAggregationUnits`): 1 to 30 letters, " +
				"digits and underscores. LINE counts up to 1,000 different names a month. Left out of the body unless set.",
			ElementType: types.StringType,
			Optional:    true,
			Validators: []validator.List{
				listvalidator.SizeBetween(1, 1),
				listvalidator.NoNullValues(),
				listvalidator.ValueStringsAre(stringvalidator.RegexMatches(aggregationUnit, "must be 1 to 30 letters, digits and underscores")),
			},
		},
		"body": schema.StringAttribute{
			MarkdownDescription: "The exact text to paste as *Custom body* of the webhook campaign.",
			Computed:            true,
		},
	}
	attributes["name"] = stored.NameAttribute("Name of the body in the template store. Another name is another body: it replaces this one.",
		validators.PlainText())
	maps.Copy(attributes, stored.ReceiptAttributes(
		"SHA-256 (hexadecimal) of the canonical JSON of what is to be entered: the body and the name of the webhook template."))
	resp.Schema = schema.Schema{
		MarkdownDescription: "The custom body of a webhook campaign that sends LINE messages, kept in the template store. CleverTap has " +
			"no API for it: an apply records what is declared, and a person enters it in the dashboard, row by row as the function " +
			"`dialog_rows` lists it.",
		Attributes: attributes,
		Blocks:     map[string]schema.Block{"to": recipientBlock()},
	}
}

func recipientBlock() schema.SingleNestedBlock {
	return schema.SingleNestedBlock{
		MarkdownDescription: "Who receives the message: the LINE ID in a profile property, with a default for profiles without it, or one " +
			"fixed `id`. Without `to`, property `LineID` and default `N.A`.",
		Attributes: map[string]schema.Attribute{
			"profile_property": schema.StringAttribute{
				MarkdownDescription: "CleverTap profile property that holds the LINE ID. Default `LineID`; its case matters.",
				Optional:            true,
			},
			"default": schema.StringAttribute{
				MarkdownDescription: "What stands in for the property where a profile lacks it. Default `N.A`, to which LINE answers 400: the " +
					"message is not sent.",
				Optional: true,
			},
			"id": schema.StringAttribute{
				MarkdownDescription: "A fixed LINE user, group or room ID, instead of a profile property.",
				Optional:            true,
			},
		},
	}
}
