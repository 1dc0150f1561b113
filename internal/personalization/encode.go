package personalization

import (
	"regexp"
	"strings"
)

// encodes finds a filter that makes a value fit for a URL: two of CleverTap's and one of Liquid's.
var encodes = regexp.MustCompile(`\|\s*url_(param_)?(encode|escape)\b`)

// behindHost is a web address up to somewhere behind its host.
var behindHost = regexp.MustCompile(`(?i)https?://[^/?#]*[/?#]`)

// UnencodedOutput is the first output behind the host of a web address that puts a user's value there as it is. A value that
// begins the address is one itself.
func UnencodedOutput(url string) (output string, found bool) {
	tags, _ := scan(url)
	encoded := map[string]bool{} // the names that assign gave to what is encoded, or to no user's value
	for _, tag := range tags {
		value, name := tag.inner.text, ""
		if tag.name == "assign" {
			name, value, _ = strings.Cut(tag.inner.text, "=")
			name = strings.TrimSpace(name)
		} else if tag.name != "" {
			continue
		}
		root := split(trim(part{value, 0}), '|')[0].text
		_, isNumber := number(root)
		safe := encodes.MatchString(mask(value)) || isNumber || unquote(root) != root || encoded[root]
		switch {
		case name != "":
			encoded[name] = safe
		case !safe && behindHost.MatchString(url[:tag.start]):
			return url[tag.start:tag.end], true
		}
	}
	return "", false
}
