package connect

import (
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// A number from the environment is taken up to its bounds, and refused beyond them; the configuration comes first.
func TestIntSetting(t *testing.T) {
	const variable = "CLEVERTAP_TEST_NUMBER"
	for text, want := range map[string]int64{
		"": 7, "2": 2, strconv.Itoa(MaxCount): MaxCount, "1": -1, strconv.Itoa(MaxCount + 1): -1, "2.5": -1, "many": -1, " 2": -1,
	} {
		t.Setenv(variable, text)
		var diags diag.Diagnostics
		got := intSetting(types.Int64Null(), path.Root("x"), variable, 7, 2, &diags)
		if refused := want < 0; diags.HasError() != refused || !refused && got != want {
			t.Errorf("%q: %d, %v", text, got, diags)
		}
		if got := intSetting(types.Int64Value(9), path.Root("x"), variable, 7, 2, &diags); got != 9 {
			t.Errorf("the configuration's 9 is %d", got)
		}
		if got := intSetting(types.Int64Unknown(), path.Root("x"), variable, 7, 2, &diags); got != 7 {
			t.Errorf("an unknown number is %d", got)
		}
	}
}
