package evidence

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
)

type campaignDataSource struct{ connect.DataSource }

var (
	_ datasource.DataSourceWithConfigure        = (*campaignDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*campaignDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig   = (*campaignDataSource)(nil)
)

// NewCampaign is the data source of that name.
func NewCampaign() datasource.DataSource { return &campaignDataSource{} }

type campaignModel struct {
	Name     types.String `tfsdk:"name"`
	ID       types.String `tfsdk:"id"`
	From     types.String `tfsdk:"from"`
	To       types.String `tfsdk:"to"`
	InReport types.Bool   `tfsdk:"in_report"`
	Status   types.String `tfsdk:"status"`
	Start    types.String `tfsdk:"start"`
	Channel  types.String `tfsdk:"channel"`
	Delivery types.String `tfsdk:"delivery"`
}

// daysAround is how many days before and after today are asked for where the configuration does not say.
const daysAround = 30

func (d *campaignDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_campaign"
}

func (d *campaignDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	day := func(description string) schema.StringAttribute {
		return schema.StringAttribute{
			MarkdownDescription: description,
			Optional:            true,
			Computed:            true,
			Validators: []validator.String{validators.Text("a day, YYYYMMDD", func(value string) (summary, detail string) {
				_, err := clevertap.ParseDay(value)
				return fault("No day of CleverTap's report", err)
			})},
		}
	}
	text := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description + " Null if the report does not tell it.", Computed: true}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: fmt.Sprintf("What CleverTap's message report tells of a campaign, one made in the dashboard included: that it is "+
			"there, its status, its start and its channel. No API tells what a campaign sends, nor to whom.\n\n"+
			"- The report is one of days, and has the campaigns that **started** on them. A campaign that is not in it is not gone: it may "+
			"have started on another day, or not be published yet. Give `from` and `to` for one that started more than %d days ago.\n"+
			"- Names are not unique. Several campaigns of the name are an error that lists their IDs.\n"+
			"- The words are CleverTap's own; its documentation lists those of requests only.\n"+
			"- The fewer days, the faster the plan: one user of the API measured about a second for each. They are asked for two weeks at a "+
			"time.", daysAround),
		Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{
				MarkdownDescription: "Name of the campaign, exactly. Either this or `id`.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
			},
			"id": schema.StringAttribute{
				MarkdownDescription: "ID of the campaign, which the dashboard shows, such as `1457432766`.",
				Optional:            true,
				Computed:            true,
				Validators:          []validator.String{validators.PlainText()},
			},
			"from": day(fmt.Sprintf("First day of the report, such as `20270301`. Default %d days before today.", daysAround)),
			"to": day(fmt.Sprintf("Last day of the report, %d days in all at most. Default %d days after today. Either both days are given or "+
				"none.", clevertap.LongestReport, daysAround)),
			"in_report": schema.BoolAttribute{
				MarkdownDescription: "Whether the report of these days has the campaign. `false` proves nothing but that.",
				Computed:            true,
			},
			"status":   text("In requests, CleverTap's words are `scheduled`, `running`, `stopped` and `completed`."),
			"start":    text("Date and time, such as `02 Mar, 2027 10:00:00`; CleverTap does not say in which time zone."),
			"channel":  text("In requests, CleverTap's word for what goes to LINE is `webhooks`."),
			"delivery": text("In requests, CleverTap's words are `one_time`, `action`, `inaction`, `recurring`, `property_time` and `api`."),
		},
	}
}

func (d *campaignDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(path.MatchRoot("name"), path.MatchRoot("id")),
		datasourcevalidator.RequiredTogether(path.MatchRoot("from"), path.MatchRoot("to")),
	}
}

// ValidateConfig checks the period. Each of its days is checked by itself.
func (d *campaignDataSource) ValidateConfig(
	ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse,
) {
	var from, to types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("from"), &from)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("to"), &to)...)
	first, errFrom := clevertap.ParseDay(from.ValueString())
	last, errTo := clevertap.ParseDay(to.ValueString())
	if errFrom != nil || errTo != nil {
		return // not given, not known yet, or said by the validators
	}
	if err := clevertap.CheckReportPeriod(first, last); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("to"), "CleverTap is not asked for this period", fmt.Sprintf("As given, %s.", err))
	}
}

func (d *campaignDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var model campaignModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &model)...)
	client := d.Connections.CleverTap.Get(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	today := time.Now().UTC()
	query := clevertap.CampaignQuery{From: today.AddDate(0, 0, -daysAround), To: today.AddDate(0, 0, daysAround)}
	if !model.From.IsNull() {
		query.From, _ = clevertap.ParseDay(model.From.ValueString()) // the validators did
		query.To, _ = clevertap.ParseDay(model.To.ValueString())
	}
	campaigns, err := client.Campaigns(ctx, query)
	if err != nil {
		resp.Diagnostics.AddError("Cannot read the campaign "+model.asked()+" from CleverTap", err.Error())
		return
	}
	var found []clevertap.Campaign
	for _, campaign := range campaigns {
		if campaign.ID == model.ID.ValueString() || !model.Name.IsNull() && campaign.Name == model.Name.ValueString() {
			found = append(found, campaign)
		}
	}
	if len(found) > 1 {
		resp.Diagnostics.AddAttributeError(path.Root("name"), "Several campaigns have the name "+model.asked(), fmt.Sprintf(
			"CleverTap's report from %s to %s has %d of them. Give the id of the one that is meant, in place of the name, or days on which "+
				"it alone started:\n\n%s", clevertap.FormatDay(query.From), clevertap.FormatDay(query.To), len(found), list(found)))
		return
	}
	model.From, model.To = types.StringValue(clevertap.FormatDay(query.From)), types.StringValue(clevertap.FormatDay(query.To))
	model.InReport = types.BoolValue(len(found) == 1)
	if len(found) == 1 {
		campaign := found[0]
		model.Name, model.ID = told(campaign.Name), told(campaign.ID)
		model.Status, model.Start = told(campaign.Status), told(campaign.Start)
		model.Channel, model.Delivery = told(campaign.Channel), told(campaign.Delivery)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

// asked is the campaign as the configuration names it.
func (m *campaignModel) asked() string {
	if m.Name.IsNull() {
		return m.ID.ValueString()
	}
	return fmt.Sprintf("%q", m.Name.ValueString())
}

// list describes campaigns, one a line.
func list(campaigns []clevertap.Campaign) string {
	lines := make([]string, len(campaigns))
	for i, campaign := range campaigns {
		var about []string
		for _, word := range []string{campaign.Channel, campaign.Status, campaign.Start} {
			if word != "" {
				about = append(about, word)
			}
		}
		lines[i] = fmt.Sprintf("  %s (%s)", campaign.ID, strings.Join(about, ", "))
	}
	return wording.Some(lines, "\n")
}
