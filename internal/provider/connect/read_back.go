package connect

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/servedcontent"
)

type readBackConfig struct {
	HeaderName  types.String `tfsdk:"header_name"`
	HeaderValue types.String `tfsdk:"header_value"`
	WaitSeconds types.Int64  `tfsdk:"wait_seconds"`
}

// openReadBack is how published messages are looked at where CleverTap finds them. The header belongs to the provider and not
// to a resource, since a refresh has no configuration of the resource.
func openReadBack(
	ctx context.Context, config types.Object, requests httpclient.Config, diags *diag.Diagnostics,
) Part[*servedcontent.Reader] {
	at := path.Root(publishStore.block).AtName("read_back")
	s := &settings{why: "published messages are read back with it"}
	if config.IsUnknown() {
		s.notYetKnown(at, EnvReadBackHeaderValue)
		return absent[*servedcontent.Reader](s)
	}
	given := values.ObjectAs[readBackConfig](ctx, config, diags)
	wait := intSetting(given.WaitSeconds, at.AtName("wait_seconds"), EnvReadBackWait, DefaultReadBackWaitSeconds, 0, diags)
	reader := servedcontent.Config{
		UserAgent:   requests.UserAgent,
		HeaderName:  s.text(given.HeaderName, at.AtName("header_name"), EnvReadBackHeaderName),
		HeaderValue: s.text(given.HeaderValue, at.AtName("header_value"), EnvReadBackHeaderValue),
		Wait:        time.Second * time.Duration(wait),
		Log:         requests.Log,
	}
	switch {
	case s.failed(), reader.HeaderName == "" && reader.HeaderValue == "":
	case reader.HeaderName == "" || reader.HeaderValue == "":
		s.fail(diag.NewAttributeErrorDiagnostic(at, "The header for reading published messages back is incomplete",
			"A header has a name and a value. Set both or neither, in the configuration or in the environment variables "+
				EnvReadBackHeaderName+" and "+EnvReadBackHeaderValue+"."))
	case strings.EqualFold(reader.HeaderName, "Host") || strings.EqualFold(reader.HeaderName, "User-Agent") ||
		strings.EqualFold(reader.HeaderName, "Content-Length"):
		s.fail(diag.NewAttributeErrorDiagnostic(at, "The header for reading published messages back cannot be sent",
			fmt.Sprintf("%s is the request's own. Choose a header of your own, as the Linked Content API sends it.", reader.HeaderName)))
	case !validators.IsHeaderName(reader.HeaderName) || !validators.IsHeaderValue(reader.HeaderValue):
		s.fail(diag.NewAttributeErrorDiagnostic(at, "The header for reading published messages back has the wrong form",
			"A name has letters, digits and hyphens, and a value is text of ASCII on one line, without white space at its ends. The value "+
				"is not shown."))
	}
	if s.failed() {
		return absent[*servedcontent.Reader](s)
	}
	return there(servedcontent.New(reader))
}
