package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// filled is a folder with one document, and the id of its store. The document's name is one that the provider refuses.
func filled(t *testing.T) (folder, id string) {
	t.Helper()
	folder = filepath.Join(t.TempDir(), "clevertap")
	store := templatestore.New(templatestore.NewLocal(folder), "")
	known := storetest.Must(templatestore.Create(t.Context(), store, "a", storetest.FullBody()))(t)
	bodies := filepath.Join(folder, filepath.FromSlash(storetest.Bodies))
	if err := os.Rename(filepath.Join(bodies, "a.json"), filepath.Join(bodies, "a%E2%80%AEb.json")); err != nil {
		t.Fatal(err)
	}
	return folder, known.StoreID
}

func TestListShowAndCopy(t *testing.T) {
	t.Parallel()
	folder, id := filled(t)
	copied := filepath.Join(t.TempDir(), "copy")
	got := clitest.Run(t, New(), "", "copy", folder, "file://"+copied)
	if got.Code != 0 || !strings.HasPrefix(got.Stdout, "1 documents, 0 receipts and the identity of the store are at ") {
		t.Fatalf("copy: %+v", got)
	}
	list := "Store " + id + ", 1 documents\nACCOUNT  KIND                  NAME\ndefault  line-campaign-bodies  \"a\\u202eb\"\n"
	for _, place := range []string{folder, copied, "file://" + copied} {
		if got := clitest.Run(t, New(), "", "list", place); got != (clitest.Result{Stdout: list}) {
			t.Errorf("list %s: %+v", place, got)
		}
		got := clitest.Run(t, New(), "", "show", place, "line-campaign-bodies/a\u202eb")
		if got.Code != 0 || !strings.Contains(got.Stdout, storetest.FullBody().ContentSHA256) {
			t.Errorf("show %s: %+v", place, got)
		}
		if got := clitest.Run(t, New(), "", "show", "--account=other", place, "line-campaign-bodies/a\u202eb"); got.Code != cli.ExitFailure {
			t.Errorf("of another account: %+v", got)
		}
	}
	if got := clitest.Run(t, New(), "", "list", copied+"x"); got.Code != cli.ExitFailure || got.Stdout != "" {
		t.Errorf("no store: %+v", got)
	}
}

// A document that cannot be read is listed by its key.
func TestListOfWhatCannotBeRead(t *testing.T) {
	t.Parallel()
	folder, id := filled(t)
	key := "default/webhook-templates/" + strings.Repeat("a", 180) + "~0123456789abcdef.json" // of a name that is longer
	storetest.Plant(t, templatestore.NewLocal(folder), key, []byte("{"))
	got := clitest.Run(t, New(), "", "list", folder)
	if got.Code != 0 || !strings.HasPrefix(got.Stdout, "Store "+id+", 2 documents\n") ||
		!strings.Contains(got.Stdout, "(cannot be read: "+key+")\n") {
		t.Errorf("got %+v", got)
	}
}

// Where both stores are http servers, each gets its own token; else the one token is for the one server.
func TestTokensOfACopy(t *testing.T) {
	from := storetest.NewServer(storetest.ServerConfig{Token: "one"})
	defer from.Close()
	to := storetest.NewServer(storetest.ServerConfig{Token: "two"})
	defer to.Close()
	folder, _ := filled(t)
	t.Setenv("CLEVERTAP_TEMPLATE_STORE_TOKEN", "one")
	t.Setenv("CLEVERTAP_TEMPLATE_STORE_TOKEN_TO", "two")
	back := filepath.Join(t.TempDir(), "back")
	for _, way := range [][2]string{{folder, from.Address}, {from.Address, to.Address}, {from.Address, back}} {
		if got := clitest.Run(t, New(), "", "copy", way[0], way[1]); got.Code != 0 {
			t.Errorf("%v: %+v", way, got)
		}
	}
	t.Setenv("CLEVERTAP_TEMPLATE_STORE_TOKEN_TO", "")
	if got := clitest.Run(t, New(), "", "copy", from.Address, to.Address); got.Code != cli.ExitFailure || !strings.Contains(got.Stderr, "401") {
		t.Errorf("without the token of the second: %+v", got)
	}
}
