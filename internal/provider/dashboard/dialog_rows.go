package dashboard

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

// dialogRow is one thing that a person enters or clicks in CleverTap's dashboard.
type dialogRow struct {
	Field string
	Value string
	Note  string
}

// text is for people: a field as the dashboard names it, what to enter, and what may go wrong.
func (r dialogRow) text() string {
	text := r.Field
	if r.Value != "" {
		text += ": " + r.Value
	}
	if r.Note != "" {
		text += " (" + r.Note + ")"
	}
	return text
}

// The rows are texts and not objects: a plan of many resources with objects takes half as long again, and fills the
// reviewer's screen with brackets.
func dialogRowsAttribute(dialog string) schema.ListAttribute {
	return schema.ListAttribute{
		MarkdownDescription: "What a person enters in CleverTap's " + dialog + ", in the order of the dialog: each field as the dashboard " +
			"names it, what to enter, and in parentheses what may go wrong.",
		ElementType: types.StringType,
		Computed:    true,
	}
}

func dialogRowsValue(rows []dialogRow) types.List {
	texts := make([]string, len(rows))
	for i, row := range rows {
		texts[i] = row.text()
	}
	return values.StringList(texts)
}
