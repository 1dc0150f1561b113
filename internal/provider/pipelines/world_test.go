package pipelines_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/forgetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
)

const pipelines = "../../../examples/pipelines"

// pushed is the commit of a pull request, of which the forge says no more.
const pushed = "0123456789abcdef0123456789abcdef01234567"

// Secrets, none of which may be seen in what a job leaves behind.
const (
	lineToken  = "line-token-canary-0123456789abcdef"
	contentKey = "content-key-canary"
	awsSecret  = "storetest-secret" // of storetest.S3Environment
)

const (
	account = "AAA-BBB-CCCC"
	stores  = "?region=us-east-1&use_path_style=true&endpoint="
)

// world is what a team has: its repository, its buckets, and what its jobs find on a runner.
type world struct {
	t     *testing.T
	forge *forgetest.Server
	// repository is the main branch, checked out.
	repository string
	programs   string
	tool       string // terraform or tofu
	s3         *s3.Client
	// reader and writer are addresses of the S3 server: the first refuses writes.
	reader, writer string
	env            []string
	// token is what the jobs ask the forge with.
	token string
	// lineToken is what the secret of that name holds.
	lineToken string
	// withoutSecrets is a team that keeps them from plans.
	withoutSecrets bool

	mu        sync.Mutex
	forbidden string   // what nobody may write to, as the beginning of a path
	locking   func()   // what happens while a plan that is to be applied locks the state
	left      []string // what jobs left behind for others to read: logs and artifacts
}

// buildCommand builds clevertap-line once for all tests.
var buildCommand = sync.OnceValues(func() (program string, err error) {
	if commandDir, err = os.MkdirTemp("", "clevertap-line-"); err != nil {
		return "", err
	}
	program = filepath.Join(commandDir, "clevertap-line")
	output, err := exec.CommandContext(context.Background(), "go", "build", "-o", program,
		"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line").CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%w: %s", err, output)
	}
	return program, err
})

func newWorld(t *testing.T, forge *forgetest.Server) *world {
	t.Helper()
	cli := acctest.CLI(t)
	t.Cleanup(func() {
		forge.Close()
		for _, request := range forge.Unserved() {
			t.Errorf("the stand-in does not serve %v", request)
		}
	})
	w := &world{t: t, forge: forge, repository: filepath.Join(t.TempDir(), "line"), programs: t.TempDir(), token: forgetest.Token,
		lineToken: lineToken}
	must(t, os.Mkdir(w.repository, 0o755))
	command, err := buildCommand()
	must(t, err)
	must(t, os.Symlink(command, filepath.Join(w.programs, "clevertap-line")))
	w.tool = "terraform"
	if cli.IsOpenTofu {
		w.tool = "tofu"
	}
	for _, name := range []string{"terraform", "tofu"} { // the guide has the first, whichever is here
		must(t, os.Symlink(cli.Path, filepath.Join(w.programs, name)))
	}
	// curl, with a record of its command lines, which are for everybody on a machine to read.
	curl, err := exec.LookPath("curl")
	must(t, err)
	must(t, os.WriteFile(filepath.Join(w.programs, "curl"),
		[]byte("#!/bin/sh\nprintf '%s\\n' \"$@\" >>"+filepath.Join(w.programs, "curl.txt")+"\nexec "+curl+" \"$@\"\n"), 0o755))

	line := linetest.NewServer(linetest.Config{Token: lineToken})
	t.Cleanup(line.Close)
	w.buckets()
	w.env = append([]string{
		"HOME=" + t.TempDir(), "TF_CLI_CONFIG_FILE=" + w.mirror(), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "LINE_API_URL=" + line.URL,
		// What Amazon's own servers need no word about.
		"TF_CLI_ARGS_init=-backend-config=skip_credentials_validation=true -backend-config=skip_requesting_account_id=true " +
			"-backend-config=use_path_style=true",
	}, forge.Environment...)
	w.checkIn()
	return w
}

// buckets makes those of the environment production, two addresses for them, and the URL that CleverTap reads.
func (w *world) buckets() {
	w.t.Helper()
	server := storetest.StartS3(w.t)
	w.s3 = s3.New(s3.Options{
		BaseEndpoint: &server.Endpoint, Region: "us-east-1", UsePathStyle: true,
		Credentials: credentials.NewStaticCredentialsProvider("storetest", awsSecret, ""),
	})
	for _, name := range []string{"state", "templates", "messages"} {
		_, err := w.s3.CreateBucket(w.t.Context(), &s3.CreateBucketInput{Bucket: aws.String("acme-line-production-" + name)})
		must(w.t, err)
	}
	w.reader = w.door(server.Endpoint, func(*http.Request) bool { return true })
	w.writer = w.door(server.Endpoint, func(r *http.Request) bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		if w.locking != nil && r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, ".tflock") {
			w.locking()
		}
		return w.forbidden != "" && strings.HasPrefix(r.URL.Path, w.forbidden)
	})
}

// door is an address of the S3 server that refuses to write what is forbidden.
func (w *world) door(endpoint string, forbidden func(*http.Request) bool) string {
	w.t.Helper()
	target, err := url.Parse(endpoint)
	must(w.t, err)
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.Out.Host = r.In.Host // it is signed
	}}
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead && forbidden(r) {
			rw.WriteHeader(http.StatusForbidden)
			_, _ = io.WriteString(rw, "<Error><Code>AccessDenied</Code><Message>This role may not write here</Message></Error>")
			return
		}
		proxy.ServeHTTP(rw, r)
	}))
	w.t.Cleanup(server.Close)
	return server.URL
}

// forbid makes a bucket one that nobody writes to; "" none.
func (w *world) forbid(bucket string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.forbidden = bucket; bucket != "" {
		w.forbidden = "/acme-line-production-" + bucket
	}
}

// atLock does something whenever a state is locked; nil is nothing.
func (w *world) atLock(do func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.locking = do
}

// served stands in for the CDN before the bucket of messages.
func (w *world) served() string {
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Linked-Content-Key") != contentKey {
			rw.WriteHeader(http.StatusForbidden)
			return
		}
		object, err := w.s3.GetObject(r.Context(), &s3.GetObjectInput{
			Bucket: aws.String("acme-line-production-messages"), Key: aws.String(strings.TrimPrefix(r.URL.Path, "/")),
		})
		if err != nil {
			rw.WriteHeader(http.StatusNotFound)
			return
		}
		defer object.Body.Close()
		rw.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = io.Copy(rw, object.Body)
	}))
	w.t.Cleanup(server.Close)
	return server.URL
}

// mirror puts the built provider where Terraform and OpenTofu install it from, and gives the configuration that says so.
func (w *world) mirror() string {
	w.t.Helper()
	dir := w.t.TempDir()
	for _, registry := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		folder := filepath.Join(dir, registry, "clevertap-line", "clevertap", "0.1.0", runtime.GOOS+"_"+runtime.GOARCH)
		must(w.t, os.MkdirAll(folder, 0o755))
		must(w.t, os.Symlink(filepath.Join(acctest.ProviderDir(w.t), "terraform-provider-clevertap"),
			filepath.Join(folder, "terraform-provider-clevertap_v0.1.0")))
	}
	config := filepath.Join(dir, "mirror.tfrc")
	acctest.WriteFile(w.t, config, fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", dir))
	return config
}

// checkIn makes the repository as the guide says, with what is another here: the region and the URL of the messages.
func (w *world) checkIn() {
	w.t.Helper()
	walk(w.t, "", func(string, string) {}) // so that go test knows what its result depends on
	provider, err := filepath.Abs("../../..")
	must(w.t, err)
	must(w.t, os.Symlink(provider, filepath.Join(filepath.Dir(w.repository), "terraform-provider-clevertap")))
	blocks := guide(w.t)
	w.here("git init --quiet --initial-branch=main\n" + blocks[0])
	main := filepath.Join(w.repository, "environments", "production", "main.tf")
	acctest.WriteFile(w.t, main, strings.ReplaceAll(acctest.ReadFile(w.t, main), "ap-northeast-1", "us-east-1"))
	w.edit("modules/line/main.tf", "${var.served_from}/welcome.json", w.served()+"/"+account+"/line-linked-messages/welcome.json")
	w.here(blocks[1])
	w.push()
}

// push pushes what is committed.
func (w *world) push() {
	w.t.Helper()
	w.forge.Push(strings.TrimSpace(w.here("git rev-parse HEAD")))
}

// here runs commands in the repository, as somebody whose role reads, and gives what they print.
func (w *world) here(script string, env ...string) string {
	w.t.Helper()
	command := exec.CommandContext(w.t.Context(), "dash", "-e", "-c", script)
	command.Dir = w.repository
	command.Env = slices.Concat(w.env, w.role("production-plan"), []string{
		"PATH=" + w.programs + ":" + os.Getenv("PATH"), "GIT_CONFIG_GLOBAL=" + os.DevNull,
		"GIT_AUTHOR_NAME=ann", "GIT_AUTHOR_EMAIL=ann@example.com", "GIT_COMMITTER_NAME=ann", "GIT_COMMITTER_EMAIL=ann@example.com",
	}, env)
	output, err := command.CombinedOutput()
	if err != nil {
		w.t.Fatalf("%s: %v\n%s", script, err, output)
	}
	return string(output)
}

// edit changes a file of the repository.
func (w *world) edit(file, old, new string) {
	w.t.Helper()
	path := filepath.Join(w.repository, filepath.FromSlash(file))
	before := acctest.ReadFile(w.t, path)
	after := strings.Replace(before, old, new, 1)
	if after == before {
		w.t.Fatalf("%s does not contain %q", file, old)
	}
	acctest.WriteFile(w.t, path, after)
}

// variables are what the settings of an environment hold, as NAME to value; the secrets apart.
func (w *world) variables(environment string) map[string]string {
	if !strings.HasPrefix(environment, "production") {
		return nil
	}
	return map[string]string{
		"AWS_ROLE": "arn:aws:iam::123456789012:role/" + environment, "AWS_REGION": "us-east-1", "CLEVERTAP_ACCOUNT_ID": account,
		"TF_COMMAND": w.tool, "TEMPLATE_STORE": "s3://acme-line-production-templates" + stores + w.endpoint(environment),
		"PUBLISH_STORE": "s3://acme-line-production-messages" + stores + w.endpoint(environment),
	}
}

func (w *world) secrets(environment string) map[string]string {
	if !strings.HasPrefix(environment, "production") || w.withoutSecrets && strings.HasSuffix(environment, "-plan") {
		return nil
	}
	return map[string]string{"LINE_CHANNEL_ACCESS_TOKEN": w.lineToken, "LINKED_CONTENT_KEY": contentKey}
}

// endpoint is where the role of an environment gets to: those of plans and of drift only read.
func (w *world) endpoint(environment string) string {
	if strings.HasSuffix(environment, "-plan") || strings.HasSuffix(environment, "-drift") {
		return w.reader
	}
	return w.writer
}

func (w *world) role(environment string) []string {
	return append(storetest.S3Environment(), "AWS_ENDPOINT_URL_S3="+w.endpoint(environment), "AWS_REGION=us-east-1")
}

// runner is one job: a fresh checkout and what it has so far.
type runner struct {
	w         *world
	dir, temp string
	env       []string
	log       strings.Builder
	failed    bool
	// artifacts are what the forge keeps, by path.
	artifacts map[string]string
}

func (w *world) runner() *runner {
	w.t.Helper()
	r := &runner{w: w, dir: filepath.Join(w.t.TempDir(), "checkout"), artifacts: map[string]string{}}
	r.temp = r.dir + ".tmp"
	must(w.t, os.Mkdir(r.temp, 0o700))
	copied := exec.CommandContext(w.t.Context(), "cp", "-R", w.repository, r.dir) // with the rights of files
	if output, err := copied.CombinedOutput(); err != nil {
		w.t.Fatalf("%v: %s", err, output)
	}
	r.env = append(append([]string{}, w.env...), "PATH="+os.Getenv("PATH"))
	return r
}

// checkout turns the fresh checkout of the branch, "", into one of a commit that is not its head.
func (r *runner) checkout(ref string) {
	r.w.t.Helper()
	if ref != "" && ref != r.w.forge.Head() {
		r.w.here("git -C " + r.dir + " checkout --quiet --force " + ref)
	}
}

// sh runs a script as a step, and says whether it succeeded.
func (r *runner) sh(script string, env map[string]string) bool {
	r.w.t.Helper()
	command := exec.CommandContext(r.w.t.Context(), "dash", "-e", "-c", script)
	command.Dir, command.Env = r.dir, r.env
	for name, value := range env {
		command.Env = append(command.Env, name+"="+value)
	}
	output, err := command.CombinedOutput()
	r.log.Write(output)
	return err == nil
}

// upload keeps files of the checkout as an artifact.
func (r *runner) upload(pattern string) {
	r.w.t.Helper()
	files, err := filepath.Glob(filepath.Join(r.dir, filepath.FromSlash(pattern)))
	must(r.w.t, err)
	for _, file := range files {
		r.artifacts[filepath.Base(file)] = acctest.ReadFile(r.w.t, file)
	}
}

// end adds what the job leaves behind to that of the others.
func (r *runner) end() *runner {
	r.w.mu.Lock()
	defer r.w.mu.Unlock()
	r.w.left = append(r.w.left, r.log.String())
	for _, content := range r.artifacts {
		r.w.left = append(r.w.left, content)
	}
	return r
}
