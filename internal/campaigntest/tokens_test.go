package campaigntest_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linetest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/standin"
)

// mint is a dashboard whose campaign posts to LINE with tokens that it gets itself. Both go by the dashboard's clock.
type mint struct {
	*campaigntest.Dashboard
	line     *linetest.Server
	template campaigntest.WebhookTemplate
	profiles map[string]map[string]any
}

func newMint(t *testing.T) *mint {
	t.Helper()
	const busyMachine = time.Minute
	m := &mint{Dashboard: campaigntest.NewDashboard(campaigntest.Config{WebhookTimeout: busyMachine}), profiles: map[string]map[string]any{}}
	m.line = linetest.NewServer(linetest.Config{Followers: linetest.UserIDs(2), Now: m.Clock.Now})
	t.Cleanup(m.line.Close)
	for _, id := range linetest.UserIDs(2) {
		m.profiles[id] = map[string]any{"LineID": id}
	}
	m.template = campaigntest.WebhookTemplate{
		Name: "LINE push", Method: http.MethodPost, URL: m.line.URL + "/v2/bot/message/push", Headers: map[string]string{"Content-Type": "application/json"},
		OAuth2: &campaigntest.OAuth2{
			ClientID: linetest.ChannelID, AccessTokenURL: m.line.URL + "/oauth2/v3/token", Algorithm: "RS256", Type: "JWT",
			Issuer: linetest.ChannelID, Subject: linetest.ChannelID, Audience: linetest.Audience, Expiration: 30 * time.Minute,
		},
	}
	m.register(t)
	m.save(t)
	if err := m.SaveCampaign(campaigntest.Campaign{
		Name: "hello", WebhookTemplate: "LINE push", HasProperty: "LineID",
		Body: `{"to":"{{ Profile.LineID }}","messages":[{"type":"text","text":"Hello"}]}`,
	}); err != nil {
		t.Fatal(err)
	}
	return m
}

// register generates a key, has LINE's console take it, and enters what that calls it.
func (m *mint) register(t *testing.T) {
	t.Helper()
	public, err := m.GeneratePublicKey("LINE push")
	if err != nil {
		t.Fatal(err)
	}
	jwk, err := line.AssertionJWK(public)
	if err != nil {
		t.Fatal(err)
	}
	if m.template.OAuth2.KeyID, err = m.line.RegisterKey([]byte(jwk)); err != nil {
		t.Fatal(err)
	}
}

func (m *mint) save(t *testing.T) {
	t.Helper()
	if err := m.SaveWebhookTemplate(m.template); err != nil {
		t.Fatal(err)
	}
}

// send wants an outcome for both, and gives the first message.
func (m *mint) send(t *testing.T, want campaigntest.Outcome) campaigntest.Message {
	t.Helper()
	report, err := m.Send(t.Context(), "hello", m.profiles)
	if err != nil || report.Count(want) != 2 {
		t.Fatalf("got %+v, %v; want %q", report, err, want)
	}
	return report.Messages[0]
}

// asked is how many tokens LINE was asked for.
func (m *mint) asked() (n int) {
	for _, request := range m.line.Requests() {
		if request.Path == "/oauth2/v3/token" {
			n++
		}
	}
	return n
}

func TestTokensAreKeptAndRenewed(t *testing.T) {
	t.Parallel()
	m := newMint(t)
	for _, test := range []struct {
		later, expiry time.Duration
		want          int
	}{
		{0, 0, 1},
		{15*time.Minute - time.Second, 0, 1}, // the answer's 900 seconds
		{time.Second, 0, 2},
		{0, 10 * time.Minute, 3}, // what is saved begins anew
		{10*time.Minute - time.Second, 10 * time.Minute, 3},
		{time.Second, 10 * time.Minute, 4},
		{24 * time.Hour, 10 * time.Minute, 5},
	} {
		m.Clock.Advance(test.later)
		if m.template.OAuth2.Expiry != test.expiry {
			m.template.OAuth2.Expiry = test.expiry
			m.save(t)
		}
		m.send(t, campaigntest.Sent)
		if got := m.asked(); got != test.want {
			t.Errorf("%+v: LINE was asked for %d tokens", test, got)
		}
	}
	if delivered := m.line.Received(linetest.UserID(0)); len(delivered) != 7 {
		t.Errorf("LINE delivered %d messages", len(delivered))
	}
}

// A token that is used for longer than it lives is refused, and nobody asks for the next: what an Expiry that is too long would do.
func TestTokenIsUsedTooLong(t *testing.T) {
	t.Parallel()
	m := newMint(t)
	m.template.OAuth2.Expiry = time.Hour
	m.save(t)
	m.send(t, campaigntest.Sent)
	m.Clock.Advance(15 * time.Minute)
	if message := m.send(t, campaigntest.NotDispatched); message.Requests[0].Status != http.StatusUnauthorized {
		t.Errorf("got %+v", message)
	}
}

func TestRotation(t *testing.T) {
	t.Parallel()
	m := newMint(t)
	m.send(t, campaigntest.Sent)
	if _, err := m.GeneratePublicKey("LINE push"); err != nil { // regenerated, and not registered
		t.Fatal(err)
	}
	m.send(t, campaigntest.Sent) // the token that is kept is none of the key's
	m.Clock.Advance(15 * time.Minute)
	m.send(t, campaigntest.NotDispatched)
	m.register(t)
	m.send(t, campaigntest.NotDispatched) // the template has the old kid
	m.save(t)
	m.send(t, campaigntest.Sent)
}

func TestNoToken(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*mint)
		want   string
	}{
		"key ID":     {func(m *mint) { m.template.OAuth2.KeyID = "other" }, "404 " + `{"message":"` + linetest.MessageNoKey},
		"no key ID":  {func(m *mint) { m.template.OAuth2.KeyID = "" }, linetest.MessageNoKey},
		"algorithm":  {func(m *mint) { m.template.OAuth2.Algorithm = "RS512" }, "400 "},
		"type":       {func(m *mint) { m.template.OAuth2.Type = "" }, "400 "},
		"issuer":     {func(m *mint) { m.template.OAuth2.Issuer = "1" }, linetest.DescriptionIssuer},
		"subject":    {func(m *mint) { m.template.OAuth2.Subject = "1" }, "400 "},
		"audience":   {func(m *mint) { m.template.OAuth2.Audience = "https://api.line.me" }, "400 "},
		"expiration": {func(m *mint) { m.template.OAuth2.Expiration = 31 * time.Minute }, linetest.DescriptionExpiry},
		"URL":        {func(m *mint) { m.template.OAuth2.AccessTokenURL = "http://127.0.0.1:1/" }, "no access token: "},
		"no JSON":    {func(m *mint) { m.line.AddFaults(standin.Fault{Status: 200, Body: "<html>"}) }, "there is none in the answer"},
		"no token":   {func(m *mint) { m.line.AddFaults(standin.Fault{Status: 200, Body: `{"expires_in":900}`}) }, "there is none in the answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMint(t)
			test.change(m)
			m.save(t)
			report, err := m.Send(t.Context(), "hello", map[string]map[string]any{"one": m.profiles[linetest.UserID(0)]})
			if err != nil || report.Count(campaigntest.NotDispatched) != 1 {
				t.Fatalf("got %+v, %v", report, err)
			}
			if message := report.Messages[0]; !strings.Contains(message.Cause, test.want) || len(message.Requests) > 0 || strings.Contains(message.Cause, "eyJ") {
				t.Errorf("got %+v, want %q", message, test.want)
			}
		})
	}
}

func TestSaveRefusesOAuth2(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*campaigntest.WebhookTemplate)
		want   string
	}{
		"no key":    {func(t *campaigntest.WebhookTemplate) { t.Name = "another" }, "Generate Public Key"},
		"algorithm": {func(t *campaigntest.WebhookTemplate) { t.OAuth2.Algorithm = "HS256" }, `"HS256"`},
		"URL":       {func(t *campaigntest.WebhookTemplate) { t.OAuth2.AccessTokenURL = "api.line.me" }, "no https or http URL"},
	} {
		m := newMint(t)
		test.change(&m.template)
		if err := m.SaveWebhookTemplate(m.template); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
