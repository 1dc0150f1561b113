package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// The tests of the example's module run as its users run them. What they leave is nothing.
func TestAccModule(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	if err := os.CopyFS(c.Dir, os.DirFS(filepath.Join(examples, "module"))); err != nil {
		t.Fatal(err)
	}
	if output := c.Run("test"); !strings.Contains(output, "Success! 6 passed, 0 failed.") {
		t.Errorf("the module's tests say:\n%s", output)
	}
	left, err := filepath.Glob(filepath.Join(c.Dir, ".terraform/test-stores/*/default/*/*"))
	if err != nil || len(left) > 0 {
		t.Errorf("the tests leave %v (%v)", left, err)
	}
	// They are no tests if they pass whatever the module does.
	main := acctest.ReadFile(t, filepath.Join(c.Dir, "main.tf"))
	c.Write("main.tf", strings.Replace(main, "name           = var.name", `name           = "welcome"`, 1))
	if output, exitCode := c.Try("test"); exitCode != 1 || !strings.Contains(output, "The messages are not called as the campaign is.") {
		t.Errorf("the tests of a broken module end with %d:\n%s", exitCode, output)
	}
}

// From Terraform 1.13 on, a terraform test plans a creation twice with one configured provider, whose second plan is of the same.
func TestCreationPlannedTwice(t *testing.T) {
	t.Parallel()
	const template = `{"name": "LINE push", "http_method": "POST", "destination_url": "https://relay.example.com/line"}`
	for version, want := range map[string]string{
		"1.11.4": `Two resources are to create the webhook template "LINE push"`, "1.13.0-beta1": "", "1.15.9": "",
		"": `Two resources are to create the webhook template "LINE push"`,
	} {
		s := acctest.NewServer(t, acctest.StoreConfig(t.TempDir()))
		configured, err := s.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
			TerraformVersion: version, Config: s.Value(s.Schemas.Provider, acctest.StoreConfig(t.TempDir())),
		})
		s.Check(err, configured.Diagnostics)
		schema := s.Schemas.ResourceSchemas["clevertap_webhook_template"]
		value := s.Value(schema, template)
		var said string
		for range 2 {
			plan, err := s.PlanResourceChange(t.Context(), &tfprotov6.PlanResourceChangeRequest{
				TypeName: "clevertap_webhook_template", PriorState: s.Null(schema), ProposedNewState: value, Config: value,
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range plan.Diagnostics {
				said += d.Summary
			}
		}
		if said != want {
			t.Errorf("Terraform %q: the second plan says %q", version, said)
		}
	}
}
