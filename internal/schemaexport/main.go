// Command schemaexport prints the provider's schema as `terraform providers schema -json` would. The documentation
// generator reads it, so that what it writes does not depend on which version of Terraform is installed: an older one
// leaves out what it does not know.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"os"

	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider"
)

// schemaKey is under which name the documentation generator looks for the schema.
const schemaKey = "clevertap"

func main() {
	schema, err := export(context.Background(), provider.New("dev")())
	if err != nil {
		log.Fatal(err)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", "  ")
	err = encoder.Encode(tfjson.ProviderSchemas{
		FormatVersion: "1.0",
		Schemas:       map[string]*tfjson.ProviderSchema{schemaKey: schema},
	})
	if err != nil {
		log.Fatal(err)
	}
}

// export asks p for its schemas over its protocol, in process. What p reports as an error is an error.
func export(ctx context.Context, p frameworkprovider.Provider) (*tfjson.ProviderSchema, error) {
	server := providerserver.NewProtocol6(p)()
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, fmt.Errorf("get the provider's schema: %w", err)
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, fmt.Errorf("get the provider's identity schemas: %w", err)
	}
	if err := reported(append(schemas.Diagnostics, identities.Diagnostics...)); err != nil {
		return nil, err
	}
	var c converter
	schema := c.provider(schemas, identities)
	return schema, c.err
}

func reported(diagnostics []*tfprotov6.Diagnostic) error {
	var errs []error
	for _, d := range diagnostics {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			errs = append(errs, fmt.Errorf("%s: %s", d.Summary, d.Detail))
		}
	}
	return errors.Join(errs...)
}
