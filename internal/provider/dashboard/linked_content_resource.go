package dashboard

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

type linkedContentResource struct {
	stored.Object[templatestore.LinkedContent, linkedContentModel, *linkedContentModel]
}

var _ stored.Resource = (*linkedContentResource)(nil)

// NewLinkedContent is the resource of that name.
func NewLinkedContent() resource.Resource {
	r := &linkedContentResource{}
	r.About = linkedContents.about()
	return r
}

// ValidateConfig checks the headers, of which the secret ones are seen nowhere else.
func (r *linkedContentResource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var config linkedContentModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	config.checkHeaders(config.EndpointURL.ValueString(), &resp.Diagnostics)
}
