package linebody

import (
	"bytes"
	"encoding/json"
	"strings"
)

// SchemaURL is where the JSON Schema of messages is published, and its $id.
const SchemaURL = "https://raw.githubusercontent.com/clevertap-line/terraform-provider-clevertap/main/docs/schemas/line-messages.v1.json"

// JSONSchema writes the tables as a JSON Schema (draft 2020-12), for editors: of a push body, an array of messages, the
// container of a Flex Message or one message, told apart as clevertap-line check does.
//
// The schema accepts every text in which [Validate] finds no error, Liquid included. It refuses less: what a schema cannot say,
// such as lengths in grapheme clusters and rules between properties, is in descriptions and in "x-notes".
func JSONSchema() []byte {
	r := &renderer{all: lineRules(), definitions: node{}}
	container := union{prefix: "container ", what: "a container", of: []string{"bubble", "carousel"}}
	isContainer := typeIs(container.of...)
	isContainer["not"] = node{"required": []string{"columns"}} // a carousel that has them is a template
	isBody := node{"anyOf": []node{{"required": []string{"to"}}, {"required": []string{"messages"}}}}
	root := node{
		"$schema":     "https://json-schema.org/draft/2020-12/schema",
		"$id":         SchemaURL,
		"title":       "LINE messages",
		"description": "What a CleverTap campaign sends to LINE's push API, by LINE's reference of " + RulesDate,
		"if":          node{"type": "array"},
		"then":        messages{}.render(r),
		"else": node{
			"if":   isBody,
			"then": object(pushBody).render(r),
			"else": node{"if": isContainer, "then": container.render(r), "else": r.message()},
		},
	}
	root["$defs"] = r.definitions
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(root); err != nil {
		panic(err) // the tables are part of the program
	}
	return text.Bytes()
}

// node is a JSON Schema.
type node map[string]any

// notesKey is the keyword of what a schema cannot say.
const notesKey = "x-notes"

// renderer collects the definitions of a schema.
type renderer struct {
	all         *rules
	definitions node
}

// define gives the definition of a name, made when it is first asked for: it may ask for itself.
func (r *renderer) define(name string, render func() node) node {
	name = strings.ReplaceAll(name, " ", "-")
	if r.definitions[name] == nil {
		r.definitions[name] = node{}
		r.definitions[name] = render()
	}
	return node{"$ref": "#/$defs/" + name}
}

// conditional is a value whose rules depend on another property of its object.
type conditional interface {
	conditions(r *renderer, property string) []node
}

// table renders an object. kind is its "type", and empty if it has none.
func (r *renderer) table(s *schema, kind string) node {
	return r.define(s.name, func() node {
		rendered := node{"title": s.title, "type": "object"}
		properties, needed := node{}, []string{}
		var conditions []node
		if kind != "" {
			properties["type"], needed = node{"const": kind}, append(needed, "type")
		}
		for _, p := range s.properties {
			properties[p.name] = r.property(s, p)
			if p.need == required {
				needed = append(needed, p.name)
			}
			if depends, ok := p.value.(conditional); ok {
				conditions = append(conditions, depends.conditions(r, p.name)...)
			}
		}
		var said []string
		for _, check := range s.checks {
			said = append(said, check.note)
		}
		describe(rendered, s.source, said)
		rendered["properties"] = properties
		if len(needed) > 0 {
			rendered["required"] = needed
		}
		if len(conditions) > 0 {
			rendered["allOf"] = conditions
		}
		return rendered
	})
}

// property renders what an object's property may hold. One that may be missing may be null.
func (r *renderer) property(s *schema, p property) node {
	rendered := p.value.render(r)
	said, _ := rendered[notesKey].([]string)
	delete(rendered, notesKey)
	if p.need != required {
		rendered = node{"anyOf": []node{rendered, {"type": "null"}}}
	}
	source := s.source
	if p.source != "" {
		source = p.source
	}
	describe(rendered, source, said)
	return rendered
}

// describe adds where LINE says it, and what a schema cannot say: editors show descriptions, and not the notes.
func describe(rendered node, source string, said []string) {
	rendered["description"] = strings.Join(append(said[:len(said):len(said)], "LINE's reference: "+source), ". ")
	if len(said) > 0 {
		rendered[notesKey] = said
	}
}

// typeIs matches an object that has one of some types.
func typeIs(types ...string) node {
	return node{"required": []string{"type"}, "properties": node{"type": node{"enum": types}}}
}

// liquid matches a text of which nobody knows what users get.
func (r *renderer) liquid() node {
	return r.define("liquid", func() node {
		return node{"title": "a text with Liquid", "type": "string", "pattern": `\{\{|\{%`}
	})
}

// orLiquid is a text of a form, or one with Liquid.
func (r *renderer) orLiquid(forms ...node) node {
	return node{"type": "string", "anyOf": append(forms, r.liquid())}
}

func (o object) render(r *renderer) node { return r.table(r.all.tables[string(o)], "") }

// render writes which types there are, and then each type's table as the branch of a condition, so that an editor tells the faults
// of the type that is meant.
func (u union) render(r *renderer) node { return u.renderWith(r, nil) }

// renderWith adds to each branch what holds for all types.
func (u union) renderWith(r *renderer, all node) node {
	types := []node{{"enum": u.of}}
	if len(u.also) > 0 {
		types = append(types, node{"enum": u.also, "deprecated": true})
	}
	if u.open {
		types = append(types, node{"type": "string"})
	} else {
		types = append(types, r.liquid())
	}
	var branches []node
	for _, kinds := range [][]string{u.of, u.also} {
		for _, kind := range kinds {
			branch := r.table(r.all.tables[u.prefix+kind], kind)
			if all != nil { // not beside the reference: some editors read one of the two only
				branch = node{"allOf": []node{branch, all}}
			}
			branches = append(branches, node{"if": typeIs(kind), "then": branch})
		}
	}
	return node{
		"title": u.what, "type": "object", "required": []string{"type"},
		"properties": node{"type": node{"anyOf": types}}, "allOf": branches,
	}
}

func (r *renderer) message() node {
	return r.define("message", func() node { return r.all.messages.render(r) })
}

func (messages) render(r *renderer) node {
	return node{"type": "array", "minItems": leastMessages, "maxItems": mostMessages, "items": r.message()}
}

func (a action) render(r *renderer) node {
	return r.define("action in "+a.place.name, func() node {
		limit := most(a.place.labelMax, graphemes)
		label := node{"description": limit, notesKey: []string{limit}}
		all := node{"properties": node{"label": label}}
		if a.place.labelRequired {
			label["type"], label["minLength"] = "string", 1
			all["required"] = []string{"label"}
		}
		return a.union(r.all).renderWith(r, all)
	})
}

func (substitutions) render(r *renderer) node {
	return node{
		"type": "object", "maxProperties": mostSubstitutions,
		"propertyNames":        node{"pattern": substitutionKey.String()},
		"additionalProperties": r.define("substitution", func() node { return substitution.render(r) }),
	}
}

func (components) render(r *renderer) node {
	return node{"type": "array", "items": r.define("component", func() node { return r.all.inAnyBox.render(r) })}
}

// conditions tells which components a box of each layout takes.
func (components) conditions(r *renderer, property string) []node {
	of := func(name string, box union, layouts ...string) node {
		items := r.define(name, func() node { return box.render(r) })
		return node{
			"if":   node{"required": []string{"layout"}, "properties": node{"layout": node{"enum": layouts}}},
			"then": node{"properties": node{property: node{"items": items}}},
		}
	}
	return []node{
		of("component in a baseline box", r.all.baseline, "baseline"),
		of("component in another box", r.all.stacked, "horizontal", "vertical"),
	}
}
