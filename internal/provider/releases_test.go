package provider_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// releases holds, by release, what an apply of every resource left: configuration, state and stores. A folder stays as it is once
// its release is out. UPDATE_GOLDEN=1 writes those of the release in the making, with the configuration that is there.
const (
	releases = "testdata/releases"
	making   = "0.1.0"
)

// What an earlier release left is read without a difference, and can be changed and destroyed.
func TestAccEarlierReleases(t *testing.T) {
	t.Parallel()
	acctest.CLI(t)
	folders, err := os.ReadDir(releases)
	if err != nil || len(folders) == 0 {
		t.Fatalf("there are no releases (%v)", err)
	}
	for _, folder := range folders {
		t.Run(folder.Name(), func(t *testing.T) {
			t.Parallel()
			golden := filepath.Join(releases, folder.Name())
			cleverTap := acctest.CleverTapServer(t, 1, clevertaptest.Config{})
			c := acctest.NewCommand(t, "CLEVERTAP_ACCOUNT_ID="+acctest.CleverTapAccount, "CLEVERTAP_PASSCODE="+acctest.CleverTapPasscode,
				"CLEVERTAP_API_URL="+cleverTap.URL, "CLEVERTAP_DASHBOARD_REMINDERS=false")
			if os.Getenv("UPDATE_GOLDEN") != "" && folder.Name() == making {
				writeRelease(t, c, golden)
			}
			if err := os.CopyFS(c.Dir, os.DirFS(golden)); err != nil && !os.IsExist(err) {
				t.Fatal(err)
			}
			acctest.Rename(t, filepath.Join(c.Dir, "state.json"), filepath.Join(c.Dir, "terraform.tfstate"))
			cleverTap.SetProfile(acctest.User(0), map[string]any{"LineID": acctest.LineID(1)})
			if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
				t.Errorf("its state and stores are read with a difference (%d):\n%s", exitCode, plan)
			}
			if said := c.Run("apply", "-auto-approve", "-var=greeting=Good morning"); !strings.Contains(said, "0 added, 2 changed, 0 destroyed") {
				t.Errorf("a change of texts says:\n%s", said)
			}
			c.Run("destroy", "-auto-approve")
		})
	}
}

// The state of the release in the making holds every resource there is.
func TestReleaseIsWhole(t *testing.T) {
	t.Parallel()
	var state struct {
		Resources []struct{ Type string }
	}
	if err := json.Unmarshal([]byte(acctest.ReadFile(t, filepath.Join(releases, making, "state.json"))), &state); err != nil {
		t.Fatal(err)
	}
	held := map[string]bool{}
	for _, resource := range state.Resources {
		held[resource.Type] = true
	}
	for resource := range acctest.NewServer(t, "{}").Schemas.ResourceSchemas {
		if !held[resource] {
			t.Errorf("%s is not in it", resource)
		}
	}
}

// writeRelease applies the configuration of a release, and keeps what the apply leaves.
func writeRelease(t *testing.T, c *acctest.Command, golden string) {
	t.Helper()
	c.Write("main.tf", acctest.ReadFile(t, filepath.Join(golden, "main.tf")))
	c.Run("apply", "-auto-approve")
	acctest.WriteFile(t, filepath.Join(golden, "state.json"), acctest.ReadFile(t, filepath.Join(c.Dir, "terraform.tfstate")))
	for _, store := range []string{"templates", "messages"} {
		if err := os.RemoveAll(filepath.Join(golden, store)); err != nil {
			t.Fatal(err)
		}
		if err := os.CopyFS(filepath.Join(golden, store), os.DirFS(filepath.Join(c.Dir, store))); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(filepath.Join(c.Dir, store)); err != nil {
			t.Fatal(err)
		}
	}
	for _, file := range []string{"main.tf", "terraform.tfstate"} {
		if err := os.Remove(filepath.Join(c.Dir, file)); err != nil {
			t.Fatal(err)
		}
	}
}
