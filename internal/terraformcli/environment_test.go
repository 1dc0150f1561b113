package terraformcli

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

func TestEnvironment(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		cli  CLI
		want map[string]string
	}{
		"Terraform": {CLI{Path: "/bin/terraform"}, map[string]string{"TF_ACC_TERRAFORM_PATH": "/bin/terraform"}},
		"OpenTofu": {CLI{Path: "/bin/tofu", IsOpenTofu: true}, map[string]string{
			"TF_ACC_TERRAFORM_PATH":     "/bin/tofu",
			"TF_ACC_PROVIDER_HOST":      "registry.opentofu.org",
			"TF_ACC_PROVIDER_NAMESPACE": "hashicorp",
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Environment(test.cli); !maps.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// The real command reads the file and looks for the provider's program in the folder, whatever the folder is called.
func TestWriteDevOverrides(t *testing.T) {
	needsTerraform(t)
	cli, err := Find(t.Context())
	must(t, err)
	binaryDir := filepath.Join(t.TempDir(), `a "strange" \ name`)
	must(t, os.Mkdir(binaryDir, 0o755))
	started := filepath.Join(t.TempDir(), "started")
	program := filepath.Join(binaryDir, "terraform-provider-fake")
	must(t, os.WriteFile(program, []byte("#!/bin/sh\n: > '"+started+"'\nexit 1\n"), 0o755))

	configFile, err := WriteDevOverrides(t.TempDir(), "registry.terraform.io/example/fake", binaryDir)
	must(t, err)

	work := t.TempDir()
	must(t, os.WriteFile(filepath.Join(work, "main.tf"), []byte(`
terraform {
  required_providers {
    fake = { source = "example/fake" }
  }
}
`), 0o644))
	cmd := exec.CommandContext(t.Context(), cli.Path, "-chdir="+work, "providers", "schema", "-json")
	cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+configFile)
	output, err := cmd.CombinedOutput()
	if err == nil {
		t.Errorf("a program that is no provider was accepted: %s", output)
	}
	if _, err := os.Stat(started); err != nil {
		t.Errorf("the program in the folder was not started: %s", output)
	}
}

func TestWriteDevOverridesRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ dir, address, wantErr string }{
		"an address of another registry": {".", "example.com/a/b", `"example.com/a/b" does not begin with registry.terraform.io/`},
		"a folder that is not there":     {"no-such-folder", "registry.terraform.io/a/b", "no such file"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := WriteDevOverrides(filepath.Join(t.TempDir(), test.dir), test.address, ".")
			wantError(t, err, test.wantErr)
		})
	}
}
