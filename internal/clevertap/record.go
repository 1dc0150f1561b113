package clevertap

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/profileproperty"
)

// Limits of a profile ("Platform Considerations"; "API Errors" for the identity), in characters.
const (
	maxIdentity      = 1023
	maxPropertyValue = 512
)

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
		err := profileproperty.CheckName(name)
		if err == nil {
			err = CheckPropertyValue(value)
		}
		if err != nil {
			return fmt.Errorf("identity %q, property %q: %w", r.Identity, name, err)
		}
	}
	for _, name := range r.Delete {
		if err := profileproperty.CheckName(name); err != nil {
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
	case !utf8.ValidString(identity):
		return fmt.Errorf("the identity %q is not valid UTF-8", identity)
	case identity != strings.TrimSpace(identity):
		return fmt.Errorf("the identity %q begins or ends with a space", identity)
	case strings.ContainsFunc(identity, unicode.IsControl):
		return fmt.Errorf("the identity %q has a control character", identity)
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
