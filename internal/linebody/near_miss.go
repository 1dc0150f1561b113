package linebody

import (
	"slices"
	"strings"

	"github.com/agext/levenshtein"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/exactjson"
)

// nearMiss reports an object that stands where a message belongs and is something else that LINE has, and says how it
// becomes a message. at is the object, typeAt where the problem is.
func (c *checker) nearMiss(at, typeAt exactjson.Value, name string) bool {
	o := subject{at: at, c: c}
	what, message := "", ""
	switch {
	case o.has("replyToken") || o.has("messages"):
		what, message = "a whole request body", "write its messages here, one by one"
	case name == "bubble", name == "carousel" && !o.has("columns"):
		what, message = "a Flex container", wrapped("flex", "contents")
	case name == "" && o.has("altText") && o.has("contents"):
		what, message = "a Flex Message without its type", `add "type":"flex"`
	case name == "" && o.has("altText") && o.has("template"):
		what, message = "a template message without its type", `add "type":"template"`
	case c.all.tables["template "+name] != nil:
		what, message = "a template", wrapped("template", "template")
	case c.all.tables[componentPrefix+name] != nil:
		what, message = "a Flex component", `put it into a box of a bubble, which is the contents of a message of type "flex"`
	case c.all.tables[actionPrefix+name] != nil:
		what, message = "an action", "put it into a quick reply, a template or a Flex Message"
	case otherNames[strings.ToLower(name)] != "":
		c.report(typeAt, ruleUnknownType, Error, "is %q, which is no type of a message; write %q", name, otherNames[strings.ToLower(name)])
		return true
	}
	if what == "" {
		return false
	}
	c.report(typeAt, rulePlace, Error, "is %s where a message belongs; %s", what, message)
	return true
}

// wrapped says how what a message holds becomes one, in JSON and in Terraform's language.
func wrapped(kind, property string) string {
	return `wrap it: {"type":"` + kind + `","altText":"…","` + property + `":{…}}, with a text for notifications as altText ` +
		`(in Terraform: { type = "` + kind + `", altText = "…", ` + property + ` = … }, where … may be jsondecode(file("…")))`
}

// otherNames are what people call the types of messages.
var otherNames = map[string]string{
	"message": "text", "string": "text", "plain": "text", "textmessage": "text", "stamp": "sticker", "img": "image", "photo": "image",
	"picture": "image", "movie": "video", "voice": "audio", "sound": "audio", "map": "location", "flexmessage": "flex",
	"templatemessage": "template", "text_v2": "textV2", "text-v2": "textV2",
}

// isMisspelt tells a known word in another spelling from one that LINE may have added, such as the next version of a type.
func isMisspelt(name string, known []string) bool {
	const digits = "0123456789"
	if slices.ContainsFunc(known, func(word string) bool { return strings.EqualFold(name, word) }) {
		return true
	}
	misspelt := false
	for _, word := range known {
		switch {
		case strings.EqualFold(strings.TrimRight(name, "vV"+digits), strings.TrimRight(word, "vV"+digits)):
			return false
		case len(name) < 20 && levenshtein.Distance(strings.ToLower(name), strings.ToLower(word), nil) <= max(1, (len(name)+1)/3):
			misspelt = true
		}
	}
	return misspelt
}
