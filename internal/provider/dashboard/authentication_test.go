package dashboard_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// canary stands for each secret of an authentication.
const canary = "CANARY-of-the-authentication"

// templateWith is a webhook template for the plugin protocol, as JSON.
func templateWith(url, more string) string {
	return fmt.Sprintf(`{"name": "LINE push", "http_method": "POST", "destination_url": %q, %s}`, url, more)
}

// oauth2With is a block of a webhook template, by default of the grant type with JWT, without what the dialog can do without.
func oauth2With(changes, jwt map[string]any) string {
	whole := map[string]any{
		"grant_type": dialog.GrantJWT, "client_id": "client", "secret_wo": nil, "secret_wo_version": nil, "username": nil, "password_wo": nil,
		"password_wo_version": nil, "scopes": nil, "access_token_url": "https://auth.example.com/token", "refresh_token_url": nil,
		"client_authentication_type": "Send Basic Authentication in Header", "jwt": nil,
	}
	if jwt != nil {
		assertion := map[string]any{
			"alg": "RS512", "typ": nil, "kid": nil, "cty": nil, "crit": nil, "iss": "i", "sub": "s", "aud": "https://auth.example.com/", "iat": nil,
			"exp": "1800", "jti": nil,
		}
		maps.Copy(assertion, jwt)
		whole["jwt"] = assertion
	}
	maps.Copy(whole, changes)
	text, err := json.Marshal(whole)
	if err != nil {
		panic(err)
	}
	return `"oauth2": ` + string(text)
}

// authenticationFaults are configurations that are refused, each for what its name says.
func authenticationFaults() map[string]string {
	line := func(channel, key string) string {
		return fmt.Sprintf(`"line_oauth2": {"channel_id": %q, "key_id": %q}`, channel, key)
	}
	basic := func(username, password string) string {
		return fmt.Sprintf(`"basic_auth": {"username": %q, "password_wo": %q, "password_wo_version": 1}`, username, password)
	}
	secret := map[string]any{"grant_type": dialog.GrantSecret, "secret_wo": canary, "secret_wo_version": 1}
	with := func(more map[string]any) map[string]any {
		all := maps.Clone(secret)
		maps.Copy(all, more)
		return all
	}
	return map[string]string{
		"two":              templateWith(acctest.OtherURL, basic("me", canary)+","+oauth2With(nil, map[string]any{})),
		"three":            templateWith(acctest.PushURL, basic("me", canary)+","+oauth2With(nil, map[string]any{})+","+line("1", "k")),
		"header too":       templateWith(acctest.PushURL, line("1", "k")+`, "secret_headers_wo": {"authorization": "Bearer abc"}, "secret_headers_wo_version": 1`),
		"LINE's elsewhere": templateWith(acctest.OtherURL, line("1", "k")),
		"basic at LINE":    templateWith(acctest.PushURL, basic("me", canary)),
		"channel":          templateWith(acctest.PushURL, line("@216ru0000", "k")),
		"key pasted":       templateWith(acctest.PushURL, line("1", `{"kty":"RSA","d":"`+canary+`"}`)),
		"empty key":        templateWith(acctest.PushURL, line("1", "")),
		"colon":            templateWith(acctest.OtherURL, basic("me:you", canary)),
		"white space":      templateWith(acctest.OtherURL, basic(" me", canary+"\n")),
		"empty":            templateWith(acctest.OtherURL, basic("", "")),
		"bare":             templateWith(acctest.OtherURL, `"basic_auth": {"username": null, "password_wo": null, "password_wo_version": null}`),
		"bare LINE":        templateWith(acctest.PushURL, `"line_oauth2": {"channel_id": null, "key_id": null}`),
		"bare OAuth": templateWith(acctest.OtherURL, oauth2With(map[string]any{"grant_type": nil, "client_id": nil, "access_token_url": nil,
			"client_authentication_type": nil}, map[string]any{"alg": nil, "iss": nil, "sub": nil, "aud": nil, "exp": nil})),
		"negative version":     templateWith(acctest.OtherURL, `"basic_auth": {"username": "me", "password_wo": null, "password_wo_version": -1}`),
		"grant type":           templateWith(acctest.OtherURL, oauth2With(map[string]any{"grant_type": "client_credentials"}, nil)),
		"clear text":           templateWith(acctest.OtherURL, oauth2With(with(map[string]any{"access_token_url": "http://auth.example.com/token"}), nil)),
		"credentials in a URL": templateWith(acctest.OtherURL, oauth2With(with(map[string]any{"access_token_url": "https://me:" + canary + "@auth.example.com/"}), nil)),
		"secret in a URL":      templateWith(acctest.OtherURL, oauth2With(with(map[string]any{"access_token_url": "https://auth.example.com/?client_secret=" + canary}), nil)),
		"authentication type":  templateWith(acctest.OtherURL, oauth2With(with(map[string]any{"client_authentication_type": "basic"}), nil)),
		"secret without version": templateWith(acctest.OtherURL, oauth2With(map[string]any{"grant_type": dialog.GrantSecret, "secret_wo": canary},
			nil)),
		"of other grants": templateWith(acctest.OtherURL, oauth2With(with(map[string]any{"username": "me", "password_wo": canary,
			"password_wo_version": 1, "refresh_token_url": "http://x"}), map[string]any{})),
		"password grant": templateWith(acctest.OtherURL, oauth2With(map[string]any{"grant_type": dialog.GrantPassword}, nil)),
		"no assertion":   templateWith(acctest.OtherURL, oauth2With(nil, nil)),
		"assertion and secret": templateWith(acctest.OtherURL, oauth2With(map[string]any{"secret_wo": canary, "secret_wo_version": 1},
			map[string]any{"alg": "HS256", "iss": "", "kid": "a\tb"})),
	}
}

// The blocks of a life: basicBlock and secretBlock with what is said of their secrets.
func basicBlock(username, secret string) string {
	return fmt.Sprintf("basic_auth {\n username = %q\n %s\n}", username, secret)
}

func secretBlock(more, secret string) string {
	return `oauth2 {
  grant_type                 = "Client Credentials without JWT"
  client_id                  = "clevertap"
  access_token_url           = "https://auth.example.com/token"
  client_authentication_type = "Send Basic Authentication in Header"
  ` + more + "\n" + secret + "\n}"
}

func passwordBlock(secrets string) string {
	return strings.Replace(secretBlock(`username = "me"`, secrets), "Client Credentials without JWT", "Password Credentials", 1)
}

const jwtBlock = `oauth2 {
  grant_type                 = "Client Credentials with JWT"
  client_id                  = "clevertap"
  access_token_url           = "https://auth.example.com/token"
  client_authentication_type = "Send Bearer Authentication in Header"
  jwt {
    alg = "RS384"
    iss = "clevertap"
    sub = "clevertap"
    aud = "https://auth.example.com/"
    exp = "1800"
  }
}`

// An authentication is planned, kept, drifts, is imported and makes receipts stale as headers do, and each may follow another.
func TestAccAuthenticationLifecycle(t *testing.T) {
	t.Parallel()
	store := t.TempDir()
	file := acctest.Stored(store, "webhook-templates", "LINE%20push.json")
	config := func(url, block string) string {
		return acctest.StoreAt(store) + acctest.Template("LINE push", url, block)
	}
	planned := func(checks ...plancheck.PlanCheck) resource.ConfigPlanChecks {
		return resource.ConfigPlanChecks{PreApply: checks}
	}
	update := planned(plancheck.ExpectResourceAction(templateAddress, plancheck.ResourceActionUpdate))
	empty := planned(plancheck.ExpectEmptyPlan())
	entered := func(is bool) []statecheck.StateCheck {
		return []statecheck.StateCheck{statecheck.ExpectKnownValue(templateAddress, tfjsonpath.New("entered"), knownvalue.Bool(is))}
	}
	enter := func() {
		s := templatestore.New(templatestore.NewLocal(store), "")
		_, err := templatestore.Enter(t.Context(), s, templatestore.WebhookTemplates, "LINE push", templatestore.Entering{By: "ann", At: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
	}
	edit := func(old, new string) func() {
		return func() {
			before := acctest.ReadFile(t, file)
			if !strings.Contains(before, old) {
				t.Fatalf("there is no %s in %s", old, before)
			}
			acctest.WriteFile(t, file, strings.Replace(before, old, new, 1))
		}
	}
	holds := func(want string) resource.TestCheckFunc {
		return func(*terraform.State) error {
			document := strings.Join(strings.Fields(acctest.ReadFile(t, file)), "")
			if !strings.Contains(document, want) || strings.Contains(document, canary) {
				return fmt.Errorf("there is no %s in %s", want, document)
			}
			return nil
		}
	}
	verify := resource.TestStep{
		ResourceName: templateAddress, ImportState: true, ImportStateId: "LINE push", ImportStateVerify: true,
		ImportStateVerifyIdentifierAttribute: "name",
	}
	const one, kept = "password_wo = \"" + canary + "\"\npassword_wo_version = 1", "password_wo_version = 1"
	const secret = "secret_wo = \"" + canary + "\"\nsecret_wo_version = 4"
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: config(acctest.OtherURL, basicBlock("me", kept)), ExpectError: regexp.MustCompile(`version\s+of\s+a\s+secret\s+moved\s+without`)},
			{
				Config: config(acctest.OtherURL, basicBlock("me", one)), Check: holds(`"basic_auth":{"username":"me","password_version":1}`),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(templateAddress, tfjsonpath.New("basic_auth").AtMapKey("password_wo"), knownvalue.Null()),
				},
			},
			{PreConfig: enter, Config: config(acctest.OtherURL, basicBlock("me", kept)), ConfigPlanChecks: empty, ConfigStateChecks: entered(true)},
			verify,
			{Config: config(acctest.OtherURL, basicBlock("me", "password_wo_version = 2")), ExpectError: regexp.MustCompile(`basic_auth\.password_wo_version\s+is\s+2`)},
			{
				PreConfig: edit(`"username": "me"`, `"username": "you"`), Config: config(acctest.OtherURL, basicBlock("me", kept)),
				ConfigPlanChecks: planned(acctest.ChangesOnly{Address: templateAddress, Attribute: "basic_auth"}), Check: holds(`"username":"me"`),
			},
			{ // a version that somebody raised in the document is put right without the value
				PreConfig: edit(`"password_version": 1`, `"password_version": 3`), Config: config(acctest.OtherURL, basicBlock("me", kept)),
				ConfigPlanChecks: update, Check: holds(`"password_version":1`),
			},
			{Config: config(acctest.OtherURL, secretBlock("", "secret_wo_version = 4")), ExpectError: regexp.MustCompile(`oauth2\.secret_wo_version\s+is\s+4`)},
			{
				Config: config(acctest.OtherURL, secretBlock("", secret)), ConfigPlanChecks: update, ConfigStateChecks: entered(false),
				Check: holds(`"oauth2":{"grant_type":"ClientCredentialswithoutJWT","client_id":"clevertap","secret_version":4,"access_token_url"`),
			},
			verify,
			{PreConfig: enter, Config: config(acctest.OtherURL, secretBlock("", "secret_wo_version = 4")), ConfigPlanChecks: empty, ConfigStateChecks: entered(true)},
			{Config: config(acctest.OtherURL, secretBlock(`scopes = "push"`, "secret_wo_version = 4")), ConfigPlanChecks: update, ConfigStateChecks: entered(false)},
			{Config: config(acctest.OtherURL, passwordBlock(secret+"\n"+one)), ConfigPlanChecks: update, Check: holds(`"password_version":1`)},
			verify,
			{Config: config(acctest.OtherURL, passwordBlock("secret_wo_version = 4\n"+kept)), ConfigPlanChecks: empty},
			{
				Config:      config(acctest.OtherURL, passwordBlock(secret+"\npassword_wo_version = 2")),
				ExpectError: regexp.MustCompile(`oauth2\.password_wo_version\s+is\s+2`),
			},
			{Config: config(acctest.OtherURL, jwtBlock), ConfigPlanChecks: update, Check: holds(`"jwt":{"alg":"RS384","iss":"clevertap"`)},
			verify,
			{PreConfig: edit(`"alg": "RS384"`, `"alg": "RS256"`), Config: config(acctest.OtherURL, jwtBlock), ConfigPlanChecks: update, Check: holds(`"alg":"RS384"`)},
			{
				Config: config(acctest.PushURL, "line_oauth2 {\n channel_id = 1350031035\n}"), ConfigPlanChecks: update,
				Check: holds(`"line_oauth2":{"channel_id":"1350031035"}`),
			},
			{PreConfig: enter, Config: config(acctest.PushURL, "line_oauth2 {\n channel_id = 1350031035\n}"), ConfigPlanChecks: empty, ConfigStateChecks: entered(true)},
			{
				Config:           config(acctest.PushURL, "line_oauth2 {\n channel_id = 1350031035\n key_id = \"k-1\"\n}"),
				ConfigPlanChecks: update, ConfigStateChecks: entered(false), Check: holds(`"key_id":"k-1"`),
			},
			verify,
			{Config: config(acctest.PushURL, ""), ConfigPlanChecks: update, Check: holds(`"secret_header_names":[],"content_sha256"`)},
		},
	})
}

// A secret header that state keeps without its value stands in the way of a block, too.
func TestAccAuthenticationBesideAHeader(t *testing.T) {
	t.Parallel()
	store := t.TempDir()
	config := func(more string) string {
		return acctest.StoreAt(store) + acctest.Template("LINE push", acctest.PushURL, more)
	}
	const line = "line_oauth2 {\n channel_id = 1350031035\n}\n"
	twice := regexp.MustCompile(`Authentication\s+given\s+twice`)
	resource.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: config(acctest.SecretOne)},
			{Config: config(line + acctest.SecretOne), ExpectError: twice},
			{Config: config(line + "secret_headers_wo_version = 1"), ExpectError: twice},
			{Config: config(line + "secret_headers_wo = { X-Key = \"abc\" }\nsecret_headers_wo_version = 2")},
			{Config: config(line)},
		},
	})
}

// A way of one's own to LINE's tokens is said to be none, once.
func TestAccAuthenticationTowardsLINE(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+acctest.Template("LINE push", acctest.PushURL,
		strings.ReplaceAll(jwtBlock, "https://auth.example.com/token", "https://api.line.me/oauth2/v3/token")))
	plan := words(c.Run("plan"))
	if strings.Count(plan, `The webhook template "LINE push" may get no tokens from LINE`) != 1 || !strings.Contains(plan, "line_oauth2") {
		t.Errorf("what is said: %s", plan)
	}
}

// What is not known yet is skipped, and refused when it is known and wrong.
func TestAccAuthenticationNotKnown(t *testing.T) {
	t.Parallel()
	c := acctest.NewCommand(t)
	config := func(channel, url string) {
		c.Write("main.tf", acctest.RequiredProviders+acctest.StoreAt("store")+fmt.Sprintf(`
resource "terraform_data" "of" {
  input = { channel = %q, url = %q, grant = "Client Credentials with JWT", alg = "RS256" }
}
`, channel, url)+strings.Replace(acctest.Template("LINE push", "URL", `
  line_oauth2 {
    channel_id = terraform_data.of.output.channel
  }
`), `"URL"`, "terraform_data.of.output.url", 1)+`
resource "clevertap_webhook_template" "own" {
  name            = "own"
  http_method     = "POST"
  destination_url = "https://relay.example.com/line"
  oauth2 {
    grant_type                 = terraform_data.of.output.grant
    client_id                  = terraform_data.of.output.channel
    access_token_url           = "${terraform_data.of.output.url}/token"
    client_authentication_type = "Send Bearer Authentication in Header"
    dynamic "jwt" {
      for_each = toset([terraform_data.of.output.alg])
      content {
        alg = jwt.value
        iss = "i"
        sub = "s"
        aud = "a"
        exp = "60"
      }
    }
  }
}
`)
	}
	config("1350031035", acctest.PushURL)
	if plan := c.Run("plan"); !strings.Contains(words(plan), "+ content_sha256 = (known after apply)") {
		t.Errorf("the hash of what is not known is known:\n%s", plan)
	}
	c.Run("apply", "-auto-approve")
	if plan, exitCode := c.Try("plan", "-detailed-exitcode"); exitCode != 0 {
		t.Errorf("a plan after the apply ends with %d:\n%s", exitCode, plan)
	}
	config("1350031035", acctest.OtherURL)
	if output, exitCode := c.Try("apply", "-auto-approve"); exitCode != 1 || !strings.Contains(words(output), "LINE's tokens are for LINE") {
		t.Errorf("another destination: exit %d\n%s", exitCode, output)
	}
}
