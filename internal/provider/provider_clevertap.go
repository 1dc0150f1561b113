package provider

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
)

const (
	envPasscode           = "CLEVERTAP_PASSCODE"
	envRegion             = "CLEVERTAP_REGION"
	envAPIURL             = "CLEVERTAP_API_URL"
	envConcurrentRequests = "CLEVERTAP_MAX_CONCURRENT_REQUESTS"
	envConcurrentUploads  = "CLEVERTAP_MAX_CONCURRENT_UPLOADS"
)

// cleverTapAttributes are the settings of the connection to CleverTap's API, apart from account_id.
func cleverTapAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"passcode": schema.StringAttribute{
			MarkdownDescription: "Passcode of the CleverTap account. It is used for requests alone and never kept." + fromEnvironment(envPasscode),
			Optional:            true,
			Sensitive:           true,
		},
		"region": schema.StringAttribute{
			MarkdownDescription: "Region of the CleverTap account, with which the dashboard's address begins: `eu1`, `in1`, `sg1`, `us1`, `aps3` or " +
				"`mec1`. Not used with `api_url`." + fromEnvironment(envRegion),
			Optional:   true,
			Validators: []validator.String{stringvalidator.OneOf(clevertap.Regions()...)},
		},
		"api_url": schema.StringAttribute{
			MarkdownDescription: "Base URL of CleverTap's API, `https` unless it is a loopback address. Default: that of the region." +
				fromEnvironment(envAPIURL),
			Optional: true,
		},
		"max_concurrent_requests": countAttribute("Most requests to CleverTap under way at once, uploads apart. CleverTap allows an account 3.",
			clevertap.DefaultReadConcurrency, 1, envConcurrentRequests),
		"max_concurrent_uploads": countAttribute("Most uploads to CleverTap under way at once. CleverTap allows an account 15.",
			clevertap.DefaultUploadConcurrency, 1, envConcurrentUploads),
	}
}

// cleverTapClient is nil, with the reasons in diags, if CleverTap cannot be asked.
func (c *connections) cleverTapClient(diags *diag.Diagnostics) *clevertap.Client {
	diags.Append(c.cleverTapMissing...)
	return c.cleverTap
}

// openCleverTap makes the one client of this process, so that all resources together keep to the limits.
func (m *providerModel) openCleverTap(c *connections, http httpclient.Config, diags *diag.Diagnostics) {
	uploads := intSetting(m.MaxConcurrentUploads, path.Root("max_concurrent_uploads"), envConcurrentUploads,
		clevertap.DefaultUploadConcurrency, 1, diags)
	reads := intSetting(m.MaxConcurrentRequests, path.Root("max_concurrent_requests"), envConcurrentRequests,
		clevertap.DefaultReadConcurrency, 1, diags)
	missing := &c.cleverTapMissing
	needed := func(value types.String, name, environment, where string) string {
		setting, known := stringSetting(value, environment)
		switch {
		case !known:
			missing.Append(notYetKnown(path.Root(name), environment, "requests to CleverTap cannot be made without it"))
		case setting == "" && where != "":
			missing.AddAttributeError(path.Root(name), fmt.Sprintf("The provider's %s is missing", name),
				fmt.Sprintf("This needs access to CleverTap's API. Set %s in the provider's configuration, or the environment variable %s. %s",
					name, environment, where))
		}
		return setting
	}
	config := clevertap.Config{
		AccountID:         needed(m.AccountID, "account_id", envAccountID, "CleverTap's dashboard shows the project ID in its settings."),
		Passcode:          needed(m.Passcode, "passcode", envPasscode, "Passcodes are made in the settings of CleverTap's dashboard."),
		APIURL:            needed(m.APIURL, "api_url", envAPIURL, ""),
		HTTP:              http,
		UploadConcurrency: int(uploads),
		ReadConcurrency:   int(reads),
	}
	if config.APIURL == "" && !m.APIURL.IsUnknown() {
		config.Region = needed(m.Region, "region", envRegion, "The address of CleverTap's dashboard begins with the region.")
	}
	if missing.HasError() {
		return
	}
	client, err := clevertap.New(config)
	if err != nil {
		missing.AddError("CleverTap's API cannot be used", fmt.Sprintf("%s. The settings are account_id, passcode, region and api_url of the "+
			"provider, or the environment variables %s, %s, %s and %s.", err, envAccountID, envPasscode, envRegion, envAPIURL))
		return
	}
	c.cleverTap = client
}
