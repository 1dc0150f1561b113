package httpclient

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"sync"
)

// Secrets are credentials that no error repeats, although a server that echoes requests sends them back.
type Secrets struct {
	pattern func() *regexp.Regexp
}

// NewSecrets takes the credentials, of visible ASCII characters and none of them empty.
func NewSecrets(credentials ...string) Secrets {
	return Secrets{pattern: sync.OnceValue(func() *regexp.Regexp { // most clients never need it
		forms := make([]string, len(credentials))
		for i, credential := range credentials {
			for _, c := range []byte(credential) {
				forms[i] += written(c)
			}
		}
		return regexp.MustCompile(strings.Join(forms, "|"))
	})}
}

// written matches a character in all the ways in which a server may write it: as it is, in a form or URL, in JSON, in
// JSON inside JSON, and in HTML.
func written(c byte) string {
	hex := ""
	for _, digit := range fmt.Sprintf("%02x", c) {
		hex += "[" + string(digit) + strings.ToUpper(string(digit)) + "]"
	}
	ways := []string{
		`\\*` + regexp.QuoteMeta(string(c)), `%` + hex, `\\+u00` + hex,
		`&#0*` + fmt.Sprint(c) + `;`, `&#[xX]0*` + hex + `;`, regexp.QuoteMeta(html.EscapeString(string(c))),
	}
	return "(?:" + strings.Join(ways, "|") + ")"
}

// Redact removes the credentials from a text.
func (s Secrets) Redact(text string) string {
	return s.pattern().ReplaceAllLiteralString(text, "[redacted]")
}

// Excerpt is [Excerpt] of an answer, without the credentials.
func (s Secrets) Excerpt(body []byte) string {
	return Excerpt(s.Redact(string(body[:min(len(body), MaxErrorBody)])))
}
