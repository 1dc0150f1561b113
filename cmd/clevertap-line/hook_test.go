package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestPreCommitHook runs the entry of .pre-commit-hooks.yaml as pre-commit does: split into words, with the names behind it
// that its pattern is found in, from the repository's root.
func TestPreCommitHook(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../.pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var hooks []struct {
		ID, Entry, Language, Files string
		Verbose                    bool
	}
	if err := yaml.Unmarshal(text, &hooks); err != nil || len(hooks) != 1 {
		t.Fatalf("%v, got %+v", err, hooks)
	}
	hook := hooks[0]
	if !hook.Verbose || hook.Language != "golang" || hook.ID != "clevertap-line-check" {
		t.Errorf("got %+v", hook)
	}
	root, pattern := t.TempDir(), regexp.MustCompile(hook.Files)
	arguments := strings.Fields(hook.Entry)
	for name, content := range map[string]string{
		"messages/a b.line.json":  `{"type":"text","text":""}`,
		"messages/é.flex.json":    `{"type":"bubble"}`,
		"warned.line.json":        `{"type":"text","text":"a","Text":"b"}`,
		"package.json":            `{}`,
		"aline.json":              `{}`,
		"a.line.json.bak":         `{}`,
		"messages/c.line.json.md": `{}`,
	} {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if pattern.MatchString(name) {
			arguments = append(arguments, name)
		}
	}
	command := exec.CommandContext(t.Context(), arguments[0], arguments[1:]...)
	command.Dir = root
	stdout, stderr := &bytes.Buffer{}, &bytes.Buffer{}
	command.Stdout, command.Stderr = stdout, stderr
	got := finish(t, command, stdout, stderr)
	if got.code != 1 || got.stderr != "" || strings.Count(got.stdout, "\n") != 3 {
		t.Errorf("got %+v", got)
	}
	for _, want := range []string{
		"messages/a b.line.json:1:23: error: ", "messages/é.flex.json:1:1: error: ", "warned.line.json:1:27: warning: ",
	} {
		if !strings.Contains(got.stdout, want) {
			t.Errorf("%q is not in %s", want, got.stdout)
		}
	}
}
