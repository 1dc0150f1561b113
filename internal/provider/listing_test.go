package provider_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
)

// A listing that omits a document does not drop it from state, nor leave it behind: it is read before it is called deleted.
func TestAccIncompleteListing(t *testing.T) {
	t.Parallel()
	server := storetest.NewServer(storetest.ServerConfig{Token: storeToken})
	t.Cleanup(server.Close)
	c := acctest.NewCommand(t, "CLEVERTAP_TEMPLATE_STORE_TOKEN="+storeToken)
	c.Write("main.tf", acctest.RequiredProviders+acctest.Provider(fmt.Sprintf("http {\naddress = %q\n}", server.Address), "")+
		acctest.Template("LINE push", acctest.PushURL, ""))
	c.Run("apply", "-auto-approve")
	server.Unlist("default/webhook-templates/LINE=20push.json")

	output := c.Run("apply", "-refresh-only", "-auto-approve")
	if strings.Count(output, `The template store's listing omits the webhook template "LINE push"`) != 1 {
		t.Errorf("the incomplete listing is not told once:\n%s", output)
	}
	if state := c.Run("show"); !strings.Contains(state, "clevertap_webhook_template.line_push") {
		t.Fatalf("the object is out of state:\n%s", state)
	}
	if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
		t.Errorf("a plan ends with %d:\n%s", exitCode, plan)
	}
	c.Run("destroy", "-auto-approve")
	if documents := server.Keys(); len(documents) != 1 { // the store's identity
		t.Errorf("the destroy leaves %v", documents)
	}
}

// A refresh of a thousand objects with receipts, none newer than what state knows, takes few requests.
func TestAccRefreshOfAThousand(t *testing.T) {
	t.Parallel()
	server := storetest.NewServer(storetest.ServerConfig{Token: storeToken})
	t.Cleanup(server.Close)
	c := acctest.NewCommand(t, "CLEVERTAP_TEMPLATE_STORE_TOKEN="+storeToken)
	c.Write("main.tf", acctest.RequiredProviders+acctest.Provider(fmt.Sprintf("http {\naddress = %q\n}", server.Address), "dashboard_reminders = false\n")+
		strings.Replace(acctest.CampaignBody(`messages = [jsonencode({ type = "text", text = "x" })]`), `name = "welcome"`,
			"count = 1000\n  name = \"welcome ${count.index}\"", 1))
	c.Run("apply", "-auto-approve", "-parallelism=100")
	before := len(server.Requests())
	c.Run("plan")
	requests := server.Requests()[before:]
	if len(requests) > 20 {
		t.Errorf("a refresh takes %d requests", len(requests))
	}
	for _, request := range requests {
		if request.Method != http.MethodGet {
			t.Errorf("a plan sends %s %s", request.Method, request.Path)
		}
	}
}
