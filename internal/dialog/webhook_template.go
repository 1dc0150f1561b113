package dialog

import (
	"net/url"
	"strings"
)

// WebhookTemplate is what the dialog of a webhook template asks for.
type WebhookTemplate struct {
	Name, HTTPMethod, DestinationURL string
	// Authentication is nil where credentials are headers.
	Authentication Authentication
	Headers
}

// Rows follow the dialog of "Set Up Webhooks" and of the LINE guide, docs.clevertap.com.
func (t WebhookTemplate) Rows(language string) []Row {
	words, toLine := wordingOf(language), PostsToLine(t.DestinationURL)
	rows := []Row{
		{Field: "Open", Value: WebhookTemplatePlace + " > + Add Webhook"},
		{Field: "Name", Value: t.Name, Note: words.templateName, Act: Enter},
		{Field: "HTTP Method", Value: t.HTTPMethod, Act: Choose},
		{Field: "Destination URL", Value: t.DestinationURL, Act: Enter},
	}
	if t.Authentication != nil {
		rows = append(rows, t.Authentication.rows(words)...)
	} else {
		rows = append(rows, Row{Field: "Authentication", Value: "No authentication", Note: words.noAuthentication, Act: Choose})
	}
	if len(t.Plain)+len(t.Secret) > 0 {
		rows = append(rows, Row{Field: "Header parameters", Value: "ON", Note: words.headersOn, Act: Choose})
	}
	rows = append(rows, t.plainRows()...)
	for i, row := range t.secretRows(words) {
		if strings.EqualFold(t.Secret[i], "Authorization") && toLine {
			row.Note = words.lineToken
		}
		rows = append(rows, row)
	}
	save := Row{Field: "Create", Value: words.create, Note: words.createTest}
	if toLine {
		save.Note += words.createTestAtLine
	}
	return append(rows, save)
}

// PostsToLine says whether a destination is LINE's own API.
func PostsToLine(destinationURL string) bool {
	parsed, err := url.Parse(destinationURL)
	return err == nil && strings.EqualFold(parsed.Hostname(), "api.line.me")
}
