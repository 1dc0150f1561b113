package live

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/catalogstore"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/linemessages"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/privatestate"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/servedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// writtenKey is where private state has what was last written, whatever was read since.
const writtenKey = "written"

// written tells an edit of the published document from one of the configuration.
type written struct {
	ContentSHA256 string `json:"content_sha256"`
	Reference     string `json:"reference"`
	Shape         string `json:"shape"`
	Frozen        bool   `json:"frozen"`
}

func (m *linkedMessagesModel) written() written {
	return written{m.ContentSHA256.ValueString(), m.Reference.ValueString(), m.Shape.ValueString(), m.Frozen.ValueBool()}
}

// planChange refuses to change what is frozen, and says when campaigns need another body. What puts an edit of the published
// document right is no change: campaigns were made for what was written.
func (m *linkedMessagesModel) planChange(ctx context.Context, p stored.Planning[linkedMessagesModel], diags *diag.Diagnostics) {
	before := p.Prior.writtenBefore(ctx, p.Private, diags)
	repairs := m.restores(before)
	declared := same(m.Name, p.Prior.Name, m.LinkedContent, p.Prior.LinkedContent, m.VariantOf, p.Prior.VariantOf,
		m.Messages, p.Prior.Messages, m.TrackVersions, p.Prior.TrackVersions)
	if p.Prior.isFrozen(ctx, p.Private, diags) && !declared && !repairs && m.Name.Equal(p.Prior.Name) {
		diags.Append(p.Prior.refusedAsFrozen("changed"))
		return
	}
	if at, why := m.newBody(before); why != "" && m.Name.Equal(p.Prior.Name) {
		p.Connections.Warn(diags, diag.NewAttributeWarningDiagnostic(path.Root(at),
			fmt.Sprintf("The body of campaigns that read the %s changes", m.called()),
			why+" Campaigns with the body of before send nothing from the apply on, until the new body is pasted: it ends in abort rather "+
				"than send a wrong message. To move without a gap, declare the new messages under another name, change the campaigns, and "+
				"remove these afterwards."))
	}
}

// planCreate refuses to replace what is frozen, and to put other messages in the place of those that were.
func (m *linkedMessagesModel) planCreate(c *connect.Connections, diags *diag.Diagnostics) {
	before, held := c.Names.Held(string(templatestore.LinkedMessages), m.Name.ValueString()).(frozenBefore)
	switch {
	case !held:
	case !before.lost:
		diags.Append(before.messages.refusedAsFrozen("replaced"))
	case !m.restores(before.written):
		diags.Append(before.messages.refusedAsFrozen("changed"))
	}
}

// writtenBefore is what was last written of the messages in state; of imported ones, what was read.
func (m *linkedMessagesModel) writtenBefore(ctx context.Context, private privatestate.Reader, diags *diag.Diagnostics) written {
	before := privatestate.Get[written](ctx, private, writtenKey, diags)
	if before == (written{}) {
		return m.written()
	}
	return before
}

// restores says whether the messages are those that were written.
func (m *linkedMessagesModel) restores(before written) bool {
	return m.ContentSHA256.ValueString() == before.ContentSHA256 && m.Reference.ValueString() == before.Reference
}

// isFrozen says whether the messages in state are frozen, which somebody may have edited out of the document.
func (m *linkedMessagesModel) isFrozen(ctx context.Context, private privatestate.Reader, diags *diag.Diagnostics) bool {
	return m.Frozen.ValueBool() || privatestate.Get[written](ctx, private, writtenKey, diags).Frozen
}

// newBody says why the body that was made for what was written would refuse what is planned, and by which attribute; nothing
// where it would not.
func (m *linkedMessagesModel) newBody(before written) (attribute, why string) {
	if !m.Shape.IsUnknown() && m.Shape.ValueString() != before.Shape {
		return "messages", fmt.Sprintf("The Liquid in the messages is another one: their shape was %s and becomes %s.",
			before.Shape, m.Shape.ValueString())
	}
	asked, err := linkedcontent.ParseReference(before.Reference)
	switch {
	case err != nil || m.VariantOf.IsUnknown() || m.VariantOf.ValueString() == asked.Name:
	case asked.Variants:
		return "variant_of", fmt.Sprintf("It asks for variants of %q, and these are to be none.", asked.Name)
	case asked.Attributes != "" && !m.VariantOf.IsNull(): // which is then the product's name
		return "variant_of", fmt.Sprintf("It asks for %q, which a catalog calls %q from then on.", asked.Name, m.VariantOf.ValueString())
	}
	return "", ""
}

// refusedAsFrozen says that the messages in state are not to change.
func (m *linkedMessagesModel) refusedAsFrozen(done string) diag.Diagnostic {
	detail := "frozen = true says that a campaign sends exactly these messages. Declare what is new under another name. If no campaign " +
		"reads them any more, set frozen = false, apply that alone, and change or delete them then. A resource that is tainted, or " +
		"that -replace or replace_triggered_by names, is replaced all the same: terraform untaint, or leave that out."
	if !m.Frozen.ValueBool() {
		detail += " Somebody edited frozen in the published document: apply frozen = true first, which puts that right."
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("frozen"), fmt.Sprintf("The %s are frozen, and would be %s", m.called(), done), detail)
}

// Observe looks at what is served.
func (m *linkedMessagesModel) Observe(ctx context.Context, c *connect.Connections, diags *diag.Diagnostics) {
	if m.ServedAt.IsNull() {
		m.ServedSHA256 = types.StringNull()
		return
	}
	diags.Append(c.ReadBack.Missing()...)
	reader, ok := c.ReadBack.Known()
	if !ok {
		return
	}
	m.noteServed(reader.Look(ctx, m.ServedAt.ValueString(), m.expected()), c, diags)
}

// Wrote waits until what was published is served. Whatever keeps it from that is a warning: an error would taint what was
// created, and its replacement delete what is live.
func (m *linkedMessagesModel) Wrote(ctx context.Context, w stored.Written[linkedMessagesModel], diags *diag.Diagnostics) {
	privatestate.Set(ctx, w.Private, writtenKey, m.written(), diags)
	m.ServedSHA256 = types.StringNull()
	reader, ok := w.Connections.ReadBack.Known()
	if !ok || m.ServedAt.IsNull() {
		return
	}
	m.noteServed(reader.Await(ctx, m.ServedAt.ValueString(), m.expected()), w.Connections, diags)
}

// expected goes by the messages themselves: of those that somebody edited, content_sha256 may be what it was before.
func (m *linkedMessagesModel) expected() servedcontent.Expected {
	cut, _ := linkedcontent.Cut(linemessages.Reader{}.List(m.Messages)) // what cannot be read is served as such
	return servedcontent.Expected{
		Name: m.Name.ValueString(), VariantOf: m.VariantOf.ValueString(), Shape: m.Shape.ValueString(), ContentSHA256: cut.ContentSHA256,
	}
}

func (m *linkedMessagesModel) noteServed(served servedcontent.Served, c *connect.Connections, diags *diag.Diagnostics) {
	m.ServedSHA256 = types.StringNull()
	if served.ContentSHA256 != "" {
		m.ServedSHA256 = types.StringValue(served.ContentSHA256)
	}
	if served.Fault != "" {
		c.Warn(diags, diag.NewAttributeWarningDiagnostic(path.Root("served_at"),
			fmt.Sprintf("CleverTap would not send the %s as they are published", m.called()),
			fmt.Sprintf("%s was read as CleverTap reads it. %s", m.ServedAt.ValueString(), served.Fault)))
	}
}

// planCatalog says of a catalog what it cannot take.
func (m *linkedMessagesModel) planCatalog(ctx context.Context, p stored.Planning[linkedMessagesModel], diags *diag.Diagnostics) {
	if !m.ServedAt.IsNull() {
		diags.AddAttributeError(path.Root("served_at"), "A catalog is read by CleverTap alone",
			"What is published in a catalog is read through CleverTap's own API, where the provider reads it anyway. Remove served_at.")
	}
	if m.ContentSHA256.IsUnknown() || m.Name.IsUnknown() || diags.HasError() {
		return
	}
	content := m.Content(ctx, diags)
	err := catalogstore.Check(m.Name.ValueString(), content)
	if changed := p.Prior == nil || !m.declaresAs(p.Prior) || !m.derivedAs(p.Prior); err == nil && changed && p.Connections.Catalog != nil {
		err = p.Connections.Catalog.Fits(ctx, len(content.Parts))
	}
	if err != nil {
		diags.AddAttributeError(path.Root("messages"), "The messages do not fit into a catalog", err.Error()+".")
	}
}
