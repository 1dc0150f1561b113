package stored

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// What was entered is compared with what is declared as far as both are known: a wrong guess would fail the apply.
func TestReceiptCompare(t *testing.T) {
	t.Parallel()
	sum, other := types.StringValue("a"), types.StringValue("b")
	for name, test := range map[string]struct {
		entered, content types.String
		want             types.Bool
	}{
		"the same":                      {sum, sum, types.BoolValue(true)},
		"another":                       {other, sum, types.BoolValue(false)},
		"no receipt":                    {types.StringNull(), sum, types.BoolValue(false)},
		"no receipt of unknown content": {types.StringNull(), types.StringUnknown(), types.BoolValue(false)},
		"a receipt of unknown content":  {sum, types.StringUnknown(), types.BoolUnknown()},
		"a store that is not known yet": {types.StringUnknown(), sum, types.BoolUnknown()},
	} {
		m := ReceiptModel{ContentSHA256: test.content, EnteredSHA256: test.entered}
		if m.compare(); !m.Entered.Equal(test.want) {
			t.Errorf("%s: %s, not %s", name, m.Entered, test.want)
		}
	}
}
