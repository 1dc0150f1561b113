package provider_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
)

func TestAccProfile(t *testing.T) {
	t.Parallel()
	for _, missing := range []clevertaptest.MissingProfile{
		clevertaptest.MissingIsFailure, clevertaptest.MissingIsEmpty, clevertaptest.MissingIsNotFound,
	} {
		t.Run(fmt.Sprint("missing ", missing), func(t *testing.T) {
			t.Parallel()
			server := cleverTapServer(t, 1, clevertaptest.Config{MissingProfile: missing})
			server.SetProfile("a b", map[string]any{"lineID": lineID(1), "Points": 12345678901234567, "Tags": []string{"x"}, "VIP": true})
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: factories(),
				Steps: []resource.TestStep{{
					Config: cleverTapProvider(server.URL) + `
data "clevertap_profile" "one" {
  identity       = "a b"
  property       = "lineID"
  property_names = ["Points", "Tags", "VIP", "lineID", "Nothing"]
}
data "clevertap_profile" "bare" {
  identity = "user-0"
}
data "clevertap_profile" "nobody" {
  identity = "nobody"
}
`,
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownValue("data.clevertap_profile.one", tfjsonpath.New("exists"), knownvalue.Bool(true)),
						statecheck.ExpectKnownValue("data.clevertap_profile.one", tfjsonpath.New("line_id"), knownvalue.StringExact(lineID(1))),
						statecheck.ExpectKnownValue("data.clevertap_profile.one", tfjsonpath.New("properties"),
							knownvalue.MapExact(map[string]knownvalue.Check{
								"Points": knownvalue.StringExact("12345678901234567"), "Tags": knownvalue.StringExact(`["x"]`),
								"VIP": knownvalue.StringExact("true"), "lineID": knownvalue.StringExact(lineID(1)),
							})),
						statecheck.ExpectKnownValue("data.clevertap_profile.bare", tfjsonpath.New("exists"), knownvalue.Bool(true)),
						statecheck.ExpectKnownValue("data.clevertap_profile.bare", tfjsonpath.New("property"), knownvalue.StringExact("LineID")),
						statecheck.ExpectKnownValue("data.clevertap_profile.bare", tfjsonpath.New("line_id"), knownvalue.Null()),
						statecheck.ExpectKnownValue("data.clevertap_profile.bare", tfjsonpath.New("properties"), knownvalue.MapExact(nil)),
						statecheck.ExpectKnownValue("data.clevertap_profile.nobody", tfjsonpath.New("exists"), knownvalue.Bool(false)),
					},
				}},
			})
		})
	}
}

func TestAccProfileProperty(t *testing.T) {
	t.Parallel()
	server := cleverTapServer(t, 0, clevertaptest.Config{})
	server.SetProfile("a", map[string]any{"lineID": lineID(1), "Plan": "gold", "plan": 1})
	c := newCommand(t)
	c.write("main.tf", requiredProviders+cleverTapProvider(server.URL)+`
data "clevertap_profile_property" "default" {}
data "clevertap_profile_property" "plan" {
  name = "Plan"
}
data "clevertap_profile_property" "none" {
  name = "Other"
}
output "found" {
  value = jsonencode([for p in [
    data.clevertap_profile_property.default, data.clevertap_profile_property.plan, data.clevertap_profile_property.none,
  ] : [p.name, p.exists, p.type]])
}
`)
	output := c.run("apply", "-auto-approve")
	if strings.Count(output, "The property is spelled otherwise") != 1 || !strings.Contains(output, `no property "LineID", but lineID`) {
		t.Errorf("the one warning is not there:\n%s", output)
	}
	const want = `[["LineID",false,null],["Plan",true,"string"],["Other",false,null]]`
	if got := strings.TrimSpace(c.run("output", "-raw", "found")); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAccLineProfilesCSVFunction(t *testing.T) {
	t.Parallel()
	output := func(arguments string) string {
		return requiredTestProvider + "output \"csv\" { value = provider::clevertap::line_profiles_csv(" + arguments + ") }"
	}
	id := lineID(1)
	for name, test := range map[string]struct{ arguments, want string }{
		"sorted": {fmt.Sprintf(`{ b = %q, a = %q, "a,b" = %q, "say \"x\"" = %q }, "LineID"`, id, id, id, id),
			"identity,LineID\r\na," + id + "\r\n\"a,b\"," + id + "\r\nb," + id + "\r\n\"say \"\"x\"\"\"," + id + "\r\n"},
		"none": {`{}, "Line, ID"`, "identity,\"Line, ID\"\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: factories(),
				Steps: []resource.TestStep{{
					Config:            output(test.arguments),
					ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("csv", knownvalue.StringExact(test.want))},
				}},
			})
		})
	}
	for name, test := range map[string]struct{ arguments, want string }{
		"LINE ID":  {`{ a = "x" }, "LineID"`, `no\s+LINE\s+user\s+ID`},
		"identity": {`{ null = "` + id + `" }, "LineID"`, `missing\s+value`},
		"property": {`{}, "Line.ID"`, `has\s+the\s+character`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: factories(),
				Steps:                    []resource.TestStep{{Config: output(test.arguments), ExpectError: regexp.MustCompile(test.want)}},
			})
		})
	}
}

// What is missing is said by name, to whoever needs it and to nobody else.
func TestAccCleverTapSettings(t *testing.T) {
	t.Parallel()
	const all = `account_id = "TEST-1", passcode = "SECRET-CODE", region = "eu1"`
	without := func(setting string) string { return regexp.MustCompile(setting+` = [^,]*`).ReplaceAllString(all, "") }
	for name, test := range map[string]struct {
		settings string
		env      []string
		want     []string
	}{
		"account":          {settings: without("account_id"), want: []string{"account_id is missing", "CLEVERTAP_ACCOUNT_ID"}},
		"passcode":         {settings: without("passcode"), want: []string{"passcode is missing", "CLEVERTAP_PASSCODE"}},
		"region":           {settings: without("region"), want: []string{"region is missing", "CLEVERTAP_REGION"}},
		"all":              {want: []string{"CLEVERTAP_ACCOUNT_ID", "CLEVERTAP_PASSCODE", "CLEVERTAP_REGION"}},
		"unknown region":   {settings: strings.Replace(all, "eu1", "sk1", 1), want: []string{`must be one of`}},
		"region elsewhere": {settings: without("region"), env: []string{"CLEVERTAP_REGION=sk1"}, want: []string{`"sk1" is no CleverTap region`}},
		"clear text":       {settings: all + `, api_url = "http://example.com"`, want: []string{"CleverTap's API cannot be used", "https"}},
		"a line break":     {settings: strings.Replace(all, "CODE", `CODE\n`, 1), want: []string{"passcode holds a space"}},
		"no number":        {settings: all, env: []string{"CLEVERTAP_MAX_CONCURRENT_UPLOADS=many"}, want: []string{"CLEVERTAP_MAX_CONCURRENT_UPLOADS is \"many\""}},
		"not known yet":    {settings: strings.Replace(all, `"SECRET-CODE"`, "terraform_data.later.id", 1), want: []string{"passcode is not known yet"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCommand(t, test.env...)
			c.write("main.tf", requiredProviders+"provider \"clevertap\" {\n"+strings.ReplaceAll(test.settings, ", ", "\n")+`
}
resource "terraform_data" "later" {}
data "clevertap_profile" "one" {
  identity = "a"
}
`)
			output, exitCode := c.try("plan")
			output = strings.Join(strings.Fields(strings.ReplaceAll(output, "│", " ")), " ")
			for _, want := range test.want {
				if exitCode != 1 || !strings.Contains(output, want) {
					t.Errorf("exit %d without %q:\n%s", exitCode, want, output)
				}
			}
			if strings.Contains(output, "SECRET") {
				t.Errorf("the passcode is in the output:\n%s", output)
			}
		})
	}
}

// The settings may all come from the environment. The passcode is found nowhere afterwards.
func TestAccCleverTapFromEnvironment(t *testing.T) {
	t.Parallel()
	server := cleverTapServer(t, 1, clevertaptest.Config{})
	logFile := filepath.Join(t.TempDir(), "trace.log")
	c := newCommand(t, "CLEVERTAP_ACCOUNT_ID="+cleverTapAccount, "CLEVERTAP_PASSCODE="+cleverTapPasscode, "CLEVERTAP_API_URL="+server.URL,
		"CLEVERTAP_MAX_CONCURRENT_REQUESTS=1", "CLEVERTAP_MAX_CONCURRENT_UPLOADS=1", "TF_LOG=TRACE", "TF_LOG_PATH="+logFile)
	c.write("main.tf", requiredProviders+"provider \"clevertap\" {}\nresource \"clevertap_line_profiles\" \"all\" {\n  line_ids = { user-0 = \""+lineID(0)+"\" }\n}\n")
	printed := c.run("apply", "-auto-approve")
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		t.Fatal(err)
	}
	searched := map[string]string{"output": printed, "log": readFile(t, logFile)}
	for _, entry := range entries {
		if entry.Type().IsRegular() {
			searched[entry.Name()] = readFile(t, filepath.Join(c.dir, entry.Name()))
		}
	}
	for name, text := range searched {
		if strings.Contains(text, cleverTapPasscode) {
			t.Errorf("the passcode is in %s", name)
		}
	}
	if !strings.Contains(searched["log"], "/1/upload") || len(searched) < 4 {
		t.Errorf("only %d texts were searched, or the log does not show the upload", len(searched))
	}
}
