// Package personalization knows how CleverTap puts a user's values into a text: the Liquid tags of a webhook's custom
// body and the tokens of the dashboard's picker. It is pure: it reads no network, no file and no configuration.
package personalization

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/profileproperty"
)

// prohibitedInName are the characters that CleverTap refuses in the name of a property, and those that would end or begin
// a Liquid tag or a picker token.
const prohibitedInName = profileproperty.Prohibited + "{}@"

// prohibitedInDefault are the characters that would end the quoted default, or change on the way through JSON.
const prohibitedInDefault = `'"\{}`

// ProfileProperty is a property of a CleverTap user profile with the value that stands in for it when a profile has none.
type ProfileProperty struct {
	// Name is the property's name as CleverTap spells it; upper and lower case differ.
	Name string
	// Default is what a profile without the property gets.
	Default string
}

// Check says why the property cannot be written into a body, or nil. A property that passes is valid JSON inside a
// string both before and after CleverTap renders it.
func (p ProfileProperty) Check() error {
	if err := checkName(p.Name); err != nil {
		return fmt.Errorf("profile property %q: %w", p.Name, err)
	}
	if err := checkCharacters(p.Default, prohibitedInDefault); err != nil {
		return fmt.Errorf("default %q of profile property %q: %w", p.Default, p.Name, err)
	}
	return nil
}

// Liquid is the property as a Liquid output, for example {{ Profile.LineID | default: 'N.A' }}. Single quotes keep the
// JSON around it valid.
func (p ProfileProperty) Liquid() string {
	return "{{ Profile." + p.Name + " | default: '" + p.Default + "' }}"
}

// Picker is the property as CleverTap's editor shows it after a choice from its "@" menu, for example
// @Profile - LineID | default: "N.A". It is for a person to enter, not for a body: its quotes break the JSON.
func (p ProfileProperty) Picker() string {
	return "@Profile - " + p.Name + ` | default: "` + p.Default + `"`
}

func checkName(name string) error {
	switch profileproperty.FindFlaw(name) {
	case profileproperty.IsEmpty:
		return errors.New("the name is empty")
	case profileproperty.IsTooLong:
		return fmt.Errorf("the name has %d of at most %d characters", utf8.RuneCountInString(name), profileproperty.MaxNameLength)
	case profileproperty.HasOuterSpace:
		return errors.New("the name begins or ends with a space")
	}
	return checkCharacters(name, prohibitedInName)
}

func checkCharacters(text, prohibited string) error {
	if !utf8.ValidString(text) {
		return errors.New("it is not valid UTF-8")
	}
	for _, r := range text {
		if strings.ContainsRune(prohibited, r) {
			return fmt.Errorf("it contains %q, which is not allowed here", r)
		}
		if unicode.IsControl(r) {
			return fmt.Errorf("it contains the control character %U, which is not allowed here", r)
		}
	}
	return nil
}
