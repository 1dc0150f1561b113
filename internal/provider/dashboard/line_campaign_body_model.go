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
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

type lineCampaignBodyModel struct {
	Name                   types.String `tfsdk:"name"`
	WebhookTemplate        types.String `tfsdk:"webhook_template"`
	To                     types.Object `tfsdk:"to"`
	Messages               types.List   `tfsdk:"messages"`
	NotificationDisabled   types.Bool   `tfsdk:"notification_disabled"`
	CustomAggregationUnits types.List   `tfsdk:"custom_aggregation_units"`
	Body                   types.String `tfsdk:"body"`
	ContentSHA256          types.String `tfsdk:"content_sha256"`
	EnteredSHA256          types.String `tfsdk:"entered_sha256"`
	Entered                types.Bool   `tfsdk:"entered"`
}

func (m *lineCampaignBodyModel) identity() types.String { return m.Name }

func (m *lineCampaignBodyModel) receipt() (contentSHA256 types.String, entered bool) {
	return m.ContentSHA256, m.Entered.ValueBool()
}

func (m *lineCampaignBodyModel) plan(ctx context.Context, _ tfsdk.Config, prior *lineCampaignBodyModel, diags *diag.Diagnostics) {
	if prior != nil && sameMessages(m.Messages, prior.Messages) {
		// Another spelling of the same messages is no change: neither of them nor of what follows from them.
		m.Messages = prior.Messages
	}
	m.derive(ctx, diags)
}

func sameMessages(a, b types.List) bool {
	if !values.Known(a, b) || len(a.Elements()) != len(b.Elements()) {
		return false
	}
	others := b.Elements()
	for i, element := range a.Elements() {
		one, _ := element.(types.String)
		other, _ := others[i].(types.String)
		if !one.Equal(other) && !linebody.ParseMessage(one.ValueString()).Equal(linebody.ParseMessage(other.ValueString())) {
			return false
		}
	}
	return true
}

// derive fills in what follows from the declared attributes; what follows from an unknown one is unknown.
func (m *lineCampaignBodyModel) derive(ctx context.Context, diags *diag.Diagnostics) {
	to, known := recipientOf(ctx, m.To, diags)
	m.Body, m.ContentSHA256 = types.StringUnknown(), types.StringUnknown()
	m.Entered = entered(m.EnteredSHA256, m.ContentSHA256)
	if !known || !values.Known(m.Messages, m.NotificationDisabled, m.CustomAggregationUnits) {
		return
	}
	parts := linebody.Body{
		To:                     to.Text(),
		Messages:               linebody.ParseMessages(values.StringsOfList(ctx, m.Messages, diags)...),
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
		return
	}
	m.Entered = entered(m.EnteredSHA256, m.ContentSHA256)
}

// content is the document's part that is kept in the template store.
func (m *lineCampaignBodyModel) content(ctx context.Context, diags *diag.Diagnostics) templatestore.LineCampaignBody {
	to, _ := recipientOf(ctx, m.To, diags)
	content := templatestore.LineCampaignBody{
		WebhookTemplate:        m.WebhookTemplate.ValueStringPointer(),
		To:                     templatestore.Recipient(to),
		NotificationDisabled:   m.NotificationDisabled.ValueBoolPointer(),
		CustomAggregationUnits: values.StringsOfList(ctx, m.CustomAggregationUnits, diags),
		Body:                   m.Body.ValueString(),
		ContentSHA256:          m.ContentSHA256.ValueString(),
		EnteredSHA256:          m.EnteredSHA256.ValueStringPointer(),
	}
	for i, message := range values.StringsOfList(ctx, m.Messages, diags) {
		normal, err := linebody.ParseMessage(message).Normal()
		if err != nil {
			diags.AddAttributeError(path.Root("messages").AtListIndex(i), "The message cannot be kept", err.Error())
		}
		content.Messages = append(content.Messages, json.RawMessage(normal))
	}
	return content
}

// refresh takes over what the template store holds, in the spelling of state where that says the same.
func (m *lineCampaignBodyModel) refresh(ctx context.Context, content *templatestore.LineCampaignBody, diags *diag.Diagnostics) {
	messages := make([]string, len(content.Messages))
	for i, message := range content.Messages {
		normal, err := linebody.ParseMessage(string(message)).Normal()
		if err != nil {
			diags.AddError("A message in the template store cannot be read", fmt.Sprintf("messages[%d]: %s", i, err))
			return
		}
		messages[i] = normal
	}
	if stored := values.StringList(messages); m.Messages.IsNull() || !sameMessages(stored, m.Messages) {
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
	m.EnteredSHA256 = types.StringPointerValue(content.EnteredSHA256)
	m.Entered = entered(m.EnteredSHA256, m.ContentSHA256)
}
