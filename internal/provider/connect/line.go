package connect

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

type lineConfig struct {
	ChannelAccessToken    types.String `tfsdk:"channel_access_token"`
	APIURL                types.String `tfsdk:"api_url"`
	ValidateMessages      types.Bool   `tfsdk:"validate_messages"`
	VerifyTokens          types.Bool   `tfsdk:"verify_tokens"`
	StrictMessageTypes    types.Bool   `tfsdk:"strict_message_types"`
	IgnoredWarnings       types.Set    `tfsdk:"ignored_message_warnings"`
	MaxRequestsPerSecond  types.Int64  `tfsdk:"max_requests_per_second"`
	MaxConcurrentRequests types.Int64  `tfsdk:"max_concurrent_requests"`
}

var (
	linePath      = path.Root("line")
	lineTokenPath = linePath.AtName("channel_access_token")
	lineURLPath   = linePath.AtName("api_url")
)

// Line is the connection to the LINE Messaging API, and what it is to be used for.
type Line struct {
	api   Part[line.Config] // whatever the token
	token Part[string]

	// ValidateMessages says whether LINE is asked about messages, VerifyTokens whether about tokens.
	ValidateMessages, VerifyTokens bool
	// StrictMessageTypes makes an unknown type of message an error.
	StrictMessageTypes bool
	// IgnoredWarnings are the rules whose warnings about messages are not wanted.
	IgnoredWarnings []string
}

// Client is nil, with the reason in diags, if LINE cannot be asked with the provider's token.
func (c Line) Client(diags *diag.Diagnostics) *line.Client {
	token := c.token.Get(diags)
	if token == "" {
		return nil
	}
	return c.ClientWith(token, diags)
}

// ClientWith asks LINE with another token than the provider's. It is nil, with the reason in diags, if that cannot be done.
func (c Line) ClientWith(token string, diags *diag.Diagnostics) *line.Client {
	config := c.api.Get(diags)
	if config.HTTP == nil {
		return nil
	}
	config.ChannelAccessToken = token
	client, err := line.New(config)
	if err != nil {
		diags.AddAttributeError(lineURLPath, "The LINE API cannot be used", err.Error()+". Its URL is set by line.api_url or the environment "+
			"variable "+EnvLineAPIURL+".")
		return nil
	}
	return client
}

// BaseURL is where LINE is asked, "" being its own address.
func (c Line) BaseURL() string { return c.api.value.BaseURL }

func openLine(ctx context.Context, config types.Object, requests httpclient.Config, diags *diag.Diagnostics) Line {
	if config.IsUnknown() {
		s := &settings{why: "requests to LINE are signed with its token"}
		s.notYetKnown(linePath, EnvLineToken)
		return Line{api: absent[line.Config](s), token: absent[string](s)}
	}
	given := values.ObjectAs[lineConfig](ctx, config, diags)
	requests.RequestsPerSecond = float64(intSetting(given.MaxRequestsPerSecond, linePath.AtName("max_requests_per_second"),
		EnvLineRequestsPerSecond, DefaultLineRequestsPerSecond, 1, diags))
	requests.MaxConcurrent = int(intSetting(given.MaxConcurrentRequests, linePath.AtName("max_concurrent_requests"),
		EnvLineConcurrent, DefaultLineConcurrentRequests, 1, diags))
	flag := func(value types.Bool, name, environment string) bool {
		return boolSetting(value, linePath.AtName(name), environment, false, diags)
	}
	var ignored []string
	for _, element := range given.IgnoredWarnings.Elements() {
		if rule, ok := element.(types.String); ok {
			ignored = append(ignored, rule.ValueString()) // one that is not known yet ignores nothing
		}
	}
	return Line{
		IgnoredWarnings:    ignored,
		api:                given.openAPI(httpclient.New(requests)),
		token:              given.openToken(),
		ValidateMessages:   flag(given.ValidateMessages, "validate_messages", EnvLineValidateMessages),
		VerifyTokens:       flag(given.VerifyTokens, "verify_tokens", EnvLineVerifyTokens),
		StrictMessageTypes: flag(given.StrictMessageTypes, "strict_message_types", EnvLineStrictTypes),
	}
}

func (m *lineConfig) openToken() Part[string] {
	s := &settings{why: "requests to LINE are signed with it", lacking: func(at path.Path, environment string) diag.Diagnostic {
		return diag.NewAttributeErrorDiagnostic(at, "Missing LINE channel access token",
			"This needs access to the LINE Messaging API. Set channel_access_token in the line block of the "+
				"provider's configuration, or the environment variable "+environment+". The token is issued in the LINE Developers Console, "+
				"on the Messaging API tab of the channel.")
	}}
	token := s.required(m.ChannelAccessToken, lineTokenPath, EnvLineToken)
	if s.failed() {
		return absent[string](s)
	}
	if fault := validators.BearerTokenFault(token); fault != "" {
		s.fail(diag.NewAttributeErrorDiagnostic(lineTokenPath, "The LINE channel access token has the wrong form",
			"The value of line.channel_access_token or "+EnvLineToken+" "+fault+"."))
		return absent[string](s)
	}
	return there(token)
}

func (m *lineConfig) openAPI(http *httpclient.Client) Part[line.Config] {
	s := &settings{why: "requests to LINE are sent there"}
	baseURL := s.text(m.APIURL, lineURLPath, EnvLineAPIURL)
	if s.failed() {
		return absent[line.Config](s)
	}
	return there(line.Config{BaseURL: baseURL, HTTP: http, Statistics: line.NewStatisticsLimit()})
}
