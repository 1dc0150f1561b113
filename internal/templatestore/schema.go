package templatestore

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/docs/schemas"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// schemaURL is where the schemas are published, and how their $id begins.
const schemaURL = "https://raw.githubusercontent.com/clevertap-line/terraform-provider-clevertap/main/docs/schemas/"

// storeIdentity stands for the file that is no document.
const storeIdentity Kind = ""

func schemaFile(of Kind) string {
	if _, receipts := of.ofObjects(); receipts {
		return "receipt.v1.json"
	}
	switch of {
	case WebhookTemplates:
		return "webhook-template.v1.json"
	case LineCampaignBodies:
		return "line-campaign-body.v1.json"
	case LinkedContents:
		return "linked-content.v1.json"
	case LinkedMessages:
		return "line-linked-messages.v1.json"
	}
	return "template-store.v1.json"
}

func schemaFor(of Kind) *schema { return parsedSchemas()[of] }

// parsedSchemas are parsed once, when first needed. The files are part of the binary: a panic is a broken build.
var parsedSchemas = sync.OnceValue(func() map[Kind]*schema {
	parsed := map[Kind]*schema{}
	for _, of := range append(allKinds(), storeIdentity) {
		text, err := schemas.Files.ReadFile(schemaFile(of))
		if err != nil {
			panic(err)
		}
		parsed[of] = new(schema)
		if err := json.Unmarshal(text, parsed[of]); err != nil {
			panic(fmt.Errorf("%s: %w", schemaFile(of), err))
		}
	}
	return parsed
})

// schema is one of docs/schemas, or a part of one: as much of JSON Schema as those of documents use. A library for all of it costs
// every start of the provider more than everything else in it, and has no places in the file.
type schema struct {
	Schema               string             `json:"$schema"`
	ID                   string             `json:"$id"`
	Title                string             `json:"title"`
	Description          string             `json:"description"`
	Type                 string             `json:"type"`
	Const                any                `json:"const"`
	Enum                 []any              `json:"enum"`
	MinLength            int                `json:"minLength"`
	Pattern              *regexp.Regexp     `json:"pattern"`
	MinItems             int                `json:"minItems"`
	Items                *schema            `json:"items"`
	Required             []string           `json:"required"`
	Properties           map[string]*schema `json:"properties"`
	AdditionalProperties *schema            `json:"additionalProperties"`

	isFalse bool
}

// UnmarshalJSON reads an object with known keywords alone, or false.
func (s *schema) UnmarshalJSON(text []byte) error {
	if string(text) == "false" {
		s.isFalse = true
		return nil
	}
	type keywords schema
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	decoder.UseNumber()
	return decoder.Decode((*keywords)(s))
}

// firstFlaw is the first broken rule in the order of the file, or nil.
func (s *schema) firstFlaw(d *exactjson.Document, v exactjson.Value) *flaw {
	if found := typeOf(d, v); s.Type != "" && s.Type != found && !(s.Type == "integer" && found == "number" && d.Number(v).IsWhole()) {
		return flawOf(d, v, fmt.Sprintf("%s where %s is expected", found, s.Type))
	}
	if keyword := s.brokenKeyword(d, v); keyword != "" {
		return flawOf(d, v, "does not meet the rule "+keyword+" of its JSON Schema")
	}
	switch d.Kind(v) {
	case exactjson.Object:
		return s.firstFlawOfMembers(d, v)
	case exactjson.Array:
		if s.Items == nil {
			return nil
		}
		for element := range d.Children(v) {
			if broken := s.Items.firstFlaw(d, element); broken != nil {
				return broken
			}
		}
	}
	return nil
}

func (s *schema) brokenKeyword(d *exactjson.Document, v exactjson.Value) string {
	kind := d.Kind(v)
	switch {
	case s.Const != nil && !isScalar(d, v, s.Const):
		return "const"
	case s.Enum != nil && !slices.ContainsFunc(s.Enum, func(one any) bool { return isScalar(d, v, one) }):
		return "enum"
	case kind == exactjson.String && utf8.RuneCountInString(d.Text(v)) < s.MinLength:
		return "minLength"
	case kind == exactjson.String && s.Pattern != nil && !s.Pattern.MatchString(d.Text(v)):
		return "pattern"
	case kind == exactjson.Array && d.Count(v) < s.MinItems:
		return "minItems"
	}
	return ""
}

func (s *schema) firstFlawOfMembers(d *exactjson.Document, object exactjson.Value) *flaw {
	for _, name := range s.Required {
		if _, ok := d.Member(object, name); !ok {
			return flawOf(d, object, fmt.Sprintf("%q is missing", name))
		}
	}
	for member := range d.Children(object) {
		of, known := s.Properties[d.Key(member)]
		if !known {
			of = s.AdditionalProperties
		}
		if of == nil {
			continue
		}
		if of.isFalse {
			return flawOf(d, member, "unknown field")
		}
		if broken := of.firstFlaw(d, member); broken != nil {
			return broken
		}
	}
	return nil
}

// typeOf is what JSON Schema calls the kind of a value.
func typeOf(d *exactjson.Document, v exactjson.Value) string {
	switch d.Kind(v) {
	case exactjson.Object:
		return "object"
	case exactjson.Array:
		return "array"
	case exactjson.String:
		return "string"
	case exactjson.Number:
		return "number"
	case exactjson.Null:
		return "null"
	default:
		return "boolean"
	}
}

// isScalar compares a value with a text or a number of a schema.
func isScalar(d *exactjson.Document, v exactjson.Value, scalar any) bool {
	switch want := scalar.(type) {
	case string:
		return d.Kind(v) == exactjson.String && d.Text(v) == want
	case json.Number:
		return d.Kind(v) == exactjson.Number && d.Number(v).Compare(exactjson.ParseDecimal(want.String())) == 0
	default:
		return false
	}
}
