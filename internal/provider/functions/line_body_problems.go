package functions

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

type lineBodyProblemsFunction struct{}

var _ function.Function = lineBodyProblemsFunction{}

// NewLineBodyProblems is the function of that name.
func NewLineBodyProblems() function.Function { return lineBodyProblemsFunction{} }

func (lineBodyProblemsFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "line_body_problems"
}

var bodyProblemType = types.ObjectType{AttrTypes: map[string]attr.Type{
	"path": types.StringType, "rule": types.StringType, "severity": types.StringType, "message": types.StringType,
	"line": types.Int64Type, "column": types.Int64Type,
}}

func (lineBodyProblemsFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Lists what is wrong with a LINE push body",
		MarkdownDescription: "Checks a push body (`{\"to\": …, \"messages\": […]}`) by the same rules as the plan of " +
			"`clevertap_line_campaign_body`, and lists all problems in the order of the text; the list is empty for a good body. Each has " +
			"`path`, such as `messages[0].text`, `rule`, `severity` (`error` or `warning`), `message`, and the place as `line` and `column`. " +
			"For `check` blocks, `terraform test` and other tools.",
		Parameters: []function.Parameter{function.StringParameter{
			Name:                "json",
			MarkdownDescription: "The body as JSON text, personalisation in Liquid included.",
		}},
		Return: function.ListReturn{ElementType: bodyProblemType},
	}
}

func (lineBodyProblemsFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text string
	if resp.Error = req.Arguments.Get(ctx, &text); resp.Error != nil {
		return
	}
	problems := linebody.Validate([]byte(text))
	objects := make([]attr.Value, len(problems))
	for i, problem := range problems {
		line, column := linebody.Position([]byte(text), problem.Offset)
		objects[i] = types.ObjectValueMust(bodyProblemType.AttrTypes, map[string]attr.Value{
			"path":     types.StringValue(problem.Path),
			"rule":     types.StringValue(problem.Rule),
			"severity": types.StringValue(problem.Severity.String()),
			"message":  types.StringValue(problem.Message),
			"line":     types.Int64Value(int64(line)),
			"column":   types.Int64Value(int64(column)),
		})
	}
	resp.Error = resp.Result.Set(ctx, types.ListValueMust(bodyProblemType, objects))
}
