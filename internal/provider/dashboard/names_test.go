package dashboard_test

import (
	"fmt"
	"net"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
)

// words is an output without the breaks and the frame that Terraform puts into messages.
func words(output string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("│", " ", "╷", " ", "╵", " ").Replace(output)), " ")
}

// taken is a directory with a store in which the template "LINE push" is, and no state.
func taken(t *testing.T) *acctest.Command {
	t.Helper()
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+acctest.Template("LINE push", acctest.PushURL, ""))
	c.Run("apply", "-auto-approve")
	return c
}

// other is another webhook template, which makes a plan read state.
func other(name string) string {
	return strings.Replace(acctest.Template(name, acctest.OtherURL, ""), `"line_push"`, `"other"`, 1)
}

// A name that somebody else has is an error of the plan, before anything is written.
func TestAccTakenNameInPlan(t *testing.T) {
	t.Parallel()
	c := taken(t)
	acctest.Rename(t, c.Dir+"/terraform.tfstate", c.Dir+"/gone.tfstate")
	base := acctest.RequiredProviders + acctest.StoreAt("store")
	c.Write("main.tf", base+other("mine"))
	c.Run("apply", "-auto-approve")
	c.Write("main.tf", base+other("mine")+acctest.Template("LINE push", acctest.PushURL, ""))
	output, exitCode := c.Try("plan")
	for _, want := range []string{`There is a webhook template "LINE push" already`, `as in clevertap_webhook_template.many["LINE push"]:`, "import { to = clevertap_webhook_template.line_push id = \"LINE push\" }"} {
		if exitCode != 1 || !strings.Contains(words(output), want) {
			t.Errorf("the plan ends with %d and does not say %q:\n%s", exitCode, want, output)
		}
	}
	// The block that it names is what is needed.
	c.Write("import.tf", "import {\n  to = clevertap_webhook_template.line_push\n  id = \"LINE push\"\n}\n")
	if output := c.Run("plan"); !strings.Contains(output, "1 to import, 0 to add, 0 to change, 0 to destroy") || strings.Contains(output, "already") {
		t.Errorf("the import is not planned:\n%s", output)
	}
}

// Where no state was read, nobody knows whose the name is: a warning, and the apply refuses.
func TestAccTakenNameWithoutState(t *testing.T) {
	t.Parallel()
	c := taken(t)
	acctest.Rename(t, c.Dir+"/terraform.tfstate", c.Dir+"/gone.tfstate")
	output := c.Run("plan")
	if strings.Count(output, `There is a webhook template "LINE push" already`) != 1 || !strings.Contains(output, "Warning:") {
		t.Errorf("there is not one warning:\n%s", output)
	}
	output, exitCode := c.Try("apply", "-auto-approve")
	if exitCode != 1 || !strings.Contains(output, `Cannot create the webhook template "LINE push"`) {
		t.Errorf("the apply ends with %d:\n%s", exitCode, output)
	}
}

// Whoever owns a name may be replaced: by request, tainted, without a refresh.
func TestAccOwnNameIsNotTaken(t *testing.T) {
	t.Parallel()
	t.Run("replace", func(t *testing.T) {
		t.Parallel()
		c := taken(t)
		if output := c.Run("apply", "-auto-approve", "-replace=clevertap_webhook_template.line_push"); strings.Contains(output, "already") {
			t.Errorf("a replaced object finds itself in the way:\n%s", output)
		}
	})
	t.Run("tainted", func(t *testing.T) {
		t.Parallel()
		c := taken(t)
		c.Run("taint", "clevertap_webhook_template.line_push")
		if output := c.Run("apply", "-auto-approve"); strings.Contains(output, "already") {
			t.Errorf("a tainted object finds itself in the way:\n%s", output)
		}
	})
	t.Run("tainted and edited meanwhile", func(t *testing.T) {
		t.Parallel()
		c := taken(t)
		c.Run("taint", "clevertap_webhook_template.line_push")
		file := acctest.Stored(c.Dir+"/store", "webhook-templates", "LINE%20push.json")
		acctest.WriteFile(t, file, strings.Replace(acctest.ReadFile(t, file), acctest.PushURL, acctest.OtherURL, 1))
		if output, exitCode := c.Try("apply", "-auto-approve", "-refresh=false"); exitCode != 1 || !strings.Contains(output, "Cannot delete") {
			t.Errorf("somebody's edit is deleted (exit %d):\n%s", exitCode, output)
		}
	})
	t.Run("tainted without a refresh", func(t *testing.T) {
		t.Parallel()
		c := taken(t)
		c.Run("taint", "clevertap_webhook_template.line_push")
		if output := c.Run("plan", "-refresh=false"); strings.Count(output, `"LINE push" already`) > 1 || strings.Contains(output, "Error:") {
			t.Errorf("more than a warning:\n%s", output)
		}
		c.Run("apply", "-auto-approve", "-refresh=false")
	})
	t.Run("moved", func(t *testing.T) {
		t.Parallel()
		c := taken(t)
		c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+other("LINE push"))
		if output, exitCode := c.Try("plan"); exitCode != 0 {
			t.Errorf("a forgotten moved block stops the plan:\n%s", output)
		}
		c.Write("moved.tf", "moved {\n  from = clevertap_webhook_template.line_push\n  to   = clevertap_webhook_template.other\n}\n")
		if output := c.Run("plan"); strings.Contains(output, "already") || !strings.Contains(output, "(moved from clevertap_webhook_template.line_push)") {
			t.Errorf("the move is not planned:\n%s", output)
		}
	})
}

// What the apply alone can know is refused there, without advice to import what is one's own.
func TestAccCreateBeforeDestroy(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+
		acctest.Template("LINE push", acctest.PushURL, "lifecycle {\n    create_before_destroy = true\n  }"))
	c.Run("apply", "-auto-approve")
	output, exitCode := c.Try("apply", "-auto-approve", "-replace=clevertap_webhook_template.line_push")
	said := words(output)
	if exitCode != 1 || !strings.Contains(said, "create_before_destroy, remove that setting") || strings.Contains(said, "import {") {
		t.Errorf("the apply ends with %d:\n%s", exitCode, output)
	}
	if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
		t.Errorf("the plan after it ends with %d:\n%s", exitCode, plan)
	}
}

func TestAccTwoCreatesOfOneName(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+acctest.Template("LINE push", acctest.PushURL, "")+other("LINE push"))
	output, exitCode := c.Try("plan")
	if exitCode != 1 || !strings.Contains(words(output), `Two resources are to create the webhook template "LINE push"`) {
		t.Errorf("the plan ends with %d:\n%s", exitCode, output)
	}
}

// A store that cannot be reached, and a token that it does not know, are errors of the plan.
func TestAccUnreachableStoreInPlan(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	c := acctest.NewCommand(t, "CLEVERTAP_MAX_RETRIES=0")
	c.Write("main.tf", acctest.RequiredProviders+acctest.Provider(fmt.Sprintf("http {\naddress = \"http://%s\"\n}", address), "")+
		acctest.Template("LINE push", acctest.PushURL, ""))
	if output, exitCode := c.Try("plan"); exitCode != 1 || !strings.Contains(words(output), `Cannot plan the webhook template "LINE push"`) {
		t.Errorf("the plan ends with %d:\n%s", exitCode, output)
	}
}

func TestAccWrongTokenOfTheStoreInPlan(t *testing.T) {
	t.Parallel()
	server := storetest.NewServer(storetest.ServerConfig{Token: "the-right-token"})
	t.Cleanup(server.Close)
	c := acctest.NewCommand(t, "CLEVERTAP_TEMPLATE_STORE_TOKEN=another-token")
	c.Write("main.tf", acctest.RequiredProviders+acctest.Provider(fmt.Sprintf("http {\naddress = %q\n}", server.Address), "")+
		acctest.Template("LINE push", acctest.PushURL, ""))
	output, exitCode := c.Try("plan")
	if exitCode != 1 || !strings.Contains(words(output), "401") || strings.Contains(output, "another-token") {
		t.Errorf("the plan ends with %d:\n%s", exitCode, output)
	}
}
