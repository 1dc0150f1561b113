package personalization

import (
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// encodes finds a filter that makes a value fit for a URL: two of CleverTap's and one of Liquid's.
var encodes = lazyregexp.New(`\|\s*url_(param_)?(encode|escape)\b`)

// behindHost is a web address up to somewhere behind its host.
var behindHost = lazyregexp.New(`(?i)https?://[^/?#]*[/?#]`)

// UnencodedOutput is the first output behind the host of a text that is a web address and puts a user's value there as it is. A value that
// begins the address is one itself.
func (t *Text) UnencodedOutput() (output string, found bool) {
	output, _, found = t.unencoded(behindHost.MatchString)
	return output, found
}

// unencoded gives the names, too, that assign gave to what is encoded, or to no user's value.
func (t *Text) unencoded(isURL func(before string) bool) (output string, encoded map[string]bool, found bool) {
	url := t.written
	if t.before != nil {
		encoded = t.before.encoded
	}
	encoded = own(encoded)
	for _, tag := range t.tags {
		written, name := tag.inner.text, ""
		if tag.name == "assign" {
			name, written, _ = strings.Cut(tag.inner.text, "=")
			name = strings.TrimSpace(name)
		} else if tag.name != "" {
			continue
		}
		value, _, _ := cut(part{written, 0}, '|')
		root := value.text
		_, isNumber := number(root)
		safe := encodes.MatchString(mask(written)) || isNumber || endsInNumber(part{written, 0}) || unquote(root) != root || encoded[root]
		switch {
		case name != "":
			encoded[name] = safe
		case !safe && isURL(url[:tag.start]):
			return url[tag.start:tag.end], encoded, true
		}
	}
	return "", encoded, false
}

// endsInNumber says whether the last filter but default makes a number.
func endsInNumber(p part) (ends bool) {
	for _, p, more := cut(p, '|'); more; {
		var filter part
		filter, p, more = cut(p, '|')
		if name, _, _ := filterOf(filter); name != "default" {
			ends = numeric[name]
		}
	}
	return ends
}
