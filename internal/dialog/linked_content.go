package dialog

import (
	"fmt"
	"slices"
	"strings"
)

// LinkedContent is what the dialog of a Linked Content API asks for.
type LinkedContent struct {
	Name, HTTPMethod, EndpointURL string
	Headers
	// Parameters are those of the URL, in its order.
	Parameters []string
}

// messageParameter is what a parameter for the name of linked messages is called throughout the documentation.
const messageParameter = "message"

// Rows follow "Linked Content" and "Linked Content URL Personalization", docs.clevertap.com, and what partners' guides there
// say of the tab Parameters.
func (c LinkedContent) Rows(language string) []Row {
	words := wordingOf(language)
	rows := []Row{
		{Field: "Open", Value: LinkedContentPlace + " > + Linked Content"},
		{Field: "API Name", Value: c.Name, Note: fmt.Sprintf(words.apiName, c.Name), Act: Enter},
		{Field: "Method", Value: c.HTTPMethod, Act: Choose},
		{Field: "Endpoint URL", Value: c.EndpointURL, Act: Enter},
	}
	rows = append(rows, c.plainRows()...)
	for _, row := range c.secretRows(words) {
		row.Note = words.secretOfAPI
		rows = append(rows, row)
	}
	test := "Send Request"
	for _, name := range c.Parameters {
		rows = append(rows, Row{Field: "Parameter " + name, Value: "Mark mandatory", Note: c.parameterNote(name, words), Act: Choose})
	}
	if len(c.Parameters) > 0 {
		test = fmt.Sprintf(words.testParameters, strings.Join(c.Parameters, words.and))
	}
	answer, labels, note := words.answerDocument, "name, shape, parts, unit", words.labelParts
	switch {
	case strings.Contains(c.EndpointURL, "/v2/catalogs/"): // CleverTap answers with a product, whose columns are in one member
		answer, labels, note = words.answerProduct, "name, attributes", words.labelAttributes
	case len(c.Parameters) > 1:
		labels += ", variant_of"
		note += words.labelVariant
	}
	return append(rows,
		Row{Field: "Test Linked Content", Value: test, Note: fmt.Sprintf(words.testAnswer, answer)},
		Row{Field: "Auto-fill Objects", Value: labels, Note: words.labels + note},
		Row{Field: "Test & save changes", Value: words.click},
	)
}

// parameterNote says what a parameter is for.
func (c LinkedContent) parameterNote(name string, words *wording) string {
	switch {
	case len(c.Parameters) == 1 || name == messageParameter:
		return words.parameterMessages
	case slices.Contains(c.Parameters, messageParameter):
		return words.parameterVariant
	}
	return words.parameterEither
}
