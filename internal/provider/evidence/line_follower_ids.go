// Package evidence has the data sources that only read: what LINE and CleverTap tell of the account, of followers, of messages
// that were sent, of campaigns, of profiles and of properties. It knows connect and the clients, and no other room of the
// provider.
package evidence

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

type lineFollowerIDsDataSource struct{ connect.DataSource }

var _ datasource.DataSourceWithConfigure = (*lineFollowerIDsDataSource)(nil)

// NewLineFollowerIDs is the data source of that name.
func NewLineFollowerIDs() datasource.DataSource { return &lineFollowerIDsDataSource{} }

type lineFollowerIDsModel struct {
	PageSize   types.Int64  `tfsdk:"page_size"`
	MaxResults types.Int64  `tfsdk:"max_results"`
	StoreIDs   types.Bool   `tfsdk:"store_ids"`
	IDs        types.List   `tfsdk:"ids"`
	Total      types.Int64  `tfsdk:"total"`
	SHA256     types.String `tfsdk:"sha256"`
	Truncated  types.Bool   `tfsdk:"truncated"`
}

func (d *lineFollowerIDsDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_line_follower_ids"
}

func (d *lineFollowerIDsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The user IDs of all who follow the LINE Official Account. LINE answers this for verified and premium " +
			"accounts alone. Users who blocked the account are not among them. The IDs are personal data and come into state: use `store_ids " +
			"= false`, or the command `clevertap-line followers`, for large audiences.",
		Attributes: map[string]schema.Attribute{
			"page_size": schema.Int64Attribute{
				MarkdownDescription: "Most IDs that LINE returns in one answer, 1 to 1000. Default 1000.",
				Optional:            true,
				// "Get a list of users who added your LINE Official Account as a friend": limit, at most 1000.
				Validators: []validator.Int64{int64validator.Between(1, 1000)},
			},
			"max_results": schema.Int64Attribute{
				MarkdownDescription: "Keep at most this many IDs, and ask LINE for no further page once there are as many. `truncated` says " +
					"whether there were more.",
				Optional:   true,
				Validators: []validator.Int64{int64validator.AtLeast(1)},
			},
			"store_ids": schema.BoolAttribute{
				MarkdownDescription: "`false` leaves `ids` null and keeps only `total` and `sha256` in state. Default `true`.",
				Optional:            true,
			},
			"ids": schema.ListAttribute{
				MarkdownDescription: "The IDs, sorted, each once. Null with `store_ids = false`.",
				ElementType:         types.StringType,
				Computed:            true,
			},
			"total": schema.Int64Attribute{
				MarkdownDescription: "Number of IDs.",
				Computed:            true,
			},
			"sha256": schema.StringAttribute{
				MarkdownDescription: "SHA-256 (hexadecimal) of the sorted IDs, each followed by a line feed: that of the file which " +
					"`clevertap-line followers` writes.",
				Computed: true,
			},
			"truncated": schema.BoolAttribute{
				MarkdownDescription: "Whether `max_results` cut the list.",
				Computed:            true,
			},
		},
	}
}

func (d *lineFollowerIDsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model lineFollowerIDsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	client := d.Connections.Line.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	followers, err := client.FollowerIDs(ctx, line.FollowerIDsOptions{
		PageSize:   int(model.PageSize.ValueInt64()),
		MaxResults: int(model.MaxResults.ValueInt64()),
	})
	if err != nil {
		resp.Diagnostics.AddError("Cannot read the follower IDs from LINE", err.Error())
		return
	}
	model.IDs = types.ListNull(types.StringType)
	if model.StoreIDs.IsNull() || model.StoreIDs.ValueBool() {
		model.IDs = values.StringList(followers.Strings())
	}
	model.Total = types.Int64Value(int64(followers.Len()))
	model.SHA256 = types.StringValue(followers.SHA256())
	model.Truncated = types.BoolValue(followers.Truncated())
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}
