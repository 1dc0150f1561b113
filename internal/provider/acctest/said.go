package acctest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// Said is what the validation of faulty configurations of a resource says, word for word, for a golden file. The
// configurations are JSON by a name; one of which nothing is said fails the test.
func (s *Server) Said(typeName string, configs map[string]string) string {
	s.t.Helper()
	var said strings.Builder
	for _, name := range slices.Sorted(maps.Keys(configs)) {
		fmt.Fprintf(&said, "# %s\n", name)
		resp, err := s.ValidateResourceConfig(s.t.Context(), &tfprotov6.ValidateResourceConfigRequest{
			TypeName: typeName, Config: s.Value(s.Schemas.ResourceSchemas[typeName], configs[name]),
			ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
		})
		if err != nil {
			s.t.Fatal(err)
		}
		if len(resp.Diagnostics) == 0 {
			s.t.Errorf("%s: nothing is said", name)
		}
		var lines []string // attributes are validated in no order
		for _, d := range resp.Diagnostics {
			lines = append(lines, fmt.Sprintf("%s at %s: %s\n  %s\n", d.Severity, d.Attribute, d.Summary,
				strings.ReplaceAll(d.Detail, "\n", "\n  ")))
		}
		slices.Sort(lines)
		said.WriteString(strings.Join(lines, ""))
	}
	return said.String()
}
