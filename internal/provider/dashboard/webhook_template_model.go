package dashboard

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/contenthash"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

type webhookTemplateModel struct {
	stored.ReceiptModel
	headersModel
	authenticationModel
	Name           types.String `tfsdk:"name"`
	HTTPMethod     types.String `tfsdk:"http_method"`
	DestinationURL types.String `tfsdk:"destination_url"`
}

func (m *webhookTemplateModel) Identity() types.String { return m.Name }

func (m *webhookTemplateModel) Plan(ctx context.Context, p stored.Planning[webhookTemplateModel], diags *diag.Diagnostics) {
	var headers *headersModel
	var authentication *authenticationModel
	if p.Prior != nil {
		headers, authentication = &p.Prior.headersModel, &p.Prior.authenticationModel
	}
	m.planHeaders(ctx, p.Config, headers, diags)
	m.planAuthentication(ctx, p.Config, authentication, diags)
	if values.Known(m.SecretHeaderNames) {
		m.checkHeaderNames(values.StringsOfList(ctx, m.SecretHeaderNames, diags), diags)
	}
	m.warnOfTokenURL(ctx, p.Connections, m.Name.ValueString(), diags)
	m.derive(ctx, diags)
	warnOfDestination(p.Connections, m.Name.ValueString(), m.DestinationURL.ValueString(), m.HTTPMethod, diags)
}

// derive fills in what follows from the declared attributes; what follows from an unknown one is unknown.
func (m *webhookTemplateModel) derive(ctx context.Context, diags *diag.Diagnostics) {
	if !values.Known(m.Name, m.HTTPMethod, m.DestinationURL) || !m.headersKnown() ||
		!values.Known(m.BasicAuth, m.OAuth2, m.LineOAuth2) {
		m.ContentSHA256 = types.StringUnknown()
		return
	}
	sum, err := contenthash.WebhookTemplate(m.Name.ValueString(), m.Content(ctx, diags))
	if err != nil {
		diags.AddError("The webhook template cannot be hashed", err.Error())
		return
	}
	m.ContentSHA256 = types.StringValue(sum)
}

// Content is the document's part that is kept in the template store.
func (m *webhookTemplateModel) Content(ctx context.Context, diags *diag.Diagnostics) templatestore.WebhookTemplate {
	content := templatestore.WebhookTemplate{
		HTTPMethod:           m.HTTPMethod.ValueString(),
		DestinationURL:       m.DestinationURL.ValueString(),
		Headers:              values.StringsOfMap(ctx, m.Headers, diags),
		SecretHeaders:        values.StringsOfList(ctx, m.SecretHeaderNames, diags),
		SecretHeadersVersion: m.SecretHeadersWOVersion.ValueInt64Pointer(),
		ContentSHA256:        m.ContentSHA256.ValueString(),
	}
	m.write(ctx, &content, diags)
	return content
}

// Refresh takes over what the template store holds.
func (m *webhookTemplateModel) Refresh(
	ctx context.Context, _ *connect.Connections, content *templatestore.WebhookTemplate, diags *diag.Diagnostics,
) {
	m.HTTPMethod = types.StringValue(content.HTTPMethod)
	m.DestinationURL = types.StringValue(content.DestinationURL)
	m.refreshHeaders(content.Headers, content.SecretHeaders, content.SecretHeadersVersion)
	m.refreshAuthentication(ctx, content, diags)
	m.ContentSHA256 = types.StringValue(content.ContentSHA256)
}
