package dashboard

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/linemessages"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
)

// Ask puts what is new to those who know: the messages to LINE, the recipient's property to CleverTap.
func (m *lineCampaignBodyModel) Ask(ctx context.Context, p stored.Planning[lineCampaignBodyModel], diags *diag.Diagnostics) {
	if p.Prior == nil || !m.To.Equal(p.Prior.To) {
		m.askCleverTap(ctx, p.Connections, diags)
	}
	pasted := m.LinkedMessages.IsNull() && !m.Body.IsUnknown() // linked ones are asked about where they are declared
	if p.Connections.Line.ValidateMessages && pasted && (p.Prior == nil || !p.Messages.Same(m.Messages, p.Prior.Messages)) {
		linemessages.AskLine(ctx, m.called(), p.Messages.List(m.Messages), p.Connections, diags)
	}
}

// askCleverTap warns of a property that CleverTap has in another spelling alone, where credentials are given to ask with.
func (m *lineCampaignBodyModel) askCleverTap(ctx context.Context, c *connect.Connections, diags *diag.Diagnostics) {
	client, ok := c.CleverTap.Known()
	to, known := recipientOf(ctx, m.To, diags)
	if !ok || !known || to.ID != nil || c.CleverTapIsSilent.Load() {
		return
	}
	properties, err := client.KnownUserProperties(ctx)
	if err != nil {
		c.CleverTapIsSilent.Store(true)
		c.Warn(diags, diag.NewWarningDiagnostic("CleverTap could not be asked which profile properties it has",
			fmt.Sprintf("So it is not known whether those that the bodies read are there. %s", err)))
		return
	}
	name := to.Property().Name
	if alike := clevertap.SpelledOtherwise(properties, name); len(alike) > 0 {
		c.Warn(diags, diag.NewAttributeWarningDiagnostic(path.Root("to"),
			fmt.Sprintf("The LINE campaign body %q reads the property %s, and CleverTap has %s", m.Name.ValueString(), name,
				wording.Some(alike, ", ")),
			fmt.Sprintf("Upper and lower case differ: every profile would get the default, %q, to which LINE answers 400. Write "+
				"profile_property = %q in the block to, unless the other is still to come.", to.Property().Default, alike[0])))
	}
}
