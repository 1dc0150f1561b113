package provider_test

import (
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
)

// What is on a profile whose entry CleverTap refused to create is not this resource's to show or to remove.
func TestAccLineProfilesLeavesForeignLineIDs(t *testing.T) {
	t.Parallel()
	foreign := otherLineID(9)
	both := map[string]string{user(0): lineID(0), user(1): lineID(1)}
	one := map[string]string{user(0): lineID(0)}
	for name, test := range map[string]struct {
		then func(c *command, server *clevertaptest.Server)
		want map[string]string // after a destroy without a refresh
	}{
		"destroyed": {func(*command, *clevertaptest.Server) {}, map[string]string{user(1): foreign}},
		"destroyed after a refresh": {
			func(c *command, _ *clevertaptest.Server) { c.run("apply", "-auto-approve", "-refresh-only") },
			map[string]string{user(1): foreign},
		},
		"dropped": {func(c *command, server *clevertaptest.Server) {
			c.write("main.tf", requiredProviders+profilesConfig(server.URL, one, ""))
			c.run("apply", "-auto-approve", "-refresh=false")
		}, map[string]string{user(1): foreign}},
		"dropped after a refresh": {func(c *command, server *clevertaptest.Server) {
			c.write("main.tf", requiredProviders+profilesConfig(server.URL, one, ""))
			c.run("apply", "-auto-approve")
		}, map[string]string{user(1): foreign}},
		"refused again": {func(c *command, server *clevertaptest.Server) {
			server.Refuse(user(1), clevertaptest.CodeOther, "Miscellaneous server error. ")
			c.try("apply", "-auto-approve", "-refresh=false")
			server.Refuse(user(1), 0, "")
		}, map[string]string{user(1): foreign}},
		"written later": {func(c *command, _ *clevertaptest.Server) {
			c.run("apply", "-auto-approve", "-refresh=false")
		}, map[string]string{}},
		"written later, then a refused change": {func(c *command, server *clevertaptest.Server) {
			c.run("apply", "-auto-approve")
			server.Refuse(user(1), clevertaptest.CodeOther, "Miscellaneous server error. ")
			c.write("main.tf", requiredProviders+profilesConfig(server.URL, map[string]string{user(1): otherLineID(1)}, ""))
			c.try("apply", "-auto-approve")
			server.Refuse(user(1), 0, "")
		}, map[string]string{}},
		"written later, then a refused removal": {func(c *command, server *clevertaptest.Server) {
			c.run("apply", "-auto-approve")
			server.Refuse(user(1), clevertaptest.CodeOther, "Miscellaneous server error. ")
			c.write("main.tf", requiredProviders+profilesConfig(server.URL, one, ""))
			c.try("apply", "-auto-approve")
			server.Refuse(user(1), 0, "")
		}, map[string]string{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := cleverTapServer(t, 2, clevertaptest.Config{})
			server.SetProfile(user(1), map[string]any{"LineID": foreign})
			server.Refuse(user(1), clevertaptest.CodeOther, "Miscellaneous server error. ")
			c := newCommand(t)
			c.write("main.tf", requiredProviders+profilesConfig(server.URL, both, ""))
			c.run("apply", "-auto-approve")
			if plan := c.run("plan"); !strings.Contains(plan, `+ "user-1" = "`+lineID(1)+`"`) || strings.Contains(plan, foreign) {
				t.Errorf("the plan does not show the entry as still to do:\n%s", plan)
			}
			server.Refuse(user(1), 0, "")
			test.then(c, server)
			c.run("destroy", "-auto-approve", "-refresh=false")
			if err := wantHeld(server, "LineID", test.want)(nil); err != nil {
				t.Error(err)
			}
		})
	}
}

// With a sensitive variable, no message has a LINE ID.
func TestAccLineProfilesSensitive(t *testing.T) {
	t.Parallel()
	server := cleverTapServer(t, 2, clevertaptest.Config{})
	c := newCommand(t)
	c.write("main.tf", requiredProviders+cleverTapProvider(server.URL)+`
variable "line_ids" {
  type      = map(string)
  sensitive = true
}

resource "clevertap_line_profiles" "all" {
  line_ids = var.line_ids
}
`)
	values := func(first, second string) {
		c.write("terraform.tfvars", `line_ids = { user-0 = "`+first+`", user-1 = "`+second+`" }`)
	}
	malformed := strings.ToUpper(otherLineID(1))
	values(lineID(0), malformed)
	output, exitCode := c.try("plan")
	if exitCode != 1 || !strings.Contains(output, `"user-1" has is no LINE user ID`) || strings.Contains(output, malformed[:10]) {
		t.Errorf("a LINE ID of the wrong form: exit %d\n%s", exitCode, output)
	}
	values(lineID(7), lineID(7))
	if output := c.run("apply", "-auto-approve"); !strings.Contains(output, "user-0, user-1") || strings.Contains(output, lineID(7)) {
		t.Errorf("a LINE ID on two profiles:\n%s", output)
	}
}
