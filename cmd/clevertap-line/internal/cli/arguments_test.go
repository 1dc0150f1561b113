package cli_test

import (
	"testing"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
)

func TestArguments(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		use  string
		args []string
		err  string
	}{
		{"do", nil, ""},
		{"do", []string{"a"}, `do: unexpected argument "a"`},
		{"do STORE NAME", nil, "do: missing STORE"},
		{"do STORE NAME", []string{"a"}, "do: missing NAME"},
		{"do STORE NAME", []string{"a", "b"}, ""},
		{"do STORE NAME", []string{"a", "b", "c", "d"}, `do: unexpected argument "c"`},
		{"do STORE NAME…", []string{"a"}, "do: missing NAME"},
		{"do STORE NAME…", []string{"a", "b", "c"}, ""},
		{"do [FILE…]", nil, ""},
		{"do [FILE…]", []string{"a", "b"}, ""},
		{"do STORE [NAME…]", nil, "do: missing STORE"},
	} {
		got := ""
		if err := cli.Arguments(&cobra.Command{Use: test.use}, test.args); err != nil {
			got = err.Error()
		}
		if got != test.err {
			t.Errorf("%s %q: %q, want %q", test.use, test.args, got, test.err)
		}
	}
}

// Also a subcommand's subcommand is suggested.
func TestGroup(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"": {"store", "list"},
		"Error: unknown command \"lst\" for \"program store\"\n\nDid you mean this?\n\tlist\n\nSee 'program store --help'.\n": {"store", "lst"},
		"Error: unknown command \"xyz\" for \"program store\"\nSee 'program store --help'.\n":                                 {"store", "xyz"},
	} {
		root := &cobra.Command{Use: "program"}
		root.AddCommand(cli.Group(&cobra.Command{Use: "store"}, &cobra.Command{Use: "list", Run: func(*cobra.Command, []string) {}}))
		if got := clitest.Run(t, root, "", args...); got.Stderr != want || (got.Code == 0) != (want == "") {
			t.Errorf("%q: %+v, want %s", args, got, want)
		}
	}
}
