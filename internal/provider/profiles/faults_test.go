package profiles_test

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
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

func TestAccLineProfilesMakesNoGhosts(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 2, clevertaptest.Config{})
	known := map[string]string{acctest.User(0): acctest.LineID(0), acctest.User(1): acctest.LineID(1)}
	misspelled := map[string]string{acctest.User(0): acctest.OtherLineID(0), "user-O": acctest.LineID(1)}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config:      profilesConfig(server.URL, misspelled, ""),
				ExpectError: regexp.MustCompile(`(?s)no profile has\s+the\s+identity of 1.*user-O.*Nothing was\s+written`),
			},
			{Config: profilesConfig(server.URL, known, ""), Check: wantHeld(server, "LineID", known)},
			{Config: profilesConfig(server.URL, misspelled, ""), ExpectError: regexp.MustCompile(`user-O`)},
			{
				// The profile is gone: its entry is still to do, and cannot be done.
				PreConfig:   func() { server.DeleteProfile(acctest.User(1)) },
				Config:      profilesConfig(server.URL, known, ""),
				ExpectError: regexp.MustCompile(`no\s+profile\s+has`),
				Check:       wantHeld(server, "LineID", map[string]string{acctest.User(0): acctest.LineID(0)}),
			},
			{ // removing the property from it would make it anew
				Config: profilesConfig(server.URL, map[string]string{acctest.User(0): acctest.LineID(0)}, ""),
				Check:  wantHeld(server, "Plan", map[string]string{acctest.User(0): "gold"}),
			},
			{
				Config: profilesConfig(server.URL, map[string]string{"new": acctest.LineID(2)}, "require_existing_profile = false"),
				Check:  wantHeld(server, "LineID", map[string]string{"new": acctest.LineID(2)}),
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
	server := acctest.CleverTapServer(t, 2, clevertaptest.Config{})
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+profilesConfig(server.URL, map[string]string{acctest.User(0): acctest.LineID(0), acctest.User(1): acctest.LineID(1)}, ""))
	c.Run("apply", "-auto-approve")
	server.DeleteProfile(acctest.User(1))
	c.Run("destroy", "-auto-approve", "-refresh=false")
	if got := server.Profiles(); !reflect.DeepEqual(got, map[string]map[string]any{acctest.User(0): {"Plan": "gold"}}) {
		t.Errorf("CleverTap has %v", got)
	}
}

func TestAccLineProfilesRefused(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 3, clevertaptest.Config{})
	all := map[string]string{acctest.User(0): acctest.LineID(0), acctest.User(1): acctest.LineID(1), acctest.User(2): acctest.LineID(2)}
	changed := map[string]string{acctest.User(0): acctest.OtherLineID(0), acctest.User(1): acctest.OtherLineID(1), acctest.User(2): acctest.LineID(2)}
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
	refuse(acctest.User(0))
	refuse(acctest.User(1))
	refuse(acctest.User(2))
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{ // all of them
				Config: profilesConfig(server.URL, all, ""), ExpectNonEmptyPlan: true,
				ConfigStateChecks: []statecheck.StateCheck{wantRefused(acctest.User(0), acctest.User(1), acctest.User(2))},
				Check:             wantHeld(server, "LineID", map[string]string{}),
			},
			{ // some are taken now; in an update the others are an error
				PreConfig: func() {
					server.Refuse(acctest.User(0), 0, "")
					server.Refuse(acctest.User(2), 0, "")
				},
				Config:      profilesConfig(server.URL, all, ""),
				ExpectError: regexp.MustCompile(`(?s)refused 1 LINE IDs.*user-1: Miscellaneous server error\. \(code 555\)`),
			},
			{
				RefreshState: true, ExpectNonEmptyPlan: true,
				Check: resource.ComposeTestCheckFunc(
					wantHeld(server, "LineID", map[string]string{acctest.User(0): acctest.LineID(0), acctest.User(2): acctest.LineID(2)}),
					resource.TestCheckResourceAttr(profilesAddress, "line_ids.%", "2"),
					resource.TestCheckResourceAttr(profilesAddress, "refused.%", "1"),
				),
			},
			{
				PreConfig: func() { server.Refuse(acctest.User(1), 0, "") },
				Config:    profilesConfig(server.URL, all, ""),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(profilesAddress, plancheck.ResourceActionUpdate),
					changesEntries{acctest.User(1): ">" + acctest.LineID(1)},
				}},
				ConfigStateChecks: []statecheck.StateCheck{wantRefused()},
				Check:             wantHeld(server, "LineID", all),
			},
			{ // a refused change leaves the old value, in CleverTap and in state
				PreConfig:   func() { refuse(acctest.User(1)) },
				Config:      profilesConfig(server.URL, changed, ""),
				ExpectError: regexp.MustCompile(`user-1: Misc`),
			},
			{
				PreConfig: func() { server.Refuse(acctest.User(1), 0, "") },
				Config:    profilesConfig(server.URL, changed, ""),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					changesEntries{acctest.User(1): acctest.LineID(1) + ">" + acctest.OtherLineID(1)},
				}},
				Check: wantHeld(server, "LineID", changed),
			},
		},
	})
	if got := uploads(t, server); slices.Contains(got, `user-2 {"LineID":"`+acctest.OtherLineID(2)+`"}`) {
		t.Errorf("what did not change was sent: %v", got)
	}
}

// A refused entry is a warning after a create, and the resource is not tainted.
func TestAccLineProfilesRefusedOnCreate(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 2, clevertaptest.Config{})
	server.Refuse(acctest.User(1), clevertaptest.CodeOther, "Miscellaneous server error. ")
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+profilesConfig(server.URL, map[string]string{acctest.User(0): acctest.LineID(0), acctest.User(1): acctest.LineID(1)}, ""))
	if output := c.Run("apply", "-auto-approve"); !strings.Contains(output, "CleverTap refused 1 of 2 LINE IDs") ||
		!strings.Contains(output, "user-1: Miscellaneous server error. (code 555)") {
		t.Errorf("the warning is not there:\n%s", output)
	}
	for _, refresh := range []string{"-refresh=true", "-refresh=false"} {
		plan, exitCode := c.Try("plan", "-detailed-exitcode", refresh)
		if exitCode != 2 || !strings.Contains(plan, "0 to add, 1 to change, 0 to destroy") {
			t.Errorf("%s: the next plan ends with %d:\n%s", refresh, exitCode, plan)
		}
	}
	server.Refuse(acctest.User(1), 0, "")
	c.Run("apply", "-auto-approve", "-refresh=false")
	if err := wantHeld(server, "LineID", map[string]string{acctest.User(0): acctest.LineID(0), acctest.User(1): acctest.LineID(1)})(nil); err != nil {
		t.Error(err)
	}
	if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
		t.Errorf("a plan after that ends with %d:\n%s", exitCode, plan)
	}
}

// Somebody's change right after an apply is drift at once, while CleverTap's own delay is a warning.
func TestAccLineProfilesNotYetVisible(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 2, clevertaptest.Config{StaleReads: 2})
	c := acctest.NewCommand(t)
	config := func(first, second string) {
		c.Write("main.tf", acctest.RequiredProviders+profilesConfig(server.URL, map[string]string{acctest.User(0): first, acctest.User(1): second}, ""))
	}
	const warning = "CleverTap does not show all LINE IDs yet"
	config(acctest.LineID(0), acctest.LineID(1))
	c.Run("apply", "-auto-approve")
	// Each plan reads each profile once; the third read shows what was written. An apply keeps what its refresh found.
	for read, stale := range []bool{true, true, false} {
		plan, exitCode := c.Try("plan", "-detailed-exitcode")
		if exitCode != 0 || strings.Contains(plan, warning) != stale {
			t.Errorf("plan %d ends with %d:\n%s", read, exitCode, plan)
		}
	}
	config(acctest.LineID(0), acctest.OtherLineID(1)) // over a value that state does not know as seen
	c.Run("apply", "-auto-approve")
	if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 || !strings.Contains(plan, "user-1") {
		t.Errorf("a changed value that is not yet visible: exit %d\n%s", exitCode, plan)
	}
	server.SetProfile(acctest.User(1), map[string]any{"LineID": acctest.LineID(7)})
	if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 2 || strings.Contains(plan, warning) {
		t.Errorf("somebody's change: exit %d\n%s", exitCode, plan)
	}
	if output := c.Run("destroy", "-auto-approve"); strings.Contains(output, "Error") {
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
		faults []standin.Fault
		want   string // in the error; none if the retries get over it
	}{
		"429":              {faults: []standin.Fault{storm}},
		"storm of 429":     {faults: []standin.Fault{storm, storm}, want: `429.*Too many concurrent requests`},
		"reset":            {faults: []standin.Fault{{Path: path, Reset: true, Done: true}}},
		"resets":           {faults: slices.Repeat([]standin.Fault{{Path: path, Reset: true, Done: true}}, 2), want: `no answer from CleverTap`},
		"timeout":          {faults: slices.Repeat([]standin.Fault{{Path: path, Delay: time.Minute, Done: true}}, 2), want: `within 1s \(2 attempts\)`},
		"broken off":       {faults: []standin.Fault{{Path: path, Truncate: true}}},
		"401":              {faults: []standin.Fault{denied}, want: `401.*Account ID is not valid.*region`},
		"empty":            {faults: []standin.Fault{{Path: path, Status: 200, Done: true}}, want: `empty body`},
		"HTML":             {faults: []standin.Fault{{Path: path, Status: 200, Body: "<html>login</html>"}}, want: `<html>login`},
		"unreadable reads": {faults: []standin.Fault{{Path: "/1/profile.json", Status: 200, Body: "<html>login</html>"}}, want: `(Nothing was written|Cannot read LINE IDs)`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.CleverTapServer(t, 3, clevertaptest.Config{})
			server.SetProfile("other", map[string]any{"Plan": "gold"})
			config := func(lineIDs map[string]string) string {
				return strings.Replace(profilesConfig(server.URL, lineIDs, ""), "max_retries ", "request_timeout_seconds = 1\n  max_retries ", 1)
			}
			create := map[string]string{acctest.User(0): acctest.LineID(0), acctest.User(1): acctest.LineID(1)}
			update := map[string]string{acctest.User(0): acctest.OtherLineID(0), acctest.User(2): acctest.LineID(2)}
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
				ProtoV6ProviderFactories: acctest.Factories(),
				ErrorCheck: func(err error) error {
					if strings.Contains(err.Error(), acctest.CleverTapPasscode) {
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
