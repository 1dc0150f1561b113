package dashboard

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/validators"
)

// objectAttributes are those that every resource in the template store has: its name, and what is or is to be in the
// dashboard.
func objectAttributes(nameDescription, contentDescription string) map[string]schema.Attribute {
	attributes := receiptAttributes(contentDescription)
	attributes["name"] = schema.StringAttribute{
		MarkdownDescription: nameDescription,
		Required:            true,
		Validators:          []validator.String{validators.PlainText()},
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
	return attributes
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
