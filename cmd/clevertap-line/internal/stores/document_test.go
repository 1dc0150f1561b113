package stores

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

func TestAccount(t *testing.T) {
	for _, test := range []struct {
		environment, want, wrong string
		args                     []string
	}{
		{"", templatestore.DefaultAccount, "", nil},
		{"TEST-1", "TEST-1", "", nil},
		{"TEST-1", "R-1.2_ü", "", []string{"--account=R-1.2_ü"}},
		{"TEST-1", "", `--account "" is empty`, []string{"--account="}},
		{"TEST-1", "", `--account "../.." is no account`, []string{"--account=../.."}},
		{"TEST-1", "", `--account "a\\b" is no account`, []string{`--account=a\b`}},
		{"TEST-1", "", `--account ".a" is no account`, []string{"--account=.a"}},
		{"TEST-1\n", "", cli.EnvCleverTapAccountID + ` "TEST-1\n" has a control character`, nil},
		{"/", "", cli.EnvCleverTapAccountID + ` "/" is no account`, nil},
		{"/", "a", "", []string{"--account=a"}},
	} {
		t.Setenv(cli.EnvCleverTapAccountID, test.environment)
		command := &cobra.Command{}
		AccountFlag(command)
		if err := command.ParseFlags(test.args); err != nil {
			t.Fatal(err)
		}
		got, err := Account(command)
		if got != test.want || (err == nil) != (test.wrong == "") || err != nil && !strings.HasPrefix(err.Error(), test.wrong) {
			t.Errorf("%q, %q: %q, %v", test.environment, test.args, got, err)
		}
	}
}

// A content_sha256 that somebody edited is shown as what it is.
func TestShortSHA256(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		strings.Repeat("0a", 32): "0a0a0a0a0a0a", "": "", "ab": "ab", "\x1b[2J": `"\x1b[2J"`, strings.Repeat("é", 6) + "x": strings.Repeat("é", 6), "aaaaaaaaaaaé": "aaaaaaaaaaa?",
	} {
		if got := ShortSHA256(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]bool{strings.Repeat("0a", 32): true, strings.Repeat("0A", 32): false, strings.Repeat("0", 63): false, strings.Repeat("0a", 32) + "\n": false} {
		if IsSHA256(text) != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
}
