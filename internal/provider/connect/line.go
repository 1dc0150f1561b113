package connect

import (
	"context"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/httpclient"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

type lineConfig struct {
	ChannelAccessToken    types.String `tfsdk:"channel_access_token"`
	ChannelID             types.String `tfsdk:"channel_id"`
	ChannelSecret         types.String `tfsdk:"channel_secret"`
	APIURL                types.String `tfsdk:"api_url"`
	ValidateMessages      types.Bool   `tfsdk:"validate_messages"`
	VerifyTokens          types.Bool   `tfsdk:"verify_tokens"`
	StrictMessageTypes    types.Bool   `tfsdk:"strict_message_types"`
	IgnoredWarnings       types.Set    `tfsdk:"ignored_message_warnings"`
	MaxRequestsPerSecond  types.Int64  `tfsdk:"max_requests_per_second"`
	MaxConcurrentRequests types.Int64  `tfsdk:"max_concurrent_requests"`
}

var (
	linePath              = path.Root("line")
	lineTokenPath         = linePath.AtName("channel_access_token")
	lineChannelIDPath     = linePath.AtName("channel_id")
	lineChannelSecretPath = linePath.AtName("channel_secret")
	lineURLPath           = linePath.AtName("api_url")
)

// Line is the connection to the LINE Messaging API, and what it is to be used for.
type Line struct {
	api Part[line.Config] // whatever the credentials
	// client is one for the whole process, so that its token is issued once.
	client Part[*line.Client]

	// ValidateMessages says whether LINE is asked about messages, VerifyTokens whether about tokens.
	ValidateMessages, VerifyTokens bool
	// StrictMessageTypes makes an unknown type of message an error.
	StrictMessageTypes bool
	// IgnoredWarnings are the rules whose warnings about messages are not wanted.
	IgnoredWarnings []string
}

// Client is nil, with the reason in diags, if LINE cannot be asked with the provider's credentials.
func (c Line) Client(diags *diag.Diagnostics) *line.Client { return c.client.Get(diags) }

// ClientWith asks LINE with another token than the provider's. It is nil, with the reason in diags, if that cannot be done.
func (c Line) ClientWith(token string, diags *diag.Diagnostics) *line.Client {
	config := c.api.Get(diags)
	if config.HTTP == nil {
		return nil
	}
	config.ChannelAccessToken = token
	client, err := line.New(config)
	if err != nil {
		diags.Append(noLineAPI(err))
		return nil
	}
	return client
}

// Missing are the reasons why a plan cannot go on without LINE.
func (c Line) Missing() diag.Diagnostics { return c.client.Missing() }

// Issuer issues tokens, whatever the provider's credentials. It is nil, with the reason in diags, if that cannot be done.
func (c Line) Issuer(diags *diag.Diagnostics) *line.Issuer {
	config := c.api.Get(diags)
	if config.HTTP == nil {
		return nil
	}
	issuer, err := line.NewIssuer(config)
	if err != nil {
		diags.Append(noLineAPI(err))
		return nil
	}
	return issuer
}

func noLineAPI(err error) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(lineURLPath, "The LINE API cannot be used", err.Error()+". Its URL is set by line.api_url or the "+
		"environment variable "+EnvLineAPIURL+".")
}

// BaseURL is where LINE is asked, "" being its own address.
func (c Line) BaseURL() string { return c.api.value.BaseURL }

func openLine(ctx context.Context, config types.Object, requests httpclient.Config, diags *diag.Diagnostics) Line {
	if config.IsUnknown() {
		s := &settings{why: "requests to LINE are signed with its token"}
		s.notYetKnown(linePath, EnvLineToken)
		return Line{api: absent[line.Config](s), client: absent[*line.Client](s)}
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
	api := given.openAPI(httpclient.New(requests))
	return Line{
		IgnoredWarnings:    ignored,
		api:                api,
		client:             given.openClient(api),
		ValidateMessages:   flag(given.ValidateMessages, "validate_messages", EnvLineValidateMessages),
		VerifyTokens:       flag(given.VerifyTokens, "verify_tokens", EnvLineVerifyTokens),
		StrictMessageTypes: flag(given.StrictMessageTypes, "strict_message_types", EnvLineStrictTypes),
	}
}

// openClient says first what is wrong with the credentials.
func (m *lineConfig) openClient(api Part[line.Config]) Part[*line.Client] {
	s := &settings{why: "requests to LINE are signed with it", lacking: lackingLine}
	config := api.value
	config.ChannelAccessToken, config.Channel = m.credentials(s)
	if s.failed() {
		return absent[*line.Client](s)
	}
	if _, known := api.Known(); !known {
		return Part[*line.Client]{absent: api.absent, later: api.later}
	}
	client, err := line.New(config)
	if err != nil {
		s.fail(noLineAPI(err))
		return absent[*line.Client](s)
	}
	return there(client)
}

// credentials are a token or a channel, as the configuration has them; the environment says which where the configuration has
// none of them. A secret without an ID says nothing there: bots have it, too.
func (m *lineConfig) credentials(s *settings) (token string, channel line.Channel) {
	byChannel := (given(m.ChannelID) || given(m.ChannelSecret)) && !given(m.ChannelAccessToken)
	if !byChannel && !given(m.ChannelAccessToken) && os.Getenv(EnvLineChannelID) != "" {
		if os.Getenv(EnvLineToken) != "" {
			s.fail(diag.NewAttributeErrorDiagnostic(linePath, twoLineCredentials, fmt.Sprintf("The environment variables %s and %s are both set. "+
				"Unset one of them, or say in the line block of the provider's configuration which counts.", EnvLineToken, EnvLineChannelID)))
			return "", line.Channel{}
		}
		byChannel = true
	}
	if byChannel {
		channel.ID = s.required(m.ChannelID, lineChannelIDPath, EnvLineChannelID)
		channel.Secret = s.required(m.ChannelSecret, lineChannelSecretPath, EnvLineChannelSecret)
		if err := channel.Check(); !s.failed() && err != nil {
			s.fail(diag.NewAttributeErrorDiagnostic(linePath, "The LINE channel's credentials have the wrong form", err.Error()+"."))
		}
		return "", channel
	}
	token = s.required(m.ChannelAccessToken, lineTokenPath, EnvLineToken)
	if fault := validators.BearerTokenFault(token); !s.failed() && fault != "" {
		s.fail(diag.NewAttributeErrorDiagnostic(lineTokenPath, "The LINE channel access token has the wrong form",
			"The value of line.channel_access_token or "+EnvLineToken+" "+fault+"."))
	}
	return token, line.Channel{}
}

// given says whether a text is there, or may turn out to be.
func given(text types.String) bool { return text.IsUnknown() || text.ValueString() != "" }

func lackingLine(at path.Path, environment string) diag.Diagnostic {
	switch {
	case at.Equal(lineChannelIDPath):
		return diag.NewAttributeErrorDiagnostic(at, "Missing LINE channel ID", "A channel secret is given, and no channel ID, which belong "+
			"together. Set channel_id in the line block of the provider's configuration, or the environment variable "+environment+".")
	case at.Equal(lineChannelSecretPath):
		return diag.NewAttributeErrorDiagnostic(at, "Missing LINE channel secret", "A channel ID is given, and no channel secret, which belong "+
			"together. Set channel_secret in the line block of the provider's configuration, or the environment variable "+environment+".")
	}
	return diag.NewAttributeErrorDiagnostic(at, "Missing LINE channel access token",
		"This needs access to the LINE Messaging API. Set channel_access_token in the line block of the "+
			"provider's configuration, or the environment variable "+environment+". The token is issued in the LINE Developers Console, "+
			"on the Messaging API tab of the channel. Or set channel_id and channel_secret, or "+EnvLineChannelID+" and "+
			EnvLineChannelSecret+": then a token is issued for each run, and lives for 15 minutes.")
}

const twoLineCredentials = "Both a LINE channel access token and a LINE channel are given"

// OneLineCredential refuses a token next to a channel in the line block. Texts that are empty or not known yet are no conflict.
func OneLineCredential() validator.Object { return oneLineCredential{} }

type oneLineCredential struct{}

func (oneLineCredential) Description(context.Context) string {
	return "a channel access token, or a channel's ID and secret"
}

func (v oneLineCredential) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (oneLineCredential) ValidateObject(ctx context.Context, req validator.ObjectRequest, resp *validator.ObjectResponse) {
	config := values.ObjectAs[lineConfig](ctx, req.ConfigValue, &resp.Diagnostics)
	if config.ChannelAccessToken.ValueString() != "" && config.ChannelID.ValueString()+config.ChannelSecret.ValueString() != "" {
		resp.Diagnostics.AddAttributeError(req.Path.AtName("channel_access_token"), twoLineCredentials,
			"Keep channel_access_token, or channel_id and channel_secret, with which a token is issued for each run.")
	}
}

func (m *lineConfig) openAPI(http *httpclient.Client) Part[line.Config] {
	s := &settings{why: "requests to LINE are sent there"}
	baseURL := s.text(m.APIURL, lineURLPath, EnvLineAPIURL)
	if s.failed() {
		return absent[line.Config](s)
	}
	return there(line.Config{BaseURL: baseURL, HTTP: http, Statistics: line.NewStatisticsLimit()})
}
