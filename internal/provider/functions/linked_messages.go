package functions

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
)

type linkedMessagesDocumentFunction struct{}

var _ function.Function = linkedMessagesDocumentFunction{}

// NewLinkedMessagesDocument is the function of that name.
func NewLinkedMessagesDocument() function.Function { return linkedMessagesDocumentFunction{} }

func (linkedMessagesDocumentFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "linked_messages_document"
}

func (linkedMessagesDocumentFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Renders LINE messages as the document that CleverTap's Linked Content reads",
		MarkdownDescription: "Renders the JSON text that CleverTap reads when a campaign sends, for those who publish it with another " +
			"provider, such as `aws_s3_object`, in place of `clevertap_line_linked_messages`. It is ASCII; serve it as `application/json; " +
			"charset=utf-8` with a short `Cache-Control`. The same arguments give the same text. It checks form alone; `line_body_problems` " +
			"of a `line_body` with the messages says what LINE would refuse. Nothing keeps an apply from deleting or emptying what campaigns " +
			"still read, as `frozen` of the resource does.",
		Parameters: []function.Parameter{
			function.StringParameter{
				Name: "name",
				MarkdownDescription: "Name that the campaign's body asks for: letters, digits, `_` and `-`. Documents that differ by language " +
					"alone have one name, and files of their own, such as `welcome_ja.json`.",
			},
			messagesParameter(),
		},
		Return: function.StringReturn{},
	}
}

func (linkedMessagesDocumentFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var name string
	var given []types.String
	if resp.Error = req.Arguments.Get(ctx, &name, &given); resp.Error != nil {
		return
	}
	messages, fault := cutMessages(0, name, given)
	if resp.Error = fault; fault == nil {
		resp.Error = resp.Result.Set(ctx, messages.Document(name))
	}
}

type linkedMessagesReferenceFunction struct{}

var _ function.Function = linkedMessagesReferenceFunction{}

// NewLinkedMessagesReference is the function of that name.
func NewLinkedMessagesReference() function.Function { return linkedMessagesReferenceFunction{} }

func (linkedMessagesReferenceFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "linked_messages_reference"
}

func (linkedMessagesReferenceFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Renders what the body of a campaign needs to know of published LINE messages",
		MarkdownDescription: "Renders what the attribute `linked_messages` of a `clevertap_line_campaign_body` takes, for messages that are " +
			"published by `linked_messages_document`, with the same name and messages. It changes with names and with the Liquid in the " +
			"messages, never with their texts.",
		Parameters: []function.Parameter{
			function.StringParameter{
				Name:                "linked_content",
				MarkdownDescription: "Name of the Linked Content API, as in `clevertap_linked_content.line_messages.name`.",
			},
			function.StringParameter{
				Name:                "name",
				MarkdownDescription: "Name of the published messages, as `linked_messages_document` was given it.",
			},
			messagesParameter(),
		},
		VariadicParameter: function.BoolParameter{
			Name: "track_versions",
			MarkdownDescription: "Optional, at most one: `true` has the body tell LINE which version it sends, by the `unit` of the document. " +
				"Each version takes one of the 1,000 names that LINE counts in a month.",
		},
		Return: function.StringReturn{},
	}
}

func (linkedMessagesReferenceFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var api, name string
	var given []types.String
	var trackVersions []bool
	if resp.Error = req.Arguments.Get(ctx, &api, &name, &given, &trackVersions); resp.Error != nil {
		return
	}
	if err := linkedcontent.CheckAPIName(api); err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	if len(trackVersions) > 1 {
		resp.Error = function.NewArgumentFuncError(4, "track_versions is given more than once")
		return
	}
	messages, fault := cutMessages(1, name, given)
	if fault != nil {
		resp.Error = fault
		return
	}
	reference := linkedcontent.Reference{LinkedContent: api, Name: name, Shape: messages.Shape, Tags: messages.Tags}
	reference.TrackVersions = len(trackVersions) == 1 && trackVersions[0]
	resp.Error = resp.Result.Set(ctx, reference.String())
}

// cutMessages checks a name, which is the argument of that index, and the messages, which are the next one.
func cutMessages(nameArgument int64, name string, given []types.String) (linkedcontent.Messages, *function.FuncError) {
	if err := linkedcontent.CheckName(name); err != nil {
		return linkedcontent.Messages{}, function.NewArgumentFuncError(nameArgument, err.Error())
	}
	if count := len(given); count < 1 || count > 5 { // Messaging API reference, "Send push message"
		return linkedcontent.Messages{}, function.NewArgumentFuncError(nameArgument+1,
			fmt.Sprintf("there are %d messages, but must be 1 to 5", count))
	}
	messages, fault := parseMessages(nameArgument+1, given)
	if fault != nil {
		return linkedcontent.Messages{}, fault
	}
	cut, err := linkedcontent.Cut(messages)
	if err != nil {
		return linkedcontent.Messages{}, function.NewArgumentFuncError(nameArgument+1, err.Error())
	}
	return cut, nil
}
