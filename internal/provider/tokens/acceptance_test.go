package tokens_test

import (
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// configuration feeds one configuration of the provider with the token that another one issues.
const configuration = acctest.RequiredProviders + `
variable "secret" {
  type      = string
  ephemeral = true
}
variable "key" {
  type      = string
  ephemeral = true
}
provider "clevertap" {
  alias = "issuer"
  line {
    api_url = "%[1]s"
  }
}
ephemeral "clevertap_line_channel_access_token" "run" {
  provider       = clevertap.issuer
  channel_id     = %[2]s
  channel_secret = var.secret
%[3]s}
provider "clevertap" {
  line {
    api_url              = "%[1]s"
    channel_access_token = ephemeral.clevertap_line_channel_access_token.run.channel_access_token
  }
}
data "clevertap_line_bot_info" "us" {}
resource "terraform_data" "later" {
  input = data.clevertap_line_bot_info.us.basic_id
}
output "bot" {
  value = data.clevertap_line_bot_info.us.basic_id
}
`

// A token is there for the run, and for nobody afterwards: it is revoked, and neither state, plan nor the most talkative log have it
// or what it was issued for.
func TestAccATokenForARun(t *testing.T) {
	t.Parallel()
	for name, version21 := range map[string]bool{"stateless": false, "version 2.1": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.LineServer(t, linetest.Config{ChannelSecret: secret})
			key, keyID, err := server.NewKey()
			if err != nil {
				t.Fatal(err)
			}
			log := filepath.Join(t.TempDir(), "trace.log")
			c := acctest.NewCommand(t, "TF_LOG=TRACE", "TF_LOG_PATH="+log, "TF_VAR_secret="+secret, "TF_VAR_key="+key)
			arguments, issues := "", "/oauth2/v3/token"
			if version21 {
				arguments = fmt.Sprintf("  assertion_private_key = var.key\n  assertion_key_id = %q\n", keyID)
				issues = "/oauth2/v2.1/token"
			}
			c.Write("main.tf", fmt.Sprintf(configuration, server.URL, `"`+linetest.ChannelID+`"`, arguments))
			output := c.Run("plan", "-out=plan.bin") + c.Run("show", "-json", "plan.bin") + c.Run("apply", "plan.bin")
			output += c.Run("plan", "-detailed-exitcode") + c.Run("show", "-json")
			if !strings.Contains(output, `bot = "@216ru0000"`) {
				t.Errorf("the token is not used:\n%s", output)
			}
			paths := map[string]int{}
			for _, request := range server.Requests() {
				paths[request.Path]++
				if request.Path == "/v2/bot/info" && !request.Authorized {
					t.Error("LINE refused the token")
				}
			}
			// Each of three runs issues one; those that need it not may not.
			if paths[issues] < 2 || version21 && paths["/oauth2/v2.1/revoke"] != paths[issues] || !version21 && paths["/oauth2/v2.1/revoke"] != 0 {
				t.Errorf("LINE was asked %v", paths)
			}
			searched := map[string]string{"output": output, "log": acctest.ReadFile(t, log)}
			err = filepath.WalkDir(c.Dir, func(file string, entry fs.DirEntry, err error) error {
				if err == nil && entry.Type().IsRegular() && filepath.Base(file) != "main.tf" {
					searched[file] = acctest.ReadFile(t, file)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			body := strings.ReplaceAll(key, "\n", "")
			for name, text := range searched {
				for what, canary := range map[string]string{
					"secret": secret, "secret in a form": url.QueryEscape(secret), "token or assertion": "eyJ", "key": body[60:120], "key's line": strings.Split(key, "\n")[3],
				} {
					if strings.Contains(text, canary) {
						t.Errorf("the %s is in %s", what, name)
					}
				}
			}
			if len(searched) < 4 || !strings.Contains(searched["log"], issues) {
				t.Errorf("only %d texts were searched, or the log does not show the request", len(searched))
			}
		})
	}
}

// What is not known at plan is opened by the apply.
func TestAccATokenThatWaits(t *testing.T) {
	t.Parallel()
	server := acctest.LineServer(t, linetest.Config{ChannelSecret: secret})
	c := acctest.NewCommand(t, "TF_VAR_secret="+secret, "TF_VAR_key=")
	c.Write("main.tf", acctest.RequiredProviders+fmt.Sprintf(`
variable "secret" {
  type      = string
  ephemeral = true
}
provider "clevertap" {
  line {
    api_url = %q
  }
}
resource "terraform_data" "channel" {
  input = %q
}
ephemeral "clevertap_line_channel_access_token" "run" {
  channel_id     = terraform_data.channel.output
  channel_secret = var.secret
}
resource "terraform_data" "user" {
  provisioner "local-exec" {
    command     = "test $${#TOKEN} -gt 40"
    environment = { TOKEN = ephemeral.clevertap_line_channel_access_token.run.channel_access_token }
  }
}
`, server.URL, linetest.ChannelID))
	c.Run("plan")
	if got := len(server.Requests()); got != 0 {
		t.Errorf("the plan sent %d requests", got)
	}
	c.Run("apply", "-auto-approve")
	if got := len(server.Requests()); got != 1 {
		t.Errorf("plan and apply sent %d requests", got)
	}
}

// Terraform tells what Close warns of, and the run is done.
func TestAccARevocationThatFails(t *testing.T) {
	t.Parallel()
	server := acctest.LineServer(t, linetest.Config{ChannelSecret: secret})
	key, keyID, err := server.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	refuse := linetest.ErrorFault(400, "No way")
	refuse.Path = "/oauth2/v2.1/revoke"
	server.AddFaults(refuse)
	c := acctest.NewCommand(t, "TF_VAR_secret="+secret, "TF_VAR_key="+key)
	c.Write("main.tf", fmt.Sprintf(configuration, server.URL, `"`+linetest.ChannelID+`"`,
		fmt.Sprintf("  assertion_private_key = var.key\n  assertion_key_id = %q\n", keyID)))
	output := strings.Join(strings.Fields(strings.ReplaceAll(c.Run("plan"), "│", " ")), " ")
	for _, want := range []string{"Warning: A LINE channel access token was not revoked: ", "400 Bad Request: No way", "lives until "} {
		if !strings.Contains(output, want) {
			t.Errorf("%q is not said:\n%s", want, output)
		}
	}
}
