package dashboard_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// enter writes the receipt of the campaign body in a local store, as clevertap-line entered does.
func enter(t *testing.T, store string, entering templatestore.Entering) templatestore.Receipt {
	t.Helper()
	receipt, err := templatestore.Enter(t.Context(), templatestore.New(templatestore.NewLocal(store), ""), templatestore.LineCampaignBodies, "welcome", entering)
	if err != nil {
		t.Fatal(err)
	}
	return receipt
}

func bodyWith(text string) string {
	return acctest.CampaignBody(fmt.Sprintf(`messages = [jsonencode({ type = "text", text = %q })]`, text))
}

func wantReceipt(entered bool, by string) []statecheck.StateCheck {
	return []statecheck.StateCheck{
		statecheck.ExpectKnownValue(bodyAddress, tfjsonpath.New("entered"), knownvalue.Bool(entered)),
		statecheck.ExpectKnownValue(bodyAddress, tfjsonpath.New("entered_by"), knownvalue.StringExact(by)),
	}
}

// A receipt is a fact about the dashboard: it survives a change of the content, and a revert of it does not make it lie.
func TestAccReceipt(t *testing.T) {
	t.Parallel()
	store := t.TempDir()
	config := func(text string) string { return acctest.StoreAt(store) + bodyWith(text) }
	empty := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
	planned := func(entered bool) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectKnownValue(bodyAddress, tfjsonpath.New("entered"), knownvalue.Bool(entered)),
		}}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: config("one"), ConfigPlanChecks: planned(false), ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(bodyAddress, tfjsonpath.New("entered_sha256"), knownvalue.Null()),
				statecheck.ExpectKnownValue(bodyAddress, tfjsonpath.New("entered_by"), knownvalue.Null()),
				statecheck.ExpectKnownValue(bodyAddress, tfjsonpath.New("entered_at"), knownvalue.Null()),
			}},
			{
				PreConfig:        func() { enter(t, store, templatestore.Entering{By: "mio@example.com"}) },
				Config:           config("one"),
				ConfigPlanChecks: empty, ConfigStateChecks: wantReceipt(true, "mio@example.com"),
			},
			{Config: config("two"), ConfigPlanChecks: planned(false), ConfigStateChecks: wantReceipt(false, "mio@example.com")},
			{Config: config("two"), ConfigPlanChecks: empty, ConfigStateChecks: wantReceipt(false, "mio@example.com")},
			{
				PreConfig:        func() { enter(t, store, templatestore.Entering{By: "ken@example.com"}) },
				Config:           config("two"),
				ConfigPlanChecks: empty, ConfigStateChecks: wantReceipt(true, "ken@example.com"),
			},
			// A revert of the configuration: the dashboard still holds the other.
			{Config: config("one"), ConfigPlanChecks: planned(false), ConfigStateChecks: wantReceipt(false, "ken@example.com")},
			{
				PreConfig: func() {
					s := templatestore.New(templatestore.NewLocal(store), "")
					if err := templatestore.RemoveReceipt(t.Context(), s, templatestore.LineCampaignBodies, "welcome"); err != nil {
						t.Fatal(err)
					}
				},
				Config: config("one"), ConfigPlanChecks: empty, ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(bodyAddress, tfjsonpath.New("entered_sha256"), knownvalue.Null()),
				},
			},
		},
	})
}

// A receipt that was written between plan and apply is no error: the next refresh sees it. One that is left over from an
// earlier object of the name is read in the plan of the new one.
func TestAccReceiptMeanwhile(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	config := func(text string) {
		c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+bodyWith(text)+
			"output \"entered\" {\n  value = clevertap_line_campaign_body.welcome.entered\n}\n")
	}
	store := c.Dir + "/store"
	output := func() string { return strings.TrimSpace(c.Run("output", "entered")) }
	config("one")
	c.Run("apply", "-auto-approve")
	config("two")
	c.Run("plan", "-out=tfplan")
	enter(t, store, templatestore.Entering{By: "mio@example.com"}) // of "one"
	c.Run("apply", "tfplan")
	if got := output(); got != "false" {
		t.Errorf("after the apply entered is %s", got)
	}
	enter(t, store, templatestore.Entering{By: "mio@example.com"}) // of "two"
	c.Run("apply", "-refresh-only", "-auto-approve")
	if got := output(); got != "true" {
		t.Errorf("after the refresh entered is %s", got)
	}
	c.Run("destroy", "-auto-approve")
	if plan := c.Run("plan"); !strings.Contains(plan, `entered_by     = "mio@example.com"`) {
		t.Errorf("the receipt that was left over is not in the plan:\n%s", plan)
	}
	c.Run("apply", "-auto-approve")
	if got := output(); got != "true" {
		t.Errorf("entered is %s, though the dashboard holds what is declared again", got)
	}
}
