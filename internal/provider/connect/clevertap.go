package connect

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

type cleverTapConfig struct {
	AccountID             types.String `tfsdk:"account_id"`
	Passcode              types.String `tfsdk:"passcode"`
	Region                types.String `tfsdk:"region"`
	APIURL                types.String `tfsdk:"api_url"`
	MaxConcurrentRequests types.Int64  `tfsdk:"max_concurrent_requests"`
	MaxConcurrentUploads  types.Int64  `tfsdk:"max_concurrent_uploads"`
}

// whereToFind says of each setting of CleverTap's API where a person finds its value.
var whereToFind = map[string]string{
	"account_id": "CleverTap's dashboard shows the project ID in its settings.",
	"passcode":   "Passcodes are made in the settings of CleverTap's dashboard.",
	"region":     "The address of CleverTap's dashboard begins with the region.",
}

// open makes the one client of this process, so that all resources together keep to the limits.
func (m *cleverTapConfig) open(http httpclient.Config, diags *diag.Diagnostics) Part[*clevertap.Client] {
	uploads := intSetting(m.MaxConcurrentUploads, path.Root("max_concurrent_uploads"), EnvConcurrentUploads,
		clevertap.DefaultUploadConcurrency, 1, diags)
	reads := intSetting(m.MaxConcurrentRequests, path.Root("max_concurrent_requests"), EnvConcurrentRequests,
		clevertap.DefaultReadConcurrency, 1, diags)
	s := &settings{why: "requests to CleverTap cannot be made without it", lacking: func(at path.Path, environment string) diag.Diagnostic {
		name := at.String()
		return diag.NewAttributeErrorDiagnostic(at, fmt.Sprintf("The provider's %s is missing", name),
			fmt.Sprintf("This needs access to CleverTap's API. Set %s in the provider's configuration, or the environment variable %s. %s",
				name, environment, whereToFind[name]))
	}}
	config := clevertap.Config{
		AccountID:         s.required(m.AccountID, path.Root("account_id"), EnvAccountID),
		Passcode:          s.required(m.Passcode, path.Root("passcode"), EnvPasscode),
		APIURL:            s.text(m.APIURL, path.Root("api_url"), EnvAPIURL),
		HTTP:              http,
		UploadConcurrency: int(uploads),
		ReadConcurrency:   int(reads),
	}
	if config.APIURL == "" && !m.APIURL.IsUnknown() {
		config.Region = s.required(m.Region, path.Root("region"), EnvRegion)
	}
	if s.failed() {
		return absent[*clevertap.Client](s)
	}
	client, err := clevertap.New(config)
	if err != nil {
		s.fail(diag.NewErrorDiagnostic("CleverTap's API cannot be used", fmt.Sprintf("%s. The settings are account_id, passcode, region "+
			"and api_url of the provider, or the environment variables %s, %s, %s and %s.", err, EnvAccountID, EnvPasscode, EnvRegion,
			EnvAPIURL)))
		return absent[*clevertap.Client](s)
	}
	return there(client)
}
