package dashboard

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/dialog"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/privatestate"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/verdicts"
)

const (
	// shortLife is the life below which a token is no good in a template: a stateless one lives for 15 minutes.
	shortLife = time.Hour
	// soon is what is left of a token's life when it is time for the next. One of version 2.1 lives for 30 days at most.
	soon = 30 * 24 * time.Hour
	// tokenKey is where private state has whose token was last declared.
	tokenKey = "token"
)

// tokenVerdict is what LINE said of a token that is alive. It tells nothing that is secret.
type tokenVerdict struct {
	ClientID string    `json:"client_id"`
	Bot      string    `json:"bot"`
	Ends     time.Time `json:"ends"`
}

// knownToken is whose token belongs to a version of the secret headers.
type knownToken struct {
	Version  int64  `json:"version"`
	ClientID string `json:"client_id"`
}

func (m *webhookTemplateModel) summary(what string) string {
	return fmt.Sprintf("The channel access token of the webhook template %q %s", m.Name.ValueString(), what)
}

// Ask has the bearer token of a template that posts to LINE checked with LINE. What is wrong with a token that comes with
// a new version is an error; with one that should be in the dashboard already, a warning, but for the token of another bot:
// its version was forgotten.
func (m *webhookTemplateModel) Ask(ctx context.Context, p stored.Planning[webhookTemplateModel], diags *diag.Diagnostics) {
	c := p.Connections
	token := bearerTokenOf(secretHeadersOf(ctx, p.Config, diags))
	if !c.Line.VerifyTokens || token == "" || !dialog.PostsToLine(m.DestinationURL.ValueString()) {
		return
	}
	at := path.Root("secret_headers_wo")
	stays := p.Prior != nil && p.Prior.SecretHeadersWOVersion.Equal(m.SecretHeadersWOVersion)
	refuse := func(summary, detail string) {
		if stays {
			c.Warn(diags, diag.NewAttributeWarningDiagnostic(at, summary, detail))
		} else {
			diags.AddAttributeError(at, summary, detail)
		}
	}
	verdict, err := verifyToken(ctx, c, token, diags)
	if err != nil {
		refuse(m.summary("could not be verified"), err.Error()+"\n\nIf LINE says that the token is invalid or expired, issue another one, "+
			"enter it, and raise secret_headers_wo_version. To go on without this check, set verify_tokens = false in the provider's line "+
			"block, or the environment variable "+connect.EnvLineVerifyTokens+"=false.")
		return
	}
	if verdict == nil {
		return
	}
	if stays {
		before := privatestate.Get[knownToken](ctx, p.Private, tokenKey, diags)
		if before.ClientID != "" && before.Version == m.SecretHeadersWOVersion.ValueInt64() && before.ClientID != verdict.ClientID {
			diags.AddAttributeError(at, m.summary("is another bot's, but its version stays"), fmt.Sprintf("It belongs to %s, channel %s; that of "+
				"version %d belonged to channel %s. Raise secret_headers_wo_version if the dashboard is to have it, or give the other token.",
				verdict.Bot, verdict.ClientID, before.Version, before.ClientID))
			return
		}
	}
	switch left := time.Until(verdict.Ends); {
	case left < shortLife:
		refuse(m.summary("ends too soon"), fmt.Sprintf("The token of %s ends in %s. A template needs a long-lived token or one of v2.1: "+
			"campaigns that run later would fail with 401.", verdict.Bot, lifeText(left)))
	case left < soon:
		c.Warn(diags, diag.NewAttributeWarningDiagnostic(at, m.summary("ends in "+lifeText(left)), fmt.Sprintf("It belongs to %s. Issue and "+
			"enter the next one before that, and raise secret_headers_wo_version: campaigns that run later fail with 401.", verdict.Bot)))
	}
}

// verifyToken asks LINE, or remembers. It gives nothing, with the reason in diags, where LINE cannot be asked at all.
func verifyToken(ctx context.Context, c *connect.Connections, token string, diags *diag.Diagnostics) (*tokenVerdict, error) {
	if verdict := rememberedToken(c, token); verdict != nil {
		return verdict, nil
	}
	client := c.Line.ClientWith(token, diags)
	if client == nil {
		return nil, nil
	}
	info, err := client.VerifyToken(ctx, token)
	if err != nil {
		return nil, err
	}
	verdict := &tokenVerdict{ClientID: info.ClientID, Bot: "channel " + info.ClientID, Ends: time.Now().Add(info.ExpiresIn)}
	if bot, err := client.BotInfo(ctx); err == nil {
		verdict.Bot = fmt.Sprintf("%q (%s)", bot.DisplayName, bot.BasicID)
	}
	if data, err := json.Marshal(verdict); err == nil {
		verdicts.Remembered().Remember(data, "token", c.Line.BaseURL(), token)
	}
	return verdict, nil
}

func rememberedToken(c *connect.Connections, token string) *tokenVerdict {
	data, ok := verdicts.Remembered().Recall(verdicts.TokensStayGood, "token", c.Line.BaseURL(), token)
	var verdict tokenVerdict
	if !ok || json.Unmarshal(data, &verdict) != nil || verdict.ClientID == "" {
		return nil
	}
	return &verdict
}

func (m *webhookTemplateModel) PlanRemoval(
	_ context.Context, p stored.Planning[webhookTemplateModel], renamed types.String, diags *diag.Diagnostics,
) {
	webhookTemplates.remindToRemove(p.Connections, m.Name.ValueString(), renamed, diags)
}

// Wrote keeps whose token a version has. The plan of this very apply has asked LINE, so that nobody is asked again.
func (m *webhookTemplateModel) Wrote(ctx context.Context, w stored.Written[webhookTemplateModel], diags *diag.Diagnostics) {
	remindToEnter(webhookTemplates, w, m, diags)
	token := bearerTokenOf(secretHeadersOf(ctx, w.Config, diags))
	if !w.Connections.Line.VerifyTokens || token == "" {
		return
	}
	if verdict := rememberedToken(w.Connections, token); verdict != nil {
		privatestate.Set(ctx, w.Private, tokenKey, knownToken{m.SecretHeadersWOVersion.ValueInt64(), verdict.ClientID}, diags)
	}
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
