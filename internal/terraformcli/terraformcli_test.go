package terraformcli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// fakeCommand writes an executable that answers `version` with the given text and refuses everything else. It needs a
// POSIX shell, and nothing on PATH.
func fakeCommand(t *testing.T, dir, name, answer string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the fakes are shell scripts")
	}
	path := filepath.Join(dir, name)
	script := "#!/bin/sh\n[ \"$1\" = version ] || exit 64\nprintf '%s\\n' '" + answer + "'\n"
	if err := os.WriteFile(path, []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// onPATH makes the fakes all that PATH has.
func onPATH(t *testing.T, fakes map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, answer := range fakes {
		fakeCommand(t, dir, name, answer)
	}
	t.Setenv("PATH", dir)
	return dir
}

// needsTerraform skips a test of the real command, which may have to be downloaded, unless acceptance tests are asked
// for.
func needsTerraform(t *testing.T) {
	t.Helper()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs Terraform; set TF_ACC=1")
	}
}

func noInstall(context.Context) (CLI, error) { return CLI{}, errors.New("offline") }

func TestFind(t *testing.T) {
	tests := map[string]struct {
		onPATH       map[string]string
		wantCommand  string
		wantVersion  string
		wantOpenTofu bool
		wantPassed   []string
		wantErr      []string
	}{
		"terraform comes first": {
			onPATH:      map[string]string{"terraform": "Terraform v1.11.4\non linux_amd64", "tofu": "OpenTofu v1.12.0"},
			wantCommand: "terraform", wantVersion: "1.11.4",
		},
		"a prerelease of a newer version will do": {
			onPATH:      map[string]string{"terraform": "Terraform v1.16.0-beta2"},
			wantCommand: "terraform", wantVersion: "1.16.0-beta2",
		},
		"1.9 is older than 1.11": {
			onPATH:      map[string]string{"terraform": "Terraform v1.9.8", "tofu": "OpenTofu v1.11.0\non linux_amd64"},
			wantCommand: "tofu", wantVersion: "1.11.0", wantOpenTofu: true,
			wantPassed: []string{"Terraform 1.9.8", "is older than 1.11.0"},
		},
		"tofu alone": {
			onPATH:      map[string]string{"tofu": "OpenTofu v1.12.1"},
			wantCommand: "tofu", wantVersion: "1.12.1", wantOpenTofu: true,
			wantPassed: []string{"no usable terraform on PATH"},
		},
		"a warning printed before the version": {
			onPATH:      map[string]string{"terraform": "Warning: no CLI configuration file\n\nTerraform v1.13.0"},
			wantCommand: "terraform", wantVersion: "1.13.0",
		},
		"nothing": {
			wantErr: []string{"no usable terraform on PATH", "no usable tofu on PATH", "offline", PathVariable},
		},
		"only what is too old or something else": {
			onPATH: map[string]string{"terraform": "Terraform v1.10.5", "tofu": "hello"},
			wantErr: []string{"Terraform 1.10.5", "is older than 1.11.0",
				`neither Terraform nor OpenTofu: it said "hello"`, "offline"},
		},
		"a version that is none": {
			onPATH:  map[string]string{"terraform": "Terraform vNEXT"},
			wantErr: []string{"NEXT", "offline"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Setenv(PathVariable, "")
			dir := onPATH(t, test.onPATH)

			cli, err := find(t.Context(), noInstall)

			if test.wantErr != nil {
				wantError(t, err, test.wantErr...)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if want := filepath.Join(dir, test.wantCommand); cli.Path != want {
				t.Errorf("path is %s, want %s", cli.Path, want)
			}
			if cli.Version.Original() != test.wantVersion || cli.IsOpenTofu != test.wantOpenTofu {
				t.Errorf("found %s, OpenTofu %t; want %s, %t", cli.Version, cli.IsOpenTofu, test.wantVersion, test.wantOpenTofu)
			}
			passed := strings.Join(cli.PassedOver, "; ")
			for _, want := range test.wantPassed {
				if !strings.Contains(passed, want) {
					t.Errorf("passed over %q, want it to say %q", passed, want)
				}
			}
			if test.wantPassed == nil && passed != "" {
				t.Errorf("passed over %q, want nothing", passed)
			}
		})
	}
}

func TestFindTakesTheCommandThatTheVariableNames(t *testing.T) {
	onPATH(t, map[string]string{"terraform": "Terraform v1.11.4"})
	named := fakeCommand(t, t.TempDir(), "my-tofu", "OpenTofu v1.12.0")
	t.Setenv(PathVariable, named)

	cli, err := find(t.Context(), noInstall)
	if err != nil {
		t.Fatal(err)
	}
	if cli.Path != named || !cli.IsOpenTofu {
		t.Errorf("found %s, want OpenTofu at %s", cli, named)
	}
}

func TestFindRefusesAnUnusableCommandThatTheVariableNames(t *testing.T) {
	onPATH(t, map[string]string{"terraform": "Terraform v1.11.4"})
	dir := t.TempDir()
	failing := filepath.Join(dir, "failing")
	if err := os.WriteFile(failing, []byte("#!/bin/sh\necho broken pipe fitting >&2\nexit 3\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		path    string
		wantErr []string
	}{
		"absent":  {filepath.Join(dir, "absent"), []string{"no such file"}},
		"failing": {failing, []string{"exit status 3", "broken pipe fitting"}},
		"too old": {fakeCommand(t, dir, "old", "Terraform v1.4.0"), []string{"Terraform 1.4.0", "is older than 1.11.0"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Setenv(PathVariable, test.path)
			_, err := find(t.Context(), noInstall)
			wantError(t, err, append(test.wantErr, PathVariable)...)
		})
	}
}

func TestFindStopsWithItsContext(t *testing.T) {
	onPATH(t, map[string]string{"terraform": "Terraform v1.11.4"})
	t.Setenv(PathVariable, fakeCommand(t, t.TempDir(), "my-terraform", "Terraform v1.12.0"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()

	_, err := find(ctx, noInstall)

	if !errors.Is(err, context.Canceled) {
		t.Errorf("error is %v, want %v", err, context.Canceled)
	}
}

// The real command of this machine, whichever it is, is found, and runs.
func TestFindOnThisMachine(t *testing.T) {
	needsTerraform(t)
	cli, err := Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(cli.Path); err != nil || !filepath.IsAbs(cli.Path) {
		t.Errorf("path %q is not an absolute path of a file: %v", cli.Path, err)
	}
	for name, value := range Environment(cli) {
		t.Setenv(name, value)
	}
	again, err := Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if again.String() != cli.String() {
		t.Errorf("with its own environment Find returns %s, want %s", again, cli)
	}
}

func wantError(t *testing.T, err error, parts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one that says %q", parts)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q does not say %q", err, part)
		}
	}
}
