package acctest

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertaptest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// RequiredProviders begins a configuration for the built provider.
const RequiredProviders = `
terraform {
  required_providers {
    clevertap = { source = "clevertap-line/clevertap" }
  }
}
`

// Addresses of LINE's push API and of another.
const (
	PushURL  = "https://api.line.me/v2/bot/message/push"
	OtherURL = "https://relay.example.com/line"
)

// What the stand-ins are asked with.
const (
	LineToken         = "token-of-the-test-channel"
	CleverTapAccount  = "TEST-AAA-BBB-CCCC"
	CleverTapPasscode = "CANARY-PASS-CODE"
)

// StoreAt is the provider's configuration with a local store.
func StoreAt(folder string) string {
	return Provider(LocalStore(folder), "")
}

// Provider is the provider's configuration with a store, as [LocalStore] writes one, and more arguments.
func Provider(store, more string) string {
	return "provider \"clevertap\" {\n" + more + "\ntemplate_store {\n" + store + "\n}\n}\n"
}

// Publish is the provider's configuration with a publish store, as [LocalStore] writes one, and more arguments.
func Publish(store, more string) string {
	return "provider \"clevertap\" {\n" + more + "\npublish_store {\n" + store + "\n}\n}\n"
}

// LocalStore is a folder as the kind of a store.
func LocalStore(folder string) string { return fmt.Sprintf("local {\npath = %q\n}", folder) }

// StoreConfig is StoreAt for the plugin protocol, as JSON.
func StoreConfig(folder string) string {
	return fmt.Sprintf(`{"template_store": {"local": {"path": %q}}}`, folder)
}

// Stored is the path of a document in a local store.
func Stored(folder, kind, file string) string {
	return filepath.Join(folder, "default", kind, file)
}

// Template is a webhook template, clevertap_webhook_template.line_push, with more attributes.
func Template(name, url, more string) string {
	return fmt.Sprintf(`
resource "clevertap_webhook_template" "line_push" {
  name            = %q
  http_method     = "POST"
  destination_url = %q
  headers         = { "Content-Type" = "application/json" }
  %s
}
`, name, url, more)
}

// SecretOne gives a Template secret headers.
const SecretOne = `
  secret_headers_wo         = { Authorization = "Bearer abcdefghijklmnopqrstuvwxyz0123456789" }
  secret_headers_wo_version = 1`

// CampaignBody is clevertap_line_campaign_body.welcome with attributes.
func CampaignBody(attributes string) string {
	return "resource \"clevertap_line_campaign_body\" \"welcome\" {\n  name = \"welcome\"\n" + attributes + "\n}\n"
}

// LinkedMessages is clevertap_line_linked_messages.welcome with attributes.
func LinkedMessages(attributes string) string {
	return "resource \"clevertap_line_linked_messages\" \"welcome\" {\n  name = \"welcome\"\n  linked_content = \"line_messages\"\n" +
		attributes + "\n}\n"
}

// LineServer stands in for LINE and takes LineToken.
func LineServer(t *testing.T, config linetest.Config) *linetest.Server {
	t.Helper()
	config.Token = LineToken
	server := linetest.NewServer(config)
	closeServed(t, server.Front)
	return server
}

// closeServed closes a stand-in with the test, which fails if it was asked for what it does not serve.
func closeServed(t *testing.T, front *standin.Front) {
	t.Helper()
	t.Cleanup(func() {
		front.Close()
		for _, request := range front.Unserved() {
			t.Errorf("the stand-in does not serve %v", request)
		}
	})
}

// CleverTapServer stands in for CleverTap. It knows n profiles, each with a plan and without a LINE ID.
func CleverTapServer(t *testing.T, n int, config clevertaptest.Config) *clevertaptest.Server {
	t.Helper()
	config.AccountID, config.Passcode = CleverTapAccount, CleverTapPasscode
	server := clevertaptest.NewServer(config)
	closeServed(t, server.Front)
	for i := range n {
		server.SetProfile(User(i), map[string]any{"Plan": "gold"})
	}
	return server
}

// CleverTapProvider is the provider's configuration for a CleverTapServer.
func CleverTapProvider(url string) string {
	return fmt.Sprintf(`
provider "clevertap" {
  account_id             = %q
  passcode               = %q
  api_url                = %q
  max_retries            = 1
  retry_max_wait_seconds = 1
}
`, CleverTapAccount, CleverTapPasscode, url)
}

// User is the identity of a profile, LineID the LINE ID that it has at first, OtherLineID a later one.
func User(i int) string { return fmt.Sprintf("user-%d", i) }

// LineID is the LINE ID that User(i) has at first.
func LineID(i int) string { return fmt.Sprintf("U%032x", i) }

// OtherLineID is a later LINE ID of User(i).
func OtherLineID(i int) string { return fmt.Sprintf("Uf%031x", i) }
