package linebody

import (
	"fmt"
	"strconv"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
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
	if exactjson.CheckUTF8(body.To) != nil {
		return "", fmt.Errorf("to is not valid UTF-8")
	}
	built := exactjson.AppendString([]byte(`{"to":`), body.To)
	built = append(built, `,"messages":[`...)
	for i, message := range body.Messages {
		m := ParseMessage(message)
		if err := m.Err(); err != nil {
			return "", fmt.Errorf("messages[%d]: %w", i, err)
		}
		if i > 0 {
			built = append(built, ',')
		}
		built = m.document.AppendCompact(built, exactjson.Root)
	}
	built = append(built, ']')
	if body.NotificationDisabled != nil {
		built = append(built, `,"notificationDisabled":`...)
		built = strconv.AppendBool(built, *body.NotificationDisabled)
	}
	if body.CustomAggregationUnits != nil {
		built = append(built, `,"customAggregationUnits":[`...)
		for i, unit := range body.CustomAggregationUnits {
			if exactjson.CheckUTF8(unit) != nil {
				return "", fmt.Errorf("customAggregationUnits[%d] is not valid UTF-8", i)
			}
			if i > 0 {
				built = append(built, ',')
			}
			built = exactjson.AppendString(built, unit)
		}
		built = append(built, ']')
	}
	return string(append(built, '}')), nil
}

// Normalize writes one message the way Build does. The text must be one JSON object without duplicate keys.
func Normalize(message string) (string, error) { return ParseMessage(message).Normal() }

// Sample is [Message.Sample] of a text.
func Sample(message string) (string, error) { return ParseMessage(message).Sample() }

// Canonical writes any JSON text in the one form that all texts of the same value share, for hashing: compact, keys
// sorted by code point, least escaping, and each number in one exact form. Duplicate keys are an error.
func Canonical(text string) (string, error) {
	d, err := ParseMessage(text).unique()
	if err != nil {
		return "", err
	}
	return string(d.AppendCanonical(make([]byte, 0, len(text)), exactjson.Root)), nil
}

// Equal is [Message.Equal] of two texts.
func Equal(a, b string) bool { return ParseMessage(a).Equal(ParseMessage(b)) }
