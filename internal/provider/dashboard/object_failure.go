package dashboard

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// storeFailure turns an error of the template store into a diagnostic that says what to do next in Terraform's words.
func (r *object[C, M, P]) storeFailure(doing, name string, err error) diag.Diagnostic {
	summary := fmt.Sprintf("Cannot %s the %s %q", doing, r.noun, name)
	detail := err.Error()
	var failure *templatestore.Error
	if !errors.As(err, &failure) {
		return diag.NewErrorDiagnostic(summary, detail)
	}
	switch failure.Reason {
	case templatestore.NameTaken:
		detail += fmt.Sprintf("\n\nNothing is taken over silently. To manage the one that exists, add this block (with the address of "+
			"your resource) and plan again:\n\n  import {\n    to = clevertap_%s.%s\n    id = %s\n  }\n\nOr choose another name.",
			r.typeName, wording.ResourceLabel(name), wording.HCLString(name))
		return diag.NewAttributeErrorDiagnostic(path.Root("name"), summary, detail)
	case templatestore.Changed:
		detail += "\n\nSomebody changed it after this plan was made. Nothing was written. Plan again to see their change."
	}
	return diag.NewErrorDiagnostic(summary, detail)
}

func isNotFound(err error) bool {
	var failure *templatestore.Error
	return errors.As(err, &failure) && failure.Reason == templatestore.NotFound
}

// remind says what an apply does not do: change CleverTap's dashboard. Terraform merges warnings of one summary.
func (r *object[C, M, P]) remind(diags *diag.Diagnostics, detail string) {
	if r.Connections.DashboardReminders {
		diags.AddWarning("CleverTap's dashboard still has to be changed by hand", detail)
	}
}

func (r *object[C, M, P]) remindToEnter(diags *diag.Diagnostics, plan P) {
	if contentSHA256, entered := plan.receipt(); !entered {
		r.remind(diags, fmt.Sprintf("Enter the dialog_rows of the %s %q under %s, then set entered_sha256 = %q.", r.noun,
			plan.identity().ValueString(), r.dialog, contentSHA256.ValueString()))
	}
}
