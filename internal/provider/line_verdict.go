package provider

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// askLine puts the messages of a new or changed body to LINE's own check.
func (m *lineCampaignBodyModel) askLine(ctx context.Context, c *connections, _ tfsdk.Config, prior *lineCampaignBodyModel, diags *diag.Diagnostics) {
	if c == nil || !c.validateMessages || m.Body.IsUnknown() || prior != nil && sameMessages(m.Messages, prior.Messages) {
		return
	}
	at := path.Root("messages")
	samples := stringsOfList(ctx, m.Messages, diags)
	for i, message := range samples {
		sample, err := linebody.Sample(message)
		if err != nil {
			diags.AddAttributeError(at.AtListIndex(i), "The message cannot be put to LINE", err.Error())
			return
		}
		samples[i] = sample
	}
	question := append([]string{"messages", c.line.BaseURL}, samples...)
	if c.answers.good(messagesStayGood, question...) {
		return
	}
	client := c.lineClient(diags)
	if client == nil {
		return
	}
	violations, err := client.ValidatePush(ctx, samples)
	if err != nil {
		diags.AddAttributeError(at, "LINE could not be asked about the messages", err.Error()+"\n\nThe messages have passed the provider's own "+
			"check. To go on without LINE's verdict, set line = { validate_messages = false } or the environment variable "+
			envLineValidateMessages+"=false.")
		return
	}
	for _, violation := range violations {
		where := at
		var index int
		if n, err := fmt.Sscanf(violation.Path, "messages[%d]", &index); n == 1 && err == nil && index < len(samples) {
			where = at.AtListIndex(index)
		}
		verdict := fmt.Sprintf("%s: LINE says: %s", violation.Path, violation.Message)
		if sample, personal := personalAt(stringsOfList(ctx, m.Messages, diags), samples, violation.Path); personal {
			diags.AddAttributeWarning(where, "LINE refuses a sample of this message", fmt.Sprintf("%s\n\nLINE was shown this in place of "+
				"personalisation, so the fault may be the sample's: %s", verdict, sample))
			continue
		}
		diags.AddAttributeError(where, "LINE refuses this message", verdict)
	}
	if len(violations) == 0 {
		c.answers.remember(question...)
	}
}

// pathStep is one step of a path such as messages[0].contents.hero.
var pathStep = regexp.MustCompile(`[^.\[\]]+`)

// personalAt says whether what stands at a path of the messages holds personalisation, and what stands there in the samples.
func personalAt(messages, samples []string, path string) (sample string, personal bool) {
	steps := pathStep.FindAllString(path, -1)
	if len(steps) < 2 {
		return "", false
	}
	index, err := strconv.Atoi(steps[1])
	if err != nil || index >= len(messages) {
		return "", false
	}
	return valueAt(samples[index], steps[2:]), personalization.HasTags(valueAt(messages[index], steps[2:]))
}

// valueAt is the JSON text at the steps, or as deep as they lead.
func valueAt(message string, steps []string) string {
	for _, step := range steps {
		var object map[string]json.RawMessage
		var array []json.RawMessage
		if json.Unmarshal([]byte(message), &object) == nil && object[step] != nil {
			message = string(object[step])
		} else if index, err := strconv.Atoi(step); err == nil && json.Unmarshal([]byte(message), &array) == nil && index < len(array) {
			message = string(array[index])
		} else {
			break
		}
	}
	return message
}

// shortLife is the life below which a token is no good in a template: a stateless one lives for 15 minutes.
const shortLife = time.Hour

// askLine has a new or changed bearer token of a template that posts to LINE checked with LINE.
func (m *webhookTemplateModel) askLine(ctx context.Context, c *connections, config tfsdk.Config, prior *webhookTemplateModel, diags *diag.Diagnostics) {
	if c == nil || !c.verifyTokens || !isLine(m.DestinationURL.ValueString()) || prior != nil && prior.ContentSHA256.Equal(m.ContentSHA256) {
		return
	}
	token := bearerTokenOf(secretHeadersOf(ctx, config, diags))
	if token == "" || c.answers.good(tokensStayGood, "token", c.line.BaseURL, token) {
		return
	}
	at := path.Root("secret_headers_wo")
	client := c.lineClientWith(token, diags)
	if client == nil {
		return
	}
	info, err := client.VerifyToken(ctx, token)
	if err != nil {
		diags.AddAttributeError(at, "The channel access token could not be verified", err.Error()+"\n\nIf LINE says that the token is invalid or "+
			"expired, issue another one and raise secret_headers_wo_version. To go on without this check, set line = { verify_tokens = false } or "+
			"the environment variable "+envLineVerifyTokens+"=false.")
		return
	}
	whose := fmt.Sprintf("channel %s", info.ClientID)
	if bot, err := client.BotInfo(ctx); err == nil {
		whose = fmt.Sprintf("%q (%s)", bot.DisplayName, bot.BasicID)
	}
	if info.ExpiresIn < shortLife {
		diags.AddAttributeError(at, "The channel access token ends too soon", fmt.Sprintf("The token of %s ends in %s. A template needs a "+
			"long-lived token or one of v2.1: campaigns that run later would fail with 401.", whose, lifeText(info.ExpiresIn)))
		return
	}
	c.answers.remember("token", c.line.BaseURL, token)
	diags.AddAttributeWarning(at, "The channel access token is alive", fmt.Sprintf("It belongs to %s and ends in %s.", whose, lifeText(info.ExpiresIn)))
}

func bearerTokenOf(headers types.Map) string {
	for name, element := range headers.Elements() {
		value, _ := element.(types.String)
		scheme, token, _ := strings.Cut(value.ValueString(), " ")
		if strings.EqualFold(name, "Authorization") && strings.EqualFold(scheme, "Bearer") {
			return token
		}
	}
	return ""
}

func lifeText(life time.Duration) string {
	switch {
	case life >= 48*time.Hour:
		return fmt.Sprintf("%d days", int(life/(24*time.Hour)))
	case life >= 2*time.Hour:
		return fmt.Sprintf("%d hours", int(life/time.Hour))
	}
	return fmt.Sprintf("%d minutes", int(life/time.Minute))
}
