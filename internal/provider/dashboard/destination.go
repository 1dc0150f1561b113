package dashboard

import (
	"fmt"
	"net/url"

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
		if fault := urlFault(value, "https://api.line.me/v2/bot/message/push", "secret_headers_wo"); fault != "" {
			return "The destination URL cannot be used", "Of destination_url, " + fault + "."
		}
		return "", ""
	})
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
