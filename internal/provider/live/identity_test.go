package live_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

const typeName = "clevertap_line_linked_messages"

// By its identity alone an object is imported as it was created; when it is gone, its identity stays.
func TestIdentity(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := acctest.NewServer(t, storesConfig(folder))
	applied := s.Apply(typeName, `{"name": "welcome", "linked_content": "line_messages", "variant_of": "hello", "track_versions": true, "frozen": true,
		"messages": ["{\"type\":\"text\",\"text\":\"世 {{ Profile.Name }}\"}"]}`)
	if name := s.IdentityName(applied.NewIdentity); name != "welcome" {
		t.Errorf("after the create the identity is %q", name)
	}
	read := s.Import(typeName, "welcome")
	acctest.Golden(t, "states/imported.json", acctest.Indented(t, s.Plain(typeName, read.NewState)))
	if created, after := acctest.Indented(t, s.Plain(typeName, applied.NewState)), acctest.Indented(t, s.Plain(typeName, read.NewState)); created != after {
		t.Errorf("after the create it is\n%s\nand after the import\n%s", created, after)
	}

	if err := os.Remove(acctest.Stored(filepath.Join(folder, "published"), "line-linked-messages", "welcome.json")); err != nil {
		t.Fatal(err)
	}
	gone, err := acctest.NewServer(t, storesConfig(folder)).ReadResource(t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: typeName, CurrentState: applied.NewState, CurrentIdentity: applied.NewIdentity, Private: applied.Private,
	})
	s.Check(err, gone.Diagnostics)
	if state, err := gone.NewState.Unmarshal(s.Schemas.ResourceSchemas[typeName].ValueType()); err != nil || !state.IsNull() {
		t.Errorf("the state of what is gone is %s (%v)", state, err)
	}
	if name := s.IdentityName(gone.NewIdentity); name != "welcome" {
		t.Errorf("the identity of what is gone is %q", name)
	}
}
