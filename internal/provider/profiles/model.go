package profiles

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
)

type lineProfilesModel struct {
	LineIDs                types.Map    `tfsdk:"line_ids"`
	Property               types.String `tfsdk:"property"`
	RequireExistingProfile types.Bool   `tfsdk:"require_existing_profile"`
	Refused                types.Map    `tfsdk:"refused"`
}

// refusalModel is why CleverTap did not take an entry.
type refusalModel struct {
	Code    int64  `tfsdk:"code"`
	Message string `tfsdk:"message"`
}

var refusalType = types.ObjectType{AttrTypes: map[string]attr.Type{"code": types.Int64Type, "message": types.StringType}}

func (m *lineProfilesModel) refusals(ctx context.Context, diags *diag.Diagnostics) map[string]refusalModel {
	refusals := map[string]refusalModel{}
	if !m.Refused.IsNull() && !m.Refused.IsUnknown() {
		diags.Append(m.Refused.ElementsAs(ctx, &refusals, false)...)
	}
	return refusals
}

func refusedMap(ctx context.Context, refusals map[string]refusalModel, diags *diag.Diagnostics) types.Map {
	value, d := types.MapValueFrom(ctx, refusalType, refusals)
	diags.Append(d...)
	return value
}

// refusalList is for messages: one refused entry a line.
func refusalList(refusals map[string]refusalModel) string {
	var lines []string
	for _, identity := range slices.Sorted(maps.Keys(refusals)) {
		line := fmt.Sprintf("%s: %s", identity, refusals[identity].Message)
		if code := refusals[identity].Code; code != 0 {
			line += fmt.Sprintf(" (code %d)", code)
		}
		lines = append(lines, line)
	}
	return wording.Some(lines, "\n")
}
