package connect

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// Configured is the part of resources, data sources and actions that takes over the provider's connections. Before the provider is
// configured, as in validate, there are none.
type Configured struct{ Connections *Connections }

func (c *Configured) take(data any) {
	if given, ok := data.(*Connections); ok {
		c.Connections = given
	}
}

// DataSource is Configured for data sources.
type DataSource struct{ Configured }

// Configure takes over the connections.
func (d *DataSource) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.take(req.ProviderData)
}

// Resource is Configured for resources.
type Resource struct{ Configured }

// Configure takes over the connections.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.take(req.ProviderData)
}

// EphemeralResource is Configured for ephemeral resources.
type EphemeralResource struct{ Configured }

// Configure takes over the connections.
func (r *EphemeralResource) Configure(_ context.Context, req ephemeral.ConfigureRequest, _ *ephemeral.ConfigureResponse) {
	r.take(req.ProviderData)
}

// Action is Configured for actions.
type Action struct{ Configured }

// Configure takes over the connections.
func (a *Action) Configure(_ context.Context, req action.ConfigureRequest, _ *action.ConfigureResponse) {
	a.take(req.ProviderData)
}
