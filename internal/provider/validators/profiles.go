package validators

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
)

// LineIDFault says what is wrong with an entry. It leaves out the LINE ID, which may come from a sensitive variable.
func LineIDFault(identity string, lineID types.String) string {
	if err := clevertap.CheckIdentity(identity); err != nil {
		return err.Error()
	}
	switch {
	case lineID.IsUnknown():
		return ""
	case lineID.IsNull():
		return fmt.Sprintf("The identity %q has no LINE ID; leave out those without one", identity)
	}
	if _, err := line.ParseUserID(lineID.ValueString()); err != nil {
		return fmt.Sprintf("What the identity %q has is no LINE user ID, which is U and 32 lower-case hexadecimal digits", identity)
	}
	return ""
}

// PropertyName checks the name of a custom profile property.
type PropertyName struct{}

func (PropertyName) Description(context.Context) string { return "name of a custom profile property" }

func (v PropertyName) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (PropertyName) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := clevertap.CheckPropertyName(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "No name of a profile property", err.Error()+".")
	}
}

// ProfileIdentity checks an identity.
type ProfileIdentity struct{}

func (ProfileIdentity) Description(context.Context) string { return "identity of a CleverTap profile" }

func (v ProfileIdentity) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (ProfileIdentity) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if err := clevertap.CheckIdentity(req.ConfigValue.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "No identity of a profile", err.Error()+".")
	}
}
