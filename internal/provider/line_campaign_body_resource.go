package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const campaignDialog = "Campaigns > + Campaign > Webhooks"

type lineCampaignBodyResource struct {
	storedResource[templatestore.LineCampaignBody, lineCampaignBodyModel, *lineCampaignBodyModel]
}

var _ storableResource = (*lineCampaignBodyResource)(nil)

func newLineCampaignBodyResource() resource.Resource {
	r := &lineCampaignBodyResource{}
	r.typeName, r.noun, r.dialog = "line_campaign_body", "LINE campaign body", campaignDialog
	return r
}

// ValidateConfig checks recipient and messages. Terraform calls it in validate, plan and apply, each time with what is
// known by then, so that nothing is written unchecked.
func (r *lineCampaignBodyResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config lineCampaignBodyModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	to := config.checkRecipient(ctx, &resp.Diagnostics)
	config.checkMessages(to, linebody.Options{Strict: r.connections != nil && r.connections.strictMessageTypes}, &resp.Diagnostics)
}

// checkRecipient returns the text of `to`; for one that is not known, that of the defaults.
func (m *lineCampaignBodyModel) checkRecipient(ctx context.Context, diags *diag.Diagnostics) string {
	at := path.Root("to")
	to := objectAs[recipientModel](ctx, m.To, diags)
	if !known(m.To, to.ProfileProperty, to.Default, to.ID) {
		return recipientModel{}.text()
	}
	if err := to.check(); err != nil {
		diags.AddAttributeError(at, "The recipient cannot be written into the body", err.Error())
		return recipientModel{}.text()
	}
	return to.text()
}

func (m *lineCampaignBodyModel) checkMessages(to string, options linebody.Options, diags *diag.Diagnostics) {
	at := path.Root("messages")
	// A message that is not known yet waits; until then another stands in its place, so that the rest is checked.
	const standIn = `{"type":"text","text":"not known yet"}`
	messages := make([]string, len(m.Messages.Elements()))
	for i, element := range m.Messages.Elements() {
		message, _ := element.(types.String)
		switch {
		case message.IsUnknown():
			messages[i] = standIn
		case message.IsNull():
			messages[i] = standIn
			diags.AddAttributeError(at.AtListIndex(i), "A message is null", fmt.Sprintf("messages[%d] is null. A condition that leaves a message out "+
				"is written with concat(): concat([…], condition ? [message] : []).", i))
		default:
			messages[i] = message.ValueString()
		}
	}
	if len(messages) == 0 {
		return
	}
	for _, problem := range linebody.ValidateMessages(to, messages, options) {
		where, place := at, problem.Path
		if problem.Index >= 0 {
			where = at.AtListIndex(problem.Index)
			place = fmt.Sprintf("%s, line %d, column %d of its JSON", problem.Path, problem.Line, problem.Column)
		} else if problem.Path == "to" {
			where = path.Root("to")
		}
		detail := fmt.Sprintf("%s: %s (%s)", place, problem.Message, problem.Rule)
		if problem.Severity == linebody.Error {
			diags.AddAttributeError(where, "LINE would refuse this message", detail)
		} else {
			diags.AddAttributeWarning(where, "This message may not be what you want", detail)
		}
	}
}
