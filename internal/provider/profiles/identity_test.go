package profiles_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

func TestImportByIdentity(t *testing.T) {
	t.Parallel()
	const typeName = "clevertap_line_profiles"
	server := acctest.CleverTapServer(t, 0, clevertaptest.Config{})
	server.SetProfile("a,b", map[string]any{"LineID": acctest.LineID(1)})
	server.SetProfile("c", map[string]any{"LineID": acctest.LineID(2), "LINE_ID": acctest.LineID(3)})
	s := acctest.NewServer(t, fmt.Sprintf(`{"account_id": %q, "passcode": %q, "api_url": %q}`,
		acctest.CleverTapAccount, acctest.CleverTapPasscode, server.URL))
	list := tftypes.List{ElementType: tftypes.String}
	identityType := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"property": tftypes.String, "identities": list}}
	imported := func(property any, identities ...string) (state, identity string) {
		t.Helper()
		var elements []tftypes.Value
		for _, one := range identities {
			elements = append(elements, tftypes.NewValue(tftypes.String, one))
		}
		given, err := tfprotov6.NewDynamicValue(identityType, tftypes.NewValue(identityType, map[string]tftypes.Value{
			"property": tftypes.NewValue(tftypes.String, property), "identities": tftypes.NewValue(list, elements),
		}))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := s.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
			TypeName: typeName, Identity: &tfprotov6.ResourceIdentityData{IdentityData: &given},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range resp.Diagnostics {
			return d.Summary + ": " + d.Detail, ""
		}
		one := resp.ImportedResources[0]
		read, err := s.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{ // as state has it that knows no identity yet
			TypeName: typeName, CurrentState: one.State, Private: one.Private,
		})
		s.Check(err, read.Diagnostics)
		value, err := read.NewIdentity.IdentityData.Unmarshal(identityType)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(s.Plain(typeName, read.NewState)), fmt.Sprint(acctest.Plain(t, value))
	}
	for name, test := range map[string]struct {
		property        any
		identities      []string
		state, identity string
	}{
		"default property": {nil, []string{"c", "a,b"},
			"map[a,b:" + acctest.LineID(1) + " c:" + acctest.LineID(2) + "] property:LineID", "map[identities:[a,b c] property:LineID]"},
		"another property": {"LINE_ID", []string{"c"}, "map[c:" + acctest.LineID(3) + "] property:LINE_ID", "map[identities:[c] property:LINE_ID]"},
		"nobody":           {"LineID", nil, "The identity to import cannot be used: it names 0 identities", ""},
		"no property":      {"Line ID\n", []string{"c"}, "The identity to import cannot be used: ", ""},
		"no identity":      {"LineID", []string{""}, "The identity to import cannot be used: ", ""},
		"without a value":  {"LINE_ID", []string{"a,b"}, "a,b. Import the others alone", ""},
	} {
		if state, identity := imported(test.property, test.identities...); !strings.Contains(state, test.state) || identity != test.identity {
			t.Errorf("%s: %s with the identity %s", name, state, identity)
		}
	}
}
