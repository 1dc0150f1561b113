package dashboard

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

type recipientModel struct {
	ProfileProperty types.String `tfsdk:"profile_property"`
	Default         types.String `tfsdk:"default"`
	ID              types.String `tfsdk:"id"`
}

var recipientType = map[string]attr.Type{
	"profile_property": types.StringType, "default": types.StringType, "id": types.StringType,
}

// recipientOf resolves the attribute `to`; known is false while any of it is not. Defaults are resolved there and not in the
// schema, which would fill in fields that a user meant to leave out.
func recipientOf(ctx context.Context, value types.Object, diags *diag.Diagnostics) (to linebody.Recipient, known bool) {
	given := values.ObjectAs[recipientModel](ctx, value, diags)
	return linebody.Recipient{
		ProfileProperty: given.ProfileProperty.ValueStringPointer(),
		Default:         given.Default.ValueStringPointer(),
		ID:              given.ID.ValueStringPointer(),
	}, values.Known(value, given.ProfileProperty, given.Default, given.ID)
}

// block is the block for state: none for a recipient with nothing set, unless state has one with nothing set, as modules
// write that pass on nulls.
func (m recipientModel) block(prior types.Object) types.Object {
	if m.ProfileProperty.IsNull() && m.Default.IsNull() && m.ID.IsNull() {
		for _, value := range prior.Attributes() {
			if !value.IsNull() {
				return types.ObjectNull(recipientType)
			}
		}
		return prior
	}
	return types.ObjectValueMust(recipientType, map[string]attr.Value{
		"profile_property": m.ProfileProperty, "default": m.Default, "id": m.ID,
	})
}
