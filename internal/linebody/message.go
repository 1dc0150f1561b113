package linebody

import (
	"fmt"
	"slices"
	"strings"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// Message is one LINE message as somebody wrote it. It is read once, by [ParseMessage], and then travels: to check, build,
// sample and compare it nobody reads its text again. A text that is no message travels as well, with the reason. A Message
// is safe for concurrent use; the zero value is an empty text.
type Message struct {
	text     string
	document *exactjson.Document // nil if the text is no JSON
	fault    *exactjson.Fault    // why it is none
}

// ParseMessage reads the JSON text of a message; see [WithoutEditorSchema] for what it leaves out. What is wrong with it is told
// by [Message.Err] and [ValidateMessages].
func ParseMessage(text string) Message {
	document, fault := parse(WithoutEditorSchema(text))
	return Message{text, document, fault}
}

// ParseMessages reads each of some messages.
func ParseMessages(texts ...string) []Message {
	messages := make([]Message, len(texts))
	for i, text := range texts {
		messages[i] = ParseMessage(text)
	}
	return messages
}

// read gives the document, or why there is none.
func (m Message) read() (*exactjson.Document, *exactjson.Fault) {
	if m.document == nil && m.fault == nil {
		return parse(m.text)
	}
	return m.document, m.fault
}

// Text is the message as it was written.
func (m Message) Text() string { return m.text }

// Err says what keeps the message from being written into a body: it must be one JSON object without duplicate keys. What
// LINE demands of it is [ValidateMessages]'s question.
func (m Message) Err() error {
	d, err := m.unique()
	if err != nil {
		return err
	}
	if kind := d.Kind(exactjson.Root); kind != exactjson.Object {
		return fmt.Errorf("a message is one JSON object, but this is %s", kind)
	}
	return nil
}

// unique is the document, if no object in it repeats a key.
func (m Message) unique() (*exactjson.Document, error) {
	d, fault := m.read()
	var offset int
	var message string
	switch {
	case fault != nil:
		offset, message = fault.Offset, fault.Message
	case len(d.Duplicates()) > 0:
		first := slices.Min(d.Duplicates())
		offset, message = d.KeyOffset(first), duplicateMessage(d, first)
	default:
		return d, nil
	}
	line, column := exactjson.Position(m.text, offset)
	return nil, fmt.Errorf("line %d, column %d: %s", line, column, message)
}

// Normal writes the message the way [Build] does.
func (m Message) Normal() (string, error) {
	if err := m.Err(); err != nil {
		return "", err
	}
	return string(m.document.AppendCompact(make([]byte, 0, len(m.text)), exactjson.Root)), nil
}

// Sample is Normal with sample values in place of the personalisation in every string: the message as some user might
// receive it, to be shown to one who knows no Liquid, such as LINE.
func (m Message) Sample() (string, error) {
	if err := m.Err(); err != nil {
		return "", err
	}
	return m.SampleAt(), nil
}

// Equal says whether two messages are the same JSON value, whatever their white space, order of keys and escapes. Numbers
// are compared by their exact value. Texts that are no JSON, or that repeat a key, equal nothing.
func (m Message) Equal(other Message) bool {
	one, err := m.unique()
	if err != nil {
		return false
	}
	two, err := other.unique()
	return err == nil && string(one.AppendCanonical(nil, exactjson.Root)) == string(two.AppendCanonical(nil, exactjson.Root))
}

// At is the JSON text at the end of a path inside the message, each step a key or the index of an element, as deep as the
// steps lead, and whether that is to their end. Steps may be anything.
func (m Message) At(steps ...string) (raw string, found bool) {
	if m.document == nil {
		return m.text, false
	}
	value, found := m.document.At(exactjson.Root, steps...)
	return m.document.Raw(value), found
}

// SampleAt is the place that At finds as it reads in [Message.Sample].
func (m Message) SampleAt(steps ...string) string {
	if m.document == nil {
		return m.text
	}
	value, _ := m.document.At(exactjson.Root, steps...)
	return string(m.document.AppendRewritten(nil, value, personalization.Sample))
}

// faultRules are the names of the rules that a text must meet to be read.
var faultRules = map[exactjson.Reason]string{
	exactjson.Syntax:        ruleSyntax,
	exactjson.TrailingData:  ruleTrailing,
	exactjson.InvalidUTF8:   ruleUTF8,
	exactjson.LoneSurrogate: ruleSurrogate,
	exactjson.TooDeep:       ruleDepth,
	exactjson.TooLarge:      ruleBodySize,
}

// faultProblem is the one problem of a text that cannot be read.
func faultProblem(path string, fault *exactjson.Fault) Problem {
	return Problem{Path: path, Rule: faultRules[fault.Reason], Message: fault.Message, Offset: fault.Offset, End: fault.Offset}
}

// parse reads a text, and tells of a fault what only one who knows of personalisation can tell.
func parse(text string) (*exactjson.Document, *exactjson.Fault) {
	d, fault := exactjson.Parse(text)
	switch {
	case strings.HasPrefix(text, "\ufeff"):
		fault.Message += "; save it as UTF-8 without one"
	case fault != nil && fault.Reason == exactjson.InvalidUTF8:
		fault.Message += "; save the text as UTF-8"
	}
	if fault == nil || fault.Reason != exactjson.Syntax && fault.Reason != exactjson.TrailingData {
		return d, fault
	}
	if broken, found := personalization.BrokenBefore(text, fault.Offset); found {
		message := fmt.Sprintf("a double quote in %s ends the text around it", shorten(broken.Written, 60))
		if broken.Instead != "" {
			message += "; write it with single quotes: " + shorten(broken.Instead, 120)
		}
		return nil, &exactjson.Fault{Reason: exactjson.Syntax, Message: message, Offset: broken.Offset}
	}
	at := fault.Offset
	if before := text[max(at-1, 0):]; strings.HasPrefix(before, "{{") || strings.HasPrefix(before, "{%") {
		at-- // the first brace was read as that of an object
	}
	const inside = "personalisation must stand inside a text's double quotes"
	switch rest := text[at:]; {
	case strings.HasPrefix(rest, "{{"):
		return nil, &exactjson.Fault{Reason: fault.Reason, Offset: at, Message: inside +
			`, as in "{{ Profile.Name | default: '…' }}"; a number, a boolean or a whole part of a message cannot depend on the user`}
	case strings.HasPrefix(rest, "{%"):
		return nil, &exactjson.Fault{Reason: fault.Reason, Offset: at, Message: inside +
			"; a condition around a part of a message is not possible here: write one campaign body for each audience"}
	case strings.HasPrefix(rest, "@"):
		return nil, &exactjson.Fault{Reason: fault.Reason, Offset: at, Message: inside +
			`; write "{{ Profile.Name | default: '…' }}" instead of the token of CleverTap's picker`}
	}
	return nil, fault
}

func duplicateMessage(d *exactjson.Document, member exactjson.Value) string {
	return fmt.Sprintf("the key %q is in the object already", shorten(d.Key(member), 60))
}
