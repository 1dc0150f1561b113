package acctest

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/terraformcli"
)

// Command runs the real Terraform with the built provider in a directory of its own, as a user does.
type Command struct {
	t *testing.T
	// Dir is where it runs, Env its whole environment.
	Dir string
	Env []string
}

// NewCommand makes a directory and an environment that hold nothing of the tests' own.
func NewCommand(t *testing.T, env ...string) *Command {
	t.Helper()
	CLI(t)
	configFile, err := terraformcli.WriteDevOverrides(t.TempDir(), provider.Address, ProviderDir(t))
	if err != nil {
		t.Fatal(err)
	}
	clean := []string{"TF_CLI_CONFIG_FILE=" + configFile, "TF_IN_AUTOMATION=1", "TF_INPUT=0", "CHECKPOINT_DISABLE=1"}
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "TF_") && !strings.HasPrefix(variable, "CLEVERTAP_") && !strings.HasPrefix(variable, "LINE_") {
			clean = append(clean, variable)
		}
	}
	return &Command{t: t, Dir: t.TempDir(), Env: append(clean, env...)}
}

// Try runs a command and returns what it printed, the two streams together, and its exit code.
func (c *Command) Try(args ...string) (output string, exitCode int) {
	c.t.Helper()
	run := exec.CommandContext(c.t.Context(), CLI(c.t).Path, append([]string{args[0], "-no-color"}, args[1:]...)...)
	run.Dir, run.Env = c.Dir, c.Env
	var both bytes.Buffer
	run.Stdout, run.Stderr = &both, &both
	err := run.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		c.t.Fatal(err)
	}
	return both.String(), run.ProcessState.ExitCode()
}

// Run is Try for a command that must succeed.
func (c *Command) Run(args ...string) string {
	c.t.Helper()
	output, exitCode := c.Try(args...)
	if exitCode != 0 {
		c.t.Fatalf("%v ended with %d:\n%s", args, exitCode, output)
	}
	return output
}

// Write writes a file of the configuration.
func (c *Command) Write(file, content string) {
	c.t.Helper()
	WriteFile(c.t, filepath.Join(c.Dir, file), content)
}
