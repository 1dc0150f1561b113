package dashboard

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

// checkRecipient returns the text of `to`; for one that is not known, that of the defaults.
func (m *lineCampaignBodyModel) checkRecipient(ctx context.Context, diags *diag.Diagnostics) string {
	at := path.Root("to")
	to, known := recipientOf(ctx, m.To, diags)
	if !known {
		return linebody.Recipient{}.Text()
	}
	if err := to.Check(); err != nil {
		diags.AddAttributeError(at, "The recipient cannot be written into the body", err.Error())
		return linebody.Recipient{}.Text()
	}
	return to.Text()
}

// checkSource wants messages from one place, and one name for LINE to count them under.
func (m *lineCampaignBodyModel) checkSource(diags *diag.Diagnostics) {
	switch {
	case m.Messages.IsNull() && m.LinkedMessages.IsNull():
		diags.AddAttributeError(path.Root("messages"), "The body has no messages", "Give messages, which the body then carries itself, or "+
			"linked_messages, the reference of a clevertap_line_linked_messages, which it reads when the campaign sends.")
	case !m.Messages.IsNull() && !m.LinkedMessages.IsNull() && !m.Messages.IsUnknown() && !m.LinkedMessages.IsUnknown():
		diags.AddAttributeError(path.Root("linked_messages"), "The body has messages from two places",
			"It carries its messages itself, or reads linked ones when the campaign sends. Give either messages or linked_messages.")
	}
	if !m.TrackVersions.ValueBool() {
		return
	}
	switch at := path.Root("track_versions"); {
	case !m.LinkedMessages.IsNull():
		diags.AddAttributeError(at, "The versions are those of the linked messages", "The body stays the same while its linked messages "+
			"change. Set track_versions on the clevertap_line_linked_messages instead.")
	case !m.CustomAggregationUnits.IsNull():
		diags.AddAttributeError(at, "Two names to count the messages under", "LINE takes one of customAggregationUnits, and track_versions "+
			"gives it. Remove either track_versions or custom_aggregation_units.")
	}
}
