// Package dashboard has the resources of what CleverTap keeps in its dashboard alone: webhook templates, Linked Content APIs
// and campaign bodies. Package stored is the life of all of them; each brings its schema and its model. It knows connect,
// linebody, linkedcontent and the template store, and no other room of the provider.
package dashboard

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// sort is one sort of dashboard objects, as reminders speak of it.
type sort struct {
	// typeName is the resource type without the provider's name, noun how messages call one, place where the dashboard has it.
	typeName, noun, place string
	kind                  templatestore.Kind
}

var (
	webhookTemplates   = sort{"webhook_template", "webhook template", dialog.WebhookTemplatePlace, templatestore.WebhookTemplates}
	linkedContents     = sort{"linked_content", "Linked Content API", dialog.LinkedContentPlace, templatestore.LinkedContents}
	lineCampaignBodies = sort{"line_campaign_body", "LINE campaign body", dialog.LineCampaignBodyPlace, templatestore.LineCampaignBodies}
)

func (s sort) about() stored.About { return stored.About{TypeName: s.typeName, Noun: s.noun} }

// entered is a model of what a person enters.
type entered[M any] interface {
	*M
	Identity() types.String
	Receipt() *stored.ReceiptModel
}

// remindToEnter says after a write what an apply does not do: change CleverTap's dashboard.
func remindToEnter[M any, P entered[M]](s sort, w stored.Written[M], now P, diags *diag.Diagnostics) {
	if !w.Connections.DashboardReminders || now.Receipt().Entered.ValueBool() ||
		w.Prior != nil && P(w.Prior).Receipt().ContentSHA256.Equal(now.Receipt().ContentSHA256) {
		return
	}
	name := now.Identity().ValueString()
	diags.AddWarning(fmt.Sprintf("The %s %q is still to be entered in CleverTap's dashboard", s.noun, name), fmt.Sprintf(
		"An apply does not change the dashboard. Enter there, under %s, what the function dialog_rows lists of this resource, "+
			"and then write the receipt: %s", s.place, s.enteredCommand(w.Store, name)))
}

// enteredCommand writes the receipt of an object.
func (s sort) enteredCommand(store *templatestore.Store, name string) string {
	command := "clevertap-line entered "
	if account := store.Account(); account != templatestore.DefaultAccount {
		command += "--account " + wording.ShellWord(account) + " "
	}
	return command + wording.ShellWord(store.Location()) + " " + wording.ShellWord(string(s.kind)+"/"+name)
}

// remindToRemove says what is to be removed by hand, or what a new name means in the dashboard.
func (s sort) remindToRemove(c *connect.Connections, name string, renamed types.String, diags *diag.Diagnostics) {
	switch {
	case !c.DashboardReminders:
	case renamed.IsNull():
		c.Warn(diags, diag.NewWarningDiagnostic(
			fmt.Sprintf("The %s %q is to be removed from CleverTap's dashboard by hand", s.noun, name),
			fmt.Sprintf("It is no longer declared, and an apply does not change the dashboard. Remove or archive it under %s, and then take "+
				"its receipt away, if it has one: clevertap-line entered --removed", s.place)))
	default:
		c.Warn(diags, diag.NewAttributeWarningDiagnostic(path.Root("name"),
			fmt.Sprintf("The %s %q is to be renamed to %q in CleverTap's dashboard by hand", s.noun, name, renamed.ValueString()),
			fmt.Sprintf("The name is the object's identity: this one is deleted, and one of the new name created. Rename it under %s, or enter "+
				"the new one there and remove the old one; then write the new receipt and take the old one away.", s.place)))
	}
}
