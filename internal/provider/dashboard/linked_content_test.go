package dashboard_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

const linkedContentAddress = "clevertap_linked_content.line_messages"

func linkedContent(name, url, more string) string {
	return fmt.Sprintf(`
resource "clevertap_linked_content" "line_messages" {
  name         = %q
  http_method  = "GET"
  endpoint_url = %q
  headers      = { Accept = "application/json" }
  %s
}
`, name, url, more)
}

func parameters(names ...string) knownvalue.Check {
	var checks []knownvalue.Check
	for _, name := range names {
		checks = append(checks, knownvalue.StringExact(name))
	}
	return knownvalue.ListExact(checks)
}

func TestAccLinkedContentLifecycle(t *testing.T) {
	t.Parallel()
	const (
		one = "https://line.example.com/{{message}}.json"
		two = "https://line.example.com/{{message}}.json?key={{language}}" // a parameter is no credential
	)
	store := t.TempDir()
	file := acctest.Stored(store, "linked-content", "line_messages.json")
	config := func(name, url, more string) string { return acctest.StoreAt(store) + linkedContent(name, url, more) }
	planned := func(action plancheck.ResourceActionType, names ...string) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectResourceAction(linkedContentAddress, action),
			plancheck.ExpectKnownValue(linkedContentAddress, tfjsonpath.New("parameters"), parameters(names...)),
			plancheck.ExpectKnownValue(linkedContentAddress, tfjsonpath.New("content_sha256"), knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{64}$`))),
		}}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		CheckDestroy: func(*terraform.State) error {
			if files, _ := filepath.Glob(acctest.Stored(store, "linked-content", "*")); len(files) > 0 {
				return fmt.Errorf("%v are still there", files)
			}
			return nil
		},
		Steps: []resource.TestStep{
			{
				Config:           config("line_messages", one, acctest.SecretOne),
				ConfigPlanChecks: planned(plancheck.ResourceActionCreate, "message"),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(linkedContentAddress, tfjsonpath.New("secret_headers_wo"), knownvalue.Null()),
				},
				Check: func(*terraform.State) error {
					return wantDocument(file, map[string]any{
						"http_method": "GET", "endpoint_url": one, "headers": map[string]any{"Accept": "application/json"},
						"secret_header_names": []any{"Authorization"}, "secret_headers_version": 1.0,
					})
				},
			},
			{ // the secret is needed for a new version alone
				Config:           config("line_messages", two, `secret_headers_wo_version = 1`),
				ConfigPlanChecks: planned(plancheck.ResourceActionUpdate, "message", "language"),
				Check:            func(*terraform.State) error { return wantDocument(file, map[string]any{"endpoint_url": two}) },
			},
			{
				Config:      config("line_messages", two, `secret_headers_wo_version = 2`),
				ExpectError: regexp.MustCompile(`moved without a value`),
			},
			{
				ResourceName:                         linkedContentAddress,
				ImportState:                          true,
				ImportStateId:                        "line_messages",
				ImportStateVerify:                    true,
				ImportStateVerifyIdentifierAttribute: "name",
			},
			{ // somebody's edit, even to what is no endpoint any more
				PreConfig: func() {
					acctest.WriteFile(t, file, strings.Replace(acctest.ReadFile(t, file), "{{message}}", "{{message", 1))
				},
				Config:           config("line_messages", two, `secret_headers_wo_version = 1`),
				ConfigPlanChecks: planned(plancheck.ResourceActionUpdate, "message", "language"),
				Check:            func(*terraform.State) error { return wantDocument(file, map[string]any{"endpoint_url": two}) },
			},
			{
				Config:           config("line_texts", two, acctest.SecretOne),
				ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate, "message", "language"),
			},
		},
	})
}

// The endpoint of a service that is yet to be created is no fault.
func TestAccLinkedContentOfAnUnknownURL(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+`
resource "terraform_data" "host" {
  input = "line.example.com"
}
`+strings.Replace(linkedContent("line_messages", "URL", ""), `"URL"`, `"https://${terraform_data.host.output}/{{message}}.json"`, 1)+
		"output \"parameters\" {\n  value = "+linkedContentAddress+".parameters\n}\n")
	if plan := c.Run("plan"); !strings.Contains(words(plan), `+ parameters = (known after apply)`) {
		t.Errorf("the parameters of an unknown URL are known:\n%s", plan)
	}
	c.Run("apply", "-auto-approve")
	if got := strings.Join(strings.Fields(c.Run("output", "parameters")), ""); got != `tolist(["message",])` {
		t.Errorf("the parameters are %s", got)
	}
}

// What a person is told, in the words of this object.
func TestAccLinkedContentReminders(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	told := func(what, output string, wants ...string) {
		t.Helper()
		for _, want := range wants {
			if strings.Count(words(output), want) != 1 {
				t.Errorf("%s: %q is not told once:\n%s", what, want, output)
			}
		}
	}
	config := func(name string) {
		c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+linkedContent(name, "https://line.example.com/{{message}}.json", ""))
	}
	config("line_messages")
	told("create", c.Run("apply", "-auto-approve"), `The Linked Content API "line_messages" is still to be entered`,
		"under Settings > Setup > Linked Content, what the function dialog_rows lists of this resource", "linked-content/line_messages")
	told("delete", c.Run("plan", "-destroy"), `The Linked Content API "line_messages" is to be removed from CleverTap's dashboard by hand`)
	config("line_texts")
	told("rename", c.Run("plan"), `The Linked Content API "line_messages" is to be renamed to "line_texts"`)
	config("line_messages")
	if err := os.Remove(filepath.Join(c.Dir, "terraform.tfstate")); err != nil {
		t.Fatal(err)
	}
	told("taken name", c.Run("plan"), `There is a Linked Content API "line_messages" already`)
}
