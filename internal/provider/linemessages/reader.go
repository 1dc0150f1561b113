package linemessages

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

// Reader reads messages for the length of one call from Terraform, each distinct text once. It is not safe for
// concurrent use.
type Reader map[string]linebody.Message

// Read reads one message.
func (r Reader) Read(text string) linebody.Message {
	message, ok := r[text]
	if !ok {
		message = linebody.ParseMessage(text)
		r[text] = message
	}
	return message
}

// List reads known messages.
func (r Reader) List(texts types.List) []linebody.Message {
	messages := make([]linebody.Message, len(texts.Elements()))
	for i, element := range texts.Elements() {
		text, _ := element.(types.String)
		messages[i] = r.Read(text.ValueString())
	}
	return messages
}

// Same says whether two lists are the same messages, however they are spelled.
func (r Reader) Same(a, b types.List) bool {
	if a.IsNull() || b.IsNull() || a.IsUnknown() || b.IsUnknown() || len(a.Elements()) != len(b.Elements()) {
		return false
	}
	others := b.Elements()
	for i, element := range a.Elements() {
		if element.IsUnknown() || others[i].IsUnknown() {
			return false
		}
		if element.Equal(others[i]) {
			continue
		}
		one, _ := element.(types.String)
		other, _ := others[i].(types.String)
		if !r.Read(one.ValueString()).Equal(r.Read(other.ValueString())) {
			return false
		}
	}
	return true
}
