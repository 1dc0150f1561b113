package dashboard

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// dialogRows follows the dialog of "Set Up Webhooks" and of the LINE guide, docs.clevertap.com.
func (m *webhookTemplateModel) dialogRows(headers map[string]string, secretNames []string) []dialogRow {
	rows := []dialogRow{
		{Field: "Open", Value: templateDialog + " > + Add Webhook"},
		{Field: "Name", Value: m.Name.ValueString(), Note: "exactly so: campaigns choose the template by its name"},
		{Field: "HTTP Method", Value: m.HTTPMethod.ValueString()},
		{Field: "Destination URL", Value: m.DestinationURL.ValueString()},
		{Field: "Authentication", Value: "No authentication", Note: "the token is in a header"},
	}
	if len(headers)+len(secretNames) > 0 {
		rows = append(rows, dialogRow{Field: "Header parameters", Value: "ON", Note: "one + Key-Value Pair for each header that follows"})
	}
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		rows = append(rows, dialogRow{Field: "Header " + name, Value: headers[name]})
	}
	for _, name := range secretNames {
		row := dialogRow{Field: "Header " + name, Value: "the secret value" + m.secretVersionText()}
		if strings.EqualFold(name, "Authorization") && isLine(m.DestinationURL.ValueString()) {
			row.Note = "Bearer, a space and a channel access token: a long-lived one, or one of v2.1, which ends after 30 days at the latest; " +
				"never a stateless token, which ends after 15 minutes"
		}
		rows = append(rows, row)
	}
	save := dialogRow{Field: "Create", Value: "click Create, or Save where it is called so"}
	save.Note = `CleverTap then posts a test payload with "is_test": true to the Destination URL and, by its guide, saves only if the answer is 200`
	if isLine(m.DestinationURL.ValueString()) {
		save.Note += "; LINE answers 400, since the payload holds no message: if CleverTap refuses to save, save with a URL that answers 200 and " +
			"change Destination URL afterwards"
	}
	return append(rows, save)
}

func (m *webhookTemplateModel) secretVersionText() string {
	if m.SecretHeadersWOVersion.IsNull() {
		return ""
	}
	return fmt.Sprintf(", version %d", m.SecretHeadersWOVersion.ValueInt64())
}
