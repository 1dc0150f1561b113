package dashboard

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
)

// shortLife is the life below which a token is no good in a template: a stateless one lives for 15 minutes.
const shortLife = time.Hour

// askLine has a new or changed bearer token of a template that posts to LINE checked with LINE.
func (m *webhookTemplateModel) askLine(
	ctx context.Context, c *connect.Connections, config tfsdk.Config, prior *webhookTemplateModel, diags *diag.Diagnostics,
) {
	if c == nil || !c.Line.VerifyTokens || !dialog.PostsToLine(m.DestinationURL.ValueString()) {
		return
	}
	if prior != nil && prior.ContentSHA256.Equal(m.ContentSHA256) {
		return
	}
	token := bearerTokenOf(secretHeadersOf(ctx, config, diags))
	if token == "" || rememberedVerdicts().good(tokensStayGood, "token", c.Line.BaseURL(), token) {
		return
	}
	at := path.Root("secret_headers_wo")
	client := c.Line.ClientWith(token, diags)
	if client == nil {
		return
	}
	info, err := client.VerifyToken(ctx, token)
	if err != nil {
		diags.AddAttributeError(at, "The channel access token could not be verified", err.Error()+"\n\nIf LINE says that the token is "+
			"invalid or "+
			"expired, issue another one and raise secret_headers_wo_version. To go on without this check, set verify_tokens = false in the "+
			"provider's line block, or the environment variable "+connect.EnvLineVerifyTokens+"=false.")
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
	rememberedVerdicts().remember("token", c.Line.BaseURL(), token)
	diags.AddAttributeWarning(at, "The channel access token is alive", fmt.Sprintf("It belongs to %s and ends in "+
		"%s.", whose, lifeText(info.ExpiresIn)))
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
