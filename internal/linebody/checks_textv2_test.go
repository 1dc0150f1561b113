package linebody

import (
	"slices"
	"strings"
	"testing"
)

// TestTextV2Liquid shows which texts of a text message (v2) are read as Liquid, and which braces are LINE's.
func TestTextV2Liquid(t *testing.T) {
	t.Parallel()
	const clash = "warning text-v2-liquid messages[0].text"
	tests := map[string]struct {
		text string
		want []string
	}{
		"escaped key":            {"{{laugh}}", []string{clash}},
		"escaped text":           {"{{ not a key! }}", []string{clash}},
		"escaped and not closed": {"{{a", []string{clash}},
		"escapes are not measured as Liquid": {"{{" + strings.Repeat("x", 6000),
			[]string{"error text-length messages[0].text", clash}},
		"placeholder in escapes": {"{{{laugh}}}", []string{clash, "error text-v2-substitution messages[0].text"}},
		"no default":             {"{{ Profile.A }}", []string{clash, "warning liquid-default messages[0].text"}},
		"small letters":          {"{{ profile.a | default: 'x' }}", []string{clash, "error liquid-name messages[0].text"}},
		"unknown filter": {"{{ Name | shout }}", []string{clash, "error liquid-filter messages[0].text",
			"warning liquid-name messages[0].text",
			"warning liquid-default messages[0].text"}},
		"unknown tag":               {"{% capture a %}", []string{"error liquid-tag messages[0].text"}},
		"Liquid that is not closed": {"Hi {{ Profile.A", []string{clash, "error liquid-unbalanced messages[0].text"}},
		"stray brace beside Liquid": {"{{ Profile.A | default: 'x' }} }",
			[]string{clash, "error text-v2-braces messages[0].text"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := bodyTo(user, `{"type":"textV2","text":`+quoted(test.text)+`}`)
			got := listProblems(Validate([]byte(body)))
			slices.Sort(got)
			want := slices.Sorted(slices.Values(test.want))
			if !slices.Equal(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// TestSubstitutionOfAnotherKind: what is no object is told as that, and nothing is looked for in it.
func TestSubstitutionOfAnotherKind(t *testing.T) {
	t.Parallel()
	for _, given := range []string{`[{"a":1}]`, `"a"`, `7`, `[]`} {
		got := listProblems(Validate([]byte(bodyTo(user, `{"type":"textV2","text":"{a}","substitution":`+given+`}`))))
		want := []string{"error text-v2-substitution messages[0].text", "error wrong-json-type messages[0].substitution"}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", given, got, want)
		}
	}
}

// TestTypeOfUntypedObjects shows that "type" is unknown where no union reads it.
func TestTypeOfUntypedObjects(t *testing.T) {
	t.Parallel()
	for path, message := range map[string]string{
		"sender.type":              `{"type":"text","text":"a","sender":{"type":"x"}}`,
		"template.columns[0].type": template("carousel", `"columns":[{"type":"x","text":"a","actions":[`+oneAction+`]}]`),
		"baseSize.type": `{"type":"imagemap","baseUrl":"https://a.example","altText":"a",` +
			`"baseSize":{"type":"x","width":1040,"height":1040},"actions":[]}`,
		"actions[0].area.type": `{"type":"imagemap","baseUrl":"https://a.example","altText":"a",` +
			`"baseSize":{"width":1040,"height":1040},` +
			`"actions":[{"type":"message","text":"a","area":{"type":"x","x":0,"y":0,"width":1,"height":1}}]}`,
	} {
		got := listProblems(Validate([]byte(bodyTo(user, message))))
		if want := []string{"warning unknown-property messages[0]." + path}; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", message, got, want)
		}
	}
}
