package dashboard

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/privatestate"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

type lineCampaignBodyModel struct {
	receiptModel
	Name                   types.String `tfsdk:"name"`
	WebhookTemplate        types.String `tfsdk:"webhook_template"`
	To                     types.Object `tfsdk:"to"`
	Messages               types.List   `tfsdk:"messages"`
	NotificationDisabled   types.Bool   `tfsdk:"notification_disabled"`
	CustomAggregationUnits types.List   `tfsdk:"custom_aggregation_units"`
	Body                   types.String `tfsdk:"body"`
}

func (m *lineCampaignBodyModel) identity() types.String { return m.Name }

// plan keeps the spelling of state where that says the same, so that another spelling of the same messages is no change:
// neither of them nor of what follows from them.
func (m *lineCampaignBodyModel) plan(ctx context.Context, p planning[lineCampaignBodyModel], diags *diag.Diagnostics) {
	if p.prior != nil && p.messages.same(m.Messages, p.prior.Messages) {
		m.Messages = p.prior.Messages
	}
	m.derive(ctx, p.messages, diags)
}

// derive fills in what follows from the declared attributes; what follows from an unknown one is unknown.
func (m *lineCampaignBodyModel) derive(ctx context.Context, messages messageReader, diags *diag.Diagnostics) {
	to, known := recipientOf(ctx, m.To, diags)
	m.Body, m.ContentSHA256 = types.StringUnknown(), types.StringUnknown()
	if !known || !values.Known(m.Messages, m.NotificationDisabled, m.CustomAggregationUnits) {
		return
	}
	parts := linebody.Body{
		To:                     to.Text(),
		Messages:               messages.list(m.Messages),
		NotificationDisabled:   m.NotificationDisabled.ValueBoolPointer(),
		CustomAggregationUnits: values.StringsOfList(ctx, m.CustomAggregationUnits, diags),
	}
	body, err := linebody.Build(parts)
	if err != nil {
		diags.AddAttributeError(path.Root("messages"), "The body cannot be built", err.Error())
		return
	}
	m.Body = types.StringValue(body)
	if m.WebhookTemplate.IsUnknown() {
		return
	}
	canonical, err := linebody.Canonical(parts)
	if err == nil {
		var sum string
		sum, err = contentSHA256(map[string]any{
			"body":             json.RawMessage(canonical),
			"webhook_template": m.WebhookTemplate.ValueStringPointer(),
		})
		m.ContentSHA256 = types.StringValue(sum)
	}
	if err != nil {
		diags.AddError("The body cannot be hashed", err.Error())
	}
}

// content is the document's part that is kept in the template store.
func (m *lineCampaignBodyModel) content(
	ctx context.Context, messages messageReader, diags *diag.Diagnostics,
) templatestore.LineCampaignBody {
	to, _ := recipientOf(ctx, m.To, diags)
	content := templatestore.LineCampaignBody{
		WebhookTemplate:        m.WebhookTemplate.ValueStringPointer(),
		To:                     templatestore.Recipient(to),
		NotificationDisabled:   m.NotificationDisabled.ValueBoolPointer(),
		CustomAggregationUnits: values.StringsOfList(ctx, m.CustomAggregationUnits, diags),
		Body:                   m.Body.ValueString(),
		ContentSHA256:          m.ContentSHA256.ValueString(),
	}
	for i, message := range messages.list(m.Messages) {
		normal, err := message.Normal()
		if err != nil {
			diags.AddAttributeError(path.Root("messages").AtListIndex(i), "The message cannot be kept", err.Error())
		}
		content.Messages = append(content.Messages, json.RawMessage(normal))
	}
	return content
}

// refresh takes over what the template store holds, in the spelling of state where that says the same.
func (m *lineCampaignBodyModel) refresh(
	_ context.Context, content *templatestore.LineCampaignBody, messages messageReader, diags *diag.Diagnostics,
) {
	texts := make([]string, len(content.Messages))
	for i, message := range content.Messages {
		normal, err := messages.read(string(message)).Normal()
		if err != nil {
			diags.AddError("A message in the template store cannot be read", fmt.Sprintf("messages[%d]: %s", i, err))
			return
		}
		texts[i] = normal
	}
	if stored := values.StringList(texts); m.Messages.IsNull() || !messages.same(stored, m.Messages) {
		m.Messages = stored
	}
	to := recipientModel{
		ProfileProperty: types.StringPointerValue(content.To.ProfileProperty),
		Default:         types.StringPointerValue(content.To.Default),
		ID:              types.StringPointerValue(content.To.ID),
	}
	m.To = to.block(m.To)
	m.WebhookTemplate = types.StringPointerValue(content.WebhookTemplate)
	m.NotificationDisabled = types.BoolPointerValue(content.NotificationDisabled)
	m.CustomAggregationUnits = types.ListNull(types.StringType)
	if content.CustomAggregationUnits != nil {
		m.CustomAggregationUnits = values.StringList(content.CustomAggregationUnits)
	}
	m.Body = types.StringValue(content.Body)
	m.ContentSHA256 = types.StringValue(content.ContentSHA256)
}

func (m *lineCampaignBodyModel) remember(context.Context, *connect.Connections, tfsdk.Config, privatestate.Writer, *diag.Diagnostics) {
}
