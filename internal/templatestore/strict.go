package templatestore

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

var conflictMarker = regexp.MustCompile(`(?m)^(<{7}|={7}|>{7})( |\r?$)`)

// byteOrderMark is what some editors write before a text in UTF-8.
const byteOrderMark = "\ufeff"

// flaw is what is wrong with a file, and where in it (from 1, columns in characters).
type flaw struct {
	line, column int
	what         string
}

func (f *flaw) Error() string { return f.what }

func flawAt(text string, offset int, what string) *flaw {
	line, column := exactjson.Position(text, offset)
	return &flaw{line: line, column: column, what: what}
}

// flawIn is a flaw of the part of a document that the steps lead to. Its place is that of the key, for an object's member.
func flawIn(d *exactjson.Document, steps []string, what string) *flaw {
	if len(steps) > 0 {
		what = strings.Join(steps, ".") + ": " + what
	}
	part, _ := d.At(exactjson.Root, steps...)
	if d.IsMember(part) {
		return flawAt(d.Source(), d.KeyOffset(part), what)
	}
	return flawAt(d.Source(), d.Offset(part), what)
}

// parseStrictly reads a document of a kind and refuses everything that would be lost or guessed.
func parseStrictly(data []byte, of Kind) (*exactjson.Document, error) {
	text := string(data)
	if len(text) > MaxDocumentBytes {
		return nil, flawAt(text, 0, fmt.Sprintf("it is larger than %d MB", MaxDocumentBytes>>20))
	}
	d, fault := exactjson.Parse(text)
	if fault != nil {
		return nil, unreadable(text, fault)
	}
	if repeated := d.Duplicates(); len(repeated) > 0 {
		first := slices.Min(repeated)
		return d, flawAt(text, d.KeyOffset(first), fmt.Sprintf("the key %q is there twice", d.Key(first)))
	}
	if err := checkEnvelope(d, of); err != nil {
		return d, err
	}
	if err := schemaFor(of).Validate(valueOf(d, exactjson.Root)); err != nil {
		return d, schemaFlaw(d, err)
	}
	if of.Live() {
		return d, checkParts(d)
	}
	return d, nil
}

// checkParts wants what no schema can say: as many parts as tags cut a text into.
func checkParts(d *exactjson.Document) error {
	parts, _ := d.Member(exactjson.Root, "parts")
	tags, _ := d.Member(exactjson.Root, "tags")
	if d.Count(parts) == d.Count(tags)+1 {
		return nil
	}
	return flawIn(d, []string{"parts"}, fmt.Sprintf("there must be one part more than tags, and there are %d and %d",
		d.Count(parts), d.Count(tags)))
}

// decode fills in a Go value from a document that parseStrictly let pass.
func decode(d *exactjson.Document, target any) error {
	err := json.Unmarshal([]byte(d.Source()), target)
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		field := strings.TrimPrefix(mistyped.Field, "envelope.") // a Go struct, and no part of the file
		return flawAt(d.Source(), int(mistyped.Offset)-1, fmt.Sprintf("%s: unexpected %s", field, mistyped.Value))
	}
	return err
}

// unreadable says why a text is no JSON, first of all what made it so.
func unreadable(text string, fault *exactjson.Fault) *flaw {
	if fault.Reason == exactjson.InvalidUTF8 {
		return flawAt(text, fault.Offset, "invalid UTF-8")
	}
	if at := conflictMarker.FindStringIndex(text); at != nil {
		return flawAt(text, at[0], "unresolved merge conflict")
	}
	what := fault.Message
	if strings.HasPrefix(text, byteOrderMark) {
		what += ": save the file again as UTF-8 without a byte order mark (editors call it BOM or signature)"
	}
	if fault.Reason == exactjson.Syntax || fault.Reason == exactjson.TrailingData {
		what = "not JSON: " + what
	}
	return flawAt(text, fault.Offset, what)
}

// checkEnvelope comes before the schema, whose words about another version or kind would mislead.
func checkEnvelope(d *exactjson.Document, of Kind) error {
	if d.Kind(exactjson.Root) != exactjson.Object {
		return flawIn(d, nil, "it is not a JSON object")
	}
	if at, ok := d.Member(exactjson.Root, "schema_version"); ok && d.Kind(at) == exactjson.Number {
		if version, err := json.Number(d.Raw(at)).Int64(); err == nil && version > schemaVersion {
			return flawIn(d, []string{"schema_version"}, fmt.Sprintf(
				"written by a newer version of the provider (this one knows schema_version %d)", schemaVersion))
		}
	}
	if found, ok := textOf(d, "kind"); ok && of != storeIdentity && found != string(of) {
		return flawIn(d, []string{"kind"}, fmt.Sprintf("this is a document of the kind %q, and %q belong here", found, of))
	}
	return nil
}

// textOf is the text of a document's outermost member, if that is a string.
func textOf(d *exactjson.Document, key string) (string, bool) {
	at, ok := d.At(exactjson.Root, key)
	if !ok || d.Kind(at) != exactjson.String {
		return "", false
	}
	return d.Text(at), true
}

// valueOf is a part of a document as the schema wants it.
func valueOf(d *exactjson.Document, part exactjson.Value) any {
	switch d.Kind(part) {
	case exactjson.Object:
		object := make(map[string]any, d.Count(part))
		for member := range d.Children(part) {
			object[d.Key(member)] = valueOf(d, member)
		}
		return object
	case exactjson.Array:
		array := make([]any, 0, d.Count(part))
		for element := range d.Children(part) {
			array = append(array, valueOf(d, element))
		}
		return array
	case exactjson.String:
		return d.Text(part)
	case exactjson.Number:
		return numberOf(d.Number(part))
	case exactjson.True:
		return true
	case exactjson.False:
		return false
	default:
		return nil
	}
}

// numberOf is a number as the schema wants it. Of one with more digits than any field can hold, the schema sees another
// that no field can hold, for it does arithmetic with all of them.
func numberOf(number exactjson.Decimal) json.Number {
	const most = 40
	exact := number.Append(nil)
	switch {
	case len(exact) <= most:
		return json.Number(exact)
	case number.IsWhole():
		return "1e40"
	default:
		return "1e-40"
	}
}

// schemaFlaw picks the first broken rule in the order of the file.
func schemaFlaw(d *exactjson.Document, err error) error {
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return err
	}
	var first []string
	var rule jsonschema.ErrorKind
	note := func(steps []string, broken jsonschema.ErrorKind) {
		if rule == nil || precedes(d, steps, first) {
			first, rule = steps, broken
		}
	}
	var visit func(*jsonschema.ValidationError)
	visit = func(broken *jsonschema.ValidationError) {
		for _, cause := range broken.Causes {
			visit(cause)
		}
		unknown, ok := broken.ErrorKind.(*kind.AdditionalProperties)
		switch {
		case len(broken.Causes) > 0:
		case ok:
			for _, name := range unknown.Properties {
				note(append(slices.Clip(broken.InstanceLocation), name), unknown)
			}
		default:
			note(broken.InstanceLocation, broken.ErrorKind)
		}
	}
	visit(invalid)
	var what string
	switch rule := rule.(type) {
	case *kind.AdditionalProperties:
		what = "unknown field"
	case *kind.Required:
		what = fmt.Sprintf("%q is missing", rule.Missing[0])
	case *kind.Type:
		what = fmt.Sprintf("%s where %s is expected", rule.Got, strings.Join(rule.Want, " or "))
	default:
		what = "does not meet the rule " + strings.Join(rule.KeywordPath(), "/") + " of its JSON Schema"
	}
	return flawIn(d, first, what)
}

// precedes says whether the steps lead to a part that comes before another's. Elements are not looked up, for of a long
// list each may break a rule.
func precedes(d *exactjson.Document, steps, others []string) bool {
	around := exactjson.Root
	for i := range min(len(steps), len(others)) {
		one, other := steps[i], others[i]
		switch {
		case one == other:
			around, _ = d.At(around, one)
		case d.Kind(around) == exactjson.Array:
			return cmp.Or(cmp.Compare(len(one), len(other)), cmp.Compare(one, other)) < 0
		default:
			member, _ := d.Member(around, one)
			another, _ := d.Member(around, other)
			return member < another
		}
	}
	return len(steps) < len(others)
}
