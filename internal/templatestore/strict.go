package templatestore

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

var conflictMarker = regexp.MustCompile(`(?m)^(<{7}|={7}|>{7})( |\r?$)`)

// flaw is what is wrong with a file, and where in it (from 1, columns in characters).
type flaw struct {
	line, column int
	what         string
}

func (f *flaw) Error() string { return f.what }

// places finds the parts of a JSON text: JSON pointer (RFC 6901) to byte offset, of the key for an object's member.
type places struct {
	data    []byte
	offsets map[string]int
}

func (p places) flaw(pointer, what string) *flaw {
	offset, known := p.offsets[pointer]
	for !known && pointer != "" {
		pointer = pointer[:strings.LastIndexByte(pointer, '/')]
		offset, known = p.offsets[pointer]
	}
	if pointer != "" {
		what = strings.NewReplacer("/", ".", "~1", "/", "~0", "~").Replace(pointer[1:]) + ": " + what
	}
	return flawAt(p.data, offset, what)
}

func flawAt(data []byte, offset int, what string) *flaw {
	before := data[:min(max(offset, 0), len(data))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return &flaw{
		line:   bytes.Count(before, []byte("\n")) + 1,
		column: utf8.RuneCount(before[start:]) + 1,
		what:   what,
	}
}

// readStrictly decodes a JSON text into target, refusing everything that would be lost or guessed. The schema is that of
// the kind.
func readStrictly(data []byte, of Kind, target any) (places, error) {
	if len(data) > MaxDocumentBytes {
		return places{}, flawAt(data, 0, fmt.Sprintf("it is larger than %d MB", MaxDocumentBytes>>20))
	}
	if at := invalidUTF8(data); at >= 0 {
		return places{}, flawAt(data, at, "invalid UTF-8")
	}
	if at := conflictMarker.FindIndex(data); at != nil {
		return places{}, flawAt(data, at[0], "unresolved merge conflict")
	}
	value, place, err := readValue(data)
	if err != nil {
		return place, err
	}
	if err := checkEnvelope(place, value, of); err != nil {
		return place, err
	}
	if err := schemaFor(of).Validate(value); err != nil {
		return place, schemaFlaw(place, err)
	}
	if err := json.Unmarshal(data, target); err != nil {
		var mistyped *json.UnmarshalTypeError
		if errors.As(err, &mistyped) {
			return place, flawAt(data, int(mistyped.Offset)-1, fmt.Sprintf("%s: unexpected %s", mistyped.Field, mistyped.Value))
		}
		return place, err
	}
	return place, nil
}

// invalidUTF8 finds the first byte that is no UTF-8, or -1.
func invalidUTF8(data []byte) int {
	for at, char := range string(data) {
		if _, size := utf8.DecodeRune(data[at:]); char == utf8.RuneError && size == 1 {
			return at
		}
	}
	return -1
}

// checkEnvelope comes before the schema, whose words about another version or kind would mislead.
func checkEnvelope(place places, value any, of Kind) error {
	object, ok := value.(map[string]any)
	if !ok {
		return place.flaw("", "it is not a JSON object")
	}
	if number, ok := object["schema_version"].(json.Number); ok {
		if version, err := number.Int64(); err == nil && version > schemaVersion {
			return place.flaw("/schema_version", fmt.Sprintf(
				"written by a newer version of the provider (this one knows schema_version %d)", schemaVersion))
		}
	}
	if found, ok := object["kind"].(string); ok && of != storeIdentity && found != string(of) {
		return place.flaw("/kind", fmt.Sprintf("this is a document of the kind %q, and %q belong here", found, of))
	}
	return nil
}

// schemaFlaw picks the first broken rule in the order of the file.
func schemaFlaw(place places, err error) error {
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		return err
	}
	var first *flaw
	var visit func(*jsonschema.ValidationError)
	visit = func(broken *jsonschema.ValidationError) {
		for _, cause := range broken.Causes {
			visit(cause)
		}
		if len(broken.Causes) > 0 {
			return
		}
		pointer := ""
		for _, segment := range broken.InstanceLocation {
			pointer += "/" + escapePointer(segment)
		}
		found := place.flaw(pointer, "")
		switch rule := broken.ErrorKind.(type) {
		case *kind.AdditionalProperties:
			found = place.flaw(pointer+"/"+escapePointer(rule.Properties[0]), "unknown field")
		case *kind.Required:
			found = place.flaw(pointer, fmt.Sprintf("%q is missing", rule.Missing[0]))
		case *kind.Type:
			found = place.flaw(pointer, fmt.Sprintf("%s where %s is expected", rule.Got, strings.Join(rule.Want, " or ")))
		default:
			found.what += "does not meet the rule " + strings.Join(rule.KeywordPath(), "/") + " of its JSON Schema"
		}
		if first == nil || found.line < first.line || found.line == first.line && found.column < first.column {
			first = found
		}
	}
	visit(invalid)
	return first
}

func escapePointer(segment string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(segment)
}
