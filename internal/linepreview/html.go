package linepreview

import (
	"html"
	"strconv"
	"strings"
)

// writer writes HTML. Tags, attributes and classes are this package's own words; whatever comes from outside goes through
// text, or through the value of an attribute, which are escaped. There are no style attributes: declarations become
// classes of the page's one style sheet.
type writer struct {
	html  []byte
	rules []byte            // the style sheet's generated part
	named map[string]string // classes by their declarations
}

// attribute is an attribute other than class.
type attribute struct{ name, value string }

// open begins an element. Empty classes and attributes without a value are left out.
func (w *writer) open(tag, class string, attributes ...attribute) {
	w.html = append(append(w.html, '<'), tag...)
	if class = strings.Trim(class, " "); class != "" {
		w.attribute(attribute{"class", class})
	}
	for _, a := range attributes {
		if a.value != "" {
			w.attribute(a)
		}
	}
	w.html = append(w.html, '>')
}

func (w *writer) attribute(a attribute) {
	w.html = append(append(append(w.html, ' '), a.name...), `="`...)
	w.text(a.value)
	w.html = append(w.html, '"')
}

func (w *writer) close(tag string) {
	w.html = append(append(append(w.html, "</"...), tag...), '>')
}

func (w *writer) text(text string) {
	w.html = append(w.html, html.EscapeString(strings.ToValidUTF8(text, "\ufffd"))...)
}

// element is a whole element with a text in it.
func (w *writer) element(tag, class, text string, attributes ...attribute) {
	w.open(tag, class, attributes...)
	w.text(text)
	w.close(tag)
}

// css is declarations.
type css []byte

func (c *css) set(property string, value cssValue) {
	*c = append(append(append(append(*c, property...), ':'), value.css()...), ';')
}

// style is a class with the declarations, and a space before it.
func (w *writer) style(declarations css) string {
	if len(declarations) == 0 {
		return ""
	}
	name, known := w.named[string(declarations)]
	if !known {
		name = " s" + strconv.Itoa(len(w.named))
		if w.named == nil {
			w.named = map[string]string{}
		}
		w.named[string(declarations)] = name
		w.rules = append(append(append(w.rules, '.'), name[1:]...), '{')
		w.rules = append(append(w.rules, strings.TrimSuffix(string(declarations), ";")...), '}', '\n')
	}
	return name
}
