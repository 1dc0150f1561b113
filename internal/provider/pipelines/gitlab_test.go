package pipelines_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/forgetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// gitLabJob is what is read of a job.
type gitLabJob struct {
	Extends       string
	Timeout       string
	Environment   struct{ Name string }
	Variables     map[string]string
	ResourceGroup string `yaml:"resource_group"`
	Rules         []struct{ If, When string }
	Before        []string `yaml:"before_script"`
	Script        []string
	After         []string `yaml:"after_script"`
	Artifacts     struct {
		When, Access string
		ExpireIn     string `yaml:"expire_in"`
		Paths        []string
	}
}

// gitLabJobs reads the pipeline: all jobs, with what they extend.
func gitLabJobs(t *testing.T) map[string]gitLabJob {
	t.Helper()
	text := []byte(acctest.ReadFile(t, filepath.Join(pipelines, "gitlab", "gitlab-ci.yml")))
	var all map[string]yaml.Node
	must(t, yaml.Unmarshal(text, &all))
	jobs := map[string]gitLabJob{}
	for name, node := range all {
		if slices.Contains([]string{"workflow", "stages", "variables", "default"}, name) || strings.HasPrefix(name, ".") {
			continue
		}
		var job gitLabJob
		for at := &node; at != nil; { // a job's own words go before those of what it extends
			var read gitLabJob
			must(t, at.Decode(&read))
			merge(&job, read)
			if at = nil; read.Extends != "" {
				base := all[read.Extends]
				at = &base
			}
		}
		jobs[name] = job
	}
	return jobs
}

func merge(job *gitLabJob, base gitLabJob) {
	if job.Script == nil {
		job.Script = base.Script
	}
	if job.Before == nil {
		job.Before = base.Before
	}
	if job.After == nil {
		job.After = base.After
	}
	if job.Timeout == "" {
		job.Timeout = base.Timeout
	}
	if job.Rules == nil {
		job.Rules = base.Rules
	}
	if job.Artifacts.Paths == nil {
		job.Artifacts = base.Artifacts
	}
	if job.Environment.Name == "" {
		job.Environment = base.Environment
	}
	variables := map[string]string{} // GitLab merges them, name by name
	maps.Copy(variables, base.Variables)
	maps.Copy(variables, job.Variables)
	job.Variables = variables
	if job.ResourceGroup == "" {
		job.ResourceGroup = base.ResourceGroup
	}
}

// gitlab runs jobs of GitLab's pipeline.
type gitlab struct{ *world }

func (g gitlab) pullRequest(fork bool) (check, plan *runner) {
	g.t.Helper()
	event := map[string]string{
		"CI_COMMIT_SHA": pushed, "CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "42", "CI_MERGE_REQUEST_PROJECT_ID": "42",
		"FORGE_TOKEN": g.token,
	}
	if fork {
		event["CI_MERGE_REQUEST_SOURCE_PROJECT_ID"], event["FORGE_TOKEN"] = "43", ""
	}
	return g.job("check", event), g.job("plan", event)
}

func (g gitlab) apply() *runner { g.t.Helper(); return g.applyOf(g.forge.Head()) }

func (g gitlab) applyOf(commit string) *runner {
	g.t.Helper()
	return g.job("apply-production", map[string]string{
		"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BRANCH": forgetest.Branch, "CI_COMMIT_SHA": commit, "FORGE_TOKEN": g.token,
	})
}

func (g gitlab) entered(who, object, sha256 string, removed bool) *runner {
	g.t.Helper()
	return g.job("entered", map[string]string{
		"CI_PIPELINE_SOURCE": "web", "CI_COMMIT_BRANCH": "main", "GITLAB_USER_EMAIL": who,
		"OBJECT": object, "CONTENT_SHA256": sha256, "REMOVED": fmt.Sprint(removed),
	})
}

func (g gitlab) drift() *runner {
	g.t.Helper()
	return g.job("drift", map[string]string{"CI_PIPELINE_SOURCE": "schedule", "CI_COMMIT_BRANCH": "main", "FORGE_TOKEN": g.token})
}

// job runs a job, and gives nil if its rules keep it from running.
func (g gitlab) job(name string, event map[string]string) *runner {
	g.t.Helper()
	job, found := gitLabJobs(g.t)[name]
	if !found {
		g.t.Fatalf("there is no job %s", name)
	}
	env := map[string]string{
		"ENVIRONMENT": "production", "CI_DEFAULT_BRANCH": "main", "CI_JOB_URL": "https://gitlab.example.com/acme/line/-/jobs/1",
		"CI_PROJECT_URL": "https://gitlab.example.com/acme/line", "AWS_ID_TOKEN": "id-token",
	}
	maps.Copy(env, event)
	if !slices.ContainsFunc(job.Rules, func(rule struct{ If, When string }) bool { return ruleHolds(g.t, rule.If, env) }) {
		return nil
	}
	r := g.runner()
	if env["CI_COMMIT_SHA"] != pushed { // which is what is in the repository
		r.checkout(env["CI_COMMIT_SHA"])
	}
	env["CI_PROJECT_DIR"] = r.dir
	r.env = append(r.env, "PATH="+g.programs+":"+strings.TrimPrefix(r.env[len(g.env)], "PATH=")) // the image
	if job.Environment.Name != "" {
		environment := strings.ReplaceAll(job.Environment.Name, "$ENVIRONMENT", env["ENVIRONMENT"])
		maps.Copy(env, g.variables(environment))
		for name, value := range g.secrets(environment) {
			env["TF_VAR_"+strings.ToLower(name)] = value
		}
		r.env = append(r.env, g.role(environment)...)
	}
	r.failed = !r.sh(strings.Join(append(slices.Clone(job.Before), job.Script...), "\n"), env)
	if !r.sh(strings.Join(job.After, "\n"), env) { // in a shell of its own
		g.t.Errorf("the after_script of %s failed:\n%s", name, r.log.String())
	}
	if kept, err := filepath.Glob(filepath.Join(r.temp, "*")); err != nil || job.Environment.Name != "" && len(kept) != 0 {
		g.t.Errorf("%s leaves on its runner %v %v", name, kept, err)
	}
	if !r.failed || job.Artifacts.When == "always" {
		for _, path := range job.Artifacts.Paths {
			r.upload(path)
		}
	}
	return r.end()
}

var (
	equals  = regexp.MustCompile(`^\$(\w+) == (?:"(.*)"|\$(\w+))$`)
	matches = regexp.MustCompile(`^\$(\w+) =~ /(.*)/$`)
	isSet   = regexp.MustCompile(`^\$(\w+)$`)
)

// ruleHolds evaluates the part of GitLab's rules that the pipeline uses.
func ruleHolds(t *testing.T, rule string, env map[string]string) bool {
	t.Helper()
	for part := range strings.SplitSeq(rule, " && ") {
		if found := equals.FindStringSubmatch(part); found != nil {
			if env[found[1]] != found[2]+env[found[3]] {
				return false
			}
		} else if found := matches.FindStringSubmatch(part); found != nil {
			if !regexp.MustCompile(found[2]).MatchString(env[found[1]]) {
				return false
			}
		} else if found := isSet.FindStringSubmatch(part); found != nil {
			if env[found[1]] == "" {
				return false
			}
		} else {
			t.Fatalf("the rule %q is not known", part)
		}
	}
	return true
}
