package terraformcli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	terraformRegistry = "registry.terraform.io"
	openTofuRegistry  = "registry.opentofu.org"
)

// Environment returns the environment variables with which terraform-plugin-testing runs acceptance tests on cli, by
// name. A configuration without required_providers then means the provider under test with OpenTofu too.
func Environment(cli CLI) map[string]string {
	variables := map[string]string{PathVariable: cli.Path}
	if cli.IsOpenTofu {
		variables["TF_ACC_PROVIDER_HOST"] = openTofuRegistry
		variables["TF_ACC_PROVIDER_NAMESPACE"] = "hashicorp"
	}
	return variables
}

// WriteDevOverrides writes a CLI configuration file into dir and returns its path, for TF_CLI_CONFIG_FILE. With it,
// Terraform and OpenTofu take the provider of that address (host/namespace/type, on Terraform's registry), and those of
// others, from the folder binaryDir, where its program is called terraform-provider-TYPE, need no `init` and ask no
// server. See "Development Overrides for Provider Developers" in Terraform's documentation.
func WriteDevOverrides(dir, address, binaryDir string, others ...string) (configFile string, err error) {
	binaryDir, err = filepath.Abs(binaryDir)
	if err != nil {
		return "", fmt.Errorf("make %s absolute: %w", binaryDir, err)
	}
	content := "disable_checkpoint = true\n\nprovider_installation {\n  dev_overrides {\n"
	for _, address := range append([]string{address}, others...) {
		name, ok := strings.CutPrefix(address, terraformRegistry+"/")
		if !ok {
			return "", fmt.Errorf("the provider address %q does not begin with %s/", address, terraformRegistry)
		}
		content += fmt.Sprintf("    %[1]q = %[3]q\n    %[2]q = %[3]q\n", terraformRegistry+"/"+name, openTofuRegistry+"/"+name, binaryDir)
	}
	content += "  }\n}\n"
	configFile, err = filepath.Abs(filepath.Join(dir, "dev-overrides.tfrc"))
	if err != nil {
		return "", fmt.Errorf("make %s absolute: %w", dir, err)
	}
	if err := os.WriteFile(configFile, []byte(content), 0o644); err != nil {
		return "", fmt.Errorf("write the CLI configuration: %w", err)
	}
	return configFile, nil
}
