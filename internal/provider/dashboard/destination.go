package dashboard

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
)

func destinationURL() validator.String {
	return validators.Text("an https URL without credentials", func(value string) (summary, detail string) {
		if fault := destinationFault(value); fault != "" {
			return "The destination URL cannot be used", "Of destination_url, " + fault + "."
		}
		return "", ""
	})
}

// destinationFault says what is wrong with a destination URL; it does not quote parts that may be secret.
func destinationFault(destination string) string {
	parsed, err := url.Parse(destination)
	switch {
	case strings.ContainsFunc(destination, unicode.IsSpace):
		return "it holds white space"
	case err != nil, parsed.Host == "" || parsed.Hostname() == "":
		return "it is not an absolute URL such as https://api.line.me/v2/bot/message/push"
	case parsed.Scheme != "https":
		return "it must start with https: the token in the headers would travel in clear text otherwise"
	case parsed.User != nil:
		return "it holds a user name or password: use secret_headers_wo, since the URL is kept in state and in the template store"
	case parsed.Fragment != "":
		return "it has a fragment (#…), which is never sent"
	}
	query, err := url.ParseQuery(parsed.RawQuery)
	if err != nil {
		return "its query cannot be read: parameters are separated by & and percent-encoded"
	}
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if credentialName.MatchString(name) || strings.EqualFold(name, "code") {
			return fmt.Sprintf("its query parameter %q looks like a credential: use secret_headers_wo, since the URL is kept in state "+
				"and in the template store", name)
		}
	}
	return ""
}

// warnOfDestination warns of what cannot be meant: a destination at LINE that is not its push API, or that is asked by
// another method than the one it takes ("Send push message", Messaging API reference).
func warnOfDestination(c *connect.Connections, name, destination string, method types.String, diags *diag.Diagnostics) {
	const push = "/v2/bot/message/push"
	if !dialog.PostsToLine(destination) || method.IsUnknown() {
		return
	}
	if parsed, err := url.Parse(destination); err == nil && parsed.Path != push {
		c.Warn(diags, diag.NewAttributeWarningDiagnostic(path.Root("destination_url"),
			fmt.Sprintf("The webhook template %q does not lead to LINE's push API", name),
			fmt.Sprintf("Its path is %q; the bodies of LINE campaigns are for https://api.line.me%s.", parsed.Path, push)))
	}
	if method.ValueString() != "POST" {
		c.Warn(diags, diag.NewAttributeWarningDiagnostic(path.Root("http_method"),
			fmt.Sprintf("The webhook template %q does not post to LINE", name),
			fmt.Sprintf("Its method is %s, and LINE's push API takes POST alone: no message would be sent.", method.ValueString())))
	}
}
