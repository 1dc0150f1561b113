package provider_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/storetest"
)

// pageWorld is where the commands of a page run: an example, applied on stand-ins, and a folder of messages.
type pageWorld struct {
	*acctest.Command
	s3, store string // the S3 server's endpoint and the address of a store of one's own
}

// newPageWorld makes one with nothing in it.
func newPageWorld(t *testing.T) *pageWorld {
	t.Helper()
	cli := acctest.CLI(t)
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("the pages' commands are those of a POSIX shell, and there is none")
	}
	programs := t.TempDir()
	acctest.BuildProvider(t, programs, "github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line")
	acctest.Rename(t, filepath.Join(programs, "terraform-provider-clevertap"), filepath.Join(programs, "clevertap-line"))
	if err := os.Symlink(cli.Path, filepath.Join(programs, "terraform")); err != nil {
		t.Fatal(err)
	}
	// What belongs to others, and would install, open or write something elsewhere.
	for _, other := range []string{"go", "gh", "xdg-open", "open"} {
		if err := os.WriteFile(filepath.Join(programs, other), []byte("#!"+shell+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	line := acctest.LineServer(t, linetest.Config{})
	cleverTap := acctest.CleverTapServer(t, 3, clevertaptest.Config{})
	server := storetest.NewServer(storetest.ServerConfig{Token: storeToken})
	t.Cleanup(server.Close)
	return &pageWorld{
		s3: storetest.StartS3(t).Endpoint, store: server.Address,
		Command: acctest.NewCommand(t, slices.Concat(storetest.S3Environment(), []string{
			"PATH=" + programs + string(os.PathListSeparator) + os.Getenv("PATH"),
			"LINE_API_URL=" + line.URL, "LINE_CHANNEL_ACCESS_TOKEN=" + acctest.LineToken, "TF_VAR_line_channel_access_token=" + acctest.LineToken,
			"TF_VAR_linked_content_key=key", "TF_VAR_origin_secret=of-the-origin", "TF_VAR_relay_client_secret=of-the-relay",
			"CLEVERTAP_API_URL=" + cleverTap.URL, "CLEVERTAP_PASSCODE=" + acctest.CleverTapPasscode,
			"CLEVERTAP_TEMPLATE_STORE_TOKEN=" + storeToken, "ISSUE=7",
		})...),
	}
}

// at is the same world with an example of its own.
func (w *pageWorld) at(t *testing.T, example string) *pageWorld {
	t.Helper()
	command := *w.Command
	command.Dir = t.TempDir()
	if err := os.CopyFS(command.Dir, os.DirFS(filepath.Join(examples, filepath.FromSlash(example)))); err != nil {
		t.Fatal(err)
	}
	return &pageWorld{Command: &command, s3: w.s3, store: w.store}
}

// shell runs a script as a page's reader does, and gives what it prints and its exit code.
func (w *pageWorld) shell(t *testing.T, script string) (output string, exitCode int) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "sh", "-c", script)
	command.Dir, command.Env = w.Dir, w.Env
	said, err := command.CombinedOutput()
	if command.ProcessState == nil {
		t.Fatal(err)
	}
	return string(said), command.ProcessState.ExitCode()
}

// The folder of messages, as the pages have it: with a fault in one, until that is mended.
const (
	pageWelcome = `{"type": "text", "text": "Hello, {{ Profile.Name | default: 'there' }}"}`
	pageReceipt = `{
  "type": "flex",
  "altText": "Your receipt",
  "contents": {
    "type": "bubble",
    "body": {
      "type": "box",
      "layout": "vertical",
      "contents": [
        { "type": "text", "text": "Brown Cafe" },
        { "type": "separator" },
        { "type": "text", "text": "Latte" },
        { "type": "text", "text": "¥450" },
        { "type": "separator" },
        { "type": "text", "text": "{{ Profile.Points | default: '0' }} points" }
      ]
    },
    "footer": {
      "type": "box",
      "layout": "vertical",
      "contents": [{
        "type": "button",
        "style": "primary",
        "action": {
          "type": "uri",
          "uri": "https://example.com/receipt",
          "label": "See the whole receipt with all its dishes"
        }
      }]
    }
  }
}
`
)

// Every block of commands on every page is run as it stands, in the page's order, and a console's output is what the page says.
// Those under a heading that speaks of a live or real account need one; those of "From pull request to phone" have a test of their
// own, and make's targets are CI.
func TestAccPagesRun(t *testing.T) {
	t.Parallel()
	pages := map[string][]pageBlock{}
	for _, block := range pageBlocks(t, "sh|shell|console|bash") {
		page, _, _ := strings.Cut(block.where, ":")
		switch {
		case strings.Contains(block.heading, "live account"), strings.Contains(block.heading, "real account"),
			strings.HasSuffix(page, "pull-request-to-phone.md"): // TestAccGuide in pipelines
		case strings.Contains(block.source, "make "):
			wantTargets(t, block)
		case strings.Contains(block.source, "go test "): // one of these tests, by hand
		default:
			pages[page] = append(pages[page], block)
		}
	}
	if len(pages) < 12 {
		t.Errorf("only %d pages have commands", len(pages))
	}
	w := newPageWorld(t)
	for page, blocks := range pages {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			resource, isResource := strings.CutPrefix(page, "docs/resources/")
			if isResource {
				w.at(t, "resources/clevertap_"+strings.TrimSuffix(resource, ".md")).importByID(t, blocks)
				return
			}
			example := "linked-messages"
			if strings.HasSuffix(page, "checking-messages.md") { // of pasted messages
				example = "complete"
			}
			w := w.at(t, example)
			w.Run("apply", "-auto-approve")
			for _, block := range blocks {
				w.runBlock(t, block)
			}
		})
	}
}

var (
	// elsewhere is a bucket that only its owner reads.
	elsewhere = regexp.MustCompile(`s3://acme-([a-z-]+)[^' ]*`)
	// itsReaders are lines that readers fill in themselves, and one that needs a Chrome, which browsertest runs.
	itsReaders = regexp.MustCompile(`(?m)^.*(?:…|--png).*$`)
)

func (w *pageWorld) runBlock(t *testing.T, block pageBlock) {
	t.Helper()
	receipt := pageReceipt
	if strings.Contains(block.source, "--sample") { // meanwhile it is mended
		receipt = strings.Replace(receipt, "See the whole receipt with all its dishes", "See it", 1)
	}
	for _, folder := range []string{"", "messages", "examples/messages"} {
		if err := os.MkdirAll(filepath.Join(w.Dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
		w.Write(filepath.Join(folder, "welcome.line.json"), pageWelcome)
		w.Write(filepath.Join(folder, "receipt.line.json"), receipt)
	}
	if !strings.Contains(block.source, "$ ") {
		script := elsewhere.ReplaceAllString(block.source, "s3://storetest/$1?region=us-east-1&use_path_style=true&endpoint="+w.s3)
		script = strings.ReplaceAll(script, "https://store.example.com/clevertap", w.store)
		script = itsReaders.ReplaceAllString(script, "")
		want := 0
		if strings.HasPrefix(script, "clevertap-line drift") && !strings.Contains(script, "case") {
			want = 2 // the Linked Content API is not entered
		}
		if program := strings.Fields(script)[0]; program == "openssl" {
			if _, err := exec.LookPath(program); err != nil {
				t.Logf("%s is not run: %v", block.where, err)
				return
			}
		}
		if output, exitCode := w.shell(t, script); exitCode != want {
			t.Errorf("%s ends with %d:\n%s\n%s", block.where, exitCode, script, output)
		}
		return
	}
	var want, got strings.Builder
	for line := range strings.Lines(block.source) {
		command, isCommand := strings.CutPrefix(line, "$ ")
		if !isCommand {
			want.WriteString(line)
			continue
		}
		output, _ := w.shell(t, command)
		got.WriteString(output)
	}
	if got.String() != want.String() {
		t.Errorf("%s: the page shows\n%s\nand the commands print\n%s", block.where, want.String(), got.String())
	}
}

// importByID runs the imports of a resource's page, each in the example of the page.
func (w *pageWorld) importByID(t *testing.T, blocks []pageBlock) {
	t.Helper()
	for _, file := range []string{"import-by-identity.tf", "import-by-string-id.tf"} { // those are other ways
		if err := os.Remove(filepath.Join(w.Dir, file)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	w.Env = append(slices.Clone(w.Env), "CLEVERTAP_ACCOUNT_ID="+acctest.CleverTapAccount)
	w.Write("provider.tf", acctest.RequiredProviders+acctest.Provider(acctest.LocalStore("store"), "publish_store {\n"+acctest.LocalStore("published")+"\n}"))
	w.Run("apply", "-auto-approve")
	for _, block := range blocks {
		for line := range strings.Lines(block.source) {
			arguments, isImport := strings.CutPrefix(line, "terraform import ")
			if !isImport {
				continue
			}
			address, id, _ := strings.Cut(strings.TrimSpace(arguments), " ")
			if output, exitCode := w.shell(t, "terraform state rm "+address); exitCode != 0 {
				t.Fatal(output)
			}
			if output, exitCode := w.Try("import", address, id[1:len(id)-1]); exitCode != 0 {
				t.Errorf("%s: %s: %s", block.where, line, output)
			}
			if plan, exitCode := w.Try("plan", "-detailed-exitcode"); exitCode != 0 {
				t.Errorf("%s: after it, a plan ends with %d:\n%s", block.where, exitCode, plan)
			}
		}
	}
}

// wantTargets wants make to know what a page asks it for.
func wantTargets(t *testing.T, block pageBlock) {
	t.Helper()
	makefile := acctest.ReadFile(t, "../../GNUmakefile")
	for _, line := range strings.Split(block.source, "\n") {
		line, _, _ = strings.Cut(line, "#")
		targets, isMake := strings.CutPrefix(line, "make ")
		for _, target := range strings.Fields(targets) {
			if isMake && !strings.Contains(makefile, "\n"+target+":") {
				t.Errorf("%s: there is no target %s", block.where, target)
			}
		}
	}
}
