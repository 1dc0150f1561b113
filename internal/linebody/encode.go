package linebody

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// Body is the parts of a push body, each as configured.
type Body struct {
	// To is a LINE user, group or room id, or the Liquid output that renders to one.
	To string
	// Messages are JSON texts, each one complete LINE message object.
	Messages []string
	// NotificationDisabled is written when it is not nil.
	NotificationDisabled *bool
	// CustomAggregationUnits are written when they are not nil.
	CustomAggregationUnits []string
}

// Build writes the parts as one compact line of JSON, the exact text to paste into a campaign. The keys of each message
// keep their order and numbers their spelling; strings are escaped only where JSON demands it, so that a Liquid tag reads
// as it was written. The same parts give the same text. An error names the part that is not what it should be; Build does
// not ask whether LINE would accept the body, which is Validate's question.
func Build(body Body) (string, error) {
	if invalidUTF8(body.To) >= 0 {
		return "", fmt.Errorf("to is not valid UTF-8")
	}
	built := appendString([]byte(`{"to":`), body.To)
	built = append(built, `,"messages":[`...)
	for i, message := range body.Messages {
		d, err := parseMessage(message)
		if err != nil {
			return "", fmt.Errorf("messages[%d]: %w", i, err)
		}
		if i > 0 {
			built = append(built, ',')
		}
		built = appendCompact(built, d, root, asWritten)
	}
	built = append(built, ']')
	if body.NotificationDisabled != nil {
		built = append(built, `,"notificationDisabled":`...)
		built = strconv.AppendBool(built, *body.NotificationDisabled)
	}
	if body.CustomAggregationUnits != nil {
		built = append(built, `,"customAggregationUnits":[`...)
		for i, unit := range body.CustomAggregationUnits {
			if invalidUTF8(unit) >= 0 {
				return "", fmt.Errorf("customAggregationUnits[%d] is not valid UTF-8", i)
			}
			if i > 0 {
				built = append(built, ',')
			}
			built = appendString(built, unit)
		}
		built = append(built, ']')
	}
	return string(append(built, '}')), nil
}

// Normalize writes one message the way Build does. The text must be one JSON object without duplicate keys.
func Normalize(message string) (string, error) {
	d, err := parseMessage(message)
	if err != nil {
		return "", err
	}
	return string(appendCompact(make([]byte, 0, len(message)), d, root, asWritten)), nil
}

// Sample is Normalize with sample values in place of the personalisation in every string: the message as some user might
// receive it, to be shown to one who knows no Liquid, such as LINE.
func Sample(message string) (string, error) {
	d, err := parseMessage(message)
	if err != nil {
		return "", err
	}
	return string(appendCompact(make([]byte, 0, len(message)), d, root, personalization.Sample)), nil
}

func parseMessage(message string) (*document, error) {
	d, err := parseUnique(message)
	if err != nil {
		return nil, err
	}
	if kind := d.nodes[root].kind; kind != kindObject {
		return nil, fmt.Errorf("a message is one JSON object, but this is %s", kind)
	}
	return d, nil
}

// parseUnique reads a text in which no object repeats a key.
func parseUnique(source string) (*document, error) {
	d, err := parse(source)
	if err == nil && len(d.duplicates) > 0 {
		first := slices.Min(d.duplicates)
		err = &syntaxError{ruleDuplicate, duplicateMessage(d, first), int(d.nodes[first].name)}
	}
	if err != nil {
		line, column := Position([]byte(source), err.offset)
		return nil, fmt.Errorf("line %d, column %d: %s", line, column, err.message)
	}
	return d, nil
}

// Canonical writes any JSON text in the one form that all texts of the same value share, for hashing: compact, keys
// sorted by code point, least escaping, and each number in one exact form. Duplicate keys are an error.
func Canonical(text string) (string, error) {
	d, err := parseUnique(text)
	if err != nil {
		return "", err
	}
	return string(appendCanonical(make([]byte, 0, len(text)), d, root)), nil
}

// Equal says whether two texts are the same JSON value, whatever their white space, order of keys and escapes. Numbers
// are compared by their exact value. Texts that are no JSON, or that repeat a key, equal nothing.
func Equal(a, b string) bool {
	canonicalA, errA := Canonical(a)
	canonicalB, errB := Canonical(b)
	return errA == nil && errB == nil && canonicalA == canonicalB
}

// asWritten leaves a string as it is.
func asWritten(text string) string { return text }

// appendCompact writes a value on one line, its strings as rewritten.
func appendCompact(dst []byte, d *document, value int32, rewritten func(string) string) []byte {
	n := &d.nodes[value]
	switch n.kind {
	case kindObject:
		dst = append(dst, '{')
		for member := range d.children(value) {
			if member > value+1 {
				dst = append(dst, ',')
			}
			dst = append(appendString(dst, d.key(member)), ':')
			dst = appendCompact(dst, d, member, rewritten)
		}
		return append(dst, '}')
	case kindArray:
		dst = append(dst, '[')
		for element := range d.children(value) {
			if element > value+1 {
				dst = append(dst, ',')
			}
			dst = appendCompact(dst, d, element, rewritten)
		}
		return append(dst, ']')
	case kindString:
		return appendString(dst, rewritten(d.text(value)))
	default:
		return append(dst, d.raw(value)...)
	}
}

func appendCanonical(dst []byte, d *document, value int32) []byte {
	switch d.nodes[value].kind {
	case kindObject:
		type member struct {
			key   string
			value int32
		}
		var members []member
		for child := range d.children(value) {
			members = append(members, member{d.key(child), child})
		}
		slices.SortFunc(members, func(a, b member) int { return cmp.Compare(a.key, b.key) })
		dst = append(dst, '{')
		for i, m := range members {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(appendString(dst, m.key), ':')
			dst = appendCanonical(dst, d, m.value)
		}
		return append(dst, '}')
	case kindArray:
		dst = append(dst, '[')
		for element := range d.children(value) {
			if element > value+1 {
				dst = append(dst, ',')
			}
			dst = appendCanonical(dst, d, element)
		}
		return append(dst, ']')
	case kindNumber:
		return appendNumber(dst, exactNumber(d.raw(value)))
	default:
		return appendCompact(dst, d, value, asWritten)
	}
}

// appendString writes a JSON string with the least escaping: quote, backslash and control characters.
func appendString(dst []byte, text string) []byte {
	dst = append(dst, '"')
	from := 0
	for at := range len(text) {
		c := text[at]
		if c >= ' ' && c != '"' && c != '\\' || c >= utf8.RuneSelf {
			continue
		}
		dst = append(dst, text[from:at]...)
		from = at + 1
		if short := strings.IndexByte("\"\\\b\f\n\r\t", c); short >= 0 {
			dst = append(dst, '\\', `"\bfnrt`[short])
		} else {
			dst = fmt.Appendf(dst, `\u%04x`, c)
		}
	}
	return append(append(dst, text[from:]...), '"')
}
