package dashboard

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

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

// ValidateConfig checks the secret headers, whose values are seen nowhere else.
func (r *webhookTemplateResource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var config webhookTemplateModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() || config.SecretHeadersWO.IsUnknown() {
		return
	}
	at := path.Root("secret_headers_wo")
	if !config.SecretHeadersWO.IsNull() && config.SecretHeadersWOVersion.IsNull() {
		resp.Diagnostics.AddAttributeError(path.Root("secret_headers_wo_version"), "The secret headers have no version",
			"Terraform cannot see that a write-only value changed. Set secret_headers_wo_version = 1, and raise it with each new value.")
	}
	taken := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(config.Headers.Elements())) {
		if _, ok := taken[strings.ToLower(name)]; ok {
			resp.Diagnostics.AddAttributeError(path.Root("headers"), "Header given twice", fmt.Sprintf("%q is in headers in another spelling, too: "+
				"the names of headers are the same in upper and lower case.", name))
		}
		taken[strings.ToLower(name)] = "headers"
	}
	secrets := config.SecretHeadersWO.Elements()
	for _, name := range slices.Sorted(maps.Keys(secrets)) {
		if other, ok := taken[strings.ToLower(name)]; ok {
			resp.Diagnostics.AddAttributeError(at, "Header given twice", fmt.Sprintf("%q is in %s, too: the names of headers are the same "+
				"in upper and lower case.", name, other))
		}
		taken[strings.ToLower(name)] = "secret_headers_wo"
		value, ok := secrets[name].(types.String)
		if !ok || value.IsUnknown() {
			continue
		}
		if value.IsNull() {
			resp.Diagnostics.AddAttributeError(at, "Secret header without a value", fmt.Sprintf("The value of %q is null.", name))
			continue
		}
		if fault := secretHeaderFault(name, value.ValueString(), config.DestinationURL.ValueString()); fault != "" {
			resp.Diagnostics.AddAttributeError(at, "Secret header of the wrong form", "In secret_headers_wo, "+fault+". The value is not shown.")
		}
	}
}
