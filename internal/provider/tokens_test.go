package provider_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// person sits at CleverTap's dashboard and at LINE's console, and does what the rows of the example say.
type person struct {
	*acctest.Command
	t         *testing.T
	dashboard *campaigntest.Dashboard
	line      *linetest.Server
}

// rows are what the declaration says, values by field.
func (p *person) rows(args ...string) map[string]string {
	p.t.Helper()
	p.Run(append([]string{"apply", "-auto-approve"}, args...)...)
	var rows []struct{ Field, Value string }
	if err := json.Unmarshal([]byte(p.Run("output", "-json", "rows")), &rows); err != nil {
		p.t.Fatal(err)
	}
	values := map[string]string{}
	for _, row := range rows {
		values[row.Field] = row.Value
	}
	return values
}

// register generates a key in the dialog, has the example make its JWK, and gives what LINE's console calls it.
func (p *person) register() (keyID string) {
	p.t.Helper()
	public, err := p.dashboard.GeneratePublicKey("LINE push")
	if err != nil {
		p.t.Fatal(err)
	}
	p.Run("apply", "-auto-approve", "-var=public_key_pem="+public)
	keyID, err = p.line.RegisterKey([]byte(p.Run("output", "-raw", "assertion_key")))
	if err != nil {
		p.t.Fatal(err)
	}
	return keyID
}

// enter fills in the dialog from the rows, and writes the receipt. A field that the rows leave empty is empty.
func (p *person) enter(rows map[string]string) {
	p.t.Helper()
	given := func(field string) string {
		if rows[field] == "leave it empty" {
			return ""
		}
		return strings.Replace(rows[field], "https://api.line.me/", p.line.URL+"/", 1)
	}
	for field, want := range map[string]string{
		"Authentication": "OAuth 2.0", "Grant Type": "Client Credentials with JWT", "Content Type (cty)": "leave it empty",
		"Critical (crit)": "leave it empty", "Use Issued At (iat)": "No", "JWT ID (jti)": "leave it empty", "Expiration Time (exp)": "30 minutes, or less",
		"Access Token": "access_token", "Expiry": "10 minutes, or expires_in of the answer",
		"Client Assertion Type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
	} {
		if rows[field] != want {
			p.t.Fatalf("%s is %q, not %q", field, rows[field], want)
		}
	}
	err := p.dashboard.SaveWebhookTemplate(campaigntest.WebhookTemplate{
		Name: rows["Name"], Method: rows["HTTP Method"], URL: given("Destination URL"),
		Headers: map[string]string{"Content-Type": rows["Header Content-Type"]},
		OAuth2: &campaigntest.OAuth2{
			ClientID: given("Client ID"), Scopes: given("Scopes"), AccessTokenURL: given("Access Token URL"), Algorithm: given("Algorithm (alg)"),
			Type: given("Type (typ)"), KeyID: given("Key ID (kid)"), Issuer: given("Issuer (iss)"), Subject: given("Subject (sub)"),
			Audience: rows["Audience (aud)"], Expiration: 30 * time.Minute, Expiry: 10 * time.Minute,
		},
	})
	if err != nil {
		p.t.Fatal(err)
	}
	store := templatestore.New(templatestore.NewLocal(filepath.Join(p.Dir, "clevertap")), "")
	entering := templatestore.Entering{By: "ann@example.com", At: time.Now()}
	if _, err := templatestore.Enter(p.t.Context(), store, templatestore.WebhookTemplates, rows["Name"], entering); err != nil {
		p.t.Fatal(err)
	}
}

func (p *person) send(want campaigntest.Outcome) {
	p.t.Helper()
	report, err := p.dashboard.Send(p.t.Context(), "welcome", map[string]map[string]any{"mia": {"LineID": linetest.UserID(0), "Name": "Mia"}})
	if err != nil || report.Count(want) != 1 {
		p.t.Errorf("got %+v, %v; want %q", report, err, want)
	}
}

func (p *person) wantEntered(want string) {
	p.t.Helper()
	if got := strings.TrimSpace(p.Run("output", "entered")); got != want {
		p.t.Errorf("entered is %s, not %s", got, want)
	}
}

// Nobody holds a token, from the empty dashboard to a rotation of the key: the example declares it, a person enters what its rows
// say, and the campaign sends for as long as it runs.
func TestAccShortLivedTokens(t *testing.T) {
	t.Parallel()
	dashboard := campaigntest.NewDashboard(campaigntest.Config{WebhookTimeout: time.Minute})
	line := linetest.NewServer(linetest.Config{Followers: linetest.UserIDs(1), Now: dashboard.Clock.Now})
	t.Cleanup(line.Close)
	p := &person{acctest.NewCommand(t, "CLEVERTAP_DASHBOARD_REMINDERS=false"), t, dashboard, line}
	if err := os.CopyFS(p.Dir, os.DirFS(filepath.Join(examples, "short-lived-tokens"))); err != nil {
		t.Fatal(err)
	}
	const template = "clevertap_webhook_template.line_push"
	p.Write("more.tf", `
output "rows" { value = nonsensitive(provider::clevertap::dialog_rows(`+template+`)) }
output "entered" { value = `+template+`.entered }
`)

	rows := p.rows()
	if !strings.Contains(rows["Generate Public Key"], "line_assertion_key") || !strings.HasPrefix(rows["Key ID (kid)"], "the kid that") {
		t.Errorf("the rows before there is a key: %q", rows)
	}
	first := p.register()
	rows["Key ID (kid)"] = first
	p.enter(rows)
	p.rows("-var=line_key_id=" + first)
	p.wantEntered("false") // what was entered is not what is declared, until its receipt is written
	p.enter(p.rows("-var=line_key_id=" + first))
	p.rows("-var=line_key_id=" + first)
	p.wantEntered("true")
	if err := dashboard.SaveCampaign(campaigntest.Campaign{
		Name: "welcome", WebhookTemplate: "LINE push", HasProperty: "LineID", Body: p.Run("output", "-raw", "body"),
	}); err != nil {
		t.Fatal(err)
	}

	for range 6 { // an hour
		p.send(campaigntest.Sent)
		dashboard.Clock.Advance(10 * time.Minute)
	}
	if got := p.tokens(); got != 6 {
		t.Errorf("LINE was asked for %d tokens", got)
	}

	second := p.register() // which ends what the first key signed
	p.send(campaigntest.NotDispatched)
	p.enter(p.rows("-var=line_key_id=" + second))
	p.send(campaigntest.Sent)
	p.rows("-var=line_key_id=" + second)
	p.wantEntered("true")
	if got := line.Received(linetest.UserID(0)); len(got) != 7 {
		t.Errorf("Mia got %d messages", len(got))
	}
	if files := p.filesWith(regexp.MustCompile(`eyJ[\w-]+\.[\w-]+\.|PRIVATE KEY`)); len(files) > 0 {
		t.Errorf("there is a token or a key in %q", files)
	}
}

func (p *person) tokens() (asked int) {
	for _, request := range p.line.Requests() {
		if request.Path == "/oauth2/v3/token" && request.Method == http.MethodPost {
			asked++
		}
	}
	return asked
}

func (p *person) filesWith(secret *regexp.Regexp) (files []string) {
	p.t.Helper()
	err := filepath.WalkDir(p.Dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() && secret.MatchString(acctest.ReadFile(p.t, path)) {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return files
}
