package linkedcontent_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/campaigntest"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
)

// profile is whom the bodies are rendered for.
var profile = map[string]any{"LineID": "U1", "Name": "Mia 😀", "Plan": "gold", "Count": 3, "Items": []any{"a", "b"}}

// Whatever the messages and their Liquid are, what is sent through Linked Content means what the pasted body sends.
func TestLinkedMeansPasted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(message(), 1, 5).Draw(t, "messages")
		pasted, linked := sentBoth(t, texts)
		if !reflect.DeepEqual(pasted, linked) {
			t.Fatalf("pasted:\n%v\nlinked:\n%v", pasted, linked)
		}
	})
}

// What people are afraid of, one by one.
func TestLinkedMeansPastedOfFearedTexts(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"quotes":              `she said "hi" and 'bye'`,
		"backslashes":         `C:\new\table \\ \u0041`,
		"script":              `</script><!-- & -->`,
		"emoji":               "😀👩‍👩‍👧 \U0001F3F3",
		"line separators":     "a\u2028b\u2029c\u0085d\x7f",
		"braces":              `} }} %} {x} [[ ]] {"a":1}`,
		"brace before Liquid": `{ {{ Profile.Name }} }`,
		"a dash":              "a {{- Profile.Name -}} b\n{%- if Profile.Plan -%} c {%- endif -%} d",
		"raw":                 `{% raw %}{{ Profile.Name }}{% endraw %} {{ Profile.Name }}`,
		"comment":             `a{% comment %} {{ Profile.Name }} "{% endcomment %}b`,
		"case":                `{% case Profile.Plan %} x {% when 'gold' %}G{% when 'blue' %}B{% else %}E{% endcase %}`,
		"a loop":              `{% for item in Profile.Items %}<{{ item }}>{% endfor %}`,
		"a default":           `{{ Profile.Nothing | default: 'あ' }}`,
		"assign":              `{% assign x = 'y' %}{{ x }}`,
		"only Liquid":         `{{ Profile.Name }}`,
		"50 KB":               strings.Repeat("長い文 \"x\" ", 3000) + "{{ Profile.Name }}",
		"controls":            "\t\r\n\b\f\x01",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			encoded, err := json.Marshal(map[string]any{"type": "text", "text": text})
			if err != nil {
				t.Fatal(err)
			}
			pasted, linked := sentBoth(t, []string{string(encoded)})
			if pasted == nil || !reflect.DeepEqual(pasted, linked) {
				t.Errorf("pasted:\n%v\nlinked:\n%v", pasted, linked)
			}
		})
	}
}

// sentBoth renders messages pasted and linked, each as LINE would understand it.
func sentBoth(t rapid.TB, texts []string) (pasted, linked any) {
	t.Helper()
	messages := linebody.ParseMessages(texts...)
	body, err := linebody.Build(linebody.Body{To: "{{ Profile.LineID | default: 'N.A' }}", Messages: messages})
	if err != nil {
		t.Fatal(err)
	}
	cut, err := linkedcontent.Cut(messages)
	if err != nil {
		t.Fatal(err)
	}
	if restored, ok := linkedcontent.Join(cut.Parts, cut.Tags); !ok || !equalMessages(messages, linebody.ParseMessages(restored...)) {
		t.Fatalf("%q is put together as %q", texts, restored)
	}
	document := cut.Document("welcome")
	for _, b := range []byte(document) {
		if b >= 0x7f {
			t.Fatalf("the document %q is not ASCII", document)
		}
	}
	reference := linkedcontent.Reference{LinkedContent: "line_messages", Name: "welcome", Shape: cut.Shape, Tags: cut.Tags}
	linkedBody, err := reference.Body(linkedcontent.Envelope{To: "{{ Profile.LineID | default: 'N.A' }}"})
	if err != nil {
		t.Fatal(err)
	}
	labels, err := campaigntest.Labels([]byte(document))
	if err != nil {
		t.Fatal(err)
	}
	sent, errPasted := campaigntest.Render(body, profile, nil)
	sentLinked, errLinked := campaigntest.Render(linkedBody, profile, map[string]any{"line_messages": labels})
	if (errPasted == nil) != (errLinked == nil) || errors.Is(errLinked, campaigntest.ErrAborted) {
		t.Fatalf("the pasted body: %v, the linked one: %v\n%s", errPasted, errLinked, body)
	}
	return decoded(t, sent, errPasted), decoded(t, sentLinked, errLinked)
}

func decoded(t rapid.TB, text string, err error) any {
	t.Helper()
	if err != nil {
		return nil
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("what is sent is no JSON: %v\n%s", err, text)
	}
	return value
}

func equalMessages(a, b []linebody.Message) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !a[i].Equal(b[i]) {
			return false
		}
	}
	return true
}

// message is any JSON object, its texts with any Liquid.
func message() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		object := map[string]any{"type": "text"}
		for range rapid.IntRange(0, 3).Draw(t, "members") {
			object[plainText().Draw(t, "key")] = value(2).Draw(t, "value")
		}
		encoded, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		return string(encoded)
	})
}

func value(depth int) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		switch kind := rapid.IntRange(0, 7).Draw(t, "kind"); {
		case kind == 0:
			return rapid.Float64().Draw(t, "number")
		case kind == 1:
			return rapid.Bool().Draw(t, "truth")
		case kind == 2 && depth > 0:
			return rapid.SliceOfN(value(depth-1), 0, 3).Draw(t, "list")
		case kind == 3 && depth > 0:
			return rapid.MapOfN(plainText(), value(depth-1), 0, 3).Draw(t, "object")
		case kind == 4:
			return nil
		}
		return strings.Join(rapid.SliceOfN(rapid.OneOf(plainText(), liquid()), 0, 5).Draw(t, "text"), "")
	})
}

// plainText holds no Liquid, whatever stands beside it: its braces are closing ones.
func plainText() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringOfN(rapid.RuneFrom([]rune(" \t\n\"'\\/}%<>&-aZ0あ😀\u2028\u2029\x00\x1f\x7f\u00e9")), 0, 8, -1),
		rapid.SampledFrom([]string{"}}", "%}", `\u0041`, `\"`, "</script>", "default:", "| x", "&quot;"}),
	)
}

func liquid() *rapid.Generator[string] {
	return rapid.SampledFrom([]string{
		"{{ Profile.Name }}", "{{Profile.Name|default:'x'}}", "{{- Profile.Name -}}", "{{ Profile.Nothing | default: 'あ😀' }}",
		"{% if Profile.Plan == 'gold' %}yes{% else %}no{% endif %}", " {%- unless Profile.Plan -%} a {%- endunless -%} ",
		"{% case Profile.Plan %} {% when 'gold' %}G{% else %}E{% endcase %}", "{% raw %}{{ x }}{% endraw %}",
		"{% comment %}{{ y }}{% endcomment %}", "{% for i in Profile.Items %}{{ i }},{% endfor %}", "{% assign a = 'b' %}{{ a }}",
		"{% if Profile.Count > 2 %}{% if Profile.Nothing %}n{% elsif Profile.Plan %}p{% endif %}{% endif %}",
	})
}
