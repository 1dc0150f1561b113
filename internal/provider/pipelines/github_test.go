package pipelines_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/forgetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// workflow is what is read of a workflow file.
type workflow struct {
	On          map[string]any
	Permissions map[string]string
	Jobs        map[string]workflowJob
}

type workflowJob struct {
	If          string
	Uses        string
	Secrets     string
	Minutes     int `yaml:"timeout-minutes"`
	Environment string
	Concurrency struct {
		Group  string
		Cancel bool `yaml:"cancel-in-progress"`
	}
	Permissions map[string]string
	Env         map[string]string
	Steps       []workflowStep
}

type workflowStep struct {
	ID, If, Uses, Run string
	With, Env         map[string]string
}

func readWorkflow(t *testing.T, name string) workflow {
	t.Helper()
	var read workflow
	must(t, yaml.Unmarshal([]byte(acctest.ReadFile(t, filepath.Join(pipelines, "github", "workflows", name))), &read))
	return read
}

// github runs jobs of GitHub's workflows.
type github struct{ *world }

func (g github) pullRequest(fork bool) (check, plan *runner) {
	g.t.Helper()
	event := map[string]string{
		"github.event.pull_request.head.repo.full_name": "acme/line", "github.repository": "acme/line",
		"github.event.pull_request.head.sha": pushed, "github.event.number": fmt.Sprint(forgetest.PullRequest), "github.token": g.token, "matrix.environment": "production",
	}
	if fork {
		event["github.event.pull_request.head.repo.full_name"], event["github.token"] = "stranger/line", "token-that-only-reads"
	}
	return g.job("line-pull-request.yml", "check", event), g.job("line-pull-request.yml", "plan", event)
}

func (g github) apply() *runner { g.t.Helper(); return g.applyOf(g.forge.Head()) }

func (g github) applyOf(commit string) *runner {
	g.t.Helper()
	return g.job("line-apply-environment.yml", "apply", map[string]string{
		"inputs.environment": "production", "github.sha": commit, "github.ref_name": forgetest.Branch, "github.token": g.token,
		"github.server_url": "https://github.example.com", "github.repository": "acme/line",
	}, "GITHUB_SHA="+commit, "GITHUB_REF_NAME="+forgetest.Branch)
}

func (g github) entered(who, object, sha256 string, removed bool) *runner {
	g.t.Helper()
	return g.job("line-entered.yml", "entered", map[string]string{
		"inputs.environment": "production", "inputs.object": object, "inputs.content_sha256": sha256, "inputs.removed": fmt.Sprint(removed),
		"github.ref_type": "branch", "github.ref_name": forgetest.Branch, "github.event.repository.default_branch": forgetest.Branch,
	}, "GITHUB_TRIGGERING_ACTOR="+who, "GITHUB_ACTOR=somebody-else")
}

func (g github) drift() *runner {
	g.t.Helper()
	return g.job("line-drift.yml", "drift", map[string]string{
		"matrix.environment": "production", "github.token": g.token, "github.server_url": "https://github.example.com",
		"github.repository": "acme/line", "github.run_id": "1",
	})
}

// job runs a job of a workflow, and gives nil if its condition keeps it from running.
func (g github) job(file, name string, context map[string]string, env ...string) *runner {
	g.t.Helper()
	job, found := readWorkflow(g.t, file).Jobs[name]
	if !found {
		g.t.Fatalf("%s has no job %s", file, name)
	}
	e := expressions{g.t, context}
	if !e.holds(job.If, true) {
		return nil
	}
	environment := e.fill(job.Environment)
	for kind, values := range map[string]map[string]string{"vars.": g.variables(environment), "secrets.": g.secrets(environment)} {
		for name, value := range values {
			context[kind+name] = value // one that is not there is empty
		}
	}
	r := g.runner()
	r.env = append(append(r.env, "RUNNER_TEMP="+r.temp), env...)
	for name, value := range job.Env {
		context["env."+name] = e.fill(value)
		r.env = append(r.env, name+"="+e.fill(value))
	}
	for _, step := range job.Steps {
		if !e.holds(step.If, !r.failed) {
			context["steps."+step.ID+".outcome"] = "skipped"
			continue
		}
		context["steps."+step.ID+".outcome"] = "success"
		if !g.step(r, e, step, environment) {
			context["steps."+step.ID+".outcome"] = "failure"
			r.failed = true
		}
	}
	return r.end()
}

func (g github) step(r *runner, e expressions, step workflowStep, environment string) bool {
	g.t.Helper()
	switch action, _, _ := strings.Cut(step.Uses, "@"); action {
	case "":
		if strings.Contains(step.Run, "${{") {
			g.t.Fatalf("%q has something filled in", step.Run)
		}
		env := map[string]string{}
		for name, value := range step.Env {
			env[name] = e.fill(value)
		}
		return r.sh(step.Run, env)
	case "actions/checkout":
		r.checkout(e.fill(step.With["ref"]))
	case "./.github/actions/line":
		r.env = append(r.env, "PATH="+g.programs+":"+strings.TrimPrefix(r.env[len(g.env)], "PATH="))
		if e.fill(step.With["role"]) != "" {
			r.env = append(r.env, g.role(environment)...)
		}
	case "actions/upload-artifact":
		r.upload(step.With["path"])
		e.context["steps."+step.ID+".outputs.artifact-url"] = "https://github.example.com/acme/line/actions/runs/1/artifacts/2"
	default:
		g.t.Fatalf("nothing stands in for %s", step.Uses)
	}
	return true
}

// expressions evaluates the part of GitHub's expressions that the workflows use.
type expressions struct {
	t       *testing.T
	context map[string]string
}

var expression = regexp.MustCompile(`\$\{\{ (.*?) \}\}`)

func (e expressions) fill(text string) string {
	return expression.ReplaceAllStringFunc(text, func(found string) string {
		return e.value(expression.FindStringSubmatch(found)[1])
	})
}

// value is that of a context, a quoted text, or the first of several that is not empty.
func (e expressions) value(text string) string {
	for part := range strings.SplitSeq(text, " || ") {
		quoted := strings.HasPrefix(part, "'")
		value, known := e.context[part]
		if quoted {
			value, known = strings.Trim(part, "'"), true
		}
		isSetting := strings.HasPrefix(part, "vars.") || strings.HasPrefix(part, "secrets.") // empty if there is none
		if !known && !isSetting {
			e.t.Fatalf("%s is not known", part)
		}
		if value != "" {
			return value
		}
	}
	return ""
}

// holds evaluates a condition; what is not said depends on whether all went well so far.
func (e expressions) holds(condition string, well bool) bool {
	if found := expression.FindStringSubmatch(condition); found != nil {
		condition = found[1]
	}
	if !strings.Contains(condition, "!cancelled()") && !well {
		return false
	}
	for part := range strings.SplitSeq(condition, " && ") {
		left, right, equal := strings.Cut(part, " == ")
		unlike, other, unequal := strings.Cut(part, " != ")
		switch {
		case part == "" || part == "!cancelled()":
		case equal && e.value(left) != e.value(right), unequal && e.value(unlike) == e.value(other):
			return false
		case !equal && !unequal:
			e.t.Fatalf("the condition %q is not known", part)
		}
	}
	return true
}
