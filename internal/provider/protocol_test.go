package provider_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// server speaks the plugin protocol with the provider, for what the Terraform at hand may be too old to do.
type server struct {
	t *testing.T
	tfprotov6.ProviderServer
	schemas *tfprotov6.GetProviderSchemaResponse
}

func newServer(t *testing.T, config string) *server {
	t.Helper()
	provider, err := factories()["clevertap"]()
	if err != nil {
		t.Fatal(err)
	}
	s := &server{t: t, ProviderServer: provider}
	if s.schemas, err = provider.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		t.Fatal(err)
	}
	resp, err := provider.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: s.value(s.schemas.Provider, config)})
	s.check(err, resp.Diagnostics)
	return s
}

func (s *server) check(err error, diagnostics []*tfprotov6.Diagnostic) {
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

// value completes a JSON object with nulls for what it leaves out.
func (s *server) value(schema *tfprotov6.Schema, given string) *tfprotov6.DynamicValue {
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

func (s *server) object(schemaType tftypes.Type, value *tfprotov6.DynamicValue) map[string]tftypes.Value {
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

var nameIdentity = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"name": tftypes.String}}

func (s *server) identityName(identity *tfprotov6.ResourceIdentityData) string {
	s.t.Helper()
	if identity == nil || identity.IdentityData == nil {
		s.t.Fatal("there is no identity")
	}
	var name string
	if err := s.object(nameIdentity, identity.IdentityData)["name"].As(&name); err != nil {
		s.t.Fatal(err)
	}
	return name
}

func (s *server) apply(typeName, config string) *tfprotov6.ApplyResourceChangeResponse {
	s.t.Helper()
	schema := s.schemas.ResourceSchemas[typeName]
	null, err := tfprotov6.NewDynamicValue(schema.ValueType(), tftypes.NewValue(schema.ValueType(), nil))
	if err != nil {
		s.t.Fatal(err)
	}
	value := s.value(schema, config)
	plan, err := s.PlanResourceChange(s.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: typeName, PriorState: &null, ProposedNewState: value, Config: value,
	})
	s.check(err, plan.Diagnostics)
	applied, err := s.ApplyResourceChange(s.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: typeName, PriorState: &null, PlannedState: plan.PlannedState, Config: value, PlannedPrivate: plan.PlannedPrivate,
	})
	s.check(err, applied.Diagnostics)
	return applied
}

func TestIdentity(t *testing.T) {
	t.Parallel()
	for typeName, test := range map[string]struct{ config, kind, file string }{
		"clevertap_webhook_template": {
			`{"name": "LINE push", "http_method": "POST", "destination_url": "https://api.line.me/v2/bot/message/push"}`,
			"webhook-templates", "LINE%20push.json"},
		"clevertap_line_campaign_body": {
			`{"name": "LINE push", "messages": ["{\"type\":\"text\",\"text\":\"x\"}"]}`,
			"line-campaign-bodies", "LINE%20push.json"},
	} {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			store := t.TempDir()
			config, err := json.Marshal(map[string]any{"template_store": map[string]any{"local": map[string]any{"path": store}}})
			if err != nil {
				t.Fatal(err)
			}
			s := newServer(t, string(config))
			applied := s.apply(typeName, test.config)
			if name := s.identityName(applied.NewIdentity); name != "LINE push" {
				t.Errorf("after the create the identity is %q", name)
			}

			identity, err := tfprotov6.NewDynamicValue(nameIdentity, tftypes.NewValue(nameIdentity, map[string]tftypes.Value{
				"name": tftypes.NewValue(tftypes.String, "LINE push"),
			}))
			if err != nil {
				t.Fatal(err)
			}
			imported, err := s.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
				TypeName: typeName, Identity: &tfprotov6.ResourceIdentityData{IdentityData: &identity},
			})
			s.check(err, imported.Diagnostics)
			one := imported.ImportedResources[0]
			read, err := s.ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
				TypeName: typeName, CurrentState: one.State, CurrentIdentity: one.Identity, Private: one.Private,
			})
			s.check(err, read.Diagnostics)
			schemaType := s.schemas.ResourceSchemas[typeName].ValueType()
			before, after := s.object(schemaType, applied.NewState), s.object(schemaType, read.NewState)
			for attribute, value := range before {
				if !value.Equal(after[attribute]) {
					t.Errorf("%s is %s after the create and %s after the import", attribute, value, after[attribute])
				}
			}

			// What is gone leaves state, and its identity stays.
			if err := os.Remove(stored(store, test.kind, test.file)); err != nil {
				t.Fatal(err)
			}
			gone, err := newServer(t, string(config)).ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
				TypeName: typeName, CurrentState: applied.NewState, CurrentIdentity: applied.NewIdentity, Private: applied.Private,
			})
			s.check(err, gone.Diagnostics)
			if state, err := gone.NewState.Unmarshal(schemaType); err != nil || !state.IsNull() {
				t.Errorf("the state of what is gone is %s (%v)", state, err)
			}
			if name := s.identityName(gone.NewIdentity); name != "LINE push" {
				t.Errorf("the identity of what is gone is %q", name)
			}
		})
	}
}
