// Package profiles has the resource that puts LINE IDs on CleverTap profiles. It knows connect and the client of CleverTap,
// and no other room of the provider.
package profiles

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
)

type lineProfilesResource struct{ connect.Resource }

var (
	_ resource.ResourceWithConfigure   = (*lineProfilesResource)(nil)
	_ resource.ResourceWithIdentity    = (*lineProfilesResource)(nil)
	_ resource.ResourceWithImportState = (*lineProfilesResource)(nil)
	_ resource.ResourceWithModifyPlan  = (*lineProfilesResource)(nil)
)

// New is the resource clevertap_line_profiles.
func New() resource.Resource { return &lineProfilesResource{} }

func (r *lineProfilesResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_line_profiles"
	resp.ResourceBehavior.MutableIdentity = true
}

// ModifyPlan plans that nothing is refused in an update, which is an error otherwise. What was refused before is thereby
// a change, and so done again.
func (r *lineProfilesResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var lineIDs types.Map
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("line_ids"), &lineIDs)...)
	if shared := sharedLineIDs(lineIDs); len(shared) > 0 {
		r.Connections.Warn(&resp.Diagnostics, diag.NewAttributeWarningDiagnostic(path.Root("line_ids"),
			"One LINE ID for several identities: "+shared[0], "A LINE ID is one person's, who would get a campaign's message once for "+
				"each of its profiles. The identities on each line share one:\n"+wording.Some(shared, "\n")))
	}
	if !req.State.Raw.IsNull() {
		none := refusedMap(ctx, map[string]refusalModel{}, &resp.Diagnostics)
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("refused"), none)...)
	}
}

// write readies a change of profiles, of which some have a LINE ID from this resource.
func (m *lineProfilesModel) write(
	ctx context.Context, client *clevertap.Client, written map[string]string, unseen unseenWrites, diags *diag.Diagnostics,
) *profilesWrite {
	return &profilesWrite{
		client:          client,
		property:        m.Property.ValueString(),
		requireExisting: m.RequireExistingProfile.ValueBool(),
		lineIDs:         written,
		refused:         m.refusals(ctx, diags),
		unseen:          unseen,
	}
}

// Create leaves no state after an error: one with state would have the next apply remove the property everywhere, and
// doing it all again does no harm. For the same reason refused entries are no error. Terraform wants the state of a
// create to be the plan, so that they leave line_ids with the next refresh.
func (r *lineProfilesResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan lineProfilesModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	declared := values.StringsOfMap(ctx, plan.LineIDs, &resp.Diagnostics)
	client := r.Connections.CleverTap.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	w := plan.write(ctx, client, map[string]string{}, unseenWrites{}, &resp.Diagnostics)
	if err := w.do(ctx, declared, nil); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("line_ids"), "Cannot write LINE IDs to CleverTap", fmt.Sprintf("%s\n\nNothing of it is in "+
			"state. Apply again: what CleverTap may have taken is written once more, which changes nothing.", err))
		return
	}
	plan.Refused = refusedMap(ctx, w.refused, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	plan.identify(ctx, resp.Identity, &resp.Diagnostics)
	w.unseen.keep(ctx, resp.Private, &resp.Diagnostics)
	keepUnwritten(ctx, resp.Private, slices.Sorted(maps.Keys(w.refused)), &resp.Diagnostics)
	if len(w.refused) > 0 {
		resp.Diagnostics.AddAttributeWarning(path.Root("line_ids"), fmt.Sprintf("CleverTap refused %d of %d LINE "+
			"IDs", len(w.refused), len(declared)),
			"The others are written. The next plan shows these as still to do:\n"+refusalList(w.refused))
	}
}

func (r *lineProfilesResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state lineProfilesModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	unseen := knownUnseen(ctx, req.Private, &resp.Diagnostics)
	lineIDs := written(ctx, state.LineIDs, req.Private, &resp.Diagnostics)
	client := r.Connections.CleverTap.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	identities := slices.Sorted(maps.Keys(lineIDs))
	seen, err := readProfiles(ctx, client, state.Property.ValueString(), identities)
	if err != nil {
		resp.Diagnostics.AddError("Cannot read LINE IDs from CleverTap", err.Error())
		return
	}
	var waiting []string
	for _, identity := range identities {
		shown := seen[identity]
		switch {
		case shown.value == lineIDs[identity]:
			delete(unseen, identity)
		case unseen.explain(identity, shown, time.Now()):
			waiting = append(waiting, identity)
		case shown.value == "":
			delete(unseen, identity)
			delete(lineIDs, identity)
		default:
			delete(unseen, identity)
			lineIDs[identity] = shown.value
		}
	}
	if len(waiting) > 0 {
		resp.Diagnostics.AddWarning("CleverTap does not show all LINE IDs yet", fmt.Sprintf("It took %d of them less than %d minutes ago "+
			"and still "+
			"shows what was there before: %s. They count as written; a later plan shows them as a change if CleverTap still does not.",
			len(waiting), int(settleTime.Minutes()), wording.Some(waiting, ", ")))
	}
	state.LineIDs = values.StringMap(lineIDs)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	state.identify(ctx, resp.Identity, &resp.Diagnostics)
	unseen.keep(ctx, resp.Private, &resp.Diagnostics)
	keepUnwritten(ctx, resp.Private, nil, &resp.Diagnostics)
}

func (r *lineProfilesResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state lineProfilesModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	unseen := knownUnseen(ctx, req.Private, &resp.Diagnostics)
	held := written(ctx, state.LineIDs, req.Private, &resp.Diagnostics)
	declared := values.StringsOfMap(ctx, plan.LineIDs, &resp.Diagnostics)
	client := r.Connections.CleverTap.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	w := state.write(ctx, client, held, unseen, &resp.Diagnostics)
	w.requireExisting = plan.RequireExistingProfile.ValueBool()
	set := map[string]string{}
	for identity, lineID := range declared {
		_, refused := w.refused[identity]
		if refused || w.lineIDs[identity] != lineID {
			set[identity] = lineID
		}
	}
	var remove []string
	for _, identity := range slices.Sorted(maps.Keys(w.lineIDs)) {
		if _, stays := declared[identity]; !stays {
			remove = append(remove, identity)
		}
	}
	maps.DeleteFunc(w.refused, func(identity string, _ refusalModel) bool {
		_, stays := declared[identity]
		return !stays
	})
	err := w.do(ctx, set, remove)
	w.unseen.keep(ctx, resp.Private, &resp.Diagnostics)
	keepUnwritten(ctx, resp.Private, nil, &resp.Diagnostics) // state has only what was written
	if reportWrite("write LINE IDs to CleverTap", err, w, &resp.Diagnostics) {
		plan = state // as far as it was not changed
		plan.LineIDs = values.StringMap(w.lineIDs)
		plan.Refused = refusedMap(ctx, w.refused, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	plan.identify(ctx, resp.Identity, &resp.Diagnostics)
}

func (r *lineProfilesResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state lineProfilesModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	unseen := knownUnseen(ctx, req.Private, &resp.Diagnostics)
	held := written(ctx, state.LineIDs, req.Private, &resp.Diagnostics)
	client := r.Connections.CleverTap.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	w := state.write(ctx, client, held, unseen, &resp.Diagnostics)
	w.refused = map[string]refusalModel{}
	err := w.do(ctx, nil, slices.Sorted(maps.Keys(w.lineIDs)))
	if reportWrite("remove LINE IDs from CleverTap", err, w, &resp.Diagnostics) {
		state.LineIDs = values.StringMap(w.lineIDs)
		state.Refused = refusedMap(ctx, w.refused, &resp.Diagnostics)
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	}
}

// reportWrite tells what went wrong with a write, and whether anything did.
func reportWrite(doing string, err error, w *profilesWrite, diags *diag.Diagnostics) bool {
	switch {
	case err != nil:
		diags.AddAttributeError(path.Root("line_ids"), "Cannot "+doing, fmt.Sprintf("%s\n\nState holds what CleverTap is known to have taken. "+
			"Apply again to go on.", err))
	case len(w.refused) > 0:
		diags.AddAttributeError(path.Root("line_ids"), fmt.Sprintf("CleverTap refused %d LINE IDs", len(w.refused)),
			"All else is done. The next plan shows these as still to do:\n"+refusalList(w.refused))
	}
	return err != nil || len(w.refused) > 0
}
