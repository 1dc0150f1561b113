package profiles

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

// profilesIdentity names the profiles, and so is another one whenever some come or go.
type profilesIdentity struct {
	Property   types.String `tfsdk:"property"`
	Identities types.List   `tfsdk:"identities"`
}

func (r *lineProfilesResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"property": identityschema.StringAttribute{
			Description:       "Custom profile property that holds the LINE ID. Default LineID.",
			OptionalForImport: true,
		},
		"identities": identityschema.ListAttribute{
			Description:       "CleverTap identities of the profiles, 1 to 1,000.",
			ElementType:       types.StringType,
			RequiredForImport: true,
		},
	}}
}

// identify sets the identity of the profiles in the model.
func (m *lineProfilesModel) identify(ctx context.Context, identity *tfsdk.ResourceIdentity, diags *diag.Diagnostics) {
	if identity != nil {
		names := slices.Sorted(maps.Keys(m.LineIDs.Elements()))
		diags.Append(identity.Set(ctx, profilesIdentity{m.Property, values.StringList(names)})...)
	}
}
