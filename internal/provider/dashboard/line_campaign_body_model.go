package dashboard

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/contenthash"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/linemessages"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

type lineCampaignBodyModel struct {
	stored.ReceiptModel
	Name                   types.String `tfsdk:"name"`
	WebhookTemplate        types.String `tfsdk:"webhook_template"`
	To                     types.Object `tfsdk:"to"`
	Messages               types.List   `tfsdk:"messages"`
	LinkedMessages         types.String `tfsdk:"linked_messages"`
	TrackVersions          types.Bool   `tfsdk:"track_versions"`
	NotificationDisabled   types.Bool   `tfsdk:"notification_disabled"`
	CustomAggregationUnits types.List   `tfsdk:"custom_aggregation_units"`
	Body                   types.String `tfsdk:"body"`
	VersionUnit            types.String `tfsdk:"version_unit"`
}

func (m *lineCampaignBodyModel) Identity() types.String { return m.Name }

// called is how messages call the body.
func (m *lineCampaignBodyModel) called() string {
	return fmt.Sprintf("%s %q", lineCampaignBodies.noun, m.Name.ValueString())
}

// Plan keeps the spelling of state where that says the same, so that another spelling of the same messages, or of the reference
// to them, is no change: neither of them nor of what follows from them.
func (m *lineCampaignBodyModel) Plan(ctx context.Context, p stored.Planning[lineCampaignBodyModel], diags *diag.Diagnostics) {
	if p.Prior != nil && p.Messages.Same(m.Messages, p.Prior.Messages) {
		m.Messages = p.Prior.Messages
	}
	if p.Prior != nil && sameReference(m.LinkedMessages, p.Prior.LinkedMessages) {
		m.LinkedMessages = p.Prior.LinkedMessages
	}
	m.derive(ctx, p.Messages, diags)
}

func sameReference(a, b types.String) bool {
	return linkedcontent.SameReference(a.ValueString(), b.ValueString())
}

// derive fills in what follows from the declared attributes; what follows from an unknown one is unknown.
func (m *lineCampaignBodyModel) derive(ctx context.Context, messages linemessages.Reader, diags *diag.Diagnostics) {
	m.Body, m.ContentSHA256, m.VersionUnit = types.StringUnknown(), types.StringUnknown(), types.StringNull()
	if m.TrackVersions.IsUnknown() || m.TrackVersions.ValueBool() {
		m.VersionUnit = types.StringUnknown()
	}
	to, known := recipientOf(ctx, m.To, diags)
	if !known || !values.Known(m.Messages, m.LinkedMessages, m.TrackVersions, m.NotificationDisabled, m.CustomAggregationUnits) {
		return
	}
	if m.TrackVersions.ValueBool() && m.Name.IsUnknown() { // after which versions are named
		return
	}
	at := path.Root("messages")
	if !m.LinkedMessages.IsNull() {
		at = path.Root("linked_messages")
	}
	built, err := contenthash.LineCampaignBody(m.Name.ValueString(), m.given(ctx, to, diags), messages.List(m.Messages))
	if err != nil {
		diags.AddAttributeError(at, "The body cannot be built", err.Error()+".")
		return
	}
	m.Body = types.StringValue(built.Text)
	if built.Unit != "" {
		m.VersionUnit = types.StringValue(built.Unit)
	}
	if m.WebhookTemplate.IsUnknown() || m.VersionUnit.IsUnknown() {
		return
	}
	m.ContentSHA256 = types.StringValue(built.ContentSHA256)
}

// given is what the configuration says, but for the messages.
func (m *lineCampaignBodyModel) given(ctx context.Context, to linebody.Recipient, diags *diag.Diagnostics) templatestore.LineCampaignBody {
	return templatestore.LineCampaignBody{
		WebhookTemplate:        m.WebhookTemplate.ValueStringPointer(),
		To:                     templatestore.Recipient(to),
		LinkedMessages:         m.LinkedMessages.ValueStringPointer(),
		TrackVersions:          m.TrackVersions.ValueBoolPointer(),
		NotificationDisabled:   m.NotificationDisabled.ValueBoolPointer(),
		CustomAggregationUnits: values.StringsOfList(ctx, m.CustomAggregationUnits, diags),
	}
}

// Content is the document's part that is kept in the template store.
func (m *lineCampaignBodyModel) Content(ctx context.Context, diags *diag.Diagnostics) templatestore.LineCampaignBody {
	to, _ := recipientOf(ctx, m.To, diags)
	content := m.given(ctx, to, diags)
	content.Body, content.ContentSHA256 = m.Body.ValueString(), m.ContentSHA256.ValueString()
	for i, message := range (linemessages.Reader{}).List(m.Messages) {
		normal, err := message.Normal()
		if err != nil {
			diags.AddAttributeError(path.Root("messages").AtListIndex(i), "The message cannot be kept", err.Error())
		}
		content.Messages = append(content.Messages, json.RawMessage(normal))
	}
	return content
}

// Refresh takes over what the template store holds, in the spelling of state where that says the same.
func (m *lineCampaignBodyModel) Refresh(
	_ context.Context, _ *connect.Connections, content *templatestore.LineCampaignBody, diags *diag.Diagnostics,
) {
	m.refreshMessages(content, diags)
	if reference := types.StringPointerValue(content.LinkedMessages); !sameReference(reference, m.LinkedMessages) {
		m.LinkedMessages = reference
	}
	m.TrackVersions = types.BoolPointerValue(content.TrackVersions)
	m.VersionUnit = types.StringNull()
	if m.TrackVersions.ValueBool() {
		// Of what somebody edited there may be none.
		if unit, err := contenthash.Unit(m.Name.ValueString(), linemessages.Reader{}.List(m.Messages)); err == nil {
			m.VersionUnit = types.StringValue(unit)
		}
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

func (m *lineCampaignBodyModel) refreshMessages(content *templatestore.LineCampaignBody, diags *diag.Diagnostics) {
	if content.Messages == nil {
		m.Messages = types.ListNull(types.StringType)
		return
	}
	messages := linemessages.Reader{}
	texts := make([]string, len(content.Messages))
	for i, message := range content.Messages {
		normal, err := messages.Read(string(message)).Normal()
		if err != nil {
			diags.AddError("A message in the template store cannot be read", fmt.Sprintf("messages[%d]: %s", i, err))
			return
		}
		texts[i] = normal
	}
	if stored := values.StringList(texts); m.Messages.IsNull() || !messages.Same(stored, m.Messages) {
		m.Messages = stored
	}
}

func (m *lineCampaignBodyModel) PlanRemoval(
	_ context.Context, p stored.Planning[lineCampaignBodyModel], renamed types.String, diags *diag.Diagnostics,
) {
	lineCampaignBodies.remindToRemove(p.Connections, m.Name.ValueString(), renamed, diags)
}

func (m *lineCampaignBodyModel) Wrote(_ context.Context, w stored.Written[lineCampaignBodyModel], diags *diag.Diagnostics) {
	remindToEnter(lineCampaignBodies, w, m, diags)
}
