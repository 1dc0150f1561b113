package linebody_test

import (
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
)

func TestPartOf(t *testing.T) {
	t.Parallel()
	const to = `{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":`
	for text, want := range map[string]struct{ body, path string }{
		`{"to":"U"}`:                       {`{"to":"U"}`, ""},
		`{"messages":[]}`:                  {`{"messages":[]}`, ""},
		` [{"type":"text"}]`:               {to + ` [{"type":"text"}]}`, "messages"},
		`{"type":"text"}`:                  {to + `[{"type":"text"}]}`, "messages[0]"},
		`{"type":"bubble"}`:                {to + `[{"type":"flex","altText":"-","contents":{"type":"bubble"}}]}`, "messages[0].contents"},
		`{"type":"carousel"}`:              {to + `[{"type":"flex","altText":"-","contents":{"type":"carousel"}}]}`, "messages[0].contents"},
		`{"type":"carousel","columns":[]}`: {to + `[{"type":"carousel","columns":[]}]}`, "messages[0]"},
		`7`:                                {to + `[7]}`, "messages[0]"},
		`{`:                                {`{`, ""},
	} {
		part := linebody.PartOf(text)
		if got := part.Body(); got != want.body || part.Path != want.path {
			t.Errorf("%s: got %s at %q", text, got, part.Path)
		}
	}
	part := linebody.PartOf(`{"type":"text"}`)
	if got := part.Relative("messages[0].text"); got != "text" {
		t.Errorf("got %q", got)
	}
}
