package provider

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const (
	// CleverTap's LINE guide uses these in each of its bodies (docs.clevertap.com, "LINE"); in its text it has lineID, too.
	defaultProfileProperty = "LineID"
	defaultRecipient       = "N.A"
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
	DialogRows             types.List   `tfsdk:"dialog_rows"`
}

type recipientModel struct {
	ProfileProperty types.String `tfsdk:"profile_property"`
	Default         types.String `tfsdk:"default"`
	ID              types.String `tfsdk:"id"`
}

var recipientType = map[string]attr.Type{
	"profile_property": types.StringType, "default": types.StringType, "id": types.StringType,
}

// property resolves the defaults of a recipient that is no fixed id. They are resolved here and not in the schema: there
// they would fill in fields that a user meant to leave out.
func (m recipientModel) property() personalization.ProfileProperty {
	property := personalization.ProfileProperty{Name: defaultProfileProperty, Default: defaultRecipient}
	if !m.ProfileProperty.IsNull() {
		property.Name = m.ProfileProperty.ValueString()
	}
	if !m.Default.IsNull() {
		property.Default = m.Default.ValueString()
	}
	return property
}

// text is the value of `to` in the body.
func (m recipientModel) text() string {
	if !m.ID.IsNull() {
		return m.ID.ValueString()
	}
	return m.property().Liquid()
}

// check says what keeps a known recipient from being written into a body.
func (m recipientModel) check() error {
	if m.ID.IsNull() {
		return m.property().Check()
	}
	if !m.ProfileProperty.IsNull() || !m.Default.IsNull() {
		return errors.New("give either id, or profile_property with its default")
	}
	return nil
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
	m.derive(ctx, prior, diags)
}

func sameMessages(a, b types.List) bool {
	if !known(a, b) || len(a.Elements()) != len(b.Elements()) {
		return false
	}
	others := b.Elements()
	for i, element := range a.Elements() {
		one, _ := element.(types.String)
		other, _ := others[i].(types.String)
		if !one.Equal(other) && !linebody.Equal(one.ValueString(), other.ValueString()) {
			return false
		}
	}
	return true
}

// derive fills in what follows from the declared attributes; what follows from an unknown one is unknown.
func (m *lineCampaignBodyModel) derive(ctx context.Context, prior *lineCampaignBodyModel, diags *diag.Diagnostics) {
	to := objectAs[recipientModel](ctx, m.To, diags)
	m.Body, m.ContentSHA256, m.DialogRows = types.StringUnknown(), types.StringUnknown(), types.ListUnknown(types.StringType)
	m.Entered = entered(m.EnteredSHA256, m.ContentSHA256)
	if !known(m.To, to.ProfileProperty, to.Default, to.ID, m.Messages, m.NotificationDisabled, m.CustomAggregationUnits) {
		return
	}
	body, err := linebody.Build(linebody.Body{
		To:                     to.text(),
		Messages:               stringsOfList(ctx, m.Messages, diags),
		NotificationDisabled:   m.NotificationDisabled.ValueBoolPointer(),
		CustomAggregationUnits: stringsOfList(ctx, m.CustomAggregationUnits, diags),
	})
	if err != nil {
		diags.AddAttributeError(path.Root("messages"), "The body cannot be built", err.Error())
		return
	}
	m.Body = types.StringValue(body)
	if m.WebhookTemplate.IsUnknown() {
		return
	}
	canonical, err := linebody.Canonical(body)
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
	if prior != nil && prior.ContentSHA256.Equal(m.ContentSHA256) && prior.Body.Equal(m.Body) && !prior.DialogRows.IsNull() {
		// The same content keeps its rows: a provider that words them otherwise is no reason to plan a change.
		m.DialogRows = prior.DialogRows
		return
	}
	m.DialogRows = dialogRowsValue(m.dialogRows(to))
}

// dialogRows follows the webhook campaign of "Create a Campaign" in the LINE guide, docs.clevertap.com.
func (m *lineCampaignBodyModel) dialogRows(to recipientModel) []dialogRow {
	webhook := dialogRow{Field: "Webhook", Value: m.WebhookTemplate.ValueString(), Note: "under Start here, with the qualification of your campaign"}
	if m.WebhookTemplate.IsNull() {
		webhook.Value = "the webhook template that posts to LINE's push API"
	}
	rows := []dialogRow{{Field: "Open", Value: campaignDialog}, webhook}
	property := to.property()
	if to.ID.IsNull() {
		rows = append(rows, dialogRow{
			Field: "Who", Value: fmt.Sprintf("User property %s exists", property.Name),
			Note: fmt.Sprintf("besides your own conditions; without it, profiles that lack the property get %q, and LINE answers 400 to each",
				property.Default),
		})
	} else {
		rows = append(rows, dialogRow{
			Field: "Who", Value: "An audience of one profile",
			Note: "the recipient is fixed: every profile in the audience sends the message to it once more",
		})
	}
	rows = append(rows,
		dialogRow{Field: "Webhook format", Value: "JSON"},
		dialogRow{Field: "Body", Value: "Custom body"},
		dialogRow{Field: "Custom body", Value: m.Body.ValueString()},
	)
	if to.ID.IsNull() {
		rows = append(rows, dialogRow{
			Field: "Recipient (to)", Value: property.Picker(),
			Note: "how the editor's picker shows the recipient, for those who type @ and choose it there; not to be pasted",
		})
	}
	return append(rows,
		dialogRow{Field: "Preview & Send Test", Value: "Send to a profile of your own", Note: "LINE answers 200 for users " +
			"who blocked the account, too: look at the phone"},
		dialogRow{Field: "When", Value: "Set the schedule, then publish"},
	)
}

// content is the document's part that is kept in the template store.
func (m *lineCampaignBodyModel) content(ctx context.Context, diags *diag.Diagnostics) templatestore.LineCampaignBody {
	to := objectAs[recipientModel](ctx, m.To, diags)
	content := templatestore.LineCampaignBody{
		WebhookTemplate: m.WebhookTemplate.ValueStringPointer(),
		To: templatestore.Recipient{
			ProfileProperty: to.ProfileProperty.ValueStringPointer(),
			Default:         to.Default.ValueStringPointer(),
			ID:              to.ID.ValueStringPointer(),
		},
		NotificationDisabled:   m.NotificationDisabled.ValueBoolPointer(),
		CustomAggregationUnits: stringsOfList(ctx, m.CustomAggregationUnits, diags),
		Body:                   m.Body.ValueString(),
		ContentSHA256:          m.ContentSHA256.ValueString(),
		EnteredSHA256:          m.EnteredSHA256.ValueStringPointer(),
	}
	for i, message := range stringsOfList(ctx, m.Messages, diags) {
		normal, err := linebody.Normalize(message)
		if err != nil {
			diags.AddAttributeError(path.Root("messages").AtListIndex(i), "The message cannot be kept", err.Error())
		}
		content.Messages = append(content.Messages, json.RawMessage(normal))
	}
	return content
}

// refresh takes over what the template store holds, in the spelling of state where that says the same. The dialog rows
// stay those of the declared content; in an import they are those of the document, unless it was edited by hand: then the
// plan makes them.
func (m *lineCampaignBodyModel) refresh(ctx context.Context, content *templatestore.LineCampaignBody, diags *diag.Diagnostics) {
	messages := make([]string, len(content.Messages))
	for i, message := range content.Messages {
		normal, err := linebody.Normalize(string(message))
		if err != nil {
			diags.AddError("A message in the template store cannot be read", fmt.Sprintf("messages[%d]: %s", i, err))
			return
		}
		messages[i] = normal
	}
	if stored := stringList(messages); m.Messages.IsNull() || !sameMessages(stored, m.Messages) {
		m.Messages = stored
	}
	to := recipientModel{
		ProfileProperty: types.StringPointerValue(content.To.ProfileProperty),
		Default:         types.StringPointerValue(content.To.Default),
		ID:              types.StringPointerValue(content.To.ID),
	}
	m.To = to.keepingNull(m.To)
	m.WebhookTemplate = types.StringPointerValue(content.WebhookTemplate)
	m.NotificationDisabled = types.BoolPointerValue(content.NotificationDisabled)
	m.CustomAggregationUnits = types.ListNull(types.StringType)
	if content.CustomAggregationUnits != nil {
		m.CustomAggregationUnits = stringList(content.CustomAggregationUnits)
	}
	m.Body = types.StringValue(content.Body)
	m.ContentSHA256 = types.StringValue(content.ContentSHA256)
	m.EnteredSHA256 = types.StringPointerValue(content.EnteredSHA256)
	m.Entered = entered(m.EnteredSHA256, m.ContentSHA256)
	if m.DialogRows.IsNull() {
		derived := *m
		derived.derive(ctx, nil, diags)
		if derived.ContentSHA256.Equal(m.ContentSHA256) && derived.Body.Equal(m.Body) {
			m.DialogRows = derived.DialogRows
		}
	}
}

// keepingNull is the object for state; a recipient with nothing set stays null where it was null.
func (m recipientModel) keepingNull(prior types.Object) types.Object {
	if m.ProfileProperty.IsNull() && m.Default.IsNull() && m.ID.IsNull() && prior.IsNull() {
		return types.ObjectNull(recipientType)
	}
	return types.ObjectValueMust(recipientType, map[string]attr.Value{
		"profile_property": m.ProfileProperty, "default": m.Default, "id": m.ID,
	})
}
