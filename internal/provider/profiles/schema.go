package profiles

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/profileproperty"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
)

const (
	// maxLineIDs is how many profiles one resource takes: each is read, one request for each, whenever Terraform refreshes.
	maxLineIDs = 1000
)

func (r *lineProfilesResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "LINE IDs on CleverTap profiles: one custom property of up to 1,000 profiles, over CleverTap's API. Only " +
			"this property is written, and only where it changed; no profile is ever deleted. Destroying the resource removes the property " +
			"from its profiles, except where CleverTap never took it.\n\nA refresh reads every profile, three at a time. Where CleverTap " +
			"took a value within the last ten minutes and still shows what was there before, that is a warning and no change. For more " +
			"profiles use the command `clevertap-line profiles upload`.",
		Attributes: map[string]schema.Attribute{
			"line_ids": schema.MapAttribute{
				MarkdownDescription: "LINE user IDs (`U` and 32 lower-case hexadecimal digits) by CleverTap identity, up to 1,000. An identity " +
					"belongs in one resource alone. They are personal data and are kept in state. They are not marked as sensitive, so that " +
					"expressions and `for_each` can use them; declare the variable they come from as `sensitive` to keep them out of Terraform's " +
					"plans. Identities are shown even so: warnings, errors and `refused` name them, beside CleverTap's own words.",
				ElementType: types.StringType,
				Required:    true,
				Validators:  []validator.Map{lineIDMap{}},
			},
			"property": schema.StringAttribute{
				MarkdownDescription: "Custom profile property that holds the LINE ID. Default `LineID`; its case matters. Another property " +
					"replaces the resource: it is removed from the profiles under its old name.",
				Optional:      true,
				Computed:      true,
				Default:       stringdefault.StaticString(profileproperty.DefaultName),
				Validators:    []validator.String{validators.PropertyName()},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"require_existing_profile": schema.BoolAttribute{
				MarkdownDescription: "Whether an identity that no profile has is an error, before anything is written. Default `true`. With " +
					"`false`, CleverTap creates a profile for each, also for a misspelled one.",
				Optional: true,
				Computed: true,
				Default:  booldefault.StaticBool(true),
			},
			"refused": schema.MapNestedAttribute{
				MarkdownDescription: "What CleverTap refused, by identity. After a create these entries are a warning and still to do in the " +
					"next plan; in an update they are an error.",
				Computed: true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"code": schema.Int64Attribute{
						MarkdownDescription: "CleverTap's code, 0 if it gave none.",
						Computed:            true,
					},
					"message": schema.StringAttribute{
						MarkdownDescription: "CleverTap's own words.",
						Computed:            true,
					},
				}},
			},
		},
	}
}
