package functions

import (
	"bytes"
	"context"
	"encoding/csv"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/profileproperty"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
)

type lineProfilesCSVFunction struct{}

var _ function.Function = lineProfilesCSVFunction{}

// NewLineProfilesCSV is the function of that name.
func NewLineProfilesCSV() function.Function { return lineProfilesCSVFunction{} }

func (lineProfilesCSVFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "line_profiles_csv"
}

func (lineProfilesCSVFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Renders LINE IDs as the CSV file for CleverTap's dashboard",
		MarkdownDescription: "Renders LINE IDs as a CSV file for *CSV Uploads* in CleverTap's dashboard and for `clevertap-line profiles " +
			"upload`: the columns `identity` and the property, one profile a line in the order of identities, quoted and ended with CR LF as " +
			"RFC 4180 has it. Entries that CleverTap would refuse are an error. It is meant for CleverTap, not for a spreadsheet, which " +
			"takes an identity that begins with `=` for a formula.",
		Parameters: []function.Parameter{
			function.MapParameter{
				Name:                "line_ids",
				MarkdownDescription: "LINE user IDs by CleverTap identity.",
				ElementType:         types.StringType,
			},
			function.StringParameter{
				Name:                "property",
				MarkdownDescription: "Custom profile property that holds the LINE ID, for instance `LineID`.",
			},
		},
		Return: function.StringReturn{},
	}
}

func (lineProfilesCSVFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var lineIDs map[string]types.String
	var property string
	if resp.Error = req.Arguments.Get(ctx, &lineIDs, &property); resp.Error != nil {
		return
	}
	if err := profileproperty.CheckName(property); err != nil {
		resp.Error = function.NewArgumentFuncError(1, err.Error())
		return
	}
	rows := [][]string{{"identity", property}} // in lower case ("CSV Upload", docs.clevertap.com)
	for _, identity := range slices.Sorted(maps.Keys(lineIDs)) {
		if fault := validators.LineIDFault(identity, lineIDs[identity]); fault != "" {
			resp.Error = function.NewArgumentFuncError(0, fault)
			return
		}
		rows = append(rows, []string{identity, lineIDs[identity].ValueString()})
	}
	var text bytes.Buffer
	writer := csv.NewWriter(&text)
	writer.UseCRLF = true
	if err := writer.WriteAll(rows); err != nil {
		resp.Error = function.NewFuncError(err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, text.String())
}
