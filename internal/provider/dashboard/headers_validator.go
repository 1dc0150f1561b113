package dashboard

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type plainHeaders struct{}

func (plainHeaders) Description(context.Context) string { return "headers that hold no secrets" }

func (v plainHeaders) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (plainHeaders) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	headers := req.ConfigValue.Elements()
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		at := req.Path.AtMapKey(name)
		value, ok := headers[name].(types.String)
		switch {
		case !ok, value.IsUnknown():
		case value.IsNull():
			resp.Diagnostics.AddAttributeError(at, "Header without a value", fmt.Sprintf("The value of %q is null.", name))
		case headerFault(name, value.ValueString()) != "":
			resp.Diagnostics.AddAttributeError(at, "Header of the wrong form", "In headers, "+headerFault(name, value.ValueString())+".")
		case looksLikeCredential(name, value.ValueString()) != "":
			resp.Diagnostics.AddAttributeError(at, "A credential in plain sight", "In headers, "+looksLikeCredential(name, value.ValueString())+
				". Whatever stands in headers is kept in state, in plans and in the template store. Put it into secret_headers_wo, which is "+
				"checked and dropped. The value is not shown.")
		}
	}
}
