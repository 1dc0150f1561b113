package profiles

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
)

// lineIDMap checks identities and LINE IDs, each entry at its own path.
type lineIDMap struct{}

func (lineIDMap) Description(context.Context) string { return "LINE user IDs by CleverTap identity" }

func (v lineIDMap) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (lineIDMap) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	entries := req.ConfigValue.Elements()
	if len(entries) > maxLineIDs {
		resp.Diagnostics.AddAttributeError(req.Path, "Too many profiles for one resource", fmt.Sprintf("It has %d entries and takes up to %d, "+
			"because Terraform reads each profile at every refresh. Use the command clevertap-line profiles upload, which takes a CSV file of any "+
			"size.", len(entries), maxLineIDs))
		return
	}
	var faults diag.Diagnostics
	for _, identity := range slices.Sorted(maps.Keys(entries)) {
		value, ok := entries[identity].(types.String)
		if !ok {
			continue
		}
		if fault := validators.LineIDFault(identity, value); fault != "" {
			faults.AddAttributeError(req.Path.AtMapKey(identity), "Entry of the wrong form", fault+".")
		}
	}
	resp.Diagnostics.Append(faults[:min(len(faults), wording.MaxListed)]...)
	if more := len(faults) - wording.MaxListed; more > 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "More entries of the wrong form", fmt.Sprintf("There are %d more like these.", more))
	}
}

// sharedLineIDs are the identities that share a LINE ID, a text for each ID.
func sharedLineIDs(lineIDs types.Map) []string {
	sharers := map[string][]string{}
	for _, identity := range slices.Sorted(maps.Keys(lineIDs.Elements())) {
		if value, ok := lineIDs.Elements()[identity].(types.String); ok && !value.IsUnknown() {
			sharers[value.ValueString()] = append(sharers[value.ValueString()], identity)
		}
	}
	var shared []string
	for _, identities := range sharers {
		if len(identities) > 1 {
			shared = append(shared, wording.Some(identities, ", "))
		}
	}
	slices.Sort(shared)
	return shared
}
