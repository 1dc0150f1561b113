package storetest

import (
	"github.com/clevertap-line/terraform-provider-clevertap/internal/contenthash"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	ts "github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// Sealed gives a content with the content_sha256 that the provider would write, and a body with its text. A body that nothing
// follows from, as if it was edited, stays as it is. Linked messages are made with theirs.
func Sealed[T ts.Content](name string, content T) T {
	var err error
	switch c := any(&content).(type) {
	case *ts.WebhookTemplate:
		c.ContentSHA256, err = contenthash.WebhookTemplate(name, *c)
	case *ts.LinkedContent:
		c.ContentSHA256, err = contenthash.LinkedContent(name, *c)
	case *ts.LineCampaignBody:
		texts := make([]string, len(c.Messages))
		for i, message := range c.Messages {
			texts[i] = string(message)
		}
		var body contenthash.Body
		if body, err = contenthash.LineCampaignBody(name, *c, linebody.ParseMessages(texts...)); err != nil {
			return content
		}
		c.Body, c.ContentSHA256 = body.Text, body.ContentSHA256
	}
	if err != nil {
		panic(err)
	}
	return content
}
