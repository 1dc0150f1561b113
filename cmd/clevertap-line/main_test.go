package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

const token = "channel+access/token="

// program is the name under which the test binary is the command itself.
const program = "clevertap-line"

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){program: main})
}

type result struct {
	code           int
	stdout, stderr string
}

// execute runs the command against a server.
func execute(t *testing.T, server *linetest.Server, args ...string) result {
	t.Helper()
	command, stdout, stderr := prepare(t, server, args...)
	return finish(t, command, stdout, stderr)
}

// finish runs a command to its end, whatever its exit code.
func finish(t *testing.T, command *exec.Cmd, stdout, stderr *bytes.Buffer) result {
	t.Helper()
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
	command.Env = append(os.Environ(), cli.EnvLineToken+"="+token, cli.EnvLineAPIURL+"="+server.URL,
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

// notThere is how this system says that a file is not there.
func notThere(t *testing.T) string {
	t.Helper()
	_, err := os.Stat(filepath.Join(t.TempDir(), "x"))
	missing, ok := errors.AsType[*os.PathError](err)
	if !ok {
		t.Fatal(err)
	}
	return missing.Err.Error()
}

func TestVersionAndHelp(t *testing.T) {
	t.Parallel()
	server := start(t, linetest.Config{Token: token})
	if got := execute(t, server, "--version"); got.code != 0 ||
		!regexp.MustCompile(`^clevertap-line version \S+\n(commit .*\n)?go\S+ on \S+\n$`).MatchString(got.stdout) {
		t.Errorf("got %+v", got)
	}
	if got := execute(t, server, "followers", "--help"); got.code != 0 || !strings.Contains(got.stdout, cli.EnvLineToken) ||
		strings.Contains(got.stdout, token) {
		t.Errorf("got %+v", got)
	}
}
