package dashboard

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

// secretHeaderNames are those of the write-only map, where it is given, and else those that state knows: a run without
// the secret at hand changes nothing.
func secretHeaderNames(given types.Map, prior types.List) types.List {
	switch {
	case given.IsUnknown():
		return types.ListUnknown(types.StringType)
	case !given.IsNull():
		return values.StringList(slices.Sorted(maps.Keys(given.Elements())))
	case prior.IsNull():
		return values.StringList(nil)
	}
	return prior
}

// secretHeadersOf are in the configuration alone.
func secretHeadersOf(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) types.Map {
	var headers types.Map
	diags.Append(config.GetAttribute(ctx, path.Root("secret_headers_wo"), &headers)...)
	return headers
}

// planSecretHeaders decides on the names, and refuses a version that moves without a value to go with it.
func planSecretHeaders(given types.Map, version, priorVersion types.Int64, priorNames types.List, diags *diag.Diagnostics) types.List {
	if version.IsNull() {
		return secretHeaderNames(given, types.ListNull(types.StringType))
	}
	// A lower version in the configuration is somebody's edit of the document, which the plan puts right without the value.
	moved := priorVersion.IsNull() || version.ValueInt64() > priorVersion.ValueInt64()
	if given.IsNull() && moved && !version.IsUnknown() {
		diags.AddAttributeError(path.Root("secret_headers_wo"), "The version of the secret headers moved without a value",
			fmt.Sprintf("secret_headers_wo_version is %d, which state does not know, but secret_headers_wo is null. Give the value (is the "+
				"ephemeral variable set in this run?), or leave the version as it was.", version.ValueInt64()))
	}
	return secretHeaderNames(given, priorNames)
}
