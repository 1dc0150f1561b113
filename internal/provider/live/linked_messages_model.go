package live

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/linemessages"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

type linkedMessagesModel struct {
	Name          types.String `tfsdk:"name"`
	LinkedContent types.String `tfsdk:"linked_content"`
	VariantOf     types.String `tfsdk:"variant_of"`
	Messages      types.List   `tfsdk:"messages"`
	TrackVersions types.Bool   `tfsdk:"track_versions"`
	Frozen        types.Bool   `tfsdk:"frozen"`
	ServedAt      types.String `tfsdk:"served_at"`
	Reference     types.String `tfsdk:"reference"`
	Shape         types.String `tfsdk:"shape"`
	ContentSHA256 types.String `tfsdk:"content_sha256"`
	VersionUnit   types.String `tfsdk:"version_unit"`
	ServedSHA256  types.String `tfsdk:"served_sha256"`
}

func (m *linkedMessagesModel) Identity() types.String { return m.Name }

// Receipt is none: nobody enters what CleverTap reads itself.
func (m *linkedMessagesModel) Receipt() *stored.ReceiptModel { return nil }

// called is how messages call the object.
func (m *linkedMessagesModel) called() string {
	return fmt.Sprintf("LINE linked messages %q", m.Name.ValueString())
}

// Plan keeps the spelling of state where that says the same, so that another spelling of the same messages is no change:
// neither of them nor of what follows from them.
func (m *linkedMessagesModel) Plan(ctx context.Context, p stored.Planning[linkedMessagesModel], diags *diag.Diagnostics) {
	if p.Prior != nil && p.Messages.Same(m.Messages, p.Prior.Messages) {
		m.Messages = p.Prior.Messages
	}
	m.derive(p.Connections, p.Messages, diags)
	if !m.ServedAt.IsNull() {
		diags.Append(p.Connections.ReadBack.Missing()...)
	}
	m.ServedSHA256 = types.StringUnknown()
	switch {
	case m.ServedAt.IsNull():
		m.ServedSHA256 = types.StringNull()
	case p.Prior != nil && m.declaresAs(p.Prior) && m.derivedAs(p.Prior): // nothing is written
		m.ServedSHA256 = p.Prior.ServedSHA256
	}
	if p.Connections.CatalogAttributes != "" {
		m.planCatalog(ctx, p, diags)
	}
	if p.Prior == nil {
		m.planCreate(p.Connections, diags)
	} else {
		m.planChange(ctx, p, diags)
	}
}

// derive fills in what follows from the declared attributes; what follows from an unknown one is unknown.
func (m *linkedMessagesModel) derive(c *connect.Connections, messages linemessages.Reader, diags *diag.Diagnostics) {
	m.Reference, m.Shape, m.ContentSHA256, m.VersionUnit =
		types.StringUnknown(), types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	if !m.TrackVersions.IsUnknown() && !m.TrackVersions.ValueBool() {
		m.VersionUnit = types.StringNull()
	}
	if !values.Known(m.Messages) {
		return
	}
	cut, err := linkedcontent.Cut(messages.List(m.Messages))
	if err != nil {
		diags.AddAttributeError(path.Root("messages"), "The messages cannot be published", err.Error()+".")
		return
	}
	m.Shape, m.ContentSHA256 = types.StringValue(cut.Shape), types.StringValue(cut.ContentSHA256)
	if m.TrackVersions.ValueBool() && !m.Name.IsUnknown() {
		m.VersionUnit = types.StringValue(linkedcontent.VersionUnit(m.Name.ValueString(), cut.ContentSHA256))
	}
	if values.Known(m.Name, m.LinkedContent, m.VariantOf, m.TrackVersions) {
		m.Reference = types.StringValue(m.reference(c, cut.Shape, cut.Tags).String())
	}
}

func (m *linkedMessagesModel) reference(c *connect.Connections, shape string, tags []string) linkedcontent.Reference {
	reference := linkedcontent.Reference{
		LinkedContent: m.LinkedContent.ValueString(), Name: m.Name.ValueString(), Variants: !m.VariantOf.IsNull(), Shape: shape, Tags: tags,
		TrackVersions: m.TrackVersions.ValueBool(), Attributes: c.CatalogAttributes,
	}
	if reference.Variants {
		reference.Name = m.VariantOf.ValueString()
	}
	return reference
}

// declaresAs and derivedAs say whether two models are the same in what is declared, and in what follows from it.
func (m *linkedMessagesModel) declaresAs(other *linkedMessagesModel) bool {
	return same(m.Name, other.Name, m.LinkedContent, other.LinkedContent, m.VariantOf, other.VariantOf, m.Messages, other.Messages,
		m.TrackVersions, other.TrackVersions, m.Frozen, other.Frozen, m.ServedAt, other.ServedAt)
}

func (m *linkedMessagesModel) derivedAs(other *linkedMessagesModel) bool {
	return same(m.Reference, other.Reference, m.Shape, other.Shape, m.ContentSHA256, other.ContentSHA256, m.VersionUnit, other.VersionUnit)
}

// same says whether values are equal in pairs.
func same(pairs ...attr.Value) bool {
	for i := 0; i < len(pairs); i += 2 {
		if !pairs[i].Equal(pairs[i+1]) {
			return false
		}
	}
	return true
}

// Ask puts new messages to LINE.
func (m *linkedMessagesModel) Ask(ctx context.Context, p stored.Planning[linkedMessagesModel], diags *diag.Diagnostics) {
	if p.Connections.Line.ValidateMessages && values.Known(m.Messages) && (p.Prior == nil || !p.Messages.Same(m.Messages, p.Prior.Messages)) {
		linemessages.AskLine(ctx, m.called(), p.Messages.List(m.Messages), p.Connections, diags)
	}
}

// Content is what is published.
func (m *linkedMessagesModel) Content(_ context.Context, diags *diag.Diagnostics) templatestore.LineLinkedMessages {
	cut, err := linkedcontent.Cut(linemessages.Reader{}.List(m.Messages))
	if err != nil {
		diags.AddAttributeError(path.Root("messages"), "The messages cannot be published", err.Error()+".")
	}
	return templatestore.LineLinkedMessages{
		Shape:         cut.Shape,
		Parts:         cut.Parts,
		Unit:          linkedcontent.VersionUnit(m.Name.ValueString(), cut.ContentSHA256),
		ContentSHA256: cut.ContentSHA256,
		Tags:          cut.Tags,
		LinkedContent: m.LinkedContent.ValueString(),
		VariantOf:     m.VariantOf.ValueStringPointer(),
		TrackVersions: m.TrackVersions.ValueBoolPointer(),
		Frozen:        m.Frozen.ValueBoolPointer(),
		ServedAt:      m.ServedAt.ValueStringPointer(),
	}
}

// Refresh takes over what is published, in the spelling of state where that says the same. Parts that somebody edited until
// they are no messages any more become one text, so that the plan shows them.
func (m *linkedMessagesModel) Refresh(
	_ context.Context, c *connect.Connections, content *templatestore.LineLinkedMessages, _ *diag.Diagnostics,
) {
	texts, _ := linkedcontent.Join(content.Parts, content.Tags)
	if published := values.StringList(texts); m.Messages.IsNull() || !(linemessages.Reader{}).Same(published, m.Messages) {
		m.Messages = published
	}
	m.LinkedContent = types.StringValue(content.LinkedContent)
	m.VariantOf = types.StringPointerValue(content.VariantOf)
	m.TrackVersions = types.BoolPointerValue(content.TrackVersions)
	m.Frozen = types.BoolPointerValue(content.Frozen)
	m.ServedAt = types.StringPointerValue(content.ServedAt)
	m.Shape = types.StringValue(content.Shape)
	m.ContentSHA256 = types.StringValue(content.ContentSHA256)
	m.Reference = types.StringValue(m.reference(c, content.Shape, content.Tags).String())
	m.VersionUnit = types.StringNull()
	if m.TrackVersions.ValueBool() {
		m.VersionUnit = types.StringValue(content.Unit)
	}
}

// PlanRemoval says what campaigns get that still ask for the messages.
func (m *linkedMessagesModel) PlanRemoval(
	ctx context.Context, p stored.Planning[linkedMessagesModel], renamed types.String, diags *diag.Diagnostics,
) {
	if m.isFrozen(ctx, p.Private, diags) {
		done := "deleted"
		if !renamed.IsNull() {
			done = "renamed"
		}
		diags.Append(m.refusedAsFrozen(done))
		return
	}
	detail := "Their document is deleted. A campaign that asks for it sends nothing from then on: the fetch fails, and its body ends in " +
		"abort. Stop such campaigns first, or move them to other messages."
	if !renamed.IsNull() {
		detail = fmt.Sprintf("The name is part of the URL: this document is deleted, and one named %q is created. A campaign that asks for %q "+
			"sends nothing from then on, until its mapping and its body are those of the new name. To move without a gap, declare the new "+
			"messages beside these, change the campaigns, and remove these afterwards.", renamed.ValueString(), m.Name.ValueString())
	}
	p.Connections.Warn(diags, diag.NewAttributeWarningDiagnostic(path.Root("name"),
		fmt.Sprintf("Campaigns that read the %s get nothing any more", m.called()), detail))
}
