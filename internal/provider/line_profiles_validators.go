package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
)

// maxListed is how many of many names or faults a message lists.
const maxListed = 10

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
	identities := map[string][]string{}
	var faults diag.Diagnostics
	for _, identity := range slices.Sorted(maps.Keys(entries)) {
		value, ok := entries[identity].(types.String)
		if !ok {
			continue
		}
		if fault := lineIDFault(identity, value); fault != "" {
			faults.AddAttributeError(req.Path.AtMapKey(identity), "Entry of the wrong form", fault+".")
		} else if !value.IsUnknown() {
			identities[value.ValueString()] = append(identities[value.ValueString()], identity)
		}
	}
	resp.Diagnostics.Append(faults[:min(len(faults), maxListed)]...)
	if more := len(faults) - maxListed; more > 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "More entries of the wrong form", fmt.Sprintf("There are %d more like these.", more))
	}
	warnOfSharedLineIDs(identities, req.Path, &resp.Diagnostics)
}

func warnOfSharedLineIDs(identities map[string][]string, at path.Path, diags *diag.Diagnostics) {
	var shared []string
	for _, sharers := range identities {
		if len(sharers) > 1 {
			shared = append(shared, some(sharers, ", "))
		}
	}
	slices.Sort(shared)
	if len(shared) > 0 {
		diags.AddAttributeWarning(at, "One LINE ID for several identities", "A LINE ID is one person's, who would get a campaign's message once for "+
			"each of its profiles. The identities on each line share one:\n"+some(shared, "\n"))
	}
}

// lineIDFault says what is wrong with an entry. It leaves out the LINE ID, which may come from a sensitive variable.
func lineIDFault(identity string, lineID types.String) string {
	if err := clevertap.CheckIdentity(identity); err != nil {
		return err.Error()
	}
	switch {
	case lineID.IsUnknown():
		return ""
	case lineID.IsNull():
		return fmt.Sprintf("The identity %q has no LINE ID; leave out those without one", identity)
	}
	if _, err := line.ParseUserID(lineID.ValueString()); err != nil {
		return fmt.Sprintf("What the identity %q has is no LINE user ID, which is U and 32 lower-case hexadecimal digits", identity)
	}
	return ""
}

// propertyName checks the name of a custom profile property.
type propertyName struct{}

func (propertyName) Description(context.Context) string { return "name of a custom profile property" }

func (v propertyName) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (propertyName) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := clevertap.CheckPropertyName(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "No name of a profile property", err.Error()+".")
	}
}

// profileIdentity checks an identity.
type profileIdentity struct{}

func (profileIdentity) Description(context.Context) string { return "identity of a CleverTap profile" }

func (v profileIdentity) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (profileIdentity) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := clevertap.CheckIdentity(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "No identity of a profile", err.Error()+".")
	}
}

// some lists the first of many.
func some(items []string, separator string) string {
	if more := len(items) - maxListed; more > 0 {
		return strings.Join(items[:maxListed], separator) + fmt.Sprintf("%sand %d more", separator, more)
	}
	return strings.Join(items, separator)
}
