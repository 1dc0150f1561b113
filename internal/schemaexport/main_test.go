package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/terraformcli"
)

const (
	// serveVariable makes this test program a provider: the fake one or the real one.
	serveVariable = "SCHEMAEXPORT_TEST_SERVE"
	address       = "registry.terraform.io/example/fake"
)

// The parts of a provider's schema that Terraform describes in newer versions only.
var since1_12 = map[string]bool{
	"resource_identity_schemas": true, "list_resource_schemas": true, "action_schemas": true,
}

func underTest(name string) frameworkprovider.Provider {
	if name == "real" {
		return provider.New("test")()
	}
	return fakeProvider{}
}

func TestMain(m *testing.M) {
	name := os.Getenv(serveVariable)
	if name == "" {
		os.Exit(m.Run())
	}
	err := providerserver.Serve(context.Background(), func() frameworkprovider.Provider { return underTest(name) },
		providerserver.ServeOpts{Address: address})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func TestExportIsWhatTerraformPrints(t *testing.T) {
	t.Parallel()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("runs Terraform; set TF_ACC=1")
	}
	for _, name := range []string{"fake", "real"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			schema, err := export(t.Context(), underTest(name))
			if err != nil {
				t.Fatal(err)
			}
			encoded, err := json.Marshal(schema)
			if err != nil {
				t.Fatal(err)
			}
			var got map[string]any
			decode(t, encoded, &got)

			want := printedByTerraform(t, name)

			for part := range got {
				if _, known := want[part]; !known && !since1_12[part] {
					t.Errorf("%s is exported, and Terraform prints none", part)
				}
			}
			for part, wantPart := range want {
				if !reflect.DeepEqual(got[part], wantPart) {
					t.Errorf("%s is exported as\n%s\nand printed by Terraform as\n%s", part, pretty(t, got[part]), pretty(t, wantPart))
				}
			}
		})
	}
}

func TestExportHasWhatOlderTerraformsLeaveOut(t *testing.T) {
	t.Parallel()
	schema, err := export(t.Context(), fakeProvider{})
	if err != nil {
		t.Fatal(err)
	}
	encoded, err := json.Marshal(schema.ResourceIdentitySchemas)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"fake_thing":{"version":0,"attributes":{` +
		`"account":{"type":"string","description":"Whose.","optional_for_import":true},` +
		`"name":{"type":"string","description":"Which.","required_for_import":true}}}}`
	if string(encoded) != want {
		t.Errorf("the identities are\n%s\nwant\n%s", encoded, want)
	}
}

func TestExportReportsTheProvidersErrors(t *testing.T) {
	t.Parallel()
	_, err := export(t.Context(), fakeProvider{reservedName: true})
	if err == nil || !strings.Contains(err.Error(), "count") {
		t.Errorf("error is %v, want one about the reserved attribute name count", err)
	}
}

// printedByTerraform runs `terraform providers schema -json` with this test program as the provider.
func printedByTerraform(t *testing.T, name string) map[string]any {
	t.Helper()
	cli, err := terraformcli.Find(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binaryDir, work := t.TempDir(), t.TempDir()
	if err := os.Symlink(self, filepath.Join(binaryDir, "terraform-provider-fake")); err != nil {
		t.Fatal(err)
	}
	configFile, err := terraformcli.WriteDevOverrides(work, address, binaryDir)
	if err != nil {
		t.Fatal(err)
	}
	const configuration = `terraform {
  required_providers {
    fake = { source = "example/fake" }
  }
}`
	if err := os.WriteFile(filepath.Join(work, "main.tf"), []byte(configuration), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), cli.Path, "-chdir="+work, "providers", "schema", "-json")
	cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+configFile, serveVariable+"="+name)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", cmd, err, stdout, &stderr)
	}
	var printed struct {
		Schemas map[string]map[string]any `json:"provider_schemas"`
	}
	decode(t, stdout, &printed)
	for _, schema := range printed.Schemas {
		return schema
	}
	t.Fatalf("%s printed no schema: %s", cmd, stdout)
	return nil
}

func decode(t *testing.T, encoded []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(encoded, into); err != nil {
		t.Fatalf("%v in %s", err, encoded)
	}
}

func pretty(t *testing.T, value any) string {
	t.Helper()
	encoded, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}
