package doctor

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
)

// The report never replaces the progress file, by whatever name, nor one that is not there yet.
func TestOutputIsNotTheProgress(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	kept, link := filepath.Join(folder, "kept.json"), filepath.Join(folder, "link.md")
	if err := os.WriteFile(kept, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(kept, link); err != nil {
		t.Fatal(err)
	}
	for want, output := range map[string]string{"--output and --progress name the same file": kept, link + " is to be read": link} {
		if got := clitest.Run(t, New(), "", "--progress", kept, "-o", output); got.Code != 1 || !strings.HasPrefix(got.Stderr, "Error: "+want) {
			t.Errorf("got %+v", got)
		}
	}
	missing := filepath.Join(folder, "new")
	if got := clitest.Run(t, New(), "", "--progress", missing, "-o", missing); got.Code != 1 || !strings.Contains(got.Stderr, "the same file") {
		t.Errorf("got %+v", got)
	}
	if text := readFile(t, kept); text != "{}" {
		t.Errorf("%s is kept", text)
	}
}
