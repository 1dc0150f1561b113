package linebody

import (
	"errors"
	"fmt"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/profileproperty"
)

// Recipient is who receives a body: the LINE ID in a profile property, or a fixed one. nil is what is not said.
type Recipient struct {
	// ProfileProperty is profileproperty.DefaultName unless said otherwise; Default, which stands in for it on profiles
	// that lack it, profileproperty.DefaultRecipient.
	ProfileProperty, Default *string
	// ID is a fixed LINE user, group or room id, in place of the other two.
	ID *string
}

// Property is the profile property of a recipient that is no fixed id.
func (r Recipient) Property() personalization.ProfileProperty {
	property := personalization.ProfileProperty{Name: profileproperty.DefaultName, Default: profileproperty.DefaultRecipient}
	if r.ProfileProperty != nil {
		property.Name = *r.ProfileProperty
	}
	if r.Default != nil {
		property.Default = *r.Default
	}
	return property
}

// Text is the value of "to" in the body.
func (r Recipient) Text() string {
	if r.ID != nil {
		return *r.ID
	}
	return r.Property().Liquid()
}

// Check says what keeps a recipient from being written into a body, or nil.
func (r Recipient) Check() error {
	for _, part := range []struct {
		name  string
		value *string
	}{{"id", r.ID}, {"profile_property", r.ProfileProperty}} {
		if part.value == nil {
			continue
		}
		if property, ok := personalization.ReadProfileProperty(*part.value); ok {
			return fmt.Errorf("%s is %q, which is how CleverTap writes a property; write profile_property = %q%s", part.name, *part.value,
				property.Name, defaultAdvice(property.Default))
		}
	}
	if r.ID == nil {
		return r.Property().Check()
	}
	if r.ProfileProperty != nil || r.Default != nil {
		return errors.New("give either id, or profile_property with its default")
	}
	return nil
}

func defaultAdvice(byDefault string) string {
	if byDefault == "" {
		return ""
	}
	return fmt.Sprintf(" and default = %q", byDefault)
}
