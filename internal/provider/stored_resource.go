package provider

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// storedModel is what the model M of a resource tells about itself to lead the life below; C is what the template store
// keeps of it.
type storedModel[C templatestore.Content, M any] interface {
	*M
	identity() types.String
	receipt() (contentSHA256 types.String, entered bool)
	// plan fills in what follows from the declared attributes. prior is the resource in state, nil on create.
	plan(ctx context.Context, config tfsdk.Config, prior *M, diags *diag.Diagnostics)
	// askLine has LINE check what the provider is set to have checked; after plan, and only what differs from prior.
	askLine(ctx context.Context, c *connections, config tfsdk.Config, prior *M, diags *diag.Diagnostics)
	content(ctx context.Context, diags *diag.Diagnostics) C
	// refresh takes over what the store holds.
	refresh(ctx context.Context, content *C, diags *diag.Diagnostics)
}

// storedResource is the life of the resources that are kept in the template store, written once for all of them.
type storedResource[C templatestore.Content, M any, P storedModel[C, M]] struct {
	connections *connections
	// typeName is the resource type without the provider's name, noun how messages call one, dialog where the dashboard
	// has it.
	typeName, noun, dialog string
}

type storableResource interface {
	resource.ResourceWithConfigure
	resource.ResourceWithIdentity
	resource.ResourceWithImportState
	resource.ResourceWithModifyPlan
	resource.ResourceWithValidateConfig
}

func (r *storedResource[C, M, P]) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_" + r.typeName
}

func (r *storedResource[C, M, P]) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	if given, ok := req.ProviderData.(*connections); ok {
		r.connections = given
	}
}

func (r *storedResource[C, M, P]) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"name": identityschema.StringAttribute{
			Description:       "Name of the " + r.noun + ", as CleverTap and the template store know it.",
			RequiredForImport: true,
		},
	}}
}

func (r *storedResource[C, M, P]) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("name"), path.Root("name"), req, resp)
}

func (r *storedResource[C, M, P]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	if r.connections != nil && r.connections.storeMissing != nil && !r.connections.storeNotYetKnown {
		resp.Diagnostics.Append(r.connections.storeMissing)
		return
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
		P(&plan).askLine(ctx, r.connections, req.Config, prior, &resp.Diagnostics)
	}
	// Of many resources most are unchanged, and writing the plan costs more than all else here.
	if !reflect.DeepEqual(plan, proposed) {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}

func (r *storedResource[C, M, P]) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan := P(new(M))
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	content := plan.content(ctx, &resp.Diagnostics)
	store := r.connections.templateStore(&resp.Diagnostics)
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
	keepRevision(ctx, resp.Private, revision, &resp.Diagnostics)
	r.remindToEnter(&resp.Diagnostics, plan)
}

func (r *storedResource[C, M, P]) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var name types.String
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("name"), &name)...)
	known := knownRevision(ctx, req.Private, &resp.Diagnostics)
	store := r.connections.templateStore(&resp.Diagnostics)
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
		keepRevision(ctx, resp.Private, revision, &resp.Diagnostics)
	}
	if content == nil {
		return
	}
	state := P(new(M))
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	state.refresh(ctx, content, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *storedResource[C, M, P]) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, state := P(new(M)), P(new(M))
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	content := plan.content(ctx, &resp.Diagnostics)
	revision := knownRevision(ctx, req.Private, &resp.Diagnostics)
	store := r.connections.templateStore(&resp.Diagnostics)
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
	keepRevision(ctx, resp.Private, revision, &resp.Diagnostics)
	before, _ := state.receipt()
	if after, _ := plan.receipt(); !after.Equal(before) {
		r.remindToEnter(&resp.Diagnostics, plan)
	}
}

func (r *storedResource[C, M, P]) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state := P(new(M))
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	revision := knownRevision(ctx, req.Private, &resp.Diagnostics)
	store := r.connections.templateStore(&resp.Diagnostics)
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

// storeFailure turns an error of the template store into a diagnostic that says what to do next in Terraform's words.
func (r *storedResource[C, M, P]) storeFailure(doing, name string, err error) diag.Diagnostic {
	summary := fmt.Sprintf("Cannot %s the %s %q", doing, r.noun, name)
	detail := err.Error()
	var failure *templatestore.Error
	if !errors.As(err, &failure) {
		return diag.NewErrorDiagnostic(summary, detail)
	}
	switch failure.Reason {
	case templatestore.NameTaken:
		detail += fmt.Sprintf("\n\nNothing is taken over silently. To manage the one that exists, add this block (with the address of "+
			"your resource) and plan again:\n\n  import {\n    to = clevertap_%s.%s\n    id = %s\n  }\n\nOr choose another name.",
			r.typeName, labelFor(name), hclString(name))
		return diag.NewAttributeErrorDiagnostic(path.Root("name"), summary, detail)
	case templatestore.Changed:
		detail += "\n\nSomebody changed it after this plan was made. Nothing was written. Plan again to see their change."
	}
	return diag.NewErrorDiagnostic(summary, detail)
}

func isNotFound(err error) bool {
	var failure *templatestore.Error
	return errors.As(err, &failure) && failure.Reason == templatestore.NotFound
}

// remind says what an apply does not do: change CleverTap's dashboard. Terraform merges warnings of one summary.
func (r *storedResource[C, M, P]) remind(diags *diag.Diagnostics, detail string) {
	if r.connections.dashboardReminders {
		diags.AddWarning("CleverTap's dashboard still has to be changed by hand", detail)
	}
}

func (r *storedResource[C, M, P]) remindToEnter(diags *diag.Diagnostics, plan P) {
	if contentSHA256, entered := plan.receipt(); !entered {
		r.remind(diags, fmt.Sprintf("Enter the dialog_rows of the %s %q under %s, then set entered_sha256 = %q.", r.noun,
			plan.identity().ValueString(), r.dialog, contentSHA256.ValueString()))
	}
}
