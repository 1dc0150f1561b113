package provider_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
)

// manyObjects are resources of every sort with what an attribute can hold, among it what generated HCL and JSON escape.
const manyObjects = `
resource "clevertap_webhook_template" "plain" {
  name            = "plain \"${upper("x")}\" $${a} %%{b} \\ ü 日本"
  http_method     = "PUT"
  destination_url = "https://relay.example.com/line?a=<b>&c=1"
  headers         = {}
}

resource "clevertap_webhook_template" "full" {
  name                      = "LINE push"
  http_method               = "POST"
  destination_url           = "https://api.line.me/v2/bot/message/push"
  headers                   = { X-Object = "{\"b\": 1, \"a\": \"<&>\"}", X-Array = "[1, 2]", Content-Type = "application/json" }
  secret_headers_wo         = { Authorization = "Bearer CANARY-SECRET-abcdefghijklmnopqrstuvwxyz" }
  secret_headers_wo_version = 3
}

resource "clevertap_webhook_template" "line" {
  name            = "short-lived"
  http_method     = "POST"
  destination_url = "https://api.line.me/v2/bot/message/push"

  line_oauth2 {
    channel_id = "1350031035"
    key_id     = "00000000-0000-4000-8000-000000000001"
  }
}

resource "clevertap_webhook_template" "basic" {
  name            = "basic"
  http_method     = "POST"
  destination_url = "https://relay.example.com/line"

  basic_auth {
    username            = "clevertap"
    password_wo         = "CANARY-PASSWORD"
    password_wo_version = 2
  }
}

resource "clevertap_webhook_template" "oauth" {
  name            = "oauth"
  http_method     = "POST"
  destination_url = "https://relay.example.com/line"

  oauth2 {
    grant_type                 = "Client Credentials without JWT"
    client_id                  = "clevertap"
    secret_wo                  = "CANARY-CLIENT-SECRET"
    secret_wo_version          = 1
    access_token_url           = "https://relay.example.com/token?a=<b>&c=1"
    client_authentication_type = "Send Basic Authentication in Header"
    scopes                     = "line:push"
  }
}

resource "clevertap_linked_content" "full" {
  name                      = "line_messages"
  http_method               = "GET"
  endpoint_url              = "https://line.example.com/{{message}}_{{language}}.json?a=<b>&c=1"
  secret_headers_wo         = { X-Key = "CANARY-SECRET" }
  secret_headers_wo_version = 0
}

resource "clevertap_line_campaign_body" "plain" {
  name     = "plain"
  messages = [jsonencode({ type = "text", text = "\u2028 < > & $$ %% $${ %%{ \t \" \\ 世" })]
}

resource "clevertap_line_campaign_body" "full" {
  name                     = "full"
  webhook_template         = clevertap_webhook_template.full.name
  messages                 = [jsonencode({ type = "text", text = "x" }), "{ \"type\": \"text\", \"text\": \"{{ Profile.Name | default: 'x' }}\" }"]
  notification_disabled    = false
  custom_aggregation_units = ["unit"]

  to {
    profile_property = "LINE_ID"
    default          = "none"
  }
}

resource "clevertap_line_campaign_body" "one" {
  name           = "one"
  messages       = [jsonencode({ type = "text", text = "x" })]
  track_versions = true

  to {
    id = "U0123456789abcdef0123456789abcdef"
  }
}

resource "clevertap_line_campaign_body" "linked" {
  for_each        = { full = clevertap_line_linked_messages.full.reference, plain = clevertap_line_linked_messages.plain.reference }
  name            = "linked ${each.key}"
  linked_messages = each.value
}

resource "clevertap_line_linked_messages" "plain" {
  name           = "plain"
  linked_content = clevertap_linked_content.full.name
  messages       = [jsonencode({ type = "text", text = "x" })]
}

resource "clevertap_line_linked_messages" "full" {
  name           = "full_ja"
  variant_of     = "full"
  linked_content = clevertap_linked_content.full.name
  messages       = ["{ \"type\": \"text\", \"text\": \"{% if Profile.Age < 3 or Profile.Age > 9 %}&{% endif %} $${a} %%{b} 世\" }"]
  track_versions = true
  frozen         = false
}

resource "clevertap_line_profiles" "team" {
  line_ids                 = { "user-0" = "U00000000000000000000000000000000", "user-1" = "U00000000000000000000000000000001" }
  property                 = "LINE_ID"
  require_existing_profile = false
}
`

// manyAdopted are they, by address and import ID.
var manyAdopted = map[string]string{
	"clevertap_webhook_template.plain":          `plain "X" ${a} %{b} \ ü 日本`,
	"clevertap_webhook_template.full":           "LINE push",
	"clevertap_webhook_template.line":           "short-lived",
	"clevertap_webhook_template.basic":          "basic",
	"clevertap_webhook_template.oauth":          "oauth",
	"clevertap_linked_content.full":             "line_messages",
	"clevertap_line_campaign_body.plain":        "plain",
	"clevertap_line_campaign_body.full":         "full",
	"clevertap_line_campaign_body.one":          "one",
	"clevertap_line_campaign_body.linked_full":  "linked full",
	"clevertap_line_campaign_body.linked_plain": "linked plain",
	"clevertap_line_linked_messages.plain":      "plain",
	"clevertap_line_linked_messages.full":       "full_ja",
	"clevertap_line_profiles.team":              "LINE_ID:user-0,user-1",
}

// adopting is a directory whose objects are in the stores and on profiles, and in no state.
func adopting(t *testing.T) *acctest.Command {
	t.Helper()
	cleverTap := acctest.CleverTapServer(t, 2, clevertaptest.Config{})
	c := acctest.NewCommand(t, "CLEVERTAP_DASHBOARD_REMINDERS=false", "CLEVERTAP_TEMPLATE_STORE_PATH=templates", "CLEVERTAP_PUBLISH_STORE_PATH=published",
		"CLEVERTAP_ACCOUNT_ID="+acctest.CleverTapAccount, "CLEVERTAP_PASSCODE="+acctest.CleverTapPasscode, "CLEVERTAP_API_URL="+cleverTap.URL)
	c.Write("main.tf", acctest.RequiredProviders+acctest.Provider("local {}", "publish_store {\nlocal {}\n}"))
	c.Write("objects.tf", manyObjects)
	c.Run("apply", "-auto-approve")
	for _, file := range []string{"terraform.tfstate", "objects.tf"} {
		if err := os.Remove(filepath.Join(c.Dir, file)); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// adopt applies what was generated. It is whole, it is nothing but imports, and a plan after it is empty.
func adopt(t *testing.T, c *acctest.Command, number int) {
	t.Helper()
	generated := acctest.ReadFile(t, filepath.Join(c.Dir, "generated.tf"))
	if strings.Contains(generated, "CANARY") {
		t.Errorf("a secret is in what was generated:\n%s", generated)
	}
	if found := regexp.MustCompile(`(?m)^  (body|content_sha256|entered\w*|parameters|reference|refused|secret_header_names|served_sha256|shape|version_unit) *=`).
		FindAllString(generated, -1); found != nil {
		t.Errorf("what is computed was generated: %q", found)
	}
	if blocks := strings.Count(generated, "\nresource \"clevertap_"); blocks != number {
		t.Errorf("%d of %d resources were generated:\n%s", blocks, number, generated)
	}
	output := c.Run("apply", "-auto-approve")
	if want := fmt.Sprintf("Resources: %d imported, 0 added, 0 changed, 0 destroyed", number); !strings.Contains(output, want) {
		t.Errorf("not %q:\n%s\nof\n%s", want, output, generated)
	}
	if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
		t.Errorf("the plan after it ends with %d:\n%s", exitCode, plan)
	}
}

func TestAccGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	for name, block := range map[string]func(t *testing.T, id string) string{
		"by id": func(_ *testing.T, id string) string { return "id = " + wording.HCLString(id) },
		"by identity": func(t *testing.T, id string) string {
			acctest.Needs(t, "import by identity", "1.12.0", "1.12.0")
			if property, identities, found := strings.Cut(id, ":"); found {
				return fmt.Sprintf("identity = {\n property = %q\n identities = [\"%s\"]\n }", property, strings.ReplaceAll(identities, ",", `", "`))
			}
			return "identity = { name = " + wording.HCLString(id) + " }"
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var imports strings.Builder
			for address, id := range manyAdopted {
				fmt.Fprintf(&imports, "import {\n  to = %s\n  %s\n}\n", address, block(t, id))
			}
			c := adopting(t)
			c.Write("imports.tf", imports.String())
			c.Run("plan", "-generate-config-out=generated.tf")
			adopt(t, c, len(manyAdopted))
		})
	}
}
