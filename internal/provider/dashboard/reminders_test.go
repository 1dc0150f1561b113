package dashboard_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// An apply ends with one short warning after a create, a change of content and a delete, and with none otherwise.
func TestAccDashboardReminders(t *testing.T) {
	t.Parallel()
	const warning = "CleverTap's dashboard still has to be changed by hand"
	c := acctest.NewCommand(t)
	config := func(providerSettings, url, more string) {
		c.Write("main.tf", acctest.RequiredProviders+acctest.Provider(acctest.LocalStore("store"), providerSettings)+
			acctest.Template("LINE push", url, more))
	}
	want := func(what string, count int, output string) {
		t.Helper()
		if got := strings.Count(output, warning); got != count {
			t.Errorf("%s: %d reminders, not %d:\n%s", what, got, count, output)
		}
	}
	config("", acctest.PushURL, "")
	want("create", 1, c.Run("apply", "-auto-approve"))
	want("nothing to do", 0, c.Run("apply", "-auto-approve"))
	config("", acctest.OtherURL, "")
	want("change of content", 1, c.Run("apply", "-auto-approve"))
	var state tfjson.State
	if err := json.Unmarshal([]byte(c.Run("show", "-json")), &state); err != nil {
		t.Fatal(err)
	}
	sum := state.Values.RootModule.Resources[0].AttributeValues["content_sha256"]
	config("", acctest.OtherURL, fmt.Sprintf("entered_sha256 = %q", sum))
	want("receipt", 0, c.Run("apply", "-auto-approve"))
	want("delete", 1, c.Run("destroy", "-auto-approve"))
	config("dashboard_reminders = false\n", acctest.PushURL, "")
	want("silenced", 0, c.Run("apply", "-auto-approve")+c.Run("destroy", "-auto-approve"))
}

// Who declares what is in the dashboard already is reminded of nothing.
func TestNoReminderOfWhatIsEntered(t *testing.T) {
	t.Parallel()
	const config = `{"name": "LINE push", "http_method": "POST", "destination_url": "https://api.line.me/v2/bot/message/push"%s}`
	const sum = "76a8ab8667fbd234b19f5b83c20dad5be2c2370b0a0c6a79a8906d51b5575e22"
	for receipt, reminders := range map[string]int{"": 1, fmt.Sprintf(`, "entered_sha256": %q`, sum): 0} {
		s := acctest.NewServer(t, acctest.StoreConfig(t.TempDir()))
		applied := s.Apply("clevertap_webhook_template", fmt.Sprintf(config, receipt))
		if got := len(applied.Diagnostics); got != reminders {
			t.Errorf("with %q there are %d reminders, not %d", receipt, got, reminders)
		}
	}
}
