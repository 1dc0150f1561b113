package profiles_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

const profilesAddress = "clevertap_line_profiles.all"

func profilesConfig(url string, lineIDs map[string]string, more string) string {
	var entries strings.Builder
	for _, identity := range slices.Sorted(maps.Keys(lineIDs)) {
		fmt.Fprintf(&entries, "    %q = %q\n", identity, lineIDs[identity])
	}
	return acctest.CleverTapProvider(url) + "resource \"clevertap_line_profiles\" \"all\" {\n  line_ids = {\n" + entries.String() + "  }\n  " + more + "\n}\n"
}

// uploads are the profileData of all records that were ever sent, by identity, in the order of requests.
func uploads(t *testing.T, server *clevertaptest.Server) []string {
	t.Helper()
	var sent []string
	for _, request := range server.Requests() {
		if request.Path != "/1/upload" {
			continue
		}
		var body struct {
			D []struct {
				Identity    string          `json:"identity"`
				ProfileData json.RawMessage `json:"profileData"`
			} `json:"d"`
		}
		if err := json.Unmarshal(request.Body, &body); err != nil {
			t.Fatal(err)
		}
		for _, record := range body.D {
			sent = append(sent, record.Identity+" "+string(record.ProfileData))
		}
	}
	return sent
}

// wantHeld compares a property of all profiles with what it should be; identities without it are left out.
func wantHeld(server *clevertaptest.Server, property string, want map[string]string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		got := map[string]string{}
		for identity, properties := range server.Profiles() {
			if value, ok := properties[property]; ok {
				got[identity] = fmt.Sprint(value)
			}
		}
		if !reflect.DeepEqual(got, want) {
			return fmt.Errorf("CleverTap holds %v, not %v", got, want)
		}
		return nil
	}
}

// changesEntries expects an update that changes just these entries of line_ids, each written as before>after.
type changesEntries map[string]string

func (c changesEntries) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	got := changesEntries{}
	for _, change := range req.Plan.ResourceChanges {
		before, _ := change.Change.Before.(map[string]any)["line_ids"].(map[string]any)
		after, _ := change.Change.After.(map[string]any)["line_ids"].(map[string]any)
		for identity := range maps.Keys(before) {
			if after[identity] == nil {
				got[identity] = fmt.Sprint(before[identity], ">")
			}
		}
		for identity, value := range after {
			if before[identity] != value {
				got[identity] = strings.TrimPrefix(fmt.Sprint(before[identity], ">", value), "<nil>")
			}
		}
	}
	if !reflect.DeepEqual(got, c) {
		resp.Error = fmt.Errorf("the plan changes %v, not %v", got, c)
	}
}

func TestAccLineProfiles(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 4, clevertaptest.Config{})
	first := map[string]string{acctest.User(0): acctest.LineID(0), acctest.User(1): acctest.LineID(1), acctest.User(2): acctest.LineID(2)}
	second := map[string]string{acctest.User(0): acctest.LineID(0), acctest.User(1): acctest.OtherLineID(1), acctest.User(3): acctest.LineID(3)}
	sent := 0
	wantSent := func(want ...string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			got := uploads(t, server)[sent:]
			sent += len(got)
			if !slices.Equal(got, want) {
				return fmt.Errorf("sent %q, not %q", got, want)
			}
			return nil
		}
	}
	set := func(i int, lineID string) string { return fmt.Sprintf(`%s {"LineID":%q}`, acctest.User(i), lineID) }
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{
				Config: profilesConfig(server.URL, first, ""),
				Check: resource.ComposeTestCheckFunc(wantHeld(server, "LineID", first),
					wantSent(set(0, acctest.LineID(0)), set(1, acctest.LineID(1)), set(2, acctest.LineID(2)))),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(profilesAddress, tfjsonpath.New("property"), knownvalue.StringExact("LineID")),
					statecheck.ExpectKnownValue(profilesAddress, tfjsonpath.New("require_existing_profile"), knownvalue.Bool(true)),
					statecheck.ExpectKnownValue(profilesAddress, tfjsonpath.New("refused"), knownvalue.MapExact(nil)),
				},
			},
			{
				Config: profilesConfig(server.URL, second, ""),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(profilesAddress, plancheck.ResourceActionUpdate),
					acctest.ChangesOnly{Address: profilesAddress, Attribute: "line_ids"},
				}},
				Check: resource.ComposeTestCheckFunc(wantHeld(server, "LineID", second),
					wantSent(set(1, acctest.OtherLineID(1)), set(3, acctest.LineID(3)), acctest.User(2)+` {"LineID":{"$delete":1}}`)),
			},
			{
				ResourceName: profilesAddress, ImportState: true, ImportStateId: "LineID:user-0, user-1,user-3",
				ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "property",
			},
			{
				ResourceName: profilesAddress, ImportState: true,
				ImportStateId:     `{"property":"LineID","identities":["user-0","user-1","user-3"]}`,
				ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "property",
			},
			{
				ResourceName: profilesAddress, ImportState: true, ImportStateId: "LineID:user-2,nobody",
				ExpectError: regexp.MustCompile(`(?s)2 identities are without.*nobody\s+\(no\s+profile`),
			},
			{
				ResourceName: profilesAddress, ImportState: true, ImportStateId: "user-2",
				ExpectError: regexp.MustCompile(`has\s+no\s+colon`),
			},
			{
				Config: profilesConfig(server.URL, second, `property = "lineID"`),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(profilesAddress, plancheck.ResourceActionDestroyBeforeCreate),
				}},
				Check: resource.ComposeTestCheckFunc(wantHeld(server, "LineID", map[string]string{}), wantHeld(server, "lineID", second)),
			},
			{Config: profilesConfig(server.URL, nil, `property = "lineID"`), Check: wantHeld(server, "lineID", map[string]string{})},
			{Config: profilesConfig(server.URL, first, `property = "lineID"`)},
		},
	})
	want := map[string]map[string]any{}
	for i := range 4 {
		want[acctest.User(i)] = map[string]any{"Plan": "gold"}
	}
	if got := server.Profiles(); !reflect.DeepEqual(got, want) {
		t.Errorf("after the destroy CleverTap has %v, not %v", got, want)
	}
}

func TestAccLineProfilesDrift(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 5, clevertaptest.Config{})
	all := map[string]string{}
	for i := range 5 {
		all[acctest.User(i)] = acctest.LineID(i)
	}
	// A value that disappears right after it replaced another is not what was there before.
	server.SetProfile(acctest.User(2), map[string]any{"LineID": acctest.OtherLineID(2)})
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: profilesConfig(server.URL, all, "")},
			{
				PreConfig: func() {
					server.SetProfile(acctest.User(1), map[string]any{"LineID": acctest.OtherLineID(1)})
					server.SetProfile(acctest.User(2), map[string]any{"Plan": "silver"})
					server.SetProfile(acctest.User(3), map[string]any{"LineID": 12345678901234567})
				},
				Config: profilesConfig(server.URL, all, ""),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{changesEntries{
					acctest.User(1): acctest.OtherLineID(1) + ">" + acctest.LineID(1), acctest.User(2): ">" + acctest.LineID(2), acctest.User(3): "12345678901234567>" + acctest.LineID(3),
				}}},
				Check: wantHeld(server, "LineID", all),
			},
		},
	})
}

// The largest resource, with the limits of CleverTap held.
func TestAccLineProfilesThousand(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 1000, clevertaptest.Config{})
	many := func(n int) string {
		return acctest.CleverTapProvider(server.URL) + fmt.Sprintf(`
resource "clevertap_line_profiles" "all" {
  line_ids = { for i in range(%d) : "user-${i}" => format("U%%032x", i) }
}
`, n)
	}
	want := map[string]string{}
	for i := range 1000 {
		want[acctest.User(i)] = acctest.LineID(i)
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: many(1001), ExpectError: regexp.MustCompile(`(?s)1001 entries.*clevertap-line\s+profiles\s+upload`)},
			{Config: many(1000), Check: wantHeld(server, "LineID", want)},
		},
	})
	if uploads, reads := server.HighestConcurrency(); uploads != 1 || reads > 3 {
		t.Errorf("%d uploads and %d reads at a time", uploads, reads)
	}
}

func TestAccLineProfilesRefusals(t *testing.T) {
	t.Parallel()
	good := fmt.Sprintf("%q", acctest.LineID(1))
	for name, test := range map[string]struct{ entries, more, want string }{
		"short LINE ID":      {`a = "U123"`, "", `"a" has is no\s+LINE\s+user\s+ID`},
		"upper case":         {`a = "U0123456789ABCDEF0123456789ABCDEF"`, "", `lower-case`},
		"group":              {`a = "C0123456789abcdef0123456789abcdef"`, "", `no\s+LINE\s+user\s+ID`},
		"null":               {`a = null`, "", `has no LINE ID`},
		"junk identity":      {`undefined = ` + good, "", `stands for a\s+missing\s+value`},
		"identity and space": {`"a " = ` + good, "", `begins or ends with a\s+space`},
		"property":           {`a = ` + good, `property = "Line.ID"`, `has the character`},
		"many faults": {strings.Join(slices.Collect(func(yield func(string) bool) {
			for i := range 12 {
				if !yield(fmt.Sprintf(`u%d = "x"`, i)) {
					return
				}
			}
		}), "\n"), "", `There are 2 more`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config: acctest.CleverTapProvider("http://127.0.0.1:1") + "resource \"clevertap_line_profiles\" \"all\" {\n  line_ids = {\n" + test.entries +
						"\n}\n" + test.more + "\n}\n",
					PlanOnly:    true,
					ExpectError: regexp.MustCompile(test.want),
				}},
			})
		})
	}
}

// One LINE ID on two profiles is allowed, with a warning. The map is no secret, so that for_each takes it.
func TestAccLineProfilesSharedLineID(t *testing.T) {
	t.Parallel()
	server := acctest.CleverTapServer(t, 2, clevertaptest.Config{})
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+profilesConfig(server.URL, map[string]string{acctest.User(0): acctest.LineID(7), acctest.User(1): acctest.LineID(7)}, "")+`
resource "terraform_data" "each" {
  for_each = clevertap_line_profiles.all.line_ids
  input    = each.value
}
`)
	output := c.Run("apply", "-auto-approve")
	if !strings.Contains(output, "One LINE ID for several identities: user-0, user-1") {
		t.Errorf("there is no warning:\n%s", output)
	}
	if !strings.Contains(output, `terraform_data.each["user-1"]`) {
		t.Errorf("for_each did not take the map:\n%s", output)
	}
}
