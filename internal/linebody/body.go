package linebody

import (
	"fmt"
	"strconv"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// Body is the parts of a push body, each as configured.
type Body struct {
	// To is a LINE user, group or room id, or the Liquid output that renders to one.
	To       string
	Messages []Message
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
	if err := body.check(); err != nil {
		return "", err
	}
	built := exactjson.AppendString([]byte(`{"to":`), body.To)
	built = append(built, `,"messages":`...)
	built = body.appendMessages(built, (*exactjson.Document).AppendCompact)
	if body.NotificationDisabled != nil {
		built = append(built, `,"notificationDisabled":`...)
		built = strconv.AppendBool(built, *body.NotificationDisabled)
	}
	if body.CustomAggregationUnits != nil {
		built = append(built, `,"customAggregationUnits":`...)
		built = body.appendUnits(built)
	}
	return string(append(built, '}')), nil
}

// Canonical writes what Build does in the one form that all texts of the same value share, for hashing: keys sorted by
// code point, least escaping, and each number in one exact form.
func Canonical(body Body) (string, error) {
	if err := body.check(); err != nil {
		return "", err
	}
	built := []byte{'{'}
	if body.CustomAggregationUnits != nil {
		built = append(built, `"customAggregationUnits":`...)
		built = append(body.appendUnits(built), ',')
	}
	built = append(built, `"messages":`...)
	built = body.appendMessages(built, (*exactjson.Document).AppendCanonical)
	if body.NotificationDisabled != nil {
		built = append(built, `,"notificationDisabled":`...)
		built = strconv.AppendBool(built, *body.NotificationDisabled)
	}
	built = append(built, `,"to":`...)
	built = exactjson.AppendString(built, body.To)
	return string(append(built, '}')), nil
}

// List writes messages as the list that a body has of them: as [Build] does, and in the one form of [Canonical].
func List(messages []Message) (built, canonical string, err error) {
	body := Body{Messages: messages}
	if err := body.check(); err != nil {
		return "", "", err
	}
	return string(body.appendMessages(nil, (*exactjson.Document).AppendCompact)),
		string(body.appendMessages(nil, (*exactjson.Document).AppendCanonical)), nil
}

// check names the first part that cannot be written.
func (b Body) check() error {
	if exactjson.CheckUTF8(b.To) != nil {
		return fmt.Errorf("to is not valid UTF-8")
	}
	for i, message := range b.Messages {
		if err := message.Err(); err != nil {
			return fmt.Errorf("messages[%d]: %w", i, err)
		}
	}
	for i, unit := range b.CustomAggregationUnits {
		if exactjson.CheckUTF8(unit) != nil {
			return fmt.Errorf("customAggregationUnits[%d] is not valid UTF-8", i)
		}
	}
	return nil
}

// appendMessages writes the list of messages, each by the one of a document's writers.
func (b Body) appendMessages(dst []byte, write func(*exactjson.Document, []byte, exactjson.Value) []byte) []byte {
	dst = append(dst, '[')
	for i, message := range b.Messages {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = write(message.document, dst, exactjson.Root)
	}
	return append(dst, ']')
}

func (b Body) appendUnits(dst []byte) []byte {
	dst = append(dst, '[')
	for i, unit := range b.CustomAggregationUnits {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = exactjson.AppendString(dst, unit)
	}
	return append(dst, ']')
}
