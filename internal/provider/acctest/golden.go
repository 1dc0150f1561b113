package acctest

import (
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Golden compares a text with a file under testdata. UPDATE_GOLDEN=1 writes the file instead: look at the difference then,
// for what users keep (state, documents, hashes) must not change by accident.
func Golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		WriteFile(t, file, got)
	}
	if want := ReadFile(t, file); got != want {
		t.Errorf("%s differs. It is\n%s\nand should be\n%s", file, got, want)
	}
}

// Plain is a value of Terraform's as encoding/json knows it.
func Plain(t *testing.T, value tftypes.Value) any {
	t.Helper()
	if !value.IsKnown() {
		return "(unknown)"
	}
	if value.IsNull() {
		return nil
	}
	as := func(target any) {
		t.Helper()
		if err := value.As(target); err != nil {
			t.Fatal(err)
		}
	}
	switch kind := value.Type(); {
	case kind.Is(tftypes.String):
		var text string
		as(&text)
		return text
	case kind.Is(tftypes.Bool):
		var flag bool
		as(&flag)
		return flag
	case kind.Is(tftypes.Number):
		var number big.Float
		as(&number)
		return json.Number(number.Text('f', -1))
	case kind.Is(tftypes.Map{}), kind.Is(tftypes.Object{}):
		var members map[string]tftypes.Value
		as(&members)
		object := map[string]any{}
		for name, member := range members {
			object[name] = Plain(t, member)
		}
		return object
	}
	var elements []tftypes.Value
	as(&elements)
	list := []any{}
	for _, element := range elements {
		list = append(list, Plain(t, element))
	}
	return list
}

// Indented is a value as JSON for a golden file.
func Indented(t *testing.T, value any) string {
	t.Helper()
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// Plain is a state as encoding/json knows it.
func (s *Server) Plain(typeName string, value *tfprotov6.DynamicValue) any {
	s.t.Helper()
	decoded, err := value.Unmarshal(s.Schemas.ResourceSchemas[typeName].ValueType())
	if err != nil {
		s.t.Fatal(err)
	}
	return Plain(s.t, decoded)
}
