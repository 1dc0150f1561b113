package functions

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
)

type lineAssertionKeyFunction struct{}

var _ function.Function = lineAssertionKeyFunction{}

// NewLineAssertionKey is the function of that name.
func NewLineAssertionKey() function.Function { return lineAssertionKeyFunction{} }

func (lineAssertionKeyFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "line_assertion_key"
}

func (lineAssertionKeyFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Makes the JWK of a public key for LINE's console",
		MarkdownDescription: "Makes the JWK that the LINE Developers Console takes under *Basic settings > Assertion Signing Key* from a " +
			"public key, such as CleverTap shows for a webhook template with `line_oauth2`: RSA of 2048 bits, for `RS256`, without a `kid`, " +
			"which the console gives it. Any other key is an error. The same key makes the same text.",
		Parameters: []function.Parameter{function.StringParameter{
			Name: "public_key_pem",
			MarkdownDescription: "The public key in PEM, from `-----BEGIN PUBLIC KEY-----` (or `RSA PUBLIC KEY`) to its end. A private key is " +
				"refused, and never shown.",
		}},
		Return: function.StringReturn{},
	}
}

func (lineAssertionKeyFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var text string
	if resp.Error = req.Arguments.Get(ctx, &text); resp.Error != nil {
		return
	}
	jwk, err := line.AssertionJWK(text)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, jwk)
}
