// Package live has the resources whose objects CleverTap reads itself when a campaign sends. Package stored is their life. It
// knows connect, linkedcontent and the publish store, and no other room of the provider.
package live

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/linemessages"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// noun is how messages call one object.
const noun = "set of LINE linked messages"

type linkedMessagesResource struct {
	stored.Object[templatestore.LineLinkedMessages, linkedMessagesModel, *linkedMessagesModel]
}

var _ stored.Resource = (*linkedMessagesResource)(nil)

// NewLinkedMessages is the resource of that name.
func NewLinkedMessages() resource.Resource {
	r := &linkedMessagesResource{}
	r.About = stored.About{TypeName: "line_linked_messages", Noun: noun, Published: true}
	return r
}

// ValidateConfig checks the messages as those of a body are checked, with the defaults of a recipient.
func (r *linkedMessagesResource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var config linkedMessagesModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	of := ""
	if !config.Name.IsUnknown() {
		of = config.called()
	}
	linemessages.Check(of, linebody.Recipient{}.Text(), config.Messages, r.Connections, &resp.Diagnostics)
}

// frozenBefore are frozen messages in state, and whether their document is gone.
type frozenBefore struct {
	messages linkedMessagesModel
	written  written
	lost     bool
}

// Read keeps what is frozen in mind, so that a plan which knows nothing of the resource in state does not change it either:
// that of a replacement, or of a document that somebody deleted.
func (r *linkedMessagesResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state linkedMessagesModel
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("frozen"), &state.Frozen)...)
	frozen := state.isFrozen(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	r.Object.Read(ctx, req, resp)
	if frozen { // few are: of the others no more is read twice
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
		before := frozenBefore{state, state.writtenBefore(ctx, req.Private, &resp.Diagnostics), resp.State.Raw.IsNull()}
		r.Connections.Names.Hold(string(templatestore.LinkedMessages), state.Name.ValueString(), before)
	}
}

// Delete refuses what is frozen once more: of a replacement that somebody forces no plan knows.
func (r *linkedMessagesResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state linkedMessagesModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if state.isFrozen(ctx, req.Private, &resp.Diagnostics) {
		resp.Diagnostics.Append(state.refusedAsFrozen("deleted"))
	}
	if !resp.Diagnostics.HasError() {
		r.Object.Delete(ctx, req, resp)
	}
}
