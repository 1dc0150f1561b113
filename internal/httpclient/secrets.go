package httpclient

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"slices"
	"strings"
)

// Secrets are credentials that no error and no log line repeats, although a server that echoes requests sends them back.
// The zero value has none.
type Secrets struct {
	forms []form
}

// form is a way in which a credential stands in a text.
type form struct {
	text string
	// before and after are how many characters next to the text hold bits of the credential.
	before, after int
}

// NewSecrets takes the credentials, of visible ASCII characters. An empty one is none.
func NewSecrets(credentials ...string) Secrets {
	var s Secrets
	for _, credential := range credentials {
		if credential == "" {
			continue
		}
		s.forms = append(s.forms, form{text: credential})
		for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			for before := range 3 {
				s.forms = append(s.forms, inBase64(credential, alphabet, before)...)
			}
		}
	}
	return s
}

// shortestBase64 is the length below which a form in base64 is found in texts that mean something else.
const shortestBase64 = 4

// inBase64 is the part of a text in base64 that a credential decides alone, wherever in the text it is: what counts is
// how many bytes before it are left over from groups of three.
func inBase64(credential string, alphabet *base64.Encoding, before int) []form {
	const bits = 6 // of a character
	first, end := 8*before, 8*(before+len(credential))
	encoded := alphabet.EncodeToString(append(make([]byte, before), credential...))
	f := form{text: encoded[(first+bits-1)/bits : end/bits], before: min(first%bits, 1), after: min(end%bits, 1)}
	if len(f.text) < shortestBase64 {
		return nil
	}
	return []form{f}
}

// Redact removes the credentials from a text, in whatever encoding a reader could find them: as they are or in base64,
// and both in up to three layers of JSON, URL, HTML and JSON pointer. It takes time in proportion to the text.
func (s Secrets) Redact(text string) string {
	var found []span
	for v := range views(text) {
		for _, f := range s.forms {
			found = append(found, v.find(f)...)
		}
	}
	if found == nil {
		return text
	}
	slices.SortFunc(found, func(a, b span) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	var b strings.Builder
	done := 0
	for _, secret := range found {
		if secret.start >= done {
			b.WriteString(text[done:secret.start])
			b.WriteString("[redacted]")
		}
		done = max(done, secret.end)
	}
	return b.String() + text[done:]
}

// Excerpt is [Excerpt] of an answer, without the credentials. They are taken out before it is cut, so that none is cut and
// not found; of an answer that is still compressed, where they are hidden, nothing is repeated.
func (s Secrets) Excerpt(body []byte) string {
	if bytes.HasPrefix(body, []byte{0x1f, 0x8b}) { // RFC 1952, section 2.3.1
		return Excerpt(string(body[:2])) + " (gzip)"
	}
	return Excerpt(s.Redact(string(body)))
}

// redactError is the error without the credentials. What it wraps stays known.
func (s Secrets) redactError(err error) error {
	if text := s.Redact(err.Error()); text != err.Error() {
		return &redactedError{text, err}
	}
	return err
}

type redactedError struct {
	text string
	err  error
}

func (e *redactedError) Error() string { return e.text }
func (e *redactedError) Unwrap() error { return e.err }
