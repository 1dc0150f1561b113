package templatestore

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// TestSchemasJudgeAsALibraryDoes changes every part of the golden documents in every way, and compares what is found of them with what a
// library for all of JSON Schema finds.
func TestSchemasJudgeAsALibraryDoes(t *testing.T) {
	t.Parallel()
	judged, refused := map[Kind]int{}, 0
	err := filepath.WalkDir("testdata/golden", func(file string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".json") {
			return err
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(string(text)))
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		for _, of := range append(allKinds(), storeIdentity) {
			library, err := jsonschema.NewCompiler().Compile("../../docs/schemas/" + schemaFile(of))
			if err != nil {
				return err
			}
			for changed := range changes(value) {
				text, err := json.Marshal(changed)
				if err != nil {
					return err
				}
				d, fault := exactjson.Parse(string(text))
				if fault != nil {
					t.Fatalf("%s: %v", text, fault)
				}
				want, got := library.Validate(changed), schemaFor(of).firstFlaw(d, exactjson.Root)
				if (want == nil) != (got == nil) {
					t.Errorf("%s: the library finds %v and we find %v in %s", schemaFile(of), want, got, text)
				}
				judged[of]++
				if want != nil {
					refused++
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d refused of %v", refused, judged)
	if len(judged) != len(allKinds())+1 || refused == 0 {
		t.Errorf("%d refused of %v", refused, judged)
	}
}

// A keyword that the schemas had and nobody judged by would be a rule that other programs keep alone.
func TestSchemasHaveNoOtherKeyword(t *testing.T) {
	t.Parallel()
	if err := json.Unmarshal([]byte(`{"properties": {"a": {"maxLength": 1}}}`), new(schema)); err == nil {
		t.Error("maxLength was read and means nothing")
	}
}

// changes are a value itself, and all values that differ from it in one place.
func changes(value any) func(yield func(any) bool) {
	return func(yield func(any) bool) {
		others := []any{value, nil, true, json.Number("1"), json.Number("1.0"), json.Number("1.5"), json.Number("-7e30"), "", "é", "x",
			[]any{}, []any{"a"}, []any{json.Number("1")}, map[string]any{}, map[string]any{"a": "b"}, map[string]any{"a": json.Number("2")}}
		for _, other := range others {
			if !yield(other) {
				return
			}
		}
		switch value := value.(type) {
		case map[string]any:
			for key, member := range value {
				without := maps.Clone(value)
				delete(without, key)
				if !yield(without) {
					return
				}
				with := maps.Clone(value)
				for changed := range changes(member) {
					with[key] = changed
					if !yield(with) {
						return
					}
				}
			}
			with := maps.Clone(value)
			with["unheard"] = "of"
			yield(with)
		case []any:
			for i, element := range value {
				with := append([]any(nil), value...)
				for changed := range changes(element) {
					with[i] = changed
					if !yield(with) {
						return
					}
				}
			}
			yield(append(append([]any(nil), value...), strconv.Itoa(len(value))))
		}
	}
}
