package evidence_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

func TestAccProfile(t *testing.T) {
	t.Parallel()
	for _, missing := range []clevertaptest.MissingProfile{
		clevertaptest.MissingIsFailure, clevertaptest.MissingIsEmpty, clevertaptest.MissingIsNotFound,
	} {
		t.Run(fmt.Sprint("missing ", missing), func(t *testing.T) {
			t.Parallel()
			server := acctest.CleverTapServer(t, 1, clevertaptest.Config{MissingProfile: missing})
			server.SetProfile("a b", map[string]any{"lineID": acctest.LineID(1), "Points": 12345678901234567, "Tags": []string{"x"}, "VIP": true})
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config: acctest.CleverTapProvider(server.URL) + `
data "clevertap_profile" "one" {
  identity       = "a b"
  property       = "lineID"
  property_names = ["Points", "Tags", "VIP", "lineID", "Nothing"]
}
data "clevertap_profile" "bare" {
  identity = "user-0"
}
data "clevertap_profile" "nobody" {
  identity = "nobody"
}
`,
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownValue("data.clevertap_profile.one", tfjsonpath.New("exists"), knownvalue.Bool(true)),
						statecheck.ExpectKnownValue("data.clevertap_profile.one", tfjsonpath.New("line_id"), knownvalue.StringExact(acctest.LineID(1))),
						statecheck.ExpectKnownValue("data.clevertap_profile.one", tfjsonpath.New("properties"),
							knownvalue.MapExact(map[string]knownvalue.Check{
								"Points": knownvalue.StringExact("12345678901234567"), "Tags": knownvalue.StringExact(`["x"]`),
								"VIP": knownvalue.StringExact("true"), "lineID": knownvalue.StringExact(acctest.LineID(1)),
							})),
						statecheck.ExpectKnownValue("data.clevertap_profile.bare", tfjsonpath.New("exists"), knownvalue.Bool(true)),
						statecheck.ExpectKnownValue("data.clevertap_profile.bare", tfjsonpath.New("property"), knownvalue.StringExact("LineID")),
						statecheck.ExpectKnownValue("data.clevertap_profile.bare", tfjsonpath.New("line_id"), knownvalue.Null()),
						statecheck.ExpectKnownValue("data.clevertap_profile.bare", tfjsonpath.New("properties"), knownvalue.MapExact(nil)),
						statecheck.ExpectKnownValue("data.clevertap_profile.nobody", tfjsonpath.New("exists"), knownvalue.Bool(false)),
					},
				}},
			})
		})
	}
}

func TestAccProfileProperty(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 0, clevertaptest.Config{})
	server.SetProfile("a", map[string]any{"lineID": acctest.LineID(1), "Plan": "gold", "plan": 1})
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+acctest.CleverTapProvider(server.URL)+`
data "clevertap_profile_property" "default" {}
data "clevertap_profile_property" "plan" {
  name = "Plan"
}
data "clevertap_profile_property" "none" {
  name = "Other"
}
output "found" {
  value = jsonencode([for p in [
    data.clevertap_profile_property.default, data.clevertap_profile_property.plan, data.clevertap_profile_property.none,
  ] : [p.name, p.exists, p.type]])
}
`)
	output := c.Run("apply", "-auto-approve")
	if strings.Count(output, "The property is spelled otherwise") != 1 || !strings.Contains(output, `no property "LineID", but lineID`) {
		t.Errorf("the one warning is not there:\n%s", output)
	}
	const want = `[["LineID",false,null],["Plan",true,"string"],["Other",false,null]]`
	if got := strings.TrimSpace(c.Run("output", "-raw", "found")); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
