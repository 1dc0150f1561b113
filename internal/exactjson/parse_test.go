package exactjson

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFaults(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Fault{
		`[1e12345678901]`:               {Syntax, "the number's exponent has more than 9 digits", 1},
		`["\ud800"]`:                    {LoneSurrogate, `the escape \ud800 is half of a surrogate pair and stands for no character`, 2},
		"\xff":                          {InvalidUTF8, "byte 0xFF is not valid UTF-8", 0},
		"[\"\xff\"":                     {InvalidUTF8, "byte 0xFF is not valid UTF-8", 2},
		"[\"\ufffd\xc3\"]":              {InvalidUTF8, "byte 0xC3 is not valid UTF-8", 5},
		strings.Repeat("[", MaxDepth+1): {TooDeep, "arrays and objects are nested more than 256 deep", MaxDepth},
	} {
		if d, fault := Parse(text); d != nil || fault == nil || *fault != want {
			t.Errorf("%.40q: got %+v, want %+v", text, fault, want)
		}
	}
	for _, deep := range []string{
		strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth),
		strings.Repeat("[[],", MaxDepth-1) + "1" + strings.Repeat("]", MaxDepth-1),
		"[" + strings.Repeat("[],", MaxDepth) + "{}]",
		"[" + strings.Repeat("{},", MaxDepth) + "[]]",
	} {
		mustParse(t, deep)
	}
}

func TestParsed(t *testing.T) {
	before := Parsed()
	for _, text := range []string{"{}", "{", "[]"} {
		_, _ = Parse(text)
	}
	if got := Parsed() - before; got != 3 {
		t.Errorf("counted %d of 3 texts", got)
	}
}

// values draws any JSON value, in any spelling that Go's encoder does not have.
func values() *rapid.Generator[string] {
	space := rapid.SampledFrom([]string{"", " ", "\n\t", " \r\n"})
	scalar := rapid.OneOf(
		rapid.SampledFrom([]string{"true", "false", "null", `""`, `"\u0061"`, `"a"`, `"\ud83d\ude00"`, `"\/\b\f\n\r\t\"\\"`, `"{{ x }}"`}),
		rapid.StringMatching(`-?(0|[1-9][0-9]{0,24})(\.[0-9]{1,24})?([eE][+-]?[0-9]{1,4})?`),
		rapid.Map(rapid.String(), func(text string) string { return string(AppendString(nil, text)) }),
		rapid.Map(rapid.String(), func(text string) string {
			encoded, _ := json.Marshal(text)
			return string(encoded)
		}),
	)
	var inside func(depth int) *rapid.Generator[string]
	inside = func(depth int) *rapid.Generator[string] {
		if depth == 0 {
			return scalar
		}
		return rapid.Custom(func(t *rapid.T) string {
			pad := func() string { return space.Draw(t, "space") }
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				elements := rapid.SliceOfN(inside(depth-1), 0, 5).Draw(t, "elements")
				return "[" + pad() + strings.Join(elements, pad()+","+pad()) + pad() + "]"
			case 1:
				keys := rapid.SliceOfNDistinct(rapid.StringN(0, 3, -1), 0, 20, rapid.ID).Draw(t, "keys")
				members := make([]string, len(keys))
				for i, key := range keys {
					members[i] = string(AppendString(nil, key)) + pad() + ":" + pad() + inside(depth-1).Draw(t, "member")
				}
				return "{" + pad() + strings.Join(members, pad()+","+pad()) + pad() + "}"
			}
			return scalar.Draw(t, "scalar")
		})
	}
	return inside(4)
}

func TestWritersKeepTheValue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := values().Draw(t, "text")
		d, fault := Parse(text)
		if fault != nil {
			t.Fatalf("%+v", *fault)
		}
		var spelled bytes.Buffer
		if err := json.Compact(&spelled, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got := string(d.AppendSpelled(nil, Root)); got != spelled.String() {
			t.Fatalf("spelled %s, want %s", got, spelled.String())
		}
		compact := string(d.AppendCompact(nil, Root))
		if len(compact) != d.CompactLen(Root) {
			t.Fatalf("%s has %d bytes, not %d", compact, len(compact), d.CompactLen(Root))
		}
		canonical := string(d.AppendCanonical(nil, Root))
		for _, other := range []string{spelled.String(), compact, canonical} {
			again, fault := Parse(other)
			if fault != nil {
				t.Fatalf("%s: %+v", other, *fault)
			}
			if got := string(again.AppendCanonical(nil, Root)); got != canonical {
				t.Fatalf("%s has the canonical form %s, want %s", other, got, canonical)
			}
		}
		if got, want := decoded(t, canonical), decoded(t, text); got != want {
			t.Fatalf("the value %s became %s", want, got)
		}
	})
}

// decoded is a value as Go's encoder writes what its decoder reads, with numbers rounded.
func decoded(t *rapid.T, text string) string {
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		if strings.Contains(err.Error(), "float64") {
			return "beyond a float64"
		}
		t.Fatalf("%s: %v", text, err)
	}
	encoded, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(encoded), "-0", "0")
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{sample, "", "{", `{"a":1,"a":1}`, "[1e5,-0.0]", `"\ud800\udc00"`, `"\ud800"`, "\xff", "[[[]]]", "1 2", "01"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, fault := Parse(text)
		valid := json.Valid([]byte(text)) && utf8.ValidString(text)
		if fault != nil {
			if d != nil || fault.Offset < 0 || fault.Offset > len(text) || fault.Message == "" {
				t.Fatalf("%+v, %+v", d, *fault)
			}
			if valid && fault.Reason != TooDeep && fault.Reason != LoneSurrogate && !strings.Contains(fault.Message, "exponent") {
				t.Fatalf("JSON is refused: %+v", *fault)
			}
			return
		}
		if !valid {
			t.Fatal("what is no JSON was read")
		}
		for v := range Value(d.Len()) {
			if !json.Valid([]byte(d.Raw(v))) || d.Kind(v) == String && !utf8.ValidString(d.Text(v)) {
				t.Fatalf("value %d is %q", v, d.Raw(v))
			}
		}
		if canonical := d.AppendCanonical(nil, Root); !json.Valid(canonical) || d.CompactLen(Root) != len(d.AppendCompact(nil, Root)) {
			t.Fatalf("the canonical form is %s", canonical)
		}
	})
}
