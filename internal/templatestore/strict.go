package templatestore

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

var conflictMarker = lazyregexp.New(`(?m)^(<{7}|={7}|>{7})( |\r?$)`)

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

// flawOf is a flaw of a part of a document. Its place is that of the key, for an object's member.
func flawOf(d *exactjson.Document, part exactjson.Value, what string) *flaw {
	if steps := stepsTo(d, part); len(steps) > 0 {
		what = strings.Join(steps, ".") + ": " + what
	}
	if d.IsMember(part) {
		return flawAt(d.Source(), d.KeyOffset(part), what)
	}
	return flawAt(d.Source(), d.Offset(part), what)
}

func stepsTo(d *exactjson.Document, part exactjson.Value) []string {
	var steps []string
	for around, ok := d.Parent(part); ok; around, ok = d.Parent(part) {
		step := d.Key
		if !d.IsMember(part) {
			step = func(element exactjson.Value) string { return strconv.Itoa(d.Index(element)) }
		}
		steps = append(steps, step(part))
		part = around
	}
	slices.Reverse(steps)
	return steps
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
	if broken := schemaFor(of).firstFlaw(d, exactjson.Root); broken != nil {
		return d, broken
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
	return flawOf(d, parts, fmt.Sprintf("there must be one part more than tags, and there are %d and %d",
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
		return flawOf(d, exactjson.Root, "it is not a JSON object")
	}
	if at, ok := d.Member(exactjson.Root, "schema_version"); ok && d.Kind(at) == exactjson.Number {
		if version, err := json.Number(d.Raw(at)).Int64(); err == nil && version > schemaVersion {
			return flawOf(d, at, fmt.Sprintf(
				"written by a newer version of the provider (this one knows schema_version %d)", schemaVersion))
		}
	}
	if found, ok := textOf(d, "kind"); ok && of != storeIdentity && found != string(of) {
		at, _ := d.Member(exactjson.Root, "kind")
		return flawOf(d, at, fmt.Sprintf("this is a document of the kind %q, and %q belong here", found, of))
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
