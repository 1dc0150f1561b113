package provider

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

const (
	envAccountID              = "CLEVERTAP_ACCOUNT_ID"
	envLineToken              = "LINE_CHANNEL_ACCESS_TOKEN"
	envLineAPIURL             = "LINE_API_URL"
	envLineRequestsPerSecond  = "LINE_MAX_REQUESTS_PER_SECOND"
	envLineConcurrentRequests = "LINE_MAX_CONCURRENT_REQUESTS"
	envLineValidateMessages   = "LINE_VALIDATE_MESSAGES"
	envLineVerifyTokens       = "LINE_VERIFY_TOKENS"
	envLineStrictTypes        = "LINE_STRICT_MESSAGE_TYPES"
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
	Passcode              types.String `tfsdk:"passcode"`
	Region                types.String `tfsdk:"region"`
	APIURL                types.String `tfsdk:"api_url"`
	MaxConcurrentRequests types.Int64  `tfsdk:"max_concurrent_requests"`
	MaxConcurrentUploads  types.Int64  `tfsdk:"max_concurrent_uploads"`
	TemplateStore         types.Object `tfsdk:"template_store"`
	Line                  types.Object `tfsdk:"line"`
	DashboardReminders    types.Bool   `tfsdk:"dashboard_reminders"`
	MaxRetries            types.Int64  `tfsdk:"max_retries"`
	RetryMaxWaitSeconds   types.Int64  `tfsdk:"retry_max_wait_seconds"`
	RequestTimeoutSeconds types.Int64  `tfsdk:"request_timeout_seconds"`
}

type lineModel struct {
	ChannelAccessToken    types.String `tfsdk:"channel_access_token"`
	APIURL                types.String `tfsdk:"api_url"`
	ValidateMessages      types.Bool   `tfsdk:"validate_messages"`
	VerifyTokens          types.Bool   `tfsdk:"verify_tokens"`
	StrictMessageTypes    types.Bool   `tfsdk:"strict_message_types"`
	MaxRequestsPerSecond  types.Int64  `tfsdk:"max_requests_per_second"`
	MaxConcurrentRequests types.Int64  `tfsdk:"max_concurrent_requests"`
}

// connections is what the provider's configuration gives to resources and data sources. Each part is either there or
// stands for the reason why it is not, which is told to whoever asks for it and to nobody else.
type connections struct {
	store              *templatestore.Store
	storeMissing       diag.Diagnostic
	storeNotYetKnown   bool // it is missing only until what it is configured with is applied: a plan does without
	cleverTap          *clevertap.Client
	cleverTapMissing   diag.Diagnostics
	line               line.Config // without the token where that is missing
	lineTokenMissing   diag.Diagnostic
	lineMissing        diag.Diagnostic // whatever the token
	dashboardReminders bool
	validateMessages   bool
	verifyTokens       bool
	strictMessageTypes bool
	answers            answers
}

func (c *connections) templateStore(diags *diag.Diagnostics) *templatestore.Store {
	if c.storeMissing != nil {
		diags.Append(c.storeMissing)
	}
	return c.store
}

// lineClient is nil, with the reason in diags, if LINE cannot be asked with the provider's token.
func (c *connections) lineClient(diags *diag.Diagnostics) *line.Client {
	if c.lineTokenMissing != nil {
		diags.Append(c.lineTokenMissing)
		return nil
	}
	return c.lineClientWith(c.line.ChannelAccessToken, diags)
}

func (c *connections) lineClientWith(token string, diags *diag.Diagnostics) *line.Client {
	if c.lineMissing != nil {
		diags.Append(c.lineMissing)
		return nil
	}
	config := c.line
	config.ChannelAccessToken = token
	client, err := line.New(config)
	if err != nil {
		diags.AddAttributeError(lineURLPath, "The LINE API cannot be used", err.Error()+". Its URL is set by line.api_url or the environment "+
			"variable "+envLineAPIURL+".")
		return nil
	}
	return client
}

func (m *providerModel) connect(ctx context.Context, userAgent string, diags *diag.Diagnostics) *connections {
	c := &connections{
		dashboardReminders: boolSetting(m.DashboardReminders, path.Root("dashboard_reminders"), envDashboardReminders, true, diags),
		answers:            newAnswers(),
	}
	requests := m.requestSettings(userAgent, diags)
	m.openStore(ctx, c, requests, diags)
	m.openCleverTap(c, requests, diags)
	if m.Line.IsUnknown() {
		c.lineTokenMissing = notYetKnown(linePath, envLineToken, "requests to LINE are signed with its token")
		c.lineMissing = c.lineTokenMissing
		return c
	}
	lineSettings := objectAs[lineModel](ctx, m.Line, diags)
	requests.RequestsPerSecond = float64(intSetting(lineSettings.MaxRequestsPerSecond, linePath.AtName("max_requests_per_second"),
		envLineRequestsPerSecond, defaultLineRequestsPerSecond, 1, diags))
	requests.MaxConcurrent = int(intSetting(lineSettings.MaxConcurrentRequests, linePath.AtName("max_concurrent_requests"),
		envLineConcurrentRequests, defaultLineConcurrentRequests, 1, diags))
	c.validateMessages = boolSetting(lineSettings.ValidateMessages, linePath.AtName("validate_messages"), envLineValidateMessages, false, diags)
	c.verifyTokens = boolSetting(lineSettings.VerifyTokens, linePath.AtName("verify_tokens"), envLineVerifyTokens, false, diags)
	c.strictMessageTypes = boolSetting(lineSettings.StrictMessageTypes, linePath.AtName("strict_message_types"), envLineStrictTypes, false, diags)
	lineSettings.open(c, httpclient.New(requests))
	return c
}

// requestSettings are those that all requests share, whomever they are sent to.
func (m *providerModel) requestSettings(userAgent string, diags *diag.Diagnostics) httpclient.Config {
	seconds := func(value types.Int64, name, environment string, byDefault int64) time.Duration {
		return time.Second * time.Duration(intSetting(value, path.Root(name), environment, byDefault, 1, diags))
	}
	maxWait := seconds(m.RetryMaxWaitSeconds, "retry_max_wait_seconds", envRetryMaxWait, defaultRetryMaxWaitSeconds)
	return httpclient.Config{
		UserAgent:    userAgent,
		MaxRetries:   int(intSetting(m.MaxRetries, path.Root("max_retries"), envMaxRetries, defaultMaxRetries, 0, diags)),
		RetryWaitMin: min(time.Second, maxWait),
		RetryWaitMax: maxWait,
		Timeout:      seconds(m.RequestTimeoutSeconds, "request_timeout_seconds", envRequestTimeout, defaultRequestTimeoutSeconds),
		Log:          func(ctx context.Context, message string, fields map[string]any) { tflog.Debug(ctx, message, fields) },
	}
}

var (
	linePath      = path.Root("line")
	lineTokenPath = linePath.AtName("channel_access_token")
	lineURLPath   = linePath.AtName("api_url")
)

func (m *lineModel) open(c *connections, http *httpclient.Client) {
	token, known := stringSetting(m.ChannelAccessToken, envLineToken)
	switch {
	case !known:
		c.lineTokenMissing = notYetKnown(lineTokenPath, envLineToken, "requests to LINE are signed with it")
	case token == "":
		c.lineTokenMissing = diag.NewAttributeErrorDiagnostic(lineTokenPath, "Missing LINE channel access token",
			"This needs access to the LINE Messaging API. Set line = { channel_access_token = … } in the provider's "+
				"configuration, or the environment variable "+envLineToken+". The token is issued in the LINE Developers Console, "+
				"on the Messaging API tab of the channel.")
	case bearerTokenFault(token) != "":
		c.lineTokenMissing = diag.NewAttributeErrorDiagnostic(lineTokenPath, "The LINE channel access token has the wrong form",
			"The value of line.channel_access_token or "+envLineToken+" "+bearerTokenFault(token)+".")
	}
	baseURL, known := stringSetting(m.APIURL, envLineAPIURL)
	if !known {
		c.lineMissing = notYetKnown(lineURLPath, envLineAPIURL, "requests to LINE are sent there")
	}
	c.line = line.Config{ChannelAccessToken: token, BaseURL: baseURL, HTTP: http}
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
	if value.ValueString() == "" { // as from a variable that defaults to nothing
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

func boolSetting(value types.Bool, at path.Path, environment string, byDefault bool, diags *diag.Diagnostics) bool {
	if !value.IsNull() && !value.IsUnknown() {
		return value.ValueBool()
	}
	text := environmentBehind(value, environment)
	if text == "" {
		return byDefault
	}
	setting, err := strconv.ParseBool(text)
	if err != nil {
		diags.AddAttributeError(at, "The environment variable "+environment+" has no usable value",
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
	// No line break, which no request may have in a header.
	if more := strings.Join(strings.Fields(os.Getenv(envAppendUserAgent)), " "); more != "" {
		agent += " " + more
	}
	return agent
}
