package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const token = "channel+access/token="

// program is the name under which the test binary is the command itself.
const program = "clevertap-line"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){program: main})
}

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
		if !strings.HasPrefix(request.Header.Get("User-Agent"), "clevertap-line/") || strings.ContainsAny(request.Header.Get("User-Agent"), "() ") {
			t.Errorf("user agent %q", request.Header.Get("User-Agent"))
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
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
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

func TestInterruptEndsAtOnce(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(30)})
	server.AddFaults(standin.Fault{}, standin.Fault{Delay: time.Hour})
	file := filepath.Join(t.TempDir(), "followers.txt")
	command, stdout, stderr := prepare(t, server, "followers", "--output="+file, "--page-size=10")
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	for len(server.Requests()) < 2 {
		time.Sleep(5 * time.Millisecond)
	}
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait() // the code tells
	if code := command.ProcessState.ExitCode(); code != 130 || stdout.Len() != 0 || stderr.String() != "Interrupted.\n" {
		t.Errorf("exit %d, standard error %q", code, stderr)
	}
	wantOnly(t, file)
}

// Whoever reads standard output may have stopped reading without closing it.
func TestInterruptWhileNobodyReads(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token, Followers: linetest.UserIDs(5000)})
	command, _, stderr := prepare(t, server, "followers")
	reader, writer, err := os.Pipe() // holds 64 KiB, less than the list
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	defer writer.Close()
	command.Stdout = writer
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := reader.Read(make([]byte, 1)); err != nil { // the command writes
		t.Fatal(err)
	}
	if err := command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait() // the code tells
	if code := command.ProcessState.ExitCode(); code != 130 {
		t.Errorf("exit %d, standard error %q", code, stderr)
	}
}

func TestUsageErrorsComeBeforeAnyRequest(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	missing := filepath.Join(t.TempDir(), "missing", "followers.txt")
	for want, args := range map[string][]string{
		"unknown flag":                {"followers", "--token=x"},
		"unknown command":             {"follower"},
		"unknown command \"extra\"":   {"followers", "extra"},
		"invalid argument":            {"followers", "--page-size=many"},
		"--page-size is 1 to 1000":    {"followers", "--page-size=1001"},
		"--max-results is 0 or more":  {"followers", "--max-results=-1"},
		"--retries is 0 or more":      {"followers", "--retries=-1"},
		"--timeout is more than 0":    {"followers", "--timeout=0s"},
		"name of a file":              {"followers", "--output="},
		"no such file or directory":   {"followers", "--output=" + missing},
		"cannot write to a directory": {"followers", "--output=" + t.TempDir()},
		"must begin with https":       {"followers", "--api-url=http://example.com"},
	} {
		got := execute(t, server, args...)
		if got.code != 2 || got.stdout != "" || !strings.Contains(strings.ToLower(got.stderr), want) ||
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
	command.Env = append(command.Env, envToken+"=")
	if err := command.Run(); command.ProcessState.ExitCode() != 2 || !strings.Contains(stderr.String(), envToken) {
		t.Errorf("%v, standard error %q", err, stderr)
	}
	command, _, stderr = prepare(t, server, "followers")
	command.Env = append(command.Env, envToken+"=not-the-token")
	if err := command.Run(); command.ProcessState.ExitCode() != 1 ||
		!strings.Contains(stderr.String(), linetest.MessageBadToken) || strings.Contains(stderr.String(), "not-the-token") {
		t.Errorf("%v, standard error %q", err, stderr)
	}
}

func TestAPIURLFlagComesBeforeItsVariable(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	command, _, stderr := prepare(t, server, "followers", "--api-url="+server.URL)
	command.Env = append(command.Env, envAPIURL+"=https://api.invalid")
	if err := command.Run(); err != nil || len(server.Requests()) != 1 {
		t.Errorf("%v, standard error %q", err, stderr)
	}
}

func TestVersionAndHelp(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	if got := execute(t, server, "--version"); got.code != 0 ||
		!regexp.MustCompile(`^clevertap-line version \S+\n$`).MatchString(got.stdout) {
		t.Errorf("got %+v", got)
	}
	if got := execute(t, server, "followers", "--help"); got.code != 0 || !strings.Contains(got.stdout, envToken) ||
		strings.Contains(got.stdout, token) {
		t.Errorf("got %+v", got)
	}
}

type result struct {
	code           int
	stdout, stderr string
}

// execute runs the command against a server.
func execute(t *testing.T, server *linetest.Server, args ...string) result {
	t.Helper()
	command, stdout, stderr := prepare(t, server, args...)
	err := command.Run()
	if _, exited := errors.AsType[*exec.ExitError](err); err != nil && !exited {
		t.Fatal(err)
	}
	return result{code: command.ProcessState.ExitCode(), stdout: stdout.String(), stderr: stderr.String()}
}

func prepare(t *testing.T, server *linetest.Server, args ...string) (command *exec.Cmd, stdout, stderr *bytes.Buffer) {
	t.Helper()
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	command = exec.CommandContext(t.Context(), program, args...)
	command.Env = append(os.Environ(), envToken+"="+token, envAPIURL+"="+server.URL,
		"GORACE=atexit_sleep_ms=0") // the race detector otherwise delays every exit by a second
	command.Stdout, command.Stderr = stdout, stderr
	return command, stdout, stderr
}

func start(t *testing.T, config linetest.Config) *linetest.Server {
	t.Helper()
	server := linetest.NewServer(config)
	t.Cleanup(server.Close)
	return server
}

// wantOnly checks that nothing but the file itself, if it is there, was left in its folder.
func wantOnly(t *testing.T, file string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if entry.Name() != filepath.Base(file) {
			t.Errorf("%s was left behind", entry.Name())
		}
	}
}
