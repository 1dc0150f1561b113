package provider_test

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// The command that an apply prints writes the receipt that the next plan reads, in the account that is configured.
func TestAccEnteredCommand(t *testing.T) {
	t.Parallel()
	programs := t.TempDir()
	c := acctest.NewCommand(t)
	acctest.BuildProvider(t, programs, "github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line")
	command := filepath.Join(programs, "terraform-provider-clevertap")
	for _, account := range []string{"", "TEST 1-2"} {
		settings := ""
		if account != "" {
			settings = "account_id = \"" + account + "\"\n"
		}
		c.Write("main.tf", acctest.RequiredProviders+acctest.Provider(acctest.LocalStore("store"+account), settings)+
			acctest.Template("LINE's push", acctest.PushURL, "")+
			"output \"entered\" {\n  value = clevertap_webhook_template.line_push.entered_by\n}\n")
		output := c.Run("apply", "-auto-approve")
		said := strings.Join(strings.Fields(strings.ReplaceAll(output, "│", " ")), " ")
		line := regexp.MustCompile(`clevertap-line entered .*push'`).FindString(said)
		if line == "" {
			t.Fatalf("there is no command:\n%s", output)
		}
		shell := exec.CommandContext(t.Context(), "sh", "-c", command+" "+strings.TrimPrefix(line, "clevertap-line ")+" --by mio@example.com")
		shell.Dir = c.Dir
		if told, err := shell.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", line, err, told)
		}
		c.Run("apply", "-refresh-only", "-auto-approve")
		if got := strings.TrimSpace(c.Run("output", "entered")); got != `"mio@example.com"` {
			t.Errorf("entered_by is %s", got)
		}
		c.Run("destroy", "-auto-approve")
	}
}
