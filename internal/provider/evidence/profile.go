package evidence

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/profileproperty"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

type profileDataSource struct{ connect.DataSource }

var _ datasource.DataSourceWithConfigure = (*profileDataSource)(nil)

// NewProfile is the data source of that name.
func NewProfile() datasource.DataSource { return &profileDataSource{} }

type profileModel struct {
	Identity      types.String `tfsdk:"identity"`
	Property      types.String `tfsdk:"property"`
	PropertyNames types.Set    `tfsdk:"property_names"`
	Exists        types.Bool   `tfsdk:"exists"`
	LineID        types.String `tfsdk:"line_id"`
	Properties    types.Map    `tfsdk:"properties"`
}

func (d *profileDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_profile"
}

func (d *profileDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "One CleverTap profile: whether it exists, its LINE ID, and the properties that are asked for; nothing else " +
			"of it comes into state. A value that was just written may not be shown yet.",
		Attributes: map[string]schema.Attribute{
			"identity": schema.StringAttribute{
				MarkdownDescription: "Identity by which CleverTap knows the user.",
				Required:            true,
				Validators:          []validator.String{validators.ProfileIdentity()},
			},
			"property": schema.StringAttribute{
				MarkdownDescription: "Custom profile property that holds the LINE ID. Default `LineID`; its case matters.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.String{validators.PropertyName()},
			},
			"property_names": schema.SetAttribute{
				MarkdownDescription: "Names of the custom properties to read into `properties`.",
				ElementType:         types.StringType,
				Optional:            true,
				Validators:          []validator.Set{setvalidator.ValueStringsAre(stringvalidator.LengthAtLeast(1))},
			},
			"exists": schema.BoolAttribute{
				MarkdownDescription: "Whether a profile has the identity.",
				Computed:            true,
			},
			"line_id": schema.StringAttribute{
				MarkdownDescription: "The LINE ID; null if the profile has none.",
				Computed:            true,
			},
			"properties": schema.MapAttribute{
				MarkdownDescription: "Those of `property_names` that the profile has, as text: a text as it is, anything else as JSON.",
				ElementType:         types.StringType,
				Computed:            true,
			},
		},
	}
}

func (d *profileDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model profileModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	var names []string
	resp.Diagnostics.Append(model.PropertyNames.ElementsAs(ctx, &names, false)...)
	client := d.Connections.CleverTap.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	profile, err := client.Profile(ctx, model.Identity.ValueString())
	if err != nil {
		resp.Diagnostics.AddError("Cannot read the profile from CleverTap", err.Error())
		return
	}
	if model.Property.IsNull() {
		model.Property = types.StringValue(profileproperty.DefaultName)
	}
	model.Exists = types.BoolValue(profile.Exists)
	model.LineID = types.StringNull()
	if lineID := profile.Text(model.Property.ValueString()); lineID != "" {
		model.LineID = types.StringValue(lineID)
	}
	properties := map[string]string{}
	for _, name := range names {
		if profile.Properties[name] != nil {
			properties[name] = profile.Text(name)
		}
	}
	model.Properties = values.StringMap(properties)
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}
