// Package dialog knows what a person enters in CleverTap's dashboard, field by field, for what CleverTap has no API for. It is
// pure: it knows the contents of documents and the recipients of bodies, and neither Terraform nor any client.
package dialog

// Row is one thing that a person enters or clicks.
type Row struct {
	// Field is what the dashboard calls it.
	Field string
	// Value is what to enter or to choose.
	Value string
	// Note is what may go wrong; it is not to be entered.
	Note string
}

// Where the dashboard has what is entered.
const (
	WebhookTemplatePlace  = "Settings > Channels > Webhooks"
	LinkedContentPlace    = "Settings > Setup > Linked Content"
	LineCampaignBodyPlace = "Campaigns > + Campaign > Webhooks"
)
