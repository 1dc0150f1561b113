// Package provider is the Terraform side of the product: what resources, lists, data sources, ephemeral resources, actions and
// functions there are, and the provider's own schema. What they do is in the packages below it, a room for each sort of thing:
// connect, dashboard, live, profiles, evidence, tokens, actions and functions. The rooms know connect and the small packages that
// all share (values, validators, wording, privatestate), not each other. None speaks HTTP or knows the rules of LINE's JSON: those
// are other packages'.
package provider

import (
	"context"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/actions"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/dashboard"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/evidence"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/functions"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/live"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/profiles"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/tokens"
)

// Address is the provider's address in the Terraform registry. It is said here and nowhere else.
const Address = "registry.terraform.io/clevertap-line/clevertap"

// New returns the factory of the provider for a release version ("dev" for a build from source).
func New(version string) func() provider.Provider {
	return func() provider.Provider { return &clevertapProvider{version: version} }
}

var (
	_ provider.ProviderWithActions            = (*clevertapProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*clevertapProvider)(nil)
	_ provider.ProviderWithFunctions          = (*clevertapProvider)(nil)
	_ provider.ProviderWithListResources      = (*clevertapProvider)(nil)
)

type clevertapProvider struct {
	version string
}

func (p *clevertapProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "clevertap"
	resp.Version = p.version
}

func (p *clevertapProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var config connect.Config
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	connections := config.Open(ctx, connect.UserAgent(p.version, req.TerraformVersion), &resp.Diagnostics)
	connections.Names.Replanned = replansInTests(req.TerraformVersion)
	resp.ResourceData = connections
	resp.DataSourceData = connections
	resp.EphemeralResourceData = connections
	resp.ListResourceData = connections
	resp.ActionData = connections
}

// replansInTests says of a Terraform that it plans and applies the runs of a test with one configured provider.
func replansInTests(terraform string) bool {
	used, err := version.NewVersion(terraform)
	return err == nil && used.Core().GreaterThanOrEqual(version.Must(version.NewVersion("1.13.0")))
}

func (p *clevertapProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		dashboard.NewWebhookTemplate, dashboard.NewLinkedContent, dashboard.NewLineCampaignBody, live.NewLinkedMessages, profiles.New,
	}
}

// ListResources are all resources that a store keeps.
func (p *clevertapProvider) ListResources(ctx context.Context) []func() list.ListResource {
	var lists []func() list.ListResource
	for _, create := range p.Resources(ctx) {
		if _, listed := create().(list.ListResource); listed {
			lists = append(lists, func() list.ListResource { return create().(list.ListResource) })
		}
	}
	return lists
}

func (p *clevertapProvider) Functions(context.Context) []func() function.Function {
	return []func() function.Function{
		functions.NewDialogRows, functions.NewLineAssertionKey, functions.NewLineBody, functions.NewLineBodyProblems,
		functions.NewLineProfilesCSV, functions.NewLinkedMessagesDocument, functions.NewLinkedMessagesReference,
	}
}

func (p *clevertapProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{tokens.NewLineChannelAccessToken}
}

func (p *clevertapProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		evidence.NewCampaign, evidence.NewLineBotInfo, evidence.NewLineFollowerIDs, evidence.NewLineMessageQuota, evidence.NewLineUnitNames,
		evidence.NewLineUnitStatistics, evidence.NewProfile, evidence.NewProfileProperty,
	}
}

func (p *clevertapProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{actions.NewExternalTrigger, actions.NewLineSendTestMessage}
}
