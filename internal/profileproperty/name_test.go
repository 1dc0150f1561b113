package profileproperty_test

import (
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/profileproperty"
)

// The words are what users see, whole.
func TestCheckName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		profileproperty.DefaultName, "lineID", "Customer Type", "会員番号", "a", "{}@", "a\u00a0b", strings.Repeat("é", 120),
	} {
		if err := profileproperty.CheckName(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	bad := map[string]string{
		"": "the property name is empty",
		strings.Repeat("é", 121): `the property name "` + strings.Repeat("é", 20) +
			`"… has 121 characters; CleverTap takes up to 120`,
		"LineID ":      `the property name "LineID " begins or ends with a space`,
		"\u3000LineID": `the property name "\u3000LineID" begins or ends with a space`,
		"Line\nID":     `the property name "Line\nID" has a control character`,
		"Line\u0085ID": `the property name "Line\u0085ID" has a control character`,
		"Line\xff":     `the property name "Line\xff" is not valid UTF-8`,
		" \xff":        `the property name " \xff" is not valid UTF-8`,
		"世%<":          `the property name "世%<" has the character '%', which CleverTap does not take in names`,
		"a$\nb":        `the property name "a$\nb" has a control character`,
		strings.Repeat("\xff", 121): `the property name "` + strings.Repeat("\ufffd", 20) +
			`"… has 121 characters; CleverTap takes up to 120`,
	}
	for _, c := range `%><!|&.:;$'"\#` {
		bad["Line"+string(c)+"ID"] = " has the character "
	}
	for name, want := range bad {
		if err := profileproperty.CheckName(name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", name, err, want)
		}
	}
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	if profileproperty.DefaultName != "LineID" || profileproperty.DefaultRecipient != "N.A" {
		t.Errorf("%q and %q are in dashboards already", profileproperty.DefaultName, profileproperty.DefaultRecipient)
	}
}
