package check

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
)

// TestFind: nothing here is expanded by a shell.
func TestFind(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for _, name := range []string{"b.line.json", "a.flex.json", "a.json", "deep/er/c.line.json", ".git/d.line.json", "odd[1].line.json"} {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	empty := filepath.Join(root, "deep", "empty")
	if err := os.Mkdir(empty, 0o700); err != nil {
		t.Fatal(err)
	}
	for argument, want := range map[string]string{
		"":                   "a.flex.json b.line.json deep/er/c.line.json odd[1].line.json",
		"deep":               "deep/er/c.line.json",
		".git":               ".git/d.line.json",
		"*.json":             "a.flex.json a.json b.line.json odd[1].line.json",
		"*.{line,flex}.json": "a.flex.json b.line.json odd[1].line.json",
		"d**/**/*.json":      "deep/er/c.line.json",
		"**/[bc].line.json":  "b.line.json deep/er/c.line.json",
		"odd[1].line.json":   "odd[1].line.json",
		"missing.line.json":  "missing.line.json",
		"*.yaml":             "error: no file matches this pattern",
		"[":                  "error: syntax error in pattern",
		"deep/empty":         "error: no file in this directory",
	} {
		files, wrong := find([]string{filepath.Join(root, filepath.FromSlash(argument))})
		var got []string
		for _, name := range files {
			inside, err := filepath.Rel(root, name)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, filepath.ToSlash(inside))
		}
		if failure, wants := strings.CutPrefix(want, "error: "); wants {
			if len(got) > 0 || len(wrong) != 1 || !strings.Contains(wrong[0].Error(), failure) {
				t.Errorf("%s: got %q, %v; want %s", argument, got, wrong, failure)
			}
		} else if strings.Join(got, " ") != want || len(wrong) > 0 {
			t.Errorf("%s: got %q, %v; want %s", argument, got, wrong, want)
		}
	}
	line := filepath.Join(root, "b.line.json")
	files, wrong := find([]string{line, "-", root, "-", filepath.Join(root, "*")})
	if len(wrong) > 0 || len(files) != 6 || files[0] != line || files[1] != "-" || slices.Index(files[1:], line) >= 0 {
		t.Errorf("each once and in order: got %q, %v", files, wrong)
	}
}

// TestFindFollowsALink: a directory may be given as a symbolic link, and its files have the names that begin with it.
func TestFindFollowsALink(t *testing.T) {
	t.Parallel()
	there := t.TempDir()
	if err := os.WriteFile(filepath.Join(there, "a.line.json"), []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(there, link); err != nil {
		t.Skipf("no symbolic links here: %v", err)
	}
	files, wrong := find([]string{link})
	if want := filepath.Join(link, "a.line.json"); len(files) != 1 || files[0] != want || wrong != nil {
		t.Errorf("got %q, %v; want %s", files, wrong, want)
	}
}

func TestOnce(t *testing.T) {
	t.Parallel()
	spacer := `{"type":"spacer"}`
	bubble := func(spacers int, more string) string {
		return `{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[` + more +
			strings.Repeat(spacer+",\n", spacers-1) + spacer + `]}}`
	}
	got := checkText(t, bubble(15, ""))
	if got.Code != 0 || strings.Count(got.Stdout, "\n") != 1 || !strings.Contains(got.Stdout, "1:71: warning: body.contents[0]: ") ||
		!strings.HasSuffix(got.Stdout, "; 15 times in this file, in lines 1, 2, 3, 4, 5, … [retired-component]\n") {
		t.Errorf("got %+v", got)
	}
	if got := checkText(t, bubble(3, "")); !strings.Contains(got.Stdout, "; 3 times in this file, in lines 1, 2, 3 [") {
		t.Errorf("got %+v", got)
	}
	if got := checkText(t, bubble(1, "")); strings.Contains(got.Stdout, "times") {
		t.Errorf("got %+v", got)
	}
	const empty = `{"type":"text","text":""},`
	if got := checkText(t, bubble(2, empty+empty)); strings.Count(got.Stdout, "\n") != 3 {
		t.Errorf("each error is said: got %+v", got)
	}
	got = checkText(t, bubble(15, ""), "--format=json")
	if strings.Count(got.Stdout, `"rule"`) != 1 || !strings.Contains(got.Stdout, `"count": 15`) {
		t.Errorf("got %+v", got)
	}
}

func TestSeveritiesAndExitCodes(t *testing.T) {
	t.Parallel()
	const warned, wrong = `{"type":"text","text":"a","Text2":1}`, `{"type":"text","text":"","Text2":1}`
	for _, test := range []struct {
		text  string
		args  []string
		code  int
		lines int
	}{
		{warned, nil, 0, 1},
		{warned, []string{"--fail-on=error"}, 0, 1},
		{warned, []string{"--fail-on=warning"}, 1, 1},
		{warned, []string{"--quiet"}, 0, 0},
		{wrong, nil, 1, 2},
		{wrong, []string{"--quiet"}, 1, 1},
		{wrong, []string{"--fail-on=warning"}, 1, 2},
		{`{"type":"text","text":"a"}`, []string{"--fail-on=warning"}, 0, 0},
		{warned, []string{"--ignore=empty-text,unknown-property", "--fail-on=warning"}, 0, 0},
		{wrong, []string{"--ignore=empty-text", "--ignore=unknown-property"}, 1, 1},
	} {
		got := clitest.Run(t, New(), test.text, test.args...)
		if got.Code != test.code || strings.Count(got.Stdout, "\n") != test.lines || got.Stderr != "" {
			t.Errorf("%s %v: got %+v", test.text, test.args, got)
		}
	}
	const silent = "Error: --fail-on warning, and there are 1, which --quiet leaves out\n"
	if got := checkText(t, warned, "--quiet", "--fail-on=warning"); got != (clitest.Result{Code: 1, Stderr: silent}) {
		t.Errorf("no failure is silent: got %+v", got)
	}
	if got := checkText(t, wrong, "--quiet", "--fail-on=warning"); got.Code != 1 || strings.Count(got.Stdout, "\n") != 1 || got.Stderr != "" {
		t.Errorf("got %+v", got)
	}
}
