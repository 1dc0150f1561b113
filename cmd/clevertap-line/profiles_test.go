package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const (
	accountID = "TEST-AAA-BBB-CCCC"
	passcode  = "CANARY-PASS-CODE"
)

func startCleverTap(t *testing.T, config clevertaptest.Config) *clevertaptest.Server {
	t.Helper()
	config.AccountID, config.Passcode = accountID, passcode
	server := clevertaptest.NewServer(config)
	t.Cleanup(server.Close)
	return server
}

// prepareProfiles is the command with an environment of its own.
func prepareProfiles(t *testing.T, server *clevertaptest.Server, args ...string) (command *exec.Cmd, stdout, stderr *bytes.Buffer) {
	t.Helper()
	stdout, stderr = &bytes.Buffer{}, &bytes.Buffer{}
	command = exec.CommandContext(t.Context(), program, append([]string{"profiles"}, args...)...)
	for _, variable := range os.Environ() {
		if !strings.HasPrefix(variable, "CLEVERTAP_") {
			command.Env = append(command.Env, variable)
		}
	}
	command.Env = append(command.Env, "GORACE=atexit_sleep_ms=0")
	if server != nil {
		command.Env = append(command.Env, cli.EnvCleverTapAccountID+"="+accountID, cli.EnvCleverTapPasscode+"="+passcode, cli.EnvCleverTapAPIURL+"="+server.URL)
	}
	command.Stdout, command.Stderr = stdout, stderr
	return command, stdout, stderr
}

func runProfiles(t *testing.T, server *clevertaptest.Server, args ...string) result {
	t.Helper()
	command, stdout, stderr := prepareProfiles(t, server, args...)
	got := finish(t, command, stdout, stderr)
	if strings.Contains(got.stdout+got.stderr, passcode) {
		t.Error("the passcode was printed")
	}
	return got
}

func writeCSV(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func testLineID(i int) string { return fmt.Sprintf("U%032x", i) }

// profilesText is a file of n profiles, and wantProfiles what CleverTap holds of it afterwards.
func profilesText(n int) string {
	var b strings.Builder
	b.WriteString("identity,LineID\n")
	for i := range n {
		fmt.Fprintf(&b, "user-%d,%s\n", i, testLineID(i))
	}
	return b.String()
}

func wantProfiles(n int) map[string]map[string]any {
	want := make(map[string]map[string]any, n)
	for i := range n {
		want[fmt.Sprint("user-", i)] = map[string]any{"LineID": testLineID(i)}
	}
	return want
}

func wantHeld(t *testing.T, server *clevertaptest.Server, want map[string]map[string]any) {
	t.Helper()
	got := server.Profiles()
	if reflect.DeepEqual(got, want) {
		return
	}
	for identity, properties := range want {
		if !reflect.DeepEqual(got[identity], properties) {
			t.Fatalf("CleverTap has %d profiles, not %d; %s is %v, not %v", len(got), len(want), identity, got[identity], properties)
		}
	}
	t.Fatalf("CleverTap has %d profiles, not %d", len(got), len(want))
}

func TestProfilesUpload(t *testing.T) {
	t.Parallel()
	server := startCleverTap(t, clevertaptest.Config{})
	server.SetProfile("user-0", map[string]any{"Plan": "gold", "LineID": testLineID(9)})
	file := writeCSV(t, "profiles.csv", "\ufeff"+strings.ReplaceAll(profilesText(2345), "\n", "\r\n"))
	got := runProfiles(t, server, "upload", file)
	if got.code != 0 || got.stdout != "2345 profiles: 2345 uploaded, 0 refused.\n" || got.stderr != "" {
		t.Errorf("got %+v", got)
	}
	want := wantProfiles(2345)
	want["user-0"]["Plan"] = "gold"
	wantHeld(t, server, want)
	wantOnly(t, file)
	for _, request := range server.Requests() {
		if request.Path != "/1/upload" || !strings.HasPrefix(request.Header.Get("User-Agent"), "clevertap-line/") {
			t.Errorf("request %s from %s", request.Path, request.Header.Get("User-Agent"))
		}
	}
	if got := len(server.Requests()); got != 3 {
		t.Errorf("%d requests, want 3", got)
	}
}

func TestProfilesUploadDryRunSendsNothing(t *testing.T) {
	t.Parallel()
	server := startCleverTap(t, clevertaptest.Config{})
	file := writeCSV(t, "profiles.csv", profilesText(3)+"twin,"+testLineID(1)+"\n")
	got := runProfiles(t, server, "upload", "--dry-run", file)
	if got.code != 0 || !strings.Contains(got.stdout, "4 profiles, all lines in order. Nothing was sent.") ||
		!strings.Contains(got.stderr, "Warning: 1 lines have a LINE ID") || !strings.Contains(got.stderr, "on lines 3 and 5") {
		t.Errorf("got %+v", got)
	}
	if got := runProfiles(t, nil, "upload", "--dry-run", file); got.code != 0 {
		t.Errorf("without credentials: %+v", got)
	}
	if len(server.Requests()) != 0 {
		t.Errorf("%d requests", len(server.Requests()))
	}
	wantOnly(t, file)
}

func TestProfilesUploadChecksEveryLineFirst(t *testing.T) {
	t.Parallel()
	id := testLineID(1)
	const csvSave = "Save it as CSV UTF-8, separated by commas, with LF or CRLF line ends"
	many := "identity,LineID\n" + strings.Repeat("a,x\n", 30)
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"empty":     {"", []string{"the file is empty"}},
		"no header": {"a," + id + "\n", []string{"line 1: the columns are"}},
		"Identity":  {"Identity,LineID\n", []string{"line 1: the columns are"}},
		"long header": {
			strings.Repeat("a", 1000) + ",b" + strings.Repeat(",c", 1000) + "\n",
			[]string{`line 1: the columns are ["` + strings.Repeat("a", 50) + `" "b"] and 1000 more; there are two`},
		},
		"CR line ends":      {"identity,LineID\ra," + id + "\r", []string{"LineID\\ra\"] and 1 more", csvSave}},
		"semicolons":        {"identity;LineID\r\na;" + id + "\r\n", []string{`the columns are ["identity;LineID"];`, csvSave}},
		"quoted semicolons": {"\"identity\";\"LineID\"\n", []string{`line 1`, csvSave}},
		"tabs":              {"identity\tLineID\n", []string{csvSave}},
		"UTF-16":            {"\xff\xfei\x00d\x00,\x00L\x00\n\x00", []string{csvSave}},
		"property name":     {"identity,Line.ID\n", []string{"line 1: the property name"}},
		"faults by line": {
			"identity,LineID\nnull," + id + "\na,U1\nb," + id + ",more\n\"c," + id + "\n",
			[]string{"4 lines are wrong", "line 2: the identity is \"null\"", "line 3: \"U1\" is no LINE user ID", "line 4: wrong number of fields", "line 5: "},
		},
		"upper case": {"identity,LineID\na," + strings.ToUpper(testLineID(10)) + "\n", []string{"line 2: "}},
		"duplicate":  {"identity,LineID\na," + id + "\nb," + testLineID(2) + "\na," + id + "\n", []string{"line 4: the identity is on line 2, too, with the same LINE ID"}},
		"conflict": {
			"identity,LineID\na," + id + "\na," + testLineID(2) + "\na," + id + "\n",
			[]string{"2 lines are wrong", "line 3: the identity is on line 2, too, with another", "line 4: the identity is on line 3, too, with another"},
		},
		"many": {many, []string{"30 lines are wrong", "line 21", "and 10 more"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := startCleverTap(t, clevertaptest.Config{})
			got := runProfiles(t, server, "upload", writeCSV(t, "profiles.csv", test.text))
			for _, want := range test.want {
				if got.code != 1 || !strings.Contains(got.stderr, want) {
					t.Errorf("exit %d without %q:\n%s", got.code, want, got.stderr)
				}
			}
			if !strings.Contains(got.stderr, "nothing was sent") || len(server.Requests()) != 0 {
				t.Errorf("%d requests:\n%s", len(server.Requests()), got.stderr)
			}
		})
	}
}

func TestProfilesUploadUsage(t *testing.T) {
	t.Parallel()
	server := startCleverTap(t, clevertaptest.Config{})
	file := writeCSV(t, "profiles.csv", profilesText(1))
	for want, args := range map[string][]string{
		`second column of`:                 {"upload", "--property=lineID", file},
		`--property: the property name`:    {"upload", "--property=Line.ID", file},
		`"xx1" is no CleverTap region`:     {"upload", "--region=xx1", file},
		`CleverTap API URL`:                {"upload", "--api-url=http://example.com", file},
		"--retries is 0 or more":           {"upload", "--retries=-1", file},
		"--timeout is more than 0":         {"upload", "--timeout=0s", file},
		notThere(t):                        {"upload", file + "x"},
		"is no regular file":               {"upload", filepath.Dir(file)},
		"missing FILE.csv":                 {"upload"},
		"unknown flag: --passcode":         {"upload", "--passcode=x", file},
		"--followers and --profiles are b": {"compare", "--profiles", file},
	} {
		if got := runProfiles(t, server, args...); got.code != 2 || !strings.Contains(got.stderr, want) {
			t.Errorf("%q: %+v", args, got)
		}
	}
	if got := runProfiles(t, nil, "upload", "--region=eu1", file); got.code != 2 || !strings.Contains(got.stderr, cli.EnvCleverTapPasscode) {
		t.Errorf("without credentials: %+v", got)
	}
	if len(server.Requests()) != 0 {
		t.Errorf("%d requests", len(server.Requests()))
	}
}

// Refused records are all in the file, in its order, also those that an earlier run saw; the others are uploaded.
func TestProfilesUploadRefused(t *testing.T) {
	t.Parallel()
	server := startCleverTap(t, clevertaptest.Config{MaxUploads: 1})
	want := wantProfiles(3000)
	for _, i := range []int{2999, 5, 1500} {
		server.Refuse(fmt.Sprint("user-", i), clevertaptest.CodeOther, `Server "error", again. `)
		delete(want, fmt.Sprint("user-", i))
	}
	file := writeCSV(t, "profiles.csv", profilesText(3000))
	server.AddFaults(standin.Fault{}, clevertaptest.FailureFault(401, clevertaptest.MessageUnauthorized))
	if got := runProfiles(t, server, "upload", file); got.code != 1 || !strings.Contains(got.stderr, clevertaptest.MessageUnauthorized) ||
		!strings.Contains(got.stderr, "Give the same command again") {
		t.Errorf("with a failure in between: %+v", got)
	}
	got := runProfiles(t, server, "upload", file)
	if got.code != 1 || got.stdout != "3000 profiles: 2997 uploaded, 3 refused.\n" || !strings.Contains(got.stderr, file+".refused.csv") {
		t.Errorf("got %+v", got)
	}
	wantHeld(t, server, want)
	refused, err := os.ReadFile(file + ".refused.csv")
	text := "identity,LineID,line,code,reason\n"
	for _, i := range []int{5, 1500, 2999} {
		text += fmt.Sprintf("user-%d,%s,%d,555,\"Server \"\"error\"\", again.\"\n", i, testLineID(i), i+2)
	}
	if err != nil || string(refused) != text {
		t.Errorf("%v; the file of refused profiles is\n%swant\n%s", err, refused, text)
	}
	// A later run in which nothing is refused takes the file away.
	for _, i := range []int{2999, 5, 1500} {
		server.Refuse(fmt.Sprint("user-", i), 0, "")
	}
	if got := runProfiles(t, server, "upload", file); got.code != 0 {
		t.Errorf("got %+v", got)
	}
	wantHeld(t, server, wantProfiles(3000))
	wantOnly(t, file)
}

func TestProfilesUploadThroughFaults(t *testing.T) {
	t.Parallel()
	server := startCleverTap(t, clevertaptest.Config{MaxUploads: 2})
	server.AddFaults(
		standin.Fault{Reset: true, Done: true}, standin.Fault{Reset: true}, standin.Fault{Status: 503},
		standin.Fault{Truncate: true}, standin.Fault{Delay: time.Hour, Done: true},
		clevertaptest.FailureFault(429, clevertaptest.MessageTooMany),
	)
	file := writeCSV(t, "profiles.csv", profilesText(4000))
	if got := runProfiles(t, server, "upload", "--timeout=2s", file); got.code != 0 {
		t.Errorf("got %+v", got)
	}
	wantHeld(t, server, wantProfiles(4000))
	wantOnly(t, file)
}

func TestProfilesCompare(t *testing.T) {
	t.Parallel()
	followers := writeCSV(t, "followers.txt", "\ufeff\r\n"+strings.Join([]string{testLineID(3), testLineID(1), "", testLineID(5), testLineID(1), "", ""}, "\r\n"))
	profiles := writeCSV(t, "profiles.csv", "identity,lineID\nz,"+testLineID(7)+"\n\"b,c\","+testLineID(8)+"\na,"+testLineID(3)+"\n")
	got := runProfiles(t, nil, "compare", "--followers", followers, "--profiles", profiles)
	want := "finding,line_id,identity\n" +
		"not_following," + testLineID(7) + ",z\n" +
		"not_following," + testLineID(8) + ",\"b,c\"\n" +
		"no_profile," + testLineID(1) + ",\n" +
		"no_profile," + testLineID(5) + ",\n"
	if got.code != 0 || got.stdout != want || got.stderr != "3 followers, 2 of them without a profile; 3 profiles, 2 of them not following\n" {
		t.Errorf("got %+v", got)
	}
	bad := writeCSV(t, "bad.txt", testLineID(1)+"\n\nhello\n")
	for want, files := range map[string][2]string{
		`line 3: "hello" is no LINE user ID`: {bad, profiles},
		"line 1: the columns are":            {followers, followers},
		notThere(t):                          {followers, profiles + "x"},
	} {
		if got := runProfiles(t, nil, "compare", "--followers", files[0], "--profiles", files[1]); got.code != 1 || got.stdout != "" ||
			!strings.Contains(got.stderr, want) {
			t.Errorf("%s: %+v", want, got)
		}
	}
}
