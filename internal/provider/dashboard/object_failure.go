package dashboard

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/wording"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// about is how messages speak of the objects of one resource.
type about struct {
	// typeName is the resource type without the provider's name, noun how messages call one, dialog where the dashboard
	// has it.
	typeName, noun, dialog string
}

// storeFailure turns an error of the template store into a diagnostic that says what to do next in Terraform's words.
func (o about) storeFailure(doing, name string, err error) diag.Diagnostic {
	summary := fmt.Sprintf("Cannot %s the %s %q", doing, o.noun, name)
	detail := err.Error()
	var failure *templatestore.Error
	if !errors.As(err, &failure) {
		return diag.NewErrorDiagnostic(summary, detail)
	}
	switch failure.Reason {
	case templatestore.NameTaken:
		detail += fmt.Sprintf("\n\nNothing is taken over silently. To manage the one that exists, add this block (with the address of "+
			"your resource) and plan again:\n\n  import {\n    to = clevertap_%s.%s\n    id = %s\n  }\n\nOr choose another name.",
			o.typeName, wording.ResourceLabel(name), wording.HCLString(name))
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
