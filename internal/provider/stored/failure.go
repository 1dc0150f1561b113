package stored

import (
	"errors"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/connect"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/templatestore"
)

// About is how messages speak of the objects of one resource, and where they are kept.
type About struct {
	// TypeName is the resource type without the provider's name, Noun how messages call one object.
	TypeName, Noun string
	// Published says that the objects are kept in the publish store, not in the template store.
	Published bool
}

// store is the store of the objects.
func (o About) store(c *connect.Connections) connect.Part[*templatestore.Store] {
	if o.Published {
		return c.PublishStore
	}
	return c.TemplateStore
}

// storeNoun is how messages call the store.
func (o About) storeNoun() string {
	if o.Published {
		return "publish store"
	}
	return "template store"
}

// storeFailure turns an error of the store into a diagnostic that says what to do next in Terraform's words.
func (o About) storeFailure(doing, name string, err error) diag.Diagnostic {
	summary := fmt.Sprintf("Cannot %s the %s %q", doing, o.Noun, name)
	detail := err.Error()
	var failure *templatestore.Error
	if !errors.As(err, &failure) {
		return diag.NewErrorDiagnostic(summary, detail)
	}
	switch failure.Reason {
	case templatestore.NameTaken:
		// The plan asks whether a name is free: what is left is what only the apply can know.
		detail += fmt.Sprintf("\n\nThe name is the object's identity, so that there cannot be two of it even for a moment. If it is replaced "+
			"with create_before_destroy, remove that setting. If a resource only has another address now, add a moved block. Otherwise "+
			"somebody created the %s after this plan was made: plan again.", o.Noun)
		return diag.NewAttributeErrorDiagnostic(path.Root("name"), summary, detail)
	case templatestore.Damaged:
		if o.Published {
			detail += "\n\nUntil it can be read, campaigns that ask for it send nothing. Remove the file, and the next apply publishes what is " +
				"declared."
		}
	case templatestore.Changed:
		detail += "\n\nSomebody changed it after this plan was made. Nothing was written. Plan again to see their change."
	}
	return diag.NewErrorDiagnostic(summary, detail)
}

// importReadsStore says, of a store that is not known yet, what needs it in a plan.
func (o About) importReadsStore() diag.Diagnostic {
	return diag.NewErrorDiagnostic("An import reads the "+o.storeNoun(), fmt.Sprintf("The import of a %s reads its document in the plan. "+
		"Apply what the store's settings come from first, and import then.", o.Noun))
}

func isReason(err error, reason templatestore.Reason) bool {
	var failure *templatestore.Error
	return errors.As(err, &failure) && failure.Reason == reason
}
