package contenthash_test

import (
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/contenthash"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// Documents and receipts in stores have these, so that they never change.
func TestGolden(t *testing.T) {
	t.Parallel()
	template := ts.WebhookTemplate{HTTPMethod: "POST", DestinationURL: "https://api.line.me/v2/bot/message/push?a=<b>&c"}
	want := func(name, got string, err error, sum string) {
		t.Helper()
		if got != sum || err != nil {
			t.Errorf("%s: %s, %v", name, got, err)
		}
	}
	got, err := contenthash.WebhookTemplate("LINE push", template)
	want("a template", got, err, "a10b61ec86dcfb4a30c818ec134f3272106d70f3e1565c50e6cd6f272a5ca4b4")
	template.Headers = map[string]string{}
	got, err = contenthash.WebhookTemplate("LINE push", template)
	want("no headers, otherwise written", got, err, "a10b61ec86dcfb4a30c818ec134f3272106d70f3e1565c50e6cd6f272a5ca4b4")
	template.SecretHeaders, template.SecretHeadersVersion = []string{"Authorization"}, new(int64(1<<53+1))
	template.LineOAuth2 = &ts.LineOAuth2{ChannelID: "1350031035"}
	template.ContentSHA256 = "x"
	got, err = contenthash.WebhookTemplate("LINE push", template)
	want("with more", got, err, "a1b62ca2dd18f114fcc1a18ff8904067257dc460ff931eb38c0d34f70829a9fa")
	got, err = contenthash.LinkedContent("api", ts.LinkedContent{HTTPMethod: "GET", EndpointURL: "https://example.com/{{message}}.json"})
	want("a Linked Content API", got, err, "d17827d3b54fff9b74d5dfc6af135a23f94f751ac2cb14ef91e10b23f2d44717")
	for _, text := range []string{`{"type":"text","text":"\u0041&"}`, `{"text":"A&", "type":"text"}`} {
		body, err := contenthash.LineCampaignBody("welcome", ts.LineCampaignBody{
			TrackVersions: new(true), Body: "x", To: ts.Recipient{ProfileProperty: new("LineID")},
		}, linebody.ParseMessages(text))
		want(text, body.ContentSHA256, err, "5f4a7d36ad6dcd552cc152417711a30b3b8c039cdf1f573e01dbe143fdfe099e")
		if body.Unit != "welcome_a23c736e" {
			t.Errorf("%s: the unit %q", text, body.Unit)
		}
	}
	if _, err := contenthash.LineCampaignBody("welcome", ts.LineCampaignBody{LinkedMessages: new("{}")}, nil); err == nil {
		t.Error("a reference that is none has a hash")
	}
}
