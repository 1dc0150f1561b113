package linebody

import (
	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// rawValue warns, once in a check, of a value that goes into a URL as it is. Where a value is the whole URL, or begins it,
// that is meant.
func (c *checker) rawValue(at exactjson.Value) {
	if c.found.rawValue || !personalization.HasTags(c.d.Text(at)) {
		return
	}
	if output, found := c.liquidOf(at).UnencodedOutput(); found {
		c.found.rawValue = true
		c.report(at, ruleRawValue, Warning, "puts %s into a URL as it is; add | url_encode. Said once for all: CleverTap puts values "+
			"as they are, so that one with a space or & spoils a URL, and one with a double quote, a backslash or a line break spoils the JSON "+
			"around any text",
			shorten(output, 60))
	}
}
