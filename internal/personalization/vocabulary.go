package personalization

// The words that CleverTap's Liquid knows. CleverTap's "Using Liquid Tags"
// (https://docs.clevertap.com/docs/liquid-tags-use-cases) lists the tags and says that it supports no others; for filters
// it points at Shopify's list (https://shopify.github.io/liquid/) and shows two of its own.

// roots are the objects that hold a user's values. Their capitals matter (CleverTap, "Liquid Tags", "External Trigger").
var roots = []string{"Profile", "Event", "ExternalTrigger"}

// linked is the object that holds what Linked Content has fetched, which may fail (CleverTap, "Linked Content").
const linked = "Linked"

// literals are words that stand for a value.
var literals = wordSet("true", "false", "nil", "null", "empty", "blank", "now")

// loopObjects are what a loop offers inside itself.
var loopObjects = wordSet("forloop", "tablerowloop")

// blocks are the tags that must be closed by "end" and their name, with the tags that may divide them.
var blocks = map[string][]string{
	"if":       {"elsif", "else"},
	"unless":   {"elsif", "else"},
	"case":     {"when", "else"},
	"for":      {"else"},
	"tablerow": nil,
	"comment":  nil,
	"raw":      nil,
}

// singles are the tags that stand alone.
var singles = wordSet("assign", "break", "continue", "abort", "include", "now")

// tagsInstead are the tags that CleverTap has for those of other languages.
var tagsInstead = map[string]string{
	"elseif": "elsif", "elif": "elsif", "end": "endif", "set": "assign", "let": "assign", "switch": "case", "foreach": "for",
}

// numeric are the filters that make a number of whatever they get (Shopify, "Filters").
var numeric = wordSet("abs", "at_least", "at_most", "ceil", "divided_by", "floor", "minus", "modulo", "plus", "round", "size", "times")

// filtersInstead are the filters that Liquid has for those of other languages.
var filtersInstead = map[string]string{
	"upper": "upcase", "uppercase": "upcase", "toupper": "upcase", "touppercase": "upcase", "lower": "downcase", "lowercase": "downcase",
	"tolower": "downcase", "tolowercase": "downcase", "trim": "strip", "ltrim": "lstrip", "rtrim": "rstrip", "title": "capitalize",
	"titlecase": "capitalize", "length": "size", "count": "size", "urlencode": "url_encode", "uri_escape": "url_encode",
	"encodeuricomponent": "url_encode", "fallback": "default", "or": "default", "add": "plus", "subtract": "minus", "multiply": "times",
	"divide": "divided_by", "concatenate": "append", "substring": "slice",
}

// filters are the standard filters of Liquid, and url_escape and url_param_escape of CleverTap.
var filters = wordSet(
	"abs", "append", "at_least", "at_most", "capitalize", "ceil", "compact", "concat", "date", "default", "divided_by",
	"downcase", "escape", "escape_once", "first", "floor", "join", "last", "lstrip", "map", "minus", "modulo",
	"newline_to_br", "plus", "prepend", "remove", "remove_first", "remove_last", "replace", "replace_first",
	"replace_last", "reverse", "round", "rstrip", "size", "slice", "sort", "sort_natural", "split", "strip",
	"strip_html", "strip_newlines", "sum", "times", "truncate", "truncatewords", "uniq", "upcase", "url_decode",
	"url_encode", "url_escape", "url_param_escape", "where",
)

func wordSet(words ...string) map[string]bool {
	set := make(map[string]bool, len(words))
	for _, word := range words {
		set[word] = true
	}
	return set
}
