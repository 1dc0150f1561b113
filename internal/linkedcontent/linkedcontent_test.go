package linkedcontent_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/linebody"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/linkedcontent"
)

func cut(t *testing.T, messages ...string) linkedcontent.Messages {
	t.Helper()
	cut, err := linkedcontent.Cut(linebody.ParseMessages(messages...))
	if err != nil {
		t.Fatal(err)
	}
	return cut
}

// These values are kept in documents, bodies and at LINE: they must never change.
func TestGolden(t *testing.T) {
	t.Parallel()
	got := cut(t, `{ "type": "text", "text": "Hello, {{ Profile.Name | default: 'there' }}! \u3053 😀 </script>" }`)
	want := linkedcontent.Messages{
		Parts:         []string{`[{"type":"text","text":"Hello, `, `! \u3053 \ud83d\ude00 </script>"}]`},
		Tags:          []string{`{{ Profile.Name | default: 'there' }}`},
		Shape:         "2d75dbc3",
		ContentSHA256: "58fbd00afd04a97ada148108a709db7656a1382a543050df9f55479668b238a7",
	}
	if !slices.Equal(got.Parts, want.Parts) || !slices.Equal(got.Tags, want.Tags) || got.Shape != want.Shape || got.ContentSHA256 != want.ContentSHA256 {
		t.Errorf("%+v, not %+v", got, want)
	}
	if unit := linkedcontent.VersionUnit("welcome", got.ContentSHA256); unit != "welcome_42213b59" {
		t.Errorf("the unit is %s", unit)
	}
	if text := got.Document("welcome"); text != `{"name":"welcome","shape":"2d75dbc3","parts":["[{\"type\":\"text\",\"text\":\"Hello, ","! \\u3053 \\ud83d\\ude00 </script>\"}]"],`+
		`"unit":"welcome_42213b59","content_sha256":"58fbd00afd04a97ada148108a709db7656a1382a543050df9f55479668b238a7"}` {
		t.Errorf("the document is\n%s", text)
	}
	reference := linkedcontent.Reference{LinkedContent: "line_messages", Name: "welcome", Shape: got.Shape, Tags: got.Tags}
	tracked, variants, catalog := reference, reference, reference
	tracked.TrackVersions, variants.Variants, catalog.Attributes = true, true, "attributes"
	quiet := true
	for _, test := range []struct {
		reference  linkedcontent.Reference
		envelope   linkedcontent.Envelope
		text, body string
	}{
		{
			reference, linkedcontent.Envelope{To: "{{ Profile.LineID | default: 'N.A' }}"},
			`{"linked_content":"line_messages","name":"welcome","shape":"2d75dbc3","tags":["{{ Profile.Name | default: 'there' }}"]}`,
			`{% if Linked.line_messages.name == "welcome" and Linked.line_messages.shape == "2d75dbc3" %}{"to":"{{ Profile.LineID | default: 'N.A' }}","messages":{{ Linked.line_messages.parts[0] }}{{ Profile.Name | default: 'there' }}{{ Linked.line_messages.parts[1] }}}{% else %}{% abort %}{% endif %}`,
		},
		{
			tracked, linkedcontent.Envelope{To: "U0", NotificationDisabled: &quiet},
			`{"linked_content":"line_messages","name":"welcome","shape":"2d75dbc3","tags":["{{ Profile.Name | default: 'there' }}"],"track_versions":true}`,
			`{% if Linked.line_messages.name == "welcome" and Linked.line_messages.shape == "2d75dbc3" %}{"to":"U0","messages":{{ Linked.line_messages.parts[0] }}{{ Profile.Name | default: 'there' }}{{ Linked.line_messages.parts[1] }},"notificationDisabled":true,"customAggregationUnits":["{{ Linked.line_messages.unit }}"]}{% else %}{% abort %}{% endif %}`,
		},
		{
			variants, linkedcontent.Envelope{To: "U0", CustomAggregationUnits: []string{"a", "b"}},
			`{"linked_content":"line_messages","name":"welcome","variants":true,"shape":"2d75dbc3","tags":["{{ Profile.Name | default: 'there' }}"]}`,
			`{% if Linked.line_messages.variant_of == "welcome" and Linked.line_messages.shape == "2d75dbc3" %}{"to":"U0","messages":{{ Linked.line_messages.parts[0] }}{{ Profile.Name | default: 'there' }}{{ Linked.line_messages.parts[1] }},"customAggregationUnits":["a","b"]}{% else %}{% abort %}{% endif %}`,
		},
		{
			catalog, linkedcontent.Envelope{To: "U0"},
			`{"linked_content":"line_messages","name":"welcome","shape":"2d75dbc3","tags":["{{ Profile.Name | default: 'there' }}"],"attributes":"attributes"}`,
			`{% if Linked.line_messages.name == "welcome" and Linked.line_messages.attributes.shape == "2d75dbc3" %}{"to":"U0","messages":{{ Linked.line_messages.attributes.part0 }}{{ Profile.Name | default: 'there' }}{{ Linked.line_messages.attributes.part1 }}}{% else %}{% abort %}{% endif %}`,
		},
	} {
		if text := test.reference.String(); text != test.text {
			t.Errorf("the reference is\n%s\nnot\n%s", text, test.text)
		}
		read, err := linkedcontent.ParseReference(test.reference.String())
		if err != nil || read.String() != test.reference.String() {
			t.Errorf("%s is read as %v, %v", test.text, read, err)
		}
		var members map[string]any
		if err := json.Unmarshal([]byte(test.text), &members); err != nil {
			t.Fatal(err)
		}
		respelled, err := json.MarshalIndent(members, "", " ") // sorted, and escaped as Terraform's jsonencode escapes
		if err != nil || !linkedcontent.SameReference(test.text, string(respelled)) {
			t.Errorf("%s is not read as %s, %v", respelled, test.text, err)
		}
		if body, err := read.Body(test.envelope); err != nil || body != test.body {
			t.Errorf("the body is %v\n%s\nnot\n%s", err, body, test.body)
		}
	}
}

// Texts move the content and nothing else; Liquid moves the shape.
func TestWhatMoves(t *testing.T) {
	t.Parallel()
	before := cut(t, `{"type":"text","text":"Hello {{ Profile.Name | default: 'you' }}"}`)
	spelled := cut(t, `{ "text" : "\u0048ello {{ Profile.Name | default: 'you' }}", "type" : "text" }`)
	text := cut(t, `{"type":"text","text":"Hallo {{ Profile.Name | default: 'you' }}"}`)
	more := cut(t, `{"type":"text","text":"Hello {{ Profile.Name | default: 'you' }}"}`, `{"type":"text","text":"More"}`)
	liquid := cut(t, `{"type":"text","text":"Hello {{ Profile.Name | default: 'all' }}"}`)
	none := cut(t, `{"type":"text","text":"Hello"}`)
	if spelled.ContentSHA256 != before.ContentSHA256 || spelled.Shape != before.Shape {
		t.Error("another spelling is another content")
	}
	if text.ContentSHA256 == before.ContentSHA256 || more.ContentSHA256 == before.ContentSHA256 {
		t.Error("another text is the same content")
	}
	if text.Shape != before.Shape || more.Shape != before.Shape {
		t.Error("another text is another shape")
	}
	if liquid.Shape == before.Shape || none.Shape == before.Shape || len(none.Parts) != 1 {
		t.Error("another Liquid is the same shape")
	}
}

func TestVersionUnit(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"welcome": "welcome_", "a-b c.d_e": "abcd_e_", "ようこそ": "_", "": "_",
		"abcdefghijklmnopqrstuvwxyz": "abcdefghijklmnopqrstu_",
	} {
		unit := linkedcontent.VersionUnit(name, "x")
		if len(unit) != len(want)+8 || !strings.HasPrefix(unit, want) || len(unit) > 30 {
			t.Errorf("the unit of %q is %q", name, unit)
		}
	}
	if linkedcontent.VersionUnit("a", "x")[2:] == linkedcontent.VersionUnit("b", "x")[2:] {
		t.Error("two names share their digits")
	}
}

// What was cut is put together again; what somebody edited is shown as it is.
func TestJoin(t *testing.T) {
	t.Parallel()
	messages := []string{`{"type":"text","text":"{% if a -%}  x{% else %}\n\"y\"{% endif %}"}`, `{"type":"text","text":"{{ b }}"}`}
	c := cut(t, messages...)
	if joined, ok := linkedcontent.Join(c.Parts, c.Tags); !ok || !slices.Equal(joined, messages) {
		t.Errorf("%q, %t", joined, ok)
	}
	for text, ok := range map[string]bool{
		`[{"a":1}]`: true, `[]`: false, `{}`: false, `["a"]`: false, `[{"a":1,"a":2}]`: false, `[{`: false, ``: false, `[{}] x`: false,
	} {
		joined, got := linkedcontent.Join([]string{text}, nil)
		if got != ok || !ok && !slices.Equal(joined, []string{text}) {
			t.Errorf("%s: %q, %t", text, joined, got)
		}
	}
	if joined, ok := linkedcontent.Join([]string{`[{"a":`, `}`, `]`}, []string{"1"}); !ok || joined[0] != `{"a":1}` {
		t.Errorf("of too few tags: %q, %t", joined, ok)
	}
	if joined, _ := linkedcontent.Join(nil, []string{"1"}); joined[0] != "" {
		t.Errorf("of no part: %q", joined)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, message := range []string{`{`, `"text"`, `{"text":"{{ x"}`, `{"text":"{% raw %}"}`, `{"a":1,"a":2}`} {
		if _, err := linkedcontent.Cut(linebody.ParseMessages(message)); err == nil {
			t.Errorf("%s is cut", message)
		}
	}
	good := linkedcontent.Reference{LinkedContent: "a", Name: "b", Shape: linkedcontent.Shape(nil)}.String()
	if _, err := linkedcontent.ParseReference(good); err != nil {
		t.Fatal(err)
	}
	if linkedcontent.SameReference(good, strings.Replace(good, `"a"`, `"A"`, 1)) || linkedcontent.SameReference("welcome", "welcome") {
		t.Error("another reference, or none, is the same")
	}
	for _, text := range []string{
		"", "welcome", "{}", good + good, strings.Replace(good, `"name"`, `"Name"`, 1), strings.Replace(good, `}`, `,"variants":false}`, 1), "[]", "null",
		strings.Replace(good, `"a"`, `"a b"`, 1), strings.Replace(good, `"a"`, `"1"`, 1), strings.Replace(good, `"b"`, `"b\" or 1"`, 1),
		strings.Replace(good, `[]`, `["{{ x }}"]`, 1), strings.Replace(good, `"shape":"`, `"shape":"0`, 1),
		strings.Replace(good, `{"linked`, `{"more":1,"linked`, 1), strings.Replace(good, `{"linked`, `{"name":"c","linked`, 1),
		strings.Replace(good, `}`, `,"attributes":"a.b"}`, 1),
	} {
		if read, err := linkedcontent.ParseReference(text); err == nil {
			t.Errorf("%s is read as %v", text, read)
		}
	}
	r, _ := linkedcontent.ParseReference(good)
	if _, err := r.Body(linkedcontent.Envelope{To: "\xff"}); err == nil {
		t.Error("a body is made of what is no text")
	}
	r.TrackVersions = true
	if _, err := r.Body(linkedcontent.Envelope{To: "x", CustomAggregationUnits: []string{"a"}}); err == nil {
		t.Error("a body has two units")
	}
}
