package linebody

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestSchemaNeverRefusesMore: whatever is done to a body, the schema takes it if the check finds no error in it.
func TestSchemaNeverRefusesMore(t *testing.T) {
	t.Parallel()
	schema := compiledSchema(t)
	bodies := sampleBodies(t)
	texts := []string{
		"", "a", "0", "7", "none", "md", "10px", "-10px", "0px", "50%", "1.5px", "#aabbcc", "#aabbccdd", "https://example.com", "HTTP://a.example",
		"tel:1", "mailto:a@example.com", "myapp://a", "line://a", "{url}", "{{ Profile.A | default: 'a' }}", "{{ Profile.A | default: '' }}",
		"{% if Profile.A %}a{% else %}b{% endif %}", "vertical", "baseline", "spacer", "text", "textv3", "postback", "1:3", "90deg", "100%",
	}
	values := []string{
		"null", "true", "false", "0", "1", "-1", "1.5", "1e3", "1040", "2147483647", "2147483648", "[]", "{}", "[null]",
		`{"type":"filler"}`, `{"type":"spacer","size":"md"}`,
	}
	for _, text := range texts {
		values = append(values, quoted(text))
	}
	taken := 0
	rapid.Check(t, func(t *rapid.T) {
		var body any
		if err := json.Unmarshal([]byte(rapid.SampledFrom(bodies).Draw(t, "body")), &body); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			body = changed(t, body, values)
		}
		text, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range Validate(text) {
			if problem.Severity == Error {
				return
			}
		}
		taken++
		var again any
		if err := json.Unmarshal(text, &again); err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(again); err != nil {
			t.Fatalf("%s\nis refused: %v", text, err)
		}
	})
	if taken == 0 {
		t.Error("no body was without error")
	}
}

// changed puts another value somewhere into a value, or takes something out.
func changed(t *rapid.T, value any, values []string) any {
	if rapid.IntRange(0, 7).Draw(t, "here") == 0 {
		return another(t, values)
	}
	switch value := value.(type) {
	case map[string]any:
		if len(value) == 0 {
			return value
		}
		key := rapid.SampledFrom(slices.Sorted(maps.Keys(value))).Draw(t, "key")
		if rapid.IntRange(0, 9).Draw(t, "without") == 0 {
			delete(value, key)
		} else {
			value[key] = changed(t, value[key], values)
		}
		return value
	case []any:
		if len(value) == 0 {
			return value
		}
		at := rapid.IntRange(0, len(value)-1).Draw(t, "element")
		value[at] = changed(t, value[at], values)
		return value
	}
	return another(t, values)
}

// another is one of some JSON texts, as a value that nothing else has.
func another(t *rapid.T, values []string) (value any) {
	if err := json.Unmarshal([]byte(rapid.SampledFrom(values).Draw(t, "value")), &value); err != nil {
		t.Fatal(err)
	}
	return value
}
