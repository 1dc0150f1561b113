package profiles

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/cli"
	"github.com/clevertap-line/terraform-provider-clevertap/cmd/clevertap-line/internal/clitest"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	id := func(i int) string { return fmt.Sprintf("U%032x", i) }
	folder := t.TempDir()
	followers, file := filepath.Join(folder, "followers.txt"), filepath.Join(folder, "profiles.csv")
	for name, text := range map[string]string{
		followers: "\ufeff" + id(3) + "\r\n\r\n" + id(1) + "\r\n" + id(3) + "\n",
		file:      "identity,LineID\na," + id(3) + "\n\"b,\"\"\"," + id(2) + "\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := clitest.Run(t, New(), "", "compare", "--followers", followers, "--profiles", file)
	want := clitest.Result{
		Stdout: "finding,line_id,identity\nnot_following," + id(2) + ",\"b,\"\"\"\nno_profile," + id(1) + ",\n",
		Stderr: "2 followers, 1 of them without a profile; 2 profiles, 1 of them not following\n",
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if err := os.WriteFile(followers, []byte(id(1)+"\n"+id(2)+"x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got = clitest.Run(t, New(), "", "compare", "--followers", followers, "--profiles", file)
	if got.Code != cli.ExitFailure || got.Stdout != "" || !strings.Contains(got.Stderr, "followers.txt, line 2: ") {
		t.Errorf("a line that is no LINE ID: %+v", got)
	}
}

func TestDryRunNeedsNoCredentials(t *testing.T) {
	t.Setenv("CLEVERTAP_PASSCODE", "")
	name := writeFile(t, csvText(3))
	got := clitest.Run(t, New(), "", "upload", "--dry-run", name)
	if want := (clitest.Result{Stdout: name + ": 3 profiles, all lines in order. Nothing was sent.\n"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for want, args := range map[string][]string{
		"set the environment variables ":        {name},
		`the property to write is "lineID"`:     {"--dry-run", "--property=lineID", name},
		"--property: the property name":         {"--dry-run", "--property=a.b", name},
		"--retries is 0 or more":                {"--dry-run", "--retries=-1", name},
		"is no regular file, and has to be one": {"--dry-run", filepath.Dir(name)},
	} {
		if got := clitest.Run(t, New(), "", append([]string{"upload"}, args...)...); got.Code != cli.ExitUsage || got.Stdout != "" ||
			!strings.Contains(got.Stderr, want) {
			t.Errorf("%q: %+v", args, got)
		}
	}
}

// A region that is given leads to that region, whatever the variable with a URL says.
func TestAPIOfAnUpload(t *testing.T) {
	t.Setenv("CLEVERTAP_ACCOUNT_ID", "A")
	t.Setenv("CLEVERTAP_PASSCODE", "P")
	t.Setenv("CLEVERTAP_REGION", "in1")
	for want, test := range map[string]struct {
		variable string
		flags    upload
	}{
		"in1":                  {"", upload{}},
		"eu1":                  {"http://localhost:1", upload{region: "eu1"}},
		"http://localhost:1":   {"http://localhost:1", upload{}},
		"http://localhost:2":   {"http://localhost:1", upload{apiURL: "http://localhost:2"}},
		"http://localhost:2/a": {"http://localhost:1", upload{apiURL: "http://localhost:2/a", region: "eu1"}},
	} {
		t.Setenv("CLEVERTAP_API_URL", test.variable)
		test.flags.property = defaultProperty
		test.flags.http = defaultFlags(t)
		header := journalHeader{}
		if _, err := test.flags.client(&header); err != nil || header.API != want || header.AccountID != "A" {
			t.Errorf("%+v, %v, want %s", header, err, want)
		}
	}
}

// defaultFlags are those of a command that was given none.
func defaultFlags(t *testing.T) (flags cli.HTTPFlags) {
	t.Helper()
	flags.Add(New(), 1, 1)
	return flags
}
