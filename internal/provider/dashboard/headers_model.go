package dashboard

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/values"
)

// headersModel is what every object has whose requests CleverTap sends with headers, in plain sight and secret.
type headersModel struct {
	Headers                types.Map   `tfsdk:"headers"`
	SecretHeadersWO        types.Map   `tfsdk:"secret_headers_wo"`
	SecretHeadersWOVersion types.Int64 `tfsdk:"secret_headers_wo_version"`
	SecretHeaderNames      types.List  `tfsdk:"secret_header_names"`
}

// headerAttributes are the schema of a headersModel.
func headerAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"headers": schema.MapAttribute{
			MarkdownDescription: "Headers by name, in plain sight: they are kept in state and in the template store. `Authorization`, " +
				"`Cookie` and whatever looks like a credential is refused: it belongs in `secret_headers_wo`.",
			ElementType: types.StringType,
			Optional:    true,
			Validators:  []validator.Map{plainHeaders{}},
		},
		"secret_headers_wo": schema.MapAttribute{
			MarkdownDescription: "Secret headers by name, such as `Authorization`. The values are checked and dropped: neither state, plan " +
				"nor template store keeps them, only their names. Give them through an `ephemeral` variable or resource; any other variable is " +
				"in the plan file whatever a provider does.",
			ElementType: types.StringType,
			Optional:    true,
			Sensitive:   true,
			WriteOnly:   true,
		},
		"secret_headers_wo_version": schema.Int64Attribute{
			MarkdownDescription: "Version of the secret headers. Raise it with a new value: Terraform cannot see that by itself, and the " +
				"value has to be entered in the dashboard anew. Without a value the version may stay as it was; to have no secret headers any " +
				"more, remove it together with `secret_headers_wo`.",
			Optional:   true,
			Validators: []validator.Int64{int64validator.AtLeast(0)},
		},
		"secret_header_names": schema.ListAttribute{
			MarkdownDescription: "Names of the secret headers, sorted.",
			ElementType:         types.StringType,
			Computed:            true,
		},
	}
}

// secretHeadersOf are in the configuration alone.
func secretHeadersOf(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) types.Map {
	var headers types.Map
	diags.Append(config.GetAttribute(ctx, path.Root("secret_headers_wo"), &headers)...)
	return headers
}

// checkHeaders checks configured headers together, and the secret ones for the URL they are sent to: their values are seen nowhere
// else.
func (m *headersModel) checkHeaders(url string, diags *diag.Diagnostics) {
	if m.SecretHeadersWO.IsUnknown() {
		return
	}
	at := path.Root("secret_headers_wo")
	if !m.SecretHeadersWO.IsNull() && m.SecretHeadersWOVersion.IsNull() {
		diags.AddAttributeError(path.Root("secret_headers_wo_version"), "The secret headers have no version",
			"Terraform cannot see that a write-only value changed. Set secret_headers_wo_version = 1, and raise it with each new value.")
	}
	taken := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(m.Headers.Elements())) {
		if _, ok := taken[strings.ToLower(name)]; ok {
			diags.AddAttributeError(path.Root("headers"), "Header given twice", fmt.Sprintf("%q is in headers in another spelling, too: "+
				"the names of headers are the same in upper and lower case.", name))
		}
		taken[strings.ToLower(name)] = "headers"
	}
	secrets := m.SecretHeadersWO.Elements()
	for _, name := range slices.Sorted(maps.Keys(secrets)) {
		if other, ok := taken[strings.ToLower(name)]; ok {
			diags.AddAttributeError(at, "Header given twice", fmt.Sprintf("%q is in %s, too: the names of headers are the same "+
				"in upper and lower case.", name, other))
		}
		taken[strings.ToLower(name)] = "secret_headers_wo"
		value, ok := secrets[name].(types.String)
		if !ok || value.IsUnknown() {
			continue
		}
		if value.IsNull() {
			diags.AddAttributeError(at, "Secret header without a value", fmt.Sprintf("The value of %q is null.", name))
			continue
		}
		if fault := secretHeaderFault(name, value.ValueString(), url); fault != "" {
			diags.AddAttributeError(at, "Secret header of the wrong form", "In secret_headers_wo, "+fault+". The value is not shown.")
		}
	}
}

// planHeaders decides on the names of the secret headers, and refuses a version that moves without a value to go with it. prior are
// the headers in state, nil on create.
func (m *headersModel) planHeaders(ctx context.Context, config tfsdk.Config, prior *headersModel, diags *diag.Diagnostics) {
	if prior == nil {
		prior = &headersModel{}
	}
	given := secretHeadersOf(ctx, config, diags)
	m.SecretHeaderNames = planSecretHeaders(given, m.SecretHeadersWOVersion, prior.SecretHeadersWOVersion, prior.SecretHeaderNames, diags)
}

func planSecretHeaders(given types.Map, version, priorVersion types.Int64, priorNames types.List, diags *diag.Diagnostics) types.List {
	if version.IsNull() {
		return secretHeaderNames(given, types.ListNull(types.StringType))
	}
	if given.IsNull() && versionMoved(version, priorVersion) {
		diags.AddAttributeError(path.Root("secret_headers_wo"), "The version of the secret headers moved without a value",
			fmt.Sprintf("secret_headers_wo_version is %d, which state does not know, but secret_headers_wo is null. Give the value (is the "+
				"ephemeral variable set in this run?), or leave the version as it was.", version.ValueInt64()))
	}
	return secretHeaderNames(given, priorNames)
}

// secretHeaderNames are those of the write-only map, where it is given, and else those that state knows: a run without
// the secret at hand changes nothing.
func secretHeaderNames(given types.Map, prior types.List) types.List {
	switch {
	case given.IsUnknown():
		return types.ListUnknown(types.StringType)
	case !given.IsNull():
		return values.StringList(slices.Sorted(maps.Keys(given.Elements())))
	case prior.IsNull():
		return values.StringList(nil)
	}
	return prior
}

// headersKnown says whether all is known of which a hash is made.
func (m *headersModel) headersKnown() bool {
	return values.Known(m.Headers, m.SecretHeadersWOVersion, m.SecretHeaderNames)
}

// refreshHeaders takes over what the template store holds.
func (m *headersModel) refreshHeaders(headers map[string]string, secretNames []string, secretVersion *int64) {
	m.Headers = values.StringMap(headers)
	m.SecretHeadersWO = types.MapNull(types.StringType)
	m.SecretHeadersWOVersion = types.Int64PointerValue(secretVersion)
	m.SecretHeaderNames = values.StringList(secretNames)
}
