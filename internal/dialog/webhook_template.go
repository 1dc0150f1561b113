package dialog

import (
	"net/url"
	"strings"
)

// WebhookTemplate is what the dialog of a webhook template asks for.
type WebhookTemplate struct {
	Name, HTTPMethod, DestinationURL string
	Headers
}

// Rows follow the dialog of "Set Up Webhooks" and of the LINE guide, docs.clevertap.com.
func (t WebhookTemplate) Rows() []Row {
	toLine := PostsToLine(t.DestinationURL)
	rows := []Row{
		{Field: "Open", Value: WebhookTemplatePlace + " > + Add Webhook"},
		{Field: "Name", Value: t.Name, Note: "exactly so: campaigns choose the template by its name"},
		{Field: "HTTP Method", Value: t.HTTPMethod},
		{Field: "Destination URL", Value: t.DestinationURL},
		{Field: "Authentication", Value: "No authentication", Note: "the token is in a header"},
	}
	if len(t.Plain)+len(t.Secret) > 0 {
		rows = append(rows, Row{Field: "Header parameters", Value: "ON", Note: "one + Key-Value Pair for each header that follows"})
	}
	rows = append(rows, t.plainRows()...)
	for i, row := range t.secretRows() {
		if strings.EqualFold(t.Secret[i], "Authorization") && toLine {
			row.Note = "Bearer, a space and a channel access token: a long-lived one, or one of v2.1, which ends after 30 days at the " +
				"latest; never a stateless token, which ends after 15 minutes"
		}
		rows = append(rows, row)
	}
	save := Row{Field: "Create", Value: "click Create, or Save where it is called so"}
	save.Note = `CleverTap then posts a test payload with "is_test": true to the Destination URL and, by its guide, saves only if the ` +
		"answer is 200"
	if toLine {
		save.Note += "; LINE answers 400, since the payload holds no message: if CleverTap refuses to save, save with a URL that answers " +
			"200 and change Destination URL afterwards"
	}
	return append(rows, save)
}

// PostsToLine says whether a destination is LINE's own API.
func PostsToLine(destinationURL string) bool {
	parsed, err := url.Parse(destinationURL)
	return err == nil && strings.EqualFold(parsed.Hostname(), "api.line.me")
}
