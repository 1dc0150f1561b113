package evidence

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
)

type lineUnitStatisticsDataSource struct{ connect.DataSource }

var (
	_ datasource.DataSourceWithConfigure      = (*lineUnitStatisticsDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*lineUnitStatisticsDataSource)(nil)
)

// NewLineUnitStatistics is the data source of that name.
func NewLineUnitStatistics() datasource.DataSource { return &lineUnitStatisticsDataSource{} }

type lineUnitStatisticsModel struct {
	Unit     types.String       `tfsdk:"unit"`
	From     types.String       `tfsdk:"from"`
	To       types.String       `tfsdk:"to"`
	Overview *unitOverviewModel `tfsdk:"overview"`
	Messages []unitMessageModel `tfsdk:"messages"`
	Clicks   []unitClickModel   `tfsdk:"clicks"`
}

// The models of the answer's parts have the fields of package line's, so that Go converts them.
type (
	unitOverviewModel struct {
		UniqueImpression            *int64 `tfsdk:"unique_impression"`
		UniqueClick                 *int64 `tfsdk:"unique_click"`
		UniqueMediaPlayed           *int64 `tfsdk:"unique_media_played"`
		UniqueMediaPlayed100Percent *int64 `tfsdk:"unique_media_played_100_percent"`
	}
	unitMessageModel struct {
		Seq                         int64  `tfsdk:"seq"`
		Impression                  *int64 `tfsdk:"impression"`
		UniqueImpression            *int64 `tfsdk:"unique_impression"`
		MediaPlayed                 *int64 `tfsdk:"media_played"`
		MediaPlayed25Percent        *int64 `tfsdk:"media_played_25_percent"`
		MediaPlayed50Percent        *int64 `tfsdk:"media_played_50_percent"`
		MediaPlayed75Percent        *int64 `tfsdk:"media_played_75_percent"`
		MediaPlayed100Percent       *int64 `tfsdk:"media_played_100_percent"`
		UniqueMediaPlayed           *int64 `tfsdk:"unique_media_played"`
		UniqueMediaPlayed25Percent  *int64 `tfsdk:"unique_media_played_25_percent"`
		UniqueMediaPlayed50Percent  *int64 `tfsdk:"unique_media_played_50_percent"`
		UniqueMediaPlayed75Percent  *int64 `tfsdk:"unique_media_played_75_percent"`
		UniqueMediaPlayed100Percent *int64 `tfsdk:"unique_media_played_100_percent"`
	}
	unitClickModel struct {
		Seq                  int64  `tfsdk:"seq"`
		URL                  string `tfsdk:"url"`
		Click                *int64 `tfsdk:"click"`
		UniqueClick          *int64 `tfsdk:"unique_click"`
		UniqueClickOfRequest *int64 `tfsdk:"unique_click_of_request"`
	}
)

func (d *lineUnitStatisticsDataSource) Metadata(
	_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_line_unit_statistics"
}

// ValidateConfig checks the period. Each of its days is checked by itself.
func (d *lineUnitStatisticsDataSource) ValidateConfig(
	ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse,
) {
	var from, to types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("from"), &from)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("to"), &to)...)
	first, errFrom := line.ParseDay(from.ValueString())
	last, errTo := line.ParseDay(to.ValueString())
	if errFrom != nil || errTo != nil {
		return // not known yet, or said by the validators
	}
	if err := line.CheckPeriod(first, last); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("to"), "LINE has no statistics for this period", fmt.Sprintf("As given, %s.", err))
	}
}

func (d *lineUnitStatisticsDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model lineUnitStatisticsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	client := d.Connections.Line.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	statistics, err := client.UnitStatistics(ctx, model.Unit.ValueString(), model.From.ValueString(), model.To.ValueString())
	if err != nil {
		resp.Diagnostics.AddError("Cannot read the statistics of the unit "+model.Unit.ValueString()+" from LINE", err.Error())
		return
	}
	overview := unitOverviewModel(statistics.Overview)
	model.Overview = &overview
	model.Messages = make([]unitMessageModel, len(statistics.Messages))
	for i, message := range statistics.Messages {
		model.Messages[i] = unitMessageModel(message)
	}
	model.Clicks = make([]unitClickModel, len(statistics.Clicks))
	for i, click := range statistics.Clicks {
		model.Clicks[i] = unitClickModel(click)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}
