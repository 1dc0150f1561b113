// Package dashboard has the resources of what CleverTap keeps in its dashboard alone: webhook templates and campaign bodies.
// One life, in object.go, serves all of them; each brings its schema and its model. It knows connect, linebody and the
// template store, and no other room of the provider.
package dashboard

import (
	"context"
	"fmt"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/privatestate"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// objectModel is what the model M of a resource tells about itself to lead the life below; C is what the template store
// keeps of it.
type objectModel[C templatestore.Content, M any] interface {
	*M
	identity() types.String
	receipt() (contentSHA256 types.String, entered bool)
	// plan fills in what follows from the declared attributes. prior is the resource in state, nil on create.
	plan(ctx context.Context, config tfsdk.Config, prior *M, diags *diag.Diagnostics)
	// askLine has LINE check what the provider is set to have checked; after plan, and only what differs from prior.
	askLine(ctx context.Context, c *connect.Connections, config tfsdk.Config, prior *M, diags *diag.Diagnostics)
	content(ctx context.Context, diags *diag.Diagnostics) C
	// refresh takes over what the store holds.
	refresh(ctx context.Context, content *C, diags *diag.Diagnostics)
}

// object is the life of the resources that are kept in the template store, written once for all of them.
type object[C templatestore.Content, M any, P objectModel[C, M]] struct {
	connect.Resource
	about
}

type objectResource interface {
	resource.ResourceWithConfigure
	resource.ResourceWithIdentity
	resource.ResourceWithImportState
	resource.ResourceWithModifyPlan
	resource.ResourceWithValidateConfig
}

// revisionKey is where private state has the revision of the document that was last seen.
const revisionKey = "revision"

type objectIdentity struct {
	Name types.String `tfsdk:"name"`
}

func setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, name types.String, diags *diag.Diagnostics) {
	if identity != nil {
		diags.Append(identity.Set(ctx, objectIdentity{Name: name})...)
	}
}

func (r *object[C, M, P]) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.typeName
}

func (r *object[C, M, P]) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"name": identityschema.StringAttribute{
			Description:       "Name of the " + r.noun + ", as CleverTap and the template store know it.",
			RequiredForImport: true,
		},
	}}
}

func (r *object[C, M, P]) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("name"), path.Root("name"), req, resp)
}

func (r *object[C, M, P]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	if r.Connections != nil {
		resp.Diagnostics.Append(r.Connections.TemplateStore.Missing()...)
		if resp.Diagnostics.HasError() {
			return
		}
	}
	var plan M
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	proposed := plan
	var prior *M
	switch {
	case req.State.Raw.IsNull():
	case req.State.Raw.Equal(req.Plan.Raw):
		prior = &proposed
	default:
		prior = new(M)
		resp.Diagnostics.Append(req.State.Get(ctx, prior)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	P(&plan).plan(ctx, req.Config, prior, &resp.Diagnostics)
	if !resp.Diagnostics.HasError() {
		P(&plan).askLine(ctx, r.Connections, req.Config, prior, &resp.Diagnostics)
	}
	// Of many resources most are unchanged, and writing the plan costs more than all else here.
	if !reflect.DeepEqual(plan, proposed) {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}

func (r *object[C, M, P]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan := P(new(M))
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	content := plan.content(ctx, &resp.Diagnostics)
	store := r.Connections.TemplateStore.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	name := plan.identity()
	revision, err := templatestore.Create(ctx, store, name.ValueString(), content)
	if err != nil {
		resp.Diagnostics.Append(r.storeFailure("create", name.ValueString(), err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	setIdentity(ctx, resp.Identity, name, &resp.Diagnostics)
	privatestate.Set(ctx, resp.Private, revisionKey, revision, &resp.Diagnostics)
	r.remindToEnter(&resp.Diagnostics, plan)
}

func (r *object[C, M, P]) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var name types.String
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("name"), &name)...)
	known := privatestate.Get[templatestore.Revision](ctx, req.Private, revisionKey, &resp.Diagnostics)
	store := r.Connections.TemplateStore.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	// Before a removal, too: Terraform before 1.12 demands the identity of what is gone.
	setIdentity(ctx, resp.Identity, name, &resp.Diagnostics)
	content, revision, err := templatestore.Read[C](ctx, store, name.ValueString(), known)
	if isNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		resp.Diagnostics.Append(r.storeFailure("read", name.ValueString(), err))
		return
	}
	if revision != known {
		privatestate.Set(ctx, resp.Private, revisionKey, revision, &resp.Diagnostics)
	}
	if content == nil {
		return
	}
	state := P(new(M))
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	state.refresh(ctx, content, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *object[C, M, P]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, state := P(new(M)), P(new(M))
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	content := plan.content(ctx, &resp.Diagnostics)
	revision := privatestate.Get[templatestore.Revision](ctx, req.Private, revisionKey, &resp.Diagnostics)
	store := r.Connections.TemplateStore.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	name := plan.identity()
	revision, err := templatestore.Replace(ctx, store, name.ValueString(), content, revision)
	if err != nil {
		resp.Diagnostics.Append(r.storeFailure("update", name.ValueString(), err))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	setIdentity(ctx, resp.Identity, name, &resp.Diagnostics)
	privatestate.Set(ctx, resp.Private, revisionKey, revision, &resp.Diagnostics)
	before, _ := state.receipt()
	if after, _ := plan.receipt(); !after.Equal(before) {
		r.remindToEnter(&resp.Diagnostics, plan)
	}
}

func (r *object[C, M, P]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state := P(new(M))
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	revision := privatestate.Get[templatestore.Revision](ctx, req.Private, revisionKey, &resp.Diagnostics)
	store := r.Connections.TemplateStore.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	name := state.identity().ValueString()
	if err := templatestore.Delete[C](ctx, store, name, revision); err != nil {
		resp.Diagnostics.Append(r.storeFailure("delete", name, err))
		return
	}
	r.remind(&resp.Diagnostics, fmt.Sprintf("The %s %q is no longer declared: remove it under %s.", r.noun, name, r.dialog))
}

// remind says what an apply does not do: change CleverTap's dashboard. Terraform merges warnings of one summary.
func (r *object[C, M, P]) remind(diags *diag.Diagnostics, detail string) {
	if r.Connections.DashboardReminders {
		diags.AddWarning("CleverTap's dashboard still has to be changed by hand", detail)
	}
}

func (r *object[C, M, P]) remindToEnter(diags *diag.Diagnostics, plan P) {
	if contentSHA256, entered := plan.receipt(); !entered {
		r.remind(diags, fmt.Sprintf("Enter the dialog_rows of the %s %q under %s, then set entered_sha256 = %q.", r.noun,
			plan.identity().ValueString(), r.dialog, contentSHA256.ValueString()))
	}
}
