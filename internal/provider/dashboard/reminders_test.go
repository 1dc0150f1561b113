package dashboard_test

import (
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// warnings counts those of the provider: Terraform has one of its own about the provider under test.
func warnings(output string) int {
	return strings.Count(output, "Warning:") - strings.Count(output, "Warning: Provider development overrides")
}

// Each object that is to be entered, removed or renamed has a warning of its own, told once: the plan tells of what ends,
// the apply of what is to be entered.
func TestAccDashboardReminders(t *testing.T) {
	t.Parallel()
	const toEnter, toRemove = "is still to be entered in CleverTap's dashboard", "is to be removed from CleverTap's dashboard by hand"
	c := acctest.NewCommand(t)
	config := func(settings, templates string) {
		c.Write("main.tf", acctest.RequiredProviders+acctest.Provider(acctest.LocalStore("store"), settings)+templates)
	}
	want := func(what, warning string, count int, output string) {
		t.Helper()
		got := strings.Count(words(output), warning)
		if warning == "Warning:" {
			got = warnings(output)
		}
		if got != count {
			t.Errorf("%s: %q is told %d times, not %d:\n%s", what, warning, got, count, output)
		}
		if strings.Contains(output, "similar warning") {
			t.Errorf("%s: warnings are folded:\n%s", what, output)
		}
	}
	five := func(url string) string {
		return strings.Replace(acctest.Template("x", url, ""), `"x"`, `"push ${count.index}"
  count = 5`, 1)
	}
	config("", five(acctest.PushURL))
	want("plan of creates", "Warning:", 0, c.Run("plan"))
	want("creates", toEnter, 5, c.Run("apply", "-auto-approve"))
	want("nothing to do", "Warning:", 0, c.Run("apply", "-auto-approve"))
	config("", five(acctest.OtherURL))
	want("changes", toEnter, 5, c.Run("apply", "-auto-approve"))
	want("plan of deletes", toRemove, 5, c.Run("plan", "-destroy"))
	want("deletes", toRemove, 5, c.Run("destroy", "-auto-approve"))

	config("", acctest.Template("old", acctest.PushURL, ""))
	output := c.Run("apply", "-auto-approve")
	want("the command to note it", "clevertap-line entered ", 1, output)
	want("the command to note it", "webhook-templates/old", 1, output)
	config("", acctest.Template("new", acctest.PushURL, ""))
	want("rename", `"old" is to be renamed to "new"`, 1, c.Run("plan"))
	c.Run("apply", "-auto-approve")
	file := acctest.Stored(c.Dir+"/store", "webhook-templates", "new.json")
	acctest.WriteFile(t, file, strings.Replace(acctest.ReadFile(t, file), acctest.PushURL, acctest.OtherURL, 1))
	want("repair of an edited document, which the dashboard does not see", "Warning:", 0, c.Run("apply", "-auto-approve"))
	want("replacement", "Warning:", 0, c.Run("plan", "-replace=clevertap_webhook_template.line_push"))
	config("dashboard_reminders = false\n", acctest.Template("new", acctest.OtherURL, ""))
	want("silenced", "Warning:", 0, c.Run("apply", "-auto-approve")+c.Run("destroy", "-auto-approve"))
}

// Warnings about messages are told once in a plan, though Terraform validates them twice, each with its object's name.
func TestAccWarningsOnce(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	second := strings.NewReplacer(`"welcome" {`, `"second" {`, `name = "welcome"`, `name = "second"`).Replace
	body := acctest.CampaignBody(`messages = [jsonencode({ type = "hologram" })]`)
	c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+body+second(body))
	output := c.Run("plan")
	for _, name := range []string{"welcome", "second"} {
		if got := strings.Count(words(output), `The LINE campaign body "`+name+`" may not be what you want`); got != 1 {
			t.Errorf("%s is warned of %d times:\n%s", name, got, output)
		}
	}
	if got := warnings(output); got != 2 {
		t.Errorf("there are %d warnings:\n%s", got, output)
	}
}

// A destination at LINE that no campaign can be meant for is a warning.
func TestAccOddDestinations(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	config := func(name, url, method string) {
		c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+strings.Replace(acctest.Template(name, url, ""), "POST", method, 1))
	}
	for _, test := range []struct{ url, method, want string }{
		{"https://api.line.me/v2/bot/mesage/push", "POST", `does not lead to LINE's push API`},
		{acctest.PushURL, "GET", `does not post to LINE`},
		{acctest.PushURL, "POST", ""},
		{acctest.OtherURL, "GET", ""},
	} {
		config("LINE push", test.url, test.method)
		output := c.Run("plan")
		if wanted := test.want != ""; warnings(output) > 0 != wanted || !strings.Contains(words(output), test.want) {
			t.Errorf("%s %s does not say %q:\n%s", test.method, test.url, test.want, output)
		}
	}
	// A replacement is planned twice, as a change and as a create, and told of once.
	config("old", acctest.PushURL, "POST")
	c.Run("apply", "-auto-approve")
	config("new", acctest.PushURL, "GET")
	if output := c.Run("plan"); strings.Count(output, "does not post to LINE") != 1 || strings.Contains(output, "similar warning") {
		t.Errorf("a replacement is not warned of once:\n%s", output)
	}
}
