package evidence

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

type lineUnitNamesDataSource struct{ connect.DataSource }

var _ datasource.DataSourceWithConfigure = (*lineUnitNamesDataSource)(nil)

// NewLineUnitNames is the data source of that name.
func NewLineUnitNames() datasource.DataSource { return &lineUnitNamesDataSource{} }

type lineUnitNamesModel struct {
	Names types.List  `tfsdk:"names"`
	Total types.Int64 `tfsdk:"total"`
}

func (d *lineUnitNamesDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_line_unit_names"
}

func (d *lineUnitNamesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: `The unit names that LINE assigned to messages of this month, whoever sent them. A message carries one in ` +
			"`customAggregationUnits`" + `, so that a name which stands for a version of the messages tells that the version was sent.

What a name in the list proves: LINE took a push with this label at least once this month. It proves no more than that:

- A test send to one's own phone is enough for it.
- A body that somebody edits in the dashboard keeps its label.
- The messages may have reached nobody: LINE takes pushes to users who blocked the account, too.
- A name that is absent proves nothing. Nothing was sent yet this month, or without a label, or the names of the month were used up.
- The first of the month begins with an empty list, and no API tells the names of earlier months.

LINE assigns ` + mostUnitNames + ` different names in a month and channel. Messages with a further one are sent, but the name is dropped ` +
			`without a word, and so are the new names of every other team that sends through the channel. A name that follows the content is ` +
			`a new one for each corrected comma. From ` + manyUnitNames + ` names on, a warning says so.`,
		Attributes: map[string]schema.Attribute{
			"names": schema.ListAttribute{
				MarkdownDescription: "The unit names, sorted, each once. Upper and lower case differ.",
				ElementType:         types.StringType,
				Computed:            true,
			},
			"total": schema.Int64Attribute{
				MarkdownDescription: "Number of names.",
				Computed:            true,
			},
		},
	}
}

// warnAtUnitNames leaves room to do something.
const warnAtUnitNames = line.MostUnitNames * 8 / 10

var mostUnitNames, manyUnitNames = withComma(line.MostUnitNames), withComma(warnAtUnitNames)

// withComma writes a number below a million as text does.
func withComma(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

func (d *lineUnitNamesDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	client := d.Connections.Line.Client(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	names, err := client.UnitNames(ctx)
	if err != nil {
		resp.Diagnostics.AddError("Cannot read the unit names from LINE", err.Error())
		return
	}
	if len(names) >= warnAtUnitNames {
		d.Connections.Warn(&resp.Diagnostics, fewUnitNamesLeft(len(names)))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, lineUnitNamesModel{
		Names: values.StringList(names),
		Total: types.Int64Value(int64(len(names))),
	})...)
}

// fewUnitNamesLeft is the warning of a month whose names run out.
func fewUnitNamesLeft(used int) diag.Diagnostic {
	const advice = " Until next month, give new names to fewer messages, and tell the other teams."
	if used >= line.MostUnitNames {
		return diag.NewWarningDiagnostic("LINE has assigned all "+mostUnitNames+" unit names of this month",
			"Messages with a new unit name are sent, but LINE drops the name without a word, whoever sends them through this channel: a "+
				"version that is sent now is not among the names, and has no statistics. Names that are there still work."+advice)
	}
	return diag.NewWarningDiagnostic(fmt.Sprintf("LINE has assigned %d of the %s unit names of this month", used, mostUnitNames),
		"After "+mostUnitNames+" names, messages with a new one are sent, but LINE drops the name without a word, whoever sends them "+
			"through this channel, other teams included."+advice)
}
