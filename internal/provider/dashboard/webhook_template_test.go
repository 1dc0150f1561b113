package dashboard_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
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

const templateAddress = "clevertap_webhook_template.line_push"

func TestAccWebhookTemplateLifecycle(t *testing.T) {
	t.Parallel()
	store := filepath.Join(t.TempDir(), "store")
	config := func(more string) string { return acctest.StoreAt(store) + more }
	file := acctest.Stored(store, "webhook-templates", "LINE%20push.json")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		CheckDestroy: func(*terraform.State) error {
			if _, err := os.Stat(acctest.Stored(store, "webhook-templates", "Renamed.json")); !os.IsNotExist(err) {
				return fmt.Errorf("the document is still there: %w", err)
			}
			return nil
		},
		Steps: []resource.TestStep{
			{
				Config: config(acctest.Template("LINE push", acctest.PushURL, acctest.SecretOne)),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(templateAddress, plancheck.ResourceActionCreate),
					plancheck.ExpectKnownValue(templateAddress, tfjsonpath.New("content_sha256"), knownvalue.StringRegexp(regexp.MustCompile(`^[0-9a-f]{64}$`))),
					plancheck.ExpectKnownValue(templateAddress, tfjsonpath.New("secret_header_names"),
						knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("Authorization")})),
					plancheck.ExpectKnownValue(templateAddress, tfjsonpath.New("entered"), knownvalue.Bool(false)),
				}},
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(templateAddress, tfjsonpath.New("secret_headers_wo"), knownvalue.Null()),
				},
				Check: func(*terraform.State) error {
					return wantDocument(file, map[string]any{
						"http_method": "POST", "destination_url": acctest.PushURL, "headers": map[string]any{"Content-Type": "application/json"},
						"secret_header_names": []any{"Authorization"}, "secret_headers_version": 1.0,
					})
				},
			},
			{
				Config: config(acctest.Template("LINE push", acctest.OtherURL, acctest.SecretOne)),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(templateAddress, plancheck.ResourceActionUpdate),
				}},
				Check: func(*terraform.State) error {
					return wantDocument(file, map[string]any{"destination_url": acctest.OtherURL})
				},
			},
			{ // without the secret at hand nothing changes, as long as the version stays
				Config: config(acctest.Template("LINE push", acctest.OtherURL, `secret_headers_wo_version = 1`)),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectEmptyPlan(),
				}},
			},
			{
				Config:      config(acctest.Template("LINE push", acctest.OtherURL, `secret_headers_wo_version = 2`)),
				ExpectError: regexp.MustCompile(`moved without a value`),
			},
			{
				ResourceName:                         templateAddress,
				ImportState:                          true,
				ImportStateId:                        "LINE push",
				ImportStateVerify:                    true,
				ImportStateVerifyIdentifierAttribute: "name",
			},
			{
				Config: config(acctest.Template("Renamed", acctest.OtherURL, acctest.SecretOne)),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(templateAddress, plancheck.ResourceActionDestroyBeforeCreate),
				}},
				Check: func(*terraform.State) error {
					if _, err := os.Stat(file); !os.IsNotExist(err) {
						return fmt.Errorf("the old document is still there: %w", err)
					}
					return nil
				},
			},
		},
	})
}

// wantDocument compares the named members of a document's content.
func wantDocument(file string, want map[string]any) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var document struct{ Content map[string]any }
	if err := json.Unmarshal(data, &document); err != nil {
		return err
	}
	for name, value := range want {
		if fmt.Sprint(document.Content[name]) != fmt.Sprint(value) {
			return fmt.Errorf("%s is %v in the document, not %v", name, document.Content[name], value)
		}
	}
	return nil
}

func TestAccWebhookTemplateDrift(t *testing.T) {
	t.Parallel()
	store := filepath.Join(t.TempDir(), "store")
	config := acctest.StoreAt(store) + acctest.Template("LINE push", acctest.PushURL, acctest.SecretOne)
	file := acctest.Stored(store, "webhook-templates", "LINE%20push.json")
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: config},
			{
				PreConfig: func() { acctest.WriteFile(t, file, strings.Replace(acctest.ReadFile(t, file), "POST", "PUT", 1)) },
				Config:    config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(templateAddress, plancheck.ResourceActionUpdate),
					acctest.ChangesOnly{Address: templateAddress, Attribute: "http_method"},
				}},
				Check: func(*terraform.State) error { return wantDocument(file, map[string]any{"http_method": "POST"}) },
			},
			{
				PreConfig: func() {
					if err := os.Remove(file); err != nil {
						t.Fatal(err)
					}
				},
				Config: config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(templateAddress, plancheck.ResourceActionCreate),
				}},
			},
			{ // only spelled otherwise
				PreConfig: func() {
					var document any
					if err := json.Unmarshal([]byte(acctest.ReadFile(t, file)), &document); err != nil {
						t.Fatal(err)
					}
					respelled, err := json.MarshalIndent(document, " ", "\t")
					if err != nil {
						t.Fatal(err)
					}
					acctest.WriteFile(t, file, string(respelled))
				},
				Config:           config,
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
		},
	})
}

// A store that is gone is never taken for a deletion of everything, and nothing is planned.
func TestAccStoreGuard(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		damage func(t *testing.T, store string)
		want   string
	}{
		"missing folder": {func(t *testing.T, store string) { acctest.Rename(t, store, store+"-elsewhere") }, `(?is)Cannot read the webhook template`},
		"empty folder": {func(t *testing.T, store string) {
			acctest.Rename(t, store, store+"-elsewhere")
			if err := os.Mkdir(store, 0o755); err != nil {
				t.Fatal(err)
			}
		}, `(?is)Cannot read the webhook template`},
		"broken document": {func(t *testing.T, store string) {
			file := acctest.Stored(store, "webhook-templates", "LINE%20push.json")
			acctest.WriteFile(t, file, strings.Replace(acctest.ReadFile(t, file), `"http_method"`, "<<<<<<< HEAD\n\"http_method\"", 1))
		}, `(?is)LINE%20push\.json`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			store := filepath.Join(t.TempDir(), "store")
			config := acctest.StoreAt(store) + acctest.Template("LINE push", acctest.PushURL, acctest.SecretOne)
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				Steps: []resource.TestStep{
					{Config: config},
					{
						PreConfig:   func() { test.damage(t, store) },
						Config:      config,
						ExpectError: regexp.MustCompile(test.want),
					},
					{ // put back, so that the test can destroy
						PreConfig: func() {
							if _, err := os.Stat(store + "-elsewhere"); err == nil {
								if err := os.RemoveAll(store); err != nil {
									t.Fatal(err)
								}
								acctest.Rename(t, store+"-elsewhere", store)
							}
							file := acctest.Stored(store, "webhook-templates", "LINE%20push.json")
							acctest.WriteFile(t, file, strings.Replace(acctest.ReadFile(t, file), "<<<<<<< HEAD\n", "", 1))
						},
						Config:           config,
						ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
					},
				},
			})
		})
	}
}

func TestAccWebhookTemplateTakenName(t *testing.T) {
	t.Parallel()
	store := filepath.Join(t.TempDir(), "store")
	second := strings.Replace(acctest.Template("LINE push", acctest.OtherURL, ""), `"line_push"`, `"second"`, 1)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: acctest.StoreAt(store) + acctest.Template("LINE push", acctest.PushURL, "")},
			{
				Config:      acctest.StoreAt(store) + acctest.Template("LINE push", acctest.PushURL, "") + second,
				ExpectError: regexp.MustCompile(`(?s)Cannot create the webhook template "LINE push".*add\s+a\s+moved\s+block`),
			},
			{
				Config:           acctest.StoreAt(store) + acctest.Template("LINE push", acctest.PushURL, ""),
				ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
			},
		},
	})
}

func TestAccWebhookTemplateRefusals(t *testing.T) {
	t.Parallel()
	const secret = "sEcReT0123456789sEcReT0123456789"
	for name, test := range map[string]struct{ more, url, want string }{
		"Authorization in sight":   {`headers = { Authorization = "` + secret + `" }`, acctest.PushURL, `A credential in plain sight`},
		"cookie in sight":          {`headers = { cookie = "` + secret + `" }`, acctest.PushURL, `A credential in plain sight`},
		"key in sight":             {`headers = { "X-Api-Key" = "` + secret + `" }`, acctest.PushURL, `A credential in plain sight`},
		"bearer value":             {`headers = { "X-Forward" = "Bearer ` + secret + `" }`, acctest.PushURL, `A credential in plain sight`},
		"opaque value":             {`headers = { "X-Forward" = "` + secret + `" }`, acctest.PushURL, `A credential in plain sight`},
		"line break":               {`headers = { "X-Note" = "a\nb" }`, acctest.PushURL, `line break`},
		"retry key":                {`headers = { "X-Line-Retry-Key" = "0b1c" }`, acctest.PushURL, `only the first\s+message`},
		"no version":               {`secret_headers_wo = { Authorization = "Bearer ` + secret + `" }`, acctest.PushURL, `have no version`},
		"no Bearer":                {"secret_headers_wo_version = 1\nsecret_headers_wo = { Authorization = \"" + secret + `" }`, acctest.PushURL, `LINE takes no other\s+form`},
		"empty token":              {"secret_headers_wo_version = 1\nsecret_headers_wo = { Authorization = \"Bearer \" }", acctest.PushURL, `wrong form`},
		"token with a line break":  {"secret_headers_wo_version = 1\nsecret_headers_wo = { Authorization = \"Bearer " + secret + "\\n\" }", acctest.PushURL, `line break`},
		"one header in two places": {"headers = { X-Team = \"a\" }\nsecret_headers_wo_version = 1\nsecret_headers_wo = { x-team = \"b\" }", acctest.PushURL, `given twice`},
		"password in the URL":      {"", "https://me:" + secret + "@example.com/", `user name or password`},
		"token in the URL":         {"", "https://example.com/?access_token=" + secret, `looks like a\s+credential`},
		"Azure key":                {`headers = { "X-Functions-Key" = "5f4dcc3b" }`, acctest.PushURL, `A credential in plain sight`},
		"X-Authorization":          {`headers = { "X-Authorization" = "x" }`, acctest.PushURL, `A credential in plain sight`},
		"signature in the URL":     {"", "https://example.com/?a=1&sig=" + secret, `looks like a\s+credential`},
		"unreadable query":         {"", "https://example.com/?a=1;token=" + secret, `query cannot be read`},
		"white space in the URL":   {"", "https://example.com/ ", `white space`},
		"header in two spellings":  {`headers = { "X-A" = "1", "x-a" = "2" }`, acctest.PushURL, `given twice`},
		"name and value swapped":   {"secret_headers_wo_version = 1\nsecret_headers_wo = { \"Bearer " + secret + "==\" = \"Authorization\" }", acctest.PushURL, `may\s+have\s+been\s+swapped`},
		"clear text":               {"", "http://example.com/", `must start with\s+https`},
		"no URL":                   {"", "api.line.me/v2", `not an absolute URL`},
		"method":                   {`http_method = "PATCH"`, acctest.PushURL, `must be one of`},
		"name":                     {`name = " x"`, acctest.PushURL, `White space at an end`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := fmt.Sprintf("resource \"clevertap_webhook_template\" \"line_push\" {\n  destination_url = %q\n  %s\n", test.url, test.more)
			for _, required := range []string{"name", "http_method"} {
				if !strings.Contains(test.more, required+" =") {
					config += "  " + required + " = \"POST\"\n"
				}
			}
			resource.Test(t, resource.TestCase{
				ProtoV6ProviderFactories: acctest.Factories(),
				ErrorCheck: func(err error) error {
					// Terraform quotes the configuration's line, in which these secrets are literals.
					_, said, _ := strings.Cut(err.Error(), "resource \"clevertap_webhook_template\" \"line_push\"")
					if _, said, _ = strings.Cut(said, "\n\n"); strings.Contains(said, "sEcReT") {
						t.Error("the secret is in the error")
					}
					return err
				},
				Steps: []resource.TestStep{{
					Config:      acctest.StoreAt(t.TempDir()) + config + "}\n",
					PlanOnly:    true,
					ExpectError: regexp.MustCompile(test.want),
				}},
			})
		})
	}
}

// What is no credential is not taken for one.
func TestAccWebhookTemplatePlainHeaders(t *testing.T) {
	t.Parallel()
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{{Config: acctest.StoreAt(t.TempDir()) + `
resource "clevertap_webhook_template" "line_push" {
  name            = "relay"
  http_method     = "POST"
  destination_url = "https://relay.example.com/line?campaign=spring"
  headers = {
    Accept              = "application/vnd.ms-excel.sheet.macroEnabled.12"
    "X-Campaign"        = "Marketing/LINE_Campaigns/Spring-2027"
    "X-Session-Timeout" = "30"
    "X-Commit"          = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
  }
}
`}},
	})
}

// An imported document that was edited by hand is what the configuration says, as soon as it is applied.
func TestAccWebhookTemplateImportOfAnEditedDocument(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	config := acctest.RequiredProviders + acctest.StoreAt("store") + acctest.Template("LINE push", acctest.PushURL, "")
	c.Write("main.tf", config)
	c.Run("apply", "-auto-approve")
	file := acctest.Stored(filepath.Join(c.Dir, "store"), "webhook-templates", "LINE%20push.json")
	acctest.WriteFile(t, file, strings.Replace(acctest.ReadFile(t, file), acctest.PushURL, acctest.OtherURL, 1))
	if err := os.Remove(filepath.Join(c.Dir, "terraform.tfstate")); err != nil {
		t.Fatal(err)
	}
	c.Write("import.tf", "import {\n  to = "+templateAddress+"\n  id = \"LINE push\"\n}\n")
	c.Run("apply", "-auto-approve")
	if state := c.Run("show"); strings.Contains(state, acctest.OtherURL) || !strings.Contains(state, acctest.PushURL) {
		t.Errorf("after the repair state is:\n%s", state)
	}
}
