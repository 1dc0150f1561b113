package acctest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// NeedActions skips a test where Terraform has no action blocks.
func NeedActions(tb testing.TB) {
	tb.Helper()
	Needs(tb, "action blocks", "1.14.0", "")
}

// ActionCalls are what Terraform asks of an action, in the order in which it does.
type ActionCalls struct {
	// Validate, Plan and Invoke are what is said, a line for each diagnostic: "ERROR summary: detail".
	Validate, Plan, Invoke string
	// Progress is what the action said on the way.
	Progress []string
}

// InvokeAction validates, plans and invokes an action with a configuration, whatever is said before.
func (s *Server) InvokeAction(typeName, config string) ActionCalls {
	s.t.Helper()
	actions, ok := s.ProviderServer.(tfprotov6.ActionServer)
	if !ok {
		s.t.Fatal("the provider serves no actions")
	}
	schema, ok := s.Schemas.ActionSchemas[typeName]
	if !ok {
		s.t.Fatalf("there is no action %s", typeName)
	}
	value := s.Value(schema.Schema, config)
	var calls ActionCalls
	validated, err := actions.ValidateActionConfig(s.t.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: typeName, Config: value})
	if err != nil {
		s.t.Fatal(err)
	}
	calls.Validate = saidBy(validated.Diagnostics)
	planned, err := actions.PlanAction(s.t.Context(), &tfprotov6.PlanActionRequest{ActionType: typeName, Config: value})
	if err != nil {
		s.t.Fatal(err)
	}
	calls.Plan = saidBy(planned.Diagnostics)
	stream, err := actions.InvokeAction(s.t.Context(), &tfprotov6.InvokeActionRequest{ActionType: typeName, Config: value})
	if err != nil {
		s.t.Fatal(err)
	}
	for event := range stream.Events {
		switch event := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			calls.Progress = append(calls.Progress, event.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			calls.Invoke = saidBy(event.Diagnostics)
		}
	}
	return calls
}

func saidBy(diagnostics []*tfprotov6.Diagnostic) string {
	var said strings.Builder
	for _, d := range diagnostics {
		fmt.Fprintf(&said, "%s %s: %s\n", d.Severity, d.Summary, d.Detail)
	}
	return said.String()
}
