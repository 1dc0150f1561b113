package provider_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"
)

// changesOnly expects that a plan changes one attribute of one resource and nothing else.
type changesOnly struct{ address, attribute string }

func (c changesOnly) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
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
	if want := []string{c.address + "." + c.attribute}; !slices.Equal(changed, want) {
		resp.Error = fmt.Errorf("the plan changes %v, not %v", changed, want)
	}
}
