package provider_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
)

const (
	followersAddress = "data.clevertap_line_follower_ids.all"
	lineToken        = "token-of-the-test-channel"
)

func lineServer(t *testing.T, config linetest.Config) *linetest.Server {
	t.Helper()
	config.Token = lineToken
	server := linetest.NewServer(config)
	t.Cleanup(server.Close)
	return server
}

func followersConfig(url, token, attributes string) string {
	return fmt.Sprintf(`
provider "clevertap" {
  line                   = { channel_access_token = %q, api_url = %q }
  max_retries            = 2
  retry_max_wait_seconds = 1
}
data "clevertap_line_follower_ids" "all" {
  %s
}
`, token, url, attributes)
}

func TestAccLineFollowerIDs(t *testing.T) {
	t.Parallel()
	ids := linetest.UserIDs(2345)
	server := lineServer(t, linetest.Config{Pages: linetest.UnevenPages(ids, 1000)})
	sorted := slices.Sorted(slices.Values(ids))
	sum := sha256.Sum256([]byte(strings.Join(sorted, "\n") + "\n"))
	want := make([]knownvalue.Check, len(sorted))
	for i, id := range sorted {
		want[i] = knownvalue.StringExact(id)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: factories(),
		Steps: []resource.TestStep{
			{
				Config: followersConfig(server.URL, lineToken, ""),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(followersAddress, tfjsonpath.New("ids"), knownvalue.ListExact(want)),
					statecheck.ExpectKnownValue(followersAddress, tfjsonpath.New("total"), knownvalue.Int64Exact(2345)),
					statecheck.ExpectKnownValue(followersAddress, tfjsonpath.New("sha256"), knownvalue.StringExact(hex.EncodeToString(sum[:]))),
					statecheck.ExpectKnownValue(followersAddress, tfjsonpath.New("truncated"), knownvalue.Bool(false)),
				},
			},
			{
				Config: followersConfig(server.URL, lineToken, "store_ids = false\nmax_results = 100\npage_size = 10"),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(followersAddress, tfjsonpath.New("ids"), knownvalue.Null()),
					statecheck.ExpectKnownValue(followersAddress, tfjsonpath.New("total"), knownvalue.Int64Exact(100)),
					statecheck.ExpectKnownValue(followersAddress, tfjsonpath.New("truncated"), knownvalue.Bool(true)),
				},
				Check: func(*terraform.State) error {
					last := server.Requests()[len(server.Requests())-1]
					if !strings.Contains(last.Query, "limit=10") || !last.Authorized {
						return fmt.Errorf("the last request was %+v", last)
					}
					return nil
				},
			},
		},
	})
}

func TestAccLineFollowerIDsFailures(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		config linetest.Config
		faults []linetest.Fault
		token  string
		want   string
	}{
		"unverified account": {config: linetest.Config{Unverified: true}, token: lineToken, want: `(?s)403.*for\s+your\s+account.*verified`},
		"wrong token":        {token: "another-token", want: `(?s)401.*invalid\s+token`},
		"not an ID":          {config: linetest.Config{Followers: []string{"Unot-an-id"}}, token: lineToken, want: `Unot-an-id`},
		"HTML":               {faults: []linetest.Fault{linetest.ErrorFault(http.StatusBadGateway, "x"), linetest.ErrorFault(http.StatusBadGateway, "x"), linetest.ErrorFault(http.StatusBadGateway, "still down")}, token: lineToken, want: `still\s+down`},
		"no token":           {token: "", want: `LINE_CHANNEL_ACCESS_TOKEN`},
		"token with Bearer":  {token: "Bearer abc", want: `give the\s+token alone`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := lineServer(t, test.config)
			server.AddFaults(test.faults...)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: factories(),
				Steps: []resource.TestStep{{
					Config:      followersConfig(server.URL, test.token, ""),
					ExpectError: regexp.MustCompile(test.want),
				}},
			})
		})
	}
}

func TestAccLineAPIURLMustBeSafe(t *testing.T) {
	t.Parallel()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: factories(),
		Steps: []resource.TestStep{{
			Config:      followersConfig("http://line.example.com", lineToken, ""),
			ExpectError: regexp.MustCompile(`(?s)LINE API cannot be\s+used.*LINE_API_URL`),
		}},
	})
}

// Each part of the configuration is needed only by what uses it: this plan asks for no token.
func TestAccUnusedConfigurationIsNotNeeded(t *testing.T) {
	t.Parallel()
	if os.Getenv("LINE_CHANNEL_ACCESS_TOKEN") != "" {
		t.Fatal("unset LINE_CHANNEL_ACCESS_TOKEN to run the tests")
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: factories(),
		Steps: []resource.TestStep{
			{Config: storeAt(t.TempDir()) + template("LINE push", pushURL, "")},
		},
	})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: factories(),
		Steps: []resource.TestStep{{
			Config:      "provider \"clevertap\" {}\n" + template("LINE push", pushURL, ""),
			ExpectError: regexp.MustCompile(`(?s)No template store is configured.*local`),
		}},
	})
}

// Every setting has an environment variable, whose bad value is named.
func TestAccEnvironment(t *testing.T) {
	t.Parallel()
	server := lineServer(t, linetest.Config{Followers: linetest.UserIDs(3)})
	run := func(t *testing.T, env ...string) (string, int) {
		t.Helper()
		c := newCommand(t, append([]string{"LINE_CHANNEL_ACCESS_TOKEN=" + lineToken, "LINE_API_URL=" + server.URL}, env...)...)
		c.write("main.tf", requiredProviders+"data \"clevertap_line_follower_ids\" \"all\" {}\n")
		return c.try("plan")
	}
	output, exitCode := run(t, "TF_APPEND_USER_AGENT=pipeline/7", "LINE_MAX_REQUESTS_PER_SECOND=50", "LINE_MAX_CONCURRENT_REQUESTS=2",
		"CLEVERTAP_MAX_RETRIES=0", "CLEVERTAP_RETRY_MAX_WAIT_SECONDS=1", "CLEVERTAP_REQUEST_TIMEOUT_SECONDS=60", "CLEVERTAP_DASHBOARD_REMINDERS=false")
	if exitCode != 0 {
		t.Fatalf("the plan ends with %d:\n%s", exitCode, output)
	}
	agent := server.Requests()[0].UserAgent
	if !strings.HasPrefix(agent, "terraform-provider-clevertap/dev ") || !strings.Contains(agent, " Terraform/") || !strings.HasSuffix(agent, " pipeline/7") {
		t.Errorf("the user agent is %q", agent)
	}
	for _, name := range []string{
		"LINE_MAX_REQUESTS_PER_SECOND", "LINE_MAX_CONCURRENT_REQUESTS", "LINE_VALIDATE_MESSAGES", "LINE_VERIFY_TOKENS", "LINE_STRICT_MESSAGE_TYPES",
		"CLEVERTAP_MAX_RETRIES", "CLEVERTAP_RETRY_MAX_WAIT_SECONDS", "CLEVERTAP_REQUEST_TIMEOUT_SECONDS", "CLEVERTAP_DASHBOARD_REMINDERS",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			output, exitCode := run(t, name+"=-1")
			if exitCode != 1 || !strings.Contains(output, "The environment variable "+name+" has no usable value") {
				t.Errorf("the plan ends with %d:\n%s", exitCode, output)
			}
		})
	}
}
