package evidence

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
)

type lineMessageQuotaDataSource struct{ connect.DataSource }

var _ datasource.DataSourceWithConfigure = (*lineMessageQuotaDataSource)(nil)

// NewLineMessageQuota is the data source of that name.
func NewLineMessageQuota() datasource.DataSource { return &lineMessageQuotaDataSource{} }

type lineMessageQuotaModel struct {
	Type      types.String `tfsdk:"type"`
	Value     types.Int64  `tfsdk:"value"`
	Used      types.Int64  `tfsdk:"used"`
	Remaining types.Int64  `tfsdk:"remaining"`
}

func (d *lineMessageQuotaDataSource) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_line_message_quota"
}

func (d *lineMessageQuotaDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "How many messages the LINE Official Account may send this month, and how many it sent, be it through the API " +
			"or from LINE Official Account Manager. Above the limit, LINE refuses pushes.",
		Attributes: map[string]schema.Attribute{
			"type": schema.StringAttribute{
				MarkdownDescription: "`limited`, or `none` where the account has set no target limit.",
				Computed:            true,
			},
			"value": schema.Int64Attribute{
				MarkdownDescription: "The target limit: the free messages of the month and the additional ones. Null where none is set.",
				Computed:            true,
			},
			"used": schema.Int64Attribute{
				MarkdownDescription: "Number of messages sent this month. LINE calls it approximate.",
				Computed:            true,
			},
			"remaining": schema.Int64Attribute{
				MarkdownDescription: "`value` less `used`, 0 at least. Null where no limit is set.",
				Computed:            true,
			},
		},
	}
}

func (d *lineMessageQuotaDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	client := d.Connections.Line.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	quota, err := client.MessageQuota(ctx)
	if err != nil {
		resp.Diagnostics.AddError("Cannot read the message quota from LINE", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, lineMessageQuotaModel{
		Type:      types.StringValue(quota.Type),
		Value:     types.Int64PointerValue(quota.Value),
		Used:      types.Int64Value(quota.Used),
		Remaining: types.Int64PointerValue(quota.Remaining()),
	})...)
}
