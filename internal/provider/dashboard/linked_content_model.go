package dashboard

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/contenthash"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/stored"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

type linkedContentModel struct {
	stored.ReceiptModel
	headersModel
	Name        types.String `tfsdk:"name"`
	HTTPMethod  types.String `tfsdk:"http_method"`
	EndpointURL types.String `tfsdk:"endpoint_url"`
	Parameters  types.List   `tfsdk:"parameters"`
}

func (m *linkedContentModel) Identity() types.String { return m.Name }

func (m *linkedContentModel) Plan(ctx context.Context, p stored.Planning[linkedContentModel], diags *diag.Diagnostics) {
	var before *headersModel
	if p.Prior != nil {
		before = &p.Prior.headersModel
	}
	m.planHeaders(ctx, p.Config, before, diags)
	m.Parameters = parametersOf(m.EndpointURL)
	m.derive(ctx, diags)
}

// parametersOf are those of an endpoint URL; none of one that somebody edited until it is none any more.
func parametersOf(endpointURL types.String) types.List {
	if endpointURL.IsUnknown() {
		return types.ListUnknown(types.StringType)
	}
	endpoint, _ := linkedcontent.ParseEndpoint(endpointURL.ValueString()) // what is configured was checked
	return values.StringList(endpoint.Parameters)
}

// derive fills in what follows from the declared attributes; what follows from an unknown one is unknown.
func (m *linkedContentModel) derive(ctx context.Context, diags *diag.Diagnostics) {
	if !values.Known(m.Name, m.HTTPMethod, m.EndpointURL) || !m.headersKnown() {
		m.ContentSHA256 = types.StringUnknown()
		return
	}
	sum, err := contenthash.LinkedContent(m.Name.ValueString(), m.Content(ctx, diags))
	if err != nil {
		diags.AddError("The Linked Content API cannot be hashed", err.Error())
		return
	}
	m.ContentSHA256 = types.StringValue(sum)
}

// Ask asks nobody: the URL is for CleverTap to read, from where it is.
func (m *linkedContentModel) Ask(context.Context, stored.Planning[linkedContentModel], *diag.Diagnostics) {
}

// Content is the document's part that is kept in the template store.
func (m *linkedContentModel) Content(ctx context.Context, diags *diag.Diagnostics) templatestore.LinkedContent {
	return templatestore.LinkedContent{
		HTTPMethod:           m.HTTPMethod.ValueString(),
		EndpointURL:          m.EndpointURL.ValueString(),
		Headers:              values.StringsOfMap(ctx, m.Headers, diags),
		SecretHeaders:        values.StringsOfList(ctx, m.SecretHeaderNames, diags),
		SecretHeadersVersion: m.SecretHeadersWOVersion.ValueInt64Pointer(),
		ContentSHA256:        m.ContentSHA256.ValueString(),
	}
}

// Refresh takes over what the template store holds.
func (m *linkedContentModel) Refresh(
	_ context.Context, _ *connect.Connections, content *templatestore.LinkedContent, _ *diag.Diagnostics,
) {
	m.HTTPMethod = types.StringValue(content.HTTPMethod)
	m.EndpointURL = types.StringValue(content.EndpointURL)
	m.Parameters = parametersOf(m.EndpointURL)
	m.refreshHeaders(content.Headers, content.SecretHeaders, content.SecretHeadersVersion)
	m.ContentSHA256 = types.StringValue(content.ContentSHA256)
}

func (m *linkedContentModel) PlanRemoval(
	_ context.Context, p stored.Planning[linkedContentModel], renamed types.String, diags *diag.Diagnostics,
) {
	linkedContents.remindToRemove(p.Connections, m.Name.ValueString(), renamed, diags)
}

func (m *linkedContentModel) Wrote(_ context.Context, w stored.Written[linkedContentModel], diags *diag.Diagnostics) {
	remindToEnter(linkedContents, w, m, diags)
}
