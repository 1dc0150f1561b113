package dashboard_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

const bodyAddress = "clevertap_line_campaign_body.welcome"

// The three bodies of CleverTap's LINE guide, with the Liquid form of `to`.
func TestAccCampaignBodyGuide(t *testing.T) {
	t.Parallel()
	const to = `"to":"{{ Profile.LineID | default: 'N.A' }}"`
	for name, test := range map[string]struct{ message, want string }{
		"text": {`{ type = "text", text = "Hello, world1" }`,
			`{` + to + `,"messages":[{"type":"text","text":"Hello, world1"}]}`},
		"image": {`{ type = "image", originalContentUrl = "https://example.com/original.jpg", previewImageUrl = "https://example.com/preview.jpg" }`,
			`{` + to + `,"messages":[{"type":"image","originalContentUrl":"https://example.com/original.jpg","previewImageUrl":"https://example.com/preview.jpg"}]}`},
		"video": {`{ type = "video", originalContentUrl = "https://example.com/original.mp4", previewImageUrl = "https://example.com/preview.jpg" }`,
			`{` + to + `,"messages":[{"type":"video","originalContentUrl":"https://example.com/original.mp4","previewImageUrl":"https://example.com/preview.jpg"}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sameJSON := knownvalue.StringFunc(func(body string) error {
				var got, want any
				if err := json.Unmarshal([]byte(body), &got); err != nil {
					return err
				}
				if err := json.Unmarshal([]byte(test.want), &want); err != nil {
					return err
				}
				if !reflect.DeepEqual(got, want) {
					return fmt.Errorf("the body is %s, not %s", body, test.want)
				}
				return nil
			})
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config: acctest.StoreAt(t.TempDir()) + acctest.CampaignBody(`messages = [jsonencode(`+test.message+`)]`),
					ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
						plancheck.ExpectKnownValue(bodyAddress, tfjsonpath.New("body"), sameJSON),
					}},
					ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownValue(bodyAddress, tfjsonpath.New("body"), sameJSON),
					},
				}},
			})
		})
	}
}

func TestAccCampaignBodyExactText(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ attributes, want string }{
		"characters that jsonencode escapes": {
			`messages = [jsonencode({ type = "text", text = "a < b & c > d {% if Profile.Age > 18 %}x{% endif %}" })]`,
			`{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[{"text":"a < b & c > d {% if Profile.Age > 18 %}x{% endif %}","type":"text"}]}`},
		"order of keys": {
			`messages = ["{\"type\": \"text\",\n \"text\": \"こんにちは🍎\"}"]`,
			`{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[{"type":"text","text":"こんにちは🍎"}]}`},
		"fixed recipient": {
			"to {\nid = \"U0123456789abcdef0123456789abcdef\"\n}\n" + `messages = ["{\"type\":\"text\",\"text\":\"x\"}"]`,
			`{"to":"U0123456789abcdef0123456789abcdef","messages":[{"type":"text","text":"x"}]}`},
		"another property": {
			"to {\nprofile_property = \"lineID\"\n}\n" + `messages = ["{\"type\":\"text\",\"text\":\"x\"}"]`,
			`{"to":"{{ Profile.lineID | default: 'N.A' }}","messages":[{"type":"text","text":"x"}]}`},
		"all settings": {
			"notification_disabled = true\ncustom_aggregation_units = [\"spring_2027\"]\n" + `messages = ["{\"type\":\"text\",\"text\":\"x\"}"]`,
			`{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[{"type":"text","text":"x"}],"notificationDisabled":true,"customAggregationUnits":["spring_2027"]}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{
					{
						Config: acctest.StoreAt(t.TempDir()) + acctest.CampaignBody(test.attributes),
						ConfigStateChecks: []statecheck.StateCheck{
							statecheck.ExpectKnownValue(bodyAddress, tfjsonpath.New("body"), knownvalue.StringExact(test.want)),
						},
					},
					{
						ResourceName: bodyAddress, ImportState: true, ImportStateId: "welcome",
						ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "name",
						// An import takes the messages as they are recorded, which may be another spelling than the configuration's.
						ImportStateVerifyIgnore: []string{"messages"},
					},
				},
			})
		})
	}
}

func TestAccCampaignBodySpelling(t *testing.T) {
	t.Parallel()
	store := t.TempDir()
	unchanged := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: acctest.StoreAt(store) + acctest.CampaignBody(`messages = [jsonencode({ type = "text", text = "x > y" }), "{\"type\":\"text\",\"text\":\"z\"}"]`)},
			{
				Config: acctest.StoreAt(store) + acctest.CampaignBody(`messages = ["{\n  \"text\": \"x > y\",\n  \"type\": \"text\"\n}\n", "{\"text\":\"\\u007a\",\"type\":\"text\"}"]`),

				ConfigPlanChecks: unchanged,
			},
			{ // what an editor reads is neither a change nor sent
				Config: acctest.StoreAt(store) + acctest.CampaignBody(
					`messages = ["{\"$schema\":\"line.json\",\"text\":\"x > y\",\"type\":\"text\"}", "{\"text\":\"z\",\"type\":\"text\"}"]`),
				ConfigPlanChecks: unchanged,
			},
			{
				Config: acctest.StoreAt(store) + acctest.CampaignBody(
					`messages = ["{\"$schema\":\"line.json\",\"text\":\"w\",\"type\":\"text\"}"]`),
				ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(bodyAddress, tfjsonpath.New("body"), knownvalue.StringExact(
					`{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[{"text":"w","type":"text"}]}`))},
			},
			{
				Config: acctest.StoreAt(store) + acctest.CampaignBody(`messages = ["{\"text\":\"x > y!\",\"type\":\"text\"}", "{\"text\":\"z\",\"type\":\"text\"}"]`),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(bodyAddress, plancheck.ResourceActionUpdate),
				}},
			},
		},
	})
}

// A block whose arguments are all null says as much as none: modules pass on nulls. No plan differs after it.
func TestAccCampaignBodyNullRecipient(t *testing.T) {
	t.Parallel()
	const text = `messages = ["{\"type\":\"text\",\"text\":\"x\"}"]`
	want := knownvalue.StringExact(`{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":[{"type":"text","text":"x"}]}`)
	empty := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
	for name, to := range map[string]string{"none": "", "empty": "to {}", "nulls": "to {\nprofile_property = null\ndefault = null\nid = null\n}"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := t.TempDir()
			config := acctest.StoreAt(store) + acctest.CampaignBody(to+"\n"+text)
			file := acctest.Stored(store, "line-campaign-bodies", "welcome.json")
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{
					{Config: config, ConfigStateChecks: []statecheck.StateCheck{
						statecheck.ExpectKnownValue(bodyAddress, tfjsonpath.New("body"), want),
					}},
					{Config: config, ConfigPlanChecks: empty},
					{ // another revision with the same content is read, and changes nothing
						PreConfig: func() { acctest.WriteFile(t, file, acctest.ReadFile(t, file)+"\n") },
						Config:    config, ConfigPlanChecks: empty,
					},
				},
			})
		})
	}
}

func TestAccCampaignBodyDrift(t *testing.T) {
	t.Parallel()
	store := t.TempDir()
	file := acctest.Stored(store, "line-campaign-bodies", "welcome.json")
	config := acctest.StoreAt(store) + acctest.CampaignBody(`messages = [jsonencode({ type = "text", text = "one" }), jsonencode({ type = "text", text = "two" })]`)
	edit := func(old, replacement string) func() {
		return func() {
			before := acctest.ReadFile(t, file)
			after := strings.Replace(before, old, replacement, 1)
			if before == after {
				t.Fatalf("the document does not hold %s:\n%s", old, before)
			}
			acctest.WriteFile(t, file, after)
		}
	}
	repaired := func(attribute string) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
			plancheck.ExpectResourceAction(bodyAddress, plancheck.ResourceActionUpdate),
			acctest.ChangesOnly{Address: bodyAddress, Attribute: attribute},
		}}
	}
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: config},
			{PreConfig: edit(`"text": "two"`, `"text": "TWO"`), Config: config, ConfigPlanChecks: repaired("messages")},
			{PreConfig: edit(`\"text\":\"two\"`, `\"text\":\"TWO\"`), Config: config, ConfigPlanChecks: repaired("body")},
			{
				PreConfig: func() {
					if err := os.Remove(file); err != nil {
						t.Fatal(err)
					}
				},
				Config: config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(bodyAddress, plancheck.ResourceActionCreate),
				}},
			},
		},
	})
}

// What is known only at apply is checked before anything is written.
func TestAccCampaignBodyUnknownAtPlan(t *testing.T) {
	t.Parallel()
	config := func(store, url string) string {
		return acctest.StoreAt(store) + `
resource "terraform_data" "url" {
  input = "` + url + `"
}
` + acctest.CampaignBody(`messages = [
  jsonencode({ type = "text", text = "known" }),
  jsonencode({ type = "image", originalContentUrl = terraform_data.url.output, previewImageUrl = "https://example.com/p.jpg" }),
]`)
	}
	t.Run("good", func(t *testing.T) {
		t.Parallel()
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.Factories(),
			Steps: []resource.TestStep{{
				Config: config(t.TempDir(), "https://example.com/o.jpg"),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectUnknownValue(bodyAddress, tfjsonpath.New("body")),
				}},
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(bodyAddress, tfjsonpath.New("body"), knownvalue.StringRegexp(regexp.MustCompile(`https://example\.com/o\.jpg`))),
				},
			}},
		})
	})
	t.Run("bad", func(t *testing.T) {
		t.Parallel()
		store := t.TempDir()
		resource.Test(t, resource.TestCase{
			ProtoV6ProviderFactories: acctest.Factories(),
			CheckDestroy: func(*terraform.State) error {
				left, err := filepath.Glob(acctest.Stored(store, "*", "*"))
				if len(left) > 0 {
					return fmt.Errorf("written: %v", left)
				}
				return err
			},
			Steps: []resource.TestStep{{
				Config:      config(store, "http://example.com/o.jpg"),
				ExpectError: regexp.MustCompile(`messages\[1\]\.originalContentUrl`),
			}},
		})
	})
}

// The versions of messages are named after the body, whose name may come later.
func TestAccCampaignBodyVersionsOfAnUnknownName(t *testing.T) {
	t.Parallel()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{
			Config: acctest.StoreAt(t.TempDir()) + `
resource "terraform_data" "name" {
  input = "welcome"
}
resource "clevertap_line_campaign_body" "welcome" {
  name           = terraform_data.name.output
  messages       = [jsonencode({ type = "text", text = "x" })]
  track_versions = true
}`,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectUnknownValue(bodyAddress, tfjsonpath.New("body")),
				plancheck.ExpectUnknownValue(bodyAddress, tfjsonpath.New("version_unit")),
			}},
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(bodyAddress, tfjsonpath.New("version_unit"), knownvalue.StringRegexp(regexp.MustCompile(`^welcome_[0-9a-f]{8}$`))),
			},
		}},
	})
}

func TestAccCampaignBodyRefusals(t *testing.T) {
	t.Parallel()
	six := strings.TrimSuffix(strings.Repeat(`jsonencode({ type = "text", text = "x" }), `, 6), ", ")
	text := `messages = [jsonencode({ type = "text", text = "x" })]`
	for name, test := range map[string]struct{ attributes, want string }{
		"no JSON":              {`messages = ["hello"]`, `messages\[0\]`},
		"an array":             {`messages = ["[]"]`, `messages\[0\]`},
		"two objects":          {`messages = ["{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}"]`, `messages\[0\]`},
		"duplicate key":        {`messages = ["{\"type\":\"text\",\"text\":\"a\",\"text\":\"b\"}"]`, `messages\[0\]`},
		"no type":              {`messages = [jsonencode({ text = "x" })]`, `type`},
		"empty text":           {`messages = [jsonencode({ type = "text", text = "" })]`, `messages\[0\]\.text`},
		"http image":           {`messages = [jsonencode({ type = "image", originalContentUrl = "http://example.com/o.jpg", previewImageUrl = "https://example.com/p.jpg" })]`, `messages\[0\]\.originalContentUrl`},
		"video without image":  {`messages = [jsonencode({ type = "video", originalContentUrl = "https://example.com/o.mp4" })]`, `previewImageUrl`},
		"second of two":        {`messages = [jsonencode({ type = "text", text = "x" }), jsonencode({ type = "text" })]`, `messages\[1\]`},
		"six messages":         {`messages = [` + six + `]`, `has 6 messages, but must have 1 to 5`},
		"null":                 {`messages = [null]`, `A message is null`},
		"two recipients":       {"to {\nid = \"U0123456789abcdef0123456789abcdef\"\ndefault = \"x\"\n}\n" + text, `either id`},
		"picker token":         {"to {\nprofile_property = \"@Profile - lineID | default: \\\"N.A\\\"\"\n}\n" + text, `write\s+profile_property = "lineID"\s+and\s+default\s+=\s+"N\.A"`},
		"Liquid as an id":      {"to {\nid = \"{{ Profile.LineID }}\"\n}\n" + text, `write\s+profile_property = "LineID"`},
		"no message":           {`messages = []`, `has 0 messages, but must have 1 to 5`},
		"quote in the default": {"to {\ndefault = \"it's\"\n}\n" + text, `cannot be written into the body`},
		"forbidden property":   {"to {\nprofile_property = \"Line:ID\"\n}\n" + text, `cannot be written into the body`},
		"null unit":            {"custom_aggregation_units = [null]\n" + text, `Null`},
		"aggregation unit":     {"custom_aggregation_units = [\"no spaces\"]\n" + text, `letters, digits`},
		"placed":               {`messages = ["{\n  \"type\": \"text\",\n  \"text\": \"\"\n}"]`, `line 3, column`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{{
					Config:      acctest.StoreAt(t.TempDir()) + acctest.CampaignBody(test.attributes),
					PlanOnly:    true,
					ExpectError: regexp.MustCompile(test.want),
				}},
			})
		})
	}
}

// Somebody takes the recipient out of the document: that is a change, and put right.
func TestAccCampaignBodyRecipientDrift(t *testing.T) {
	t.Parallel()
	store := t.TempDir()
	file := acctest.Stored(store, "line-campaign-bodies", "welcome.json")
	config := acctest.StoreAt(store) + acctest.CampaignBody("to {\nprofile_property = \"lineID\"\n}\n"+`messages = ["{\"type\":\"text\",\"text\":\"x\"}"]`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig: func() {
					acctest.WriteFile(t, file, strings.Replace(acctest.ReadFile(t, file), `"profile_property": "lineID"`, "", 1))
				},
				Config: config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(bodyAddress, plancheck.ResourceActionUpdate),
					acctest.ChangesOnly{Address: bodyAddress, Attribute: "to"},
				}},
			},
		},
	})
}
