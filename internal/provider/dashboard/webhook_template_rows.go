package dashboard

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const templateDialog = "Settings > Channels > Webhooks"

// webhookTemplateRows follows the dialog of "Set Up Webhooks" and of the LINE guide, docs.clevertap.com.
func webhookTemplateRows(name string, content templatestore.WebhookTemplate) []dialogRow {
	rows := []dialogRow{
		{Field: "Open", Value: templateDialog + " > + Add Webhook"},
		{Field: "Name", Value: name, Note: "exactly so: campaigns choose the template by its name"},
		{Field: "HTTP Method", Value: content.HTTPMethod},
		{Field: "Destination URL", Value: content.DestinationURL},
		{Field: "Authentication", Value: "No authentication", Note: "the token is in a header"},
	}
	if len(content.Headers)+len(content.SecretHeaders) > 0 {
		rows = append(rows, dialogRow{Field: "Header parameters", Value: "ON", Note: "one + Key-Value Pair for each header that follows"})
	}
	for _, name := range slices.Sorted(maps.Keys(content.Headers)) {
		rows = append(rows, dialogRow{Field: "Header " + name, Value: content.Headers[name]})
	}
	for _, name := range content.SecretHeaders {
		row := dialogRow{Field: "Header " + name, Value: "the secret value" + secretVersionText(content.SecretHeadersVersion)}
		if strings.EqualFold(name, "Authorization") && isLine(content.DestinationURL) {
			row.Note = "Bearer, a space and a channel access token: a long-lived one, or one of v2.1, which ends after 30 days at the " +
				"latest; never a stateless token, which ends after 15 minutes"
		}
		rows = append(rows, row)
	}
	save := dialogRow{Field: "Create", Value: "click Create, or Save where it is called so"}
	save.Note = `CleverTap then posts a test payload with "is_test": true to the Destination URL and, by its guide, saves only if the ` +
		"answer is 200"
	if isLine(content.DestinationURL) {
		save.Note += "; LINE answers 400, since the payload holds no message: if CleverTap refuses to save, save with a URL that answers " +
			"200 and change Destination URL afterwards"
	}
	return append(rows, save)
}

func secretVersionText(version *int64) string {
	if version == nil {
		return ""
	}
	return fmt.Sprintf(", version %d", *version)
}
