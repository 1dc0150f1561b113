package dashboard

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode"
)

// urlFault says what is wrong with a URL that CleverTap asks, as a clause about it with an example and with the argument that is for
// secrets; "" when nothing is. It does not quote parts that may be secret.
func urlFault(text, example, secrets string) string {
	parsed, err := url.Parse(text)
	switch {
	case strings.ContainsFunc(text, unicode.IsSpace):
		return "it holds white space"
	case err != nil, parsed.Host == "" || parsed.Hostname() == "":
		return "it is not an absolute URL such as " + example
	case parsed.Scheme != "https":
		return "it must start with https: what is in the headers would travel in clear text otherwise"
	case parsed.User != nil:
		return "it holds a user name or password: use " + secrets + ", since the URL is kept in state and in the template store"
	case strings.Contains(text, "#"):
		return "it has a fragment (#…), which is never sent"
	}
	query, err := url.ParseQuery(parsed.RawQuery)
	if err != nil {
		return "its query cannot be read: parameters are separated by & and percent-encoded"
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if strings.Join(query[name], "") != "" && (credentialName.MatchString(name) || strings.EqualFold(name, "code")) {
			return fmt.Sprintf("its query parameter %q looks like a credential: use %s, since the URL is kept in state "+
				"and in the template store", name, secrets)
		}
	}
	return ""
}
