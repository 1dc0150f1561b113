// Package values converts between Go's values and those of Terraform's plugin framework. It knows nothing else, and every
// package of the provider may know it.
package values

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
)

// Known says whether all values, and all that they hold, are known.
func Known(values ...attr.Value) bool {
	for _, value := range values {
		if value.IsUnknown() {
			return false
		}
		switch collection := value.(type) {
		case types.List:
			if !Known(collection.Elements()...) {
				return false
			}
		case types.Set:
			if !Known(collection.Elements()...) {
				return false
			}
		case types.Map:
			for _, element := range collection.Elements() {
				if element.IsUnknown() {
					return false
				}
			}
		case types.Object:
			for _, attribute := range collection.Attributes() {
				if !Known(attribute) {
					return false
				}
			}
		}
	}
	return true
}

// StringList is a list of texts, empty for nil.
func StringList(values []string) types.List {
	elements := make([]attr.Value, len(values))
	for i, value := range values {
		elements[i] = types.StringValue(value)
	}
	return types.ListValueMust(types.StringType, elements)
}

// StringMap is null for a nil map, as StringsOfMap is nil for null.
func StringMap(values map[string]string) types.Map {
	if values == nil {
		return types.MapNull(types.StringType)
	}
	elements := make(map[string]attr.Value, len(values))
	for name, value := range values {
		elements[name] = types.StringValue(value)
	}
	return types.MapValueMust(types.StringType, elements)
}

// StringsOfList is nil for null.
func StringsOfList(ctx context.Context, list types.List, diags *diag.Diagnostics) []string {
	if list.IsNull() {
		return nil
	}
	var values []string
	diags.Append(list.ElementsAs(ctx, &values, false)...)
	return values
}

// StringsOfMap is nil for null.
func StringsOfMap(ctx context.Context, m types.Map, diags *diag.Diagnostics) map[string]string {
	if m.IsNull() {
		return nil
	}
	var values map[string]string
	diags.Append(m.ElementsAs(ctx, &values, false)...)
	return values
}

// ObjectAs reads an object into a struct with tfsdk tags. A null or unknown one has no settings.
func ObjectAs[T any](ctx context.Context, value types.Object, diags *diag.Diagnostics) T {
	var settings T
	if !value.IsNull() && !value.IsUnknown() {
		diags.Append(value.As(ctx, &settings, basetypes.ObjectAsOptions{})...)
	}
	return settings
}
