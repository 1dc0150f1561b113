package followers

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

func TestFollowers(t *testing.T) {
	ids := linetest.UserIDs(25)
	server := linetest.NewServer(linetest.Config{Token: "T", Followers: ids})
	defer server.Close()
	t.Setenv("LINE_CHANNEL_ACCESS_TOKEN", "T")
	t.Setenv("LINE_API_URL", server.URL)
	want := strings.Join(slices.Sorted(slices.Values(ids)), "\n") + "\n"

	got := clitest.Run(t, New(), "", "--page-size=10")
	if got.Code != 0 || got.Stdout != want || !strings.HasPrefix(got.Stderr, "25 follower IDs, sha256 ") {
		t.Errorf("got %+v", got)
	}
	file := filepath.Join(t.TempDir(), "followers.txt")
	got = clitest.Run(t, New(), "", "--output", file)
	if text, err := os.ReadFile(file); err != nil || got.Code != 0 || got.Stdout != "" || string(text) != want {
		t.Errorf("got %+v, %d bytes, %v", got, len(text), err)
	}
	// All there are is no cut.
	for limit, said := range map[string]string{
		"--max-results=24": "24 follower IDs (cut at --max-results: LINE may have more), sha256 ",
		"--max-results=26": "25 follower IDs, sha256 ",
	} {
		if got := clitest.Run(t, New(), "", limit); got.Code != 0 || !strings.HasPrefix(got.Stderr, said) {
			t.Errorf("%s: %+v", limit, got)
		}
	}
}

func TestFollowersUsage(t *testing.T) {
	server := linetest.NewServer(linetest.Config{Token: "T"})
	defer server.Close()
	t.Setenv("LINE_CHANNEL_ACCESS_TOKEN", "T")
	t.Setenv("LINE_API_URL", server.URL)
	for flag, want := range map[string]string{
		"--page-size=0":    "--page-size is 1 to 1000",
		"--page-size=-1":   "--page-size is 1 to 1000",
		"--page-size=1001": "--page-size is 1 to 1000",
		"--page-size=1000": "", "--page-size=1": "", "--max-results=0": "", "--retries=0": "", "--timeout=1h": "",
		"--max-results=-1": "--max-results is 0 or more",
		"--retries=-1":     "--retries is 0 or more",
		"--timeout=0s":     "--timeout is more than 0",
		"--output=":        "--output is the name of a file, or -",
	} {
		got := clitest.Run(t, New(), "", flag)
		if want == "" && got.Code != 0 || want != "" && (got.Code != cli.ExitUsage || !strings.HasPrefix(got.Stderr, "Error: "+want+"\n")) {
			t.Errorf("%s: %+v, want %q", flag, got, want)
		}
	}
	t.Setenv("LINE_CHANNEL_ACCESS_TOKEN", "")
	if got := clitest.Run(t, New(), ""); got.Code != cli.ExitUsage || !strings.Contains(got.Stderr, "LINE_CHANNEL_ACCESS_TOKEN") {
		t.Errorf("without a token: %+v", got)
	}
}

// A token is issued for the channel where none is given.
func TestFollowersOfAChannel(t *testing.T) {
	server := linetest.NewServer(linetest.Config{ChannelSecret: "CANARY", Followers: linetest.UserIDs(25)})
	defer server.Close()
	t.Setenv("LINE_API_URL", server.URL)
	for _, test := range []struct {
		token, id, secret string
		code, requests    int
		want              string
	}{
		{"", linetest.ChannelID, "CANARY", 0, 4, "25 follower IDs"},
		{"", linetest.ChannelID, "CANARY-other", cli.ExitFailure, 1, "Invalid 'client_credentials'."},
		{"", linetest.ChannelID, "", cli.ExitUsage, 0, "the LINE channel secret is empty"},
		{"T", linetest.ChannelID, "CANARY", cli.ExitUsage, 0, "both a LINE channel access token and a channel's ID and secret are given"},
		{"", "", "CANARY", cli.ExitUsage, 0, "LINE_CHANNEL_ID and LINE_CHANNEL_SECRET"},
	} {
		t.Setenv("LINE_CHANNEL_ACCESS_TOKEN", test.token)
		t.Setenv("LINE_CHANNEL_ID", test.id)
		t.Setenv("LINE_CHANNEL_SECRET", test.secret)
		server.Forget()
		got := clitest.Run(t, New(), "", "--page-size=10")
		if got.Code != test.code || !strings.Contains(got.Stderr, test.want) || strings.Contains(got.Stderr, "CANARY") {
			t.Errorf("%+v: %+v", test, got)
		}
		if sent := len(server.Requests()); sent != test.requests {
			t.Errorf("%+v: %d requests", test, sent)
		}
	}
}

func TestFileIsReplacedWhole(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "followers.txt")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := checkWritable(file); err != nil {
		t.Error(err)
	}
	if err := checkWritable(folder); err == nil || !strings.HasPrefix(err.Error(), "--output "+folder+": ") {
		t.Errorf("a folder: %v", err)
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "old" {
		t.Errorf("the file holds %q, %v", text, err)
	}
	if err := writeFile(file, strings.NewReader("new")); err != nil {
		t.Error(err)
	}
	if err := writeFile(file, strings.NewReader("")); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(file); err != nil || len(text) != 0 {
		t.Errorf("the file holds %q, %v", text, err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("left %v, %v", entries, err)
	}
}
