package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// known says whether all values, and all that they hold, are known.
func known(values ...attr.Value) bool {
	for _, value := range values {
		if value.IsUnknown() {
			return false
		}
		switch collection := value.(type) {
		case types.List:
			if !known(collection.Elements()...) {
				return false
			}
		case types.Map:
			for _, element := range collection.Elements() {
				if element.IsUnknown() {
					return false
				}
			}
		}
	}
	return true
}

func stringList(values []string) types.List {
	elements := make([]attr.Value, len(values))
	for i, value := range values {
		elements[i] = types.StringValue(value)
	}
	return types.ListValueMust(types.StringType, elements)
}

// stringMap is null for a nil map, as stringsOfMap is nil for null.
func stringMap(values map[string]string) types.Map {
	if values == nil {
		return types.MapNull(types.StringType)
	}
	elements := make(map[string]attr.Value, len(values))
	for name, value := range values {
		elements[name] = types.StringValue(value)
	}
	return types.MapValueMust(types.StringType, elements)
}

func stringsOfList(ctx context.Context, list types.List, diags *diag.Diagnostics) []string {
	if list.IsNull() {
		return nil
	}
	var values []string
	diags.Append(list.ElementsAs(ctx, &values, false)...)
	return values
}

func stringsOfMap(ctx context.Context, m types.Map, diags *diag.Diagnostics) map[string]string {
	if m.IsNull() {
		return nil
	}
	var values map[string]string
	diags.Append(m.ElementsAs(ctx, &values, false)...)
	return values
}
