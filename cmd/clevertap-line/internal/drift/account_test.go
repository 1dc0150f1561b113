package drift

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// What no account is called is a mistake, whoever says it, and the store's accounts are told.
func TestAnAccountThatCannotBe(t *testing.T) {
	w := newWorld(t)
	storetest.Must(ts.Create(t.Context(), ts.New(ts.NewLocal(w.templates), "B"), "x", template("https://example.com")))(t)
	t.Setenv(cli.EnvCleverTapAccountID, "")
	for _, account := range []string{"../..", "", "a/b", `a\b`, ".", "A\n", "A\u200b"} {
		got := clitest.Run(t, New(), "", "--account", account, w.templates)
		if got.Code != 1 || got.Stdout != "" || !strings.HasPrefix(got.Stderr, "Error: --account ") ||
			!strings.HasSuffix(got.Stderr, "The store at "+w.templates+" has objects of A, B\n") {
			t.Errorf("%q: %+v", account, got)
		}
	}
	t.Setenv(cli.EnvCleverTapAccountID, "a/b")
	if got := clitest.Run(t, New(), "", t.TempDir()); got.Code != 1 || got.Stderr != "Error: CLEVERTAP_ACCOUNT_ID \"a/b\" is no account: an ID does not begin with a dot, and has no slash\n" {
		t.Errorf("got %+v", got)
	}
}

// An account that no store has anything of may be called otherwise, which is told.
func TestNothingOfAnAccount(t *testing.T) {
	w := newWorld(t)
	w.start()
	t.Setenv("LINE_CHANNEL_ACCESS_TOKEN", "")
	code, found := w.look("--account=a", "--plan", planFile(t, ""))
	if code != 0 || !slices.Equal(named(found.Information), []string{"nothing-of-account"}) || found.Information[0].What != "What was read has objects of A." {
		t.Errorf("exit %d, %+v", code, found)
	}
	w.template = ts.New(ts.NewLocal(w.templates), "R")
	w.enter(create(w, "gone", template("https://example.com")))
	if err := os.Remove(filepath.Join(w.templates, "R", "webhook-templates", "gone.json")); err != nil {
		t.Fatal(err)
	}
	if _, found := w.look("--account=R", "--plan", planFile(t, "")); slices.Contains(named(found.Information), "nothing-of-account") {
		t.Errorf("a receipt alone: %+v", found.Information)
	}
	w.publish = ts.New(ts.NewLocal(w.live), "P")
	create(w, "alone", messages("alone", "x"))
	if _, found := w.look("--account=P", "--plan", planFile(t, "")); slices.Contains(named(found.Information), "nothing-of-account") {
		t.Errorf("messages alone: %+v", found.Information)
	}
}

// A vendor without all that it takes to ask it is not looked at, which is no failure.
func TestVendorsThatAreNotConfigured(t *testing.T) {
	for name, said := range map[string]string{
		cli.EnvCleverTapAPIURL:    "CLEVERTAP_REGION is not set.",
		cli.EnvCleverTapPasscode:  "CLEVERTAP_PASSCODE is not set.",
		cli.EnvCleverTapAccountID: "CLEVERTAP_ACCOUNT_ID is not set.",
		cli.EnvLineToken:          "Neither LINE_CHANNEL_ACCESS_TOKEN nor LINE_CHANNEL_ID is set.",
	} {
		w := newWorld(t)
		w.start()
		t.Setenv(name, "")
		part := "CleverTap"
		if name == cli.EnvLineToken {
			part = "LINE"
		}
		code, found := w.look("--account=A")
		if p := stateOf(t, found, part); code != 0 || p.State != notLooked || !slices.Equal(p.Why, []string{said}) {
			t.Errorf("%s: exit %d, %+v", name, code, p)
		}
	}
}
