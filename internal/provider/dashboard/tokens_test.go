package dashboard_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// nullSafe is how a template takes a secret that is not at hand in every run.
func nullSafe(version int) string {
	return fmt.Sprintf(`
  secret_headers_wo         = var.token == null ? null : { Authorization = "Bearer ${var.token}" }
  secret_headers_wo_version = %d`, version)
}

const tokenVariable = `
variable "token" {
  type      = string
  ephemeral = true
  default   = null
}
`

// With the null-safe idiom a plan, an apply of a saved plan, an update and a destroy run without the secret. Only a new
// version needs it.
func TestAccWithoutTheSecret(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	config := func(url string, version int) {
		c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+tokenVariable+acctest.Template("LINE push", url, nullSafe(version)))
	}
	config(acctest.PushURL, 1)
	if output, exitCode := c.Try("plan"); exitCode != 1 || !strings.Contains(words(output), "moved without a value") {
		t.Errorf("a first version without a value: exit %d\n%s", exitCode, output)
	}
	without := c.Env
	c.Env = append(c.Env, "TF_VAR_token=abcdefghijklmnopqrstuvwxyz")
	c.Run("apply", "-auto-approve")
	c.Env = without
	if output, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
		t.Errorf("a plan without the secret ends with %d:\n%s", exitCode, output)
	}
	config(acctest.OtherURL, 1)
	c.Run("plan", "-out=tfplan")
	c.Run("apply", "tfplan")
	document := acctest.ReadFile(t, acctest.Stored(c.Dir+"/store", "webhook-templates", "LINE%20push.json"))
	if !strings.Contains(document, `"Authorization"`) {
		t.Errorf("the secret header was forgotten:\n%s", document)
	}
	config(acctest.OtherURL, 2)
	if output, exitCode := c.Try("plan"); exitCode != 1 || !strings.Contains(words(output), "moved without a value") {
		t.Errorf("a new version without a value: exit %d\n%s", exitCode, output)
	}
	config(acctest.OtherURL, 1)
	c.Run("destroy", "-auto-approve")
}

// A token that changed while its version stayed is noticed where LINE may be asked.
func TestAccTokenOfAnotherBot(t *testing.T) {
	t.Parallel()
	const first, second, dead = "eyJhbGciOiJIUzI1NiJ9.first", "eyJhbGciOiJIUzI1NiJ9.second", "eyJhbGciOiJIUzI1NiJ9.dead"
	one := linetest.Config{BotName: "Brown Cafe", TokenLives: map[string]time.Duration{first: 80 * 24 * time.Hour, dead: 0}}
	two := linetest.Config{BotName: "Cony Books", ChannelID: "2000000002", TokenLives: map[string]time.Duration{second: 80 * 24 * time.Hour, first: time.Minute}}
	config := func(c *acctest.Command, version int) {
		c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+tokenVariable+acctest.Template("LINE push", acctest.PushURL, nullSafe(version)))
	}
	serverOne, serverTwo := acctest.LineServer(t, one), acctest.LineServer(t, two)
	cache := t.TempDir()
	c := acctest.NewCommand(t, "LINE_VERIFY_TOKENS=true", "CLEVERTAP_MAX_RETRIES=0", "XDG_CACHE_HOME="+cache)
	env := c.Env
	with := func(token, url string) {
		c.Env = append(append([]string{}, env...), "TF_VAR_token="+token, "LINE_API_URL="+url)
	}

	with(first, serverOne.URL)
	config(c, 1)
	if output := c.Run("apply", "-auto-approve"); strings.Contains(output, "access token") {
		t.Errorf("a good token is something to warn of:\n%s", output)
	}
	before := len(serverOne.Requests())
	c.Run("plan")
	if after := len(serverOne.Requests()); after != before {
		t.Errorf("an unchanged token was verified again with %d requests", after-before)
	}

	with(second, serverTwo.URL)
	output, exitCode := c.Try("plan")
	if exitCode != 1 || !strings.Contains(words(output), `of the webhook template "LINE push" is another bot's, but its version stays`) ||
		!strings.Contains(output, "Cony Books") || strings.Contains(output, second) {
		t.Errorf("the plan ends with %d:\n%s", exitCode, output)
	}
	config(c, 2)
	c.Run("apply", "-auto-approve")
	c.Run("plan")

	with(dead, serverOne.URL)
	output, exitCode = c.Try("plan")
	if exitCode != 0 || !strings.Contains(words(output), `The channel access token of the webhook template "LINE push" could not be verified`) {
		t.Errorf("a token that died: exit %d\n%s", exitCode, output)
	}
	config(c, 3)
	if output, exitCode = c.Try("plan"); exitCode != 1 {
		t.Errorf("a dead token for a new version: exit %d\n%s", exitCode, output)
	}
}
