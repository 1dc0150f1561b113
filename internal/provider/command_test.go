package provider_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// A secret given through an ephemeral variable is found nowhere afterwards.
func TestAccSecretIsNowhere(t *testing.T) {
	t.Parallel()
	const canary = "canary0123456789ABCDEFcanary"
	logFile := filepath.Join(t.TempDir(), "trace.log")
	c := acctest.NewCommand(t, "TF_VAR_secret="+canary, "TF_LOG=TRACE", "TF_LOG_PATH="+logFile)
	server := linetest.NewServer(linetest.Config{Token: canary, Followers: linetest.UserIDs(3)})
	t.Cleanup(server.Close)
	config := func(version int) string {
		return acctest.RequiredProviders + fmt.Sprintf(`
variable "secret" {
  type      = string
  ephemeral = true
}
provider "clevertap" {
  template_store {
    local {
      path = "store"
    }
  }
  line {
    channel_access_token = var.secret
    api_url              = %q
  }
}
data "clevertap_line_follower_ids" "all" {}
`, server.URL) + acctest.Template("LINE push", acctest.PushURL, fmt.Sprintf(`
  secret_headers_wo         = { Authorization = "Bearer ${var.secret}", X-Extra = var.secret }
  secret_headers_wo_version = %d`, version)) + fmt.Sprintf(`
resource "clevertap_webhook_template" "basic" {
  name            = "basic"
  http_method     = "POST"
  destination_url = "https://relay.example.com/line"
  basic_auth {
    username            = "clevertap"
    password_wo         = var.secret
    password_wo_version = %[1]d
  }
}
resource "clevertap_webhook_template" "oauth2" {
  name            = "oauth2"
  http_method     = "POST"
  destination_url = "https://relay.example.com/line"
  oauth2 {
    grant_type                 = "Password Credentials"
    client_id                  = "clevertap"
    secret_wo                  = var.secret
    secret_wo_version          = %[1]d
    username                   = "clevertap"
    password_wo                = var.secret
    password_wo_version        = %[1]d
    access_token_url           = "https://auth.example.com/token"
    client_authentication_type = "Send Basic Authentication in Header"
  }
}
resource "clevertap_linked_content" "line_messages" {
  name                      = "line_messages"
  http_method               = "GET"
  endpoint_url              = "https://line.example.com/{{message}}.json"
  secret_headers_wo         = { X-Origin = var.secret }
  secret_headers_wo_version = %[1]d
}
`, version)
	}
	var outputs []string
	for version := range 2 {
		c.Write("main.tf", config(version+1))
		outputs = append(outputs, c.Run("plan", "-out=tfplan"), c.Run("show", "-json", "tfplan"), c.Run("apply", "tfplan"))
	}
	// A refused secret is not told either.
	c.Write("main.tf", strings.Replace(config(3), "Bearer $", "Basic $", 1))
	refused, exitCode := c.Try("plan")
	if exitCode != 1 || !strings.Contains(refused, "LINE takes no other") {
		t.Errorf("a header of the wrong form is not refused:\n%s", refused)
	}
	outputs = append(outputs, refused)
	for _, argument := range []string{"password_wo ", "secret_wo "} {
		wrong := strings.Replace(config(3), argument, argument+" = \" ${var.secret}\"\n#", -1)
		c.Write("main.tf", wrong)
		refused, exitCode := c.Try("plan")
		if exitCode != 1 || !strings.Contains(refused, "Secret of the wrong form") {
			t.Errorf("a %sof the wrong form is not refused:\n%s", argument, refused)
		}
		outputs = append(outputs, refused)
	}
	c.Write("main.tf", config(2))
	outputs = append(outputs, c.Run("show", "-json"), c.Run("destroy", "-auto-approve"))
	for i, output := range outputs {
		if strings.Contains(output, canary) {
			t.Errorf("the secret is in output %d", i)
		}
	}
	var files int
	search := func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(canary)) {
			t.Errorf("the secret is in %s", path)
		}
		return err
	}
	for _, root := range []string{c.Dir, filepath.Dir(logFile)} {
		if err := filepath.WalkDir(root, search); err != nil {
			t.Fatal(err)
		}
	}
	if log := acctest.ReadFile(t, logFile); files < 4 || !strings.Contains(log, "/v2/bot/followers/ids") {
		t.Errorf("only %d files were searched, or the log of %d bytes does not show the request", files, len(log))
	}
}

// Every example of this provider alone can be applied, and a plan after that is empty. Those of pipelines and the module are applied by their own
// tests.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	var dirs []string
	for dir, files := range exampleFiles(t, ".tf") {
		if !strings.Contains(filepath.ToSlash(dir), "/pipelines/") && filepath.Base(dir) != "module" && !slices.ContainsFunc(files, func(file string) bool { return strings.Contains(acctest.ReadFile(t, file), `source  = "hashicorp/`) }) {
			dirs = append(dirs, dir)
		}
	}
	if len(dirs) < 5 {
		t.Fatalf("only %v hold examples", dirs)
	}
	const channelSecret = "secret-of-the-test-channel"
	server := acctest.LineServer(t, linetest.Config{Pages: linetest.UnevenPages(linetest.UserIDs(2345), 1000), ChannelSecret: channelSecret})
	key, keyID, err := server.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	cleverTap := acctest.CleverTapServer(t, 9, clevertaptest.Config{MaxUploads: 1000, MaxReads: 1000}) // for many at a time
	for i := range 4 {
		cleverTap.SetProfile(fmt.Sprint("customer-", i), nil)
	}
	cleverTap.SetProfile("user-9", map[string]any{"LineID": linetest.UserID(9), "Plan": "gold"})
	for _, dir := range dirs {
		name, _ := filepath.Rel(examples, dir)
		t.Run(filepath.ToSlash(name), func(t *testing.T) {
			t.Parallel()
			if strings.HasPrefix(name, "actions") {
				acctest.NeedActions(t)
			}
			c := acctest.NewCommand(t, "LINE_CHANNEL_ACCESS_TOKEN="+acctest.LineToken, "LINE_API_URL="+server.URL,
				"TF_VAR_line_channel_access_token="+acctest.LineToken, "TF_VAR_linked_content_key=key", "TF_VAR_origin_secret=of-the-origin",
				"TF_VAR_line_channel_secret="+channelSecret, "TF_VAR_line_assertion_private_key="+key, "TF_VAR_line_assertion_key_id="+keyID,
				"TF_VAR_test_recipient="+linetest.UserID(0),
				"TF_VAR_relay_client_secret=of-the-relay",
				"CLEVERTAP_DASHBOARD_REMINDERS=false",
				"CLEVERTAP_ACCOUNT_ID="+acctest.CleverTapAccount, "CLEVERTAP_PASSCODE="+acctest.CleverTapPasscode, "CLEVERTAP_API_URL="+cleverTap.URL)
			if err := os.CopyFS(c.Dir, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			imports, err := filepath.Glob(filepath.Join(c.Dir, "import*.tf"))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range imports { // they need something to import, below
				acctest.Rename(t, file, file+".later")
			}
			if main, _ := filepath.Glob(filepath.Join(c.Dir, "*.tf")); !strings.Contains(acctest.ReadFile(t, main[0]), "provider \"clevertap\"") {
				c.Write("provider.tf", acctest.RequiredProviders+
					acctest.Provider(acctest.LocalStore("store"), "publish_store {\n"+acctest.LocalStore("published")+"\n}"))
			}
			c.Run("validate")
			c.Run("apply", "-auto-approve")
			if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
				t.Errorf("a plan after the apply ends with %d:\n%s", exitCode, plan)
			}
			for _, file := range imports {
				if strings.HasSuffix(file, "import-by-identity.tf") && !acctest.Has(t, "1.12.0", "1.12.0") {
					t.Logf("%s has no import by identity: %s is not tried", acctest.CLI(t), filepath.Base(file))
					continue
				}
				acctest.Rename(t, file+".later", file)
				acctest.Rename(t, filepath.Join(c.Dir, "terraform.tfstate"), filepath.Join(c.Dir, "before.tfstate"))
				if plan, _ := c.Try("plan", "-detailed-exitcode"); !strings.Contains(plan, "Plan: 1 to import") {
					t.Errorf("the import of %s is not planned:\n%s", filepath.Base(file), plan)
				}
				acctest.Rename(t, filepath.Join(c.Dir, "before.tfstate"), filepath.Join(c.Dir, "terraform.tfstate"))
				acctest.Rename(t, file, file+".later")
			}
			c.Run("destroy", "-auto-approve")
		})
	}
}
