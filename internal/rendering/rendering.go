// Package rendering renders the custom body of a webhook campaign as CleverTap does when it sends: the one place with a Liquid
// engine. What renders is checked as it would be sent, in tests, in the demo, and where a person gives the values of one user
// (clevertap-line check --sample, test messages); nothing that is entered or kept by a plan goes through it.
//
// The engine (github.com/osteele/liquid) stands for CleverTap's, which is not published. It is like Shopify's in what a body for LINE
// uses. It refuses a property's name with a space in it or with other than ASCII letters, unless it stands in brackets
// (Profile["Customer Type"]), and filters that it lacks: at_least, at_most, where, sum, url_escape and others. Of its own tags and
// filters it is kept to those that CleverTap's pages list. Numbers print as Go prints them. Nothing is escaped, as nothing says that
// CleverTap does.
package rendering

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/osteele/liquid"
	"github.com/osteele/liquid/render"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// ErrAborted is the error of a body that ran into {% abort %}, CleverTap's tag for a message that is not sent
// ("Using Liquid Tags").
var ErrAborted = errors.New("the body aborted the message")

// ErrTooLarge is the error of a body that renders to more than [MaxSize].
var ErrTooLarge = fmt.Errorf("the body renders to more than %d bytes (4 MB)", MaxSize)

// MaxSize is how many bytes a body may render to: twice of what LINE may take.
const MaxSize = 4 << 20

// Body is a custom body, ready to be rendered. It is safe for use by many goroutines.
type Body struct {
	template *liquid.Template
	apis     []string
}

var (
	// markup is a tag as the engine finds it: one that goes over a line break is text to it.
	markup = lazyregexp.New(`\{\{.+?\}\}|\{%.+?%\}`)
	// undocumented are the library's tags and filters that CleverTap's pages do not list; include would read files.
	undocumented = lazyregexp.New(`^\{%-?\s*(?:include|cycle|capture)\b|\|\s*(?:json|inspect|type)\b`)
	// linkedName is an API's name in a tag: Linked.Name or Linked["A name"].
	linkedName = lazyregexp.New(`\bLinked\s*(?:\.\s*([A-Za-z0-9_-]+)|\[\s*(?:"([^"]*)"|'([^']*)')\s*\])`)
	// picker is what the editor shows for a choice from its "@" menu: @Profile - LineID | default: "N.A".
	picker = lazyregexp.New(`@[^@|{}"\n]+? - [^@|{}"\n]+?\| *default:`)
)

// Compile reads a body. The error says what the engine does not read, or CleverTap does not document.
func Compile(text string) (*Body, error) { return compile(engine(), text) }

func compile(e *liquid.Engine, text string) (*Body, error) {
	rest := markup.ReplaceAllString(text, "")
	if token := picker.FindString(rest); token != "" {
		return nil, fmt.Errorf("the body has a token of the picker, %s…; write {{ Profile.Name | default: 'N.A' }}", token)
	}
	if strings.Contains(rest, "{{") || strings.Contains(rest, "{%") {
		return nil, errors.New("the body has a Liquid tag that is not closed on its line")
	}
	template, err := e.ParseString(text)
	if err != nil {
		return nil, err
	}
	compiled := &Body{template: template}
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

// APIs are the Linked Content APIs that the body reads, sorted.
func (b *Body) APIs() []string { return b.apis }

// Render renders the body for one user. values are what its tags find, by the first part of their names: Profile, Event,
// Linked. The error is [ErrAborted], [ErrTooLarge], or says what the engine cannot do.
func (b *Body) Render(values map[string]any) (text string, err error) {
	bindings := liquid.Bindings{}
	for name, value := range values {
		bindings[name] = ForLiquid(value)
	}
	rendered := &limited{}
	defer func() {
		// The engine panics where it cannot write, and at some filters' arguments.
		if cause := recover(); rendered.full {
			text, err = "", ErrTooLarge
		} else if cause != nil {
			text, err = "", fmt.Errorf("the engine gives up: %v", cause)
		}
	}()
	switch failure := b.template.FRender(rendered, bindings); {
	case failure == nil:
		return rendered.text.String(), nil
	case errors.Is(failure.Cause(), ErrAborted):
		return "", ErrAborted
	default:
		return "", failure
	}
}

// limited is a text that ends a loop which prints without end.
type limited struct {
	text strings.Builder
	full bool
}

var _ io.Writer = (*limited)(nil)

func (l *limited) Write(p []byte) (int, error) {
	if l.full = l.full || l.text.Len()+len(p) > MaxSize; l.full {
		return 0, ErrTooLarge
	}
	return l.text.Write(p)
}

// engine is made anew for each body, since it keeps what a template sets up.
func engine() *liquid.Engine {
	e := liquid.NewEngine()
	e.RegisterTag("abort", func(render.Context) (string, error) { return "", ErrAborted })
	return e
}

// ForLiquid copies a value for the engine, which takes a json.Number for a text.
func ForLiquid(value any) any {
	switch v := value.(type) {
	case map[string]any:
		converted := make(map[string]any, len(v))
		for name, element := range v {
			converted[name] = ForLiquid(element)
		}
		return converted
	case []any:
		converted := make([]any, len(v))
		for i, element := range v {
			converted[i] = ForLiquid(element)
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
