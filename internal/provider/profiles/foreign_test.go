package profiles_test

import (
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// What is on a profile whose entry CleverTap refused to create is not this resource's to show or to remove.
func TestAccLineProfilesLeavesForeignLineIDs(t *testing.T) {
	t.Parallel()
	foreign := acctest.OtherLineID(9)
	both := map[string]string{acctest.User(0): acctest.LineID(0), acctest.User(1): acctest.LineID(1)}
	one := map[string]string{acctest.User(0): acctest.LineID(0)}
	for name, test := range map[string]struct {
		then func(c *acctest.Command, server *clevertaptest.Server)
		want map[string]string // after a destroy without a refresh
	}{
		"destroyed": {func(*acctest.Command, *clevertaptest.Server) {}, map[string]string{acctest.User(1): foreign}},
		"destroyed after a refresh": {
			func(c *acctest.Command, _ *clevertaptest.Server) { c.Run("apply", "-auto-approve", "-refresh-only") },
			map[string]string{acctest.User(1): foreign},
		},
		"dropped": {func(c *acctest.Command, server *clevertaptest.Server) {
			c.Write("main.tf", acctest.RequiredProviders+profilesConfig(server.URL, one, ""))
			c.Run("apply", "-auto-approve", "-refresh=false")
		}, map[string]string{acctest.User(1): foreign}},
		"dropped after a refresh": {func(c *acctest.Command, server *clevertaptest.Server) {
			c.Write("main.tf", acctest.RequiredProviders+profilesConfig(server.URL, one, ""))
			c.Run("apply", "-auto-approve")
		}, map[string]string{acctest.User(1): foreign}},
		"refused again": {func(c *acctest.Command, server *clevertaptest.Server) {
			server.Refuse(acctest.User(1), clevertaptest.CodeOther, "Miscellaneous server error. ")
			c.Try("apply", "-auto-approve", "-refresh=false")
			server.Refuse(acctest.User(1), 0, "")
		}, map[string]string{acctest.User(1): foreign}},
		"written later": {func(c *acctest.Command, _ *clevertaptest.Server) {
			c.Run("apply", "-auto-approve", "-refresh=false")
		}, map[string]string{}},
		"written later, then a refused change": {func(c *acctest.Command, server *clevertaptest.Server) {
			c.Run("apply", "-auto-approve")
			server.Refuse(acctest.User(1), clevertaptest.CodeOther, "Miscellaneous server error. ")
			c.Write("main.tf", acctest.RequiredProviders+profilesConfig(server.URL, map[string]string{acctest.User(1): acctest.OtherLineID(1)}, ""))
			c.Try("apply", "-auto-approve")
			server.Refuse(acctest.User(1), 0, "")
		}, map[string]string{}},
		"written later, then a refused removal": {func(c *acctest.Command, server *clevertaptest.Server) {
			c.Run("apply", "-auto-approve")
			server.Refuse(acctest.User(1), clevertaptest.CodeOther, "Miscellaneous server error. ")
			c.Write("main.tf", acctest.RequiredProviders+profilesConfig(server.URL, one, ""))
			c.Try("apply", "-auto-approve")
			server.Refuse(acctest.User(1), 0, "")
		}, map[string]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.CleverTapServer(t, 2, clevertaptest.Config{})
			server.SetProfile(acctest.User(1), map[string]any{"LineID": foreign})
			server.Refuse(acctest.User(1), clevertaptest.CodeOther, "Miscellaneous server error. ")
			c := acctest.NewCommand(t)
			c.Write("main.tf", acctest.RequiredProviders+profilesConfig(server.URL, both, ""))
			c.Run("apply", "-auto-approve")
			if plan := c.Run("plan"); !strings.Contains(plan, `+ "user-1" = "`+acctest.LineID(1)+`"`) || strings.Contains(plan, foreign) {
				t.Errorf("the plan does not show the entry as still to do:\n%s", plan)
			}
			server.Refuse(acctest.User(1), 0, "")
			test.then(c, server)
			c.Run("destroy", "-auto-approve", "-refresh=false")
			if err := wantHeld(server, "LineID", test.want)(nil); err != nil {
				t.Error(err)
			}
		})
	}
}

// With a sensitive variable, no message has a LINE ID.
func TestAccLineProfilesSensitive(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 2, clevertaptest.Config{})
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+acctest.CleverTapProvider(server.URL)+`
variable "line_ids" {
  type      = map(string)
  sensitive = true
}

resource "clevertap_line_profiles" "all" {
  line_ids = var.line_ids
}
`)
	values := func(first, second string) {
		c.Write("terraform.tfvars", `line_ids = { user-0 = "`+first+`", user-1 = "`+second+`" }`)
	}
	malformed := strings.ToUpper(acctest.OtherLineID(1))
	values(acctest.LineID(0), malformed)
	output, exitCode := c.Try("plan")
	if exitCode != 1 || !strings.Contains(output, `"user-1" has is no LINE user ID`) || strings.Contains(output, malformed[:10]) {
		t.Errorf("a LINE ID of the wrong form: exit %d\n%s", exitCode, output)
	}
	values(acctest.LineID(7), acctest.LineID(7))
	if output := c.Run("apply", "-auto-approve"); !strings.Contains(output, "user-0, user-1") || strings.Contains(output, acctest.LineID(7)) {
		t.Errorf("a LINE ID on two profiles:\n%s", output)
	}
}
