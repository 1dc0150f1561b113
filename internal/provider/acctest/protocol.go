package acctest

import (
	"context"
	"encoding/json"
	"iter"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Server speaks the plugin protocol with the provider, for what the Terraform at hand may be too old to do.
type Server struct {
	t *testing.T
	tfprotov6.ProviderServer
	Schemas *tfprotov6.GetProviderSchemaResponse
}

// NewServer is a provider configured with a JSON object, which leaves out what is null.
func NewServer(t *testing.T, config string) *Server {
	t.Helper()
	provider, err := Factories()["clevertap"]()
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{t: t, ProviderServer: provider}
	if s.Schemas, err = provider.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		t.Fatal(err)
	}
	resp, err := provider.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: s.Value(s.Schemas.Provider, config)})
	s.Check(err, resp.Diagnostics)
	return s
}

// Check fails the test on an error.
func (s *Server) Check(err error, diagnostics []*tfprotov6.Diagnostic) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			s.t.Fatalf("%s: %s", d.Summary, d.Detail)
		}
	}
}

// Value completes a JSON object with nulls for what it leaves out.
func (s *Server) Value(schema *tfprotov6.Schema, given string) *tfprotov6.DynamicValue {
	s.t.Helper()
	object := map[string]any{}
	for name := range schema.ValueType().(tftypes.Object).AttributeTypes {
		object[name] = nil
	}
	if err := json.Unmarshal([]byte(given), &object); err != nil {
		s.t.Fatal(err)
	}
	whole, err := json.Marshal(object)
	if err != nil {
		s.t.Fatal(err)
	}
	return &tfprotov6.DynamicValue{JSON: whole}
}

// Null is no value, as the state of what is not there.
func (s *Server) Null(schema *tfprotov6.Schema) *tfprotov6.DynamicValue {
	s.t.Helper()
	null, err := tfprotov6.NewDynamicValue(schema.ValueType(), tftypes.NewValue(schema.ValueType(), nil))
	if err != nil {
		s.t.Fatal(err)
	}
	return &null
}

// Object is a value's attributes.
func (s *Server) Object(schemaType tftypes.Type, value *tfprotov6.DynamicValue) map[string]tftypes.Value {
	s.t.Helper()
	decoded, err := value.Unmarshal(schemaType)
	if err != nil {
		s.t.Fatal(err)
	}
	var attributes map[string]tftypes.Value
	if err := decoded.As(&attributes); err != nil {
		s.t.Fatal(err)
	}
	return attributes
}

// NameIdentity is the identity of what is known by its name.
var NameIdentity = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String}}

// IdentityName is the name in a resource's identity.
func (s *Server) IdentityName(identity *tfprotov6.ResourceIdentityData) string {
	s.t.Helper()
	if identity == nil || identity.IdentityData == nil {
		s.t.Fatal("there is no identity")
	}
	var name string
	if err := s.Object(NameIdentity, identity.IdentityData)["name"].As(&name); err != nil {
		s.t.Fatal(err)
	}
	return name
}

// Apply plans and creates a resource.
func (s *Server) Apply(typeName, config string) *tfprotov6.ApplyResourceChangeResponse {
	s.t.Helper()
	schema := s.Schemas.ResourceSchemas[typeName]
	null, value := s.Null(schema), s.Value(schema, config)
	plan, err := s.PlanResourceChange(s.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: typeName, PriorState: null, ProposedNewState: value, Config: value,
	})
	s.Check(err, plan.Diagnostics)
	applied, err := s.ApplyResourceChange(s.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: typeName, PriorState: null, PlannedState: plan.PlannedState, Config: value, PlannedPrivate: plan.PlannedPrivate,
	})
	s.Check(err, applied.Diagnostics)
	return applied
}

// Import imports a resource by the name in its identity, and refreshes it.
func (s *Server) Import(typeName, name string) *tfprotov6.ReadResourceResponse {
	s.t.Helper()
	identity, err := tfprotov6.NewDynamicValue(NameIdentity, tftypes.NewValue(NameIdentity, map[string]tftypes.Value{
		"name": tftypes.NewValue(tftypes.String, name),
	}))
	if err != nil {
		s.t.Fatal(err)
	}
	imported, err := s.ImportResourceState(s.t.Context(), &tfprotov6.ImportResourceStateRequest{
		TypeName: typeName, Identity: &tfprotov6.ResourceIdentityData{IdentityData: &identity},
	})
	s.Check(err, imported.Diagnostics)
	one := imported.ImportedResources[0]
	read, err := s.ReadResource(s.t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: typeName, CurrentState: one.State, CurrentIdentity: one.Identity, Private: one.Private,
	})
	s.Check(err, read.Diagnostics)
	return read
}

// lister is what tfprotov6.ProviderServer will be, too, in a later version.
type lister interface {
	ListResource(context.Context, *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error)
}

// List streams the resources of a query, whose configuration is JSON.
func (s *Server) List(ctx context.Context, typeName, config string, limit int64, include bool) iter.Seq[tfprotov6.ListResourceResult] {
	s.t.Helper()
	stream, err := s.ProviderServer.(lister).ListResource(ctx, &tfprotov6.ListResourceRequest{
		TypeName: typeName, Config: s.Value(s.Schemas.ListResourceSchemas[typeName], config), Limit: limit, IncludeResource: include,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return stream.Results
}
