package dashboard_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const (
	bothStores = "provider \"clevertap\" {\ntemplate_store {\nlocal {\npath = \"%s/templates\"\n}\n}\npublish_store {\nlocal {\npath = \"%s/published\"\n}\n}\n}\n"

	linkedGreeting = `messages = [jsonencode({ type = "text", text = "Hello, {{ Profile.Name | default: 'you' }}" })]`
	pastedGreeting = `messages = [jsonencode({ type = "text", text = "Good day" })]`
	readsLinked    = `linked_messages = clevertap_line_linked_messages.welcome.reference`
)

func storesAt(folder string) string { return strings.ReplaceAll(bothStores, "%s", folder) }

// An import knows all of a body that reads its messages, and of one that tracks its versions: the plan after it is empty.
func TestAccLinkedBodyImport(t *testing.T) {
	t.Parallel()
	for name, config := range map[string]string{
		"linked":           acctest.LinkedMessages(linkedGreeting+"\ntrack_versions = true") + acctest.CampaignBody(readsLinked),
		"pasted, versions": acctest.CampaignBody("messages = [\"{\\\"text\\\":\\\"Good day\\\",\\\"type\\\":\\\"text\\\"}\"]\ntrack_versions = true"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := storesAt(t.TempDir()) + config
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{
					{Config: config},
					{
						ResourceName: bodyAddress, ImportState: true, ImportStateId: "welcome",
						ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "name",
					},
				},
			})
		})
	}
}

// What an edit of the document changes is put right, of linked messages and of tracked versions, too. Another spelling is no change.
func TestAccLinkedBodyDrift(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config, old, replacement string
		action                   plancheck.ResourceActionType
	}{
		"reference": {acctest.LinkedMessages(linkedGreeting) + acctest.CampaignBody(readsLinked),
			`\"line_messages\"`, `\"other_messages\"`, plancheck.ResourceActionUpdate},
		"reference, spelled": {acctest.LinkedMessages(linkedGreeting) + acctest.CampaignBody(readsLinked),
			`"linked_messages": "{`, `"linked_messages": " {`, plancheck.ResourceActionNoop},
		"track_versions": {acctest.CampaignBody(pastedGreeting + "\ntrack_versions = true"),
			`"track_versions": true,`, `"track_versions": false,`, plancheck.ResourceActionUpdate},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := t.TempDir()
			file := acctest.Stored(store+"/templates", "line-campaign-bodies", "welcome.json")
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{
					{Config: storesAt(store) + test.config},
					{
						PreConfig: func() {
							before := acctest.ReadFile(t, file)
							if !strings.Contains(before, test.old) {
								t.Fatalf("the document does not hold %s:\n%s", test.old, before)
							}
							acctest.WriteFile(t, file, strings.Replace(before, test.old, test.replacement, 1))
						},
						Config: storesAt(store) + test.config,
						ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
							plancheck.ExpectResourceAction(bodyAddress, test.action),
						}},
					},
				},
			})
		})
	}
}

// A body moves from messages of its own to linked ones and back, and never has both.
func TestAccLinkedBodyMoves(t *testing.T) {
	t.Parallel()
	store := t.TempDir()
	config := func(attributes string) string {
		return storesAt(store) + acctest.LinkedMessages(linkedGreeting) + acctest.CampaignBody(attributes)
	}
	updated := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
		plancheck.ExpectResourceAction(bodyAddress, plancheck.ResourceActionUpdate),
	}}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: config(pastedGreeting + "\ntrack_versions = true")},
			{Config: config(readsLinked + "\ntrack_versions = true"), ExpectError: regexp.MustCompile(`The versions are those of the linked messages`)},
			{Config: config(readsLinked), ConfigPlanChecks: updated},
			{Config: config(readsLinked + "\n" + pastedGreeting), ExpectError: regexp.MustCompile(`The body has messages from two places`)},
			{Config: config(readsLinked + "\ncustom_aggregation_units = [\"mine\"]"), ConfigPlanChecks: updated},
			{Config: config(pastedGreeting), ConfigPlanChecks: updated},
		},
	})
}

// Messages that tell LINE their version leave no room for a unit of the body's own.
func TestAccLinkedBodyOwnUnit(t *testing.T) {
	t.Parallel()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: storesAt(t.TempDir()) + acctest.LinkedMessages(linkedGreeting+"\ntrack_versions = true") +
				acctest.CampaignBody(readsLinked+"\ncustom_aggregation_units = [\"mine\"]"),
			PlanOnly:    true,
			ExpectError: regexp.MustCompile(`(?s)linked_messages = clevertap_line_linked.*versions\s+are\s+tracked\s+by\s+customAggregationUnits,\s+so\s+that\s+there\s+can\s+be\s+no\s+others\.`),
		}},
	})
}

// LINE is asked about linked messages where they are declared, and not about the body, which has none until it is sent.
func TestAccLinkedBodyIsNotPutToLINE(t *testing.T) {
	t.Parallel()
	server := acctest.LineServer(t, linetest.Config{})
	c, asked := verdictCommand(t, server)
	write := func(messages string) {
		c.Write("main.tf", acctest.RequiredProviders+storesAt("stores")+acctest.LinkedMessages(messages)+acctest.CampaignBody(readsLinked))
	}
	write(linkedGreeting)
	c.Run("apply", "-auto-approve")
	c.Run("plan")
	if n := asked(); n != 1 {
		t.Errorf("LINE was asked %d times", n)
	}
	write(`messages = [jsonencode({ type = "text", text = "x" }), jsonencode({ type = "hologram" })]`)
	output, exitCode := c.Try("plan")
	if exitCode != 1 || !strings.Contains(output, "LINE refuses this message") || asked() != 2 {
		t.Errorf("LINE was asked %d times, and the plan ends with %d:\n%s", asked(), exitCode, output)
	}
	if bodies := slices.DeleteFunc(server.Requests(), func(r standin.Request) bool { return !strings.Contains(string(r.Body), `"messages":[]`) }); len(bodies) > 0 {
		t.Errorf("LINE was asked about no message")
	}
}
