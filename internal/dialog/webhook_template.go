package dialog

import (
	"maps"
	"net/url"
	"slices"
	"strings"
)

// WebhookTemplate is what the dialog of a webhook template asks for.
type WebhookTemplate struct {
	Name, HTTPMethod, DestinationURL string
	Headers                          map[string]string
	// SecretHeaders are the names of the headers whose values nobody keeps.
	SecretHeaders []string
	// SecretVersion is that of their values, "" where there is none.
	SecretVersion string
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
	if len(t.Headers)+len(t.SecretHeaders) > 0 {
		rows = append(rows, Row{Field: "Header parameters", Value: "ON", Note: "one + Key-Value Pair for each header that follows"})
	}
	for _, name := range slices.Sorted(maps.Keys(t.Headers)) {
		rows = append(rows, Row{Field: "Header " + name, Value: t.Headers[name]})
	}
	for _, name := range t.SecretHeaders {
		row := Row{Field: "Header " + name, Value: "the secret value" + secretVersionText(t.SecretVersion)}
		if strings.EqualFold(name, "Authorization") && toLine {
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

func secretVersionText(version string) string {
	if version == "" {
		return ""
	}
	return ", version " + version
}

// PostsToLine says whether a destination is LINE's own API.
func PostsToLine(destinationURL string) bool {
	parsed, err := url.Parse(destinationURL)
	return err == nil && strings.EqualFold(parsed.Hostname(), "api.line.me")
}
