package rendering

import (
	"fmt"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/lazyregexp"
)

// IncompleteError is the error of a body in which a user would find gaps: outputs that have neither a value nor a default.
type IncompleteError struct {
	// Tags are those outputs as they are written, each once.
	Tags []string
}

func (e *IncompleteError) Error() string {
	return "there is neither a value nor a default for " + strings.Join(e.Tags, ", ")
}

// RenderComplete compiles a body and renders it for one user, as [Body.Render] does, but for an [*IncompleteError] where an
// output that the user gets prints nothing for want of a value. A condition on what has no value goes as it does for a user
// who lacks it.
func RenderComplete(text string, values map[string]any) (string, error) {
	if _, err := Compile(text); err != nil {
		return "", err // of the text as it is written
	}
	var outputs, gaps []string
	said := map[string]bool{}
	watching := engine()
	watching.RegisterFilter(givenFilter, func(value any, output int) any {
		if tag := outputs[output]; value == nil && !said[tag] {
			said[tag], gaps = true, append(gaps, tag)
		}
		return value
	})
	inRaw := false
	watched, err := compile(watching, markup.ReplaceAllStringFunc(text, func(tag string) string {
		switch {
		case rawTag.MatchString(tag):
			inRaw = !strings.Contains(tag, "endraw")
		case !inRaw && strings.HasPrefix(tag, "{{"):
			outputs = append(outputs, tag)
			return watch(tag, len(outputs)-1)
		}
		return tag
	}))
	if err != nil {
		return "", err
	}
	rendered, err := watched.Render(values)
	if len(gaps) > 0 { // which may be what another filter made its error of
		return "", &IncompleteError{gaps}
	}
	return rendered, err
}

// givenFilter is the name of a filter that notes an output without a value. No body can have it: CleverTap documents none like
// it.
const givenFilter = "clevertap_line_given"

var (
	rawTag        = lazyregexp.New(`^\{%-?\s*(?:end)?raw\b`)
	quotedText    = lazyregexp.New(`"[^"]*"|'[^']*'`)
	defaultFilter = lazyregexp.New(`\|\s*default\b`)
)

// watch puts the filter into an output: behind its value, since other filters make a text of nothing; but behind all filters
// where one of them is default.
func watch(tag string, output int) string {
	unquoted := quotedText.ReplaceAllStringFunc(tag, func(text string) string { return strings.Repeat("_", len(text)) })
	at := strings.IndexByte(unquoted, '|')
	if at < 0 || defaultFilter.MatchString(unquoted) {
		at = len(strings.TrimSuffix(strings.TrimSuffix(tag, "}}"), "-"))
	}
	return fmt.Sprintf("%s | %s: %d %s", tag[:at], givenFilter, output, tag[at:])
}
