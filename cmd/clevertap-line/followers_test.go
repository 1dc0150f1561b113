package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

func TestFollowersToStandardOutput(t *testing.T) {
	t.Parallel()
	ids := linetest.UserIDs(2345)
	server := start(t, linetest.Config{Token: token, Pages: linetest.UnevenPages(ids, 1000)})
	got := execute(t, server, "followers")
	want := strings.Join(slices.Sorted(slices.Values(ids)), "\n") + "\n"
	if got.code != 0 || got.stdout != want {
		t.Errorf("exit %d, %d bytes on standard output, want %d", got.code, len(got.stdout), len(want))
	}
	if closing := fmt.Sprintf("2345 follower IDs, sha256 %x\n", sha256.Sum256([]byte(want))); got.stderr != closing {
		t.Errorf("standard error %q, want %q and no progress, as it is no terminal", got.stderr, closing)
	}
	for _, request := range server.Requests() {
		if agent := request.Header.Get("User-Agent"); !regexp.MustCompile(`^clevertap-line/[^() ]+ \([a-z0-9]+; [a-z0-9]+\)$`).MatchString(agent) {
			t.Errorf("user agent %q", agent)
		}
	}
}

func TestFollowersToFile(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(30)})
	file := filepath.Join(t.TempDir(), "followers.txt")
	if err := os.WriteFile(file, []byte("an older and longer list"), 0o644); err != nil {
		t.Fatal(err)
	}
	got := execute(t, server, "followers", "-o", file, "--page-size", "7", "--max-results", "10")
	if got.code != 0 || got.stdout != "" || !strings.HasPrefix(got.stderr, "10 follower IDs (cut at --max-results") {
		t.Errorf("got %+v", got)
	}
	content, err := os.ReadFile(file)
	if err != nil || bytes.Count(content, []byte("\n")) != 10 || len(content) != 10*34 {
		t.Errorf("file of %d bytes, %v", len(content), err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
		t.Errorf("file mode %v, %v", info.Mode(), err)
	}
	wantOnly(t, file)
	if requests := server.Requests(); len(requests) != 2 || requests[0].Query != "limit=7" {
		t.Errorf("requests %+v", requests)
	}
}

func TestNoFollowersReplaceAnOlderFile(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	file := filepath.Join(t.TempDir(), "followers.txt")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := execute(t, server, "followers", "--output="+file)
	if content, err := os.ReadFile(file); got.code != 0 || err != nil || len(content) != 0 {
		t.Errorf("got %+v and a file with %q, %v", got, content, err)
	}
}

func TestFailureLeavesTheOlderFile(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(30)})
	server.AddFaults(standin.Fault{}, linetest.ErrorFault(http.StatusForbidden, linetest.MessageNotAvailable))
	file := filepath.Join(t.TempDir(), "followers.txt")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	got := execute(t, server, "followers", "--output="+file, "--page-size=10")
	if got.code != 1 || strings.Count(got.stderr, "Error: ") != 1 ||
		!strings.Contains(got.stderr, linetest.MessageNotAvailable) || !strings.Contains(got.stderr, "verified and premium") {
		t.Errorf("got %+v", got)
	}
	if content, err := os.ReadFile(file); err != nil || string(content) != "old" {
		t.Errorf("the file holds %q, %v", content, err)
	}
	wantOnly(t, file)
}

func TestRetriesAndTimeout(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	server.AddFaults(standin.Fault{Status: http.StatusBadGateway}, standin.Fault{Delay: time.Hour})
	got := execute(t, server, "followers", "--retries=1", "--timeout=200ms")
	if got.code != 1 || !strings.Contains(got.stderr, "no complete answer within 200ms (2 attempts)") {
		t.Errorf("got %+v", got)
	}
}

func TestUsageErrorsComeBeforeAnyRequest(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	missing := filepath.Join(t.TempDir(), "missing", "followers.txt")
	for want, args := range map[string][]string{
		"unknown flag":                  {"followers", "--token=x"},
		"unknown command":               {"follower"},
		"unexpected argument \"extra\"": {"followers", "extra"},
		"invalid argument":              {"followers", "--page-size=many"},
		"--page-size is 1 to 1000":      {"followers", "--page-size=1001"},
		"--max-results is 0 or more":    {"followers", "--max-results=-1"},
		"--retries is 0 or more":        {"followers", "--retries=-1"},
		"--timeout is more than 0":      {"followers", "--timeout=0s"},
		"name of a file":                {"followers", "--output="},
		notThere(t):                     {"followers", "--output=" + missing},
		"cannot write to a directory":   {"followers", "--output=" + t.TempDir()},
		"must begin with https":         {"followers", "--api-url=http://example.com"},
	} {
		got := execute(t, server, args...)
		if got.code != 2 || got.stdout != "" || !strings.Contains(strings.ToLower(got.stderr), strings.ToLower(want)) ||
			!strings.Contains(got.stderr, "--help") {
			t.Errorf("%v: got %+v, want exit 2 and %q", args, got, want)
		}
	}
	if requests := server.Requests(); len(requests) != 0 {
		t.Errorf("requests %+v", requests)
	}
}

func TestTokenComesFromTheEnvironment(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	command, _, stderr := prepare(t, server, "followers")
	command.Env = append(command.Env, cli.EnvLineToken+"=")
	if err := command.Run(); command.ProcessState.ExitCode() != 2 || !strings.Contains(stderr.String(), cli.EnvLineToken) {
		t.Errorf("%v, standard error %q", err, stderr)
	}
	command, _, stderr = prepare(t, server, "followers")
	command.Env = append(command.Env, cli.EnvLineToken+"=not-the-token")
	if err := command.Run(); command.ProcessState.ExitCode() != 1 ||
		!strings.Contains(stderr.String(), linetest.MessageBadToken) || strings.Contains(stderr.String(), "not-the-token") {
		t.Errorf("%v, standard error %q", err, stderr)
	}
}

func TestAPIURLFlagComesBeforeItsVariable(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	command, _, stderr := prepare(t, server, "followers", "--api-url="+server.URL)
	command.Env = append(command.Env, cli.EnvLineAPIURL+"=https://api.invalid")
	if err := command.Run(); err != nil || len(server.Requests()) != 1 {
		t.Errorf("%v, standard error %q", err, stderr)
	}
}
