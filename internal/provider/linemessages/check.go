// Package linemessages is the attribute `messages` of all resources that have one: it reads, compares and checks its LINE
// messages, and puts them to LINE. It knows linebody and connect, and no room of the provider.
package linemessages

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
)

// Check checks the messages that are known, as LINE would take them in a body to the recipient. of is the object that has
// them, such as `LINE campaign body "welcome"`; "" of one whose name is not known yet, which is warned of when it
// is. Its warnings are a plan's: see [connect.Connections.Warn].
func Check(of, to string, list types.List, c *connect.Connections, diags *diag.Diagnostics) {
	at := path.Root("messages")
	if list.IsUnknown() || list.IsNull() {
		return
	}
	// A message that is not known yet waits; until then another stands in its place, so that the rest is checked.
	const standIn = `{"type":"text","text":"not known yet"}`
	reader, messages := Reader{}, make([]linebody.Message, len(list.Elements()))
	for i, element := range list.Elements() {
		message, _ := element.(types.String)
		text := message.ValueString()
		if message.IsUnknown() || message.IsNull() {
			text = standIn
		}
		messages[i] = reader.Read(text)
		if message.IsNull() {
			diags.AddAttributeError(at.AtListIndex(i), "A message is null", fmt.Sprintf("messages[%d] is null. A condition that leaves a "+
				"message out is written with concat(): concat([…], condition ? [message] : []).", i))
		}
	}
	var options linebody.Options
	if c != nil {
		options = linebody.Options{Strict: c.Line.StrictMessageTypes, Ignore: c.Line.IgnoredWarnings}
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
		} else if of != "" {
			c.Warn(diags, diag.NewAttributeWarningDiagnostic(where, fmt.Sprintf("The %s may not be what you want: %s (%s)",
				of, problem.Path, problem.Rule), detail))
		}
	}
}
