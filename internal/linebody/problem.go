package linebody

import (
	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// Severity says what a problem does to a message.
type Severity = personalization.Severity

const (
	// Error is a problem for which LINE or CleverTap refuses the body, or a message arrives spoiled.
	Error = personalization.Error
	// Warning is a problem that may be intended, or that LINE is known to let pass at times.
	Warning = personalization.Warning
)

// Problem is one thing that is wrong with a body.
type Problem struct {
	// Path names the value from the body's exactjson.Root, such as messages[0].contents.body.contents[2].action.uri; it is empty
	// for the body itself.
	Path string
	// Rule is the stable name of the rule, in kebab case.
	Rule string
	// Severity is Error or Warning.
	Severity Severity
	// Message says what is wrong: the limit, the actual figure and its unit.
	Message string
	// Offset is the place in bytes from the beginning of the checked text, and End where it ends: behind the key, the text, the
	// number or the Liquid tag that is meant, or behind the bracket that opens an object or array. It is Offset where only a
	// place is known.
	Offset, End int
	// Source is the address of the public page that states the rule; it may be empty for JSON's own rules.
	Source string
}

// MessageProblem is a problem of a body that is not built yet, placed in the part that holds it.
type MessageProblem struct {
	Problem
	// Index is the message's, or -1 when the problem is that of `to` or of the messages together.
	Index int
	// Line and Column are where the problem is in the message's own text, from 1; the column counts characters. Offset
	// counts from the beginning of that text, too.
	Line, Column int
}

// Options are the choices a caller has.
type Options struct {
	// Strict makes an unknown type of message an error; else it is a warning, for LINE adds types over time.
	Strict bool
	// Ignore are rules whose warnings are not wanted. An error is told all the same.
	Ignore []string
}

// Position turns an offset in bytes into a line and a column, both from 1; the column counts characters. An offset past
// the end is the end.
func Position(text []byte, offset int) (line, column int) {
	return exactjson.Position(text, offset)
}

// The names of the rules.
const (
	// About JSON and the body as a whole.
	ruleSyntax    = "json-syntax"
	ruleTrailing  = "json-trailing-data"
	ruleUTF8      = "json-utf8"
	ruleSurrogate = "json-lone-surrogate"
	ruleDepth     = "json-depth"
	ruleDuplicate = "json-duplicate-key"
	ruleBodySize  = "body-size"
	ruleTooMany   = "too-many-problems"

	// About an object's properties.
	ruleType        = "wrong-json-type"
	ruleMissing     = "missing-property"
	ruleUnknown     = "unknown-property"
	ruleCase        = "property-case"
	ruleUnknownType = "unknown-type"
	rulePlace       = "wrong-place"

	// About one value.
	ruleEmpty      = "empty-text"
	ruleLength     = "text-length"
	ruleCharacters = "text-characters"
	ruleItems      = "item-count"
	ruleRange      = "number-range"
	ruleChoice     = "unknown-word"
	ruleForm       = "value-form"
	ruleNegative   = "negative-size"
	ruleScheme     = "url-scheme"
	ruleEncoding   = "url-encoding"
	ruleHost       = "url-host"
	ruleRawValue   = "liquid-raw-value"
	ruleZero       = "zero-size"
	ruleRecipient  = "recipient-form"
	ruleMoment     = "datetime-range"
	ruleUnchecked  = "personalised-value"
	ruleTagEscape  = "liquid-json-escape"

	// About how values go together.
	ruleQuickReplyLast     = "quick-reply-not-last"
	ruleSenderName         = "sender-name-reserved"
	ruleQuoteToken         = "quote-token"
	ruleEmojiIndex         = "emoji-index"
	ruleTextV2Key          = "text-v2-key"
	ruleTextV2Braces       = "text-v2-braces"
	ruleTextV2Substitution = "text-v2-substitution"
	ruleTextV2Liquid       = "text-v2-liquid"
	ruleMention            = "mention-without-group"
	ruleTracking           = "tracking-id-in-group"
	ruleArea               = "area-outside-image"
	ruleBaseURL            = "imagemap-base-url"
	ruleColumns            = "columns-differ"
	rulePostbackText       = "postback-text"
	ruleFillIn             = "fill-in-without-keyboard"
	ruleAltURI             = "alt-uri-in-quick-reply"
	ruleFlexSize           = "flex-size"
	ruleBlocks             = "bubble-without-block"
	ruleBubbleSizes        = "bubble-sizes-differ"
	ruleAbsolute           = "absolute-first-component"
	ruleSeparator          = "separator-above-first-block"
	ruleAnimated           = "animated-image-count"
	ruleBaseline           = "no-effect-in-baseline"
	ruleRetired            = "retired-component"
)
