package dashboard

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

type webhookTemplateResource struct {
	stored.Object[templatestore.WebhookTemplate, webhookTemplateModel, *webhookTemplateModel]
}

var _ stored.Resource = (*webhookTemplateResource)(nil)

// NewWebhookTemplate is the resource of that name.
func NewWebhookTemplate() resource.Resource {
	r := &webhookTemplateResource{}
	r.About = webhookTemplates.about()
	return r
}

// ValidateConfig checks headers and authentication, of which the secrets are seen nowhere else.
func (r *webhookTemplateResource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var config webhookTemplateModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	config.checkHeaders(config.DestinationURL.ValueString(), &resp.Diagnostics)
	config.checkAuthentication(config.DestinationURL, &resp.Diagnostics)
	config.checkHeaderNames(slices.Collect(maps.Keys(config.SecretHeadersWO.Elements())), &resp.Diagnostics)
}
