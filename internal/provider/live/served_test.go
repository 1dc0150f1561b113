package live_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// edge serves a publish store as a CDN does: what it has seen, or what it was told to.
type edge struct {
	*standin.Front
	folder string

	mu sync.Mutex
	// kept is an older document; it is served for so many looks, for ever if that is negative.
	kept  string
	looks int
	// header is what it wants to see, if anything.
	header string
	// status is what it answers in place of all, unless it is 0.
	status int
}

func newEdge(t *testing.T, d *directory) *edge {
	t.Helper()
	e := &edge{folder: filepath.Join(d.Dir, "published")}
	e.Front = standin.Start(standin.Config{Handler: http.HandlerFunc(e.serve)})
	t.Cleanup(e.Close)
	return e
}

func (e *edge) serve(w http.ResponseWriter, r *http.Request) {
	e.mu.Lock()
	defer e.mu.Unlock()
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	switch {
	case e.header != "" && r.Header.Get("X-From-Clevertap") != e.header:
		http.Error(w, "you sent "+r.Header.Get("X-From-Clevertap"), http.StatusForbidden)
	case e.status != 0:
		http.Error(w, "", e.status)
	case e.looks != 0:
		e.looks--
		w.Header().Set("Age", "42")
		_, _ = w.Write([]byte(e.kept))
	default:
		http.ServeFile(w, r, filepath.Join(e.folder, filepath.FromSlash(r.URL.Path)))
	}
}

// keep serves a document for so many looks from now on.
func (e *edge) keep(document string, looks int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.kept, e.looks = document, looks
}

func (e *edge) set(header string, status int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.header, e.status = header, status
}

// at is the attribute that names the messages' URL.
func (e *edge) at(name string) string {
	return fmt.Sprintf("\nserved_at = \"%s/default/line-linked-messages/%s.json\"", e.URL, name)
}

const (
	wouldNotSend = `CleverTap would not send the LINE linked messages "welcome" as they are published`
	served       = "served_sha256"
)

func waiting(seconds int, more string) string {
	return fmt.Sprintf("read_back {\nwait_seconds = %d\n%s\n}", seconds, more)
}

// What is served at once is said in no word, and known in state.
func TestAccServed(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	e := newEdge(t, d)
	d.declare(acctest.LinkedMessages(greeting + e.at("welcome")))
	d.wantPlan([]string{address + " [create] served_sha256?"})
	d.wantWarnings(d.Run("apply", "-auto-approve", "tfplan"))
	hash := d.value(address, "content_sha256")
	if seen := d.value(address, served); seen != hash || len(e.Requests()) != 1 {
		t.Errorf("seen is %v, published %v, after %d looks", seen, hash, len(e.Requests()))
	}
	d.wantPlan(nil) // which looks again
	if len(e.Requests()) != 2 {
		t.Errorf("it was looked at %d times", len(e.Requests()))
	}
	d.declare(acctest.LinkedMessages(farewell + e.at("welcome")))
	d.wantPlan([]string{address + " [update] content_sha256 messages served_sha256?"})
	d.wantWarnings(d.Run("apply", "-auto-approve", "tfplan"))
	if seen := d.value(address, served); seen == hash || seen != d.value(address, "content_sha256") {
		t.Errorf("seen is %v", seen)
	}
	// What was seen once is not what is seen now.
	e.set("", 404)
	d.wantWarnings(d.Run("apply", "-refresh-only", "-auto-approve"), wouldNotSend)
	if seen := d.value(address, served); seen != nil {
		t.Errorf("seen is %v where nothing is served", seen)
	}
	// A repair is a write: what it is served as is seen after it.
	d.edit(`"shape": "2d75dbc3"`, `"shape": "00000000"`)
	d.wantPlan([]string{address + " [update] reference served_sha256? shape"})
	e.set("", 0)
	d.Run("apply", "-auto-approve", "tfplan")
	if seen := d.value(address, served); seen != d.value(address, "content_sha256") {
		t.Errorf("after the repair seen is %v", seen)
	}
	// Where nothing is served at any longer, nothing is known of it.
	d.declare(acctest.LinkedMessages(farewell))
	d.wantPlan([]string{address + " [update] served_at served_sha256"})
	d.Run("apply", "-auto-approve", "tfplan")
	before := len(e.Requests())
	d.wantPlan(nil)
	if len(e.Requests()) != before {
		t.Error("it is still looked at")
	}
}

// A CDN that lags is waited for; one that lags longer is a warning in each plan until it has caught up, and nothing else.
func TestAccServedStale(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	e := newEdge(t, d)
	d.provider = waiting(20, "")
	d.declare(acctest.LinkedMessages(greeting + e.at("welcome")))
	d.Run("apply", "-auto-approve")
	older, olderHash := acctest.ReadFile(t, d.document("welcome")), d.value(address, "content_sha256")

	e.keep(older, 3) // the refresh takes one look
	d.declare(acctest.LinkedMessages(farewell + e.at("welcome")))
	d.wantWarnings(d.Run("apply", "-auto-approve"))
	newerHash := d.value(address, "content_sha256")
	if seen := d.value(address, served); seen != newerHash {
		t.Errorf("seen is %v, published %v", seen, newerHash)
	}

	d.provider = waiting(1, "")
	newer := acctest.ReadFile(t, d.document("welcome"))
	e.keep(newer, -1)
	d.declare(acctest.LinkedMessages(greeting + e.at("welcome")))
	output := d.Run("apply", "-auto-approve")
	d.wantWarnings(output, wouldNotSend)
	wantWords(t, output, fmt.Sprintf("content_sha256 %v, kept by a cache for 42s", newerHash), "welcome.json was read as CleverTap reads it")
	for range 2 {
		changes, output := d.plan()
		if len(changes) > 0 || !strings.Contains(output, "No changes.") {
			t.Errorf("the plan changes %q", changes)
		}
		d.wantWarnings(output, wouldNotSend)
	}
	if seen := d.value(address, served); seen != newerHash || d.value(address, "content_sha256") != olderHash {
		t.Errorf("seen is %v, not the newer %v", seen, newerHash)
	}
	e.keep("", 0)
	changes, output := d.plan()
	if len(changes) > 0 {
		t.Errorf("the plan changes %q", changes)
	}
	d.wantWarnings(output)
}

// A create whose messages are not served is done: its object is not tainted, so that no plan deletes what is live.
func TestAccServedNever(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		prepare func(e *edge)
		says    string
	}{
		"404":           {func(e *edge) { e.set("", 404) }, "404 Not Found. Nothing is served under this URL"},
		"500":           {func(e *edge) { e.set("", 500) }, "500 Internal Server Error"},
		"older":         {func(e *edge) { e.keep(`{"name":"welcome","shape":"00000000","parts":["[{}]"],"tags":[]}`, -1) }, "other messages"},
		"another":       {func(e *edge) { e.keep(`{"name":"other"}`, -1) }, `named "other", not "welcome"`},
		"HTML":          {func(e *edge) { e.keep("<html>", -1) }, "no document of published messages"},
		"nobody there":  {func(e *edge) { e.Close() }, "There is no answer"},
		"hostile bytes": {func(e *edge) { e.keep(`{"name":"\u001b[31m\n│ Error: x"}`, -1) }, "the URL is that of another document"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDirectory(t)
			e := newEdge(t, d)
			d.provider = waiting(0, "")
			test.prepare(e)
			d.declare(acctest.LinkedMessages(greeting + e.at("welcome")))
			output := d.Run("apply", "-auto-approve")
			d.wantWarnings(output, wouldNotSend)
			wantWords(t, output, test.says)
			if strings.Contains(output, "\x1b") {
				t.Errorf("the output has bytes of the server's: %q", output)
			}
			changes, output := d.plan()
			if len(changes) > 0 || strings.Contains(d.Run("show"), "(tainted)") {
				t.Errorf("the plan changes %q:\n%s", changes, output)
			}
			d.wantWarnings(output, wouldNotSend)
			d.Run("destroy", "-auto-approve")
		})
	}
}

// A server that wants to see a header gets it from the provider's configuration, or from the environment, and nobody else learns it.
func TestAccServedWithHeader(t *testing.T) {
	t.Parallel()
	const secret = "CANARY-header-0123456789"
	const name, value = "header_name = \"X-From-CleverTap\"", "header_value = \"" + secret + "\""
	for from, test := range map[string]struct {
		env      []string
		readBack string
	}{
		"configuration": {nil, name + "\n" + value},
		"environment":   {[]string{"CLEVERTAP_READ_BACK_HEADER_NAME=X-From-CleverTap", "CLEVERTAP_READ_BACK_HEADER_VALUE=" + secret}, ""},
		"both":          {[]string{"CLEVERTAP_READ_BACK_HEADER_VALUE=" + secret}, name},
	} {
		t.Run(from, func(t *testing.T) {
			t.Parallel()
			logFile := filepath.Join(t.TempDir(), "trace.log")
			d := newDirectory(t, append(test.env, "TF_LOG=TRACE", "TF_LOG_PATH="+logFile)...)
			e := newEdge(t, d)
			e.set(secret, 0)
			d.provider = waiting(0, test.readBack)
			d.declare(acctest.LinkedMessages(greeting + e.at("welcome")))
			output := d.Run("apply", "-auto-approve")
			d.wantWarnings(output)
			if d.value(address, served) != d.value(address, "content_sha256") {
				t.Error("what is served is not known")
			}
			e.set("another-"+secret, 0) // it refuses, and repeats what it was sent
			refused := d.Run("plan")
			d.wantWarnings(refused, wouldNotSend)
			wantWords(t, refused, "403 Forbidden", "set in the block read_back of publish_store")
			log := acctest.ReadFile(t, logFile)
			for what, text := range map[string]string{
				"output": output, "plan": refused, "state": acctest.ReadFile(t, filepath.Join(d.Dir, "terraform.tfstate")), "log": log,
				"document": acctest.ReadFile(t, d.document("welcome")),
			} {
				if strings.Contains(text, secret) {
					t.Errorf("the header is in the %s", what)
				}
			}
			if !strings.Contains(log, "/default/line-linked-messages/welcome.json") {
				t.Error("the log does not show the request")
			}
		})
	}
}

// Without the header: a warning that names the setting.
func TestAccServedWithoutHeader(t *testing.T) {
	t.Parallel()
	d := newDirectory(t, "CLEVERTAP_READ_BACK_WAIT_SECONDS=0")
	e := newEdge(t, d)
	e.set("wanted", 0)
	d.declare(acctest.LinkedMessages(greeting + e.at("welcome")))
	output := d.Run("apply", "-auto-approve")
	d.wantWarnings(output, wouldNotSend)
	wantWords(t, output, "The answer is 403 Forbidden. Reading is not allowed.")
	if d.value(address, served) != nil {
		t.Error("something is known to be served")
	}
}

// An edit that is served is drift, and no fault of the server's.
func TestAccServedDrift(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	e := newEdge(t, d)
	d.provider = waiting(0, "")
	d.declare(acctest.LinkedMessages(greeting + e.at("welcome")))
	d.Run("apply", "-auto-approve")
	hash := d.value(address, "content_sha256")
	d.edit("Hello, ", "HACKED, ")
	changes, output := d.plan()
	if len(changes) != 1 || changes[0] != address+" [update] messages served_sha256?" {
		t.Errorf("the plan changes %q", changes)
	}
	d.wantWarnings(output)
	d.wantWarnings(d.Run("apply", "-auto-approve", "tfplan"))
	if d.value(address, served) != hash {
		t.Error("the repair was not seen")
	}
	// What only follows from the messages is written, too, and looked at again.
	d.set("content_sha256", strings.Repeat("0", 64))
	d.wantPlan([]string{address + " [update] content_sha256 served_sha256?"})
	d.Run("apply", "-auto-approve", "tfplan")
	// Of served_at itself, too.
	d.set("served_at", nil)
	d.wantPlan([]string{address + " [update] served_at served_sha256?"})
	// What is no message any more is said once, by its name.
	d.edit("[{", "[{{")
	d.wantWarnings(d.Run("plan"))
}

// Settings of the reading: what is faulty is said at plan, to whom it concerns, and never with the value.
func TestAccReadBackSettings(t *testing.T) {
	t.Parallel()
	const later = "resource \"terraform_data\" \"later\" {\n  input = \"CANARY\"\n}\n"
	for name, test := range map[string]struct {
		readBack string
		env      []string
		command  string
		says     string // "" for what is good
	}{
		"name alone":       {"header_name = \"X-A\"", nil, "plan", "is incomplete"},
		"value alone":      {"header_value = \"CANARY\"", nil, "plan", "is incomplete"},
		"value alone, env": {"", []string{"CLEVERTAP_READ_BACK_HEADER_VALUE=CANARY"}, "plan", "CLEVERTAP_READ_BACK_HEADER_NAME"},
		"name of two":      {"header_name = \"X A\"\nheader_value = \"CANARY\"", nil, "plan", "has the wrong form"},
		"Host":             {"header_name = \"host\"\nheader_value = \"CANARY\"", nil, "plan", "host is the request's own"},
		"User-Agent":       {"header_name = \"User-Agent\"\nheader_value = \"CANARY\"", nil, "plan", "User-Agent is the request's own"},
		"Content-Length":   {"header_name = \"Content-Length\"\nheader_value = \"CANARY\"", nil, "plan", "Content-Length is the request's own"},
		"value with lines": {"header_name = \"X-A\"\nheader_value = \"CANARY\\nX-B: 1\"", nil, "plan", "has the wrong form"},
		"value with ends":  {"header_name = \"X-A\"\nheader_value = \" CANARY\"", nil, "plan", "has the wrong form"},
		"value in letters": {"header_name = \"X-A\"\nheader_value = \"CANARYé\"", nil, "plan", "has the wrong form"},
		"wait: negative":   {"wait_seconds = -1", nil, "validate", "wait_seconds value must be between 0 and 100000"},
		"wait: huge":       {"wait_seconds = 100001", nil, "validate", "wait_seconds value must be between 0 and 100000"},
		"wait: env":        {"", []string{"CLEVERTAP_READ_BACK_WAIT_SECONDS=soon"}, "plan", "CLEVERTAP_READ_BACK_WAIT_SECONDS has no usable value"},
		"typo":             {"header_nam = \"X-A\"", nil, "validate", `Did you mean "header_name"?`},
		"unknown":          {"header_name = \"X-A\"\nheader_value = terraform_data.later.output", nil, "plan", ""},
		"nulls":            {"header_name = null\nheader_value = null\nwait_seconds = null", nil, "plan", ""},
		"empty":            {"header_name = \"\"\nheader_value = \"\"", nil, "plan", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDirectory(t, test.env...)
			d.provider = "read_back {\n" + test.readBack + "\n}"
			d.declare(later, acctest.LinkedMessages(greeting+"\nserved_at = \"http://127.0.0.1:1/x\""))
			var output string
			if test.says == "" {
				output = d.Run(test.command)
			} else {
				output = d.wantError([]string{test.command}, test.says)
			}
			if strings.Contains(strings.ReplaceAll(output, `+ input  = "CANARY"`, ""), "CANARY") {
				t.Errorf("the value is in the output:\n%s", output)
			}
			if test.command == "validate" {
				return
			}
			// Who reads nothing back needs no header.
			d.declare(later, acctest.LinkedMessages(greeting))
			if output, exitCode := d.Try("plan"); (exitCode == 0) != (name != "wait: env") {
				t.Errorf("without served_at the plan ends with %d:\n%s", exitCode, output)
			}
		})
	}
}

// A header that is known at the apply alone is used there.
func TestAccReadBackLater(t *testing.T) {
	t.Parallel()
	d := newDirectory(t)
	e := newEdge(t, d)
	e.set("CANARY", 0)
	d.provider = waiting(0, "header_name = \"X-From-CleverTap\"\nheader_value = terraform_data.later.output")
	d.declare("resource \"terraform_data\" \"later\" {\n  input = \"CANARY\"\n}\n", acctest.LinkedMessages(greeting+e.at("welcome")))
	d.wantWarnings(d.Run("apply", "-auto-approve"))
	if d.value(address, served) != d.value(address, "content_sha256") {
		t.Error("what is served is not known")
	}
	d.declare("resource \"terraform_data\" \"later\" {\n  input = \"CANARY\"\n  triggers_replace = [1]\n}\n", acctest.LinkedMessages(greeting+e.at("welcome")))
	d.wantWarnings(d.Run("plan"))
}

// Of a block that is not known as a whole, nothing is missing: it may have what the environment has not.
func TestAccReadBackInUnknownBlock(t *testing.T) {
	t.Parallel()
	d := newDirectory(t, "CLEVERTAP_READ_BACK_HEADER_VALUE=CANARY")
	d.Write("main.tf", acctest.RequiredProviders+`
provider "clevertap" {
  dynamic "publish_store" {
    for_each = terraform_data.later.output == "" ? [] : [1]
    content {
      local {
        path = "published"
      }
      read_back {
        header_name = "X-From-CleverTap"
      }
    }
  }
}
resource "terraform_data" "later" {
  input = "x"
}
`+acctest.LinkedMessages(greeting+"\nserved_at = \"http://127.0.0.1:1/x\""))
	d.Run("plan")
}
