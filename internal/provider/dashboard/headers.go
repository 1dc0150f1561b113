package dashboard

import (
	"fmt"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
)

// Secrets belong in secret_headers_wo: everything else ends up in state, in the plan and in the template store.
var (
	credentialName = lazyregexp.New(`(?i)authorization|^(set-)?cookie$|token|secret|passw|passphrase|passcode|credential|` +
		`^(.*[-_])?(key|apikey|auth|sig|signature|session|session[-_]?(id|key))$`)
	credentialValue = lazyregexp.New(`(?i)^(bearer|basic|digest|token|apikey|negotiate|hmac)\s+\S|eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+`)
	// opaqueRun is as long as keys and tokens are; words, paths and versions have shorter runs between their separators, and
	// digests no mixed case.
	opaqueRun = lazyregexp.New(`[A-Za-z0-9+]{28,}`)
)

// looksLikeCredential says why a header given in plain sight looks like a secret; "" when it does not. It never quotes
// the value.
func looksLikeCredential(name, value string) string {
	if credentialName.MatchString(name) {
		return fmt.Sprintf("a header named %q carries a credential", name)
	}
	if credentialValue.MatchString(value) {
		return fmt.Sprintf("the value of header %q has the form of a credential", name)
	}
	if slices.ContainsFunc(opaqueRun.FindAllString(value, -1), isOpaque) {
		return fmt.Sprintf("the value of header %q holds a long opaque string, as keys and tokens are", name)
	}
	return ""
}

// isOpaque tells the mix of digits and of both cases that keys and tokens have from digests and words.
func isOpaque(run string) bool {
	return strings.ContainsAny(run, "0123456789") && strings.ToUpper(run) != run && strings.ToLower(run) != run
}

// headerFault says what is wrong with the form of a header, without its value; "" when nothing is.
func headerFault(name, value string) string {
	switch {
	case !validators.IsHeaderName(name):
		return fmt.Sprintf("%q is no header name: only letters, digits and some punctuation such as - are allowed", name)
	case strings.EqualFold(name, "X-Line-Retry-Key"):
		// "Retrying an API request", Messaging API docs: a key that was accepted is refused with 409 for 24 hours.
		return "X-Line-Retry-Key would be the same in every request, and LINE refuses a key it has already accepted: only the first " +
			"message would be sent"
	case !validators.IsHeaderValue(value):
		return fmt.Sprintf("the value of header %q is empty, begins or ends with white space, or holds a line break or a character "+
			"outside ASCII", name)
	}
	return ""
}

// secretHeaderFault checks the form of a secret header for the URL it is sent to, without ever quoting the value.
func secretHeaderFault(name, value, url string) string {
	if !validators.IsHeaderName(name) {
		return "one of the names is no header name; it is not shown either, since name and value may have been swapped"
	}
	if fault := headerFault(name, value); fault != "" {
		return fault
	}
	if !strings.EqualFold(name, "Authorization") {
		return ""
	}
	scheme, token, _ := strings.Cut(value, " ")
	if strings.EqualFold(scheme, "Bearer") {
		if fault := validators.BearerTokenFault(token); fault != "" {
			return fmt.Sprintf("the token after \"Bearer\" in header %q %s", name, fault)
		}
	} else if dialog.PostsToLine(url) {
		return fmt.Sprintf("header %q must be \"Bearer\", a space and the channel access token: LINE takes no other form", name)
	}
	return ""
}
