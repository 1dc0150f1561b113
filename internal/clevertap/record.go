package clevertap

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a profile ("Platform Considerations"; "API Errors" for the identity), in characters.
const (
	maxIdentity      = 1023
	maxPropertyName  = 120
	maxPropertyValue = 512
)

// prohibitedInName are the characters that the name of a property may not have ("Upload User Profiles API").
const prohibitedInName = `%><!|&.:;$'"\#`

// isJunk knows the identities that CleverTap names as ones that stand for nobody ("API Errors"). It refuses more; what
// those are is not documented.
func isJunk(identity string) bool {
	return slices.ContainsFunc([]string{"null", "na", "0", "-1", "undefined"}, func(junk string) bool {
		return strings.EqualFold(identity, junk)
	})
}

// Record is what one profile is to become. Properties that it does not name stay as they are. A profile that does not
// exist is created.
type Record struct {
	// Identity is the identity by which CleverTap knows the user.
	Identity string
	// Set gives properties a new value, by name.
	Set map[string]string
	// Delete names properties to remove from the profile; one that it does not have is no error.
	Delete []string
}

// Check says why CleverTap would not take the record, or would take it for another, or nil.
func (r Record) Check() error {
	if err := CheckIdentity(r.Identity); err != nil {
		return err
	}
	if len(r.Set) == 0 && len(r.Delete) == 0 {
		return fmt.Errorf("identity %q: no property to set or delete", r.Identity)
	}
	for name, value := range r.Set {
		err := CheckPropertyName(name)
		if err == nil {
			err = CheckPropertyValue(value)
		}
		if err != nil {
			return fmt.Errorf("identity %q, property %q: %w", r.Identity, name, err)
		}
	}
	for _, name := range r.Delete {
		if err := CheckPropertyName(name); err != nil {
			return fmt.Errorf("identity %q: %w", r.Identity, err)
		}
		if _, both := r.Set[name]; both {
			return fmt.Errorf("identity %q: property %q is both set and deleted", r.Identity, name)
		}
	}
	return nil
}

// appendJSON appends the record as it is sent. It is written by hand, because encoding/json takes more time for a batch
// than all else does together.
func (r Record) appendJSON(b []byte) []byte {
	b = append(b, `{"identity":`...)
	b = appendText(b, r.Identity)
	b = append(b, `,"type":"profile","profileData":{`...)
	for name, value := range r.Set {
		b = appendText(b, name)
		b = append(b, ':')
		b = appendText(b, value)
		b = append(b, ',')
	}
	for _, name := range r.Delete {
		b = appendText(b, name)
		b = append(b, `:{"$delete":1},`...) // "Upload User Profiles API"
	}
	return append(b[:len(b)-1], "}}"...) // there is a property, and a comma after it
}

func appendText(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, _ := json.Marshal(text) // a text always can be
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, text...)
	return append(b, '"')
}

// CheckIdentity says why CleverTap would not take an identity, or nil. An identity has fewer than 1,024 characters and
// is not one of the words that stand for a missing value.
func CheckIdentity(identity string) error {
	switch length := utf8.RuneCountInString(identity); {
	case identity == "":
		return errors.New("the identity is empty")
	case length > maxIdentity:
		return fmt.Errorf("the identity %q… has %d characters; CleverTap takes up to %d",
			string([]rune(identity)[:20]), length, maxIdentity)
	case isJunk(identity):
		return fmt.Errorf("the identity is %q, which CleverTap refuses, because it stands for a missing value", identity)
	}
	if err := checkText(identity); err != nil {
		return fmt.Errorf("the identity %q %w", identity, err)
	}
	return nil
}

// CheckPropertyName says why CleverTap would not take the name of a custom profile property, or nil. A name has up to
// 120 characters, and none of % > < ! | & . : ; $ ' " \ #.
func CheckPropertyName(name string) error {
	switch length := utf8.RuneCountInString(name); {
	case name == "":
		return errors.New("the property name is empty")
	case length > maxPropertyName:
		return fmt.Errorf("the property name %q… has %d characters; CleverTap takes up to %d",
			string([]rune(name)[:20]), length, maxPropertyName)
	}
	if err := checkText(name); err != nil {
		return fmt.Errorf("the property name %q %w", name, err)
	}
	if at := strings.IndexAny(name, prohibitedInName); at >= 0 {
		return fmt.Errorf("the property name %q has the character %q, which CleverTap does not take in names", name, name[at])
	}
	return nil
}

// CheckPropertyValue says why CleverTap would not take a text as the value of a property, or nil. A value has up to 512
// characters. The error does not repeat the value.
func CheckPropertyValue(value string) error {
	switch length := utf8.RuneCountInString(value); {
	case value == "":
		return errors.New("the value is empty; to remove a property, delete it")
	case length > maxPropertyValue:
		return fmt.Errorf("the value has %d characters; CleverTap takes up to %d", length, maxPropertyValue)
	case !utf8.ValidString(value):
		return errors.New("the value is not valid UTF-8")
	}
	return nil
}

// checkText finds what is no part of a name that anyone meant to give.
func checkText(text string) error {
	switch {
	case !utf8.ValidString(text):
		return errors.New("is not valid UTF-8")
	case text != strings.TrimSpace(text):
		return errors.New("begins or ends with a space")
	case strings.ContainsFunc(text, unicode.IsControl):
		return errors.New("has a control character")
	}
	return nil
}
