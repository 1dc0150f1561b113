package evidence_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
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
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

const followersAddress = "data.clevertap_line_follower_ids.all"

func followersConfig(url, token, attributes string) string {
	return fmt.Sprintf(`
provider "clevertap" {
  line {
    channel_access_token = %q
    api_url              = %q
  }
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
	server := acctest.LineServer(t, linetest.Config{Pages: linetest.UnevenPages(ids, 1000)})
	sorted := slices.Sorted(slices.Values(ids))
	sum := sha256.Sum256([]byte(strings.Join(sorted, "\n") + "\n"))
	want := make([]knownvalue.Check, len(sorted))
	for i, id := range sorted {
		want[i] = knownvalue.StringExact(id)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config: followersConfig(server.URL, acctest.LineToken, ""),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(followersAddress, tfjsonpath.New("ids"), knownvalue.ListExact(want)),
					statecheck.ExpectKnownValue(followersAddress, tfjsonpath.New("total"), knownvalue.Int64Exact(2345)),
					statecheck.ExpectKnownValue(followersAddress, tfjsonpath.New("sha256"), knownvalue.StringExact(hex.EncodeToString(sum[:]))),
					statecheck.ExpectKnownValue(followersAddress, tfjsonpath.New("truncated"), knownvalue.Bool(false)),
				},
			},
			{
				Config: followersConfig(server.URL, acctest.LineToken, "store_ids = false\nmax_results = 100\npage_size = 10"),
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
		faults []standin.Fault
		token  string
		want   string
	}{
		"unverified account": {config: linetest.Config{Unverified: true}, token: acctest.LineToken, want: `(?s)403.*for\s+your\s+account.*verified`},
		"wrong token":        {token: "another-token", want: `(?s)401.*invalid\s+token`},
		"not an ID":          {config: linetest.Config{Followers: []string{"Unot-an-id"}}, token: acctest.LineToken, want: `Unot-an-id`},
		"HTML":               {faults: []standin.Fault{linetest.ErrorFault(http.StatusBadGateway, "x"), linetest.ErrorFault(http.StatusBadGateway, "x"), linetest.ErrorFault(http.StatusBadGateway, "still down")}, token: acctest.LineToken, want: `still\s+down`},
		"no token":           {token: "", want: `LINE_CHANNEL_ACCESS_TOKEN`},
		"token with Bearer":  {token: "Bearer abc", want: `give the\s+token alone`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := acctest.LineServer(t, test.config)
			server.AddFaults(test.faults...)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
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
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config:      followersConfig("http://line.example.com", acctest.LineToken, ""),
			ExpectError: regexp.MustCompile(`(?s)LINE API cannot be\s+used.*LINE_API_URL`),
		}},
	})
}
