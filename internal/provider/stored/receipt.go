package stored

import (
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// ReceiptModel is what every dashboard object has besides its own: the hash of what is to be entered, and what is known to have been.
type ReceiptModel struct {
	ContentSHA256 types.String `tfsdk:"content_sha256"`
	Entered       types.Bool   `tfsdk:"entered"`
	EnteredSHA256 types.String `tfsdk:"entered_sha256"`
	EnteredBy     types.String `tfsdk:"entered_by"`
	EnteredAt     types.String `tfsdk:"entered_at"`
}

// ReceiptAttributes are the schema of a [ReceiptModel].
func ReceiptAttributes(contentDescription string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"content_sha256": schema.StringAttribute{
			MarkdownDescription: contentDescription,
			Computed:            true,
		},
		"entered": schema.BoolAttribute{
			MarkdownDescription: "Whether the dashboard is known to hold what is declared: there is a receipt of it in the template store. " +
				"The command `clevertap-line entered` writes receipts; a refresh reads them.",
			Computed: true,
		},
		"entered_sha256": schema.StringAttribute{
			MarkdownDescription: "The `content_sha256` of what was last entered, by the receipt; null without one.",
			Computed:            true,
		},
		"entered_by": schema.StringAttribute{
			MarkdownDescription: "Who entered it.",
			Computed:            true,
		},
		"entered_at": schema.StringAttribute{
			MarkdownDescription: "When the receipt was written (RFC 3339, UTC).",
			Computed:            true,
		},
	}
}

// Receipt is the part of a model that this is.
func (m *ReceiptModel) Receipt() *ReceiptModel { return m }

// take notes what the store's receipt says, nil being none.
func (m *ReceiptModel) take(receipt *templatestore.Receipt) {
	m.EnteredSHA256, m.EnteredBy, m.EnteredAt = types.StringNull(), types.StringNull(), types.StringNull()
	if receipt != nil {
		m.EnteredSHA256 = types.StringValue(receipt.ContentSHA256)
		m.EnteredBy = types.StringValue(receipt.By)
		m.EnteredAt = types.StringValue(receipt.At)
	}
	m.compare()
}

// keep takes over what is known of the dashboard from the resource in state.
func (m *ReceiptModel) keep(prior *ReceiptModel) {
	m.EnteredSHA256, m.EnteredBy, m.EnteredAt = prior.EnteredSHA256, prior.EnteredBy, prior.EnteredAt
	m.compare()
}

// wait leaves unknown what a store tells that is not known yet.
func (m *ReceiptModel) wait() {
	m.EnteredSHA256, m.EnteredBy, m.EnteredAt = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
	m.Entered = types.BoolUnknown()
}

// compare says whether what was entered is what is declared.
func (m *ReceiptModel) compare() {
	switch {
	case m.EnteredSHA256.IsNull():
		m.Entered = types.BoolValue(false)
	case m.EnteredSHA256.IsUnknown() || m.ContentSHA256.IsUnknown():
		m.Entered = types.BoolUnknown()
	default:
		m.Entered = types.BoolValue(m.EnteredSHA256.Equal(m.ContentSHA256))
	}
}
