package actions_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

const byTriggerAndByHand = `
resource "clevertap_line_campaign_body" "welcome" {
  name           = "welcome"
  track_versions = true
  messages       = [jsonencode({ type = "text", text = "Hi {{ Profile.Name | default: 'there' }}" })]
}

resource "clevertap_line_linked_messages" "news" {
  name           = "news"
  linked_content = "line_messages"
  messages       = [jsonencode({ type = "text", text = "News: %s" })]

  lifecycle {
    action_trigger {
      events  = [after_create, after_update]
      actions = [action.clevertap_line_send_test_message.news, action.clevertap_external_trigger.news]
    }
  }
}

action "clevertap_line_send_test_message" "welcome" {
  config {
    to     = %[2]q
    body   = clevertap_line_campaign_body.welcome.body
    values = { "Profile.Name" = "Aya" }
  }
}

action "clevertap_line_send_test_message" "news" {
  config {
    to                   = %[2]q
    linked_messages_name = "news"
  }
}

action "clevertap_external_trigger" "news" {
  config {
    campaign_id = "1695721550"
    identities  = ["user-0"]
  }
}

action "clevertap_external_trigger" "fires" {
  config {
    campaign_id = "1695721550"
    identities  = ["user-0"]
    parameters  = { Name = "Aya" }
    dry_run     = false
  }
}
`

// An action runs after what it is triggered by, and by hand. What it says is shown, and a failure of it is one of the apply.
func TestAccActionsByTriggerAndByHand(t *testing.T) {
	t.Parallel()
	line := acctest.LineServer(t, linetest.Config{Followers: linetest.UserIDs(1), MonthlyLimit: 3})
	api := acctest.CleverTapServer(t, 1, clevertaptest.Config{})
	api.PublishTriggered("1695721550")
	acctest.NeedActions(t)
	log := filepath.Join(t.TempDir(), "provider.log")
	c := acctest.NewCommand(t, "TF_LOG_PROVIDER=TRACE", "TF_LOG_PATH="+log,
		"LINE_CHANNEL_ACCESS_TOKEN="+acctest.LineToken, "LINE_API_URL="+line.URL,
		"CLEVERTAP_ACCOUNT_ID="+acctest.CleverTapAccount, "CLEVERTAP_PASSCODE="+acctest.CleverTapPasscode, "CLEVERTAP_API_URL="+api.URL)
	store := func(block string) string {
		return block + " {\n" + acctest.LocalStore(filepath.Join(c.Dir, block)) + "\n}\n"
	}
	provider := "provider \"clevertap\" {\ndashboard_reminders = false\n" + store("template_store") + store("publish_store") + "}\n"
	write := func(news string) {
		c.Write("main.tf", acctest.RequiredProviders+provider+fmt.Sprintf(byTriggerAndByHand, news, linetest.UserID(0)))
	}
	var want []string
	run := func(receives string, says []string, args ...string) {
		t.Helper()
		said := strings.Join(strings.Fields(c.Run(append([]string{"apply", "-auto-approve"}, args...)...)), " ")
		for _, part := range says {
			if !strings.Contains(said, part) {
				t.Errorf("%q is not in %s", part, said)
			}
		}
		if receives != "" {
			want = append(want, `[{"text":"`+receives+`","type":"text"}] ""`)
		}
		var got []string
		for _, push := range line.Received(linetest.UserID(0)) {
			got = append(got, fmt.Sprintf("%s %q", push.Messages, push.Unit))
		}
		if !slices.Equal(got, want) {
			t.Errorf("received %q, want %q", got, want)
		}
	}
	write("one")
	run("News: one", []string{"Of 3 messages of this month, about 3 are left", "LINE took the message (request id ",
		"Dry run: this would fire campaign 1695721550 for 1 users."})
	run("", []string{"No changes."})
	write("two")
	run("News: two", nil)
	run("Hi Aya", []string{"Actions: 1 invoked."}, "-invoke=action.clevertap_line_send_test_message.welcome")
	if got := api.Fired("1695721550"); len(got) != 0 {
		t.Errorf("a dry run fired %v", got)
	}
	run("", []string{"CleverTap took it."}, "-invoke=action.clevertap_external_trigger.fires")
	if got := api.Fired("1695721550"); len(got) != 1 || got[0].Parameters["Name"] != "Aya" {
		t.Errorf("fired %v", got)
	}
	said, exitCode := c.Try("apply", "-auto-approve", "-invoke=action.clevertap_line_send_test_message.welcome")
	if exitCode != 1 || !strings.Contains(said, "Error: Error when invoking action") || !strings.Contains(said, "used up the 3 messages") {
		t.Errorf("%d: %s", exitCode, said)
	}
	logged := acctest.ReadFile(t, log)
	for _, request := range []string{"/v2/bot/message/push", "/1/send/externaltrigger.json"} {
		if !strings.Contains(logged, request) {
			t.Errorf("%s is not in the log of %d bytes", request, len(logged))
		}
	}
	for _, secret := range []string{linetest.UserID(0), acctest.LineToken, acctest.CleverTapPasscode, "Hi Aya", "News: one", "user-0"} {
		if strings.Contains(logged, secret) {
			t.Errorf("%q is in the log", secret)
		}
	}
}

// What cannot be sent fails the plan, before anything is applied.
func TestAccActionsArePlanned(t *testing.T) {
	t.Parallel()
	acctest.NeedActions(t)
	c := acctest.NewCommand(t, "LINE_CHANNEL_ACCESS_TOKEN="+acctest.LineToken, "LINE_API_URL=http://127.0.0.1:1")
	write := func(to, text string) {
		c.Write("main.tf", acctest.RequiredProviders+fmt.Sprintf(`
variable "to" {
  type      = string
  sensitive = true
  default   = %q
}

resource "terraform_data" "text" {
  input = %q

  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.clevertap_line_send_test_message.test]
    }
  }
}

action "clevertap_line_send_test_message" "test" {
  config {
    to       = var.to
    messages = [jsonencode({ type = "text", text = terraform_data.text.input })]
  }
}
`, to, text))
	}
	for _, test := range []struct{ to, text, want string }{
		{linetest.UserID(0), "Hi", ""},
		{linetest.UserID(0), "Hi {{ Profile.Name }}", "neither a value nor a default for {{ Profile.Name }}"},
		{linetest.UserID(0) + "0", "Hi", "No LINE user ID: A test message is sent to one user"},
	} {
		write(test.to, test.text)
		said, exitCode := c.Try("plan")
		if (exitCode == 0) != (test.want == "") || !strings.Contains(strings.Join(strings.Fields(said), " "), test.want) || strings.Contains(said, linetest.UserID(0)) {
			t.Errorf("%q: %d, %s", test.text, exitCode, said)
		}
	}
}
