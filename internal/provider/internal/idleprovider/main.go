// Command idleprovider is the yardstick of the benchmarks: the provider's schemas with nothing behind them. It plans the
// values that the environment variable COMPUTED holds (a JSON object by attribute) and keeps in state what was planned. With
// BARE set, it has but one resource, of the least that a body can be: name, messages and body.
package main

import (
	"context"
	"encoding/json"
	"log"
	"maps"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	clevertap "github.com/clevertap-line/terraform-provider-clevertap/internal/provider"
)

func main() {
	idle := func() provider.Provider { return idleProvider{clevertap.New("idle")()} }
	if os.Getenv("BARE") != "" {
		idle = func() provider.Provider { return bareProvider{idleProvider{clevertap.New("idle")()}} }
	}
	if err := providerserver.Serve(context.Background(), idle, providerserver.ServeOpts{Address: clevertap.Address}); err != nil {
		log.Fatal(err)
	}
}

type idleProvider struct{ provider.Provider }

func (idleProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (idleProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (p idleProvider) Resources(ctx context.Context) []func() resource.Resource {
	var idle []func() resource.Resource
	for _, newResource := range p.Provider.Resources(ctx) {
		idle = append(idle, func() resource.Resource { return idleResource{newResource()} })
	}
	return idle
}

// bareProvider has one resource, without identity.
type bareProvider struct{ idleProvider }

func (bareProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return idleResource{bareResource{}} }}
}

type bareResource struct{ resource.Resource }

func (bareResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_line_campaign_body"
}

func (bareResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"name":     schema.StringAttribute{Required: true},
		"messages": schema.ListAttribute{ElementType: types.StringType, Required: true},
		"body":     schema.StringAttribute{Computed: true},
	}}
}

// idleResource has the schema of the resource it holds and none of its behaviour.
type idleResource struct{ resource.Resource }

func (r idleResource) ModifyPlan(_ context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	planned, err := withComputed(req.Plan.Raw)
	if err != nil {
		resp.Diagnostics.Append(diag.NewErrorDiagnostic("Cannot plan", err.Error()))
		return
	}
	resp.Plan.Raw = planned
}

func withComputed(plan tftypes.Value) (tftypes.Value, error) {
	var attributes map[string]tftypes.Value
	if err := plan.As(&attributes); err != nil {
		return plan, err
	}
	var computed map[string]json.RawMessage
	if err := json.Unmarshal([]byte(os.Getenv("COMPUTED")), &computed); err != nil {
		return plan, err
	}
	attributes = maps.Clone(attributes)
	for name, value := range computed {
		decoded, err := tfprotov6.DynamicValue{JSON: value}.Unmarshal(attributes[name].Type())
		if err != nil {
			return plan, err
		}
		attributes[name] = decoded
	}
	return tftypes.NewValue(plan.Type(), attributes), nil
}

func (idleResource) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.State.Raw = req.Plan.Raw
}

func (idleResource) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (idleResource) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

func (idleResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
