package evidence

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/profileproperty"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
)

type profilePropertyDataSource struct{ connect.DataSource }

var _ datasource.DataSourceWithConfigure = (*profilePropertyDataSource)(nil)

// NewProfileProperty is the data source of that name.
func NewProfileProperty() datasource.DataSource { return &profilePropertyDataSource{} }

type profilePropertyModel struct {
	Name   types.String `tfsdk:"name"`
	Exists types.Bool   `tfsdk:"exists"`
	Type   types.String `tfsdk:"type"`
}

func (d *profilePropertyDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_profile_property"
}

func (d *profilePropertyDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Whether the CleverTap account has a custom profile property, for instance the one that holds LINE IDs. " +
			"CleverTap makes it with the first value that is uploaded, and tells upper from lower case: its own guide to LINE has both " +
			"`LineID` and `lineID`.",
		Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the property. Default `LineID`. If the account has it only in another spelling of upper and lower " +
					"case, a warning says which.",
				Optional:   true,
				Computed:   true,
				Validators: []validator.String{validators.PropertyName()},
			},
			"exists": schema.BoolAttribute{
				MarkdownDescription: "Whether the account has the property, spelled like this.",
				Computed:            true,
			},
			"type": schema.StringAttribute{
				MarkdownDescription: "CleverTap's word for the kind of its values; null if there is no such property or CleverTap does not say.",
				Computed:            true,
			},
		},
	}
}

func (d *profilePropertyDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model profilePropertyModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	client := d.Connections.CleverTap.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	properties, err := client.UserProperties(ctx)
	if err != nil {
		resp.Diagnostics.AddError("Cannot read the profile properties from CleverTap", err.Error())
		return
	}
	if model.Name.IsNull() {
		model.Name = types.StringValue(profileproperty.DefaultName)
	}
	name := model.Name.ValueString()
	model.Exists, model.Type = types.BoolValue(false), types.StringNull()
	var alike []string
	for _, property := range properties {
		if property.Name == name {
			model.Exists = types.BoolValue(true)
			if property.Type != "" {
				model.Type = types.StringValue(property.Type)
			}
		} else if strings.EqualFold(property.Name, name) {
			alike = append(alike, property.Name)
		}
	}
	if !model.Exists.ValueBool() && len(alike) > 0 {
		resp.Diagnostics.AddAttributeWarning(path.Root("name"), "The property is spelled otherwise", fmt.Sprintf("The account has no "+
			"property %q, but "+
			"%s. Upper and lower case differ: a body that reads one finds nothing in the other.", name, wording.Some(alike, ", ")))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}
