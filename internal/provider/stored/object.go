// Package stored is the life of the resources that are kept in a store, written once for all of them: dashboard objects with
// their receipts in the template store, live ones in the publish store. Each can be listed. Each resource brings its schema and
// its model. It knows connect and the stores, and none of the rooms that use it.
package stored

import (
	"context"
	"fmt"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/linemessages"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/privatestate"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// Model is what the model M of a resource tells about itself to lead the life below; C is what the store keeps of it.
type Model[C templatestore.Content, M any] interface {
	*M
	Identity() types.String
	// Receipt is nil for what nobody enters.
	Receipt() *ReceiptModel
	// Plan fills in what follows from the declared attributes.
	Plan(ctx context.Context, p Planning[M], diags *diag.Diagnostics)
	// Ask has LINE and CleverTap check what the provider is set to have checked; after Plan, and only what differs from the
	// resource in state.
	Ask(ctx context.Context, p Planning[M], diags *diag.Diagnostics)
	// PlanRemoval is asked of the resource in state that is to be deleted, or replaced by one of another name: then renamed
	// is that name, null else.
	PlanRemoval(ctx context.Context, p Planning[M], renamed types.String, diags *diag.Diagnostics)
	Content(ctx context.Context, diags *diag.Diagnostics) C
	// Refresh takes over what the store holds.
	Refresh(ctx context.Context, c *connect.Connections, content *C, diags *diag.Diagnostics)
	// Wrote is told of a write, before state is: what it notes in the model and in private state is kept.
	Wrote(ctx context.Context, w Written[M], diags *diag.Diagnostics)
}

// Observer is a model that looks in each refresh at what no store holds.
type Observer interface {
	Observe(ctx context.Context, c *connect.Connections, diags *diag.Diagnostics)
}

// Planning is what a plan of one resource goes by.
type Planning[M any] struct {
	Connections *connect.Connections
	Config      tfsdk.Config
	Private     privatestate.Reader
	// Prior is the resource in state, nil on create.
	Prior *M
	// Messages reads those of this plan.
	Messages linemessages.Reader
}

// Written is a write that was done.
type Written[M any] struct {
	Connections *connect.Connections
	Config      tfsdk.Config
	Private     privatestate.Writer
	Store       *templatestore.Store
	// Prior is the resource in state, nil on create.
	Prior *M
}

// Object is that life.
type Object[C templatestore.Content, M any, P Model[C, M]] struct {
	connect.Resource
	About
}

// Resource is what an [Object] with a schema is.
type Resource interface {
	list.ListResourceWithConfigure
	resource.ResourceWithConfigure
	resource.ResourceWithIdentity
	resource.ResourceWithImportState
	resource.ResourceWithModifyPlan
	resource.ResourceWithValidateConfig
}

// Where private state has the revision of the document, and the ETag of the receipt, that were last seen.
const (
	revisionKey = "revision"
	receiptKey  = "receipt"
)

type objectIdentity struct {
	Name types.String `tfsdk:"name"`
}

func setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, name types.String, diags *diag.Diagnostics) {
	if identity != nil {
		diags.Append(identity.Set(ctx, objectIdentity{Name: name})...)
	}
}

// Metadata names the resource type.
func (r *Object[C, M, P]) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.TypeName
}

// IdentitySchema has the name, which is all of an identity.
func (r *Object[C, M, P]) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"name": identityschema.StringAttribute{
			Description:       "Name of the " + r.Noun + ", as CleverTap and the " + r.storeNoun() + " know it.",
			RequiredForImport: true,
		},
	}}
}

// ImportState takes a name, as ID or identity; the refresh that follows reads the store.
func (r *Object[C, M, P]) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("name"), path.Root("name"), req, resp)
}

// Create writes a document that is not there yet.
func (r *Object[C, M, P]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan := P(new(M))
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	content := plan.Content(ctx, &resp.Diagnostics)
	store := r.store(r.Connections).Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	name := plan.Identity()
	revision, err := templatestore.Create(ctx, store, name.ValueString(), content)
	if err != nil {
		resp.Diagnostics.Append(r.storeFailure("create", name.ValueString(), err))
		return
	}
	setIdentity(ctx, resp.Identity, name, &resp.Diagnostics)
	privatestate.Set(ctx, resp.Private, revisionKey, revision, &resp.Diagnostics)
	plan.Wrote(ctx, Written[M]{r.Connections, req.Config, resp.Private, store, nil}, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// Read takes over what the store has, which tells what is gone from what it does not show.
func (r *Object[C, M, P]) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var name types.String
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("name"), &name)...)
	known := privatestate.Get[templatestore.Revision](ctx, req.Private, revisionKey, &resp.Diagnostics)
	knownReceipt := privatestate.Get[string](ctx, req.Private, receiptKey, &resp.Diagnostics)
	r.Connections.Names.Read(string(r.kind()), name.ValueString())
	store := r.store(r.Connections).Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		if known == (templatestore.Revision{}) && len(r.store(r.Connections).Missing()) == 0 {
			resp.Diagnostics.Append(r.importReadsStore())
		}
		return
	}
	// Before a removal, too: Terraform before 1.12 demands the identity of what is gone.
	setIdentity(ctx, resp.Identity, name, &resp.Diagnostics)
	content, revision, err := templatestore.Read[C](ctx, store, name.ValueString(), known)
	if isReason(err, templatestore.NotFound) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.Append(r.storeFailure("read", name.ValueString(), err))
		return
	}
	receipt, receiptETag, err := r.readReceipt(ctx, store, name.ValueString(), knownReceipt)
	if err != nil {
		resp.Diagnostics.Append(r.storeFailure("read the receipt of", name.ValueString(), err))
		return
	}
	if store.Unlisted(r.kind(), name.ValueString()) {
		r.Connections.Warn(&resp.Diagnostics, diag.NewWarningDiagnostic(
			fmt.Sprintf("The %s's listing omits the %s %q", r.storeNoun(), r.Noun, name.ValueString()),
			"It is there, and was read. A store whose listings lag or omit documents hides them from everybody who lists it: ask who runs it, "+
				"and try it with clevertap-line store verify."))
	}
	if revision != known {
		privatestate.Set(ctx, resp.Private, revisionKey, revision, &resp.Diagnostics)
	}
	if receiptETag != knownReceipt {
		privatestate.Set(ctx, resp.Private, receiptKey, receiptETag, &resp.Diagnostics)
	}
	state := P(new(M))
	_, observes := any(state).(Observer)
	if content == nil && receiptETag == knownReceipt && !observes {
		return
	}
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	r.refresh(ctx, state, content, receipt, receiptETag != knownReceipt, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// refresh takes over what the store has: a content that is not nil, a receipt that is another one. Then it looks at the rest.
func (r *Object[C, M, P]) refresh(
	ctx context.Context, state P, content *C, receipt *templatestore.Receipt, otherReceipt bool, diags *diag.Diagnostics,
) {
	if content != nil {
		state.Refresh(ctx, r.Connections, content, diags)
	}
	if dashboard := state.Receipt(); dashboard != nil {
		if otherReceipt {
			dashboard.take(receipt)
		}
		dashboard.compare()
	}
	if observer, observes := any(state).(Observer); observes {
		observer.Observe(ctx, r.Connections, diags)
	}
}

// readReceipt finds none of what nobody enters.
func (r *Object[C, M, P]) readReceipt(
	ctx context.Context, store *templatestore.Store, name, known string,
) (receipt *templatestore.Receipt, etag string, err error) {
	if P(new(M)).Receipt() == nil {
		return nil, known, nil
	}
	return templatestore.ReadReceipt(ctx, store, r.kind(), name, known)
}

// Update writes over the document that was last seen, and no other.
func (r *Object[C, M, P]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, state := P(new(M)), P(new(M))
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	content := plan.Content(ctx, &resp.Diagnostics)
	revision := privatestate.Get[templatestore.Revision](ctx, req.Private, revisionKey, &resp.Diagnostics)
	store := r.store(r.Connections).Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	name := plan.Identity()
	revision, err := templatestore.Replace(ctx, store, name.ValueString(), content, revision)
	if err != nil {
		resp.Diagnostics.Append(r.storeFailure("update", name.ValueString(), err))
		return
	}
	setIdentity(ctx, resp.Identity, name, &resp.Diagnostics)
	privatestate.Set(ctx, resp.Private, revisionKey, revision, &resp.Diagnostics)
	plan.Wrote(ctx, Written[M]{r.Connections, req.Config, resp.Private, store, state}, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// Delete says nothing of the dashboard: the plan has said what is to be removed there, and knows a replacement from an end.
func (r *Object[C, M, P]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state := P(new(M))
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	revision := privatestate.Get[templatestore.Revision](ctx, req.Private, revisionKey, &resp.Diagnostics)
	store := r.store(r.Connections).Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	name := state.Identity().ValueString()
	if revision == (templatestore.Revision{}) {
		// Terraform forgets the private state of a tainted object. Then what is in state must be what is in the store.
		content, seen, err := templatestore.Read[C](ctx, store, name, revision)
		if err == nil && r.unchanged(ctx, state, content) {
			revision = seen
		}
	}
	if err := templatestore.Delete[C](ctx, store, name, revision); err != nil {
		resp.Diagnostics.Append(r.storeFailure("delete", name, err))
		return
	}
	r.Connections.Names.Forget(string(r.kind()), name)
}

// unchanged says whether the store holds what state does.
func (r *Object[C, M, P]) unchanged(ctx context.Context, state P, content *C) bool {
	var diags diag.Diagnostics
	refreshed := *state
	P(&refreshed).Refresh(ctx, r.Connections, content, &diags)
	return !diags.HasError() && reflect.DeepEqual(refreshed, *state)
}

func (r *Object[C, M, P]) kind() templatestore.Kind { return templatestore.KindOf[C]() }
