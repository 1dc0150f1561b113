package validators

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/clevertap"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/line"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/profileproperty"
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
func PropertyName() validator.String {
	return Text("name of a custom profile property", func(value string) (summary, detail string) {
		if err := profileproperty.CheckName(value); err != nil {
			return "No name of a profile property", err.Error() + "."
		}
		return "", ""
	})
}

// ProfileIdentity checks an identity.
func ProfileIdentity() validator.String {
	return Text("identity of a CleverTap profile", func(value string) (summary, detail string) {
		if err := clevertap.CheckIdentity(value); err != nil {
			return "No identity of a profile", err.Error() + "."
		}
		return "", ""
	})
}
