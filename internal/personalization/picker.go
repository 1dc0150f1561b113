package personalization

import (
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// picker is what CleverTap's editor shows for a choice from its "@" menu, as the editor or a person spells it. A property
// of a profile is one without a default, too.
var picker = lazyregexp.New(`^@(?:Profile *- *|([^|{}"\n]+?) - )([^|{}"\n]+?) *\| *default *: *` +
	`("[^"\n{}]*"|'[^'\n{}]*'|[^"'\n{}]*)|^@Profile *- *(\w+)`)

// pickerTokens warns of each token that stands outside the tags.
func (c *checker) pickerTokens() {
	const longest = 400
	for at := strings.IndexByte(c.text, '@'); at >= 0; {
		token, next := c.text[at:], strings.IndexByte(c.text[at+1:], '@')
		if next >= 0 {
			token = token[:next+1]
		}
		token = token[:min(len(token), longest)]
		if strings.HasPrefix(token, "@Profile") || strings.Contains(token, "default") {
			c.pickerToken(at, token)
		}
		if next < 0 {
			return
		}
		at += next + 1
	}
}

func (c *checker) pickerToken(at int, token string) {
	found := picker.FindStringSubmatch(token)
	if len(found) == 0 || strings.HasSuffix(strings.TrimRight(c.text[:at], " -"), "{{") {
		return // in a tag it is told of as a name
	}
	source, name, byDefault := found[1], found[2], strings.TrimSpace(unquote(strings.TrimSpace(found[3])))
	if source == "" {
		source = "Profile"
	}
	if found[4] != "" {
		name, byDefault = found[4], "…"
	}
	c.report(at, rulePicker, Warning, "this is a token of CleverTap's picker, which works only where its editor put it; write %s",
		tokenOf(source, name, byDefault))
}
