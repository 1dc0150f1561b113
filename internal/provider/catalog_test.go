package provider_test

import (
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/catalogstore"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

const inCatalog = `
variable "text" {}
variable "more" { default = "" }
variable "served_at" { default = null }
provider "clevertap" {
  template_store {
    local {
      path = "store"
    }
  }
  publish_store {
    catalog {
      catalog_id = 7
    }
  }
}
resource "clevertap_line_linked_messages" "welcome" {
  name           = "welcome"
  linked_content = "line_messages"
  messages       = [jsonencode({ type = "text", text = "${var.text}, {{ Profile.Name | default: 'there' }}!${var.more}" })]
  track_versions = true
  served_at      = var.served_at
}
resource "clevertap_line_campaign_body" "welcome" {
  name            = "welcome"
  linked_messages = clevertap_line_linked_messages.welcome.reference
}
output "body" { value = clevertap_line_campaign_body.welcome.body }
`

// Nothing to host: the messages are products of a catalog in CleverTap, which Linked Content reads from CleverTap's own API.
func TestAccCampaignReadsACatalog(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 0, clevertaptest.Config{})
	line := acctest.LineServer(t, linetest.Config{Followers: linetest.UserIDs(1)})
	var columns []clevertaptest.Column
	for _, name := range catalogstore.Columns() {
		columns = append(columns, clevertaptest.Column{Name: name, Type: "string"})
	}
	server.AddCatalog(7, columns...)
	c := acctest.NewCommand(t, "CLEVERTAP_ACCOUNT_ID="+acctest.CleverTapAccount, "CLEVERTAP_PASSCODE="+acctest.CleverTapPasscode,
		"CLEVERTAP_API_URL="+server.URL)
	c.Write("main.tf", acctest.RequiredProviders+inCatalog)
	c.Run("apply", "-auto-approve", "-var=text=Hello")

	dashboard := campaigntest.NewDashboard(campaigntest.Config{})
	must(t, dashboard.SaveWebhookTemplate(campaigntest.WebhookTemplate{
		Name: "LINE push", Method: "POST", URL: line.URL + "/v2/bot/message/push",
		Headers: map[string]string{"Authorization": "Bearer " + acctest.LineToken, "Content-Type": "application/json"},
	}))
	must(t, dashboard.SaveLinkedContent(campaigntest.LinkedContent{
		Name: "line_messages", Method: "GET", EndpointURL: server.URL + "/v2/catalogs/7/products/{{message}}",
		Headers: map[string]string{"X-CleverTap-Account-Id": acctest.CleverTapAccount, "X-CleverTap-Passcode": acctest.CleverTapPasscode},
	}))
	must(t, dashboard.SaveCampaign(campaigntest.Campaign{
		Name: "welcome", WebhookTemplate: "LINE push", Body: c.Run("output", "-raw", "body"),
		LinkedContent: map[string]map[string]campaigntest.Value{"line_messages": {"message": {Constant: "welcome"}}},
	}))
	send := func() {
		t.Helper()
		_, err := dashboard.Send(t.Context(), "welcome", map[string]map[string]any{"mia": {"LineID": linetest.UserID(0), "Name": "Mia"}})
		must(t, err)
		dashboard.Clock.Advance(6 * time.Minute)
	}
	send()
	if output := c.Run("apply", "-auto-approve", "-var=text=Hi"); !strings.Contains(output, "1 changed") {
		t.Errorf("not only the messages change:\n%s", output)
	}
	send()
	var got []string
	for _, received := range line.Received(linetest.UserID(0)) {
		got = append(got, string(received.Messages[0]))
	}
	if len(got) != 2 || !strings.Contains(got[0], "Hello, Mia!") || !strings.Contains(got[1], "Hi, Mia!") {
		t.Errorf("LINE got %s", got)
	}

	product := server.Products(7)["welcome"]
	product.Attributes["part0"] = strings.Replace(product.Attributes["part0"].(string), "Hi", "Foreign", 1)
	server.SetProduct(7, "welcome", product)
	if output, exitCode := c.Try("plan", "-detailed-exitcode", "-var=text=Hi"); exitCode != 2 || !strings.Contains(output, "Foreign") {
		t.Errorf("the plan of an edited product ends with %d:\n%s", exitCode, output)
	}
	c.Run("apply", "-auto-approve", "-var=text=Hi")
	if output, exitCode := c.Try("plan", "-detailed-exitcode", "-var=text=Hi"); exitCode != 0 {
		t.Errorf("after the repair changes are planned:\n%s", output)
	}
	c.Write("main.tf", acctest.RequiredProviders+strings.Replace(inCatalog, "  track_versions = true", "  track_versions = true\n  variant_of     = \"hello\"", 1))
	if output := c.Run("plan", "-var=text=Hi"); !says(output, `It asks for "welcome", which a catalog calls "hello" from then on.`) {
		t.Errorf("nobody is told that a variant disturbs the body:\n%s", output)
	}
	c.Write("main.tf", acctest.RequiredProviders+inCatalog)
	for name, test := range map[string][2]string{
		"too many parts": {"-var=more=" + strings.Repeat(" {{ Profile.Name | default: 'x' }}", 13), "do not fit into a catalog"},
		"served_at":      {"-var=served_at=https://example.com/welcome.json", "A catalog is read by CleverTap alone"},
	} {
		if output, exitCode := c.Try("plan", "-var=text=Hi", test[0]); exitCode != 1 || !says(output, test[1]) {
			t.Errorf("%s: the plan ends with %d:\n%s", name, exitCode, output)
		}
	}
	server.AddCatalog(8, columns[:len(columns)-catalogstore.MaxParts+2]...) // two parts
	narrow := acctest.NewCommand(t)
	narrow.Env = c.Env
	narrow.Write("main.tf", acctest.RequiredProviders+strings.Replace(inCatalog, "catalog_id = 7", "catalog_id = 8", 1))
	if output, exitCode := narrow.Try("plan", "-var=text=Hi", "-var=more= {{ Profile.Name | default: 'x' }}"); exitCode != 1 ||
		!says(output, "than the catalog 8 has columns for") {
		t.Errorf("the plan for a catalog of two parts ends with %d:\n%s", exitCode, output)
	}
	c.Run("destroy", "-auto-approve", "-var=text=Hi")
	if _, there := server.Products(7)["welcome"]; there {
		t.Error("the product is left after a destroy")
	}
}

// What the catalog's own settings say, before anybody is asked.
func TestAccCatalogSettings(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+inCatalog)
	if output, exitCode := c.Try("plan", "-var=text=x"); exitCode != 1 || !says(output, "The provider's account_id is missing") {
		t.Errorf("without credentials the plan ends with %d:\n%s", exitCode, output)
	}
	c.Write("main.tf", acctest.RequiredProviders+strings.Replace(inCatalog, "catalog_id = 7", `attributes_key = "attrs"`, 1))
	if output, exitCode := c.Try("validate"); exitCode != 1 || !says(output, "attributes_key") {
		t.Errorf("another key is valid: %d\n%s", exitCode, output)
	}
}
