package main

import (
	"os"
	"runtime/debug"
	"strings"
	"testing"
)

// A log that somebody asked for is written whole.
func TestStartQuickly(t *testing.T) {
	for _, variable := range os.Environ() {
		if name, value, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "TF_LOG") {
			t.Setenv(name, value) // and so it is set again afterwards
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	usual := debug.SetGCPercent(100)
	t.Cleanup(func() { debug.SetGCPercent(usual) })

	t.Setenv("TF_LOG_PATH", "somewhere")
	startQuickly()
	if level, set := os.LookupEnv("TF_LOG_SDK"); set {
		t.Errorf("the framework's log has the level %s", level)
	}
	if err := os.Unsetenv("TF_LOG_PATH"); err != nil {
		t.Fatal(err)
	}
	startQuickly()
	if level := os.Getenv("TF_LOG_SDK"); level != "ERROR" {
		t.Errorf("the framework's log has the level %q", level)
	}
	if err := os.Unsetenv("TF_LOG_SDK"); err != nil {
		t.Fatal(err)
	}
}
