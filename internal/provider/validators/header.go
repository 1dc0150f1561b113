package validators

import "github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"

var (
	// headerNameSyntax is a field name (token) of RFC 9110, section 5.1.
	headerNameSyntax = lazyregexp.New("^[!#$%&'*+.^_`|~0-9A-Za-z-]+$")
	// headerValueSyntax is visible text with inner spaces and tabs, RFC 9110, section 5.5, without the obsolete bytes.
	headerValueSyntax = lazyregexp.New(`^[\x21-\x7e]([\x20-\x7e\t]*[\x21-\x7e])?$`)
)

// IsHeaderName says whether a text can be the name of an HTTP header.
func IsHeaderName(name string) bool { return headerNameSyntax.MatchString(name) }

// IsHeaderValue says whether a text can be the value of an HTTP header.
func IsHeaderValue(value string) bool { return headerValueSyntax.MatchString(value) }
