// Package profileproperty knows the rules for the names of custom properties of CleverTap's user profiles, and which
// property holds a user's LINE ID where nobody says otherwise. It is pure: it reads no network, no file and no
// configuration.
package profileproperty

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// DefaultName is the property that holds a user's LINE ID in all bodies of CleverTap's guide ("LINE Messenger"). Its
	// text also spells it lineID; upper and lower case differ.
	DefaultName = "LineID"
	// DefaultRecipient is what that guide has stand in for the property where a profile lacks it. LINE answers 400 to it.
	DefaultRecipient = "N.A"
)

const (
	// MaxNameLength is the longest name, in characters (CleverTap, "Platform Considerations").
	MaxNameLength = 120
	// Prohibited are the characters that CleverTap refuses in a name ("Upload User Profiles API").
	Prohibited = `%><!|&.:;$'"\#`
)

// Flaw is a rule that a name breaks.
type Flaw int

// The rules, in the order in which [FindFlaw] looks at them. The first two and Prohibited are CleverTap's; what breaks
// the others is no name that anyone meant to give.
const (
	NoFlaw Flaw = iota
	IsEmpty
	IsTooLong
	IsNotUTF8
	HasOuterSpace
	HasControl
	HasProhibited
)

// FindFlaw returns the first rule that a name breaks.
func FindFlaw(name string) Flaw {
	switch {
	case name == "":
		return IsEmpty
	case utf8.RuneCountInString(name) > MaxNameLength:
		return IsTooLong
	case !utf8.ValidString(name):
		return IsNotUTF8
	case name != strings.TrimSpace(name):
		return HasOuterSpace
	case strings.ContainsFunc(name, unicode.IsControl):
		return HasControl
	case strings.ContainsAny(name, Prohibited):
		return HasProhibited
	}
	return NoFlaw
}

// CheckName says why CleverTap would not take the name of a property, or nil. A name has up to 120 characters, and none
// of % > < ! | & . : ; $ ' " \ #.
func CheckName(name string) error {
	switch FindFlaw(name) {
	case IsEmpty:
		return errors.New("the property name is empty")
	case IsTooLong:
		return fmt.Errorf("the property name %q… has %d characters; CleverTap takes up to %d",
			string([]rune(name)[:20]), utf8.RuneCountInString(name), MaxNameLength)
	case IsNotUTF8:
		return fmt.Errorf("the property name %q is not valid UTF-8", name)
	case HasOuterSpace:
		return fmt.Errorf("the property name %q begins or ends with a space", name)
	case HasControl:
		return fmt.Errorf("the property name %q has a control character", name)
	case HasProhibited:
		return fmt.Errorf("the property name %q has the character %q, which CleverTap does not take in names",
			name, name[strings.IndexAny(name, Prohibited)])
	}
	return nil
}
