package provider_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/terraformcli"
)

// providerBinaryDir and cli serve the tests that run the built provider as users do.
var (
	providerBinaryDir string
	cli               terraformcli.CLI
)

func TestMain(m *testing.M) {
	code, err := runTests(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func runTests(m *testing.M) (code int, err error) {
	if cli, err = terraformcli.Find(context.Background()); err != nil {
		return 1, err
	}
	for name, value := range terraformcli.Environment(cli) {
		if err := os.Setenv(name, value); err != nil {
			return 1, err
		}
	}
	if providerBinaryDir, err = os.MkdirTemp("", "clevertap-provider-"); err != nil {
		return 1, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(providerBinaryDir)) }()
	binary := filepath.Join(providerBinaryDir, "terraform-provider-clevertap")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	if output, err := exec.Command("go", "build", "-o", binary, "../..").CombinedOutput(); err != nil {
		return 1, fmt.Errorf("building the provider: %w\n%s", err, output)
	}
	return m.Run(), nil
}

func factories() map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"clevertap": providerserver.NewProtocol6WithError(provider.New("test")()),
	}
}

// storeAt is the provider's configuration with a local store.
func storeAt(folder string) string {
	return fmt.Sprintf("provider \"clevertap\" {\n  template_store = { local = { path = %q } }\n}\n", folder)
}

func stored(folder, kind, file string) string {
	return filepath.Join(folder, "default", kind, file)
}

func readFile(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func writeFile(t *testing.T, file, content string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
