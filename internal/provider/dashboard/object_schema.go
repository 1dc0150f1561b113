package dashboard

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
)

// objectAttributes are those that every resource in the template store has: its name, and what is or is to be in the
// dashboard.
func objectAttributes(nameDescription, contentDescription string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"name": schema.StringAttribute{
			MarkdownDescription: nameDescription,
			Required:            true,
			Validators:          []validator.String{validators.PlainText()},
			PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		},
		"content_sha256": schema.StringAttribute{
			MarkdownDescription: contentDescription,
			Computed:            true,
		},
		"entered_sha256": schema.StringAttribute{
			MarkdownDescription: "The receipt: the `content_sha256` of what was last entered in CleverTap's dashboard. It is kept as it is " +
				"given and changes nothing but `entered`.",
			Optional: true,
			Validators: []validator.String{stringvalidator.RegexMatches(validators.SHA256Hex, "must be 64 lower-case hexadecimal digits, as "+
				"content_sha256 is")},
		},
		"entered": schema.BoolAttribute{
			MarkdownDescription: "Whether what is declared is what was last entered in the dashboard: `entered_sha256` equals `content_sha256`.",
			Computed:            true,
		},
	}
}

// entered compares the receipt with the declared content.
func entered(receipt, contentSHA256 types.String) types.Bool {
	if receipt.IsNull() {
		return types.BoolValue(false)
	}
	if receipt.IsUnknown() || contentSHA256.IsUnknown() {
		return types.BoolUnknown()
	}
	return types.BoolValue(receipt.Equal(contentSHA256))
}

// contentSHA256 hashes canonical JSON: no white space, sorted keys, nothing escaped that need not be. Raw parts must be
// canonical already.
func contentSHA256(content map[string]any) (string, error) {
	var canonical bytes.Buffer
	encoder := json.NewEncoder(&canonical)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(content); err != nil {
		return "", fmt.Errorf("hashing the content: %w", err)
	}
	sum := sha256.Sum256(bytes.TrimSuffix(canonical.Bytes(), []byte("\n")))
	return hex.EncodeToString(sum[:]), nil
}
