package dashboard_test

import (
	"os"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

func TestIdentity(t *testing.T) {
	t.Parallel()
	for typeName, test := range map[string]struct{ name, config, kind, file string }{
		"clevertap_webhook_template": {
			"LINE push", `{"name": "LINE push", "http_method": "POST", "destination_url": "https://api.line.me/v2/bot/message/push"}`,
			"webhook-templates", "LINE%20push.json"},
		"clevertap_linked_content": {
			"line_messages", `{"name": "line_messages", "http_method": "GET", "endpoint_url": "https://line.example.com/{{message}}.json"}`,
			"linked-content", "line_messages.json"},
		"clevertap_line_campaign_body": {
			"LINE push", `{"name": "LINE push", "messages": ["{\"type\":\"text\",\"text\":\"x\"}"]}`,
			"line-campaign-bodies", "LINE%20push.json"},
	} {
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			store := t.TempDir()
			s := acctest.NewServer(t, acctest.StoreConfig(store))
			applied := s.Apply(typeName, test.config)
			if name := s.IdentityName(applied.NewIdentity); name != test.name {
				t.Errorf("after the create the identity is %q", name)
			}

			read := s.Import(typeName, test.name)
			schemaType := s.Schemas.ResourceSchemas[typeName].ValueType()
			before, after := s.Object(schemaType, applied.NewState), s.Object(schemaType, read.NewState)
			for attribute, value := range before {
				if !value.Equal(after[attribute]) {
					t.Errorf("%s is %s after the create and %s after the import", attribute, value, after[attribute])
				}
			}

			// What is gone leaves state, and its identity stays.
			if err := os.Remove(acctest.Stored(store, test.kind, test.file)); err != nil {
				t.Fatal(err)
			}
			gone, err := acctest.NewServer(t, acctest.StoreConfig(store)).ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
				TypeName: typeName, CurrentState: applied.NewState, CurrentIdentity: applied.NewIdentity, Private: applied.Private,
			})
			s.Check(err, gone.Diagnostics)
			if state, err := gone.NewState.Unmarshal(schemaType); err != nil || !state.IsNull() {
				t.Errorf("the state of what is gone is %s (%v)", state, err)
			}
			if name := s.IdentityName(gone.NewIdentity); name != test.name {
				t.Errorf("the identity of what is gone is %q", name)
			}
		})
	}
}
