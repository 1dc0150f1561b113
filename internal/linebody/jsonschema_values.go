package linebody

import (
	"fmt"
	"math"
	"strings"
	"unicode"
)

// most is the note of a length that a schema does not count, since it counts code points.
func most(length int, in unit) string { return fmt.Sprintf("At most %d %s", length, in) }

func (t text) render(r *renderer) node {
	form, notes := node{}, []string(nil)
	if t.min > 0 && t.empty == Error {
		form["minLength"] = t.min
	}
	if t.max > 0 {
		notes = append(notes, most(t.max, t.unit)+t.remark)
		if t.unit == codeUnits && t.over == Error { // which are no fewer than code points
			form["maxLength"] = t.max
		}
	}
	if t.pattern != nil {
		notes = append(notes, "Only "+t.pattern.shown)
		form["pattern"] = "^[" + inClass.Replace(t.pattern.allowed) + "]*$"
	}
	rendered := node{"type": "string"}
	if len(form) > 0 {
		rendered = r.orLiquid(form)
	}
	if len(notes) > 0 {
		rendered[notesKey] = notes
	}
	return rendered
}

// inClass escapes what has a meaning between the brackets of a pattern.
var inClass = strings.NewReplacer(`\`, `\\`, "[", `\[`, "]", `\]`, "^", `\^`, "-", `\-`)

func (t titledText) render(r *renderer) node {
	rendered := text{unit: graphemes, min: 1, max: t.alone}.render(r)
	rendered[notesKey] = append(rendered[notesKey].([]string), most(t.titled, graphemes)+" beside an image or a title")
	return rendered
}

func (label) render(*renderer) node { return node{"type": "string"} }

func (recipientID) render(*renderer) node {
	return node{"type": "string", "minLength": 1, notesKey: []string{"A LINE user, group or room id, or Liquid that becomes one"}}
}

func (userID) render(r *renderer) node { return r.orLiquid(node{"pattern": "^U[0-9a-f]{32}$"}) }

func (flag) render(*renderer) node { return node{"type": "boolean"} }

func (w whole) render(*renderer) node {
	number := node{"type": "integer", "minimum": w.min}
	if w.max == 0 {
		number["maximum"] = math.MaxInt32
	}
	switch {
	case w.only != 0:
		return node{"const": w.only}
	case w.asString == Warning:
		return node{"anyOf": []node{number, {"type": "string", "pattern": "^[0-9]+$", "deprecated": true}}}
	}
	return number
}

func (g degrees) render(*renderer) node {
	return node{"type": "number", notesKey: []string{fmt.Sprintf("From -%d to %d degrees", g.most, g.most)}}
}

func (o choice) render(r *renderer) node {
	if o.severity == Warning {
		return node{"type": "string", "anyOf": []node{{"enum": o.words}, {"type": "string"}}}
	}
	return r.orLiquid(node{"enum": o.words})
}

func (l list) render(r *renderer) node {
	rendered := node{"type": "array", "items": l.of.render(r)}
	if l.min > 0 {
		rendered["minItems"] = l.min
	}
	if l.max > 0 {
		rendered["maxItems"] = l.max
	}
	return rendered
}

// render leaves to the check what follows the scheme, and the schemes of which it warns.
func (a address) render(r *renderer) node {
	schemes := a.schemes
	if a.mail {
		schemes = append(schemes[:len(schemes):len(schemes)], "mailto")
	}
	var forms []string
	for _, scheme := range schemes {
		forms = append(forms, caseless(scheme))
	}
	pattern := "^((" + strings.Join(forms, "|") + `):|\{)` // a brace is a sample's placeholder
	if a.others == Warning {
		pattern = `^([A-Za-z][A-Za-z0-9+.-]*:|\{)`
	}
	rendered := r.orLiquid(node{"minLength": 1, "maxLength": a.max, "pattern": pattern})
	rendered[notesKey] = []string{"A URL with one of the schemes " + a.shown(), "Percent-encoded", most(a.max, codeUnits)}
	return rendered
}

func (baseURL) render(r *renderer) node {
	rendered := mediaURL().render(r)
	rendered[notesKey] = append(rendered[notesKey].([]string), "Without the width and the extension, which LINE adds")
	return rendered
}

// caseless is a pattern of a word in upper and lower case.
func caseless(word string) string {
	var pattern strings.Builder
	for _, r := range word {
		fmt.Fprintf(&pattern, "[%c%c]", r, unicode.ToUpper(r))
	}
	return pattern.String()
}

const decimal = `[0-9]+(\.[0-9]+)?`

func (k color) render(r *renderer) node {
	pattern := "^#[0-9a-fA-F]{6}$"
	if k.alpha {
		pattern = "^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$"
	}
	return r.orLiquid(node{"pattern": pattern})
}

func (s size) render(r *renderer) node {
	units, sign := "px", ""
	if s.percent {
		units = "(px|%)"
	}
	if s.negative {
		sign = "-?"
	}
	var forms []node
	if len(s.words) > 0 {
		forms = append(forms, node{"enum": s.words})
	}
	rendered := r.orLiquid(append(forms, node{"pattern": "^" + sign + decimal + units + "$"})...)
	rendered[notesKey] = []string{strings.ToUpper(s.shown()[:1]) + s.shown()[1:]}
	return rendered
}

func (ratio) render(r *renderer) node {
	rendered := r.orLiquid(node{"pattern": "^" + decimal + ":" + decimal + "$"})
	rendered[notesKey] = []string{"width:height, each from 1 to 100000 and the height at most three times the width"}
	return rendered
}

func (angle) render(r *renderer) node {
	rendered := r.orLiquid(node{"pattern": "^" + decimal + "deg$"})
	rendered[notesKey] = []string{"From 0deg to below 360deg"}
	return rendered
}

func (percentage) render(r *renderer) node {
	rendered := r.orLiquid(node{"pattern": "^" + decimal + "%$"})
	rendered[notesKey] = []string{"From 0% to 100%"}
	return rendered
}
