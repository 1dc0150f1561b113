// Package provider is the Terraform side of the product: schemas, plans and state. It speaks neither HTTP nor the
// rules of LINE's JSON; those are the rooms it calls.
package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Address is the provider's address in the Terraform registry. It is said here and nowhere else.
const Address = "registry.terraform.io/clevertap-line/clevertap"

// New returns the factory of the provider for a release version ("dev" for a build from source).
func New(version string) func() provider.Provider {
	return func() provider.Provider { return &clevertapProvider{version: version} }
}

var _ provider.ProviderWithFunctions = (*clevertapProvider)(nil)

type clevertapProvider struct {
	version string
}

func (p *clevertapProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "clevertap"
	resp.Version = p.version
}

func (p *clevertapProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	connections := config.connect(ctx, userAgent(p.version, req.TerraformVersion), &resp.Diagnostics)
	resp.ResourceData = connections
	resp.DataSourceData = connections
}

func (p *clevertapProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{newWebhookTemplateResource, newLineCampaignBodyResource, newLineProfilesResource}
}

func (p *clevertapProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{newLineBodyFunction, newLineBodyProblemsFunction, newLineProfilesCSVFunction}
}

func (p *clevertapProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{newLineFollowerIDsDataSource, newProfileDataSource, newProfilePropertyDataSource}
}
