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
