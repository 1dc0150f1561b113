package dialog_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

type rows interface {
	Rows(language string) []dialog.Row
}

func dialogs() []rows {
	headers := dialog.Headers{Plain: map[string]string{"X-B": "2", "X-A": "1"}, Secret: []string{"Authorization", "X-Key"}, SecretVersion: "3"}
	id := "U1"
	return []rows{
		dialog.WebhookTemplate{Name: "LINE push", HTTPMethod: "POST", DestinationURL: "https://api.line.me/v2/bot/message/push", Headers: headers},
		dialog.WebhookTemplate{Name: "own", HTTPMethod: "PUT", DestinationURL: "https://line.example.com"},
		dialog.LinkedContent{Name: "api", HTTPMethod: "GET", EndpointURL: "https://line.example.com/{{language}}/{{message}}", Headers: headers,
			Parameters: []string{"language", "message"}},
		dialog.LinkedContent{Name: "api", HTTPMethod: "GET", EndpointURL: "https://in1.api.clevertap.com/v2/catalogs/1/products/{{a}}/{{b}}",
			Headers: dialog.Headers{Secret: []string{"X-Key"}}, Parameters: []string{"a", "b"}},
		dialog.Campaign{Name: "welcome", WebhookTemplate: "LINE push", BodyText: "below"},
		dialog.Campaign{Name: "fixed", To: linebody.Recipient{ID: &id}, BodyText: "below",
			Linked: &dialog.Linked{API: "api", Messages: "spring", Variants: true}},
		dialog.WebhookTemplate{Name: "basic", HTTPMethod: "POST", DestinationURL: "https://line.example.com",
			Authentication: dialog.BasicAuth{Username: "clevertap", PasswordVersion: "2"}},
		dialog.WebhookTemplate{Name: "password", HTTPMethod: "POST", DestinationURL: "https://line.example.com", Headers: headers,
			Authentication: dialog.OAuth2{GrantType: dialog.GrantPassword, ClientID: "client", SecretVersion: "3", Username: "me", PasswordVersion: "4",
				AccessTokenURL: "https://auth.example.com/token", RefreshTokenURL: "https://auth.example.com/refresh",
				ClientAuthenticationType: dialog.ClientAuthenticationTypes()[0]}},
		dialog.WebhookTemplate{Name: "password alone", HTTPMethod: "POST", DestinationURL: "https://line.example.com",
			Authentication: dialog.OAuth2{GrantType: dialog.GrantPassword, AccessTokenURL: "https://auth.example.com/token"}},
		dialog.WebhookTemplate{Name: "secret", HTTPMethod: "POST", DestinationURL: "https://line.example.com",
			Authentication: dialog.OAuth2{GrantType: dialog.GrantSecret, ClientID: "client", SecretVersion: "3", Scopes: "a b",
				AccessTokenURL: "https://auth.example.com/token", ClientAuthenticationType: dialog.ClientAuthenticationTypes()[0]}},
		dialog.WebhookTemplate{Name: "JWT", HTTPMethod: "POST", DestinationURL: "https://line.example.com",
			Authentication: dialog.OAuth2{GrantType: dialog.GrantJWT, ClientID: "client", AccessTokenURL: "https://auth.example.com/token",
				ClientAuthenticationType: dialog.ClientAuthenticationTypes()[1],
				JWT:                      dialog.JWT{Alg: "RS512", Typ: "JWT", Kid: "k", Cty: "JWT", Crit: "[]", Iss: "i", Sub: "s", Aud: "a", Iat: "Yes", Exp: "60", Jti: "j"}}},
		dialog.WebhookTemplate{Name: "LINE", HTTPMethod: "POST", DestinationURL: "https://api.line.me/v2/bot/message/push",
			Authentication: dialog.LineOAuth2("1350031035", "")},
		dialog.WebhookTemplate{Name: "LINE", HTTPMethod: "POST", DestinationURL: "https://api.line.me/v2/bot/message/push",
			Authentication: dialog.LineOAuth2("1350031035", "536e453c-aa93-4449-8e90-add2608c6d4b")},
	}
}

// TestJapanese pins the rows in Japanese; those in English are pinned as the function dialog_rows gives them.
func TestJapanese(t *testing.T) {
	t.Parallel()
	var said strings.Builder
	acts := []string{"do", "choose", "enter", "paste"}
	for i, d := range dialogs() {
		japanese, english := d.Rows("ja"), d.Rows("xx")
		if len(japanese) != len(english) {
			t.Fatalf("%d: %d rows in Japanese, %d in English", i, len(japanese), len(english))
		}
		fmt.Fprintf(&said, "# %d\n", i)
		for at, row := range japanese {
			other := english[at]
			if row.Field != other.Field || row.Key != other.Key || row.Act != other.Act || row.Act == dialog.Enter && row.Value != other.Value {
				t.Errorf("%d: in Japanese %+v, in English %+v", i, row, other)
			}
			fmt.Fprintf(&said, "%s %s: %s (%s)\n", acts[row.Act], row.Field, row.Value, row.Note)
		}
	}
	const file = "testdata/japanese.txt"
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(file, []byte(said.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if want, err := os.ReadFile(file); err != nil || said.String() != string(want) {
		t.Errorf("%s is now (%v)\n%s", file, err, said.String())
	}
}
