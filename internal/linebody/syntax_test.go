package linebody

import (
	"strings"
	"testing"
)

// TestSyntaxOfLiquid: where personalisation breaks the JSON, that is said, where it is, and what to write. § marks the place.
func TestSyntaxOfLiquid(t *testing.T) {
	t.Parallel()
	const (
		quoteIn = "a double quote in "
		ends    = " ends the text around it; write it with single quotes: "
		inside  = "personalisation must stand inside a text's double quotes"
		value   = inside + `, as in "{{ Profile.Name | default: '…' }}"; a number, a boolean or a whole part of a message cannot depend on the user`
		block   = inside + "; a condition around a part of a message is not possible here: write one campaign body for each audience"
		picker  = inside + `; write "{{ Profile.Name | default: '…' }}" instead of the token of CleverTap's picker`
	)
	for _, c := range []struct{ text, want string }{
		// CleverTap's own guides write these.
		{`{"to": "@Profile - LineID | default: §" N.A" ", "messages": []}`,
			quoteIn + `@Profile - LineID | default: " N.A"` + ends + `{{ Profile.LineID | default: 'N.A' }}`},
		{`{"text": "@Rating Submitted - Comment | default:§"Rating submitted""}`,
			quoteIn + `@Rating Submitted - Comment | default:"Rating submitted"` + ends + `{{ Event.Comment | default: 'Rating submitted' }}`},
		{`{"distinct_id": "{{ Profile.Email | default: §"test@gmail.com" }}"}`,
			quoteIn + `{{ Profile.Email | default: "test@gmail.com" }}` + ends + `{{ Profile.Email | default: 'test@gmail.com' }}`},
		{`{"content": "Welcome, <@{{ Profile.Identity | default: §"null" }}>! …"}`,
			quoteIn + `{{ Profile.Identity | default: "null" }}` + ends + `{{ Profile.Identity | default: 'null' }}`},
		{"{\n\"chat_id\": §{{ Profile.telegram_chat_id | default: 'NULL' }},\n}", value},
		{`{"chat_id": §{{ Profile.telegram_chat_id | default: "NULL" }},}`, value},
		{`{"a": "{{ Profile.A | default: §"" }}"}`, quoteIn + `{{ Profile.A | default: "" }}` + ends + `{{ Profile.A | default: '' }}`},
		{`{"a": "{{ Profile.A | default: §", " }}!"}`, quoteIn + `{{ Profile.A | default: ", " }}` + ends + `{{ Profile.A | default: ', ' }}`},
		{`{"a": "{% if Profile.Tier == §"gold" %}x{% endif %}"}`,
			quoteIn + `{% if Profile.Tier == "gold" %}` + ends + `{% if Profile.Tier == 'gold' %}`},
		{`{"a": "{{ Profile.A | default: §"it's" }}"}`, quoteIn + `{{ Profile.A | default: "it's" }}` + ends + `{{ Profile.A | default: 'it’s' }}`},
		{`{"a": "{{ Profile.A | default: §"x }}"}`, quoteIn + `{{ Profile.A | default: "x }} ends the text around it`},
		{`{"a": "{{ Profile.A | default: 'a' }} {{ Profile.B | default: §"b" }}"}`,
			quoteIn + `{{ Profile.B | default: "b" }}` + ends + `{{ Profile.B | default: 'b' }}`},
		{"[\n\"あ {{ Profile.B | default: §\"b\" }}\"]", quoteIn + `{{ Profile.B | default: "b" }}` + ends + `{{ Profile.B | default: 'b' }}`},
		{`{% if Profile.A == 'a' %}{"to":"U"}{% endif %}`, block},
		{`[{"type":"text"},§{% if Profile.A == 'a' %}{"type":"text"}{% endif %}]`, block},
		{`[{"type":"text"}§{% if Profile.A == 'a' %},{"type":"text"}{% endif %}]`, block},
		{`{"duration": §{{ Event.Ms }}}`, value},
		{`{"to": §@Profile - LineID, "messages": []}`, picker},
		// Other faults stay what they are.
		{`{"a": "{{ Profile.A | default: 'a' }}"§,}`, "a comma stands before the closing }, and JSON allows none there; take it out"},
		{`{"a": "{{ Profile.A | default: \"a\" }}"§,}`, "a comma stands before the closing }, and JSON allows none there; take it out"},
		{`{§"a`, "a text begins here and is not closed by a double quote"},
	} {
		text := strings.Replace(c.text, "§", "", 1)
		got := Validate([]byte(text))
		offset := max(strings.Index(c.text, "§"), 0)
		if len(got) != 1 || got[0].Message != c.want || got[0].Offset != offset {
			t.Errorf("%s:\ngot  %+v\nwant %d %s", text, got, offset, c.want)
		}
	}
}

// TestTextsAreUTF8: a text in another encoding is told how to save it, and what it is where that can be seen.
func TestTextsAreUTF8(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"\xff\xfe{\x00}\x00":           "the text begins with the byte order mark of UTF-16; save the text as UTF-8",
		"\xfe\xff\x00{\x00}":           "the text begins with the byte order mark of UTF-16; save the text as UTF-8",
		"{\"a\":\"\x83\x65\"}":         "byte 0x83 is not valid UTF-8; save the text as UTF-8",
		"\ufeff{}":                     "the text begins with a byte order mark, which JSON does not allow; save it as UTF-8 without one",
		"{\x00\"\x00a\x00\"\x00:\x001": "the invisible character U+0000 stands here; if there are many, the text is UTF-16: save it as UTF-8",
	} {
		if got := Validate([]byte(text)); len(got) != 1 || got[0].Message != want {
			t.Errorf("%q: got %v, want %s", text, got, want)
		}
	}
}
