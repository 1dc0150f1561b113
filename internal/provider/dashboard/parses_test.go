package dashboard_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// In each call from Terraform, each distinct text of a message is parsed once, however much is asked about it. This test
// runs alone: it counts what the process parses.
func TestMessagesAreParsedOnce(t *testing.T) { //nolint:paralleltest // it counts for the whole process
	const typeName = "clevertap_line_campaign_body"
	config := func(first string) string {
		return `{"name": "welcome", "messages": [` + first + `, "{\"type\":\"text\",\"text\":\"b\"}", "{\"type\":\"text\",\"text\":\"b\"}"]}`
	}
	const spelled, otherwise = `"{\"type\":\"text\",\"text\":\"a\"}"`, `"{ \"text\": \"a\", \"type\": \"text\" }"`
	s := acctest.NewServer(t, acctest.StoreConfig(t.TempDir()))
	schema := s.Schemas.ResourceSchemas[typeName]
	null, err := tfprotov6.NewDynamicValue(schema.ValueType(), tftypes.NewValue(schema.ValueType(), nil))
	if err != nil {
		t.Fatal(err)
	}
	parses := func(what string, want int64, call func()) {
		t.Helper()
		before := exactjson.Parsed()
		call()
		if got := exactjson.Parsed() - before; got != want {
			t.Errorf("%s parses %d texts, not %d", what, got, want)
		}
	}
	plan := func(prior *tfprotov6.DynamicValue, config *tfprotov6.DynamicValue, private []byte) *tfprotov6.PlanResourceChangeResponse {
		t.Helper()
		resp, err := s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
			TypeName: typeName, PriorState: prior, ProposedNewState: config, Config: config, PriorPrivate: private,
		})
		s.Check(err, resp.Diagnostics)
		return resp
	}
	value := s.Value(schema, config(spelled))
	parses("validation", 2, func() {
		resp, err := s.ValidateResourceConfig(t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: typeName, Config: value})
		s.Check(err, resp.Diagnostics)
	})
	var planned *tfprotov6.PlanResourceChangeResponse
	parses("a plan", 2, func() { planned = plan(&null, value, nil) })
	var applied *tfprotov6.ApplyResourceChangeResponse
	// Besides the two messages: the document that is written, and the store's identity.
	parses("an apply", 2+1+1, func() {
		applied, err = s.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
			TypeName: typeName, PriorState: &null, PlannedState: planned.PlannedState, Config: value, PlannedPrivate: planned.PlannedPrivate,
		})
		s.Check(err, applied.Diagnostics)
	})
	parses("a plan of nothing new", 2, func() { plan(applied.NewState, value, applied.Private) })
	parses("a plan of another spelling", 3, func() { plan(applied.NewState, s.Value(schema, config(otherwise)), applied.Private) })
}
