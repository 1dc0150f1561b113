package pipelines_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/forgetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// pipeline is what both forges do with the examples. A job that does not run is nil.
type pipeline interface {
	pullRequest(fork bool) (check, plan *runner)
	// apply runs the job of the newest commit, applyOf of another one.
	apply() *runner
	applyOf(commit string) *runner
	entered(who, object, sha256 string, removed bool) *runner
	drift() *runner
}

// each runs a test on both forges, each with a world of its own.
func each(t *testing.T, test func(t *testing.T, w *world, p pipeline)) {
	t.Helper()
	t.Run("GitHub", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, forgetest.NewGitHub())
		test(t, w, github{w})
		w.secretsAreNowhere()
	})
	t.Run("GitLab", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, forgetest.NewGitLab())
		test(t, w, gitlab{w})
		w.secretsAreNowhere()
	})
}

// secretsAreNowhere looks through all that jobs and forge leave for people to read.
func (w *world) secretsAreNowhere() {
	w.t.Helper()
	texts := slices.Clone(w.left)
	if commands, err := os.ReadFile(filepath.Join(w.programs, "curl.txt")); err == nil {
		texts = append(texts, string(commands))
	}
	for _, text := range append(w.forge.Comments(), w.forge.Issues()...) {
		texts = append(texts, text.Title, text.Body)
	}
	for _, text := range texts {
		for _, secret := range []string{lineToken, contentKey, awsSecret, forgetest.Token, forgetest.ExpiredToken} {
			if strings.Contains(text, secret) {
				w.t.Errorf("%s is in:\n%s", secret, text)
			}
		}
	}
}

// want checks how a job ended, what its log says, and which artifacts it has.
func (r *runner) want(ok bool, says string, artifacts ...string) {
	r.w.t.Helper()
	var names []string
	for name := range r.artifacts {
		names = append(names, name)
	}
	slices.Sort(names)
	if r.failed == ok || !strings.Contains(r.log.String(), says) || !slices.Equal(names, artifacts) {
		r.w.t.Fatalf("failed: %v, the log should say %q, the artifacts be %v and are %v:\n%s", r.failed, says, artifacts, names, r.log.String())
	}
}

const welcome = "modules/line/messages/welcome.line.json"

// From the first pull request to the receipts.
func TestAccFromPullRequestToPhone(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world, p pipeline) {
		// Somebody copied our marker, there is a report of another environment, and much is discussed.
		w.forge.Comment("mallory", "<!-- clevertap-line report of production -->\nnot ours")
		w.forge.Comment(w.forge.Me, "<!-- clevertap-line report of production-2 -->")
		for i := range 120 {
			w.forge.Comment("ann", fmt.Sprint("comment ", i))
		}
		others := len(w.forge.Comments())
		// Outputs are printed by an apply, and hold texts.
		acctest.WriteFile(t, filepath.Join(w.repository, "environments", "production", "outputs.tf"),
			"output \"text\" {\n  value = file(\"../../"+welcome+"\")\n}\n")
		check, plan := p.pullRequest(false)
		check.want(true, "")
		plan.want(true, "Planned environments/production", "report.html")
		if strings.Contains(plan.log.String(), "free coffee") {
			t.Errorf("the log has a text that is not published:\n%s", plan.log.String())
		}
		comments := w.forge.Comments()
		if len(comments) != others+1 || comments[others].Author != w.forge.Me || comments[others].Edits != 0 ||
			!strings.Contains(comments[others].Body, "free coffee") {
			t.Fatalf("the comments end with %+v", comments[others-1:])
		}

		// The second push.
		w.edit(welcome, "free coffee", "free cake")
		_, plan = p.pullRequest(false)
		plan.want(true, "", "report.html")
		comments = w.forge.Comments()
		if len(comments) != others+1 || comments[others].Edits != 1 || !strings.Contains(comments[others].Body, "free cake") ||
			comments[0].Edits+comments[1].Edits != 0 {
			t.Fatalf("the comments begin with %+v and end with %+v", comments[:2], comments[others-1:])
		}
		if !strings.Contains(comments[others].Body, "\nOf commit "+pushed+".\n") {
			t.Errorf("the comment does not name its commit:\n%s", comments[others].Body)
		}
		if keys := w.keys("messages"); len(keys) != 0 {
			t.Errorf("a plan published %v", keys)
		}

		// One that cannot be planned: what was said of the second does not pass for it, nor does a page that a runner kept.
		const lock = "environments/production/.terraform.lock.hcl"
		w.edit(lock, "0.1.0", "9.9.9")
		_, plan = p.pullRequest(false)
		plan.want(false, "init failed")
		comments = w.forge.Comments()
		if len(comments) != others+1 || !strings.Contains(comments[others].Body, "There is no plan of this commit") || strings.Contains(comments[others].Body, "free cake") {
			t.Errorf("the comment says\n%s", comments[others].Body)
		}
		w.edit(lock, "9.9.9", "0.1.0")

		// The merge.
		merged := p.apply()
		merged.want(true, "Applied environments/production", "handoff.html", "report.html")
		if strings.Contains(merged.log.String(), "free cake") || !strings.Contains(merged.artifacts["report.html"], "free cake") ||
			!strings.Contains(merged.artifacts["handoff.html"], "line_messages") {
			t.Errorf("the log, the report or the hand-off page is not right:\n%s", merged.log.String())
		}
		if keys := w.keys("messages"); !slices.Contains(keys, *documentKey) {
			t.Errorf("%v are published", keys)
		}

		// A plan that creates nothing needs no secret.
		w.withoutSecrets = true
		_, plan = p.pullRequest(false)
		plan.want(true, "", "report.html")

		// The person at the dashboard.
		asEntered := merged.form()
		for object, sha256 := range asEntered {
			p.entered("mio@example.com", object, sha256, false).want(true, object+": entered by mio@example.com, content_sha256 "+sha256)
		}
		pwned := filepath.Join(w.repository, "..", "pwned")
		for _, object := range []string{"$(touch " + pwned + ")", "'; touch " + pwned + "; '", "--list", "\n::warning::x"} {
			job := p.entered("mio@example.com", object, strings.Repeat("0", 64), false)
			job.want(false, "What to do: Give the object")
			if strings.Contains(job.log.String(), "\n::") {
				t.Errorf("the log has a command:\n%s", job.log.String())
			}
		}
		if _, err := os.Stat(pwned); err == nil {
			t.Error("the form was carried out")
		}
		p.entered("mio@example.com", "line-campaign-bodies/welcome", strings.Repeat("0", 64), false).want(false, "is neither what is declared now")
		// What was typed is not known from the object alone.
		p.entered("mio@example.com", "line-campaign-bodies/welcome", "", false).want(false, "the content_sha256 of what was entered is missing")
		p.entered("mio@example.com", "line-campaign-bodies/welcome", "--removed", false).want(false, "--sha256 is a content_sha256")
		p.entered("mio@example.com", "line-campaign-bodies/welcome", strings.Repeat("0", 64), true).want(false, "both entered and removed")
		p.entered("mio@example.com", "line-campaign-bodies/welcome", "", true).want(true, "no longer in the dashboard")
	})
}

// A pull request from a fork is checked, and gets nothing else.
func TestAccForks(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world, p pipeline) {
		w.edit(welcome, `{{ Profile.Name`, `{{ Profile.`)
		check, plan := p.pullRequest(true)
		check.want(false, "welcome.line.json:")
		if plan != nil || len(w.forge.Requests()) != 0 {
			t.Errorf("a fork was planned, or asked the forge: %v", w.forge.Requests())
		}
		for _, variable := range check.env {
			name, value, _ := strings.Cut(variable, "=")
			if strings.HasPrefix(name, "AWS_") || strings.HasPrefix(name, "TF_VAR_") || value == forgetest.Token {
				t.Errorf("the job has %s", variable)
			}
		}
	})
}

// What goes wrong is said, and what to do next.
func TestAccWhatGoesWrong(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, w *world, p pipeline) {
		// The answer to the first comment is lost on its way: there is one comment all the same.
		w.forge.AddFaults(standin.Fault{Method: "POST", Done: true, Status: 502})
		_, plan := p.pullRequest(false)
		plan.want(true, "", "report.html")
		if comments := w.forge.Comments(); len(comments) != 1 || comments[0].Edits != 1 {
			t.Errorf("the comments are %+v", comments)
		}
		// A passing fault is waited for.
		w.forge.AddFaults(standin.Fault{Method: "GET", Status: 503}, standin.Fault{Method: "GET", Reset: true})
		_, plan = p.pullRequest(false)
		plan.want(true, "", "report.html")

		// A token that has expired is told from other faults, with the forge's words and the number of the request.
		w.token = forgetest.ExpiredToken
		_, plan = p.pullRequest(false)
		plan.want(false, "The token is wrong or has expired: make a new one", "report.html")
		if log := strings.ToLower(plan.log.String()); !strings.Contains(log, "request-id: ") ||
			!strings.Contains(log, "bad credentials") && !strings.Contains(log, "token is expired") {
			t.Errorf("the forge's words are not in:\n%s", log)
		}
		w.token = forgetest.Token

		// What others wrote into an answer is no command to the forge.
		w.forge.AddFaults(standin.Fault{Method: "GET", Status: 418, Body: "no\n::warning::pwned\n##[error]pwned\x1b[2J"})
		_, plan = p.pullRequest(false)
		plan.want(false, "Error: the forge answered 418 while", "report.html")
		if log := plan.log.String(); strings.Contains(log, "\n::") || strings.Contains(log, "##[") || strings.Contains(log, "\x1b") {
			t.Errorf("the log has commands:\n%s", log)
		}

		// A comment that would be too long ends with a link to the page.
		var more strings.Builder
		for i := range plan.limit()/5000 + 5 {
			fmt.Fprintf(&more, "resource \"clevertap_line_linked_messages\" \"m%d\" {\n  name = \"m%d\"\n  linked_content = \"line_messages\"\n"+
				"  messages = [jsonencode({ type = \"text\", text = %q })]\n}\n", i, i, strings.Repeat("世 & ", 900))
		}
		acctest.WriteFile(t, filepath.Join(w.repository, "modules", "line", "more.tf"), more.String())
		_, plan = p.pullRequest(false)
		plan.want(true, "", "report.html")
		if comments := w.forge.Comments(); len(comments) != 1 || comments[0].Edits != 3 || !strings.Contains(comments[0].Body, plan.link()) ||
			len(comments[0].Body) > plan.limit() || len(comments[0].Body) < plan.limit()/2 {
			t.Errorf("the comment of %d bytes has no link, or is not edited", len(comments[0].Body))
		}
		must(t, os.Remove(filepath.Join(w.repository, "modules", "line", "more.tf")))

		// A plan that fails is reported, too.
		w.edit("modules/line/main.tf", `"${var.served_from}/{{message}}.json"`, `"http://line.example.com/{{message}}.json"`)
		_, plan = p.pullRequest(false)
		plan.want(false, "plan failed in environments/production", "report.html")
		if !strings.Contains(plan.log.String(), "| The endpoint URL") && !strings.Contains(plan.log.String(), "http://line.example.com") {
			t.Errorf("the log does not say why:\n%s", plan.log.String())
		}
		if comments := w.forge.Comments(); len(comments) != 1 || !strings.Contains(comments[0].Body, "clevertap_linked_content.line_messages") {
			t.Errorf("the comments are %+v", comments)
		}
		failed := p.apply()
		failed.want(false, "plan failed in environments/production", "report.html")
		if keys := w.keys("messages"); len(keys) != 0 {
			t.Errorf("%v are published", keys)
		}
		w.edit("modules/line/main.tf", `"http://line.example.com/{{message}}.json"`, `"${var.served_from}/{{message}}.json"`)

		// An apply that is broken off is completed by the next one.
		w.forbid("messages")
		p.apply().want(false, "apply failed in environments/production.\nWhat to do: What was applied before", "report.html")
		w.forbid("")
		p.apply().want(true, "", "handoff.html", "report.html")
	})
}

var formValue = regexp.MustCompile(`<li>(object|content_sha256): <span class="text">([^<]*)</span>`)

// form is what the hand-off page has for the form, by object.
func (r *runner) form() map[string]string {
	r.w.t.Helper()
	hashes, object := map[string]string{}, ""
	for _, found := range formValue.FindAllStringSubmatch(r.artifacts["handoff.html"], -1) {
		if found[1] == "object" {
			object = found[2]
		} else {
			hashes[object] = found[2]
		}
	}
	if len(hashes) != 3 {
		r.w.t.Fatalf("the page has for the form %v", hashes)
	}
	return hashes
}

func (r *runner) link() string {
	if slices.Contains(r.env, "GITHUB_ACTIONS=true") {
		return "https://github.example.com/acme/line/actions/runs/1/artifacts/2"
	}
	return "https://gitlab.example.com/acme/line/-/jobs/1/artifacts/browse"
}

func (r *runner) limit() int {
	if slices.Contains(r.env, "GITHUB_ACTIONS=true") {
		return 65_536
	}
	return 1_000_000
}

// keys are those of the objects in a bucket.
func (w *world) keys(bucket string) (keys []string) {
	w.t.Helper()
	list, err := w.s3.ListObjectsV2(w.t.Context(), &s3.ListObjectsV2Input{Bucket: aws.String("acme-line-production-" + bucket)})
	must(w.t, err)
	for _, object := range list.Contents {
		keys = append(keys, *object.Key)
	}
	return keys
}

// published is the document that campaigns read.
func (w *world) published() string {
	w.t.Helper()
	object, err := w.s3.GetObject(w.t.Context(), &s3.GetObjectInput{Bucket: messages, Key: documentKey})
	must(w.t, err)
	defer object.Body.Close()
	text, err := io.ReadAll(object.Body)
	must(w.t, err)
	return string(text)
}

var (
	messages    = aws.String("acme-line-production-messages")
	documentKey = aws.String(account + "/line-linked-messages/welcome.json")
)
