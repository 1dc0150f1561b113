package entered

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/declared"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// A receipt that somebody else writes meanwhile is not overwritten, and is named; the other names are done all the same.
func TestAReceiptIsWrittenConditionally(t *testing.T) {
	t.Setenv("CLEVERTAP_ACCOUNT_ID", "")
	t.Setenv("CLEVERTAP_TEMPLATE_STORE_TOKEN", "")
	reference := storetest.NewServer(storetest.ServerConfig{})
	defer reference.Close()
	store := templatestore.New(storetest.Must(stores.Open(t.Context(), reference.Address, ""))(t), "")
	for _, name := range []string{"a", "b", "c"} {
		storetest.Must(templatestore.Create(t.Context(), store, name, storetest.Sealed(name, storetest.FullBody())))(t)
	}
	other := templatestore.Entering{By: "somebody else", At: time.Now()}
	meanwhile := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/receipts/line-campaign-bodies/b.json") && !meanwhile {
			meanwhile = true
			if _, err := templatestore.Enter(t.Context(), store, templatestore.LineCampaignBodies, "b", other); err != nil {
				t.Error(err)
			}
		}
		reference.ServeHTTP(w, r)
	}))
	defer server.Close()
	got := clitest.Run(t, New(), "", "--by=ann", server.URL+"/v1/store", "line-campaign-bodies/a", "line-campaign-bodies/b", "line-campaign-bodies/c")
	if got.Code != cli.ExitFailure || !strings.Contains(got.Stdout, "bodies/a: entered by ann,") || !strings.Contains(got.Stdout, "bodies/c: entered by ann,") ||
		strings.Contains(got.Stdout, "bodies/b") || !strings.HasPrefix(got.Stderr, "Error: line-campaign-bodies/b: ") || strings.Contains(got.Stderr, "bodies/a") {
		t.Errorf("got %+v", got)
	}
	receipt, _, err := templatestore.ReadReceipt(t.Context(), store, templatestore.LineCampaignBodies, "b", "")
	if err != nil || receipt.By != "somebody else" {
		t.Errorf("the receipt is %+v, %v", receipt, err)
	}
}

// A receipt that cannot be read is found before anything is written.
func TestADamagedReceipt(t *testing.T) {
	t.Setenv("CLEVERTAP_ACCOUNT_ID", "")
	folder := filepath.Join(t.TempDir(), "clevertap")
	backend := templatestore.NewLocal(folder)
	for _, name := range []string{"a", "b"} {
		storetest.Must(templatestore.Create(t.Context(), templatestore.New(backend, ""), name, storetest.Sealed(name, storetest.Template("https://example.com"))))(t)
	}
	storetest.Plant(t, backend, "default/receipts/webhook-templates/b.json", []byte("{"))
	got := clitest.Run(t, New(), "", "--by=ann", folder, "webhook-templates/a", "webhook-templates/b")
	if got.Code != cli.ExitFailure || got.Stdout != "" || !strings.HasPrefix(got.Stderr, "Error: nothing was written:\nwebhook-templates/b: ") {
		t.Errorf("got %+v", got)
	}
	if _, _, err := backend.Get(t.Context(), "default/receipts/webhook-templates/a.json"); err == nil {
		t.Error("a receipt was written")
	}
	// It can be taken away, and written anew.
	for _, args := range [][]string{{"--removed", folder, "webhook-templates/b"}, {"--by=ann", folder, "webhook-templates/a", "webhook-templates/b"}} {
		if got := clitest.Run(t, New(), "", args...); got.Code != 0 {
			t.Errorf("%q: %+v", args, got)
		}
	}
}

// What somebody edited in a document is not what was declared: it is neither noted as it is nor under the hash that it has.
func TestAnEditedDocument(t *testing.T) {
	t.Setenv("CLEVERTAP_ACCOUNT_ID", "")
	folder := filepath.Join(t.TempDir(), "clevertap")
	store := templatestore.New(templatestore.NewLocal(folder), "")
	body := storetest.Sealed("a", storetest.FullBody())
	template := storetest.Sealed("b", storetest.Template("https://example.com"))
	api := storetest.Sealed("c", storetest.FullLinkedContent())
	storetest.Must(templatestore.Create(t.Context(), store, "ok", body))(t) // of another name it is the same
	body.NotificationDisabled, template.HTTPMethod, api.HTTPMethod = new(true), "GET", "POST"
	storetest.Must(templatestore.Create(t.Context(), store, "a", body))(t)
	storetest.Must(templatestore.Create(t.Context(), store, "b", template))(t)
	storetest.Must(templatestore.Create(t.Context(), store, "c", api))(t)
	for name, sha256 := range map[string]string{
		"line-campaign-bodies/a": body.ContentSHA256, "webhook-templates/b": template.ContentSHA256, "linked-content/c": api.ContentSHA256,
	} {
		for _, args := range [][]string{{"--by=ann", folder, name}, {"--by=ann", "--sha256=" + sha256, folder, name}, {"--by=ann", folder, "line-campaign-bodies/ok", name}} {
			got := clitest.Run(t, New(), "", args...)
			if got.Code != cli.ExitFailure || got.Stdout != "" || got.Stderr != "Error: nothing was written:\n"+name+": "+declared.ErrEdited.Error()+"\n" {
				t.Errorf("%q: %+v", args, got)
			}
		}
	}
	if got := clitest.Run(t, New(), "", "--by=ann", folder, "line-campaign-bodies/ok"); got.Code != 0 {
		t.Errorf("got %+v", got)
	}
}

// The time is the one at which the receipt is written.
func TestTimeOfAReceipt(t *testing.T) {
	t.Setenv("CLEVERTAP_ACCOUNT_ID", "")
	folder := filepath.Join(t.TempDir(), "clevertap")
	store := templatestore.New(templatestore.NewLocal(folder), "")
	storetest.Must(templatestore.Create(t.Context(), store, "a", storetest.Sealed("a", storetest.FullBody())))(t)
	before := time.Now().Truncate(time.Second)
	if got := clitest.Run(t, New(), "", "--by=ann", folder, "line-campaign-bodies/a"); got.Code != 0 {
		t.Fatalf("got %+v", got)
	}
	receipt, _, err := templatestore.ReadReceipt(t.Context(), store, templatestore.LineCampaignBodies, "a", "")
	if err != nil {
		t.Fatal(err)
	}
	if at, err := time.Parse(time.RFC3339, receipt.At); err != nil || at.Before(before) || at.After(time.Now()) {
		t.Errorf("at %s, %v", receipt.At, err)
	}
}
