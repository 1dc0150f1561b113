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
func (c Campaign) Rows() []Row {
	webhook := Row{Field: "Webhook", Value: c.WebhookTemplate, Note: "under Start here, with the qualification of your campaign"}
	if c.WebhookTemplate == "" {
		webhook.Value = "the webhook template that posts to LINE's push API"
	}
	rows := []Row{
		{Field: "Open", Value: LineCampaignBodyPlace},
		{Field: "Campaign name", Value: c.Name, Note: "so that declaration and dashboard call it the same"},
		webhook,
	}
	property := c.To.Property()
	if c.To.ID == nil {
		rows = append(rows, Row{
			Field: "Who", Value: fmt.Sprintf("User property %s exists", property.Name),
			Note: fmt.Sprintf("besides your own conditions; without it, profiles that lack the property get %q, and LINE answers 400 to each",
				property.Default),
		})
	} else {
		rows = append(rows, Row{
			Field: "Who", Value: "An audience of one profile",
			Note: "the recipient is fixed: every profile in the audience sends the message to it once more",
		})
	}
	rows = append(rows, Row{Field: "Webhook format", Value: "JSON"})
	body := Row{Field: "Custom body", Value: c.BodyText, Note: "the whole text, as it is"}
	if c.Linked != nil {
		rows = append(rows, c.Linked.rows()...)
		body.Note += "; it stays while the texts of the messages change"
	}
	rows = append(rows, Row{Field: "Body", Value: "Custom body"}, body)
	if c.To.ID == nil {
		rows = append(rows, Row{
			Field: "Recipient (to)", Value: property.Picker(),
			Note: "how the editor's picker shows the recipient, for those who type @ and choose it there; not to be pasted",
		})
	}
	test := Row{
		Field: "Preview & Send Test", Value: "Send to a profile of your own",
		Note: "LINE answers 200 for users who blocked the account, too: look at the phone",
	}
	if c.Linked != nil {
		test.Note += ". CleverTap keeps what it has read for up to 5 minutes"
	}
	rows = append(rows, test)
	if c.To.ID == nil {
		rows = append(rows, Row{
			Field: "Throttle", Value: "At most 300,000 messages in 5 minutes",
			Note: "each is a request, and LINE takes 2,000 a second from all who send for the channel; this is half of that. Above it LINE " +
				"answers 429, and CleverTap gives a message up after a few repetitions",
		})
	}
	return append(rows, Row{Field: "When", Value: "Set the schedule, then publish"})
}

// rows follow "Use Linked Content in Campaigns" of "Linked Content", docs.clevertap.com.
func (l Linked) rows() []Row {
	rows := []Row{
		{Field: "Personalization icon", Value: "Linked Content > " + l.API, Note: "before the body is pasted, which reads it"},
		{Field: "Parameter for the name", Value: l.Messages, Note: "a constant, exactly so: with another one, nothing is sent"},
	}
	if l.Variants {
		rows = append(rows, Row{
			Field: "Parameter for the variant", Value: "The profile property that chooses it, such as the language",
			Note: "a parameter in the path is mandatory: a profile without the property gets nothing",
		})
	}
	return append(rows, Row{Field: "Apply", Value: "click it"})
}
