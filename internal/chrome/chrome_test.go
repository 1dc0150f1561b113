package chrome_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/chrome"
)

func TestFind(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the programs are shell scripts")
	}
	dir := t.TempDir()
	for _, name := range []string{"chromium", "google-chrome", "another"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	for named, want := range map[string]string{"": "google-chrome", "another": "another", filepath.Join(dir, "chromium"): "chromium"} {
		t.Setenv("CHROME", named)
		if got, err := chrome.Find(); err != nil || got != filepath.Join(dir, want) {
			t.Errorf("with CHROME %q, %q is found, %v", named, got, err)
		}
	}
	t.Setenv("CHROME", "none")
	if got, err := chrome.Find(); err == nil || !strings.HasPrefix(err.Error(), "CHROME names no program: ") {
		t.Errorf("got %q, %v", got, err)
	}
}
