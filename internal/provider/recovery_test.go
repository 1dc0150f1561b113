package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// What a killed run created and state does not know comes back in one apply, by one import block.
func TestAccRecoveryOfMany(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	config := acctest.RequiredProviders + acctest.Provider(acctest.LocalStore("store"), "dashboard_reminders = false\n") + `
locals {
  bodies = { for i in range(200) : "body ${i}" => "Hello ${i}" }
}

resource "clevertap_line_campaign_body" "all" {
  for_each = local.bodies
  name     = each.key
  messages = [jsonencode({ type = "text", text = each.value })]
}
`
	c.Write("main.tf", config)
	c.Run("apply", "-auto-approve")
	if err := os.Remove(filepath.Join(c.Dir, "terraform.tfstate")); err != nil {
		t.Fatal(err)
	}
	c.Write("import.tf", `
import {
  for_each = local.bodies
  to       = clevertap_line_campaign_body.all[each.key]
  id       = each.key
}
`)
	output := c.Run("apply", "-auto-approve")
	if !strings.Contains(output, "Resources: 200 imported, 0 added, 0 changed, 0 destroyed") {
		t.Errorf("not all come back:\n%s", output[max(0, len(output)-1000):])
	}
	if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
		t.Errorf("the plan after it ends with %d:\n%s", exitCode, plan)
	}
}
