package doctor

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || got != string(want) {
		t.Errorf("%s, %v: got\n%s\nwant\n%s", file, err, got, want)
	}
}

// The whole first hour, with a campaign that really reads what is served and really reaches LINE.
func TestFirstHour(t *testing.T) {
	w := newWorld(t, nil)
	w.do["broken-test"] = func() {
		if outcome := w.send("none"); outcome != "ContentAPIFailed 4XX" {
			t.Errorf("the campaign's outcome is %s", outcome)
		}
		w.person["broken-test"] = "fetch-status"
	}
	got := w.run()
	if got.code != 0 || len(w.line.Received(user)) != 1 {
		t.Errorf("exit %d, %d messages; said\n%s", got.code, len(w.line.Received(user)), got.said)
	}
	golden(t, "first_hour.md", got.report)
	wantClean(t, got.report)
}

// wantClean searches a text for what must be nowhere.
func wantClean(t *testing.T, text string) {
	t.Helper()
	for _, canary := range []string{"canary", user, channelID, "1650031077", "7700881", "127.0.0.1", "localhost", "@"} {
		if strings.Contains(strings.ToLower(text), strings.ToLower(canary)) {
			t.Errorf("%q is in\n%s", canary, text)
		}
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
