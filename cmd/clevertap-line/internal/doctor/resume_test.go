package doctor

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// requests are those that doctor sent, by method and URL; the campaign's are not among them.
func (w *world) requests() map[string]int {
	sent := map[string]int{}
	for _, front := range []*standin.Front{w.line.Front, w.cleverTap.Front, w.origin} {
		for _, r := range front.Requests() {
			if strings.HasPrefix(r.Header.Get("User-Agent"), "clevertap-line/") {
				sent[r.Method+" "+front.URL+r.Path]++
			}
		}
	}
	return sent
}

var announced = regexp.MustCompile(`(?m)^  (GET|POST) +(\S+), (?:1 request|up to (\d+) requests), with \w+`)

// What is asked is said before, and no more is asked.
func TestAnnouncements(t *testing.T) {
	for name, account := range map[string]func(*config){"long-lived": nil, "stateless": token21(time.Minute), "channel": issuedToken} {
		w := newWorld(t, account)
		got := w.run()
		said := map[string]int{}
		for _, r := range announced.FindAllStringSubmatch(got.said, -1) {
			most, _ := strconv.Atoi(r[3])
			said[r[1]+" "+r[2]] += max(most, 1)
		}
		sent := w.requests()
		for request, n := range sent {
			if n > said[request] {
				t.Errorf("%s: %s was sent %d times, said %d", name, request, n, said[request])
			}
		}
		if len(sent) != len(said) || len(sent) != 11 {
			t.Errorf("%s: sent %v, said %v", name, sent, said)
		}
		for _, secret := range []string{w.token, passcode, contentHeader, identity, "CANARY-secret"} {
			if strings.Contains(got.said, secret) {
				t.Errorf("%s: %s is on the terminal", name, secret)
			}
		}
	}
}

// The command can be stopped at each question, and goes on from there: with the same report, and without asking anybody again.
func TestStopAndGoOn(t *testing.T) {
	whole := newWorld(t, nil)
	want := whole.run()
	questions := strings.Count(want.said, "Ask? [y/n]") + strings.Count(want.said, "Number, or Enter")
	if questions != 14 {
		t.Fatalf("%d questions", questions)
	}
	for stop := range questions {
		w := newWorld(t, nil)
		progress := filepath.Join(t.TempDir(), "progress.json")
		w.patience = stop
		first := w.run("--progress", progress)
		if first.code != 1 || first.report != "" || !strings.HasSuffix(first.said, "Error: stopped: give the same command again to go on\n") {
			t.Fatalf("stopped at %d: exit %d, %s, %s", stop, first.code, first.report, first.said)
		}
		w.patience = -1
		second := w.run("--progress", progress)
		if second.code != 0 || second.report != want.report {
			t.Errorf("stopped at %d: exit %d, %s", stop, second.code, second.report)
		}
		if says := strings.Contains(second.said, "Taken up where it stopped"); says != (stop > 0) {
			t.Errorf("stopped at %d: said\n%s", stop, second.said)
		}
		asked := strings.Count(second.said, "Ask? [y/n]") + strings.Count(second.said, "Number, or Enter")
		if asked != questions-stop {
			t.Errorf("stopped at %d: %d questions are left, want %d", stop, asked, questions-stop)
		}
		sent, wanted := anywhere(w.requests()), anywhere(whole.requests())
		if stop > 6 && stop < 14 {
			wanted["GET /CANARY-path/CANARY_welcome.json"]++ // whose unit name is kept nowhere
		}
		if !maps.Equal(sent, wanted) {
			t.Errorf("stopped at %d: sent %v, want %v", stop, sent, wanted)
		}
		wantClean(t, readFile(t, progress))
		// Once all is well, nothing is asked.
		w.line.Forget()
		w.cleverTap.Forget()
		w.origin.Forget()
		if third := w.run("--progress", progress); third.code != 0 || third.report != want.report || len(w.requests()) != 0 ||
			strings.Contains(third.said, "Ask?") {
			t.Errorf("stopped at %d, the third time: exit %d, %v, %s", stop, third.code, w.requests(), third.said)
		}
	}
}

// anywhere are requests without the ports of their servers.
func anywhere(sent map[string]int) map[string]int {
	found := map[string]int{}
	for request, n := range sent {
		found[regexp.MustCompile(`http://[^/]+`).ReplaceAllString(request, "")] += n
	}
	return found
}

// What is not well is asked again, and so is what is kept of another account, and all with --again.
func TestAskedAgain(t *testing.T) {
	w := newWorld(t, nil)
	progress := filepath.Join(t.TempDir(), "progress.json")
	fault(lineFront, "GET", "/v2/bot/message/quota", linetest.ErrorFault(500, "CANARY"))(t, w)
	w.person["save-template"] = "refused"
	if got := w.run("--progress", progress); got.code != 2 {
		t.Fatalf("exit %d, %s", got.code, got.said)
	}
	info, err := os.Stat(progress)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	w.person["save-template"] = "saved"
	w.line.Forget()
	w.cleverTap.Forget()
	got := w.run("--progress", progress)
	if got.code != 0 || strings.Count(got.said, "Ask?") != 1 || strings.Count(got.said, "Number, or Enter") != 1 || w.requests()["GET "+w.line.URL+"/v2/bot/info"] != 1 {
		t.Errorf("exit %d, %v; said\n%s", got.code, w.requests(), got.said)
	}
	if got := w.run("--progress", progress, "--again"); strings.Count(got.said, "Ask?") != 8 || strings.Count(got.said, "Number, or Enter") != 6 ||
		strings.Contains(got.said, "Taken up") {
		t.Errorf("again: said\n%s", got.said)
	}
	t.Setenv(cli.EnvCleverTapPasscode, "CANARY-OTHER")
	got = w.run("--progress", progress)
	if got.code != 2 || strings.Count(got.said, "CleverTap: credentials and schema: what is kept is of something else, and is asked again.") != 1 ||
		strings.Count(got.said, "Number, or Enter") != 0 || strings.Count(got.said, "Ask?") != 5 {
		t.Errorf("another passcode: exit %d, said\n%s", got.code, got.said)
	}
}

func TestAnotherChannelIsAskedAgain(t *testing.T) {
	w := newWorld(t, issuedToken)
	progress := filepath.Join(t.TempDir(), "progress.json")
	if got := w.run("--progress", progress); got.code != 0 {
		t.Fatalf("exit %d, %s", got.code, got.said)
	}
	wantClean(t, readFile(t, progress))
	t.Setenv(cli.EnvLineChannelSecret, "CANARY-OTHER")
	if got := w.run("--progress", progress); got.code != 1 || !strings.Contains(got.said, "LINE: what is kept is of something else, and is asked again.") {
		t.Errorf("exit %d, said\n%s", got.code, got.said)
	}
}

// What a person does not agree to is not asked, and is told.
func TestNotAgreed(t *testing.T) {
	w := newWorld(t, nil)
	w.refuses = map[string]bool{"LINE": true, "CleverTap: the message report": true}
	got := w.run()
	if got.code != 0 || !strings.Contains(got.report, "- LINE: Give the command again, and agree to it.\n") ||
		!strings.Contains(got.report, "- CleverTap: the message report: Give the command again, and agree to it.\n") {
		t.Errorf("exit %d, %s", got.code, got.report)
	}
	if sent := w.requests(); sent["GET "+w.line.URL+"/v2/bot/info"] != 0 || sent["POST "+w.cleverTap.URL+"/1/message/report.json"] != 0 ||
		sent["GET "+w.cleverTap.URL+"/getSchema"] != 1 {
		t.Errorf("sent %v", sent)
	}
}

// Where nobody can agree, nothing is asked but with --yes; and nobody is there for the steps.
func TestWithoutATerminal(t *testing.T) {
	w := newWorld(t, nil)
	got := w.runAt(t.Context(), false)
	if got.code != 1 || got.report != "" || len(w.requests()) != 0 || len(announced.FindAllString(got.said, -1)) != 14 ||
		!strings.HasSuffix(got.said, "Error: nothing was asked: standard input is no terminal, so that nobody can agree. Give --yes to ask what is listed above\n") {
		t.Errorf("exit %d, %v, %s", got.code, w.requests(), got.said)
	}
	got = w.runAt(t.Context(), false, "--yes")
	if got.code != 0 || strings.Contains(got.said, "Ask?") || strings.Contains(got.said, "Number, or") ||
		!strings.Contains(got.report, "- The campaign in the dashboard: Give the command at a terminal") {
		t.Errorf("exit %d, %s\n%s", got.code, got.said, got.report)
	}
	// A message that was taken is seen without anybody's word.
	w.send(messagesName)
	got = w.runAt(t.Context(), false, "--yes")
	if got.code != 0 || !strings.Contains(got.report, "LINE took a message with the unit name") || strings.Contains(got.report, "`label-escaping`: ") {
		t.Errorf("exit %d, %s", got.code, got.report)
	}
	// At a terminal, --yes leaves the steps as they are.
	if got = w.run("--yes"); got.code != 0 || strings.Contains(got.said, "Ask?") || strings.Count(got.said, "Number, or Enter") != 6 {
		t.Errorf("exit %d, %s", got.code, got.said)
	}
}

func TestWithoutCredentials(t *testing.T) {
	w := newWorld(t, nil)
	for _, name := range []string{cli.EnvLineToken, cli.EnvCleverTapPasscode} {
		t.Setenv(name, "")
	}
	w.args = nil
	got := w.runAt(t.Context(), false, "--yes")
	if got.code != 0 || len(w.requests()) != 0 {
		t.Errorf("exit %d, %v", got.code, w.requests())
	}
	golden(t, "nothing.md", got.report)
}

// Without anything to look at, no list is pointed at; and where all is well already, nobody has to agree to anything.
func TestNothingToAgreeTo(t *testing.T) {
	w := newWorld(t, nil)
	progress := filepath.Join(t.TempDir(), "progress.json")
	want := w.run("--progress", progress)
	if got := w.runAt(t.Context(), false, "--progress", progress); want.code != 0 || got.code != 0 || got.report != want.report {
		t.Errorf("all is well: exit %d, %s", got.code, got.said)
	}
	for _, name := range []string{cli.EnvLineToken, cli.EnvCleverTapPasscode} {
		t.Setenv(name, "")
	}
	w.args = nil
	if got := w.runAt(t.Context(), false); got.code != 1 || got.report != "" || got.said != "Error: there is nothing to look at: set LINE_CHANNEL_ACCESS_TOKEN, or LINE_CHANNEL_ID and LINE_CHANNEL_SECRET, or "+
		"CLEVERTAP_ACCOUNT_ID, CLEVERTAP_PASSCODE and CLEVERTAP_REGION, or give --served-at\n" {
		t.Errorf("exit %d, %s", got.code, got.said)
	}
}

// Steps are kept whether CleverTap's credentials are given or not, before and after.
func TestStepsWithoutCredentials(t *testing.T) {
	w := newWorld(t, nil)
	progress := filepath.Join(t.TempDir(), "progress.json")
	if got := w.run("--progress", progress); got.code != 0 {
		t.Fatalf("exit %d, %s", got.code, got.said)
	}
	with := func(passcode, step string, questions int, args ...string) ran {
		t.Helper()
		t.Setenv(cli.EnvCleverTapPasscode, passcode)
		got := w.run(append(args, "--progress", progress)...)
		if n := strings.Count(got.said, "Number, or Enter"); got.code != 0 || n != questions || !strings.Contains(got.report, "| well | The campaign in the dashboard |") {
			t.Errorf("%s: exit %d, %d questions, %s\n%s", step, got.code, n, got.said, got.report)
		}
		return got
	}
	with("", "without", 0)
	with(passcode, "with again", 0)
	with("", "without, again", 6, "--again")
	if err := os.Remove(progress); err != nil {
		t.Fatal(err)
	}
	with("", "without, at first", 6)
	with(passcode, "with afterwards", 0)
	t.Setenv(cli.EnvCleverTapAccountID, "CANARY-ANOTHER")
	if got := w.run("--progress", progress); strings.Count(got.said, "Number, or Enter") != 0 {
		t.Errorf("the steps of no known account: %s", got.said) // nothing was kept of them since, not even whose they are
	}
}

// An answer without credentials does not make the steps before it those of any account.
func TestStepsStayTheAccounts(t *testing.T) {
	w := newWorld(t, nil)
	progress := filepath.Join(t.TempDir(), "progress.json")
	delete(w.person, "broken-test")
	first := w.run("--progress", progress)
	w.person["broken-test"] = "aborted"
	t.Setenv(cli.EnvCleverTapPasscode, "")
	second := w.run("--progress", progress)
	if n := strings.Count(second.said, "Number, or Enter"); first.code != 0 || second.code != 0 || n != 1 {
		t.Fatalf("exit %d, %d, %d questions, %s", first.code, second.code, n, second.said)
	}
	t.Setenv(cli.EnvCleverTapPasscode, passcode)
	t.Setenv(cli.EnvCleverTapAccountID, "CANARY-ANOTHER")
	if got := w.run("--progress", progress); strings.Count(got.said, "Number, or Enter") != 6 || !strings.Contains(got.said, "Steps of a person: what is kept is of something else") {
		t.Errorf("another account: %s", got.said)
	}
}

// What this run does not look at is told as an earlier one's, and changes no ending.
func TestEarlierRun(t *testing.T) {
	w := newWorld(t, nil)
	progress := filepath.Join(t.TempDir(), "progress.json")
	fault(lineFront, "GET", "/v2/bot/message/quota/consumption", standin.Fault{Status: 200, Body: `{"totalUsage":1000}`})(t, w)
	fault(cleverTapFront, "GET", "/getSchema", standin.Fault{Status: 401, Body: `{"status":"fail","error":"x","code":1}`})(t, w)
	if got := w.run("--progress", progress); got.code != 2 || strings.Contains(got.report, "earlier") {
		t.Fatalf("exit %d, %s", got.code, got.report)
	}
	t.Setenv(cli.EnvLineToken, "")
	w.refuses = map[string]bool{"CleverTap: credentials and schema": true}
	got := w.run("--progress", progress)
	now, earlier, found := strings.Cut(got.report, "\n## From an earlier run\n")
	if got.code != 0 || !found || strings.Contains(now, "quota |") || strings.Contains(now, "refuses") || !strings.Contains(now, "- LINE: Set LINE_CHANNEL_ACCESS_TOKEN, or LINE_CHANNEL_ID and LINE_CHANNEL_SECRET.\n") ||
		!strings.Contains(now, "- CleverTap: credentials and schema: Give the command again, and agree to it.\n") {
		t.Errorf("exit %d, %s", got.code, got.report)
	}
	for _, row := range []string{
		`(?m)^\| \*\*off\*\* \| The month's message quota \| .*\| \d{4}-\d\d-\d\d \d\d:\d\d UTC \|$`,
		`(?m)^\| \*\*off\*\* \| CleverTap's credentials and region \| .* \(status 401, code 1\) \| .*\| \d{4}-.* UTC \|$`,
		`(?m)^- Yes: the body compares labels before it sends, and it sent\. \(from an earlier run at \d{4}-.* UTC\)$`,
	} {
		if !regexp.MustCompile(row).MatchString(earlier) {
			t.Errorf("no %s in\n%s", row, earlier)
		}
	}
	wantClean(t, got.report)
	if got := w.run("--progress", progress, "--yes"); got.code != 0 || strings.Contains(got.report, "CleverTap's credentials and region | CleverTap refuses") {
		t.Errorf("asked again: exit %d, %s", got.code, got.report)
	}
}

// An interrupt ends the command at a question and in a request, and keeps what was found before.
func TestInterrupt(t *testing.T) {
	for name, change := range map[string]func(w *world, cancel func()){
		"at a question": func(w *world, cancel func()) {
			w.do["send-test"] = func() { cancel(); time.Sleep(50 * time.Millisecond) }
		},
		"in a request": func(w *world, cancel func()) {
			w.cleverTap.AddFaults(standin.Fault{Method: "GET", Path: "/getSchema", Delay: time.Hour})
			go func() {
				for w.requests()["GET "+w.cleverTap.URL+"/getSchema"] == 0 {
					time.Sleep(time.Millisecond)
				}
				cancel()
			}()
		},
	} {
		w := newWorld(t, nil)
		progress := filepath.Join(t.TempDir(), "progress.json")
		ctx, cancel := context.WithCancel(t.Context())
		change(w, cancel)
		got := w.runAt(ctx, true, "--progress", progress)
		if got.code != cli.ExitInterrupted || got.report != "" || !strings.HasSuffix(got.said, "Interrupted.\n") {
			t.Errorf("%s: exit %d, %s", name, got.code, got.said)
		}
		kept, err := load(progress)
		if err != nil || !kept.all().is(token, "alive") || len(kept.all()) < 5 {
			t.Errorf("%s: kept %v, %v", name, kept, err)
		}
		if strings.Contains(readFile(t, progress), "failed") {
			t.Errorf("%s: what was interrupted is kept as a failure", name)
		}
	}
}
