package stored

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

type listModel struct {
	NamePrefix types.String `tfsdk:"name_prefix"`
}

// ListResourceConfigSchema has what a query of the objects takes. A prefix and no pattern: it needs no escaping, whatever is in a
// name, and is what stores of objects know themselves.
func (r *Object[C, M, P]) ListResourceConfigSchema(
	_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse,
) {
	resp.Schema = schema.Schema{
		MarkdownDescription: fmt.Sprintf("Lists what the %s has of `clevertap_%s` under the provider's `account_id`, sorted by name, whether it "+
			"is in state or not. Terraform 1.14 and newer have queries. See [Adopting a whole store](../guides/recovery#adopting-a-whole-store).",
			r.storeNoun(), r.TypeName),
		Attributes: map[string]schema.Attribute{
			"name_prefix": schema.StringAttribute{
				MarkdownDescription: "Only those whose names begin with this text, as it is: its case matters. Default: all.",
				Optional:            true,
			},
		},
	}
}

// List streams the objects of the store. The framework enforces no limit, and takes errors as results alone.
func (r *Object[C, M, P]) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var config listModel
	diags := req.Config.Get(ctx, &config)
	store := r.store(r.Connections).Get(&diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}
	stream.Results = func(push func(list.ListResult) bool) {
		var listed int64
		for found := range templatestore.All[C](ctx, store, config.NamePrefix.ValueString()) {
			result := r.listResult(ctx, req, store, found)
			if !result.Diagnostics.HasError() {
				listed++
			}
			if !push(result) || listed == req.Limit {
				return
			}
		}
	}
}

// listResult is what an import of the object gives, if its resource is asked for.
func (r *Object[C, M, P]) listResult(
	ctx context.Context, req list.ListRequest, store *templatestore.Store, found templatestore.Found[C],
) list.ListResult {
	result := req.NewListResult(ctx)
	if found.Err != nil {
		result.Diagnostics.Append(r.listFailure(found.Name, found.Err))
		return result
	}
	result.DisplayName = found.Name
	name := types.StringValue(found.Name)
	setIdentity(ctx, result.Identity, name, &result.Diagnostics)
	if !req.IncludeResource {
		return result
	}
	receipt, _, err := r.readReceipt(ctx, store, found.Name, "")
	if err != nil {
		result.Diagnostics.Append(r.storeFailure("read the receipt of", found.Name, err))
		return result
	}
	state := P(new(M))
	result.Diagnostics.Append(result.Resource.SetAttribute(ctx, path.Root("name"), name)...)
	result.Diagnostics.Append(result.Resource.Get(ctx, state)...)
	r.refresh(ctx, state, found.Content, receipt, true, &result.Diagnostics)
	result.Diagnostics.Append(result.Resource.Set(ctx, state)...)
	return result
}

// listFailure says why an object, or with no name the store, cannot be listed.
func (r *Object[C, M, P]) listFailure(name string, err error) diag.Diagnostic {
	if name != "" {
		return r.storeFailure("list", name, err)
	}
	return diag.NewErrorDiagnostic(fmt.Sprintf("Cannot list every %s", r.Noun), err.Error())
}
