package connect_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// Each part of the configuration is needed only by what uses it: this plan asks for no token.
func TestAccUnusedConfigurationIsNotNeeded(t *testing.T) {
	t.Parallel()
	if os.Getenv("LINE_CHANNEL_ACCESS_TOKEN") != "" {
		t.Fatal("unset LINE_CHANNEL_ACCESS_TOKEN to run the tests")
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: acctest.StoreAt(t.TempDir()) + acctest.Template("LINE push", acctest.PushURL, "")},
		},
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config:      "provider \"clevertap\" {}\n" + acctest.Template("LINE push", acctest.PushURL, ""),
			ExpectError: regexp.MustCompile(`(?s)No template store is configured.*local`),
		}},
	})
}

// Every setting has an environment variable, whose bad value is named.
func TestAccEnvironment(t *testing.T) {
	t.Parallel()
	server := acctest.LineServer(t, linetest.Config{Followers: linetest.UserIDs(3)})
	run := func(t *testing.T, env ...string) (string, int) {
		t.Helper()
		c := acctest.NewCommand(t, append([]string{"LINE_CHANNEL_ACCESS_TOKEN=" + acctest.LineToken, "LINE_API_URL=" + server.URL}, env...)...)
		c.Write("main.tf", acctest.RequiredProviders+"data \"clevertap_line_follower_ids\" \"all\" {}\n")
		return c.Try("plan")
	}
	output, exitCode := run(t, "TF_APPEND_USER_AGENT=pipeline/7", "LINE_MAX_REQUESTS_PER_SECOND=50", "LINE_MAX_CONCURRENT_REQUESTS=2",
		"CLEVERTAP_MAX_RETRIES=0", "CLEVERTAP_RETRY_MAX_WAIT_SECONDS=1", "CLEVERTAP_REQUEST_TIMEOUT_SECONDS=60", "CLEVERTAP_DASHBOARD_REMINDERS=false")
	if exitCode != 0 {
		t.Fatalf("the plan ends with %d:\n%s", exitCode, output)
	}
	agent := server.Requests()[0].Header.Get("User-Agent")
	if !strings.HasPrefix(agent, "terraform-provider-clevertap/dev ") || !strings.Contains(agent, " Terraform/") || !strings.HasSuffix(agent, " pipeline/7") {
		t.Errorf("the user agent is %q", agent)
	}
	for _, name := range []string{
		"LINE_MAX_REQUESTS_PER_SECOND", "LINE_MAX_CONCURRENT_REQUESTS", "LINE_VALIDATE_MESSAGES", "LINE_VERIFY_TOKENS", "LINE_STRICT_MESSAGE_TYPES",
		"CLEVERTAP_MAX_RETRIES", "CLEVERTAP_RETRY_MAX_WAIT_SECONDS", "CLEVERTAP_REQUEST_TIMEOUT_SECONDS", "CLEVERTAP_DASHBOARD_REMINDERS",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			output, exitCode := run(t, name+"=-1")
			if exitCode != 1 || !strings.Contains(output, "The environment variable "+name+" has no usable value") {
				t.Errorf("the plan ends with %d:\n%s", exitCode, output)
			}
		})
	}
}

// What is missing is said by name, to whoever needs it and to nobody else.
func TestAccCleverTapSettings(t *testing.T) {
	t.Parallel()
	const all = `account_id = "TEST-1", passcode = "SECRET-CODE", region = "eu1"`
	without := func(setting string) string { return regexp.MustCompile(setting+` = [^,]*`).ReplaceAllString(all, "") }
	for name, test := range map[string]struct {
		settings string
		env      []string
		want     []string
	}{
		"account":          {settings: without("account_id"), want: []string{"account_id is missing", "CLEVERTAP_ACCOUNT_ID"}},
		"passcode":         {settings: without("passcode"), want: []string{"passcode is missing", "CLEVERTAP_PASSCODE"}},
		"region":           {settings: without("region"), want: []string{"region is missing", "CLEVERTAP_REGION"}},
		"all":              {want: []string{"CLEVERTAP_ACCOUNT_ID", "CLEVERTAP_PASSCODE", "CLEVERTAP_REGION"}},
		"unknown region":   {settings: strings.Replace(all, "eu1", "sk1", 1), want: []string{`must be one of`}},
		"region elsewhere": {settings: without("region"), env: []string{"CLEVERTAP_REGION=sk1"}, want: []string{`"sk1" is no CleverTap region`}},
		"clear text":       {settings: all + `, api_url = "http://example.com"`, want: []string{"CleverTap's API cannot be used", "https"}},
		"a line break":     {settings: strings.Replace(all, "CODE", `CODE\n`, 1), want: []string{"passcode holds a space"}},
		"no number":        {settings: all, env: []string{"CLEVERTAP_MAX_CONCURRENT_UPLOADS=many"}, want: []string{"CLEVERTAP_MAX_CONCURRENT_UPLOADS is \"many\""}},
		"not known yet":    {settings: strings.Replace(all, `"SECRET-CODE"`, "terraform_data.later.id", 1), want: []string{"passcode is not known yet"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := acctest.NewCommand(t, test.env...)
			c.Write("main.tf", acctest.RequiredProviders+"provider \"clevertap\" {\n"+strings.ReplaceAll(test.settings, ", ", "\n")+`
}
resource "terraform_data" "later" {}
data "clevertap_profile" "one" {
  identity = "a"
}
`)
			output, exitCode := c.Try("plan")
			output = strings.Join(strings.Fields(strings.ReplaceAll(output, "│", " ")), " ")
			for _, want := range test.want {
				if exitCode != 1 || !strings.Contains(output, want) {
					t.Errorf("exit %d without %q:\n%s", exitCode, want, output)
				}
			}
			if strings.Contains(output, "SECRET") {
				t.Errorf("the passcode is in the output:\n%s", output)
			}
		})
	}
}

// The settings may all come from the environment. The passcode is found nowhere afterwards.
func TestAccCleverTapFromEnvironment(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 1, clevertaptest.Config{})
	logFile := filepath.Join(t.TempDir(), "trace.log")
	c := acctest.NewCommand(t, "CLEVERTAP_ACCOUNT_ID="+acctest.CleverTapAccount, "CLEVERTAP_PASSCODE="+acctest.CleverTapPasscode, "CLEVERTAP_API_URL="+server.URL,
		"CLEVERTAP_MAX_CONCURRENT_REQUESTS=1", "CLEVERTAP_MAX_CONCURRENT_UPLOADS=1", "TF_LOG=TRACE", "TF_LOG_PATH="+logFile)
	c.Write("main.tf", acctest.RequiredProviders+"provider \"clevertap\" {}\nresource \"clevertap_line_profiles\" \"all\" {\n  line_ids = { user-0 = \""+acctest.LineID(0)+"\" }\n}\n")
	printed := c.Run("apply", "-auto-approve")
	entries, err := os.ReadDir(c.Dir)
	if err != nil {
		t.Fatal(err)
	}
	searched := map[string]string{"output": printed, "log": acctest.ReadFile(t, logFile)}
	for _, entry := range entries {
		if entry.Type().IsRegular() {
			searched[entry.Name()] = acctest.ReadFile(t, filepath.Join(c.Dir, entry.Name()))
		}
	}
	for name, text := range searched {
		if strings.Contains(text, acctest.CleverTapPasscode) {
			t.Errorf("the passcode is in %s", name)
		}
	}
	if !strings.Contains(searched["log"], "/1/upload") || len(searched) < 4 {
		t.Errorf("only %d texts were searched, or the log does not show the upload", len(searched))
	}
}

func TestAccStoreSettings(t *testing.T) {
	t.Parallel()
	// An import reads the store in the plan.
	const readsStore = "import {\n  to = clevertap_webhook_template.line_push\n  id = \"LINE push\"\n}\n"
	const later = `
resource "terraform_data" "later" {
  input = "folder"
}
`
	local := acctest.LocalStore("x")
	for name, test := range map[string]struct{ command, config, want, more string }{
		"none":                     {"plan", "", "No template store is configured", ""},
		"empty":                    {"validate", "template_store {}", "No template store is configured", ""},
		"two":                      {"validate", "template_store {\n" + local + "\nhttp {\naddress = \"https://example.com\"\n}\n}", "More than one template store", ""},
		"no bucket":                {"plan", "template_store {\ns3 {}\n}", "CLEVERTAP_TEMPLATE_STORE_BUCKET", ""},
		"no bucket to import from": {"plan", "template_store {\ns3 {}\n}", "CLEVERTAP_TEMPLATE_STORE_BUCKET", readsStore},
		"no address":               {"plan", "template_store {\nhttp {}\n}", "CLEVERTAP_TEMPLATE_STORE_ADDRESS", ""},
		"no path":                  {"plan", "template_store {\nlocal {}\n}", "CLEVERTAP_TEMPLATE_STORE_PATH", ""},
		"clear text":               {"plan", "template_store {\nhttp {\naddress = \"http://example.com\"\ntoken = \"x\"\n}\n}", "must begin with https", ""},
		"not known yet":            {"plan", "template_store {\nlocal {\npath = terraform_data.later.output\n}\n}", "known yet", readsStore},
		"block not known yet": {"plan", "template_store {\ndynamic \"local\" {\nfor_each = terraform_data.later.output == \"\" ? [] : [1]\n" +
			"content {\npath = \"x\"\n}\n}\n}", "known yet", readsStore},
		"endpoint in clear": {"plan", "template_store {\ns3 {\nbucket = \"b\"\nregion = \"us-east-1\"\nendpoint = \"http://example.com\"\n}\n}",
			"must begin with https", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := acctest.NewCommand(t)
			c.Write("main.tf", acctest.RequiredProviders+"provider \"clevertap\" {\n"+test.config+"\n}\n"+later+
				acctest.Template("LINE push", acctest.PushURL, "")+test.more)
			output, exitCode := c.Try(test.command)
			if exitCode != 1 || !strings.Contains(strings.Join(strings.Fields(output), " "), test.want) {
				t.Errorf("%s ends with %d and does not say %q:\n%s", test.command, exitCode, test.want, output)
			}
			if waits := test.want == "known yet"; strings.Contains(output, "An import reads the template store") != waits {
				t.Errorf("that an import reads the store is said of one that is not known yet, and of no other:\n%s", output)
			}
			if test.config != "" && test.command == "validate" && !strings.Contains(output, "in provider \"clevertap\"") {
				t.Errorf("the error is not placed:\n%s", output)
			}
		})
	}
}

// All of a store may come from the environment.
func TestAccStoreFromEnvironment(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t, "CLEVERTAP_TEMPLATE_STORE_PATH=kept")
	c.Write("main.tf", acctest.RequiredProviders+acctest.Provider("local {}", "")+acctest.Template("LINE push", acctest.PushURL, ""))
	c.Run("validate")
	c.Run("apply", "-auto-approve")
	acctest.ReadFile(t, acctest.Stored(filepath.Join(c.Dir, "kept"), "webhook-templates", "LINE%20push.json"))
}

// A misspelled name in a block is an error that suggests the right one, where Terraform drops it from a nested attribute.
func TestAccMisspelledNames(t *testing.T) {
	t.Parallel()
	local := acctest.LocalStore("x")
	for name, test := range map[string]struct{ provider, body, want string }{
		"line":           {"line {\nvalidate_mesages = true\n}", "", `"validate_messages"`},
		"kind of store":  {"template_store {\nlocl {}\n}", "", `"local"`},
		"store":          {"template_store {\ns3 {\nbuckt = \"x\"\n}\n}", "", `"bucket"`},
		"recipient":      {"template_store {\n" + local + "\n}", "to {\nprofile_propery = \"lineID\"\n}", `"profile_property"`},
		"attribute":      {"template_store {\n" + local + "\n}", `to = { id = "U0123456789abcdef0123456789abcdef" }`, `block of type "to"`},
		"store as value": {"template_store = {}", "", `block of type "template_store"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := acctest.NewCommand(t)
			c.Write("main.tf", acctest.RequiredProviders+"provider \"clevertap\" {\n"+test.provider+"\n}\n"+
				acctest.CampaignBody(test.body+"\n"+`messages = [jsonencode({ type = "text", text = "x" })]`))
			output, exitCode := c.Try("validate")
			if exitCode != 1 || !strings.Contains(strings.Join(strings.Fields(output), " "), test.want) {
				t.Errorf("validate ends with %d and does not suggest %s:\n%s", exitCode, test.want, output)
			}
		})
	}
}

// An account ID is the first part of each document's path, so what is none is refused, wherever it comes from.
func TestAccImpossibleAccount(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t, "CLEVERTAP_ACCOUNT_ID=../..")
	c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+acctest.Template("LINE push", acctest.PushURL, ""))
	output, exitCode := c.Try("plan")
	if said := strings.Join(strings.Fields(strings.ReplaceAll(output, "│", " ")), " "); exitCode != 1 ||
		!strings.Contains(said, `"../.." is no account`) || !strings.Contains(said, "CLEVERTAP_ACCOUNT_ID") {
		t.Errorf("the plan ends with %d:\n%s", exitCode, output)
	}
	c.Write("main.tf", acctest.RequiredProviders+acctest.Provider(acctest.LocalStore("store"), "account_id = \"TEST 1-2\"\n")+acctest.Template("LINE push", acctest.PushURL, ""))
	c.Run("plan")
}
