package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/terraformcli"
)

const (
	followers       = 2345
	liveExample     = "examples/linked-messages"
	profilesExample = "examples/line_profiles"
	pastedExample   = "examples/complete"
	// token has the form of a channel access token and is valid for the stand-in alone.
	token = "demo-token-that-must-not-be-found-anywhere+0123456789="
	// key is what the server of the published files may want to see.
	key = "demo-key-that-must-not-be-found-anywhere"
)

// workspace is copies of the examples with a provider to install, and stand-ins for LINE, for CleverTap's API and dashboard,
// and for the server of the published files.
type workspace struct {
	cli       terraformcli.CLI
	line      *linetest.Server
	cleverTap *clevertaptest.Server
	dashboard *campaigntest.Dashboard
	files     *standin.Front
	root      string // holds everything below
	dir       string // the copy of the example that commands run in
	// command is the path of clevertap-line.
	command string
	env     []string
	out     *screen
	body    string // as it was planned
}

// in is the workspace with another example.
func (w *workspace) in(example string) *workspace {
	other := *w
	other.dir = filepath.Join(w.root, filepath.FromSlash(example))
	return &other
}

// newWorkspace builds the programs, or takes those of a release: a folder with its archives.
func newWorkspace(ctx context.Context, release string) (_ *workspace, err error) {
	root, err := os.MkdirTemp("", "clevertap-demo-")
	if err != nil {
		return nil, err
	}
	w := &workspace{root: root, out: &screen{}}
	w.dir = w.in(liveExample).dir
	defer func() {
		if err != nil {
			err = errors.Join(err, w.close())
		}
	}()
	if w.cli, err = terraformcli.Find(ctx); err != nil {
		return nil, err
	}
	for _, example := range []string{liveExample, profilesExample, pastedExample} {
		if err := os.CopyFS(w.in(example).dir, os.DirFS(example)); err != nil {
			return nil, fmt.Errorf("copying %s (run the demo from the root of the repository): %w", example, err)
		}
	}
	w.line = linetest.NewServer(linetest.Config{
		Token: token,
		Pages: linetest.UnevenPages(linetest.UserIDs(followers), 1000),
	})
	w.cleverTap = clevertaptest.NewServer(clevertaptest.Config{AccountID: account, Passcode: passcode})
	w.dashboard = campaigntest.NewDashboard(campaigntest.Config{})
	w.files = standin.Start(standin.Config{Handler: http.FileServer(http.Dir(filepath.Join(w.dir, "published")))})
	programs := "the provider just built"
	if release == "" {
		err = w.buildPrograms(ctx)
	} else {
		programs, err = w.installRelease(release)
	}
	if err != nil {
		return nil, err
	}
	configFile, err := w.writeCLIConfig()
	if err != nil {
		return nil, err
	}
	w.env = append(slices.DeleteFunc(os.Environ(), isSetting),
		"TF_CLI_CONFIG_FILE="+configFile, "TF_IN_AUTOMATION=1", "TF_INPUT=0", "CHECKPOINT_DISABLE=1",
		"LINE_API_URL="+w.line.URL, "LINE_CHANNEL_ACCESS_TOKEN="+token, "TF_VAR_line_channel_access_token="+token,
		"TF_VAR_linked_content_key="+key,
		"CLEVERTAP_PASSCODE="+passcode, "CLEVERTAP_API_URL="+w.cleverTap.URL)
	for _, example := range []string{liveExample, profilesExample, pastedExample} {
		if _, err := w.in(example).terraform(ctx, "init"); err != nil {
			return nil, err
		}
	}
	w.out.printf("With %s, %s, and stand-ins for LINE with %d followers and for CleverTap.\n", w.cli, programs, followers)
	return w, nil
}

// isSetting picks the variables of a user's own environment that would change what is shown.
func isSetting(variable string) bool {
	for _, prefix := range []string{"TF_", "CLEVERTAP_", "LINE_"} {
		if strings.HasPrefix(variable, prefix) {
			return true
		}
	}
	return false
}

func (w *workspace) close() error {
	if w.files != nil {
		w.line.Close()
		w.cleverTap.Close()
		w.files.Close()
	}
	return os.RemoveAll(w.root)
}

func (w *workspace) writeCLIConfig() (string, error) {
	file := filepath.Join(w.root, "cli.tfrc")
	content := fmt.Sprintf("disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n",
		w.mirror())
	return file, os.WriteFile(file, []byte(content), 0o600)
}

// result is what a command of Terraform printed, and how it ended.
type result struct {
	output   string
	exitCode int
}

// terraform runs a command. Ending with another code than 0 is an error unless it is among allowed.
func (w *workspace) terraform(ctx context.Context, command string, args ...string) (result, error) {
	return w.terraformAllowing(ctx, nil, command, args...)
}

func (w *workspace) terraformAllowing(ctx context.Context, allowed []int, command string, args ...string) (result, error) {
	return w.run(ctx, allowed, w.cli.Path, append([]string{command, "-no-color"}, args...)...)
}

func (w *workspace) run(ctx context.Context, allowed []int, program string, args ...string) (result, error) {
	run := exec.CommandContext(ctx, program, args...)
	run.Dir = w.dir
	run.Env = w.env
	var output bytes.Buffer
	run.Stdout, run.Stderr = &output, &output
	err := run.Run()
	r := result{output: output.String(), exitCode: run.ProcessState.ExitCode()}
	var exit *exec.ExitError
	if err != nil && !(errors.As(err, &exit) && slices.Contains(allowed, r.exitCode)) {
		return r, fmt.Errorf("%s %s: %w\n%s", filepath.Base(program), args[0], err, r.output)
	}
	return r, nil
}

// showCommand runs clevertap-line and shows the command and what it says.
func (w *workspace) showCommand(ctx context.Context, args ...string) (result, error) {
	said, err := w.run(ctx, nil, w.command, args...)
	if err != nil {
		return said, err
	}
	var words []string
	for _, arg := range args {
		words = append(words, wording.ShellWord(arg))
	}
	w.out.printf("  $ %s %s\n", commandName, strings.Join(words, " "))
	w.printLines(said.output, "", "")
	return said, nil
}

// savedPlan reads a plan file that `plan -out` wrote.
func (w *workspace) savedPlan(ctx context.Context, file string) (*tfjson.Plan, error) {
	shown, err := w.terraform(ctx, "show", "-json", file)
	if err != nil {
		return nil, err
	}
	var plan tfjson.Plan
	if err := json.Unmarshal([]byte(shown.output), &plan); err != nil {
		return nil, fmt.Errorf("reading the plan: %w", err)
	}
	return &plan, nil
}
