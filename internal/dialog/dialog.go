// Package dialog knows what a person enters in CleverTap's dashboard, field by field, for what CleverTap has no API for. It is
// pure: it knows the contents of documents and the recipients of bodies, and neither Terraform nor any client.
//
// Rows are in a language: "en" or "ja", any other is English. What the dashboard itself shows stays English, as it does there.
package dialog

// Row is one thing that a person enters or clicks.
type Row struct {
	// Field is what the dashboard calls it.
	Field string
	// Value is what to enter or to choose.
	Value string
	// Note is what may go wrong; it is not to be entered.
	Note string
	// Key is the name of a header, which is entered beside its value; "" of all else.
	Key string
	// Act is what is done with Value.
	Act Act
}

// Act is what a person does with a row.
type Act int

const (
	// Do says that Field is something to click or to do, whatever the object says. Value is how, in words.
	Do Act = iota
	// Choose says that Value is in words what the field holds.
	Choose
	// Enter says that Value is what the field holds, to the character.
	Enter
	// Paste says that Value is in words where the text is found that the field holds.
	Paste
)

// Where the dashboard has what is entered.
const (
	WebhookTemplatePlace  = "Settings > Channels > Webhooks"
	LinkedContentPlace    = "Settings > Setup > Linked Content"
	LineCampaignBodyPlace = "Campaigns > + Campaign > Webhooks"
)
