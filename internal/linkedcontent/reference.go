package linkedcontent

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// Reference is all that a body needs to know of the published messages that it reads. It does not change with their texts.
type Reference struct {
	// LinkedContent is the name of the API in CleverTap's dashboard.
	LinkedContent string `json:"linked_content"`
	// Name is that of the messages, or of what they are variants of: the body takes no others.
	Name string `json:"name"`
	// Variants says that Name is that of several variants, such as languages.
	Variants bool     `json:"variants,omitempty"`
	Shape    string   `json:"shape"`
	Tags     []string `json:"tags"`
	// TrackVersions has the body tell LINE which version it sends.
	TrackVersions bool `json:"track_versions,omitempty"`
	// Attributes is set for products of a catalog: the key under which CleverTap's API answers their attributes.
	Attributes string `json:"attributes,omitempty"`
}

var (
	// apiName is a name that Liquid can be written with, without quotes.
	apiName = lazyregexp.New(`^[A-Za-z_][A-Za-z0-9_]{0,99}$`)
	// messagesName is a name that is the same in a URL, a file, a campaign's mapping and a Liquid string.
	messagesName = lazyregexp.New(`^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}$`)
)

// CheckAPIName says what is wrong with the name of a Linked Content API. CleverTap allows more; these are written as
// Linked.name.
func CheckAPIName(name string) error {
	if !apiName.MatchString(name) {
		return fmt.Errorf("%q is no name for a Linked Content API that Liquid is written with: 1 to 100 letters, digits and "+
			"underscores, not beginning with a digit", name)
	}
	return nil
}

// CheckName says what is wrong with the name of linked messages.
func CheckName(name string) error {
	if !messagesName.MatchString(name) {
		return fmt.Errorf("%q is no name for linked messages, since it becomes part of a URL and of a campaign: 1 to 100 letters, "+
			"digits, underscores and hyphens, not beginning with a hyphen", name)
	}
	return nil
}

// String is the reference as one text, which [ParseReference] reads.
func (r Reference) String() string {
	if r.Tags == nil {
		r.Tags = []string{}
	}
	return encode(r)
}

// ParseReference reads what String writes, however that is spelled: Terraform generates configuration with jsonencode, which
// sorts keys and escapes more. It refuses all else.
func ParseReference(text string) (Reference, error) {
	var r Reference
	if err := json.Unmarshal([]byte(text), &r); err != nil || !sameJSON(text, r.String()) {
		return Reference{}, errors.New("it is not the reference of linked messages")
	}
	if err := CheckAPIName(r.LinkedContent); err != nil {
		return Reference{}, err
	}
	if err := CheckName(r.Name); err != nil {
		return Reference{}, err
	}
	if r.Shape != Shape(r.Tags) {
		return Reference{}, errors.New("its shape is not that of its tags: it was edited")
	}
	if r.Attributes != "" && !apiName.MatchString(r.Attributes) {
		return Reference{}, fmt.Errorf("%q is no key of attributes", r.Attributes)
	}
	return r, nil
}

func sameJSON(a, b string) bool {
	one, fault := exactjson.Parse(a)
	other, fault2 := exactjson.Parse(b)
	return fault == nil && fault2 == nil &&
		bytes.Equal(one.AppendCanonical(nil, exactjson.Root), other.AppendCanonical(nil, exactjson.Root))
}

// SameReference says whether two texts are the same reference, however they are spelled.
func SameReference(a, b string) bool {
	one, err := ParseReference(a)
	if err != nil {
		return false
	}
	other, err := ParseReference(b)
	return err == nil && one.String() == other.String()
}

// Envelope is what a body says besides its messages.
type Envelope struct {
	// To is a LINE id, or the Liquid output that renders to one.
	To string
	// NotificationDisabled is written when it is not nil.
	NotificationDisabled *bool
	// CustomAggregationUnits are written when they are not nil. A reference with TrackVersions takes none.
	CustomAggregationUnits []string
}

// Body is the text to paste into a campaign: a push body that takes its messages from Linked Content when it is sent. It
// guards itself. Where the fetch failed, where the campaign asks for other messages, and where the published ones have
// another Liquid, it ends in CleverTap's tag abort (docs.clevertap.com, "Liquid Tags - Use Cases"): nobody gets a wrong
// message.
func (r Reference) Body(e Envelope) (string, error) {
	if exactjson.CheckUTF8(e.To) != nil {
		return "", errors.New("to is not valid UTF-8")
	}
	if r.TrackVersions && e.CustomAggregationUnits != nil {
		return "", errors.New("versions are tracked by customAggregationUnits, so that there can be no others")
	}
	label := "Linked." + r.LinkedContent + "."
	values, name, part := label, "name", "parts[%d]"
	switch {
	case r.Attributes != "": // a product's name is what campaigns ask for, its identity that of the variant
		values, part = label+r.Attributes+".", "part%d"
	case r.Variants:
		name = "variant_of"
	}
	var b strings.Builder
	fmt.Fprintf(&b, `{%% if %s == "%s" and %sshape == "%s" %%}`, label+name, r.Name, values, r.Shape)
	b.WriteString(`{"to":`)
	b.Write(exactjson.AppendString(nil, e.To))
	b.WriteString(`,"messages":`)
	for i := range len(r.Tags) + 1 {
		fmt.Fprintf(&b, "{{ "+values+part+" }}", i)
		if i < len(r.Tags) {
			b.WriteString(r.Tags[i])
		}
	}
	if e.NotificationDisabled != nil {
		b.WriteString(`,"notificationDisabled":` + strconv.FormatBool(*e.NotificationDisabled))
	}
	if r.TrackVersions {
		b.WriteString(`,"customAggregationUnits":["{{ ` + values + `unit }}"]`)
	}
	if e.CustomAggregationUnits != nil {
		b.WriteString(`,"customAggregationUnits":` + encode(e.CustomAggregationUnits))
	}
	b.WriteString(`}{% else %}{% abort %}{% endif %}`)
	return b.String(), nil
}
