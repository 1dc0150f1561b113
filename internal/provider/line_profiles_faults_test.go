package provider_test

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
)

func TestAccLineProfilesMakesNoGhosts(t *testing.T) {
	t.Parallel()
	server := cleverTapServer(t, 2, clevertaptest.Config{})
	known := map[string]string{user(0): lineID(0), user(1): lineID(1)}
	misspelled := map[string]string{user(0): otherLineID(0), "user-O": lineID(1)}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: factories(),
		Steps: []resource.TestStep{
			{
				Config:      profilesConfig(server.URL, misspelled, ""),
				ExpectError: regexp.MustCompile(`(?s)no profile has\s+the\s+identity of 1.*user-O.*Nothing was\s+written`),
			},
			{Config: profilesConfig(server.URL, known, ""), Check: wantHeld(server, "LineID", known)},
			{Config: profilesConfig(server.URL, misspelled, ""), ExpectError: regexp.MustCompile(`user-O`)},
			{
				// The profile is gone: its entry is still to do, and cannot be done.
				PreConfig:   func() { server.DeleteProfile(user(1)) },
				Config:      profilesConfig(server.URL, known, ""),
				ExpectError: regexp.MustCompile(`no\s+profile\s+has`),
				Check:       wantHeld(server, "LineID", map[string]string{user(0): lineID(0)}),
			},
			{ // removing the property from it would make it anew
				Config: profilesConfig(server.URL, map[string]string{user(0): lineID(0)}, ""),
				Check:  wantHeld(server, "Plan", map[string]string{user(0): "gold"}),
			},
			{
				Config: profilesConfig(server.URL, map[string]string{"new": lineID(2)}, "require_existing_profile = false"),
				Check:  wantHeld(server, "LineID", map[string]string{"new": lineID(2)}),
			},
		},
	})
	if got := server.Profiles(); len(got) != 2 || len(got["new"]) != 0 {
		t.Errorf("after the destroy there are %v, want user-0 and the new one, without LINE IDs", got)
	}
}

// Terraform's refresh would see by itself that a profile is gone; without one, the destroy has to look.
func TestAccLineProfilesDestroyWithoutRefresh(t *testing.T) {
	t.Parallel()
	server := cleverTapServer(t, 2, clevertaptest.Config{})
	c := newCommand(t)
	c.write("main.tf", requiredProviders+profilesConfig(server.URL, map[string]string{user(0): lineID(0), user(1): lineID(1)}, ""))
	c.run("apply", "-auto-approve")
	server.DeleteProfile(user(1))
	c.run("destroy", "-auto-approve", "-refresh=false")
	if got := server.Profiles(); !reflect.DeepEqual(got, map[string]map[string]any{user(0): {"Plan": "gold"}}) {
		t.Errorf("CleverTap has %v", got)
	}
}

func TestAccLineProfilesRefused(t *testing.T) {
	t.Parallel()
	server := cleverTapServer(t, 3, clevertaptest.Config{})
	all := map[string]string{user(0): lineID(0), user(1): lineID(1), user(2): lineID(2)}
	changed := map[string]string{user(0): otherLineID(0), user(1): otherLineID(1), user(2): lineID(2)}
	refuse := func(identity string) {
		server.Refuse(identity, clevertaptest.CodeOther, "Miscellaneous server error. ")
	}
	refusal := knownvalue.ObjectExact(map[string]knownvalue.Check{
		"code": knownvalue.Int64Exact(555), "message": knownvalue.StringExact("Miscellaneous server error."),
	})
	wantRefused := func(identities ...string) statecheck.StateCheck {
		want := map[string]knownvalue.Check{}
		for _, identity := range identities {
			want[identity] = refusal
		}
		return statecheck.ExpectKnownValue(profilesAddress, tfjsonpath.New("refused"), knownvalue.MapExact(want))
	}
	refuse(user(0))
	refuse(user(1))
	refuse(user(2))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: factories(),
		Steps: []resource.TestStep{
			{ // all of them
				Config: profilesConfig(server.URL, all, ""), ExpectNonEmptyPlan: true,
				ConfigStateChecks: []statecheck.StateCheck{wantRefused(user(0), user(1), user(2))},
				Check:             wantHeld(server, "LineID", map[string]string{}),
			},
			{ // some are taken now; in an update the others are an error
				PreConfig: func() {
					server.Refuse(user(0), 0, "")
					server.Refuse(user(2), 0, "")
				},
				Config:      profilesConfig(server.URL, all, ""),
				ExpectError: regexp.MustCompile(`(?s)refused 1 LINE IDs.*user-1: Miscellaneous server error\. \(code 555\)`),
			},
			{
				RefreshState: true, ExpectNonEmptyPlan: true,
				Check: resource.ComposeTestCheckFunc(
					wantHeld(server, "LineID", map[string]string{user(0): lineID(0), user(2): lineID(2)}),
					resource.TestCheckResourceAttr(profilesAddress, "line_ids.%", "2"),
					resource.TestCheckResourceAttr(profilesAddress, "refused.%", "1"),
				),
			},
			{
				PreConfig: func() { server.Refuse(user(1), 0, "") },
				Config:    profilesConfig(server.URL, all, ""),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(profilesAddress, plancheck.ResourceActionUpdate),
					changesEntries{user(1): ">" + lineID(1)},
				}},
				ConfigStateChecks: []statecheck.StateCheck{wantRefused()},
				Check:             wantHeld(server, "LineID", all),
			},
			{ // a refused change leaves the old value, in CleverTap and in state
				PreConfig:   func() { refuse(user(1)) },
				Config:      profilesConfig(server.URL, changed, ""),
				ExpectError: regexp.MustCompile(`user-1: Misc`),
			},
			{
				PreConfig: func() { server.Refuse(user(1), 0, "") },
				Config:    profilesConfig(server.URL, changed, ""),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					changesEntries{user(1): lineID(1) + ">" + otherLineID(1)},
				}},
				Check: wantHeld(server, "LineID", changed),
			},
		},
	})
	if got := uploads(t, server); slices.Contains(got, `user-2 {"LineID":"`+otherLineID(2)+`"}`) {
		t.Errorf("what did not change was sent: %v", got)
	}
}

// A refused entry is a warning after a create, and the resource is not tainted.
func TestAccLineProfilesRefusedOnCreate(t *testing.T) {
	t.Parallel()
	server := cleverTapServer(t, 2, clevertaptest.Config{})
	server.Refuse(user(1), clevertaptest.CodeOther, "Miscellaneous server error. ")
	c := newCommand(t)
	c.write("main.tf", requiredProviders+profilesConfig(server.URL, map[string]string{user(0): lineID(0), user(1): lineID(1)}, ""))
	if output := c.run("apply", "-auto-approve"); !strings.Contains(output, "CleverTap refused 1 of 2 LINE IDs") ||
		!strings.Contains(output, "user-1: Miscellaneous server error. (code 555)") {
		t.Errorf("the warning is not there:\n%s", output)
	}
	for _, refresh := range []string{"-refresh=true", "-refresh=false"} {
		plan, exitCode := c.try("plan", "-detailed-exitcode", refresh)
		if exitCode != 2 || !strings.Contains(plan, "0 to add, 1 to change, 0 to destroy") {
			t.Errorf("%s: the next plan ends with %d:\n%s", refresh, exitCode, plan)
		}
	}
	server.Refuse(user(1), 0, "")
	c.run("apply", "-auto-approve", "-refresh=false")
	if err := wantHeld(server, "LineID", map[string]string{user(0): lineID(0), user(1): lineID(1)})(nil); err != nil {
		t.Error(err)
	}
	if plan, exitCode := c.try("plan", "-detailed-exitcode"); exitCode != 0 {
		t.Errorf("a plan after that ends with %d:\n%s", exitCode, plan)
	}
}

// Somebody's change right after an apply is drift at once, while CleverTap's own delay is a warning.
func TestAccLineProfilesNotYetVisible(t *testing.T) {
	t.Parallel()
	server := cleverTapServer(t, 2, clevertaptest.Config{StaleReads: 2})
	c := newCommand(t)
	config := func(first, second string) {
		c.write("main.tf", requiredProviders+profilesConfig(server.URL, map[string]string{user(0): first, user(1): second}, ""))
	}
	const warning = "CleverTap does not show all LINE IDs yet"
	config(lineID(0), lineID(1))
	c.run("apply", "-auto-approve")
	// Each plan reads each profile once; the third read shows what was written. An apply keeps what its refresh found.
	for read, stale := range []bool{true, true, false} {
		plan, exitCode := c.try("plan", "-detailed-exitcode")
		if exitCode != 0 || strings.Contains(plan, warning) != stale {
			t.Errorf("plan %d ends with %d:\n%s", read, exitCode, plan)
		}
	}
	config(lineID(0), otherLineID(1)) // over a value that state does not know as seen
	c.run("apply", "-auto-approve")
	if plan, exitCode := c.try("plan", "-detailed-exitcode"); exitCode != 0 || !strings.Contains(plan, "user-1") {
		t.Errorf("a changed value that is not yet visible: exit %d\n%s", exitCode, plan)
	}
	server.SetProfile(user(1), map[string]any{"LineID": lineID(7)})
	if plan, exitCode := c.try("plan", "-detailed-exitcode"); exitCode != 2 || strings.Contains(plan, warning) {
		t.Errorf("somebody's change: exit %d\n%s", exitCode, plan)
	}
	if output := c.run("destroy", "-auto-approve"); strings.Contains(output, "Error") {
		t.Error(output)
	}
	if err := wantHeld(server, "LineID", map[string]string{})(nil); err != nil {
		t.Error(err)
	}
}

// After each fault, a second apply at the latest makes everything as declared, and there is never a profile too many.
func TestAccLineProfilesFaults(t *testing.T) {
	t.Parallel()
	const path = "/1/upload"
	storm := clevertaptest.FailureFault(429, clevertaptest.MessageTooMany)
	storm.Path = path
	denied := clevertaptest.FailureFault(401, clevertaptest.MessageUnauthorized)
	denied.Path = path
	for name, test := range map[string]struct {
		faults []clevertaptest.Fault
		want   string // in the error; none if the retries get over it
	}{
		"429":              {faults: []clevertaptest.Fault{storm}},
		"storm of 429":     {faults: []clevertaptest.Fault{storm, storm}, want: `429.*Too many concurrent requests`},
		"reset":            {faults: []clevertaptest.Fault{{Path: path, Reset: true, Stored: true}}},
		"resets":           {faults: slices.Repeat([]clevertaptest.Fault{{Path: path, Reset: true, Stored: true}}, 2), want: `no answer from CleverTap`},
		"timeout":          {faults: slices.Repeat([]clevertaptest.Fault{{Path: path, Delay: time.Minute, Stored: true}}, 2), want: `within 1s \(2 attempts\)`},
		"broken off":       {faults: []clevertaptest.Fault{{Path: path, Truncate: true}}},
		"401":              {faults: []clevertaptest.Fault{denied}, want: `401.*Account ID is not valid.*region`},
		"empty":            {faults: []clevertaptest.Fault{{Path: path, Status: 200, Stored: true}}, want: `empty body`},
		"HTML":             {faults: []clevertaptest.Fault{{Path: path, Status: 200, Body: "<html>login</html>"}}, want: `<html>login`},
		"unreadable reads": {faults: []clevertaptest.Fault{{Path: "/1/profile.json", Status: 200, Body: "<html>login</html>"}}, want: `(Nothing was written|Cannot read LINE IDs)`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := cleverTapServer(t, 3, clevertaptest.Config{})
			server.SetProfile("other", map[string]any{"Plan": "gold"})
			config := func(lineIDs map[string]string) string {
				return strings.Replace(profilesConfig(server.URL, lineIDs, ""), "max_retries ", "request_timeout_seconds = 1\n  max_retries ", 1)
			}
			create := map[string]string{user(0): lineID(0), user(1): lineID(1)}
			update := map[string]string{user(0): otherLineID(0), user(2): lineID(2)}
			var steps []resource.TestStep
			for _, lineIDs := range []map[string]string{create, update} {
				if test.want != "" {
					steps = append(steps, resource.TestStep{
						PreConfig: func() { server.AddFaults(test.faults...) },
						Config:    config(lineIDs), ExpectError: regexp.MustCompile(`(?s)` + strings.ReplaceAll(test.want, " ", `\s+`)),
					})
					steps = append(steps, resource.TestStep{Config: config(lineIDs), Check: wantHeld(server, "LineID", lineIDs)})
				} else {
					steps = append(steps, resource.TestStep{
						PreConfig: func() { server.AddFaults(test.faults...) },
						Config:    config(lineIDs), Check: wantHeld(server, "LineID", lineIDs),
					})
				}
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: factories(),
				ErrorCheck: func(err error) error {
					if strings.Contains(err.Error(), cleverTapPasscode) {
						t.Error("the passcode is in the error")
					}
					return err
				},
				Steps: steps,
			})
			if got := server.Profiles(); len(got) != 4 {
				t.Errorf("CleverTap has %d profiles, want 4: %v", len(got), got)
			}
		})
	}
}
