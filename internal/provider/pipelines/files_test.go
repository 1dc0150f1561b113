package pipelines_test

import (
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// Every action is pinned by its commit, with the version beside it, the same everywhere.
func TestActionsArePinned(t *testing.T) {
	t.Parallel()
	pinned := regexp.MustCompile(`^([a-z0-9-]+/[a-z0-9-]+)@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	used := map[string]string{}
	walk(t, "github", func(path, text string) {
		for line := range strings.Lines(text) {
			line = strings.TrimSuffix(line, "\n")
			if !strings.Contains(line, "uses:") || strings.Contains(line, "uses: ./.github/") {
				continue
			}
			_, uses, _ := strings.Cut(line, "uses: ")
			found := pinned.FindStringSubmatch(uses)
			if found == nil {
				t.Errorf("%s: %q is not pinned", path, line)
				continue
			}
			if before, again := used[found[1]]; again && before != uses {
				t.Errorf("%s: %q is elsewhere %q", path, uses, before)
			}
			used[found[1]] = uses
		}
	})
	if len(used) != 6 {
		t.Errorf("%d actions are used: %v", len(used), used)
	}
}

// No workflow runs what strangers wrote beside secrets, and nothing from outside becomes part of a script.
func TestNothingIsFilledIntoScripts(t *testing.T) {
	t.Parallel()
	walk(t, "", func(path, text string) {
		if strings.Contains(text, "pull_request_target:") || strings.Contains(text, "workflow_run") {
			t.Errorf("%s runs with secrets what a pull request holds", path)
		}
		for line := range strings.Lines(text) {
			if strings.Contains(line, "run:") && strings.Contains(line, "${{") || strings.HasSuffix(strings.TrimSpace(line), "run: |") {
				t.Errorf("%s: a script is written into the workflow: %q", path, line)
			}
			if strings.Contains(line, "jq ") || strings.Contains(line, "gh api") || strings.Contains(line, "glab ") {
				t.Errorf("%s: %q needs another program", path, line)
			}
		}
	})
	for name, job := range gitLabJobs(t) {
		for _, line := range job.Script {
			if strings.Contains(line, "$OBJECT") || strings.Contains(line, "$[[") {
				t.Errorf("%s: %q", name, line)
			}
		}
	}
}

// What each job of GitHub may do is what it needs; it ends by itself; an apply is never broken off, nor beside another one.
func TestWorkflowsHaveLeastRights(t *testing.T) {
	t.Parallel()
	want := map[string]map[string]string{
		"line-pull-request.yml check":            {"contents": "read"},
		"line-pull-request.yml plan":             {"contents": "read", "id-token": "write", "pull-requests": "write"},
		"line-apply.yml test":                    {"contents": "read", "id-token": "write"},
		"line-apply.yml production":              {"contents": "read", "id-token": "write"},
		"line-apply-environment.yml apply":       {"contents": "read", "id-token": "write"},
		"line-entered.yml entered":               {"contents": "read", "id-token": "write"},
		"line-drift.yml drift":                   {"contents": "read", "id-token": "write", "issues": "write"},
		"line-apply-environment.yml concurrency": {"line-apply-${{ inputs.environment }}": "false"},
	}
	got := map[string]map[string]string{}
	files, err := os.ReadDir(filepath.Join(pipelines, "github", "workflows"))
	must(t, err)
	for _, file := range files {
		read := readWorkflow(t, file.Name())
		if read.Permissions == nil || len(read.Permissions) != 0 {
			t.Errorf("%s: rights are %v before each job names its own", file.Name(), read.Permissions)
		}
		for name, job := range read.Jobs {
			got[file.Name()+" "+name] = job.Permissions
			if job.Concurrency.Group != "" {
				got[file.Name()+" concurrency"] = map[string]string{job.Concurrency.Group: strconv.FormatBool(job.Concurrency.Cancel)}
			}
			if job.Uses == "" && (job.Minutes < 1 || job.Minutes > 30) {
				t.Errorf("%s: %s has %d minutes", file.Name(), name, job.Minutes)
			}
			for _, step := range job.Steps {
				days, _ := strconv.Atoi(step.With["retention-days"])
				isArtifact := strings.HasPrefix(step.Uses, "actions/upload-artifact@")
				if isArtifact && (days < 1 || days > 14 || !pages(step.With["path"])) {
					t.Errorf("%s: %s keeps %s for %d days", file.Name(), name, step.With["path"], days)
				}
				if !strings.HasPrefix(step.Uses, "actions/checkout@") {
					continue
				}
				if step.With["persist-credentials"] != "false" {
					t.Errorf("%s: %s leaves the token in the checkout", file.Name(), name)
				}
				// What is approved is a commit; the branch may have another one by then.
				if ref := step.With["ref"]; ref != "" && ref != "${{ github.sha }}" {
					t.Errorf("%s: %s checks out %s", file.Name(), name, ref)
				}
			}
		}
	}
	if !maps.EqualFunc(got, want, maps.Equal) {
		t.Errorf("the jobs have %v", got)
	}
}

// pages says that a path of artifacts is of pages alone, or of what was found off, which has no texts of messages.
func pages(path string) bool {
	return path == "artifacts/report.html" || path == "artifacts/*.html" || path == "artifacts/drift.txt"
}

// The jobs of GitLab keep pages alone, for a while, for developers; applies are one at a time.
func TestGitLabKeepsLittle(t *testing.T) {
	t.Parallel()
	kept, groups := map[string]string{}, map[string]string{}
	for name, job := range gitLabJobs(t) {
		for _, path := range job.Artifacts.Paths {
			kept[name] = job.Artifacts.Access + ", " + job.Artifacts.ExpireIn
			if !pages(path) {
				t.Errorf("%s keeps %s", name, path)
			}
		}
		if job.ResourceGroup != "" {
			groups[name] = job.ResourceGroup
		}
	}
	if want := map[string]string{
		"plan": "developer, 7 days", "apply-test": "developer, 14 days", "apply-production": "developer, 14 days", "drift": "developer, 7 days",
	}; !maps.Equal(kept, want) {
		t.Errorf("artifacts are %v", kept)
	}
	if want := map[string]string{
		"apply-test": "line-apply-test", "apply-production": "line-apply-production", "entered": "line-entered", "drift": "line-drift",
	}; !maps.Equal(groups, want) {
		t.Errorf("the resource groups are %v", groups)
	}
}

// The scripts are POSIX shell, as far as dash can say it, and those that jobs run can be run.
func TestScripts(t *testing.T) {
	t.Parallel()
	readme := acctest.ReadFile(t, filepath.Join(pipelines, "README.md"))
	needed := regexp.MustCompile(`(?m)(?:^|&& )need (.*)$`)
	var scripts int
	walk(t, "scripts", func(path, text string) {
		scripts++
		if output, err := exec.Command("dash", "-n", path).CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %s", path, err, output)
		}
		info, err := os.Stat(path)
		must(t, err)
		if runs := strings.HasPrefix(text, "#!/bin/sh\n"); runs != (info.Mode()&0o111 != 0) {
			t.Errorf("%s can be run: %v", path, !runs)
		}
		for _, found := range needed.FindAllStringSubmatch(text, -1) {
			for name := range strings.FieldsSeq(found[1]) {
				given := strings.HasPrefix(name, "CI_") || strings.HasPrefix(name, "GITHUB_") // by the forge
				if !given && !strings.Contains(readme, "`"+name+"`") {
					t.Errorf("%s: the README says nothing of %s", path, name)
				}
			}
		}
	})
	if scripts != 9 {
		t.Errorf("there are %d scripts", scripts)
	}
}

// What is wrong with the settings is said before anything is asked, and nothing of a token.
func TestSettings(t *testing.T) {
	t.Parallel()
	script, err := filepath.Abs(filepath.Join(pipelines, "scripts", "comment.sh"))
	must(t, err)
	for says, change := range map[string]string{
		"FORGE_TOKEN is not set":                  "FORGE_TOKEN=",
		"FORGE_TOKEN is not a token":              "FORGE_TOKEN=canary\nheader = \"X: 1\"",
		"the address of the forge is not https":   "GITHUB_API_URL=http://api.example.com",
		"ENVIRONMENT is not the name of a folder": "ENVIRONMENT=../x",
		"COMMIT is no commit":                     "COMMIT=$(id)",
		"COMMIT is not set":                       "COMMIT=",
	} {
		command := exec.Command("dash", script)
		command.Dir = t.TempDir()
		command.Env = []string{
			"PATH=" + os.Getenv("PATH"), "RUNNER_TEMP=" + t.TempDir(), "GITHUB_API_URL=https://api.example.com", "GITHUB_REPOSITORY=acme/line",
			"FORGE_TOKEN=canary", "ENVIRONMENT=production", "ARTIFACT_URL=https://example.com", "COMMIT=" + pushed, change,
		}
		output, err := command.CombinedOutput()
		if err == nil || !strings.Contains(string(output), "Error: "+says) || !strings.Contains(string(output), "\nWhat to do: ") ||
			strings.Contains(string(output), "canary") {
			t.Errorf("%q: %v\n%s", change, err, output)
		}
	}
}

// walk reads the files of a folder of the examples.
func walk(t *testing.T, folder string, do func(path, text string)) {
	t.Helper()
	must(t, filepath.WalkDir(filepath.Join(pipelines, folder), func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			do(path, acctest.ReadFile(t, path))
		}
		return err
	}))
}

// The form of GitLab has what the script reads.
func TestFormOfGitLab(t *testing.T) {
	t.Parallel()
	var file struct{ Variables map[string]any }
	must(t, yaml.Unmarshal([]byte(acctest.ReadFile(t, filepath.Join(pipelines, "gitlab", "gitlab-ci.yml"))), &file))
	var names []string
	for name, variable := range file.Variables {
		if shown, ok := variable.(map[string]any); ok && shown["description"] != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if !slices.Equal(names, []string{"CONTENT_SHA256", "OBJECT", "REMOVED"}) {
		t.Errorf("the form has %v", names)
	}
}
