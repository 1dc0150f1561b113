package dashboard_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

func verdictCommand(t *testing.T, server *linetest.Server) (c *acctest.Command, asked func() int) {
	t.Helper()
	c = acctest.NewCommand(t, "LINE_CHANNEL_ACCESS_TOKEN="+acctest.LineToken, "LINE_API_URL="+server.URL, "XDG_CACHE_HOME="+t.TempDir(),
		"CLEVERTAP_MAX_RETRIES=0", "LINE_VALIDATE_MESSAGES=true")
	return c, func() int {
		count := 0
		for _, request := range server.Requests() {
			if request.Path == "/v2/bot/message/validate/push" {
				count++
				if request.Header["X-Line-Retry-Key"] != nil {
					t.Error("a retry key was sent")
				}
			}
		}
		return count
	}
}

func writeBody(c *acctest.Command, more string, messages ...string) {
	c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+acctest.CampaignBody("messages = ["+strings.Join(messages, ", ")+"]\n"+more))
}

func TestAccLineVerdictOnceForEachChange(t *testing.T) {
	t.Parallel()
	server := acctest.LineServer(t, linetest.Config{})
	c, asked := verdictCommand(t, server)
	want := func(what string, count int) {
		t.Helper()
		if got := asked(); got != count {
			t.Errorf("%s: LINE was asked %d times in all, not %d", what, got, count)
		}
	}
	writeBody(c, "", `jsonencode({ type = "text", text = "Hello, {{ Profile.Name | default: 'you' }}" })`)
	c.Run("apply", "-auto-approve")
	want("create", 1)
	if body := string(server.Requests()[0].Body); strings.Contains(body, "{{") || !strings.Contains(body, "Hello, you") {
		t.Errorf("LINE was shown %s", body)
	}
	c.Run("plan")
	writeBody(c, `notification_disabled = true`, `"{\"type\": \"text\", \"text\": \"Hello, {{ Profile.Name | default: 'you' }}\"}"`)
	c.Run("apply", "-auto-approve")
	want("the same messages, spelled otherwise, with another setting", 1)
	writeBody(c, "", `jsonencode({ type = "text", text = "Goodbye" })`)
	c.Run("plan", "-out=saved.tfplan")
	want("changed", 2)
	c.Run("apply", "saved.tfplan")
	want("apply of a saved plan", 2)
	c.Run("destroy", "-auto-approve")
	want("destroy", 2)
}

func TestAccLineVerdictRefusal(t *testing.T) {
	t.Parallel()
	server := acctest.LineServer(t, linetest.Config{})
	c, _ := verdictCommand(t, server)
	// A type that the provider does not know is a warning; LINE knows better.
	writeBody(c, "", `jsonencode({ type = "text", text = "x" })`, `jsonencode({ type = "hologram" })`)
	output, exitCode := c.Try("plan")
	if exitCode != 1 || !strings.Contains(output, "LINE refuses this message") || !strings.Contains(output, "messages[1]") {
		t.Errorf("the plan ended with %d:\n%s", exitCode, output)
	}
}

// LINE knows what nobody else can know, and the rules of messages do not decide what its stand-in says.
func TestAccLineVerdictOnWhatOnlyLineKnows(t *testing.T) {
	t.Parallel()
	const unsendable = "is no sticker that can be sent"
	server := acctest.LineServer(t, linetest.Config{Verdicts: []linetest.Verdict{{
		Messages: `[{"type":"sticker","packageId":"1","stickerId":"0"}]`,
		Answer: `{"message":"The request body has 1 error(s)","details":[{"message":"` + unsendable +
			`","property":"messages[0].stickerId"}]}`,
	}}})
	c, _ := verdictCommand(t, server)
	writeBody(c, "", `jsonencode({ type = "sticker", packageId = "1", stickerId = "0" })`)
	output, exitCode := c.Try("plan")
	if exitCode != 1 || !strings.Contains(output, "LINE refuses this message") || !strings.Contains(output, unsendable) {
		t.Errorf("the plan ended with %d:\n%s", exitCode, output)
	}
	writeBody(c, "", `jsonencode({ type = "sticker", packageId = "1", stickerId = "2" })`)
	c.Run("plan")
}

// What LINE says of a sample may be the sample's fault, and stops nobody.
func TestAccLineVerdictOnASample(t *testing.T) {
	t.Parallel()
	server := acctest.LineServer(t, linetest.Config{})
	c, asked := verdictCommand(t, server)
	writeBody(c, "", `jsonencode({ type = "text", text = "x" })`, `jsonencode({
    type               = "image"
    originalContentUrl = "{{ Profile.Picture | default: 'example.com/a.jpg' | prepend: 'https://' }}"
    previewImageUrl    = "https://example.com/p.jpg"
  })`)
	output, exitCode := c.Try("plan")
	if exitCode != 0 || asked() != 1 || !strings.Contains(output, `LINE refuses a sample of the LINE campaign body "welcome": messages[1].originalContentUrl`) || !strings.Contains(output, "example.com/a.jpg") {
		t.Errorf("the plan ended with %d:\n%s", exitCode, output)
	}
}

func TestAccLineVerdictUnreachable(t *testing.T) {
	t.Parallel()
	server := acctest.LineServer(t, linetest.Config{})
	server.AddFaults(linetest.ErrorFault(http.StatusServiceUnavailable, "down for maintenance"))
	c, _ := verdictCommand(t, server)
	writeBody(c, "", `jsonencode({ type = "text", text = "x" })`)
	output, exitCode := c.Try("plan")
	for _, want := range []string{"down for maintenance", "validate_messages = false", "LINE_VALIDATE_MESSAGES=false"} {
		if exitCode != 1 || !strings.Contains(strings.Join(strings.Fields(output), " "), want) {
			t.Errorf("the plan ended with %d and does not say %q:\n%s", exitCode, want, output)
		}
	}
	c.Env = append(c.Env, "LINE_VALIDATE_MESSAGES=false")
	c.Run("plan")
}

// The offline check comes first: LINE is not asked about what is known to be wrong.
func TestAccLineVerdictNotForKnownFaults(t *testing.T) {
	t.Parallel()
	server := acctest.LineServer(t, linetest.Config{})
	c, asked := verdictCommand(t, server)
	writeBody(c, "", `jsonencode({ type = "text", text = "" })`)
	if output, exitCode := c.Try("plan"); exitCode != 1 || asked() != 0 {
		t.Errorf("the plan ended with %d after asking LINE %d times:\n%s", exitCode, asked(), output)
	}
}

func TestAccStrictMessageTypes(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	writeBody(c, "", `jsonencode({ type = "hologram" })`)
	if output, exitCode := c.Try("plan"); exitCode != 0 || !strings.Contains(output, "Warning:") || !strings.Contains(output, "hologram") {
		t.Errorf("the plan ended with %d:\n%s", exitCode, output)
	}
	c.Env = append(c.Env, "LINE_STRICT_MESSAGE_TYPES=true")
	if output, exitCode := c.Try("plan"); exitCode != 1 || !strings.Contains(output, "hologram") {
		t.Errorf("the strict plan ended with %d:\n%s", exitCode, output)
	}
}

func TestAccIgnoredMessageWarnings(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	const message = `jsonencode({ type = "image", originalContentUrl = "https://a.example/{{ Profile.A | default: 'a' }}", previewImageUrl = "https://a.example" })`
	writeBody(c, "", message)
	if output, exitCode := c.Try("plan"); exitCode != 0 || !strings.Contains(output, "(liquid-raw-value)") {
		t.Errorf("the plan ended with %d:\n%s", exitCode, output)
	}
	ignoring := func(rule string) (string, int) {
		c.Write("main.tf", acctest.RequiredProviders+acctest.Provider(acctest.LocalStore("store"),
			"line {\nignored_message_warnings = [\""+rule+"\"]\n}")+acctest.CampaignBody("messages = ["+message+"]"))
		return c.Try("plan")
	}
	if output, exitCode := ignoring("liquid-raw-value"); exitCode != 0 || strings.Contains(output, "(liquid-raw-value)") {
		t.Errorf("the plan that ignores the warning ended with %d:\n%s", exitCode, output)
	}
	if output, exitCode := ignoring("liquid-row-value"); exitCode != 1 || !strings.Contains(output, "Invalid Attribute Value Match") {
		t.Errorf("the plan that ignores what is no rule ended with %d:\n%s", exitCode, output)
	}
}

func TestAccVerifyTokens(t *testing.T) {
	t.Parallel()
	const soon, alive, expired = "eyJhbGciOiJIUzI1NiJ9.soon", "eyJhbGciOiJIUzI1NiJ9.alive", "eyJhbGciOiJIUzI1NiJ9.expired"
	server := acctest.LineServer(t, linetest.Config{BotName: "Brown Cafe", TokenLives: map[string]time.Duration{
		soon: 14 * time.Minute, alive: 20*24*time.Hour + time.Hour, expired: 0,
	}})
	c := acctest.NewCommand(t, "LINE_API_URL="+server.URL, "XDG_CACHE_HOME="+t.TempDir(), "LINE_VERIFY_TOKENS=true", "CLEVERTAP_MAX_RETRIES=0")
	config := func(token string, version int) {
		c.Env = append(c.Env, "TF_VAR_token="+token)
		c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+"variable \"token\" { ephemeral = true }\n"+
			acctest.Template("LINE push", acctest.PushURL, fmt.Sprintf(`
  secret_headers_wo         = { Authorization = "Bearer ${var.token}" }
  secret_headers_wo_version = %d`, version)))
	}
	for token, want := range map[string]string{
		soon:              " minutes",
		expired:           "could not be verified",
		"unknown-to-line": "could not be verified",
	} {
		config(token, 1)
		output, exitCode := c.Try("plan")
		if exitCode != 1 || !strings.Contains(output, want) {
			t.Errorf("%s: the plan ended with %d:\n%s", want, exitCode, output)
		}
		if strings.Contains(output, token) {
			t.Errorf("%s: the token is shown", want)
		}
	}
	config(alive, 1)
	output := c.Run("apply", "-auto-approve")
	if strings.Count(output, `"Brown Cafe"`) != 1 || !strings.Contains(output, "20 days") {
		t.Errorf("whose token it is and how long it lives is not said once:\n%s", output)
	}
	before := len(server.Requests())
	c.Run("plan")
	if after := len(server.Requests()); after != before {
		t.Errorf("an unchanged token was verified again with %d requests", after-before)
	}
}

// A property that CleverTap has in another spelling alone is a warning where credentials are given, asked for once.
func TestAccPropertyInAnotherCase(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 1, clevertaptest.Config{})
	server.SetProfile("a", map[string]any{"lineID": acctest.LineID(1)})
	c := acctest.NewCommand(t, "CLEVERTAP_PASSCODE="+acctest.CleverTapPasscode, "CLEVERTAP_API_URL="+server.URL, "CLEVERTAP_MAX_RETRIES=0")
	config := func(to string) {
		c.Write("main.tf", acctest.RequiredProviders+acctest.Provider(acctest.LocalStore("store"), fmt.Sprintf("account_id = %q\n", acctest.CleverTapAccount))+
			strings.Replace(acctest.CampaignBody(to+"\n"+`messages = [jsonencode({ type = "text", text = "x" })]`), `name = "welcome"`, "count = 3\n  name = \"welcome ${count.index}\"", 1))
	}
	config("")
	output := c.Run("plan")
	if got := strings.Count(words(output), "reads the property LineID, and CleverTap has lineID"); got != 3 || len(server.Requests()) != 1 {
		t.Errorf("three bodies have %d warnings after %d requests:\n%s", got, len(server.Requests()), output)
	}
	config("to {\nprofile_property = \"lineID\"\n}")
	if output := c.Run("plan"); warnings(output) != 0 {
		t.Errorf("the right spelling is warned of:\n%s", output)
	}
	config("to {\nid = \"U0123456789abcdef0123456789abcdef\"\n}")
	if output := c.Run("plan"); warnings(output) != 0 {
		t.Errorf("a fixed recipient, which reads no property, is warned of:\n%s", output)
	}
	config("")
	server.AddFaults(standin.Fault{Status: 503}, standin.Fault{Status: 503}, standin.Fault{Status: 503})
	if output := c.Run("plan"); strings.Count(output, "CleverTap could not be asked") != 1 || strings.Contains(output, "similar warning") {
		t.Errorf("that CleverTap does not answer is not told once:\n%s", output)
	}
}
