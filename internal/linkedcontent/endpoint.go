package linkedcontent

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// parameterName is the part of CleverTap's examples that is the same wherever it is written.
var parameterName = lazyregexp.New(`^[A-Za-z0-9_]+$`)

// Endpoint is the URL of a Linked Content API, with its parameters taken out.
type Endpoint struct {
	// URL is what is left without the parameters.
	URL string
	// Parameters are those of the URL, {{name}}, in the order of their first appearance. Each campaign maps them to profile
	// properties, event properties or constants (docs.clevertap.com, "Linked Content URL Personalization").
	Parameters []string
}

// ParseEndpoint finds the parameters of an endpoint URL, which stand in its path and its query, as names and as values. An
// error says what about the parameters is wrong; what else is of the URL is for others to say.
func ParseEndpoint(endpointURL string) (Endpoint, error) {
	if strings.Contains(endpointURL[:hostEnd(endpointURL)], "{") {
		return Endpoint{}, errors.New("a parameter stands before its path: CleverTap fills in parameters of the path and the query alone")
	}
	var endpoint Endpoint
	var plain strings.Builder
	rest := endpointURL
	for {
		start := strings.IndexAny(rest, "{}")
		if start < 0 {
			break
		}
		plain.WriteString(rest[:start])
		inside, opened := strings.CutPrefix(rest[start:], "{{")
		name, behind, closed := strings.Cut(inside, "}}")
		switch {
		case !opened:
			at := utf8.RuneCountInString(endpointURL[:len(endpointURL)-len(rest)+start])
			return Endpoint{}, fmt.Errorf("the brace at character %d belongs to no {{parameter}}", at+1)
		case !closed:
			return Endpoint{}, errors.New("a {{ has no }} behind it")
		case !parameterName.MatchString(name):
			return Endpoint{}, fmt.Errorf("{{%s}} is no parameter, which is letters, digits and underscores in two pairs of braces, as in "+
				"{{message}}. It takes no Liquid: each campaign maps its parameters to profile properties or constants", name)
		}
		if !slices.Contains(endpoint.Parameters, name) {
			endpoint.Parameters = append(endpoint.Parameters, name)
		}
		rest = behind
	}
	plain.WriteString(rest)
	endpoint.URL = plain.String()
	return endpoint, nil
}

// hostEnd is where scheme and host of a URL end.
func hostEnd(endpointURL string) int {
	start := strings.Index(endpointURL, "://")
	if start < 0 {
		return 0
	}
	start += len("://")
	if end := strings.IndexAny(endpointURL[start:], "/?#"); end >= 0 {
		return start + end
	}
	return len(endpointURL)
}
