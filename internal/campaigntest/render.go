package campaigntest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/osteele/liquid"
	"github.com/osteele/liquid/render"
)

// ErrAborted is the error of a body that ran into {% abort %}, CleverTap's tag for a message that is not sent
// ("Using Liquid Tags").
var ErrAborted = errors.New("the body aborted the message")

// Render renders a custom body for one profile: pure, without any dashboard. linked holds the labels of each Linked Content
// API by its name, see [Labels]. The error is [ErrAborted], or says what the engine does not read.
//
// The engine (github.com/osteele/liquid) stands for CleverTap's, which is not published. It is like Shopify's in what a
// body for LINE uses. It refuses a property's name with a space in it (write Profile["Customer Type"]) or with other than
// ASCII letters, and filters that it lacks: at_least, at_most, where, sum, url_escape and others. Numbers print as Go
// prints them. Nothing is escaped, as nothing says that CleverTap does.
func Render(body string, profile, linked map[string]any) (string, error) {
	compiled, err := compile(body)
	if err != nil {
		return "", err
	}
	return compiled.render(profile, linked)
}

// Labels are what {{ Linked.API.label }} finds in an answer: the values at its top level, as Auto-fill Objects lists them,
// and the system labels raw and JSON, which partners' guides write json. Labels of those names in the answer are hidden.
// The error is of an answer that is no JSON.
func Labels(answer []byte) (map[string]any, error) {
	if !json.Valid(answer) { // the decoder alone would not look behind the value
		return nil, errors.New("the answer is no JSON")
	}
	decoder := json.NewDecoder(bytes.NewReader(answer))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	labels := map[string]any{}
	if object, isObject := value.(map[string]any); isObject {
		maps.Copy(labels, object)
	}
	labels["raw"], labels["JSON"], labels["json"] = string(answer), value, value
	return labels, nil
}

// body is a custom body, ready to be rendered.
type body struct {
	template *liquid.Template
	apis     []string // the Linked Content APIs that it reads, sorted
}

var (
	// markup is a tag as the engine finds it: one that goes over a line break is text to it.
	markup = regexp.MustCompile(`\{\{.+?\}\}|\{%.+?%\}`)
	// undocumented are the library's tags and filters that CleverTap's pages do not list; include would read files.
	undocumented = regexp.MustCompile(`^\{%-?\s*(?:include|cycle|capture)\b|\|\s*(?:json|inspect|type)\b`)
	// linkedName is an API's name in a tag: Linked.Name or Linked["A name"].
	linkedName = regexp.MustCompile(`\bLinked\s*(?:\.\s*([A-Za-z0-9_-]+)|\[\s*(?:"([^"]*)"|'([^']*)')\s*\])`)
	// picker is what the editor shows for a choice from its "@" menu: @Profile - LineID | default: "N.A".
	picker = regexp.MustCompile(`@[^@|{}"\n]+? - [^@|{}"\n]+?\| *default:`)
)

func compile(text string) (*body, error) {
	rest := markup.ReplaceAllString(text, "")
	if token := picker.FindString(rest); token != "" {
		return nil, fmt.Errorf("the body has a token of the picker, %s…; write {{ Profile.Name | default: 'N.A' }}", token)
	}
	if strings.Contains(rest, "{{") || strings.Contains(rest, "{%") {
		return nil, errors.New("the body has a Liquid tag that is not closed on its line")
	}
	template, err := engine().ParseString(text)
	if err != nil {
		return nil, err
	}
	compiled := &body{template: template}
	for _, tag := range markup.FindAllString(text, -1) {
		if undocumented.MatchString(tag) {
			return nil, fmt.Errorf("CleverTap documents nothing like %s", tag)
		}
		for _, match := range linkedName.FindAllStringSubmatch(tag, -1) {
			compiled.apis = append(compiled.apis, match[1]+match[2]+match[3])
		}
	}
	slices.Sort(compiled.apis)
	compiled.apis = slices.Compact(compiled.apis)
	return compiled, nil
}

func (b *body) render(profile, linked map[string]any) (string, error) {
	text, err := b.template.RenderString(liquid.Bindings{"Profile": forLiquid(profile), "Linked": forLiquid(linked)})
	switch {
	case err == nil:
		return text, nil
	case errors.Is(err.Cause(), ErrAborted):
		return "", ErrAborted
	}
	return "", err
}

// engine is made anew for each body, since it keeps what a template sets up.
func engine() *liquid.Engine {
	e := liquid.NewEngine()
	e.RegisterTag("abort", func(render.Context) (string, error) { return "", ErrAborted })
	return e
}

// forLiquid copies a value for the engine, which takes a json.Number for a text.
func forLiquid(value any) any {
	switch v := value.(type) {
	case map[string]any:
		converted := make(map[string]any, len(v))
		for name, element := range v {
			converted[name] = forLiquid(element)
		}
		return converted
	case []any:
		converted := make([]any, len(v))
		for i, element := range v {
			converted[i] = forLiquid(element)
		}
		return converted
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return int(n)
		}
		if f, err := v.Float64(); err == nil {
			return f
		}
		return v.String()
	}
	return value
}
