package acctest

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// ChangesOnly expects that a plan changes one attribute of one resource and nothing else.
type ChangesOnly struct{ Address, Attribute string }

// CheckPlan implements plancheck.PlanCheck.
func (c ChangesOnly) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	var changed []string
	for _, change := range req.Plan.ResourceChanges {
		before, _ := change.Change.Before.(map[string]any)
		after, _ := change.Change.After.(map[string]any)
		unknown, _ := change.Change.AfterUnknown.(map[string]any)
		for attribute := range unknown {
			if unknown[attribute] == true {
				changed = append(changed, change.Address+"."+attribute+" (unknown)")
			}
		}
		for attribute := range after {
			if !reflect.DeepEqual(before[attribute], after[attribute]) {
				changed = append(changed, change.Address+"."+attribute)
			}
		}
	}
	if want := []string{c.Address + "." + c.Attribute}; !slices.Equal(changed, want) {
		resp.Error = fmt.Errorf("the plan changes %v, not %v", changed, want)
	}
}
