package stored

import (
	"context"
	"fmt"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/linemessages"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// ModifyPlan fills in what is known before an apply, and refuses what an apply would refuse.
func (r *Object[C, M, P]) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	c := r.Connections
	if c == nil { // without them there is nothing to plan by
		return
	}
	if req.Plan.Raw.IsNull() {
		r.planDelete(ctx, req, &resp.Diagnostics)
		return
	}
	resp.Diagnostics.Append(r.store(c).Missing()...)
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
	p := Planning[M]{Connections: c, Config: req.Config, Private: req.Private, Prior: prior, Messages: linemessages.Reader{}}
	P(&plan).Plan(ctx, p, &resp.Diagnostics)
	if prior == nil {
		r.planCreate(ctx, c, &plan, req.Plan.Raw, &resp.Diagnostics)
	} else {
		if dashboard := P(&plan).Receipt(); dashboard != nil {
			dashboard.keep(P(prior).Receipt())
		}
		c.Names.Own(string(r.kind()), P(prior).Identity().ValueString())
		if name := P(&plan).Identity(); !name.IsUnknown() && !name.Equal(P(prior).Identity()) {
			P(prior).PlanRemoval(ctx, p, name, &resp.Diagnostics)
		}
	}
	if !resp.Diagnostics.HasError() {
		P(&plan).Ask(ctx, p, &resp.Diagnostics)
	}
	// Of many resources most are unchanged, and writing the plan costs more than all else here.
	if !reflect.DeepEqual(plan, proposed) {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
	}
}

// planCreate asks the store whether the name is free, and what the dashboard still holds of an earlier object of the name.
// What stops an apply stops the plan, before anything else is written.
func (r *Object[C, M, P]) planCreate(ctx context.Context, c *connect.Connections, plan P, proposed tftypes.Value, diags *diag.Diagnostics) {
	store, ok := r.store(c).Known()
	name := plan.Identity()
	dashboard := plan.Receipt()
	if !ok || name.IsUnknown() {
		if dashboard != nil {
			dashboard.wait()
		}
		return
	}
	if !c.Names.Create(string(r.kind()), name.ValueString(), proposed) {
		diags.AddAttributeError(path.Root("name"), fmt.Sprintf("Two resources are to create the %s %q", r.Noun, name.ValueString()),
			fmt.Sprintf("The name is the object's identity in the %s. Give one of them another name.", r.storeNoun()))
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
	receipt, _, err := r.readReceipt(ctx, store, name.ValueString(), "")
	if err != nil {
		diags.Append(r.storeFailure("read the receipt of", name.ValueString(), err))
		return
	}
	if dashboard != nil {
		dashboard.take(receipt)
	}
}

// nameTaken is an error where no resource in state can have the name, and a warning where none was looked at. A replaced
// and a tainted object own their names, and so does one that is being imported.
func (r *Object[C, M, P]) nameTaken(ctx context.Context, c *connect.Connections, name string) (diags diag.Diagnostics) {
	owned, anyRead := c.Names.Owner(ctx, string(r.kind()), name)
	switch {
	case owned && r.Published:
		c.Warn(&diags, diag.NewAttributeWarningDiagnostic(path.Root("name"),
			fmt.Sprintf("Campaigns that read the %s %q get nothing for a moment", r.Noun, name),
			"The one in state is tainted, or has another address: its document is deleted and created again, and a campaign that sends in "+
				"between sends nothing. After terraform untaint, or with a moved block, an apply changes it in place."))
	case owned:
	case anyRead:
		diags.AddAttributeError(path.Root("name"), fmt.Sprintf("There is a %s %q already", r.Noun, name), fmt.Sprintf(
			"It is in the %[4]s, and no resource in state has it. Nothing is taken over silently. To manage the one that exists, "+
				"add this block and plan again, with the address of your resource; one of for_each has its key in it, as in "+
				"clevertap_%[1]s.many[%[3]s]:\n\n  import {\n    to = clevertap_%[1]s.%[2]s\n    id = %[3]s\n  }\n\n"+
				"If this resource only has a new address, add a moved block. Or choose another name.",
			r.TypeName, wording.ResourceLabel(name), wording.HCLString(name), r.storeNoun()))
	default:
		c.Warn(&diags, diag.NewAttributeWarningDiagnostic(path.Root("name"), fmt.Sprintf("There is a %s %q already", r.Noun, name),
			"It is in the "+r.storeNoun()+", and this plan has read no resource that may have it: state is empty, or the plan is made "+
				"without a refresh. Unless it is deleted first, as in a replacement, the apply will refuse to create it. One that belongs to "+
				"no resource is taken over with an import block; the name is its ID."))
	}
	return diags
}

// planDelete has the resource in state say what its end means.
func (r *Object[C, M, P]) planDelete(ctx context.Context, req resource.ModifyPlanRequest, diags *diag.Diagnostics) {
	state := P(new(M))
	diags.Append(req.State.Get(ctx, state)...)
	if diags.HasError() {
		return
	}
	r.Connections.Names.Own(string(r.kind()), state.Identity().ValueString())
	state.PlanRemoval(ctx, Planning[M]{Connections: r.Connections, Private: req.Private}, types.StringNull(), diags)
}
