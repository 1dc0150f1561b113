package drift

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/stores"
)

// foundForAll is something of everything, with names and words that a form may spoil.
func foundForAll() result {
	store, lineAPI, audit := newPart("template store"), newPart("LINE"), newPart("audit log")
	store.found(enteredStale, nameOf("webhook-templates", "a|b `c` <d> @e #1"), "%s is declared, and %s.", stores.ShortSHA256("5f2b0c1d9e7a8b"), "0c6d3a1b7f42 was entered by ann@example.com at 2026-03-01T03:00:00Z")
	store.found(notEntered, nameOf("line-campaign-bodies", "welcome"), "%s is declared, and there is no receipt.", "2c26b46b68ff")
	store.found(documentEdited, nameOf("line-campaign-bodies", "welcome"), "linked_messages: it is not the reference of linked messages.")
	lineAPI.fail(errors.New("list unit names: LINE answered 503 Service Unavailable: down\n\n(request id x). Try again later."))
	lineAPI.fail(errors.New("no [answer](https://example.com)"))
	lineAPI.found(lineAccount, "", "The token is of @linedevelopers.")
	audit.leave("There is no --audit-log.")
	return result{"A_1", []*part{store, lineAPI, audit}}
}

// What users keep is pinned; UPDATE_GOLDEN=1 writes it anew.
func TestForms(t *testing.T) {
	t.Parallel()
	for _, form := range formats {
		for name, found := range map[string]result{"found": foundForAll(), "nothing": {"A", []*part{newPart("template store")}}} {
			var got bytes.Buffer
			if err := (&drift{format: form, bounds: cli.MarkdownFlags{Limit: cli.GitHubText}}).write(&got, found); err != nil {
				t.Fatal(err)
			}
			golden := filepath.Join("testdata", name+"."+form)
			if os.Getenv("UPDATE_GOLDEN") != "" {
				if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil || got.String() != string(want) {
				t.Errorf("%s, %v: got\n%s\nwant\n%s", golden, err, got.String(), want)
			}
		}
	}
}

// What others say is one line of a bounded length, which a terminal simply shows.
func TestPlain(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a\x1b[2J\r\nb\tc\u202ed  e": "a [2J b c d e", "挨拶 \xff": "挨拶 \ufffd", "": "",
		strings.Repeat("é", 501): strings.Repeat("é", 500) + "…", "x" + strings.Repeat("é", 500): "x" + strings.Repeat("é", 499) + "…",
	} {
		if got := plain(text); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

// The guide has the table of the checks, as it is here.
func TestGuideHasTheChecks(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "templates", "guides", "drift.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	rows := 0
	for _, c := range checks {
		if seen[c.id] || c.proves == "" || c.next == "" {
			t.Errorf("got %+v", c)
		}
		seen[c.id] = true
		row := fmt.Sprintf("| `%s` | %s | %s |\n", c.id, c.proves, c.next)
		if !c.off && c.next == nothing {
			row = fmt.Sprintf("| `%s` | %s | |\n", c.id, c.proves)
		}
		if !strings.Contains(string(guide), row) {
			t.Errorf("the guide lacks\n%s", row)
		}
	}
	for line := range strings.Lines(string(guide)) {
		if strings.HasPrefix(line, "| `") {
			rows++
		}
	}
	if rows != len(checks) {
		t.Errorf("the guide has %d checks, and there are %d", rows, len(checks))
	}
}

// An error of usage ends with 1: 2 is drift.
func TestUsage(t *testing.T) {
	w := newWorld(t)
	w.start()
	folder := w.templates
	for want, args := range map[string][]string{
		"drift: missing STORE":                     {},
		`drift: unexpected argument "b"`:           {folder, "b"},
		"unknown flag: --x":                        {"--x", folder},
		"--format is text, markdown or json":       {"--format=sarif", folder},
		"--token-life is 0 or more":                {"--token-life=-1s", folder},
		"--limit is for --format markdown":         {"--limit=9", folder},
		"--limit is a number of bytes":             {"--limit=0", folder},
		"--artifact-url is an http or https":       {"--artifact-url=javascript:x", folder},
		"--days is 0 to 335":                       {"--days=336", folder},
		"--retries is 0 or more":                   {"--retries=-1", folder},
		"--plan none: open none: ":                 {"--plan=none", folder},
		"--plan <stdin>: this is not what":         {"--plan=-", folder},
		"--publish-store: a store is a path":       {"--publish-store=gs://a", folder},
		"a store is a path":                        {"gs://a"},
		"--plan is empty: leave it out":            {"--plan=", folder},
		"--publish-store is empty":                 {"--publish-store", "", folder},
		"--audit-log is empty":                     {"--audit-log=", folder},
		"--audit-log is a folder, or s3://bucket/": {"--audit-log=https://example.com", folder},
		"the region of the S3 store is not known":  {"--audit-log=s3://a", folder},
	} {
		t.Setenv("AWS_REGION", "")
		t.Setenv("AWS_CONFIG_FILE", os.DevNull)
		got := clitest.Run(t, New(), "", args...)
		if got.Code != 1 || got.Stdout != "" || !strings.HasPrefix(got.Stderr, "Error: "+want) {
			t.Errorf("%q: got %+v", args, got)
		}
	}
	if n := len(w.lineServer.Requests()) + len(w.cleverTap.Requests()); n != 0 {
		t.Errorf("%d requests", n)
	}
	t.Setenv("CLEVERTAP_READ_BACK_HEADER_NAME", "")
	if got := clitest.Run(t, New(), "", folder); got.Code != 1 || got.Stdout != "" || !strings.HasPrefix(got.Stderr, "Error: a header has a name and a value: set") {
		t.Errorf("got %+v", got)
	}
}

// A setting of a vendor that cannot be keeps that vendor from being looked at, and nothing else.
func TestSettingsThatCannotBe(t *testing.T) {
	for name, test := range map[string]struct{ value, part, want string }{
		"LINE_API_URL":              {"http://example.com", "LINE", "LINE API URL: "},
		"LINE_CHANNEL_ACCESS_TOKEN": {lineToken + "\n", "LINE", "the LINE channel access token holds "},
		"CLEVERTAP_API_URL":         {"http://example.com", "CleverTap", "CleverTap API URL: "},
		"CLEVERTAP_PASSCODE":        {passcode + "\n", "CleverTap", "the CleverTap passcode holds "},
	} {
		w := newWorld(t)
		kinds["not-entered"].make(w)
		w.start()
		t.Setenv(name, test.value)
		code, found := w.look()
		if p := stateOf(t, found, test.part); code != 2 || p.State != couldNot || len(p.Why) != 1 || !strings.HasPrefix(p.Why[0], test.want) ||
			!slices.Equal(named(found.Off), []string{"not-entered webhook-templates/new"}) {
			t.Errorf("%s: exit %d, %+v, %+v", name, code, p, found.Off)
		}
	}
}
