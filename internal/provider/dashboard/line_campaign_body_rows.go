package dashboard

import (
	"fmt"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

const campaignDialog = "Campaigns > + Campaign > Webhooks"

// campaignBodyRows follows the webhook campaign of "Create a Campaign" in the LINE guide, docs.clevertap.com.
func campaignBodyRows(webhookTemplate *string, to linebody.Recipient, body string) []dialogRow {
	webhook := dialogRow{Field: "Webhook", Note: "under Start here, with the qualification of your campaign"}
	webhook.Value = "the webhook template that posts to LINE's push API"
	if webhookTemplate != nil {
		webhook.Value = *webhookTemplate
	}
	rows := []dialogRow{{Field: "Open", Value: campaignDialog}, webhook}
	property := to.Property()
	if to.ID == nil {
		rows = append(rows, dialogRow{
			Field: "Who", Value: fmt.Sprintf("User property %s exists", property.Name),
			Note: fmt.Sprintf("besides your own conditions; without it, profiles that lack the property get %q, and LINE answers 400 to each",
				property.Default),
		})
	} else {
		rows = append(rows, dialogRow{
			Field: "Who", Value: "An audience of one profile",
			Note: "the recipient is fixed: every profile in the audience sends the message to it once more",
		})
	}
	rows = append(rows,
		dialogRow{Field: "Webhook format", Value: "JSON"},
		dialogRow{Field: "Body", Value: "Custom body"},
		dialogRow{Field: "Custom body", Value: body},
	)
	if to.ID == nil {
		rows = append(rows, dialogRow{
			Field: "Recipient (to)", Value: property.Picker(),
			Note: "how the editor's picker shows the recipient, for those who type @ and choose it there; not to be pasted",
		})
	}
	return append(rows,
		dialogRow{Field: "Preview & Send Test", Value: "Send to a profile of your own", Note: "LINE answers 200 for users " +
			"who blocked the account, too: look at the phone"},
		dialogRow{Field: "When", Value: "Set the schedule, then publish"},
	)
}
