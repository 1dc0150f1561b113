package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

type webhookTemplateModel struct {
	Name                   types.String `tfsdk:"name"`
	HTTPMethod             types.String `tfsdk:"http_method"`
	DestinationURL         types.String `tfsdk:"destination_url"`
	Headers                types.Map    `tfsdk:"headers"`
	SecretHeadersWO        types.Map    `tfsdk:"secret_headers_wo"`
	SecretHeadersWOVersion types.Int64  `tfsdk:"secret_headers_wo_version"`
	SecretHeaderNames      types.List   `tfsdk:"secret_header_names"`
	ContentSHA256          types.String `tfsdk:"content_sha256"`
	EnteredSHA256          types.String `tfsdk:"entered_sha256"`
	Entered                types.Bool   `tfsdk:"entered"`
	DialogRows             types.List   `tfsdk:"dialog_rows"`
}

func (m *webhookTemplateModel) identity() types.String { return m.Name }

func (m *webhookTemplateModel) receipt() (contentSHA256 types.String, entered bool) {
	return m.ContentSHA256, m.Entered.ValueBool()
}

// secretHeaderNames are those of the write-only map, where it is given, and else those that state knows: a run without
// the secret at hand changes nothing.
func secretHeaderNames(given types.Map, prior types.List) types.List {
	switch {
	case given.IsUnknown():
		return types.ListUnknown(types.StringType)
	case !given.IsNull():
		return stringList(slices.Sorted(maps.Keys(given.Elements())))
	case prior.IsNull():
		return stringList(nil)
	}
	return prior
}

func (m *webhookTemplateModel) plan(ctx context.Context, config tfsdk.Config, prior *webhookTemplateModel, diags *diag.Diagnostics) {
	m.planSecretHeaders(secretHeadersOf(ctx, config, diags), prior, diags)
	m.derive(ctx, prior, diags)
}

// secretHeadersOf are in the configuration alone.
func secretHeadersOf(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) types.Map {
	var headers types.Map
	diags.Append(config.GetAttribute(ctx, path.Root("secret_headers_wo"), &headers)...)
	return headers
}

// planSecretHeaders decides on the names, and refuses a version that moves without a value to go with it.
func (m *webhookTemplateModel) planSecretHeaders(given types.Map, prior *webhookTemplateModel, diags *diag.Diagnostics) {
	if m.SecretHeadersWOVersion.IsNull() {
		m.SecretHeaderNames = secretHeaderNames(given, types.ListNull(types.StringType))
		return
	}
	var before webhookTemplateModel
	if prior != nil {
		before = *prior
	}
	// A lower version in the configuration is somebody's edit of the document, which the plan puts right without the value.
	moved := before.SecretHeadersWOVersion.IsNull() || m.SecretHeadersWOVersion.ValueInt64() > before.SecretHeadersWOVersion.ValueInt64()
	if given.IsNull() && moved && !m.SecretHeadersWOVersion.IsUnknown() {
		diags.AddAttributeError(path.Root("secret_headers_wo"), "The version of the secret headers moved without a value",
			fmt.Sprintf("secret_headers_wo_version is %d, which state does not know, but secret_headers_wo is null. Give the value (is the "+
				"ephemeral variable set in this run?), or leave the version as it was.", m.SecretHeadersWOVersion.ValueInt64()))
	}
	m.SecretHeaderNames = secretHeaderNames(given, before.SecretHeaderNames)
}

// derive fills in what follows from the declared attributes; what follows from an unknown one is unknown. prior is the
// resource in state, nil on create.
func (m *webhookTemplateModel) derive(ctx context.Context, prior *webhookTemplateModel, diags *diag.Diagnostics) {
	if !known(m.Name, m.HTTPMethod, m.DestinationURL, m.Headers, m.SecretHeadersWOVersion, m.SecretHeaderNames) {
		m.ContentSHA256, m.DialogRows = types.StringUnknown(), types.ListUnknown(types.StringType)
		m.Entered = entered(m.EnteredSHA256, m.ContentSHA256)
		return
	}
	headers, names := stringsOfMap(ctx, m.Headers, diags), stringsOfList(ctx, m.SecretHeaderNames, diags)
	if headers == nil {
		headers = map[string]string{} // none is none, however it is written
	}
	sum, err := contentSHA256(map[string]any{
		"name":                   m.Name.ValueString(),
		"http_method":            m.HTTPMethod.ValueString(),
		"destination_url":        m.DestinationURL.ValueString(),
		"headers":                headers,
		"secret_header_names":    names,
		"secret_headers_version": m.SecretHeadersWOVersion.ValueInt64Pointer(),
	})
	if err != nil {
		diags.AddError("The webhook template cannot be hashed", err.Error())
		return
	}
	m.ContentSHA256 = types.StringValue(sum)
	m.Entered = entered(m.EnteredSHA256, m.ContentSHA256)
	if prior != nil && prior.ContentSHA256.Equal(m.ContentSHA256) && !prior.DialogRows.IsNull() {
		// The same content keeps its rows: a provider that words them otherwise is no reason to plan a change.
		m.DialogRows = prior.DialogRows
		return
	}
	m.DialogRows = dialogRowsValue(m.dialogRows(headers, names))
}

// dialogRows follows the dialog of "Set Up Webhooks" and of the LINE guide, docs.clevertap.com.
func (m *webhookTemplateModel) dialogRows(headers map[string]string, secretNames []string) []dialogRow {
	rows := []dialogRow{
		{Field: "Open", Value: templateDialog + " > + Add Webhook"},
		{Field: "Name", Value: m.Name.ValueString(), Note: "exactly so: campaigns choose the template by its name"},
		{Field: "HTTP Method", Value: m.HTTPMethod.ValueString()},
		{Field: "Destination URL", Value: m.DestinationURL.ValueString()},
		{Field: "Authentication", Value: "No authentication", Note: "the token is in a header"},
	}
	if len(headers)+len(secretNames) > 0 {
		rows = append(rows, dialogRow{Field: "Header parameters", Value: "ON", Note: "one + Key-Value Pair for each header that follows"})
	}
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		rows = append(rows, dialogRow{Field: "Header " + name, Value: headers[name]})
	}
	for _, name := range secretNames {
		row := dialogRow{Field: "Header " + name, Value: "the secret value" + m.secretVersionText()}
		if strings.EqualFold(name, "Authorization") && isLine(m.DestinationURL.ValueString()) {
			row.Note = "Bearer, a space and a channel access token: a long-lived one, or one of v2.1, which ends after 30 days at the latest; " +
				"never a stateless token, which ends after 15 minutes"
		}
		rows = append(rows, row)
	}
	save := dialogRow{Field: "Create", Value: "click Create, or Save where it is called so"}
	save.Note = `CleverTap then posts a test payload with "is_test": true to the Destination URL and, by its guide, saves only if the answer is 200`
	if isLine(m.DestinationURL.ValueString()) {
		save.Note += "; LINE answers 400, since the payload holds no message: if CleverTap refuses to save, save with a URL that answers 200 and " +
			"change Destination URL afterwards"
	}
	return append(rows, save)
}

func (m *webhookTemplateModel) secretVersionText() string {
	if m.SecretHeadersWOVersion.IsNull() {
		return ""
	}
	return fmt.Sprintf(", version %d", m.SecretHeadersWOVersion.ValueInt64())
}

// content is the document's part that is kept in the template store.
func (m *webhookTemplateModel) content(ctx context.Context, diags *diag.Diagnostics) templatestore.WebhookTemplate {
	return templatestore.WebhookTemplate{
		HTTPMethod:           m.HTTPMethod.ValueString(),
		DestinationURL:       m.DestinationURL.ValueString(),
		Headers:              stringsOfMap(ctx, m.Headers, diags),
		SecretHeaders:        stringsOfList(ctx, m.SecretHeaderNames, diags),
		SecretHeadersVersion: m.SecretHeadersWOVersion.ValueInt64Pointer(),
		ContentSHA256:        m.ContentSHA256.ValueString(),
		EnteredSHA256:        m.EnteredSHA256.ValueStringPointer(),
	}
}

// refresh takes over what the template store holds. The dialog rows stay those of the declared content; in an import they
// are those of the document, unless it was edited by hand: then the plan makes them.
func (m *webhookTemplateModel) refresh(ctx context.Context, content *templatestore.WebhookTemplate, diags *diag.Diagnostics) {
	m.HTTPMethod = types.StringValue(content.HTTPMethod)
	m.DestinationURL = types.StringValue(content.DestinationURL)
	m.Headers = stringMap(content.Headers)
	m.SecretHeadersWO = types.MapNull(types.StringType)
	m.SecretHeadersWOVersion = types.Int64PointerValue(content.SecretHeadersVersion)
	m.SecretHeaderNames = stringList(content.SecretHeaders)
	m.ContentSHA256 = types.StringValue(content.ContentSHA256)
	m.EnteredSHA256 = types.StringPointerValue(content.EnteredSHA256)
	m.Entered = entered(m.EnteredSHA256, m.ContentSHA256)
	if m.DialogRows.IsNull() {
		derived := *m
		derived.derive(ctx, nil, diags)
		if derived.ContentSHA256.Equal(m.ContentSHA256) {
			m.DialogRows = derived.DialogRows
		}
	}
}
