package main

import (
	"strings"
	"testing"
)

func TestOpenAPI(t *testing.T) {
	t.Parallel()
	const document = `
components:
  schemas:
    PushMessageRequest:
      required: [messages]
      properties:
        messages: {type: array, minItems: 1, items: {$ref: "#/components/schemas/Message"}}
        silent: {$ref: "#/components/schemas/Silent"}
    Silent: {type: boolean, description: x}
    Unused: {type: object, properties: {a: {type: string}}}
    Message:
      type: object
      required: [type]
      properties: {type: {type: string}}
      discriminator: {propertyName: type, mapping: {text: "#/components/schemas/TextMessage"}}
    TextMessage:
      required: [text]
      allOf:
        - $ref: "#/components/schemas/Message"
        - properties:
            text: {type: string, maxLength: 5000, enum: [a, b]}
            again: {type: object, additionalProperties: {$ref: "#/components/schemas/Message"}}
`
	const want = `Message types=text:TextMessage
Message.type required string
PushMessageRequest.messages required array items(object=Message) minItems=1
PushMessageRequest.silent boolean
TextMessage.again object values(object=Message)
TextMessage.text required string enum=a,b maxLength=5000
TextMessage.type required string
`
	var table strings.Builder
	if err := run([]string{"openapi"}, strings.NewReader(document), &table); err != nil || table.String() != want {
		t.Errorf("got %s, %v", table.String(), err)
	}
	for document, want := range map[string]string{
		"":                          "read the document",
		"a":                         "read the document",
		"components: {schemas: {}}": `no schema "PushMessageRequest"`,
		strings.Replace(document, "Silent:", "Other:", 1):                                                                       `no schema "Silent"`,
		`components: {schemas: {PushMessageRequest: {allOf: [{$ref: "#/PushMessageRequest"}]}}}`:                                "extend each other",
		`components: {schemas: {PushMessageRequest: {properties: {a: {$ref: "#/A"}}}, A: {type: array, items: {$ref: "#/A"}}}}`: "in each other",
	} {
		if err := run([]string{"openapi"}, strings.NewReader(document), &table); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", document, err, want)
		}
	}
}

func TestReference(t *testing.T) {
	t.Parallel()
	const start, end = "<!-- parameter start (props: required) -->\n\n", "\n<!-- parameter end -->\n"
	document := "## Before\n" + start + "no" + end + "## Message objects\n### Text message \n" + start +
		"text\n\nString\n\nMessage text.\n\nMax character limit: 5,000\nMax: `40`" + end +
		"<!-- parameter start (props: annotation=\"*1\") -->\r\nvideo.x\r\n" + end + "## Rich menu structure\n" + start + "size" + end
	const want = "Text message: text required max=5000 max=40\nText message: video.x annotation=\"*1\"\n"
	var table strings.Builder
	if err := run([]string{"reference"}, strings.NewReader(document), &table); err != nil || table.String() != want {
		t.Errorf("got %s, %v", table.String(), err)
	}
	if err := run([]string{"reference"}, strings.NewReader("# Other\n"), &table); err == nil {
		t.Error("another page is read")
	}
	for _, args := range [][]string{nil, {"x"}, {"openapi", "a"}} {
		if err := run(args, strings.NewReader(""), &table); err == nil {
			t.Errorf("%q is taken", args)
		}
	}
}
