// Package acctest is the harness of the provider's tests: the provider in process and as a program under the real Terraform,
// the plugin protocol, stand-ins that are set up as the tests have them, configurations that several rooms use, golden files.
// Only tests import it.
package acctest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/terraformcli"
)

// Main runs the tests of a package and gives the exit code. Where TF_ACC asks for acceptance tests it finds Terraform first;
// unit tests need none.
func Main(m *testing.M) int {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return code
}

func run(m *testing.M) (code int, err error) {
	if os.Getenv("TF_ACC") != "" {
		found, err := cli()
		if err != nil {
			return 1, err
		}
		for name, value := range terraformcli.Environment(found) {
			if err := os.Setenv(name, value); err != nil {
				return 1, err
			}
		}
	}
	defer func() {
		if built {
			dir, _ := binaryDir()
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	return m.Run(), nil
}

var cli = sync.OnceValues(func() (terraformcli.CLI, error) { return terraformcli.Find(context.Background()) })

// CLI is the Terraform or OpenTofu that the tests run. A test that needs one is an acceptance test, and skipped without TF_ACC.
func CLI(tb testing.TB) terraformcli.CLI {
	tb.Helper()
	if os.Getenv("TF_ACC") == "" {
		tb.Skip("acceptance tests are skipped unless TF_ACC is set")
	}
	found, err := cli()
	if err != nil {
		tb.Fatal(err)
	}
	return found
}

// Has says whether the CLI has what came with a version of Terraform and of OpenTofu, "" being none.
func Has(tb testing.TB, terraform, openTofu string) bool {
	tb.Helper()
	found, since := CLI(tb), terraform
	if found.IsOpenTofu {
		since = openTofu
	}
	return since != "" && found.Version.Core().GreaterThanOrEqual(version.Must(version.NewVersion(since)))
}

// Needs skips a test, aloud, of what the CLI does not have.
func Needs(tb testing.TB, what, terraform, openTofu string) {
	tb.Helper()
	if !Has(tb, terraform, openTofu) {
		tb.Skipf("%s has no %s", CLI(tb), what)
	}
}

var (
	built     bool // whether there is a folder to remove
	binaryDir = sync.OnceValues(func() (string, error) {
		dir, err := os.MkdirTemp("", "clevertap-provider-")
		built = err == nil
		if err != nil {
			return "", err
		}
		return dir, buildInto(dir, "github.com/clevertap-line/terraform-provider-clevertap")
	})
)

// ProviderDir is a folder with the built provider.
func ProviderDir(tb testing.TB) string {
	tb.Helper()
	dir, err := binaryDir()
	if err != nil {
		tb.Fatal(err)
	}
	return dir
}

// BuildProvider builds a program of this module into a folder, under the provider's name.
func BuildProvider(tb testing.TB, dir, program string) {
	tb.Helper()
	if err := buildInto(dir, program); err != nil {
		tb.Fatal(err)
	}
}

func buildInto(dir, program string) error {
	binary := filepath.Join(dir, "terraform-provider-clevertap")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	if output, err := exec.CommandContext(context.Background(), "go", "build", "-o", binary, program).CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", program, err, output)
	}
	return nil
}

// Factories serve the provider in process.
func Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"clevertap": providerserver.NewProtocol6WithError(provider.New("test")()),
	}
}

// ReadFile is a file's text.
func ReadFile(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// WriteFile writes a file.
func WriteFile(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Rename moves a file or folder.
func Rename(t *testing.T, from, to string) {
	t.Helper()
	if err := os.Rename(from, to); err != nil {
		t.Fatal(err)
	}
}
