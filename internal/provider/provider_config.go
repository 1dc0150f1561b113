package provider

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const (
	envAccountID              = "CLEVERTAP_ACCOUNT_ID"
	envTemplateStorePath      = "CLEVERTAP_TEMPLATE_STORE_PATH"
	envLineToken              = "LINE_CHANNEL_ACCESS_TOKEN"
	envLineAPIURL             = "LINE_API_URL"
	envLineRequestsPerSecond  = "LINE_MAX_REQUESTS_PER_SECOND"
	envLineConcurrentRequests = "LINE_MAX_CONCURRENT_REQUESTS"
	envDashboardReminders     = "CLEVERTAP_DASHBOARD_REMINDERS"
	envMaxRetries             = "CLEVERTAP_MAX_RETRIES"
	envRetryMaxWait           = "CLEVERTAP_RETRY_MAX_WAIT_SECONDS"
	envRequestTimeout         = "CLEVERTAP_REQUEST_TIMEOUT_SECONDS"
	envAppendUserAgent        = "TF_APPEND_USER_AGENT"

	// Half of what LINE allows for most endpoints ("Rate limits" in the Messaging API reference): the channel's other
	// clients need the rest.
	defaultLineRequestsPerSecond  = 1000
	defaultLineConcurrentRequests = 10
	defaultMaxRetries             = 4
	defaultRetryMaxWaitSeconds    = 30
	defaultRequestTimeoutSeconds  = 30
	maxSetting                    = 100_000
)

type providerModel struct {
	AccountID             types.String `tfsdk:"account_id"`
	TemplateStore         types.Object `tfsdk:"template_store"`
	Line                  types.Object `tfsdk:"line"`
	DashboardReminders    types.Bool   `tfsdk:"dashboard_reminders"`
	MaxRetries            types.Int64  `tfsdk:"max_retries"`
	RetryMaxWaitSeconds   types.Int64  `tfsdk:"retry_max_wait_seconds"`
	RequestTimeoutSeconds types.Int64  `tfsdk:"request_timeout_seconds"`
}

type templateStoreModel struct {
	Local types.Object `tfsdk:"local"`
}

type localStoreModel struct {
	Path types.String `tfsdk:"path"`
}

type lineModel struct {
	ChannelAccessToken    types.String `tfsdk:"channel_access_token"`
	APIURL                types.String `tfsdk:"api_url"`
	MaxRequestsPerSecond  types.Int64  `tfsdk:"max_requests_per_second"`
	MaxConcurrentRequests types.Int64  `tfsdk:"max_concurrent_requests"`
}

// connections is what the provider's configuration gives to resources and data sources. Each part is either there or
// stands for the reason why it is not, which is told to whoever asks for it and to nobody else.
type connections struct {
	account            string
	store              *templatestore.Store
	storeMissing       diag.Diagnostic
	line               *line.Client
	lineMissing        diag.Diagnostic
	dashboardReminders bool
}

func (c *connections) templateStore(diags *diag.Diagnostics) *templatestore.Store {
	if c.storeMissing != nil {
		diags.Append(c.storeMissing)
	}
	return c.store
}

func (c *connections) lineClient(diags *diag.Diagnostics) *line.Client {
	if c.lineMissing != nil {
		diags.Append(c.lineMissing)
	}
	return c.line
}

func (m *providerModel) connect(ctx context.Context, userAgent string, diags *diag.Diagnostics) *connections {
	c := &connections{dashboardReminders: boolSetting(m.DashboardReminders, "dashboard_reminders", envDashboardReminders, true, diags)}
	m.openStore(ctx, c, diags)

	linePath := path.Root("line")
	if m.Line.IsUnknown() {
		c.lineMissing = notYetKnown(linePath, envLineToken, "requests to LINE are signed with its token")
		return c
	}
	lineSettings := objectAs[lineModel](ctx, m.Line, diags)
	http := httpclient.New(httpclient.Config{
		UserAgent:    userAgent,
		MaxRetries:   int(intSetting(m.MaxRetries, path.Root("max_retries"), envMaxRetries, defaultMaxRetries, 0, diags)),
		RetryWaitMin: min(time.Second, m.retryMaxWait(diags)),
		RetryWaitMax: m.retryMaxWait(diags),
		Timeout: time.Second * time.Duration(intSetting(m.RequestTimeoutSeconds, path.Root("request_timeout_seconds"),
			envRequestTimeout, defaultRequestTimeoutSeconds, 1, diags)),
		RequestsPerSecond: float64(intSetting(lineSettings.MaxRequestsPerSecond, linePath.AtName("max_requests_per_second"),
			envLineRequestsPerSecond, defaultLineRequestsPerSecond, 1, diags)),
		MaxConcurrent: int(intSetting(lineSettings.MaxConcurrentRequests, linePath.AtName("max_concurrent_requests"),
			envLineConcurrentRequests, defaultLineConcurrentRequests, 1, diags)),
		Log: func(ctx context.Context, message string, fields map[string]any) { tflog.Debug(ctx, message, fields) },
	})
	lineSettings.open(c, http)
	return c
}

func (m *providerModel) retryMaxWait(diags *diag.Diagnostics) time.Duration {
	return time.Second * time.Duration(intSetting(m.RetryMaxWaitSeconds, path.Root("retry_max_wait_seconds"),
		envRetryMaxWait, defaultRetryMaxWaitSeconds, 1, diags))
}

func (m *providerModel) openStore(ctx context.Context, c *connections, diags *diag.Diagnostics) {
	accountPath := path.Root("account_id")
	account, known := stringSetting(m.AccountID, envAccountID)
	if !known {
		c.storeMissing = notYetKnown(accountPath, envAccountID, "a template store's documents are kept under it")
		return
	}
	c.account = account
	storePath := path.Root("template_store")
	localPath := storePath.AtName("local")
	store := objectAs[templateStoreModel](ctx, m.TemplateStore, diags)
	switch {
	case m.TemplateStore.IsUnknown():
		c.storeMissing = notYetKnown(storePath, envTemplateStorePath, "the template store is opened with it")
		return
	case store.Local.IsUnknown():
		c.storeMissing = notYetKnown(localPath, envTemplateStorePath, "the template store is opened with it")
		return
	case store.Local.IsNull():
		c.storeMissing = diag.NewAttributeErrorDiagnostic(storePath, "No template store is configured",
			"CleverTap has no API for webhook templates and campaign bodies, so this provider keeps them in a template store, "+
				"and there is no default. Add one to the provider's configuration:\n\n"+
				"  provider \"clevertap\" {\n"+
				"    template_store = { local = { path = \"./clevertap\" } } # a folder, for trying out and for folders kept in git\n"+
				"  }\n\nInside \"local\", the path may come from the environment variable "+envTemplateStorePath+".")
		return
	}
	pathPath := localPath.AtName("path")
	folder, known := stringSetting(objectAs[localStoreModel](ctx, store.Local, diags).Path, envTemplateStorePath)
	switch {
	case !known:
		c.storeMissing = notYetKnown(pathPath, envTemplateStorePath, "the template store is opened with it")
	case folder == "":
		c.storeMissing = diag.NewAttributeErrorDiagnostic(pathPath, "The local template store has no path",
			"Set template_store = { local = { path = … } } in the provider's configuration, or the environment variable "+
				envTemplateStorePath+".")
	default:
		c.store = templatestore.New(templatestore.NewLocal(folder), account)
	}
}

func (m *lineModel) open(c *connections, http *httpclient.Client) {
	tokenPath := path.Root("line").AtName("channel_access_token")
	urlPath := path.Root("line").AtName("api_url")
	token, tokenKnown := stringSetting(m.ChannelAccessToken, envLineToken)
	baseURL, urlKnown := stringSetting(m.APIURL, envLineAPIURL)
	switch {
	case !tokenKnown:
		c.lineMissing = notYetKnown(tokenPath, envLineToken, "requests to LINE are signed with it")
	case !urlKnown:
		c.lineMissing = notYetKnown(urlPath, envLineAPIURL, "requests to LINE are sent there")
	case token == "":
		c.lineMissing = diag.NewAttributeErrorDiagnostic(tokenPath, "Missing LINE channel access token",
			"This needs access to the LINE Messaging API. Set line = { channel_access_token = … } in the provider's "+
				"configuration, or the environment variable "+envLineToken+". The token is issued in the LINE Developers Console, "+
				"on the Messaging API tab of the channel.")
	case bearerTokenFault(token) != "":
		c.lineMissing = diag.NewAttributeErrorDiagnostic(tokenPath, "The LINE channel access token has the wrong form",
			"The value of line.channel_access_token or "+envLineToken+" "+bearerTokenFault(token)+".")
	default:
		client, err := line.New(line.Config{ChannelAccessToken: token, BaseURL: baseURL, HTTP: http})
		if err != nil {
			c.lineMissing = diag.NewAttributeErrorDiagnostic(urlPath, "The LINE API URL cannot be used",
				err.Error()+". It is set by line.api_url or the environment variable "+envLineAPIURL+".")
			return
		}
		c.line = client
	}
}

// objectAs reads a nested object; a null or unknown one has no settings.
func objectAs[T any](ctx context.Context, value types.Object, diags *diag.Diagnostics) T {
	var settings T
	if !value.IsNull() && !value.IsUnknown() {
		diags.Append(value.As(ctx, &settings, basetypes.ObjectAsOptions{})...)
	}
	return settings
}

func notYetKnown(at path.Path, environment, why string) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(at, fmt.Sprintf("The provider's %s is not known yet", at),
		fmt.Sprintf("Its value comes from something that has not been applied, but it is needed now: %s. Apply what it comes "+
			"from first (terraform apply -target=…), or give a value known beforehand, in the configuration or in the environment "+
			"variable %s.", why, environment))
}

// stringSetting resolves an attribute with an environment variable behind it; known is false for an unknown value.
func stringSetting(value types.String, environment string) (setting string, known bool) {
	if value.IsUnknown() {
		return "", false
	}
	if value.IsNull() {
		return os.Getenv(environment), true
	}
	return value.ValueString(), true
}

// intSetting resolves a number that tunes requests. An unknown one takes its default: it changes no outcome.
func intSetting(value types.Int64, at path.Path, environment string, byDefault, least int64, diags *diag.Diagnostics) int64 {
	if !value.IsNull() && !value.IsUnknown() {
		return value.ValueInt64()
	}
	text := environmentBehind(value, environment)
	if text == "" {
		return byDefault
	}
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < least || number > maxSetting {
		diags.AddAttributeError(at, "The environment variable "+environment+" has no usable value",
			fmt.Sprintf("%s is %q; it takes a whole number from %d to %d.", environment, text, least, maxSetting))
		return byDefault
	}
	return number
}

func boolSetting(value types.Bool, name, environment string, byDefault bool, diags *diag.Diagnostics) bool {
	if !value.IsNull() && !value.IsUnknown() {
		return value.ValueBool()
	}
	text := environmentBehind(value, environment)
	if text == "" {
		return byDefault
	}
	setting, err := strconv.ParseBool(text)
	if err != nil {
		diags.AddAttributeError(path.Root(name), "The environment variable "+environment+" has no usable value",
			fmt.Sprintf("%s is %q; it takes true or false.", environment, text))
		return byDefault
	}
	return setting
}

func environmentBehind(value attr.Value, environment string) string {
	if value.IsUnknown() {
		return ""
	}
	return os.Getenv(environment)
}

// userAgent names the provider and its host, as HashiCorp's own providers do, with what TF_APPEND_USER_AGENT adds.
func userAgent(version, terraformVersion string) string {
	agent := fmt.Sprintf("terraform-provider-clevertap/%s (%s; %s) Terraform/%s", version, runtime.GOOS, runtime.GOARCH, terraformVersion)
	if more := os.Getenv(envAppendUserAgent); more != "" {
		agent += " " + more
	}
	return agent
}
