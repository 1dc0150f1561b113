// Package tokens has the ephemeral resources: tokens that live for a run, and that no state, no plan and no log has.
package tokens

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/ephemeralvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
)

// defaultLifetime is that of a stateless token, and short: where a run is killed, nobody revokes its token.
const defaultLifetime = 15 * time.Minute

// lineChannelAccessToken has no Renew: a renewal cannot hand over another token, and LINE prolongs none.
type lineChannelAccessToken struct{ connect.EphemeralResource }

var (
	_ ephemeral.EphemeralResourceWithConfigure        = (*lineChannelAccessToken)(nil)
	_ ephemeral.EphemeralResourceWithConfigValidators = (*lineChannelAccessToken)(nil)
	_ ephemeral.EphemeralResourceWithClose            = (*lineChannelAccessToken)(nil)
)

// NewLineChannelAccessToken is the ephemeral resource of that name.
func NewLineChannelAccessToken() ephemeral.EphemeralResource { return &lineChannelAccessToken{} }

type lineChannelAccessTokenModel struct {
	ChannelID           types.String `tfsdk:"channel_id"`
	ChannelSecret       types.String `tfsdk:"channel_secret"`
	AssertionPrivateKey types.String `tfsdk:"assertion_private_key"`
	AssertionKeyID      types.String `tfsdk:"assertion_key_id"`
	LifetimeSeconds     types.Int64  `tfsdk:"lifetime_seconds"`

	ChannelAccessToken types.String `tfsdk:"channel_access_token"`
	ExpiresIn          types.Int64  `tfsdk:"expires_in"`
	ExpiresAt          types.String `tfsdk:"expires_at"`
	KeyID              types.String `tfsdk:"key_id"`
}

func (r *lineChannelAccessToken) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_line_channel_access_token"
}

func (r *lineChannelAccessToken) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A LINE channel access token for one run of Terraform, which no state and no plan file has. With the channel " +
			"secret alone it is a stateless token, which lives for 15 minutes and cannot be revoked. With an assertion signing key it is one " +
			"of version 2.1, which is revoked at the end of the run if the channel secret is given, too. It is issued anew in each plan and " +
			"each apply, and never renewed. Not for a webhook template: there it would end with the run.",
		Attributes: map[string]schema.Attribute{
			"channel_id": schema.StringAttribute{
				MarkdownDescription: "Channel ID. The LINE Developers Console shows it on the channel's *Basic settings* tab.",
				Required:            true,
				Validators:          []validator.String{channelPart(func(id string) line.Channel { return line.Channel{ID: id, Secret: "-"} })},
			},
			"channel_secret": schema.StringAttribute{
				MarkdownDescription: "Channel secret. Alone, it is what a stateless token is issued for. Next to `assertion_private_key`, it is " +
					"what the token is revoked with: LINE takes no assertion for that.",
				Optional:   true,
				Sensitive:  true,
				Validators: []validator.String{channelPart(func(secret string) line.Channel { return line.Channel{ID: "0", Secret: secret} })},
			},
			"assertion_private_key": schema.StringAttribute{
				MarkdownDescription: "Private key of an assertion signing key: RSA with 2048 bits, in PEM (PKCS #8 or PKCS #1) or as a JWK. A token " +
					"of version 2.1 is issued with it.",
				Optional:   true,
				Sensitive:  true,
				Validators: []validator.String{assertionPrivateKey()},
			},
			"assertion_key_id": schema.StringAttribute{
				MarkdownDescription: "What the LINE Developers Console calls that key (`kid`), once its public key is registered on the channel's " +
					"*Basic settings* tab.",
				Optional:   true,
				Validators: []validator.String{validators.PlainText()},
			},
			"lifetime_seconds": schema.Int64Attribute{
				MarkdownDescription: "How long a token of version 2.1 lives if it is not revoked, up to 2592000 (30 days). Default 900. Where a run " +
					"is killed, its token lives on that long. A channel has at most 30 such tokens alive.",
				Optional: true,
				Validators: []validator.Int64{
					int64validator.Between(1, int64(line.LongestTokenLife/time.Second)),
					int64validator.AlsoRequires(path.MatchRoot("assertion_private_key")),
				},
			},
			"channel_access_token": schema.StringAttribute{
				MarkdownDescription: "The token, without `Bearer`.", Computed: true, Sensitive: true,
			},
			"expires_in": schema.Int64Attribute{MarkdownDescription: "Its life in seconds, from when it was issued.", Computed: true},
			"expires_at": schema.StringAttribute{MarkdownDescription: "When it ends, in RFC 3339.", Computed: true},
			"key_id": schema.StringAttribute{
				MarkdownDescription: "LINE's name for a token of version 2.1; null for a stateless one.", Computed: true,
			},
		},
	}
}

func (r *lineChannelAccessToken) ConfigValidators(context.Context) []ephemeral.ConfigValidator {
	key, keyID := path.MatchRoot("assertion_private_key"), path.MatchRoot("assertion_key_id")
	return []ephemeral.ConfigValidator{
		ephemeralvalidator.AtLeastOneOf(path.MatchRoot("channel_secret"), key),
		ephemeralvalidator.RequiredTogether(key, keyID),
	}
}

// channelPart checks the ID or the secret of a channel, which is not shown.
func channelPart(of func(value string) line.Channel) validator.String {
	return validators.Text("visible characters of ASCII", func(value string) (summary, detail string) {
		if err := of(value).Check(); err != nil {
			return "The LINE channel's credentials have the wrong form", err.Error() + "."
		}
		return "", ""
	})
}

func assertionPrivateKey() validator.String {
	return validators.Text("a private key of RSA with 2048 bits, in PEM or as a JWK", func(value string) (summary, detail string) {
		if _, err := line.ParseAssertionKey(value); err != nil {
			return "The assertion signing key cannot be used", fmt.Sprintf("The value is not shown; %s.", err)
		}
		return "", ""
	})
}

// revocation is what Close needs. Terraform keeps it in memory.
type revocation struct {
	Channel   line.Channel `json:"channel"`
	Token     string       `json:"token"`
	KeyID     string       `json:"key_id"`
	ExpiresAt string       `json:"expires_at"`
}

const revocationKey = "revocation"

// Open issues the token. Terraform opens what is known alone: a configuration with unknown values waits for the apply.
func (r *lineChannelAccessToken) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var m lineChannelAccessTokenModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	issuer := r.Connections.Line.Issuer(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	channel := line.Channel{ID: m.ChannelID.ValueString(), Secret: m.ChannelSecret.ValueString()}
	start := time.Now()
	token, err := m.issue(ctx, issuer, channel)
	if err != nil {
		resp.Diagnostics.AddError("Cannot issue a LINE channel access token", err.Error())
		return
	}
	m.ChannelAccessToken = types.StringValue(token.Token)
	m.ExpiresIn = types.Int64Value(int64(token.ExpiresIn / time.Second))
	m.ExpiresAt = types.StringValue(start.Add(token.ExpiresIn).UTC().Format(time.RFC3339))
	m.KeyID = types.StringNull()
	if token.KeyID != "" {
		m.KeyID = types.StringValue(token.KeyID)
	}
	resp.Diagnostics.Append(resp.Result.Set(ctx, m)...)
	if m.AssertionPrivateKey.IsNull() || channel.Secret == "" {
		return
	}
	private, err := json.Marshal(revocation{channel, token.Token, token.KeyID, m.ExpiresAt.ValueString()})
	if err != nil {
		resp.Diagnostics.AddError("Cannot keep what the token is revoked with", err.Error())
		return
	}
	resp.Diagnostics.Append(resp.Private.SetKey(ctx, revocationKey, private)...)
}

func (m *lineChannelAccessTokenModel) issue(ctx context.Context, issuer *line.Issuer, channel line.Channel) (line.IssuedToken, error) {
	if m.AssertionPrivateKey.IsNull() {
		return issuer.Stateless(ctx, channel)
	}
	key, err := line.ParseAssertionKey(m.AssertionPrivateKey.ValueString())
	if err != nil {
		return line.IssuedToken{}, fmt.Errorf("the assertion signing key cannot be used: %w", err)
	}
	lifetime := defaultLifetime
	if !m.LifetimeSeconds.IsNull() {
		lifetime = time.Duration(m.LifetimeSeconds.ValueInt64()) * time.Second
	}
	return issuer.Version21(ctx, line.AssertionKey{ChannelID: channel.ID, KeyID: m.AssertionKeyID.ValueString(), Private: key}, lifetime)
}

// Close revokes a token of version 2.1. That it fails is a warning: what the run was for is done.
func (r *lineChannelAccessToken) Close(ctx context.Context, req ephemeral.CloseRequest, resp *ephemeral.CloseResponse) {
	private, diags := req.Private.GetKey(ctx, revocationKey)
	resp.Diagnostics.Append(diags...)
	if private == nil {
		return
	}
	var revoke revocation
	if err := json.Unmarshal(private, &revoke); err != nil {
		resp.Diagnostics.AddError("Cannot read what the token is revoked with", "Terraform hands over something else than it was given.")
		return
	}
	var faults diag.Diagnostics
	issuer := r.Connections.Line.Issuer(&faults)
	if issuer == nil {
		resp.Diagnostics.Append(faults...)
		return
	}
	if err := issuer.Revoke(ctx, revoke.Channel, revoke.Token); err != nil {
		resp.Diagnostics.AddWarning("A LINE channel access token was not revoked: "+revoke.KeyID,
			fmt.Sprintf("%s\n\nThe token with the key ID %s lives until %s, and counts until then as one of the 30 that the channel may have. "+
				"Terraform keeps it nowhere.", err, revoke.KeyID, revoke.ExpiresAt))
	}
}
