package templatestore

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/clevertap-line/terraform-provider-clevertap/docs/schemas"
)

// TestSchemasHaveEveryField: the published schema and the Go type say the same, field by field.
func TestSchemasHaveEveryField(t *testing.T) {
	t.Parallel()
	compareFields(t, schemaFile(storeIdentity), identity{})
	compareFields(t, schemaFile(WebhookTemplates), document[WebhookTemplate]{})
	compareFields(t, schemaFile(LineCampaignBodies), document[LineCampaignBody]{})
	compareFields(t, schemaFile(LinkedContents), document[LinkedContent]{})
	compareFields(t, schemaFile(LinkedMessages), liveDocument{})
	compareFields(t, schemaFile(LineCampaignBodies.Receipts()), document[Receipt]{})
}

type objectSchema struct {
	ID          string                  `json:"$id"`
	Description string                  `json:"description"`
	Required    []string                `json:"required"`
	Properties  map[string]objectSchema `json:"properties"`
}

func compareFields(t *testing.T, file string, of any) {
	t.Helper()
	text, err := schemas.Files.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var schema objectSchema
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	if schema.ID != schemaURL+file {
		t.Errorf("%s has the $id %q", file, schema.ID)
	}
	// Documents of other programs may do without a schema, and the identity may have one.
	delete(schema.Properties, "$schema")
	compareObject(t, file, schema, reflect.TypeOf(of))
}

func compareObject(t *testing.T, where string, schema objectSchema, of reflect.Type) {
	t.Helper()
	fields := map[string]bool{}
	for _, field := range reflect.VisibleFields(of) {
		name, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if name == "$schema" || field.Anonymous {
			continue
		}
		fields[name] = true
		property, known := schema.Properties[name]
		if !known {
			t.Errorf("%s: %s is not in the schema", where, name)
		}
		if optional := options != ""; optional == slices.Contains(schema.Required, name) {
			t.Errorf("%s: %s is optional in one of schema and Go type", where, name)
		}
		inner := field.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct {
			compareObject(t, where+" "+name, property, inner)
		}
	}
	for name := range schema.Properties {
		if !fields[name] {
			t.Errorf("%s: %s is in the schema alone", where, name)
		}
	}
}

// TestWrittenDocumentsMeetTheirSchema checks the bytes with the schema as any other program would.
func TestWrittenDocumentsMeetTheirSchema(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	store := New(NewLocal(root), "")
	text := func(s string) *string { return &s }
	if _, err := Create(t.Context(), store, "a", WebhookTemplate{
		Headers: map[string]string{}, SecretHeaders: []string{"A"}, SecretHeadersVersion: new(int64(3)),
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(t.Context(), store, "a", LineCampaignBody{
		WebhookTemplate: text("t"), To: Recipient{ProfileProperty: text("p"), Default: text("d"), ID: text("i")},
		Messages: []json.RawMessage{json.RawMessage(`{"type":"text"}`)}, NotificationDisabled: new(true),
		CustomAggregationUnits: []string{"u"}, ContentSHA256: "2",
	}); err != nil {
		t.Fatal(err)
	}
	for _, sum := range []string{"", "0"} { // with the content, and without
		if _, err := Enter(t.Context(), store, LineCampaignBodies, "a", Entering{ContentSHA256: sum, By: "ann"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Enter(t.Context(), store, WebhookTemplates, "a", Entering{By: "ann", ContentSHA256: "1"}); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(t.Context(), store, "a", fullLinkedContent()); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(t.Context(), store, "a", fullLinkedMessages()); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(t.Context(), store, "b", LineLinkedMessages{Parts: []string{"[]"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := Enter(t.Context(), store, LinkedContents, "a", Entering{By: "ann"}); err != nil {
		t.Fatal(err)
	}
	for key, of := range map[string]Kind{
		"default/receipts/linked-content/a.json":       LinkedContents.Receipts(),
		"default/linked-content/a.json":                LinkedContents,
		"default/line-linked-messages/a.json":          LinkedMessages,
		"default/line-linked-messages/b.json":          LinkedMessages,
		"default/receipts/webhook-templates/a.json":    WebhookTemplates.Receipts(),
		"default/receipts/line-campaign-bodies/a.json": LineCampaignBodies.Receipts(),
		IdentityKey:                           storeIdentity,
		"default/webhook-templates/a.json":    WebhookTemplates,
		"default/line-campaign-bodies/a.json": LineCampaignBodies,
	} {
		schema, err := jsonschema.NewCompiler().Compile("../../docs/schemas/" + schemaFile(of))
		if err != nil {
			t.Fatal(err)
		}
		data, _, err := store.backend.Get(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
}
