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
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// objectModel is what the model M of a resource tells about itself to lead the life below; C is what the template store
// keeps of it.
type objectModel[C templatestore.Content, M any] interface {
	*M
	identity() types.String
	receipt() *receiptModel
	// plan fills in what follows from the declared attributes.
	plan(ctx context.Context, p planning[M], diags *diag.Diagnostics)
	// ask has LINE and CleverTap check what the provider is set to have checked; after plan, and only what differs from the
	// resource in state.
	ask(ctx context.Context, p planning[M], diags *diag.Diagnostics)
	content(ctx context.Context, messages messageReader, diags *diag.Diagnostics) C
	// refresh takes over what the store holds.
	refresh(ctx context.Context, content *C, messages messageReader, diags *diag.Diagnostics)
	// remember is what private state keeps of a write besides the revision.
	remember(ctx context.Context, c *connect.Connections, config tfsdk.Config, private privatestate.Writer, diags *diag.Diagnostics)
}

// planning is what a plan of one resource goes by.
type planning[M any] struct {
	connections *connect.Connections
	config      tfsdk.Config
	private     privatestate.Reader
	// prior is the resource in state, nil on create.
	prior    *M
	messages messageReader
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

func (r *object[C, M, P]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan := P(new(M))
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	content := plan.content(ctx, messageReader{}, &resp.Diagnostics)
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
	plan.remember(ctx, r.Connections, req.Config, resp.Private, &resp.Diagnostics)
	r.remindToEnter(&resp.Diagnostics, store, plan)
}

func (r *object[C, M, P]) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var name types.String
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("name"), &name)...)
	known := privatestate.Get[templatestore.Revision](ctx, req.Private, revisionKey, &resp.Diagnostics)
	knownReceipt := privatestate.Get[string](ctx, req.Private, receiptKey, &resp.Diagnostics)
	r.Connections.Names.Read(string(r.kind()), name.ValueString())
	store := r.Connections.TemplateStore.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		if known == (templatestore.Revision{}) && len(r.Connections.TemplateStore.Missing()) == 0 {
			resp.Diagnostics.Append(r.importReadsStore())
		}
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
	receipt, receiptETag, err := templatestore.ReadReceipt(ctx, store, r.kind(), name.ValueString(), knownReceipt)
	if err != nil {
		resp.Diagnostics.Append(r.storeFailure("read the receipt of", name.ValueString(), err))
		return
	}
	if store.Unlisted(r.kind(), name.ValueString()) {
		r.Connections.Warn(&resp.Diagnostics, diag.NewWarningDiagnostic(
			fmt.Sprintf("The template store's listing omits the %s %q", r.noun, name.ValueString()),
			"It is there, and was read. A store whose listings lag or omit documents hides them from everybody who lists it: ask who runs it, "+
				"and try it with clevertap-line store verify."))
	}
	if revision != known {
		privatestate.Set(ctx, resp.Private, revisionKey, revision, &resp.Diagnostics)
	}
	if receiptETag != knownReceipt {
		privatestate.Set(ctx, resp.Private, receiptKey, receiptETag, &resp.Diagnostics)
	}
	if content == nil && receiptETag == knownReceipt {
		return
	}
	state := P(new(M))
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	if content != nil {
		state.refresh(ctx, content, messageReader{}, &resp.Diagnostics)
	}
	if receiptETag != knownReceipt {
		state.receipt().take(receipt)
	}
	state.receipt().compare()
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *object[C, M, P]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, state := P(new(M)), P(new(M))
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	content := plan.content(ctx, messageReader{}, &resp.Diagnostics)
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
	plan.remember(ctx, r.Connections, req.Config, resp.Private, &resp.Diagnostics)
	if !plan.receipt().ContentSHA256.Equal(state.receipt().ContentSHA256) {
		r.remindToEnter(&resp.Diagnostics, store, plan)
	}
}

// Delete says nothing of the dashboard: the plan has said what is to be removed there, and knows a replacement from an end.
func (r *object[C, M, P]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state := P(new(M))
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	revision := privatestate.Get[templatestore.Revision](ctx, req.Private, revisionKey, &resp.Diagnostics)
	store := r.Connections.TemplateStore.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	name := state.identity().ValueString()
	if revision == (templatestore.Revision{}) {
		// Terraform forgets the private state of a tainted object. Then what is in state must be what is in the store.
		content, seen, err := templatestore.Read[C](ctx, store, name, revision)
		if err == nil && r.unchanged(ctx, state, content) {
			revision = seen
		}
	}
	if err := templatestore.Delete[C](ctx, store, name, revision); err != nil {
		resp.Diagnostics.Append(r.storeFailure("delete", name, err))
	}
}

// unchanged says whether the store holds what state does.
func (r *object[C, M, P]) unchanged(ctx context.Context, state P, content *C) bool {
	var diags diag.Diagnostics
	refreshed := *state
	P(&refreshed).refresh(ctx, content, messageReader{}, &diags)
	return !diags.HasError() && reflect.DeepEqual(refreshed, *state)
}

func (r *object[C, M, P]) kind() templatestore.Kind { return templatestore.KindOf[C]() }

// remindToEnter says what an apply does not do: change CleverTap's dashboard.
func (r *object[C, M, P]) remindToEnter(diags *diag.Diagnostics, store *templatestore.Store, plan P) {
	if r.Connections.DashboardReminders && !plan.receipt().Entered.ValueBool() {
		name := plan.identity().ValueString()
		diags.AddWarning(fmt.Sprintf("The %s %q is still to be entered in CleverTap's dashboard", r.noun, name), fmt.Sprintf(
			"An apply does not change the dashboard. Enter there, under %s, what dialog_rows(clevertap_%s.%s) lists, and then write the "+
				"receipt: %s", r.dialog, r.typeName, wording.ResourceLabel(name), enteredCommand(store, r.kind(), name)))
	}
}

// enteredCommand writes the receipt of an object.
func enteredCommand(store *templatestore.Store, kind templatestore.Kind, name string) string {
	command := "clevertap-line entered "
	if account := store.Account(); account != templatestore.DefaultAccount {
		command += "--account " + wording.ShellWord(account) + " "
	}
	return command + wording.ShellWord(store.Location()) + " " + wording.ShellWord(string(kind)+"/"+name)
}
