package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// root is the object that a push request is.
const root = "PushMessageRequest"

// openAPI reads what the document says of the properties of each object of a push request.
func openAPI(document io.Reader) ([]string, error) {
	var read struct {
		Components struct{ Schemas map[string]*schema }
	}
	if err := yaml.NewDecoder(document).Decode(&read); err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	w := &walker{schemas: read.Components.Schemas, seen: map[string]bool{}}
	err := w.object(root)
	slices.Sort(w.lines)
	return w.lines, err
}

// schema is what is read of a schema.
type schema struct {
	Ref                  string `yaml:"$ref"`
	Type, Format         string
	Required             []string
	Properties           map[string]*schema
	AllOf                []*schema `yaml:"allOf"`
	Items                *schema
	AdditionalProperties *schema `yaml:"additionalProperties"`
	Enum                 []string
	Pattern              string
	MinLength            *int `yaml:"minLength"`
	MaxLength            *int `yaml:"maxLength"`
	MinItems             *int `yaml:"minItems"`
	MaxItems             *int `yaml:"maxItems"`
	Minimum, Maximum     *float64
	Discriminator        struct{ Mapping map[string]string }
}

// walker goes from an object to those in it.
type walker struct {
	schemas map[string]*schema
	seen    map[string]bool
	lines   []string
}

// named gives the schema that a reference leads to.
func (w *walker) named(ref string) (string, *schema, error) {
	name := ref[strings.LastIndexByte(ref, '/')+1:]
	s := w.schemas[name]
	if s == nil {
		return name, nil, fmt.Errorf("the document has no schema %q", name)
	}
	return name, s, nil
}

// object writes the lines of an object and of those that it leads to.
func (w *walker) object(ref string) error {
	name, s, err := w.named(ref)
	if err != nil || w.seen[name] {
		return err
	}
	w.seen[name] = true
	properties, required := map[string]*schema{}, map[string]bool{}
	if err := w.gather(s, properties, required, 0); err != nil {
		return err
	}
	for property, p := range properties {
		facts, err := w.facts(p, 0)
		if err != nil {
			return fmt.Errorf("%s.%s: %w", name, property, err)
		}
		if required[property] {
			facts = append([]string{"required"}, facts...)
		}
		w.lines = append(w.lines, name+"."+property+" "+strings.Join(facts, " "))
	}
	var kinds []string
	for kind, ref := range s.Discriminator.Mapping {
		of, _, err := w.named(ref)
		if err != nil {
			return err
		}
		kinds = append(kinds, kind+":"+of)
		if err := w.object(of); err != nil {
			return err
		}
	}
	if slices.Sort(kinds); len(kinds) > 0 {
		w.lines = append(w.lines, name+" types="+strings.Join(kinds, ","))
	}
	return nil
}

// deepest ends what refers to itself.
const deepest = 20

// gather collects an object's properties with those of the objects that it extends.
func (w *walker) gather(s *schema, properties map[string]*schema, required map[string]bool, depth int) (err error) {
	if depth > deepest {
		return fmt.Errorf("schemas extend each other more than %d deep", deepest)
	}
	for _, part := range s.AllOf {
		if part.Ref != "" {
			if _, part, err = w.named(part.Ref); err != nil {
				return err
			}
		}
		if err := w.gather(part, properties, required, depth+1); err != nil {
			return err
		}
	}
	for name, property := range s.Properties {
		properties[name] = property
	}
	for _, name := range s.Required {
		required[name] = true
	}
	return nil
}

// facts are what is said of a value, and go on to the objects in it.
func (w *walker) facts(s *schema, depth int) ([]string, error) {
	if depth > deepest {
		return nil, fmt.Errorf("values are in each other more than %d deep", deepest)
	}
	if s.Ref != "" {
		name, to, err := w.named(s.Ref)
		if err != nil {
			return nil, err
		}
		if to.Type == "object" || len(to.AllOf) > 0 || len(to.Properties) > 0 {
			return []string{"object=" + name}, w.object(name)
		}
		return w.facts(to, depth+1)
	}
	facts := []string{s.Type}
	for _, inside := range []struct {
		name string
		of   *schema
	}{{"items", s.Items}, {"values", s.AdditionalProperties}} {
		if inside.of == nil {
			continue
		}
		more, err := w.facts(inside.of, depth+1)
		if err != nil {
			return nil, err
		}
		facts = append(facts, inside.name+"("+strings.Join(more, " ")+")")
	}
	for name, value := range map[string]string{
		"format": s.Format, "pattern": s.Pattern, "enum": strings.Join(s.Enum, ","),
		"minLength": number(s.MinLength), "maxLength": number(s.MaxLength), "minItems": number(s.MinItems), "maxItems": number(s.MaxItems),
		"minimum": number(s.Minimum), "maximum": number(s.Maximum),
	} {
		if value != "" {
			facts = append(facts, name+"="+value)
		}
	}
	slices.Sort(facts[1:])
	return facts, nil
}

func number[N int | float64](n *N) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}
