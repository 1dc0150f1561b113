package provider_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// What a killed run created and state does not know comes back in one apply, by the import block of the guide on recovery. What
// the run had not created yet is created by the same apply.
func TestAccRecoveryOfMany(t *testing.T) {
	t.Parallel()
	const stored, declared = 200, 205
	c := acctest.NewCommand(t)
	config := func(number int) string {
		return acctest.RequiredProviders + acctest.Provider(acctest.LocalStore("store"), "dashboard_reminders = false\n") + fmt.Sprintf(`
locals {
  bodies = { for i in range(%d) : "key ${i}" => "body ${i}" }
}

resource "clevertap_line_campaign_body" "all" {
  for_each = local.bodies
  name     = each.value
  messages = [jsonencode({ type = "text", text = each.key })]
}
`, number)
	}
	c.Write("main.tf", config(stored))
	c.Run("apply", "-auto-approve")
	if err := os.Remove(filepath.Join(c.Dir, "terraform.tfstate")); err != nil {
		t.Fatal(err)
	}
	c.Write("main.tf", config(declared))
	c.Write("stored.json", storeList(t, stored))
	c.Write("import.tf", `
locals {
  stored = [
    for object in jsondecode(file("${path.module}/stored.json")).objects : object.name
    if object.account == "default" && object.kind == "line-campaign-bodies" && object.state != "no_longer_declared"
  ]
}

import {
  for_each = { for key, name in local.bodies : key => name if contains(local.stored, name) }
  to       = clevertap_line_campaign_body.all[each.key]
  id       = each.value
}
`)
	output := c.Run("apply", "-auto-approve")
	if !strings.Contains(output, "Resources: 200 imported, 5 added, 0 changed, 0 destroyed") {
		t.Errorf("not all come back:\n%s", output[max(0, len(output)-1000):])
	}
	for range 2 { // the block may stay, and may go
		if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
			t.Errorf("the plan after it ends with %d:\n%s", exitCode, plan)
		}
		c.Write("import.tf", "")
	}
}

// storeList is what clevertap-line store list --format json prints of so many bodies, a template, and a body that is no longer
// in the store.
func storeList(t *testing.T, bodies int) string {
	t.Helper()
	objects := []map[string]any{
		{"account": "default", "kind": "webhook-templates", "name": "body 201", "state": "entered"},
		{"account": "default", "kind": "line-campaign-bodies", "name": "body 202", "state": "no_longer_declared"},
	}
	for i := range bodies {
		objects = append(objects, map[string]any{
			"account": "default", "kind": "line-campaign-bodies", "name": fmt.Sprint("body ", i), "state": "not_entered", "entered": false,
		})
	}
	list, err := json.Marshal(map[string]any{"store_id": "any", "objects": objects})
	if err != nil {
		t.Fatal(err)
	}
	return string(list)
}
