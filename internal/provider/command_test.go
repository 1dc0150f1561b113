package provider_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/terraformcli"
)

// command runs the real Terraform with the built provider in a directory of its own, as a user does.
type command struct {
	t   *testing.T
	dir string
	env []string
}

func newCommand(t *testing.T, env ...string) *command {
	t.Helper()
	configFile, err := terraformcli.WriteDevOverrides(t.TempDir(), provider.Address, providerBinaryDir)
	if err != nil {
		t.Fatal(err)
	}
	clean := []string{"TF_CLI_CONFIG_FILE=" + configFile, "TF_IN_AUTOMATION=1", "TF_INPUT=0", "CHECKPOINT_DISABLE=1"}
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") && !strings.HasPrefix(variable, "CLEVERTAP_") && !strings.HasPrefix(variable, "LINE_") {
			clean = append(clean, variable)
		}
	}
	return &command{t: t, dir: t.TempDir(), env: append(clean, env...)}
}

// try runs a command and returns what it printed, the two streams together, and its exit code.
func (c *command) try(args ...string) (output string, exitCode int) {
	c.t.Helper()
	run := exec.Command(cli.Path, append([]string{args[0], "-no-color"}, args[1:]...)...)
	run.Dir, run.Env = c.dir, c.env
	var both bytes.Buffer
	run.Stdout, run.Stderr = &both, &both
	err := run.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		c.t.Fatal(err)
	}
	return both.String(), run.ProcessState.ExitCode()
}

func (c *command) run(args ...string) string {
	c.t.Helper()
	output, exitCode := c.try(args...)
	if exitCode != 0 {
		c.t.Fatalf("%v ended with %d:\n%s", args, exitCode, output)
	}
	return output
}

func (c *command) write(file, content string) {
	c.t.Helper()
	writeFile(c.t, filepath.Join(c.dir, file), content)
}

const requiredProviders = `
terraform {
  required_providers {
    clevertap = { source = "clevertap-line/clevertap" }
  }
}
`

// A secret given through an ephemeral variable is found nowhere afterwards.
func TestAccSecretIsNowhere(t *testing.T) {
	t.Parallel()
	const canary = "canary0123456789ABCDEFcanary"
	logFile := filepath.Join(t.TempDir(), "trace.log")
	c := newCommand(t, "TF_VAR_secret="+canary, "TF_LOG=TRACE", "TF_LOG_PATH="+logFile)
	server := linetest.NewServer(linetest.Config{Token: canary, Followers: linetest.UserIDs(3)})
	t.Cleanup(server.Close)
	config := func(version int) string {
		return requiredProviders + fmt.Sprintf(`
variable "secret" {
  type      = string
  ephemeral = true
}
provider "clevertap" {
  template_store = { local = { path = "store" } }
  line           = { channel_access_token = var.secret, api_url = %q }
}
data "clevertap_line_follower_ids" "all" {}
`, server.URL) + template("LINE push", pushURL, fmt.Sprintf(`
  secret_headers_wo         = { Authorization = "Bearer ${var.secret}", X-Extra = var.secret }
  secret_headers_wo_version = %d`, version))
	}
	var outputs []string
	for version := range 2 {
		c.write("main.tf", config(version+1))
		outputs = append(outputs, c.run("plan", "-out=tfplan"), c.run("show", "-json", "tfplan"), c.run("apply", "tfplan"))
	}
	// A refused secret is not told either.
	c.write("main.tf", strings.Replace(config(3), "Bearer $", "Basic $", 1))
	refused, exitCode := c.try("plan")
	if exitCode != 1 || !strings.Contains(refused, "LINE takes no other") {
		t.Errorf("a header of the wrong form is not refused:\n%s", refused)
	}
	c.write("main.tf", config(2))
	outputs = append(outputs, refused, c.run("show", "-json"), c.run("destroy", "-auto-approve"))
	for i, output := range outputs {
		if strings.Contains(output, canary) {
			t.Errorf("the secret is in output %d", i)
		}
	}
	var files int
	search := func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		files++
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(canary)) {
			t.Errorf("the secret is in %s", path)
		}
		return err
	}
	for _, root := range []string{c.dir, filepath.Dir(logFile)} {
		if err := filepath.WalkDir(root, search); err != nil {
			t.Fatal(err)
		}
	}
	if log := readFile(t, logFile); files < 4 || !strings.Contains(log, "/v2/bot/followers/ids") {
		t.Errorf("only %d files were searched, or the log of %d bytes does not show the request", files, len(log))
	}
}

// Every example can be applied, and a plan after that is empty.
func TestAccExamples(t *testing.T) {
	t.Parallel()
	examples := "../../examples"
	var dirs []string
	err := filepath.WalkDir(examples, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() {
			if files, _ := filepath.Glob(filepath.Join(path, "*.tf")); len(files) > 0 {
				dirs = append(dirs, path)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(dirs) < 5 {
		t.Fatalf("only %v hold examples", dirs)
	}
	server := lineServer(t, linetest.Config{Pages: linetest.UnevenPages(linetest.UserIDs(2345), 1000)})
	cleverTap := cleverTapServer(t, 9, clevertaptest.Config{MaxUploads: 1000, MaxReads: 1000}) // for many at a time
	for i := range 4 {
		cleverTap.SetProfile(fmt.Sprint("customer-", i), nil)
	}
	cleverTap.SetProfile("user-9", map[string]any{"LineID": linetest.UserID(9), "Plan": "gold"})
	for _, dir := range dirs {
		name, _ := filepath.Rel(examples, dir)
		t.Run(filepath.ToSlash(name), func(t *testing.T) {
			t.Parallel()
			c := newCommand(t, "LINE_CHANNEL_ACCESS_TOKEN="+lineToken, "LINE_API_URL="+server.URL,
				"TF_VAR_line_channel_access_token="+lineToken, "CLEVERTAP_DASHBOARD_REMINDERS=false",
				"CLEVERTAP_ACCOUNT_ID="+cleverTapAccount, "CLEVERTAP_PASSCODE="+cleverTapPasscode, "CLEVERTAP_API_URL="+cleverTap.URL)
			if err := os.CopyFS(c.dir, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			imports, err := filepath.Glob(filepath.Join(c.dir, "import*.tf"))
			if err != nil {
				t.Fatal(err)
			}
			for _, file := range imports { // they need something to import, below
				rename(t, file, file+".later")
			}
			if main, _ := filepath.Glob(filepath.Join(c.dir, "*.tf")); !strings.Contains(readFile(t, main[0]), "provider \"clevertap\"") {
				c.write("provider.tf", requiredProviders+storeAt("store"))
			}
			c.run("validate")
			c.run("apply", "-auto-approve")
			if plan, exitCode := c.try("plan", "-detailed-exitcode"); exitCode != 0 {
				t.Errorf("a plan after the apply ends with %d:\n%s", exitCode, plan)
			}
			if len(imports) > 0 {
				rename(t, filepath.Join(c.dir, "import-by-string-id.tf.later"), filepath.Join(c.dir, "import-by-string-id.tf"))
				rename(t, filepath.Join(c.dir, "terraform.tfstate"), filepath.Join(c.dir, "before.tfstate"))
				if plan, _ := c.try("plan", "-detailed-exitcode"); !strings.Contains(plan, "Plan: 1 to import") {
					t.Errorf("the import is not planned:\n%s", plan)
				}
				rename(t, filepath.Join(c.dir, "before.tfstate"), filepath.Join(c.dir, "terraform.tfstate"))
			}
			c.run("destroy", "-auto-approve")
		})
	}
}

// An apply ends with one short warning after a create, a change of content and a delete, and with none otherwise.
func TestAccDashboardReminders(t *testing.T) {
	t.Parallel()
	const warning = "CleverTap's dashboard still has to be changed by hand"
	c := newCommand(t)
	config := func(providerSettings, url, more string) {
		c.write("main.tf", requiredProviders+"provider \"clevertap\" {\n  template_store = { local = { path = \"store\" } }\n"+providerSettings+"}\n"+
			template("LINE push", url, more))
	}
	want := func(what string, count int, output string) {
		t.Helper()
		if got := strings.Count(output, warning); got != count {
			t.Errorf("%s: %d reminders, not %d:\n%s", what, got, count, output)
		}
	}
	config("", pushURL, "")
	want("create", 1, c.run("apply", "-auto-approve"))
	want("nothing to do", 0, c.run("apply", "-auto-approve"))
	config("", otherURL, "")
	want("change of content", 1, c.run("apply", "-auto-approve"))
	var state tfjson.State
	if err := json.Unmarshal([]byte(c.run("show", "-json")), &state); err != nil {
		t.Fatal(err)
	}
	sum := state.Values.RootModule.Resources[0].AttributeValues["content_sha256"]
	config("", otherURL, fmt.Sprintf("entered_sha256 = %q", sum))
	want("receipt", 0, c.run("apply", "-auto-approve"))
	want("delete", 1, c.run("destroy", "-auto-approve"))
	config("dashboard_reminders = false\n", pushURL, "")
	want("silenced", 0, c.run("apply", "-auto-approve")+c.run("destroy", "-auto-approve"))
}
