package linebody

import (
	"slices"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/personalization"
)

// Rules are the names of all rules, those about Liquid included, sorted.
func Rules() []string {
	names := append(personalization.Rules(), ruleNames...)
	slices.Sort(names)
	return names
}

var ruleNames = []string{
	ruleSyntax, ruleTrailing, ruleUTF8, ruleSurrogate, ruleDepth, ruleDuplicate, ruleBodySize, ruleTooMany,
	ruleType, ruleMissing, ruleUnknown, ruleCase, ruleUnknownType, rulePlace, ruleEmpty, ruleLength,
	ruleCharacters, ruleItems, ruleRange, ruleChoice, ruleForm, ruleNegative, ruleScheme, ruleEncoding,
	ruleHost, ruleRawValue, ruleZero, ruleRecipient, ruleMoment, ruleUnchecked, ruleTagEscape,
	ruleQuickReplyLast, ruleSenderName, ruleQuoteToken, ruleEmojiIndex, ruleTextV2Key, ruleTextV2Braces,
	ruleTextV2Substitution, ruleTextV2Liquid, ruleMention, ruleTracking, ruleArea, ruleBaseURL, ruleColumns,
	rulePostbackText, ruleFillIn, ruleAltURI, ruleFlexSize, ruleBlocks, ruleBubbleSizes, ruleAbsolute,
	ruleSeparator, ruleAnimated, ruleBaseline, ruleRetired,
}
