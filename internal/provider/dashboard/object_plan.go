package dashboard

import (
	"context"
	"fmt"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

func (r *object[C, M, P]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	c := r.Connections
	if c == nil { // without them there is nothing to plan by
		return
	}
	if req.Plan.Raw.IsNull() {
		r.planDelete(ctx, req, &resp.Diagnostics)
		return
	}
	resp.Diagnostics.Append(c.TemplateStore.Missing()...)
	if resp.Diagnostics.HasError() {
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
	p := planning[M]{connections: c, config: req.Config, private: req.Private, prior: prior, messages: messageReader{}}
	P(&plan).plan(ctx, p, &resp.Diagnostics)
	if prior == nil {
		r.planCreate(ctx, c, &plan, &resp.Diagnostics)
	} else {
		P(&plan).receipt().keep(P(prior).receipt())
		c.Names.Own(string(r.kind()), P(prior).identity().ValueString())
		r.planRename(P(prior).identity(), P(&plan).identity(), &resp.Diagnostics)
	}
	if !resp.Diagnostics.HasError() {
		P(&plan).ask(ctx, p, &resp.Diagnostics)
	}
	// Of many resources most are unchanged, and writing the plan costs more than all else here.
	if !reflect.DeepEqual(plan, proposed) {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}

// planCreate asks the store whether the name is free, and what the dashboard still holds of an earlier object of the name.
// What stops an apply stops the plan, before anything else is written.
func (r *object[C, M, P]) planCreate(ctx context.Context, c *connect.Connections, plan P, diags *diag.Diagnostics) {
	store, ok := c.TemplateStore.Known()
	name := plan.identity()
	if !ok || name.IsUnknown() {
		plan.receipt().wait()
		return
	}
	if !c.Names.Create(string(r.kind()), name.ValueString()) {
		diags.AddAttributeError(path.Root("name"), fmt.Sprintf("Two resources are to create the %s %q", r.noun, name.ValueString()),
			"The name is the object's identity in the template store and in the dashboard. Give one of them another name.")
		return
	}
	taken, err := templatestore.Taken[C](ctx, store, name.ValueString())
	if err != nil {
		diags.Append(r.storeFailure("plan", name.ValueString(), err))
		return
	}
	if taken {
		diags.Append(r.nameTaken(ctx, c, name.ValueString())...)
	}
	receipt, _, err := templatestore.ReadReceipt(ctx, store, r.kind(), name.ValueString(), "")
	if err != nil {
		diags.Append(r.storeFailure("read the receipt of", name.ValueString(), err))
		return
	}
	plan.receipt().take(receipt)
}

// nameTaken is an error where no resource in state can have the name, and a warning where none was looked at. A replaced
// and a tainted object own their names, and so does one that is being imported.
func (r *object[C, M, P]) nameTaken(ctx context.Context, c *connect.Connections, name string) (diags diag.Diagnostics) {
	owned, anyRead := c.Names.Owner(ctx, string(r.kind()), name)
	switch {
	case owned:
	case anyRead:
		diags.AddAttributeError(path.Root("name"), fmt.Sprintf("There is a %s %q already", r.noun, name), fmt.Sprintf(
			"It is in the template store, and no resource in state has it. Nothing is taken over silently. To manage the one that exists, "+
				"add this block and plan again, with the address of your resource; one of for_each has its key in it, as in "+
				"clevertap_%[1]s.many[%[3]s]:\n\n  import {\n    to = clevertap_%[1]s.%[2]s\n    id = %[3]s\n  }\n\n"+
				"If this resource only has a new address, add a moved block. Or choose another name.",
			r.typeName, wording.ResourceLabel(name), wording.HCLString(name)))
	default:
		c.Warn(&diags, diag.NewAttributeWarningDiagnostic(path.Root("name"), fmt.Sprintf("There is a %s %q already", r.noun, name),
			"It is in the template store, and this plan has read no resource that may have it: state is empty, or the plan is made "+
				"without a refresh. Unless it is deleted first, as in a replacement, the apply will refuse to create it. One that belongs to "+
				"no resource is taken over with an import block; the name is its ID."))
	}
	return diags
}

// planDelete says what is to be removed by hand.
func (r *object[C, M, P]) planDelete(ctx context.Context, req resource.ModifyPlanRequest, diags *diag.Diagnostics) {
	var name types.String
	diags.Append(req.State.GetAttribute(ctx, path.Root("name"), &name)...)
	if diags.HasError() {
		return
	}
	r.Connections.Names.Own(string(r.kind()), name.ValueString())
	if r.Connections.DashboardReminders {
		r.Connections.Warn(diags, diag.NewWarningDiagnostic(
			fmt.Sprintf("The %s %q is to be removed from CleverTap's dashboard by hand", r.noun, name.ValueString()),
			fmt.Sprintf("It is no longer declared, and an apply does not change the dashboard. Remove or archive it under %s, and then take "+
				"its receipt away, if it has one: clevertap-line entered --removed", r.dialog)))
	}
}

// planRename says what a new name means in the dashboard.
func (r *object[C, M, P]) planRename(before, after types.String, diags *diag.Diagnostics) {
	if !r.Connections.DashboardReminders || after.IsUnknown() || after.Equal(before) {
		return
	}
	r.Connections.Warn(diags, diag.NewAttributeWarningDiagnostic(path.Root("name"),
		fmt.Sprintf("The %s %q is to be renamed to %q in CleverTap's dashboard by hand", r.noun, before.ValueString(), after.ValueString()),
		fmt.Sprintf("The name is the object's identity: this one is deleted, and one of the new name created. Rename it under %s, or enter "+
			"the new one there and remove the old one; then write the new receipt and take the old one away.", r.dialog)))
}
