package dashboard

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
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

// checkMessages checks the messages that are known. Its warnings are a plan's: see [connect.Connections.Warn].
func (m *lineCampaignBodyModel) checkMessages(to string, c *connect.Connections, diags *diag.Diagnostics) {
	at := path.Root("messages")
	if m.Messages.IsUnknown() {
		return
	}
	// A message that is not known yet waits; until then another stands in its place, so that the rest is checked.
	const standIn = `{"type":"text","text":"not known yet"}`
	reader, messages := messageReader{}, make([]linebody.Message, len(m.Messages.Elements()))
	for i, element := range m.Messages.Elements() {
		message, _ := element.(types.String)
		text := message.ValueString()
		if message.IsUnknown() || message.IsNull() {
			text = standIn
		}
		messages[i] = reader.read(text)
		if message.IsNull() {
			diags.AddAttributeError(at.AtListIndex(i), "A message is null", fmt.Sprintf("messages[%d] is null. A condition that leaves a "+
				"message out is written with concat(): concat([…], condition ? [message] : []).", i))
		}
	}
	options := linebody.Options{Strict: c != nil && c.Line.StrictMessageTypes}
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
			c.Warn(diags, diag.NewAttributeWarningDiagnostic(where, fmt.Sprintf("The LINE campaign body %q may not be what you want: %s (%s)",
				m.Name.ValueString(), problem.Path, problem.Rule), detail))
		}
	}
}
