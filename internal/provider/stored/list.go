package stored

import (
	"context"
	"fmt"
	"iter"

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
	if req.Limit <= 0 {
		return
	}
	stream.Results = func(push func(list.ListResult) bool) {
		names, err := templatestore.Names[C](ctx, store, config.NamePrefix.ValueString())
		if err != nil {
			push(list.ListResult{Diagnostics: diag.Diagnostics{r.listFailure("", err)}})
			return
		}
		wanted := req.Limit
		read := func(ctx context.Context, one templatestore.Listed) listedObject {
			return r.listOne(ctx, req, store, one)
		}
		for one := range readAhead(ctx, names, read) {
			if isReason(one.err, templatestore.NotFound) { // deleted since the listing
				continue
			}
			if !one.Diagnostics.HasError() {
				wanted--
			}
			if !push(one.ListResult) || wanted == 0 || isReason(one.err, templatestore.Unavailable) {
				return
			}
		}
	}
}

// listedObject is a result, with the store's error if that is what it tells.
type listedObject struct {
	list.ListResult
	err error
}

// listOne reads one object. Its resource is what an import of it gives.
func (r *Object[C, M, P]) listOne(
	ctx context.Context, req list.ListRequest, store *templatestore.Store, listed templatestore.Listed,
) listedObject {
	result := req.NewListResult(ctx)
	failed := func(err error) listedObject {
		result.Diagnostics.Append(r.listFailure(listed.Name, err))
		return listedObject{result, err}
	}
	if listed.Err != nil {
		return failed(listed.Err)
	}
	content, _, err := templatestore.Read[C](ctx, store, listed.Name, templatestore.Revision{})
	if err != nil {
		return failed(err)
	}
	result.DisplayName = listed.Name
	name := types.StringValue(listed.Name)
	setIdentity(ctx, result.Identity, name, &result.Diagnostics)
	if !req.IncludeResource {
		return listedObject{result, nil}
	}
	receipt, _, err := r.readReceipt(ctx, store, listed.Name, "")
	if err != nil {
		return failed(err)
	}
	state := P(new(M))
	result.Diagnostics.Append(result.Resource.SetAttribute(ctx, path.Root("name"), name)...)
	result.Diagnostics.Append(result.Resource.Get(ctx, state)...)
	r.refresh(ctx, state, content, receipt, true, &result.Diagnostics)
	result.Diagnostics.Append(result.Resource.Set(ctx, state)...)
	return listedObject{result, nil}
}

// listFailure says why an object cannot be listed, or without a name what there is to list.
func (r *Object[C, M, P]) listFailure(name string, err error) diag.Diagnostic {
	if name != "" {
		return r.storeFailure("list", name, err)
	}
	return diag.NewErrorDiagnostic(fmt.Sprintf("Cannot list every %s", r.Noun), err.Error())
}

// readsAhead is how many objects are read while an earlier one is waited for.
const readsAhead = 8

// readAhead reads objects in order, the next ones while one is waited for, and holds no more than those.
func readAhead(
	ctx context.Context, objects []templatestore.Listed, read func(context.Context, templatestore.Listed) listedObject,
) iter.Seq[listedObject] {
	return func(yield func(listedObject) bool) {
		stopped := make(chan struct{})
		defer close(stopped)
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		pending := make(chan chan listedObject, readsAhead)
		go func() {
			defer close(pending)
			for _, object := range objects {
				result := make(chan listedObject, 1)
				select {
				case pending <- result:
				case <-stopped:
					return
				}
				go func() { result <- read(ctx, object) }()
			}
		}()
		for result := range pending {
			if !yield(<-result) {
				return
			}
		}
	}
}
