package dialog

import (
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
func (c LinkedContent) Rows() []Row {
	rows := []Row{
		{Field: "Open", Value: LinkedContentPlace + " > + Linked Content"},
		{Field: "API Name", Value: c.Name, Note: "exactly so: campaign bodies read Linked." + c.Name},
		{Field: "Method", Value: c.HTTPMethod},
		{Field: "Endpoint URL", Value: c.EndpointURL},
	}
	rows = append(rows, c.plainRows()...)
	for _, row := range c.secretRows() {
		row.Note = "a secret for CleverTap alone: whoever may open this dialog may read it"
		rows = append(rows, row)
	}
	test := "Send Request"
	for _, name := range c.Parameters {
		rows = append(rows, Row{Field: "Parameter " + name, Value: "Mark mandatory", Note: c.parameterNote(name)})
	}
	if len(c.Parameters) > 0 {
		test = "Enter " + strings.Join(c.Parameters, " and ") + " of a published document, then Send Request"
	}
	answer, labels, note := "name, shape, parts and unit", "name, shape, parts, unit", "parts is one label, however many texts it has"
	switch {
	case strings.Contains(c.EndpointURL, "/v2/catalogs/"): // CleverTap answers with a product, whose columns are in one member
		answer, labels = "name and attributes", "name, attributes"
		note = "attributes is one label, with all columns in it; where the answer calls it customAttributes, give the provider's block " +
			"catalog that attributes_key"
	case len(c.Parameters) > 1:
		labels += ", variant_of"
		note += "; variant_of where documents have it: test with one of a variant"
	}
	return append(rows,
		Row{
			Field: "Test Linked Content", Value: test,
			Note: "the answer must be JSON with " + answer + ". Where nothing is published there is nothing to read: apply linked messages first",
		},
		Row{Field: "Auto-fill Objects", Value: labels, Note: "called so: bodies read them. " + note},
		Row{Field: "Test & save changes", Value: "click it"},
	)
}

// parameterNote says what a parameter is for.
func (c LinkedContent) parameterNote(name string) string {
	switch {
	case len(c.Parameters) == 1 || name == messageParameter:
		return "the name of linked messages: each campaign gives it as a constant, such as welcome"
	case slices.Contains(c.Parameters, messageParameter):
		return "which variant of the messages, such as the language: each campaign maps it to a profile property"
	}
	return "each campaign gives it: as a constant if it names linked messages, from a profile property if it chooses a variant of them, " +
		"such as the language"
}
