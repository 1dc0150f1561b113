// Command minimalprovider is the yardstick of the benchmark of starts: the least that a provider on the framework can be.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

func main() {
	minimal := func() provider.Provider { return minimalProvider{} }
	err := providerserver.Serve(context.Background(), minimal, providerserver.ServeOpts{Address: "registry.terraform.io/example/minimal"})
	if err != nil {
		log.Fatal(err)
	}
}

type minimalProvider struct{}

func (minimalProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "minimal"
}

func (minimalProvider) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (minimalProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (minimalProvider) Resources(context.Context) []func() resource.Resource { return nil }

func (minimalProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }
