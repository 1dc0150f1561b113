package cli_test

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

func TestHTTPFlags(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args    []string
		retries int
		timeout time.Duration
		err     string
	}{
		{nil, 4, time.Minute, ""},
		{[]string{"--retries=0", "--timeout=1ns"}, 0, 1, ""},
		{[]string{"--retries=-1"}, 0, 0, "--retries is 0 or more"},
		{[]string{"--timeout=0s"}, 0, 0, "--timeout is more than 0"},
		{[]string{"--timeout=-1s"}, 0, 0, "--timeout is more than 0"},
		{[]string{"--retries=-1", "--timeout=-1s"}, 0, 0, "--retries is 0 or more"},
	} {
		command := &cobra.Command{}
		flags := cli.HTTPFlags{}
		flags.Add(command, 4, time.Minute)
		if err := command.ParseFlags(test.args); err != nil {
			t.Fatal(err)
		}
		if err := flags.Check(); test.err != "" {
			if err == nil || err.Error() != test.err {
				t.Errorf("%q: %v, want %s", test.args, err, test.err)
			}
			continue
		} else if err != nil {
			t.Errorf("%q: %v", test.args, err)
		}
		want := httpclient.Config{
			UserAgent: cli.UserAgent(), MaxRetries: test.retries, RetryWaitMin: 500 * time.Millisecond, RetryWaitMax: 30 * time.Second,
			Timeout: test.timeout,
		}
		if got := flags.Config(); !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %+v, want %+v", test.args, got, want)
		}
	}
	if agent := cli.UserAgent(); !strings.HasPrefix(agent, "clevertap-line/") || strings.HasSuffix(agent, "/") {
		t.Errorf("user agent %q", agent)
	}
}

func TestPrintable(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"": "", "LINE push": "LINE push", "挨拶 é": "挨拶 é",
		"a\x1b[2J": `"a\x1b[2J"`, "a\u202eb": `"a\u202eb"`, "a\nb": `"a\nb"`, "\xff": `"\xff"`, `say "a"`: `"say \"a\""`,
	} {
		if got := cli.Printable(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestProgressIsForTerminals(t *testing.T) {
	t.Parallel()
	var output bytes.Buffer
	file, err := os.Create(t.TempDir() + "/file")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if cli.IsTerminal(&output) || cli.IsTerminal(file) {
		t.Error("neither is a terminal")
	}
	for _, total := range []int{cli.UnknownTotal, 0, 2} {
		bar := cli.Progress(&output, "rows", total)
		_ = bar.Add(1)
		_ = bar.Set(2)
		_ = bar.Finish()
	}
	if output.Len() != 0 {
		t.Errorf("wrote %q", output.String())
	}
}

func TestKeepInputs(t *testing.T) {
	t.Parallel()
	directory := t.TempDir()
	source, link, other := directory+"/source", directory+"/link", directory+"/other"
	for _, name := range []string{source, other} {
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(source, link); err != nil {
		t.Fatal(err)
	}
	stdin, err := os.Open(source)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stdin.Close() }() // it was only looked at
	command := &cobra.Command{}
	command.SetIn(stdin)
	for _, test := range []struct {
		output string
		inputs []string
		lost   bool
	}{
		{source, []string{source}, true},
		{source, []string{other, directory + "/../" + filepath.Base(directory) + "/source"}, true},
		{link, []string{source}, true},
		{source, []string{link}, true},
		{source, []string{"-"}, true},
		{other, []string{source, "-", ""}, false},
		{directory + "/new", []string{source, directory + "/new"}, false},
		{directory, []string{directory}, false},
		{"-", []string{"-"}, false},
		{"", []string{source, ""}, false},
	} {
		err := cli.KeepInputs(command, test.output, test.inputs...)
		if (err != nil) != test.lost || err != nil && !strings.HasPrefix(err.Error(), test.output+" is to be read, and would be lost") {
			t.Errorf("%q from %q: %v", test.output, test.inputs, err)
		}
	}
}
