package templatestore

import (
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/clevertap-line/terraform-provider-clevertap/docs/schemas"
)

// schemaURL is where the schemas are published, and how their $id begins.
const schemaURL = "https://raw.githubusercontent.com/clevertap-line/terraform-provider-clevertap/main/docs/schemas/"

// storeIdentity stands for the file that is no document.
const storeIdentity Kind = ""

func schemaFile(of Kind) string {
	if _, receipts := of.ofObjects(); receipts {
		return "receipt.v1.json"
	}
	switch of {
	case WebhookTemplates:
		return "webhook-template.v1.json"
	case LineCampaignBodies:
		return "line-campaign-body.v1.json"
	case LinkedContents:
		return "linked-content.v1.json"
	case LinkedMessages:
		return "line-linked-messages.v1.json"
	}
	return "template-store.v1.json"
}

func schemaFor(of Kind) *jsonschema.Schema { return compiledSchemas()[of] }

// compiledSchemas are compiled once, when first needed. The files are part of the binary: a panic is a broken build.
var compiledSchemas = sync.OnceValue(func() map[Kind]*jsonschema.Schema {
	compiled := map[Kind]*jsonschema.Schema{}
	for _, of := range append(allKinds(), storeIdentity) {
		file, err := schemas.Files.Open(schemaFile(of))
		if err != nil {
			panic(err)
		}
		parsed, err := jsonschema.UnmarshalJSON(file)
		if err != nil {
			panic(err)
		}
		compiler := jsonschema.NewCompiler()
		if err := compiler.AddResource(schemaURL+schemaFile(of), parsed); err != nil {
			panic(err)
		}
		compiled[of] = compiler.MustCompile(schemaURL + schemaFile(of))
	}
	return compiled
})
