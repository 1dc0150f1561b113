package profiles

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/privatestate"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

// unwrittenKey is where a create keeps the identities it could not write, which are in line_ids all the same.
const unwrittenKey = "unwritten"

// written are the entries of line_ids that this resource has a claim to: not those that CleverTap refused when they were
// created. What their profiles hold is somebody else's, neither to be taken over nor to be removed.
func written(ctx context.Context, entries types.Map, private privatestate.Reader, diags *diag.Diagnostics) map[string]string {
	lineIDs := values.StringsOfMap(ctx, entries, diags)
	unwritten := privatestate.Get[[]string](ctx, private, unwrittenKey, diags)
	for _, identity := range unwritten {
		delete(lineIDs, identity)
	}
	return lineIDs
}

// keepUnwritten remembers the entries that state has and that were not written.
func keepUnwritten(ctx context.Context, private privatestate.Writer, identities []string, diags *diag.Diagnostics) {
	privatestate.Set(ctx, private, unwrittenKey, identities, diags)
}
