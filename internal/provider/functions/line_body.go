// Package functions has the provider's functions, which compute from their arguments alone. It knows the pure packages, and
// no other room of the provider.
package functions

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

type lineBodyFunction struct{}

var _ function.Function = lineBodyFunction{}

// NewLineBody is the function of that name.
func NewLineBody() function.Function { return lineBodyFunction{} }

func (lineBodyFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "line_body"
}

func (lineBodyFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Renders the body of a webhook campaign that sends LINE messages",
		MarkdownDescription: "Renders the exact text to paste as *Custom body*, as `clevertap_line_campaign_body` does, without recording " +
			"it. It checks form alone; `line_body_problems` says what LINE would refuse.",
		Parameters: []function.Parameter{
			function.DynamicParameter{
				Name: "to",
				MarkdownDescription: "Who receives the message: `{ profile_property = \"LineID\", default = \"N.A\" }`, of which either may be " +
					"left out, or `{ id = \"U0123…\" }`.",
			},
			messagesParameter(),
		},
		Return: function.StringReturn{},
	}
}

func (lineBodyFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var to types.Dynamic
	var given []types.String
	if resp.Error = req.Arguments.Get(ctx, &to, &given); resp.Error != nil {
		return
	}
	messages, fault := parseMessages(1, given)
	if fault != nil {
		resp.Error = fault
		return
	}
	recipient, err := recipientOf(to.UnderlyingValue())
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	body, err := linebody.Build(linebody.Body{To: recipient.Text(), Messages: messages})
	if err != nil {
		resp.Error = function.NewArgumentFuncError(1, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, body)
}

func messagesParameter() function.Parameter {
	return function.ListParameter{
		Name:                "messages",
		MarkdownDescription: "The messages, each one LINE message object as JSON text.",
		ElementType:         types.StringType,
	}
}

// parseMessages reads the messages of the argument of that index.
func parseMessages(argument int64, given []types.String) ([]linebody.Message, *function.FuncError) {
	messages := make([]linebody.Message, len(given))
	for i, message := range given {
		if message.IsNull() {
			return nil, function.NewArgumentFuncError(argument, fmt.Sprintf("messages[%d] is null; a condition that leaves a message out is "+
				"written with concat(): concat([…], condition ? [message] : [])", i))
		}
		messages[i] = linebody.ParseMessage(message.ValueString())
	}
	return messages, nil
}

// recipientOf reads the recipient that a function is given. An object type would demand all three attributes.
func recipientOf(value attr.Value) (linebody.Recipient, error) {
	var to linebody.Recipient
	object, ok := value.(types.Object)
	if !ok {
		return to, fmt.Errorf("the recipient is an object: { profile_property = \"…\", default = \"…\" } or { id = \"…\" }")
	}
	fields := map[string]**string{"profile_property": &to.ProfileProperty, "default": &to.Default, "id": &to.ID}
	for name, given := range object.Attributes() {
		field, ok := fields[name]
		if !ok {
			return to, fmt.Errorf("the recipient has no attribute %q; it has profile_property and default, or id", name)
		}
		if given.IsNull() {
			continue
		}
		text, ok := given.(types.String)
		if !ok {
			return to, fmt.Errorf("%s is not a string", name)
		}
		*field = text.ValueStringPointer()
	}
	return to, to.Check()
}
