// Package actions holds what is done once and kept nowhere: a test message to one LINE user, and the firing of a campaign.
// It knows connect and the packages that all rooms share.
package actions

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linesend"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

type lineSendTestMessageAction struct{ connect.Action }

var (
	_ action.ActionWithConfigure      = (*lineSendTestMessageAction)(nil)
	_ action.ActionWithValidateConfig = (*lineSendTestMessageAction)(nil)
	_ action.ActionWithModifyPlan     = (*lineSendTestMessageAction)(nil)
)

// NewLineSendTestMessage is the action of that name.
func NewLineSendTestMessage() action.Action { return &lineSendTestMessageAction{} }

type lineSendTestMessageModel struct {
	To                 types.String `tfsdk:"to"`
	Body               types.String `tfsdk:"body"`
	Messages           types.List   `tfsdk:"messages"`
	LinkedMessagesName types.String `tfsdk:"linked_messages_name"`
	Values             types.Map    `tfsdk:"values"`
}

func (a *lineSendTestMessageAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_line_send_test_message"
}

func (a *lineSendTestMessageAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Sends one real LINE message to one user, as a test: the messages of a campaign, with their placeholders filled. " +
			"It counts as one message of the month's quota, which is looked at first. Where an answer of LINE is lost the request is " +
			"repeated with the same retry key, so that the message is sent once. A test message has no unit name: in LINE's lists that would " +
			"look as if a campaign had sent this version.\n\nThat LINE took a message does not say that it arrived: LINE takes messages to those, " +
			"too, who blocked the account or never added it as a friend. `clevertap-line send` does the same at a terminal, and asks first.",
		Attributes: map[string]schema.Attribute{
			"to": schema.StringAttribute{
				MarkdownDescription: "LINE user ID of the one user who gets the message: `U` and 32 hexadecimal digits. Plans show it unless it " +
					"comes from a sensitive variable.",
				Required: true,
			},
			"body": schema.StringAttribute{
				MarkdownDescription: "Push body whose messages are sent, as the `body` of a `clevertap_line_campaign_body`. Its recipient and its " +
					"unit names are left out. One that reads linked messages has none of its own.",
				Optional: true,
			},
			"messages": schema.ListAttribute{
				MarkdownDescription: "One to five messages, each one LINE message object as JSON text.",
				ElementType:         types.StringType,
				Optional:            true,
			},
			"linked_messages_name": schema.StringAttribute{
				MarkdownDescription: "Name of a `clevertap_line_linked_messages`, whose messages are sent as they are in the publish store.",
				Optional:            true,
			},
			"values": schema.MapAttribute{
				MarkdownDescription: "Values for placeholders, such as `\"Profile.Name\" = \"Aya\"`; what is written as a number or a boolean is " +
					"one. The user lacks all other properties: an output without a value prints its default, and where it has none, nothing is sent.",
				ElementType: types.StringType,
				Optional:    true,
			},
		},
	}
}

func (a *lineSendTestMessageAction) ValidateConfig(
	ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse,
) {
	a.check(ctx, req.Config, &resp.Diagnostics)
}

// ModifyPlan finds what only the values of a plan show.
func (a *lineSendTestMessageAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	m := a.check(ctx, req.Config, &resp.Diagnostics)
	if a.Connections == nil {
		return
	}
	resp.Diagnostics.Append(a.Connections.Line.Missing()...)
	if !m.LinkedMessagesName.IsNull() {
		resp.Diagnostics.Append(a.Connections.PublishStore.Missing()...)
	}
}

// check reads the configuration, and finds what cannot be sent as far as it is known. It is asked in each step, since validators
// of attributes do not see the values of a plan. What is published may be another when the action is invoked, and is not
// looked at.
func (a *lineSendTestMessageAction) check(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) lineSendTestMessageModel {
	m := a.read(ctx, config, diags)
	if values.Known(m.To) && !diags.HasError() {
		m.recipient(diags)
	}
	if !diags.HasError() && m.LinkedMessagesName.IsNull() && values.Known(m.To, m.Body, m.Messages, m.Values) {
		a.message(ctx, m, diags)
	}
	return m
}

func (m *lineSendTestMessageModel) recipient(diags *diag.Diagnostics) line.UserID {
	to, err := line.ParseUserID(m.To.ValueString())
	if err != nil { // which quotes what may come from a sensitive variable
		diags.AddAttributeError(path.Root("to"), "No LINE user ID", "A test message is sent to one user, whose ID is U and 32 lower-case "+
			"hexadecimal digits. Groups and rooms get none.")
	}
	return to
}

func (a *lineSendTestMessageAction) read(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) (m lineSendTestMessageModel) {
	diags.Append(config.Get(ctx, &m)...)
	given := 0
	for _, source := range []attr.Value{m.Body, m.Messages, m.LinkedMessagesName} {
		if !source.IsNull() {
			given++
		}
	}
	if given != 1 && !diags.HasError() {
		diags.AddError("What to send is not clear", "Exactly one of body, messages and linked_messages_name is to be given.")
	}
	return m
}

// message is what is sent.
func (a *lineSendTestMessageAction) message(
	ctx context.Context, m lineSendTestMessageModel, diags *diag.Diagnostics,
) (message linesend.Message) {
	to := m.recipient(diags)
	if diags.HasError() {
		return message
	}
	at, draft, err := a.draft(ctx, m, diags)
	if diags.HasError() {
		return message
	}
	var options linebody.Options
	if c := a.Connections; c != nil {
		options = linebody.Options{Strict: c.Line.StrictMessageTypes, Ignore: c.Line.IgnoredWarnings}
	}
	given := values.StringsOfMap(ctx, m.Values, diags)
	if err == nil && !diags.HasError() {
		message, err = draft.Fill(to, given, options)
	}
	if err != nil {
		diags.AddAttributeError(at, "The test message cannot be sent", err.Error())
	}
	return message
}

// draft reads what is to be sent from where it is given.
func (a *lineSendTestMessageAction) draft(
	ctx context.Context, m lineSendTestMessageModel, diags *diag.Diagnostics,
) (at path.Path, draft linesend.Draft, err error) {
	switch {
	case !m.Body.IsNull():
		draft, err = linesend.Read(m.Body.ValueString())
		return path.Root("body"), draft, err
	case !m.Messages.IsNull():
		draft, err = linesend.ReadMessages(values.StringsOfList(ctx, m.Messages, diags))
		return path.Root("messages"), draft, err
	}
	at = path.Root("linked_messages_name")
	store := a.Connections.PublishStore.Get(diags)
	if store == nil {
		return at, draft, nil // the reason is in diags
	}
	content, _, err := templatestore.Read[templatestore.LineLinkedMessages](
		ctx, store, m.LinkedMessagesName.ValueString(), templatestore.Revision{})
	if err != nil {
		return at, draft, err
	}
	draft, err = linesend.ReadLinked(content.Parts, content.Tags)
	return at, draft, err
}

func (a *lineSendTestMessageAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	say := func(text string) { resp.SendProgress(action.InvokeProgressEvent{Message: text}) }
	m := a.read(ctx, req.Config, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	message := a.message(ctx, m, &resp.Diagnostics)
	client := a.Connections.Line.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if len(message.Warnings) > 0 {
		resp.Diagnostics.AddWarning("The test message may not be what you want", strings.Join(message.Warnings, "\n"))
	}
	quota, err := linesend.Quota(ctx, client)
	if err != nil {
		resp.Diagnostics.AddError("The test message was not sent", err.Error())
		return
	}
	say(quota)
	took, err := message.Send(ctx, client)
	if err != nil {
		resp.Diagnostics.AddError("LINE did not say that it took the test message", err.Error())
		return
	}
	say(took)
}
