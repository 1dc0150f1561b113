package actions

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

type externalTriggerAction struct{ connect.Action }

var (
	_ action.ActionWithConfigure      = (*externalTriggerAction)(nil)
	_ action.ActionWithValidateConfig = (*externalTriggerAction)(nil)
	_ action.ActionWithModifyPlan     = (*externalTriggerAction)(nil)
)

// NewExternalTrigger is the action of that name.
func NewExternalTrigger() action.Action { return &externalTriggerAction{} }

type externalTriggerModel struct {
	CampaignID types.String `tfsdk:"campaign_id"`
	Identities types.Set    `tfsdk:"identities"`
	Parameters types.Map    `tfsdk:"parameters"`
	DryRun     types.Bool   `tfsdk:"dry_run"`
}

func (a *externalTriggerAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_external_trigger"
}

func (a *externalTriggerAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "**Experimental**: fires a campaign that waits for CleverTap's External Trigger API, which is in Public Beta. " +
			"The campaign is made and published in the dashboard, with the qualification criteria *External trigger*. By default nothing is " +
			"sent: `dry_run` says what would be.\n\nA campaign that was fired cannot be called back. CleverTap knows no key by which it would " +
			"recognise a repetition, so that a request whose answer was lost is not sent again: the error says so, and the campaign's report in " +
			"the dashboard is where to look. That CleverTap takes a trigger for some of the users only is an error, too.",
		Attributes: map[string]schema.Attribute{
			"campaign_id": schema.StringAttribute{
				MarkdownDescription: "ID of the campaign, as the dashboard shows it.",
				Required:            true,
			},
			"identities": schema.SetAttribute{
				MarkdownDescription: fmt.Sprintf("Identities of the users who get it, %d at most.", clevertap.MaxTriggered),
				ElementType:         types.StringType,
				Required:            true,
			},
			"parameters": schema.MapAttribute{
				MarkdownDescription: "Texts that the campaign's message has as `{{ ExternalTrigger.name }}`.",
				ElementType:         types.StringType,
				Optional:            true,
			},
			"dry_run": schema.BoolAttribute{
				MarkdownDescription: "Whether to say what would be sent, and send nothing. Default `true`.",
				Optional:            true,
			},
		},
	}
}

func (a *externalTriggerAction) ValidateConfig(
	ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse,
) {
	readTrigger(ctx, req.Config, &resp.Diagnostics)
}

// ModifyPlan checks the values of a plan, and wants CleverTap's credentials before anything is applied.
func (a *externalTriggerAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	_, dryRun := readTrigger(ctx, req.Config, &resp.Diagnostics)
	if a.Connections != nil && !dryRun {
		resp.Diagnostics.Append(a.Connections.CleverTap.Missing()...)
	}
}

// readTrigger reads the configuration, and finds what is wrong with it as far as it is known. It is a dry run by default, and as
// long as it is not known whether it is one.
func readTrigger(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) (trigger clevertap.Trigger, dryRun bool) {
	var m externalTriggerModel
	diags.Append(config.Get(ctx, &m)...)
	dryRun = m.DryRun.IsNull() || m.DryRun.IsUnknown() || m.DryRun.ValueBool()
	if diags.HasError() || !values.Known(m.CampaignID, m.Identities, m.Parameters) {
		return trigger, dryRun
	}
	trigger.CampaignID = m.CampaignID.ValueString()
	diags.Append(m.Identities.ElementsAs(ctx, &trigger.Identities, false)...)
	trigger.Parameters = values.StringsOfMap(ctx, m.Parameters, diags)
	if diags.HasError() {
		return trigger, dryRun
	}
	if err := trigger.Check(); err != nil {
		diags.AddError("The campaign cannot be fired", err.Error()+".")
	}
	return trigger, dryRun
}

func (a *externalTriggerAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	say := func(format string, args ...any) {
		resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf(format, args...)})
	}
	trigger, dryRun := readTrigger(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	what := fmt.Sprintf("campaign %s for %d users", trigger.CampaignID, len(trigger.Identities))
	if len(trigger.Parameters) > 0 {
		what += " with the parameters " + strings.Join(slices.Sorted(maps.Keys(trigger.Parameters)), ", ")
	}
	if dryRun {
		say("Dry run: this would fire %s. Nothing was sent. To fire it, set dry_run = false.", what)
		return
	}
	client := a.Connections.CleverTap.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	say("Firing %s.", what)
	if err := client.Fire(ctx, trigger); err != nil {
		resp.Diagnostics.AddError("CleverTap did not say that it fired the campaign", err.Error())
		return
	}
	say("CleverTap took it. It sends the message on its own time: see the campaign's report in the dashboard.")
}
