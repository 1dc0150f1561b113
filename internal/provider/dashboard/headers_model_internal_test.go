package dashboard

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

// A version may stay, or come back from somebody's edit of the document, without a value; it may not rise without one.
func TestPlanSecretHeaders(t *testing.T) {
	t.Parallel()
	none := types.MapNull(types.StringType)
	given := types.MapValueMust(types.StringType, map[string]attr.Value{"B": types.StringValue("x"), "A": types.StringValue("y")})
	before := values.StringList([]string{"Authorization"})
	for name, test := range map[string]struct {
		given          types.Map
		version, prior types.Int64
		refused        bool
		want           types.List
	}{
		"first with a value":       {given, types.Int64Value(1), types.Int64Null(), false, values.StringList([]string{"A", "B"})},
		"first without a value":    {none, types.Int64Value(1), types.Int64Null(), true, before},
		"higher with a value":      {given, types.Int64Value(2), types.Int64Value(1), false, values.StringList([]string{"A", "B"})},
		"higher without a value":   {none, types.Int64Value(2), types.Int64Value(1), true, before},
		"the same without a value": {none, types.Int64Value(2), types.Int64Value(2), false, before},
		"lower without a value":    {none, types.Int64Value(1), types.Int64Value(2), false, before},
		"unknown without a value":  {none, types.Int64Unknown(), types.Int64Value(1), false, before},
		"no version":               {none, types.Int64Null(), types.Int64Value(1), false, values.StringList(nil)},
		"unknown value":            {types.MapUnknown(types.StringType), types.Int64Value(2), types.Int64Value(1), false, types.ListUnknown(types.StringType)},
	} {
		var diags diag.Diagnostics
		got := planSecretHeaders(test.given, test.version, test.prior, before, &diags)
		if diags.HasError() != test.refused || !test.refused && !got.Equal(test.want) {
			t.Errorf("%s: %s, %v", name, got, diags)
		}
	}
}
