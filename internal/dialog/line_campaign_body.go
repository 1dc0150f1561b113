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
	rows = append(rows,
		Row{Field: "Webhook format", Value: "JSON"},
		Row{Field: "Body", Value: "Custom body"},
		Row{Field: "Custom body", Value: c.BodyText, Note: "the whole text, as it is"},
	)
	if c.To.ID == nil {
		rows = append(rows, Row{
			Field: "Recipient (to)", Value: property.Picker(),
			Note: "how the editor's picker shows the recipient, for those who type @ and choose it there; not to be pasted",
		})
	}
	return append(rows,
		Row{Field: "Preview & Send Test", Value: "Send to a profile of your own", Note: "LINE answers 200 for users " +
			"who blocked the account, too: look at the phone"},
		Row{Field: "When", Value: "Set the schedule, then publish"},
	)
}
