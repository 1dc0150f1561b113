package dialog

import (
	"fmt"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

// Campaign is what the dialog of a webhook campaign asks for, as far as a body decides it.
type Campaign struct {
	Name string
	// WebhookTemplate is the name of the template that the campaign chooses, "" for any that posts to LINE.
	WebhookTemplate string
	To              linebody.Recipient
	// BodyText is where the text to paste is found, in words.
	BodyText string
	// Linked is what the body reads its messages by; nil for a body that carries them.
	Linked *Linked
}

// Linked is what a campaign maps for a body that reads its messages when it sends.
type Linked struct {
	// API is the name of the Linked Content API, Messages that of the messages.
	API, Messages string
	// Variants says that there are several of the name, such as languages.
	Variants bool
}

// Rows follow the webhook campaign of "Create a Campaign" in the LINE guide, docs.clevertap.com. The text of the body is not
// among them: it is pasted as a whole, and read best where it stands alone.
func (c Campaign) Rows(language string) []Row {
	words := wordingOf(language)
	webhook := Row{Field: "Webhook", Value: c.WebhookTemplate, Note: words.webhook, Act: Choose}
	if c.WebhookTemplate == "" {
		webhook.Value = words.anyWebhook
	}
	rows := []Row{
		{Field: "Open", Value: LineCampaignBodyPlace},
		{Field: "Campaign name", Value: c.Name, Note: words.campaignName, Act: Enter},
		webhook,
	}
	property := c.To.Property()
	if c.To.ID == nil {
		rows = append(rows, Row{
			Field: "Who", Value: fmt.Sprintf("User property %s exists", property.Name), Note: fmt.Sprintf(words.who, property.Default), Act: Choose,
		})
	} else {
		rows = append(rows, Row{Field: "Who", Value: words.oneProfile, Note: words.fixedRecipient, Act: Choose})
	}
	rows = append(rows, Row{Field: "Webhook format", Value: "JSON", Act: Choose})
	body := Row{Field: "Custom body", Value: c.BodyText, Note: words.wholeText, Act: Paste}
	if c.Linked != nil {
		rows = append(rows, c.Linked.rows(words)...)
		body.Note += words.bodyStays
	}
	rows = append(rows, Row{Field: "Body", Value: "Custom body", Act: Choose}, body)
	if c.To.ID == nil {
		rows = append(rows, Row{Field: "Recipient (to)", Value: property.Picker(), Note: words.picker, Act: Choose})
	}
	test := Row{Field: "Preview & Send Test", Value: words.sendTest, Note: words.blocked}
	if c.Linked != nil {
		test.Note += words.cached
	}
	rows = append(rows, test)
	if c.To.ID == nil {
		rows = append(rows, Row{Field: "Throttle", Value: words.atMost, Note: words.throttle, Act: Choose})
	}
	return append(rows, Row{Field: "When", Value: words.schedule})
}

// rows follow "Use Linked Content in Campaigns" of "Linked Content", docs.clevertap.com.
func (l Linked) rows(words *wording) []Row {
	rows := []Row{
		{Field: "Personalization icon", Value: "Linked Content > " + l.API, Note: words.beforeBody},
		{Field: "Parameter for the name", Value: l.Messages, Note: words.constant, Act: Enter},
	}
	if l.Variants {
		rows = append(rows, Row{Field: "Parameter for the variant", Value: words.variantProperty, Note: words.mandatory, Act: Choose})
	}
	return append(rows, Row{Field: "Apply", Value: words.click})
}
